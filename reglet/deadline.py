"""Seconds of computing that a piece of work may take: work in, its end or a TimeLimitError out.

The processor's time is counted and not the clock's, so that a busy machine refuses nothing.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.limits import Limits, raise_hint
from reglet.model.span import Span

AGAIN = 0.5  # seconds until the exception is raised once more, where an engine has swallowed it


class TimeLimitError(BaseException):
    """The work takes too long. No `except Exception` of an engine may take it for its own."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic

    def __reduce__(self) -> tuple[type["TimeLimitError"], tuple[Diagnostic]]:
        """Let another process raise it here."""
        return TimeLimitError, (self.diagnostic,)


@contextmanager
def within(limits: Limits, key: str, what: str, span: Span) -> Iterator[None]:
    """End the work, which is done in this process, when it has computed for too long.

    Only the main thread has a clock; others are not bounded.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    worded = limits.worded(key)
    late = diagnose("time-limit", span, raise_hint(key), what=what, limit=worded)

    def end(*_: object) -> None:
        raise TimeLimitError(late)

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, limits[key], AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
