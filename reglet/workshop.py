"""Work that needs no more than it is given, done in several processes, and none of it twice.

What was made is kept for the rest of the build and, where there is a store, for the next ones.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Any, TypeVar

Made = TypeVar("Made")
Given = TypeVar("Given")
Shared = TypeVar("Shared")

_shared: list[Any] = []  # what the workers of this process's pool are given once


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


@dataclass(slots=True)
class Workshop:
    """Makes things of what is given, with `jobs` processes at most; results come in order."""

    jobs: int = field(default_factory=cores)
    pool: ProcessPoolExecutor | None = None
    known: dict[Any, Any] = field(default_factory=dict)  # what was made of what is given

    def make(
        self,
        how: Callable[[Given, Shared], Made],
        given: Sequence[Given],
        shared: Shared,
        done: Callable[[Made], None] = lambda _: None,
    ) -> list[Made]:
        """Return what `how` makes of each of `given` and what all share; tell `done` of each.

        What `how` raises comes through.
        """
        new = [item for item in dict.fromkeys(given) if (how, item) not in self.known]
        if self.jobs < 2 or len(new) < 2:
            results: Iterator[Made] = (how(item, shared) for item in new)
        else:
            results = self._open(shared).map(partial(_make, how), new)
        for item, result in zip(new, results, strict=True):
            self.known[how, item] = result
            done(result)
        return [self.known[how, item] for item in given]

    def forget(self) -> None:
        """Let go of what was made."""
        self.known.clear()

    def _open(self, shared: object) -> ProcessPoolExecutor:
        """Return the pool; its processes are copies of this one, with what it has read."""
        if self.pool is None or not _shared or _shared[0] is not shared:
            self.close()
            _shared[:] = [shared]
            self.pool = ProcessPoolExecutor(self.jobs, get_context("fork"))
        return self.pool

    def close(self) -> None:
        """End the processes."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None
        _shared.clear()


@contextmanager
def opened(jobs: int | None = None) -> Iterator[Workshop]:
    """Have a workshop while the context lasts."""
    workshop = Workshop(cores() if jobs is None else jobs)
    try:
        yield workshop
    finally:
        workshop.close()


def _make(how: Callable[[Given, Any], Made], item: Given) -> Made:
    return how(item, _shared[0])
