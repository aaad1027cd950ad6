"""What is wrong with the user's content, and the value that travels beside it.

A mistake in content is a `Diagnostic` and never raises; a bug in reglet raises and is never one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Generic, TypeVar

from reglet.model.rules import RULES
from reglet.model.span import Span

T = TypeVar("T")


class Severity(StrEnum):
    """How much a diagnostic matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


LEVELS = ("error", "warning", "off")
"""What `rules:` of report.yaml may make of a kind of diagnostic."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: a stable code, where it is, what is wrong and what to type instead."""

    code: str
    span: Span
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def diagnose(code: str, span: Span, /, hint: str = "", **fields: object) -> Diagnostic:
    """Word the diagnostic `code` of `RULES` with its fields; `hint` replaces the rule's own.

    Raises KeyError for a code or a field that the table does not know: that is a bug.
    """
    rule = RULES[code]
    return Diagnostic(
        code=code,
        span=span,
        message=rule.message.format(**fields),
        hint=hint or rule.hint.format(**fields),
        severity=Severity.WARNING if rule.warning else Severity.ERROR,
    )


@dataclass(frozen=True, slots=True)
class Levels:
    """How much each diagnostic matters to one report; `strict` makes errors of its warnings."""

    own: Mapping[str, str] = field(default_factory=dict)  # code -> a word of LEVELS
    strict: bool = False

    def judged(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Give diagnostics their severities; those that are off are left out."""
        for item in diagnostics:
            level = self.own.get(item.code, item.severity)
            if level != "off":
                severe = self.strict or level == Severity.ERROR
                yield replace(item, severity=Severity.ERROR if severe else Severity.WARNING)


MOST_TOLD = 1_000
"""Diagnostics of one kind in one file: nobody reads more, and a hostile file has a million."""


def shortened(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out what is over MOST_TOLD, and say how many there are more."""
    counts: Counter[tuple[str, str]] = Counter()
    left: dict[tuple[str, str], Diagnostic] = {}
    for item in diagnostics:
        kind = (item.span.path, item.code)
        counts[kind] += 1
        if counts[kind] <= MOST_TOLD:
            yield item
        else:
            left.setdefault(kind, item)
    for (path, code), item in left.items():
        count = f"{counts[path, code] - MOST_TOLD:,}"
        more = diagnose("more-mistakes", Span(path), count=count, code=code)
        yield replace(more, severity=item.severity)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the known name most like `name`, or an empty string."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What every stage returns: its value, and the diagnostics found on the way."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Tell whether any diagnostic is an error."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)
