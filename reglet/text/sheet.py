"""What the rules share while one text is parsed; it lies in markdown-it's `env` as "sheet"."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.limits import Limits
from reglet.model.span import Span
from reglet.text.limits import NESTING
from reglet.text.markers import Marker
from reglet.text.positions import Places


@dataclass(slots=True)
class Sheet:
    """The text's places, and the diagnostics and identifiers found so far."""

    places: Places
    lang: str
    limits: Limits
    diagnostics: list[Diagnostic] = field(default_factory=list)
    claims: list[tuple[str, Span]] = field(default_factory=list)  # explicit identifiers
    divs: list[list[Token]] = field(default_factory=list)  # open divs, by container
    lists: list[Marker] = field(default_factory=list)  # the lists that are open
    examples: dict[str, int] = field(default_factory=dict)  # numbers of `(@label)`
    example_count: int = 0
    too_deep: bool = False

    def report(self, code: str, start: int, end: int, /, hint: str = "", **fields: object) -> None:
        """Add the diagnostic `code` for the characters from `start` up to `end`."""
        self.diagnostics.append(diagnose(code, self.places.span(start, end), hint, **fields))

    def report_depth(self, start: int, end: int) -> None:
        """Say once that the text is nested too deep."""
        if not self.too_deep:
            self.too_deep = True
            self.report("too-deep", start, end, limit=NESTING)

    def add_example(self, label: str) -> None:
        """Number the next item of an example list."""
        self.example_count += 1
        if label:
            self.examples.setdefault(label, self.example_count)

    def claim(self, identifier: str, start: int, end: int) -> None:
        """Note that the author gave something the identifier between `start` and `end`."""
        self.claims.append((identifier, self.places.span(start, end)))


def sheet_of(env: MutableMapping[str, Any]) -> Sheet:
    """Return the sheet of the text that `env` belongs to."""
    sheet: Sheet = env["sheet"]
    return sheet
