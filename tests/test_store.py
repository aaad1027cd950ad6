"""What is kept between builds, and that nothing depends on its being there."""

from pathlib import Path

import pytest

from reglet.store import Store, cache_folder


class Maker:
    """Makes the same bytes each time, and counts how often it was asked to."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.asked = 0

    def __call__(self) -> bytes:
        self.asked += 1
        return self.data


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    store, make = Store(tmp_path / "kept", 1000), Maker(b"made")
    assert [store.made_once("key", make) for _ in range(3)] == [b"made"] * 3
    assert make.asked == 1
    assert store.made_once("other key", make) == b"made"
    assert make.asked == 2


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 200])
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: bytes) -> None:
    store, make = Store(tmp_path, 1000), Maker(b"made")
    store.made_once("key", make)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(damage)
    assert store.made_once("key", make) == b"made"
    assert store.made_once("key", make) == b"made"
    assert make.asked == 2


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store, make = Store(tmp_path / "file" / "kept", 1000), Maker(b"made")
    assert store.made_once("key", make) == b"made"
    assert store.made_once("key", make) == b"made"
    assert make.asked == 2


def test_entries_unused_for_longest_make_room(tmp_path: Path) -> None:
    store = Store(tmp_path, 500)
    for number in range(10):
        store.made_once(f"key {number}", Maker(b"x" * 100))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 500
    last = Maker(b"again")
    assert store.made_once("key 9", last) == b"x" * 100
    assert last.asked == 0


def test_the_folder_is_where_the_user_has_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere/caches")
    assert cache_folder() == Path("/somewhere/caches/reglet")
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert cache_folder() == Path.home() / ".cache" / "reglet"


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    make = Maker(b"made")
    store = Store(cache_folder() / "kept", 1_000)
    assert [store.made_once("key", make) for _ in range(2)] == [b"made"] * 2
    assert make.asked == 2
