"""The disk fails, or the build is killed, at each call in turn: the folder shows a whole set."""

import errno
import fcntl
import hashlib
import json
import os
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Maker
from seam import CALLS, Death, Fault, Seam, contents, dies

from reglet import changeover, lock, pipeline
from reglet.model.document import Built
from reglet.model.report import Edition
from reglet.progress import NoProgress
from reglet.store import Store
from reglet.write import write

SCREEN = Edition("screen", "pdf")
FEW = 12  # calls at least that write makes
MANY = 200  # that it never makes
MINE = {"notes.txt": b"mine", "sub/deep/more.txt": b"mine, too"}


def built_set(**files: bytes) -> tuple[Built, ...]:
    """Make a build's files, with their manifest."""
    builts = [
        Built(SCREEN, name.replace("_", "."), "text/plain", data) for name, data in files.items()
    ]
    rows = [{"name": b.filename, "sha256": hashlib.sha256(b.data).hexdigest()} for b in builts]
    manifest = json.dumps({"files": rows}).encode()
    return (*builts, Built(SCREEN, "manifest.json", "text/plain", manifest))


OLD = built_set(a_pdf=b"old a", b_epub=b"old b")
NEW = built_set(a_pdf=b"new a", c_epub=b"new c")
NEXT = built_set(a_pdf=b"next a", d_html=b"next d")


def shown(builts: tuple[Built, ...]) -> dict[str, bytes]:
    """Return what a folder with these files, and what is not ours, shows."""
    return {built.filename: built.data for built in builts} | MINE


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    for name, data in MINE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert not write(OLD, folder).failed
    return folder


@pytest.fixture(params=["exchanged", "in place"])
def in_place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Let folders be exchanged, or not, as where they are mount points."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    if request.param == "in place":
        monkeypatch.setattr(changeover, "exchange", refuse)
    return str(request.param) == "in place"


def is_clean(output: Path) -> bool:
    places = [*output.iterdir(), *output.parent.iterdir()]
    return not [path for path in places if path.name.startswith(".reglet")]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_fault_at_any_call(
    output: Path, monkeypatch: pytest.MonkeyPatch, in_place: bool, code: int
) -> None:
    before, refused, calls = shown(OLD), 0, set()
    inode = output.stat().st_ino
    for turn in range(1, MANY):
        with monkeypatch.context() as patch:
            Seam(patch, fault := Fault(turn, code))
            outcome = write(NEW, output)
        calls.add(fault.call)
        if outcome.failed:
            (item,) = outcome.diagnostics
            assert (item.code, outcome.value) == ("cannot-write", ())
            assert os.strerror(code).lower() not in item.message, "it is not worded for people"
            assert ".reglet" not in item.message
        refused += outcome.failed
        assert contents(output) == (before if outcome.failed else shown(NEW))
        assert not write(OLD, output).failed
        assert contents(output) == before
        assert is_clean(output)
        if not fault.call:
            break
    assert FEW < turn < MANY - 1
    assert refused > FEW
    assert output.stat().st_ino == inode
    assert calls >= {*CALLS, "exchange"} - {"rename"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_fault_leaves_nothing_where_nothing_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_place: bool, code: int
) -> None:
    for turn in range(1, MANY):
        with monkeypatch.context() as patch:
            Seam(patch, fault := Fault(turn, code))
            outcome = write(NEW, tmp_path / "new" / "output")
        if not fault.call:
            break
        if outcome.failed:
            assert not list(tmp_path.iterdir())
        else:
            assert not write(NEXT, tmp_path / "new" / "output").failed
            assert is_clean(tmp_path / "new" / "output")
            for path in (tmp_path / "new" / "output").iterdir():
                path.unlink()
            (tmp_path / "new" / "output").rmdir()
            (tmp_path / "new").rmdir()
    assert turn > FEW


def test_a_kill_at_any_call(output: Path, monkeypatch: pytest.MonkeyPatch, in_place: bool) -> None:
    sets = [shown(OLD), shown(NEW)]
    seen: list[dict[str, bytes]] = []
    for turn in range(1, MANY):

        def killed(turn: int = turn) -> None:
            with monkeypatch.context() as patch:
                Seam(patch, Death(turn))
                write(NEW, output)

        died = dies(killed)
        seen.append(contents(output))
        if in_place:
            assert all(
                any(data == known.get(name) for known in sets) for name, data in seen[-1].items()
            )
            assert changeover.recover(output) is False
            assert contents(output) in sets
        else:
            assert seen[-1] in sets
        watched(monkeypatch, output, [*sets, shown(NEXT)], whole=not in_place)
        assert contents(output) == shown(NEXT)
        assert is_clean(output)
        assert not write(OLD, output).failed
        if not died:
            break
    assert FEW < turn < MANY - 1
    assert shown(OLD) in seen
    assert shown(NEW) in seen


def watched(
    monkeypatch: pytest.MonkeyPatch, output: Path, sets: list[dict[str, bytes]], *, whole: bool
) -> None:
    """Write the next files, and look at the folder before each call."""

    def look(_count: int, _name: str) -> None:
        assert not whole or contents(output) in sets

    with monkeypatch.context() as patch:
        Seam(patch, look)
        assert not write(NEXT, output).failed


def test_who_looks_sees_one_set_at_any_moment(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, bytes]] = []
    with monkeypatch.context() as patch:
        Seam(patch, lambda _count, _name: seen.append(contents(output)))
        assert not write(NEW, output).failed
    changes = [after for before, after in pairwise(seen) if before != after]
    assert seen[0] == shown(OLD)
    assert changes == [shown(NEW)]


def test_the_folder_stays_the_same_one(output: Path) -> None:
    output.chmod(0o2750)
    before = output.stat()
    assert not write(NEW, output).failed
    after = output.stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


