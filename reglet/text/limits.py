"""What a text may not hold: too many characters, too many levels, characters no page can show."""

import re

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.limits import Limits, raise_hint
from reglet.model.span import Span
from reglet.text.positions import Places

NESTING = 40
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return `text` with a space for each character that no page can show."""
    return _BAD.sub(" ", text)


class TooDeepError(Exception):
    """A text is nested too deep to be read on; it never leaves the parser."""


def check(text: str, path: str, places: Places, limits: Limits) -> tuple[str, list[Diagnostic]]:
    """Return `text` with a space for each forbidden character, and a diagnostic for each line.

    A text that is too long comes back empty.
    """
    if len(text) > limits["section-length"]:
        hint = f"split it into sections, or {raise_hint('section-length')}"
        limit = f"{limits['section-length']:,}"
        return "", [diagnose("too-long", Span(path), hint, limit=limit)]
    found: list[Diagnostic] = []
    for match in _BAD.finditer(text):
        span = places.span(match.start(), match.end())
        if not found or found[-1].span.line != span.line:
            found.append(diagnose("control-character", span, code=f"{ord(match[0]):04X}"))
    return (printable(text) if found else text), found
