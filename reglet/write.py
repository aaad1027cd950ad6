"""Writes a build's files as a set: all of them stand in the output folder, or none does.

In come finished files and the folder; out go the files written, or why they could not be. With
changeover.py, the only writer of the disk.
"""

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reglet.changeover import STAGING, STAND_IN, change, recover, write_file
from reglet.lock import SECONDS, locked
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built
from reglet.model.result import Written
from reglet.model.span import NOWHERE

MANIFEST = "manifest.json"

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
    errno.ETIMEDOUT: f"another build has been writing there for {SECONDS:.0f} s",
}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


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
        _change({built.filename: built.data for built in ordered}, folder.resolve())
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
            locked(folder),
            tempfile.TemporaryDirectory(prefix=STAGING, dir=folder) as staging,
        ):
            write_file(Path(staging) / name, data)
            (Path(staging) / name).replace(folder / name)
    except OSError as error:
        return Outcome(None, (_cannot_write(error, folder),))
    return Outcome(folder / name)


def _change(files: Mapping[str, bytes], folder: Path) -> None:
    """Put right what a killed build left in a folder, and then its files in their place."""
    recovered = False
    while not recovered:
        with locked(folder) as handle:
            recovered = not recover(folder)
            if recovered:
                change(folder, files, _stale(folder, set(files)), handle)


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
        for name, known in files.items()
        if _is_plain(name) and name not in fresh and checksum(folder / name) == known
    ]


def checksum(path: Path) -> str | None:
    """Return the SHA-256 of a file, in hexadecimal; None for what is none, or a link."""
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


def leads_out(folder: Path) -> tuple[Diagnostic, ...]:
    """Tell of a report's own output folder that is a link to elsewhere, which a stranger set."""
    with suppress(OSError, RuntimeError):  # links that go round lead nowhere
        if folder.resolve().is_relative_to(folder.parent.resolve()):
            return ()
    reason = "it is a link that leads out of the report's folder"
    hint = "name the folder that is meant with `--output`"
    return (diagnose("cannot-write", NOWHERE, hint, path=folder, reason=reason),)


def no_room(error: OSError) -> Diagnostic | None:
    """Tell of a fault at a file for the time being, of an engine's; None for any other."""
    if error.errno in _FULL:
        return _cannot_write(error, Path(tempfile.tempdir or "."))
    if error.errno == errno.ENOENT and not error.filename:  # tempfile finds no folder
        reason = "no file for the time being can be written there"
        hint = "set TMPDIR to a folder with room"
        return diagnose("cannot-write", NOWHERE, hint, path="/tmp", reason=reason)  # noqa: S108
    return None


def _cannot_write(error: OSError, folder: Path) -> Diagnostic:
    reason = _REASONS.get(error.errno or 0, (error.strerror or "unknown").lower())
    path = Path(os.fsdecode(error.filename2 or error.filename or folder))
    return diagnose("cannot-write", NOWHERE, path=_shown(path, folder), reason=reason)


def _shown(path: Path, folder: Path) -> Path:
    """Name the file that the user knows, not the one on its way."""
    for depth, parent in enumerate((path, *path.parents)):
        if parent.name.startswith(STAGING):
            return folder / path.name if depth == 2 else folder
        if parent.name.startswith(STAND_IN):
            return folder / path.name if depth == 1 else folder
    real = folder.resolve()
    return folder / path.relative_to(real) if path.is_relative_to(real) else path
