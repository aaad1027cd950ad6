"""The page that a theme's tokens describe: lengths as CSS writes them in, pt and lines out."""

import re
from collections.abc import Mapping

_POINTS = {
    "mm": 72 / 25.4, "cm": 72 / 2.54, "q": 18 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75,
}  # fmt: skip
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(mm|cm|q|in|pt|pc|px)", re.I)

_MM = {
    "a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "a6": (105, 148),
    "b4": (250, 353), "b5": (176, 250), "jis-b4": (257, 364), "jis-b5": (182, 257),
    "letter": (215.9, 279.4), "legal": (215.9, 355.6), "ledger": (279.4, 431.8),
}  # fmt: skip
"""Width and height of the pages that CSS has names for (CSS Paged Media 3 §7.1)."""


def points(length: str) -> float | None:
    """Return a length in pt; None for what is none."""
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _POINTS[match[2].lower()] if match else None


def page_height(page: str) -> float | None:
    """Return the height of a page in pt; None for a page that is not known."""
    words = page.lower().split()
    names = [word for word in words if word in _MM]
    if names:
        sides = sorted(_MM[names[0]], reverse="landscape" not in words)
        return sides[0] * _POINTS["mm"]
    lengths = [points(word) for word in words]
    return lengths[-1] if lengths else None


def lines(tokens: Mapping[str, str]) -> int:
    """Count the lines that fill the text's height; none where that cannot be known."""
    whole = page_height(tokens["page"])
    above, below, line = (
        points(tokens[name]) for name in ("margin-top", "margin-bottom", "line-height")
    )
    if whole is None or above is None or below is None or not line:
        return 0
    return max(0, int((whole - above - below) / line + 0.01))
