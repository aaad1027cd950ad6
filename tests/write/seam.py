"""The seam between reglet and the disk: every call that changes something passes here, counted."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reglet import changeover

CALLS = (
    "open", "write", "fsync", "link", "symlink", "rename", "replace", "mkdir", "rmdir", "unlink",
    "chmod",
)  # fmt: skip


class Seam:
    """Lets `act` be called before each call, with the number and the name of the call."""

    def __init__(self, patch: pytest.MonkeyPatch, act: Callable[[int, str], None]) -> None:
        self.count = 0
        self.act = act
        for name in CALLS:
            patch.setattr(os, name, self._through(name, getattr(os, name)))
        patch.setattr(changeover, "exchange", self._through("exchange", changeover.exchange))

    def _through(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            self.count += 1
            self.act(self.count, name)
            return real(*arguments, **options)

        return call


class Fault:
    """Makes one call fail as a disk does."""

    def __init__(self, turn: int, code: int) -> None:
        self.turn, self.code = turn, code
        self.call = ""

    def __call__(self, count: int, name: str) -> None:
        if count == self.turn:
            self.call = name
            raise OSError(self.code, os.strerror(self.code))


class Death:
    """Ends the process before one call, as a kill does."""

    STATUS = 9

    def __init__(self, turn: int) -> None:
        self.turn = turn

    def __call__(self, count: int, _name: str) -> None:
        if count == self.turn:
            os._exit(self.STATUS)


def dies(work: Callable[[], object]) -> bool:
    """Do the work in a child process; tell whether it died of it."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == Death.STATUS


def contents(folder: Path) -> dict[str, bytes]:
    """Return all that a folder shows, behind links too, but what is hidden as on its way."""
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".reglet")]
        for name in names:
            if not name.startswith(".reglet"):
                path = Path(place, name)
                found[str(path.relative_to(folder))] = path.read_bytes()
    return found
