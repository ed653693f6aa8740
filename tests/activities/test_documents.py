import hashlib
from pathlib import Path

import pytest

from activities.documents import Documents, DocumentTooLarge
from activities.drivers.file_store import FileDamaged, FileStore

pytestmark = pytest.mark.offline


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return Documents(FileStore(tmp_path / "files"), most=10)


def _stored(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_checksum_and_comes_back(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"0123456789")
    value = documents.take(tmp_path / "照片.jpg")

    sha256 = hashlib.sha256(b"0123456789").hexdigest()
    assert value == {"name": "照片.jpg", "sha256": sha256, "size": 10}
    assert _stored(tmp_path) == [tmp_path / "files" / sha256[:2] / sha256[2:]]
    assert documents.give(value) == b"0123456789"


def test_the_same_bytes_twice_are_kept_once(documents: Documents, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"same")
    first, second = documents.take(tmp_path / "a"), documents.take(tmp_path / "b")
    assert first["sha256"] == second["sha256"]
    assert len(_stored(tmp_path)) == 1


def test_a_file_over_the_limit_is_refused_with_both_sizes(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(DocumentTooLarge, match=r"big has 11 bytes.*10 at most.*file_limit") as told:
        documents.take(tmp_path / "big")
    assert (told.value.size, told.value.most) == (11, 10)
    assert not (tmp_path / "files").exists()


def test_a_file_that_was_changed_or_lost_is_not_given_out(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"good")
    value = documents.take(tmp_path / "a")
    [stored] = _stored(tmp_path)
    stored.write_bytes(b"evil")
    with pytest.raises(FileDamaged, match="changed on disk"):
        documents.give(value)
    stored.unlink()
    with pytest.raises(FileDamaged, match="no file"):
        documents.give(value)
