"""Writes a build's files as a set: all of them stand in the output folder, or none does.

In come finished files and the folder; out go the files written, or why they could not be. The
only writer of the disk.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built
from reglet.model.result import Written
from reglet.model.span import NOWHERE

MANIFEST = "manifest.json"
STAGING = ".reglet-"

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file is larger than allowed here",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you are not allowed to write there",
    errno.EPERM: "you are not allowed to write there",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EEXIST: "a file stands where a folder is needed",
    errno.EISDIR: "a folder stands where the file is to go",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EIO: "the disk reports a fault",
}


def write(builts: Sequence[Built], folder: Path) -> Outcome[tuple[Written, ...]]:
    """Write all of `builts` into `folder`, and remove what former builds left there.

    On any failure the folder is as it was before, and the outcome holds a `cannot-write`. A
    manifest among `builts` is put in its place last. Raises ValueError for file names that are
    not plain or stand twice.
    """
    ordered = sorted(builts, key=lambda built: built.filename == MANIFEST)
    _check_names([built.filename for built in ordered])
    made = _missing_folders(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder) as handle:
            _replace(ordered, folder, handle)
    except OSError as error:
        _unmake(made[::-1])
        return Outcome((), (_cannot_write(error, folder),))
    return Outcome(tuple(_written(built, folder) for built in ordered))


def write_new(files: Mapping[str, bytes], folder: Path) -> Outcome[tuple[Path, ...]]:
    """Write files, by their paths below `folder`, where none of them stands yet.

    On any failure nothing of them is left.
    """
    made: list[Path] = []
    try:
        for name, data in files.items():
            path = folder / name
            made.extend(reversed(_missing_folders(path.parent)))
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
    except OSError as error:
        _unmake(made)
        return Outcome((), (_cannot_write(error, folder),))
    return Outcome(tuple(folder / name for name in files))


def write_beside(name: str, data: bytes, folder: Path) -> Outcome[Path | None]:
    """Write one file into a folder of finished files, which stay as they are."""
    try:
        with (
            _locked(folder),
            tempfile.TemporaryDirectory(prefix=STAGING, dir=folder) as staging,
        ):
            (Path(staging) / name).write_bytes(data)
            (Path(staging) / name).replace(folder / name)
    except OSError as error:
        return Outcome(None, (_cannot_write(error, folder),))
    return Outcome(folder / name)


def _unmake(paths: Sequence[Path]) -> None:
    """Delete files, and folders that are empty, last made first."""
    for path in reversed(paths):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        if not _is_plain(name):
            raise ValueError(f"not a plain file name: {name!r}")
    if len(set(names)) < len(names):
        raise ValueError(f"a file name stands twice: {sorted(names)}")


def _is_plain(name: str) -> bool:
    return bool(name) and Path(name).name == name and "\0" not in name and name[0] != "."


def _missing_folders(folder: Path) -> list[Path]:
    """List the folders that writing will make, innermost first."""
    return [path for path in (folder, *folder.parents) if not os.path.lexists(path)]


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """Keep other builds out of `folder`; the lock goes with the process, whatever ends it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some network disks have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _replace(builts: Sequence[Built], folder: Path, handle: int) -> None:
    for left in folder.glob(f"{STAGING}*"):  # of a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    try:
        swap = _Swap(folder, staging / "new", staging / "old")
        swap.stage(builts)
        stale = _stale(folder, {built.filename for built in builts})
        try:
            for built in builts:
                swap.put(built.filename)
            for name in stale:
                swap.remove(name)
            os.fsync(handle)
        except BaseException:
            swap.undo()
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@dataclass(slots=True)
class _Swap:
    """New files on their way in and old ones on their way out, until nothing can fail any more."""

    folder: Path
    new: Path
    old: Path
    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def stage(self, builts: Sequence[Built]) -> None:
        """Write the files where nobody sees them, down to the disk."""
        self.new.mkdir()
        self.old.mkdir()
        for built in builts:
            with (self.new / built.filename).open("xb") as file:
                file.write(built.data)
                file.flush()
                os.fsync(file.fileno())

    def put(self, name: str) -> None:
        """Move a staged file to its place; at no moment does the name lead nowhere."""
        target = self.folder / name
        if target.is_dir() and not target.is_symlink():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        if os.path.lexists(target):
            _keep(target, self.old / name)
            self.kept.append(name)
        else:
            self.added.append(name)
        (self.new / name).replace(target)

    def remove(self, name: str) -> None:
        """Move a stale file out of its place."""
        (self.folder / name).rename(self.old / name)
        self.kept.append(name)

    def undo(self) -> None:
        """Put every name back to what it was."""
        for name in self.kept:
            with suppress(OSError):
                (self.old / name).replace(self.folder / name)
        for name in self.added:
            with suppress(OSError):
                (self.folder / name).unlink()


def _keep(target: Path, kept: Path) -> None:
    """Keep `target` under a second name, by copying it where the disk has no hard links."""
    try:
        os.link(target, kept, follow_symlinks=False)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
            raise
        shutil.copy2(target, kept, follow_symlinks=False)


def _stale(folder: Path, fresh: set[str]) -> list[str]:
    """List the files that the old manifest names, that this build does not make.

    Only files that are still, byte for byte, what was built are ours to remove.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        files = {str(row["name"]): row["sha256"] for row in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [
        name
        for name, checksum in files.items()
        if _is_plain(name) and name not in fresh and _checksum(folder / name) == checksum
    ]


def _checksum(path: Path) -> str | None:
    if path.is_symlink() or not path.is_file():
        return None
    with suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return None


def _written(built: Built, folder: Path) -> Written:
    return Written(
        path=str(folder.absolute() / built.filename),
        edition=built.edition.name,
        format=built.edition.format,
        media_type=built.media_type,
        size=len(built.data),
        sha256=hashlib.sha256(built.data).hexdigest(),
        pages=built.pages,
    )


def _cannot_write(error: OSError, folder: Path) -> Diagnostic:
    reason = _REASONS.get(error.errno or 0, (error.strerror or "unknown").lower())
    path = error.filename2 or error.filename or folder
    return diagnose(
        "cannot-write", NOWHERE, path=_shown(Path(os.fsdecode(path)), folder), reason=reason
    )


def _shown(path: Path, folder: Path) -> Path:
    """Name the file that the user knows, not the staged one."""
    inside = [parent.name.startswith(STAGING) for parent in (path, *path.parents)]
    if not any(inside):
        return path
    return folder / path.name if inside.index(True) == 2 else folder
