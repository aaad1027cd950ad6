"""Lengths as CSS writes them: text comes in, what of it no page can have goes out."""

import re
from collections.abc import Iterator

LONGEST = 100_000.0  # mm: no page, and nothing beside one, is as long as that
WIDEST_PAGE = 5_080.0  # mm (ISO 32000-1, annex C.2)

_MM = {
    "mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96,
    "q": 0.25, "em": 10.0, "rem": 10.0, "ex": 10.0, "ch": 10.0, "lh": 10.0, "rlh": 10.0,
}  # fmt: skip
_LENGTH = re.compile(r"([-+]?[0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)([a-z]+)", re.IGNORECASE)


def millimetres(number: float, unit: str) -> float:
    """Return a length in mm; that of a unit that hangs on letters, generously."""
    return number * _MM.get(unit.lower(), 0.0)


def out_of_bounds(text: str, least: float) -> Iterator[str]:
    """Yield the lengths in a text that are over those of any page, or under `least` mm."""
    for found in _LENGTH.finditer(text[:1000]):
        if found[2].lower() in _MM:
            length = millimetres(float(found[1]), found[2])
            if not least <= length <= WIDEST_PAGE:
                yield found[0]
