"""One writer at a time: a folder comes in, its lock goes out, or an OSError where it stays taken.

The lock goes with the process that has it, whatever ends that.
"""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS = 60.0  # that another build may take to write: it needs less than one
_AGAIN = 0.05
_TAKEN = (errno.EAGAIN, errno.EACCES)


@contextmanager
def locked(folder: Path) -> Iterator[int]:
    """Keep other builds out of `folder`, and yield a handle on it.

    Waits for a build that is writing there; raises OSError, of errno ETIMEDOUT where that takes
    too long.
    """
    end = time.monotonic() + SECONDS
    handle = _opened(folder)
    try:
        while not _take(handle) or not _is_at(handle, folder):
            if time.monotonic() > end:
                raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(folder))
            time.sleep(_AGAIN)
            if not _is_at(handle, folder):  # what stood there for a moment has gone
                os.close(handle)
                handle = -1
                handle = _opened(folder)
        yield handle
    finally:
        if handle >= 0:
            os.close(handle)


def hold(folder: Path) -> int:
    """Lock a folder that is nobody else's; return the handle, which is to be closed."""
    handle = _opened(folder)
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return handle


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _take(handle: int) -> bool:
    """Take the lock, unless another has it; some network disks have no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def _is_at(handle: int, folder: Path) -> bool:
    """Tell whether an open folder is the one that is found by its path."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(folder))  # noqa: PTH116
    except FileNotFoundError:
        return False
