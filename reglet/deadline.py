"""Seconds and memory that a piece of work may take: work in, its end or a LimitError out.

The processor's time is counted and not the clock's, so that a busy machine refuses nothing. Memory
is what the process holds; one that asks for far more at once gets none (MemoryError).
"""

import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.limits import Limits, raise_hint
from reglet.model.span import Span

LOOK = 0.1  # seconds of computing from one look to the next
AGAIN = 0.5  # seconds until the exception is raised once more, where an engine has swallowed it
MEGABYTE = 1_000_000  # bytes

AT_ONCE = "it can get at once"  # the limit of what a process is given no more of

_STATUS = Path("/proc/self/statm")  # in pages: all, resident … (proc(5))
_MOST = 2  # times the limit of memory, which nothing gets between two looks


class LimitError(BaseException):
    """The work takes too much. No `except Exception` of an engine may take it for its own."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic

    def __reduce__(self) -> tuple[type["LimitError"], tuple[Diagnostic]]:
        """Let another process raise it here."""
        return type(self), (self.diagnostic,)


class TimeLimitError(LimitError):
    """The work takes too long."""


class MemoryLimitError(LimitError):
    """The work takes too much memory."""


@contextmanager
def within(limits: Limits, key: str, what: str, span: Span) -> Iterator[None]:
    """End the work, which is done in this process, when it has taken too much.

    `key` is the limit of its seconds. Only the main thread is looked after; others are not bounded.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    late = diagnose("time-limit", span, raise_hint(key), what=what, limit=limits.worded(key))
    large = diagnose(
        "memory-limit", span, raise_hint("memory"), what=what, limit=limits.worded("memory")
    )
    at_once = diagnose("memory-limit", span, raise_hint("memory"), what=what, limit=AT_ONCE)
    end, most = time.process_time() + limits[key], limits["memory"] * MEGABYTE

    def look(*_: object) -> None:
        over: LimitError | None = None
        if resident() > most:
            over = MemoryLimitError(large)
        elif time.process_time() > end:
            over = TimeLimitError(late)
        if over:
            signal.setitimer(signal.ITIMER_PROF, AGAIN, AGAIN)
            raise over

    before = signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)  # C libraries read on
    try:
        with _bounded(most * _MOST):
            look()
            signal.setitimer(signal.ITIMER_PROF, LOOK, LOOK)
            yield
    except MemoryError as error:
        raise MemoryLimitError(at_once) from error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def resident() -> int:
    """Return how many bytes of memory this process holds; 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        return int(_STATUS.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


@contextmanager
def _bounded(most: int) -> Iterator[None]:
    """Let the process have no more than so many bytes of its own while the context lasts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bounds = [value for value in (soft, hard, most) if value != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