def test_a_folder_that_cannot_return_is_left_for_the_next_build(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inode, real, turns = output.stat().st_ino, changeover.exchange, iter(range(10))

    def once(first: Path, second: Path) -> None:
        if next(turns):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(first, second)

    with monkeypatch.context() as patch:
        patch.setattr(changeover, "exchange", once)
        assert not write(NEW, output).failed
    assert contents(output) == shown(NEW)
    assert not write(NEXT, output).failed
    assert contents(output) == shown(NEXT)
    assert output.stat().st_ino == inode
    assert is_clean(output)


def test_many_files_of_others_are_left_where_they_are(output: Path) -> None:
    for number in range(changeover.MOST_OTHERS + 1):
        (output / f"{number}.txt").touch()
    assert not write(NEW, output).failed
    assert len(list(output.iterdir())) == changeover.MOST_OTHERS + 1 + len(NEW) + len(MINE)


@pytest.mark.parametrize(
    "plan", ["{", "[]", '{"added": 3}', '{"added": ["../victim", ".", "\\u0000"]}']
)
def test_what_a_killed_build_has_left_is_not_believed(output: Path, plan: str) -> None:
    victim, elsewhere = output.parent / "victim", output.parent / "elsewhere"
    victim.write_bytes(b"precious")
    (elsewhere / ".reglet-x").mkdir(parents=True)
    (elsewhere / "key").write_bytes(b"secret")
    forged = output / ".reglet-forged"
    forged.mkdir()
    (forged / "plan.json").write_text(plan)
    (forged / "old").symlink_to(elsewhere)
    (output / changeover.MARK).touch()
    (output.parent / ".reglet.output").symlink_to(elsewhere)
    assert not write(NEW, output).failed
    assert contents(output) == shown(NEW)
    assert victim.read_bytes() == b"precious"
    assert sorted(path.name for path in elsewhere.iterdir()) == [".reglet-x", "key"]
    assert is_clean(output)


def test_many_builds_at_once(output: Path) -> None:
    sets = [built_set(a_pdf=b"%d" % n, **{f"x{n}_pdf": b"%d" % n}) for n in range(8)]

    def again(builts: tuple[Built, ...]) -> bool:
        return any(write(builts, output).failed for _ in range(5))

    with ThreadPoolExecutor(len(sets)) as pool:
        assert not any(pool.map(again, sets))
    assert contents(output) in [shown(builts) for builts in sets]
    assert is_clean(output)


def test_a_build_that_does_not_end_is_not_waited_for(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        monkeypatch.setattr(lock, "SECONDS", 0.1)
        (item,) = write(NEW, output).diagnostics
    finally:
        os.close(handle)
    assert item.message == (
        f"cannot write `{output}`: another build has been writing there for 60 s"
    )
    assert contents(output) == shown(OLD)
    assert not write(NEW, output).failed


def test_the_lock_of_a_dead_build_is_no_lock(output: Path) -> None:
    def dead() -> None:
        fcntl.flock(os.open(output, os.O_RDONLY), fcntl.LOCK_EX)
        os._exit(Death.STATUS)

    assert dies(dead)
    assert not write(NEW, output).failed


def stored(folder: Path, make: Callable[[], bytes]) -> bytes:
    return Store(folder, 1_000).made_once("key", make)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_cache_that_fails_at_any_call_fails_no_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    for turn in range(1, MANY):
        folder = tmp_path / str(turn)
        with monkeypatch.context() as patch:
            Seam(patch, fault := Fault(turn, code))
            assert stored(folder, lambda: b"made") == b"made"
        assert stored(folder, lambda: b"made") == b"made"
        if not fault.call:
            break
    assert turn > 3


def test_a_cache_is_whole_after_a_kill_at_any_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for turn in range(1, MANY):
        folder = tmp_path / str(turn)

        def killed(turn: int = turn, folder: Path = folder) -> None:
            with monkeypatch.context() as patch:
                Seam(patch, Death(turn))
                stored(folder, lambda: b"made")

        died = dies(killed)
        assert stored(folder, lambda: b"made") == b"made"
        if not died:
            break
    assert turn > 3


def test_an_output_that_leads_out_of_the_report_is_not_followed(
    make: Maker, tmp_path: Path
) -> None:
    report, elsewhere = make({}), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (report / "output").symlink_to(elsewhere)
    outcome = pipeline.build(report, editions=["ebook"], progress=NoProgress())
    (item,) = outcome.diagnostics
    assert (item.code, item.hint) == (
        "cannot-write", "name the folder that is meant with `--output`"
    )  # fmt: skip
    assert "leads out of the report's folder" in item.message
    assert not list(elsewhere.iterdir())


@pytest.mark.full
def test_a_full_disk_of_files_for_the_time_being(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = "```chart\ndata: a\nlabel: n\nvalue: v\ncaption: C\n```\n"
    report = make({"data/a.yaml": "- {n: x, v: 1}\n", "sections/01.md": f"# One\n\n{chart}"})
    faults: list[str] = []

    def fill(_count: int, name: str) -> None:
        if name == "mkdir" and is_drawing():
            faults.append(name)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/x")

    with monkeypatch.context() as patch:
        Seam(patch, fill)
        outcome = pipeline.build(report, editions=["ebook"], progress=NoProgress())
    assert faults
    (item,) = outcome.diagnostics
    assert item.message == "cannot write `/tmp/x`: the disk is full"
    assert not (report / "output").exists()


def is_drawing() -> bool:
    """Tell whether an EPUB's drawings are being made, for which faces are laid down."""
    return any(frame.name == "draw" for frame in traceback.extract_stack())
