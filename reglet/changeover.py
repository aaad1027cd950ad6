"""Changes the files that a folder shows from one set to another, at once: all of them, or none.

In come a locked folder, new files and the names of old ones that go. New files are staged within
the folder. A stand-in, with the new set and links to all that is not ours, then takes the place of
the folder in one step, renameat2's RENAME_EXCHANGE. Behind it the folder's own names are changed,
and the folder returns: who looks sees the one set or the other, and the folder stays the same one.

Where folders cannot be exchanged, as at a mount point, names are changed in their place one by
one. Whatever is cut short, `recover` puts right: without a plan nothing has been changed yet, with
one the old files are all kept beside the new.
"""

import ctypes
import errno
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reglet.lock import hold

STAGING = ".reglet-"  # begins the name of the folder of files on their way
STAND_IN = ".reglet."  # before a folder's name: what is to take its place, beside it
MARK = ".reglet-stand-in"  # stands in a stand-in
MOST_OTHERS = 1_000  # files that are not ours for which a stand-in is made

_EXCHANGE = 2  # linux/fs.h
_HERE = -100  # fcntl.h: AT_FDCWD
_TRIES = 3
_UNFIT = frozenset(
    {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EBUSY, errno.EXDEV, errno.EACCES,
     errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.EMLINK}
)  # fmt: skip
"""Faults that tell that a folder cannot be exchanged for another, rather than that a disk fails."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Names that are put into a folder, and those that go out: kept are those that it has now."""

    fresh: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """Return the names that stand for nothing yet."""
        return tuple(name for name in self.fresh if name not in self.kept)


def change(folder: Path, files: Mapping[str, bytes], stale: Sequence[str], handle: int) -> None:
    """Put `files` into a locked folder, the last of them last, and take `stale` ones out.

    `folder` is free of links, `handle` is open on it. Raises OSError, and then nothing has changed.
    """
    kept = [name for name in files if os.path.lexists(folder / name)]
    for name in kept:
        if stat.S_ISDIR((folder / name).lstat().st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / name))
    plan = Plan(tuple(files), (*kept, *stale))
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    try:
        _stage(staging, files)
        _keep(folder, staging, plan)
        with _standing_in(folder, staging, plan) as place:
            _swap(place, place / staging.name, plan, handle)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def recover(folder: Path) -> bool:
    """Put right what a build that was ended has left in a locked folder; raises OSError.

    Tells whether another folder stands in its place now, which is not locked.
    """
    beside = _beside(folder)
    returning = (folder / MARK).exists() and _is_folder(beside)
    if returning:
        _roll_back(beside)
        exchange(folder, beside)
    _clear(beside, -1)
    if not returning:
        (folder / MARK).unlink(missing_ok=True)
        _roll_back(folder)
    return returning


