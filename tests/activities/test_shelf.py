import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from activities.drivers.file_store import alone
from activities.shelf import EditionMissing, FileShelf
from rules.pack import Pack
from rules.parsing import parse
from rules.problems import PackProblems
from tests.rules.corner_shop import PACK, TEXT

pytestmark = pytest.mark.offline
NAME = "corner-shop.1.toml"


@pytest.fixture
def shelf(tmp_path: Path) -> FileShelf:
    return FileShelf(tmp_path)


def test_a_published_pack_is_found_by_its_reference(shelf: FileShelf, tmp_path: Path) -> None:
    ref = shelf.publish(TEXT)

    assert ref == PACK.ref
    assert ref in shelf.published()
    assert shelf.pack(ref) == PACK
    assert shelf.pack(ref) is shelf.pack(ref)
    assert FileShelf(tmp_path).pack(ref) == PACK
    assert json.loads((tmp_path / "packs" / "editions.lock").read_text()) == {NAME: ref.sha256}


def test_publishing_twice_is_publishing_once(shelf: FileShelf) -> None:
    assert shelf.publish(TEXT) == shelf.publish(TEXT)
    assert [ref.id for ref in shelf.published()].count("corner-shop") == 1


def test_a_published_edition_is_never_replaced(shelf: FileShelf) -> None:
    shelf.publish(TEXT)
    with pytest.raises(FileExistsError, match="next edition"):
        shelf.publish(TEXT + "\n# a remark\n")
    assert shelf.pack(PACK.ref) == PACK


def test_a_pack_with_mistakes_is_not_published(shelf: FileShelf, tmp_path: Path) -> None:
    with pytest.raises(PackProblems):
        shelf.publish(TEXT.replace('to = "handling"', 'to = "nowhere"'))
    assert not (tmp_path / "packs").exists()


def test_another_text_under_the_same_name_is_a_missing_edition(shelf: FileShelf, tmp_path: Path) -> None:
    shelf.publish(TEXT)
    with pytest.raises(EditionMissing, match=r"corner-shop\.1 .*redress packs publish"):
        shelf.pack(replace(PACK.ref, sha256="0" * 64))
    (tmp_path / "packs" / NAME).write_text(TEXT + "# edited", encoding="utf-8")
    with pytest.raises(EditionMissing):
        FileShelf(tmp_path).pack(PACK.ref)


def test_a_calendar_of_the_data_folder_goes_before_a_shipped_one_and_is_read_again(
    shelf: FileShelf, tmp_path: Path
) -> None:
    shipped = shelf.calendar("endless")
    assert shelf.calendar("endless") is shipped
    (tmp_path / "calendars").mkdir()
    own = tmp_path / "calendars" / "endless.toml"
    own.write_text('zone = "UTC"\nname = "one"\n[week]\nmon = ["09:00-12:00"]\n', encoding="utf-8")
    assert shelf.calendar("endless").name == "one"
    own.write_text('zone = "UTC"\nname = "two"\n[week]\nmon = ["09:00-12:00"]\n', encoding="utf-8")
    os.utime(own, ns=(1, 1))
    assert shelf.calendar("endless").name == "two"


def test_editions_that_are_published_at_once_are_all_in_the_lock(tmp_path: Path) -> None:
    texts = [TEXT.replace("edition = 1", f"edition = {number}", 1) for number in range(1, 9)]
    together = threading.Barrier(len(texts), timeout=10)

    def publish(text: str) -> None:
        shelf = FileShelf(tmp_path)
        together.wait()
        shelf.publish(text)

    with ThreadPoolExecutor(len(texts)) as threads:
        list(threads.map(publish, texts))
    assert len(json.loads((tmp_path / "packs" / "editions.lock").read_text())) == len(texts)
    assert not list((tmp_path / "packs").glob("*.new"))


def test_publishing_waits_a_bounded_time_for_another_process(
    shelf: FileShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.shelf._SECONDS_FOR_A_TURN", 0.05)
    shelf.publish(TEXT)
    with alone(tmp_path / "packs" / ".publishing", 1), pytest.raises(TimeoutError, match="held by another process"):
        shelf.publish(TEXT)
    assert shelf.publish(TEXT) == PACK.ref


def test_a_pack_that_many_ask_for_at_once_is_read_once(shelf: FileShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.publish(TEXT)
    read: list[str] = []

    def slow(text: str) -> Pack:
        read.append(text)
        time.sleep(0.05)
        return parse(text)

    monkeypatch.setattr("activities.shelf.parse", slow)
    with ThreadPoolExecutor(4) as threads:
        packs = list(threads.map(shelf.pack, [PACK.ref] * 4))
    assert len(read) == 1
    assert all(pack is packs[0] for pack in packs)
