"""Draws the cover: a `Report` in, a PNG of 1600 × 2560 pixels out.

Series, title and subtitle stand on dark ground; under a footnote's rule stand authors and
imprint. Set in the fonts that reglet brings along, so the same report gives the same bytes.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image as Raster
from PIL import ImageDraw, ImageFont

from reglet.formats.fonts import FACES, Face, coverage, font_path
from reglet.language import direction
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.report import Report
from reglet.model.span import Span

WIDTH, HEIGHT = 1600, 2560
INK, PAPER, PALE, GOLD, RUST = "#1f2a30", "#ffffff", "#d9dee0", "#c9a24b", "#9c3d1e"

_MARGIN = 190
_SPINE = 56
_MEASURE = WIDTH - 2 * _MARGIN
_TOP, _FOOT = 500, 2140  # where the title's and the imprint's rules stand
_TITLE_SIZES = range(248, 96, -4)
_TITLE_HEIGHT = 1040
_SERIF, _SANS, _NASKH = "Source Serif 4", "Source Sans 3", "Noto Naskh Arabic"


@dataclass(frozen=True, slots=True)
class _Hand:
    """A typeface at a weight and a size in pixels; lines stand `leading` apart."""

    family: str
    weight: int
    size: int
    leading: int

    def width(self, text: str) -> float:
        """Measure a line."""
        return self.font(text).getlength(text)

    def font(self, text: str) -> ImageFont.FreeTypeFont:
        """Return the font for `text`: Naskh where it has characters that only Naskh has."""
        family = self.family
        if not _missing(text, self.family) or _missing(text, _NASKH):
            return _font(family, self.weight, self.size)
        return _font(_NASKH, min(self.weight, 700), self.size)


def draw(report: Report) -> Outcome[bytes]:
    """Draw the report's cover.

    A character that no font has is told as `missing-glyph` and shows as an empty box.
    """
    cover = _Cover(rtl=direction(report.lang) == "rtl")
    cover.head(report)
    cover.foot(report)
    words = [report.series, report.title, report.subtitle, report.publisher, report.place]
    words += [author.name for author in report.authors]
    return Outcome(cover.png(), tuple(_unwritable("".join(words))))


@dataclass(slots=True)
class _Cover:
    """The sheet being drawn; a band of colour runs down the side that is bound."""

    rtl: bool
    image: Raster.Image = field(default_factory=lambda: Raster.new("RGB", (WIDTH, HEIGHT), INK))

    def __post_init__(self) -> None:
        left = WIDTH - _SPINE if self.rtl else 0
        band = (left, 0, left + _SPINE - 1, HEIGHT - 1)
        ImageDraw.Draw(self.image).rectangle(band, fill=RUST)

    def head(self, report: Report) -> None:
        """Draw series, rule, title and subtitle, the title as large as it fits."""
        if report.series:
            hand = _Hand(_SANS, 600, 50, 64)
            lines = wrap(report.series, hand, _MEASURE)
            self.lines(lines, hand, _TOP - 70 - hand.leading * (len(lines) - 1), GOLD)
        self.rule(_TOP, _MEASURE, 9, GOLD)
        hand, lines = _fitted(report.title)
        end = self.lines(lines, hand, _TOP + 70 + hand.size, PAPER)
        small = _Hand(_SANS, 400, 68, 92)
        self.lines(wrap(report.subtitle, small, _MEASURE)[:5], small, end + 24, PALE)

    def foot(self, report: Report) -> None:
        """Draw the short rule that parts notes from text and, as the note, who made the report."""
        self.rule(_FOOT, 300, 4, PALE)
        bold, light = _Hand(_SANS, 600, 54, 72), _Hand(_SANS, 400, 54, 72)
        names = ", ".join(author.name for author in report.authors)
        imprint = " · ".join(
            part for part in (report.publisher, report.place, report.date[:4]) if part
        )
        end = self.lines(wrap(names, bold, _MEASURE)[:3], bold, _FOOT + 96, PAPER)
        self.lines(wrap(imprint, light, _MEASURE)[:2], light, end, GOLD)

    def rule(self, y: int, length: int, weight: int, colour: str) -> None:
        """Draw a rule from the margin that lines start at."""
        start = WIDTH - _MARGIN - length if self.rtl else _MARGIN
        box = (start, y, start + length - 1, y + weight - 1)
        ImageDraw.Draw(self.image).rectangle(box, fill=colour)

    def lines(self, lines: Sequence[str], hand: _Hand, baseline: int, colour: str) -> int:
        """Draw lines from a first baseline on; return the baseline that would come next."""
        pen = ImageDraw.Draw(self.image)
        x, anchor = (WIDTH - _MARGIN, "rs") if self.rtl else (_MARGIN, "ls")
        for line in lines:
            pen.text((x, baseline), line, font=hand.font(line), fill=colour, anchor=anchor)
            baseline += hand.leading
        return baseline

    def png(self) -> bytes:
        """Return the sheet as a PNG."""
        buffer = io.BytesIO()
        self.image.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def _fitted(title: str) -> tuple[_Hand, list[str]]:
    """Find the largest hand in which the title fits unbroken, and even out its lines."""
    hands = [_Hand(_SERIF, 450, size, round(size * 1.13)) for size in _TITLE_SIZES]
    for hand in hands:
        lines = wrap(title, hand, _MEASURE)
        whole = " ".join(lines).split() == title.split()
        if whole and len(lines) * hand.leading <= _TITLE_HEIGHT:
            return hand, _even(title, hand, lines)
    smallest = hands[-1]
    return smallest, wrap(title, smallest, _MEASURE)[: _TITLE_HEIGHT // smallest.leading]


def _even(text: str, hand: _Hand, lines: list[str]) -> list[str]:
    """Narrow the measure as long as that takes no more lines, so that none is left short."""
    for measure in range(_MEASURE, _MEASURE // 3, -20):
        narrower = wrap(text, hand, measure)
        if len(narrower) > len(lines) or " ".join(narrower).split() != text.split():
            break
        lines = narrower
    return lines


def wrap(text: str, hand: _Hand, measure: int) -> list[str]:
    """Break text into lines of at most `measure` pixels; only a word too long itself is broken."""
    lines: list[str] = []
    for piece in (piece for word in text.split() for piece in _pieces(word, hand, measure)):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and hand.width(longer) <= measure:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _pieces(word: str, hand: _Hand, measure: int) -> Iterator[str]:
    while hand.width(word) > measure and len(word) > 1:
        fits = next(
            n for n in range(len(word) - 1, 0, -1) if n == 1 or hand.width(word[:n]) <= measure
        )
        yield word[:fits]
        word = word[fits:]
    yield word


def _face(family: str) -> Face:
    return next(face for face in FACES if face.family == family and face.style == "normal")


@lru_cache(maxsize=128)
def _font(family: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    """Open a variable font at one weight; optical sizes (pt) stop at the font's largest."""
    font = ImageFont.truetype(str(font_path(_face(family))), size)
    axes = {b"Weight": weight, b"Optical Size": 60}
    font.set_variation_by_axes(
        [axes.get(axis["name"] or b"", axis["default"] or 0) for axis in font.get_variation_axes()]
    )
    return font


def _missing(text: str, family: str) -> list[str]:
    known = coverage(_face(family))
    return [character for character in text if ord(character) not in known]


def _unwritable(text: str) -> Iterator[Diagnostic]:
    for character in dict.fromkeys(_missing(text, _SERIF)):
        if _missing(character, _SANS) and _missing(character, _NASKH) and character.isprintable():
            code = f"{ord(character):04X}"
            yield diagnose("missing-glyph", Span("cover.png"), character=character, code=code)
