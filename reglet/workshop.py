"""Work that needs no more than it is given, done in several processes, and none of it twice.

What was made is kept for the rest of the build and, where there is a store, for the next ones.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pickle import UnpicklingError
from typing import Any, Generic, TypeVar

from reglet.store import Store, cache_folder

Made = TypeVar("Made")
Given = TypeVar("Given")
Shared = TypeVar("Shared")

CACHE_LIMIT = 512_000_000  # bytes; 500 pages take some 10 million

_PARENT_ENDED = 1  # PR_SET_PDEATHSIG of prctl

_shared: list[Any] = []  # what the workers of this process's pool are given once


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def kept() -> Store:
    """Return the store of what builds have made."""
    return Store(cache_folder() / "pieces", CACHE_LIMIT)


class LostWorkerError(Exception):
    """The process that worked on `item` was ended from outside, twice."""

    def __init__(self, item: object) -> None:
        super().__init__(item)
        self.item = item


@dataclass(frozen=True, slots=True)
class Keeping(Generic[Given, Shared, Made]):
    """How a kind of thing is kept: a key for all that it depends on, and its form as bytes."""

    key: Callable[[Given, Shared], str]
    pack: Callable[[Made], bytes]
    unpack: Callable[[bytes], Made]


@dataclass(slots=True)
class Workshop:
    """Makes things of what is given, with `jobs` processes at most; results come in order.

    `made` counts those that were neither known nor kept.
    """

    jobs: int = field(default_factory=cores)
    store: Store | None = None
    made: int = 0
    _pool: ProcessPoolExecutor | None = None
    _known: dict[Any, Any] = field(default_factory=dict)  # what was made of what is given
    _used: set[Any] = field(default_factory=set)  # of these, what was asked for

    def make(
        self,
        how: Callable[[Given, Shared], Made],
        given: Sequence[Given],
        shared: Shared,
        keeping: Keeping[Given, Shared, Made] | None = None,
        done: Callable[[Made], None] = lambda _: None,
    ) -> list[Made]:
        """Return what `how` makes of each of `given` and what all share; tell `done` of each.

        What `how` raises comes through. Raises LostWorkerError where a process is killed.
        """
        wanted = [item for item in dict.fromkeys(given) if (how, item) not in self._known]
        keys = {item: keeping.key(item, shared) for item in wanted} if keeping else {}
        for item in wanted:
            if keeping and (found := self._found(keys[item], keeping)) is not None:
                self._known[how, item] = found
                done(found)
        new = [item for item in wanted if (how, item) not in self._known]
        for item, result in zip(new, self._results(how, new, shared), strict=True):
            self._known[how, item] = result
            self.made += 1
            if keeping and self.store:
                self.store.put(keys[item], keeping.pack(result))
            done(result)
        self._used.update((how, item) for item in given)
        return [self._known[how, item] for item in given]

    def forget(self) -> None:
        """Let go of what was made, but for what is kept."""
        self._known.clear()
        self._used.clear()

    def forget_unused(self) -> None:
        """Let go of what nobody has asked for since the last time."""
        self._known = {key: made for key, made in self._known.items() if key in self._used}
        self._used.clear()

    def _found(self, key: str, keeping: Keeping[Given, Shared, Made]) -> Made | None:
        """Return what is kept under a key."""
        data = self.store.get(key) if self.store else None
        try:
            return None if data is None else keeping.unpack(data)
        except (UnpicklingError, EOFError, LookupError, ValueError, TypeError, AttributeError):
            return None  # of another form

    def _results(
        self, how: Callable[[Given, Shared], Made], given: Sequence[Given], shared: Shared
    ) -> Iterator[Made]:
        if self.jobs < 2 or len(given) < 2:
            yield from (how(item, shared) for item in given)
            return
        pool = self._open(shared)
        waiting = [pool.submit(_make, how, item) for item in given]
        for item, result in zip(given, waiting, strict=True):
            try:
                yield result.result()
            except BrokenProcessPool:  # one process was killed, and all others ended with it
                yield self._made_alone(how, item)

    def _open(self, shared: object) -> ProcessPoolExecutor:
        """Return the pool; its processes are copies of this one, with what it has read."""
        if self._pool is None or not _shared or _shared[0] != shared:
            self._end()
            _shared[:] = [shared]
            self._pool = _pool_of(self.jobs)
        return self._pool

    def _made_alone(self, how: Callable[[Given, Any], Made], item: Given) -> Made:
        """Make one thing in a process of its own, since it may be what ended another."""
        with _pool_of(1) as pool:
            try:
                return pool.submit(_make, how, item).result()
            except BrokenProcessPool as broken:
                raise LostWorkerError(item) from broken

    def rest(self) -> None:
        """End the processes until they are needed again, and let go of what was made."""
        self._end()
        self.forget()

    def close(self, *, at_once: bool = False) -> None:
        """End the processes, `at_once` or with their work, and keep the store small enough."""
        self._end(at_once=at_once)
        if self.store and self.made:
            self.store.prune()

    def _end(self, *, at_once: bool = False) -> None:
        if self._pool is not None:
            for process in self._pool._processes.values() if at_once else ():
                process.terminate()
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        _shared.clear()


@contextmanager
def opened(jobs: int | None = None, *, keeps: bool = True) -> Iterator[Workshop]:
    """Have a workshop while the context lasts."""
    workshop = Workshop(cores() if jobs is None else jobs, kept() if keeps else None)
    try:
        yield workshop
    except BaseException:
        workshop.close(at_once=True)
        raise
    workshop.close()


def _pool_of(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, get_context("fork"), _end_with_parent)


def _end_with_parent() -> None:
    """Let the system end this process with the one that started it, however that ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_ENDED, signal.SIGKILL)


def _make(how: Callable[[Given, Any], Made], item: Given) -> Made:
    return how(item, _shared[0])
