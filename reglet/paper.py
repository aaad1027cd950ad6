"""The page that a theme's tokens describe: lengths as CSS writes them in, pt and lines out."""

import re
from collections.abc import Mapping
from math import inf

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


def page_size(page: str) -> tuple[float, float] | None:
    """Return the width and height of a page in pt; None for a page that is not known."""
    words = page.lower().split()
    names = [word for word in words if word in _MM]
    if names:
        width, height = sorted(_MM[names[0]], reverse="landscape" in words)
        return width * _POINTS["mm"], height * _POINTS["mm"]
    lengths = [length for word in words if (length := points(word)) is not None]
    return (lengths[0], lengths[-1]) if lengths else None


def page_height(page: str) -> float | None:
    """Return the height of a page in pt; None for a page that is not known."""
    size = page_size(page)
    return size[1] if size else None


def millimetres(length: str) -> float:
    """Return a length in mm; nought for what is none."""
    return (points(length) or 0.0) / _POINTS["mm"]


def measure(tokens: Mapping[str, str]) -> float:
    """Return how wide the text is, in mm; endless where that cannot be known."""
    size = page_size(tokens["page"])
    sides = [points(tokens[name]) for name in ("margin-inside", "margin-outside")]
    if size is None or None in sides:
        return inf
    return (size[0] - sum(side or 0.0 for side in sides)) / _POINTS["mm"]


def turned(page: str) -> str:
    """Return a page as wide as it was high, as CSS writes it."""
    size = page_size(page)
    return f"{size[1]:.2f}pt {size[0]:.2f}pt" if size else page


def lines(tokens: Mapping[str, str]) -> int:
    """Count the lines that fill the text's height; none where that cannot be known."""
    whole = page_height(tokens["page"])
    above, below, line = (
        points(tokens[name]) for name in ("margin-top", "margin-bottom", "line-height")
    )
    if whole is None or above is None or below is None or not line:
        return 0
    return max(0, int((whole - above - below) / line + 0.01))
