import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from client.engine.programs import Kind, Program
from client.engine.schema import Stamp, check_data, read_stamp, tables, write_stamp
from client.engine.words import EngineError

pytestmark = pytest.mark.offline

_NEW = Program(Path("/opt/server"), Kind.SERVER, (1, 33, 0))
_OLD = Program(Path("/opt/server"), Kind.SERVER, (1, 32, 1))


def _make(folder: Path, by: Program | None, columns: str = "id INTEGER") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "engine.db")) as db, db:
        db.execute(f"CREATE TABLE namespaces ({columns})")
        db.execute("INSERT INTO namespaces (id) VALUES (7)")
    if by is not None:
        write_stamp(folder, by)
    return folder


def _same(tmp_path: Path) -> Path:
    return _make(tmp_path / "fresh", None)


async def _never(program: Program) -> str:
    raise AssertionError(f"{program} need not be tried")


async def test_an_empty_folder_and_ones_own_version_are_opened_at_once(tmp_path: Path) -> None:
    await check_data(tmp_path, _OLD, _never, print, "en")
    await check_data(_make(tmp_path / "own", _OLD), _OLD, _never, print, "en")
    assert read_stamp(tmp_path) is None
    assert read_stamp(tmp_path / "own") == Stamp(Kind.SERVER, (1, 32, 1))


async def test_an_older_file_with_the_same_tables_is_opened_after_a_copy(tmp_path: Path) -> None:
    data, said = _make(tmp_path / "data", _OLD), list[str]()
    like = tables(_same(tmp_path) / "engine.db")

    async def fresh(program: Program) -> str:
        return like

    await check_data(data, _NEW, fresh, said.append, "en")
    copy = data / "engine.before-upgrade-from-1.32.1.db"
    assert str(copy) in said[0]
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT id FROM namespaces").fetchall() == [(7,)]


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_an_older_file_with_other_tables_is_refused_and_untouched(tmp_path: Path, lang: str) -> None:
    data = _make(tmp_path / "data", _OLD, "id INTEGER, old TEXT")
    before = (data / "engine.db").read_bytes()
    like = tables(_same(tmp_path) / "engine.db")

    async def fresh(program: Program) -> str:
        return like

    with pytest.raises(EngineError, match=r"1\.32\.1") as refused:
        await check_data(data, _NEW, fresh, print, lang)
    assert refused.value.key == "schema"
    assert (data / "engine.db").read_bytes() == before
    assert sorted(path.name for path in data.iterdir()) == ["engine.db", "made_by.json"]


async def test_a_file_of_a_newer_server_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"made them with other tables"):
        await check_data(_make(tmp_path / "data", _NEW), _OLD, _never, print, "en")


async def test_a_file_of_the_other_kind_is_refused(tmp_path: Path) -> None:
    dev = Program(Path("/opt/temporal"), Kind.DEV, (1, 32, 1))
    with pytest.raises(EngineError, match="other shards") as refused:
        await check_data(_make(tmp_path / "data", _OLD), dev, _never, print, "en")
    assert refused.value.key == "kind"


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "engine.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(EngineError) as refused:
        await check_data(tmp_path, _OLD, _never, print, "en")
    assert refused.value.key == "schema"


async def test_a_start_that_was_cut_off_before_any_table_may_be_repeated(tmp_path: Path) -> None:
    (tmp_path / "engine.db").touch()
    await check_data(tmp_path, _OLD, _never, print, "en")
    assert tables(tmp_path / "engine.db") == ""


def test_rows_do_not_change_the_checksum_and_columns_do(tmp_path: Path) -> None:
    one = _make(tmp_path / "one", None)
    two = _make(tmp_path / "two", None, "id INTEGER, more TEXT")
    before = tables(one / "engine.db")
    with closing(sqlite3.connect(one / "engine.db")) as db, db:
        db.execute("INSERT INTO namespaces VALUES (8)")
    assert tables(one / "engine.db") == before != tables(two / "engine.db")