def exchange(first: Path, second: Path) -> None:
    """Put each of two names in the other's place, in one step; raises OSError."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(first))
    if call(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(first))


def _beside(folder: Path) -> Path:
    return folder.with_name(f"{STAND_IN}{folder.name}")


def _stage(staging: Path, files: Mapping[str, bytes]) -> None:
    """Write the files where nobody sees them, down to the disk, and read them again."""
    new = staging / "new"
    new.mkdir()
    for name, data in files.items():
        write_file(new / name, data)
    for name, data in files.items():
        if (new / name).read_bytes() != data:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(new / name))


def write_file(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, down to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
    finally:
        os.close(handle)


def _keep(folder: Path, staging: Path, plan: Plan) -> None:
    """Keep the files that go under second names, and set down what is to be done."""
    (staging / "old").mkdir()
    for name in plan.kept:
        _link(folder / name, staging / "old" / name)
    write_file(staging / "plan", json.dumps({"added": plan.added}).encode())
    (staging / "plan").replace(staging / "plan.json")


def _link(target: Path, name: Path) -> None:
    """Give a file a second name, or copy it where the disk has no hard links."""
    try:
        os.link(target, name, follow_symlinks=False)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
            raise
        shutil.copy2(target, name, follow_symlinks=False)


def _swap(folder: Path, staging: Path, plan: Plan, handle: int) -> None:
    """Change the names one by one; at no moment does one that stays lead nowhere."""
    try:
        for name in plan.fresh:
            (staging / "new" / name).replace(folder / name)
        for name in plan.kept:
            if name not in plan.fresh:
                (folder / name).unlink()
        os.fsync(handle)
        (staging / "plan.json").unlink()
    except BaseException:
        _put_back(folder, staging)
        raise


def is_unfinished(folder: Path) -> bool:
    """Tell whether a build is changing a folder, or was cut short."""
    return any(folder.glob(f"{STAGING}*")) or os.path.lexists(_beside(folder))


def _roll_back(folder: Path) -> None:
    """Undo every change of names that was cut short, and clear away what is left of it."""
    for staging in folder.glob(f"{STAGING}*"):
        if _is_folder(staging):
            _put_back(folder, staging)
            shutil.rmtree(staging, ignore_errors=True)


def _put_back(folder: Path, staging: Path) -> None:
    """Put every name back to what it was, as far as that can be done.

    What is found may be forged: a report from a stranger may bring an output folder along.
    """
    try:
        added = [str(name) for name in json.loads((staging / "plan.json").read_bytes())["added"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):  # nothing has been changed
        return
    for kept in (staging / "old").iterdir() if _is_folder(staging / "old") else ():
        with suppress(OSError):
            kept.replace(folder / kept.name)
    for name in added:
        with suppress(OSError, ValueError):
            (folder / Path(name).name).unlink()


def _is_folder(path: Path) -> bool:
    """Tell whether a folder is there, and no link to one elsewhere."""
    return path.is_dir() and not path.is_symlink()


@contextmanager
def _standing_in(folder: Path, staging: Path, plan: Plan) -> Iterator[Path]:
    """Yield where the folder is while its names change: beside its stand-in, or in its place."""
    beside = _beside(folder)
    handle = _exchanged(folder, staging, plan)
    if handle is None:
        yield folder
        return
    try:
        yield beside
    finally:
        if _return(folder, beside):
            _clear(beside, handle)
        else:  # the next build tries again
            os.close(handle)


def _exchanged(folder: Path, staging: Path, plan: Plan) -> int | None:
    """Put a stand-in in a folder's place; return the stand-in's lock, or None where none fits."""
    beside, handle = _beside(folder), -1
    try:
        _make_stand_in(folder, staging, plan, beside)
        handle = hold(beside)
        exchange(folder, beside)
    except BaseException as error:
        _clear(beside, handle)
        if isinstance(error, OSError) and error.errno in _UNFIT:
            return None
        raise
    return handle


def _return(folder: Path, beside: Path) -> bool:
    """Let the folder return to its place; tell whether it could."""
    for _ in range(_TRIES):
        with suppress(OSError):
            exchange(folder, beside)
            return True
    return False


def _clear(beside: Path, handle: int) -> None:
    with suppress(OSError):
        shutil.rmtree(beside) if _is_folder(beside) else beside.unlink(missing_ok=True)
    if handle >= 0:
        os.close(handle)


def _make_stand_in(folder: Path, staging: Path, plan: Plan, beside: Path) -> None:
    """Make a folder that shows the new set, and by links all that is not ours.

    The links lead to where the folder itself will then be.
    """
    gone = {*plan.fresh, *plan.kept, staging.name}
    with os.scandir(folder) as entries:
        others = [entry.name for entry in entries if entry.name not in gone]
    if len(others) > MOST_OTHERS:
        raise OSError(errno.EMLINK, os.strerror(errno.EMLINK), str(folder))
    beside.mkdir()
    for name in plan.fresh:
        _link(staging / "new" / name, beside / name)
    for name in others:
        (beside / name).symlink_to(Path("..", beside.name, name))
    (beside / MARK).touch()
    beside.chmod(stat.S_IMODE(folder.stat().st_mode))
