"""`memory:` below `limits:`: what takes too much of it, slowly or at once, is told."""

import resource

import pytest

from reglet.deadline import MEGABYTE, MemoryLimitError, resident, within
from reglet.ledger import Ledger
from reglet.model.limits import Limits
from reglet.model.span import Span
from reglet.progress import NoProgress

PLACE = Span("sections/01.md")


def more(megabytes: int) -> Limits:
    """Allow so much more than this process holds."""
    return Limits({"memory": resident() // MEGABYTE + megabytes})


def test_work_that_grows_is_ended() -> None:
    limits, before = more(60), resident()
    held: list[str] = []

    def grow() -> None:
        with within(limits, "section-seconds", "reading this section", PLACE):
            while True:
                held.append("x" * 100_000 + str(len(held)))
                sum(range(30_000))

    with pytest.raises(MemoryLimitError) as error:
        grow()
    assert resident() - before < (60 + 200) * MEGABYTE  # memory that was free is not counted
    told = error.value.diagnostic
    assert (told.code, told.span) == ("memory-limit", PLACE)
    assert "raise `memory` below `limits:`" in told.hint


def test_what_asks_for_too_much_at_once_gets_none() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)

    def work() -> int:
        with within(more(100), "section-seconds", "reading this section", PLACE):
            return len(bytearray(50_000 * MEGABYTE))

    outcome = Ledger(NoProgress()).run(work, 0)
    (told,) = outcome.diagnostics
    assert (outcome.value, told.code, told.span) == (0, "memory-limit", PLACE)
    assert told.message == "reading this section takes more memory than it can get at once"
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_what_gets_no_memory_from_the_machine_is_told() -> None:
    outcome = Ledger(NoProgress()).run(lambda: len(bytearray(1 << 62)), 0)
    (told,) = outcome.diagnostics
    assert (outcome.value, told.code, told.span.path) == (0, "memory-limit", "report.yaml")
    assert told.message == "the build takes more memory than it can get at once"


def test_work_within_its_limits_is_left_alone() -> None:
    with within(more(300), "section-seconds", "reading this section", PLACE):
        held = [bytes(1_000) for _ in range(20_000)]
        assert sum(map(len, held)) == 20_000_000
