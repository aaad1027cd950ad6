"""The output folder: all of a build or nothing of it, whatever fails."""

import errno
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reglet.model.diagnostic import Outcome
from reglet.model.document import Built
from reglet.model.report import Edition
from reglet.model.result import Written
from reglet.write import write

SCREEN = Edition("screen", "pdf")
NOBODY = 65534


def built(name: str, data: bytes, pages: int | None = None) -> Built:
    return Built(SCREEN, name, "application/pdf", data, pages)


def manifest(*files: Built) -> Built:
    rows = [{"name": f.filename, "sha256": hashlib.sha256(f.data).hexdigest()} for f in files]
    return built("manifest.json", json.dumps({"files": rows}).encode())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


OLD = (built("a.pdf", b"old a"), built("b.epub", b"old b"))
NEW = (built("a.pdf", b"new a", 3), built("c.epub", b"new c"))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    assert not write((*OLD, manifest(*OLD)), folder).failed
    return folder


def reason(outcome: Outcome[tuple[Written, ...]]) -> str:
    assert outcome.failed
    assert outcome.value == ()
    (item,) = outcome.diagnostics
    assert item.code == "cannot-write"
    return item.message


def test_what_is_written_is_told(tmp_path: Path) -> None:
    outcome = write(NEW, tmp_path / "deep" / "output")
    assert outcome.diagnostics == ()
    first, second = outcome.value
    assert Path(first.path).read_bytes() == b"new a"
    assert (first.edition, first.format, first.size, first.pages) == ("screen", "pdf", 5, 3)
    assert first.sha256 == hashlib.sha256(b"new a").hexdigest()
    assert second.pages is None


def test_nothing_but_the_files_is_left(output: Path) -> None:
    write((*NEW, manifest(*NEW)), output)
    assert contents(output).keys() == {"a.pdf", "c.epub", "manifest.json"}
    assert [path.name for path in output.parent.iterdir()] == ["output"]


def test_stale_files_go_and_strangers_stay(output: Path) -> None:
    (output / "notes.txt").write_text("mine")
    (output / "sub").mkdir()
    write((*NEW, manifest(*NEW)), output)
    assert not (output / "b.epub").exists()
    assert (output / "notes.txt").read_text() == "mine"
    assert (output / "sub").is_dir()


def test_a_stale_file_that_someone_changed_stays(output: Path) -> None:
    (output / "b.epub").write_bytes(b"edited by hand")
    write((*NEW, manifest(*NEW)), output)
    assert (output / "b.epub").read_bytes() == b"edited by hand"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"files": 3}',
        '{"files": [{"name": ["x"], "sha256": 1}, {}]}',
        '{"files": [{"name": "../victim", "sha256": "SUM"}, {"name": "link", "sha256": "SUM"}]}',
        "[" * 100_000,
    ],
)
def test_a_manifest_is_not_believed(output: Path, text: str) -> None:
    victim = output.parent / "victim"
    victim.write_bytes(b"precious")
    (output / "link").symlink_to(victim)
    checksum = hashlib.sha256(b"precious").hexdigest()
    (output / "manifest.json").write_text(text.replace("SUM", checksum))
    assert not write((*NEW, manifest(*NEW)), output).failed
    assert victim.read_bytes() == b"precious"
    assert (output / "link").is_symlink()


def test_modes_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(NEW, tmp_path / "output")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "output").stat().st_mode) == 0o750
    assert stat.S_IMODE((tmp_path / "output" / "a.pdf").stat().st_mode) == 0o640


def test_a_link_is_replaced_and_its_target_left_alone(output: Path) -> None:
    target = output.parent / "elsewhere.pdf"
    target.write_bytes(b"precious")
    (output / "a.pdf").unlink()
    (output / "a.pdf").symlink_to(target)
    write(NEW, output)
    assert target.read_bytes() == b"precious"
    assert (output / "a.pdf").read_bytes() == b"new a"
    assert not (output / "a.pdf").is_symlink()


def test_an_output_that_is_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "real")
    assert not write(NEW, tmp_path / "output").failed
    assert contents(tmp_path / "real").keys() == {"a.pdf", "c.epub"}


def test_remains_of_a_killed_build_are_cleared(output: Path) -> None:
    (output / ".reglet-dead" / "new").mkdir(parents=True)
    write(NEW, output)
    assert not list(output.glob(".reglet-*"))


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc/x", ".hidden", "a\0b"])
def test_odd_names_are_bugs(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain"):
        write([built(name, b"")], tmp_path)


def test_a_name_twice_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="twice"):
        write([*NEW, *NEW], tmp_path)


def test_a_name_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    assert not write([built("x" * 255, b"")], tmp_path).failed
    assert "the name is too long" in reason(write([built("x" * 256, b"")], tmp_path))


def test_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine")
    message = reason(write(NEW, tmp_path / "output"))
    assert message == f"cannot write `{tmp_path}/output`: a file stands where a folder is needed"
    assert (tmp_path / "output").read_text() == "mine"


def test_output_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert "a file stands" in reason(write(NEW, tmp_path / "file" / "output"))


def test_a_folder_in_the_place_of_a_file(output: Path) -> None:
    before = contents(output)
    (output / "c.epub").mkdir()
    message = reason(write((*NEW, manifest(*NEW)), output))
    assert message == (
        f"cannot write `{output}/c.epub`: a folder stands where the file is to go"
    )  # fmt: skip
    (output / "c.epub").rmdir()
    assert contents(output) == before


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root, whom permissions do not stop."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written() -> None:
    with as_nobody(), tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o555)
        try:
            messages = [reason(write(NEW, folder)), reason(write(NEW, folder / "output"))]
        finally:
            folder.chmod(0o755)
    assert all("you are not allowed to write there" in message for message in messages)


def test_an_interruption_leaves_the_last_good_output(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(output)
    real = Path.replace
    calls = iter(range(10))

    def stop(path: Path, target: Path) -> Path:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write((*NEW, manifest(*NEW)), output)
    assert contents(output) == before


def test_a_disk_without_hard_links(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    assert not write((*NEW, manifest(*NEW)), output).failed
    assert (output / "a.pdf").read_bytes() == b"new a"
