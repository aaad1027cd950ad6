"""What a validator says of a finished file."""

from dataclasses import dataclass
from enum import StrEnum

MOST = 20  # faults that are told of one file by one validator


class Verdict(StrEnum):
    """How a check ended; not proven is what could not be checked."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_PROVEN = "not proven"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one validator on one file and standard.

    `detail` says what holds, what fails, or why nothing could be proven.
    """

    standard: str
    validator: str
    version: str
    verdict: Verdict
    rules: int | None = None  # how many were checked
    detail: tuple[str, ...] = ()

    def __str__(self) -> str:
        rules = f"{self.rules:,} rules" if self.rules is not None else ""
        facts = [self.standard, rules, f"{self.validator} {self.version}".strip()]
        return f"{self.verdict.upper()} {' · '.join(fact for fact in facts if fact)}"


def shortened(faults: list[str]) -> tuple[str, ...]:
    """Return the first of many faults, and say how many more there are."""
    more = len(faults) - MOST
    return (*faults[:MOST], f"and {more:,} more") if more > 0 else tuple(faults)
