"""Draws the cover: a `Report` in, a PNG of 1600 × 2560 pixels out, or with a picture a JPEG.

Series, title and subtitle stand on a ground of the theme's ink; under a footnote's rule stand
authors and imprint. A picture stands above them, cut to the cover's width and not written on. Set
in the fonts that reglet brings along, so the same report gives the same bytes.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image as Raster
from PIL import ImageColor, ImageDraw, ImageFont, ImageOps

from reglet.colours import contrast
from reglet.formats.fonts import FACES, Face, coverage, font_path
from reglet.language import direction
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.project import Image
from reglet.model.report import Report
from reglet.model.span import Span

WIDTH, HEIGHT = 1600, 2560
PAPER, PALE, INK = "#ffffff", "#d9dee0", "#000000"

_MARGIN = 190
_SPINE = 56
_MEASURE = WIDTH - 2 * _MARGIN
_TOP, _FOOT = 500, 2140  # where the title's and the imprint's rules stand
_TITLE_SIZES = range(248, 60, -4)
_TITLE_HEIGHT = 1040
_PICTURE_HEIGHT = 1240
_LOWER = 870  # px that the words stand lower below a picture
_QUALITY = 88  # of a JPEG
_NASKH = "Noto Naskh Arabic"
_LEAST = 4.5  # contrast of letters (WCAG 2.2 §1.4.3)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and typefaces of a cover; those of the house theme where none are given."""

    ground: str = "#1f2a30"
    band: str = "#9c3d1e"
    gold: str = "#c9a24b"
    serif: str = "Source Serif 4"
    sans: str = "Source Sans 3"

    def letters(self, wanted: str) -> str:
        """Return the colour wanted, or what is nearest to it that can be read on the ground."""
        ground = ImageColor.getrgb(self.ground)
        chosen = (wanted, PAPER, INK)
        return next(one for one in chosen if contrast(ImageColor.getrgb(one), ground) >= _LEAST)


def look(tokens: Mapping[str, str]) -> Look:
    """Take a theme's ink for the ground, its accent for the band, its gold and its typefaces."""
    parts = {"ground": "ink", "band": "accent", "gold": "gold", "serif": "serif", "sans": "sans"}
    return Look(**{part: tokens[name] for part, name in parts.items() if name in tokens})


HOUSE = Look()


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


def draw(report: Report, look: Look = HOUSE, picture: Image | None = None) -> Outcome[bytes]:
    """Draw the report's cover, with a sound `picture` where it has one.

    A character that no font has is told as `missing-glyph` and shows as an empty box.
    """
    cover = _Cover(look, rtl=direction(report.lang) == "rtl", lower=_LOWER if picture else 0)
    if picture:
        cover.show(picture)
    cover.head(report)
    cover.foot(report)
    words = [report.series, report.title, report.subtitle, report.publisher, report.place]
    words += [author.name for author in report.authors]
    data = cover.jpeg() if picture else cover.png()
    return Outcome(data, tuple(_unwritable("".join(words), look)))


@dataclass(slots=True)
class _Cover:
    """The sheet being drawn; a band of colour runs down the side that is bound."""

    look: Look
    rtl: bool
    lower: int = 0  # px that head and title stand below their place
    image: Raster.Image = field(init=False)

    def __post_init__(self) -> None:
        self.image = Raster.new("RGB", (WIDTH, HEIGHT), self.look.ground)
        left = WIDTH - _SPINE if self.rtl else 0
        band = (left, 0, left + _SPINE - 1, HEIGHT - 1)
        ImageDraw.Draw(self.image).rectangle(band, fill=self.look.band)

    def show(self, picture: Image) -> None:
        """Put a picture on top, as wide as the sheet beside its band; what is over is cut off."""
        box = (WIDTH - _SPINE, _PICTURE_HEIGHT)
        raster = Raster.open(io.BytesIO(_raster(picture)))
        upright = ImageOps.exif_transpose(raster).convert("RGBA")
        whole = Raster.new("RGBA", upright.size, PAPER)
        whole.alpha_composite(upright)
        fitted = ImageOps.fit(whole.convert("RGB"), box, Raster.Resampling.LANCZOS)
        self.image.paste(fitted, (0 if self.rtl else _SPINE, 0))

    def head(self, report: Report) -> None:
        """Draw series, rule, title and subtitle, the title as large as it fits."""
        look, top = self.look, _TOP + self.lower
        if report.series:
            hand = _Hand(look.sans, 600, 50, 64)
            lines = wrap(report.series, hand, _MEASURE)
            self.lines(lines, hand, top - 70 - hand.leading * (len(lines) - 1), look.gold)
        self.rule(top, _MEASURE, 9, look.gold)
        small = _Hand(look.sans, 400, 68, 92)
        subtitle = wrap(report.subtitle, small, _MEASURE)[: 2 if self.lower else 5]
        room = min(_TITLE_HEIGHT, _FOOT - 60 - top - 94 - small.leading * len(subtitle))
        hand, lines = _fitted(report.title, look.serif, room)
        end = self.lines(lines, hand, top + 70 + hand.size, PAPER)
        self.lines(subtitle, small, end + 24, PALE)

    def foot(self, report: Report) -> None:
        """Draw the short rule that parts notes from text and, as the note, who made the report."""
        self.rule(_FOOT, 300, 4, PALE)
        bold, light = (_Hand(self.look.sans, weight, 54, 72) for weight in (600, 400))
        names = ", ".join(author.name for author in report.authors)
        imprint = " · ".join(
            part for part in (report.publisher, report.place, report.date[:4]) if part
        )
        end = self.lines(wrap(names, bold, _MEASURE)[:3], bold, _FOOT + 96, PAPER)
        self.lines(wrap(imprint, light, _MEASURE)[:2], light, end, self.look.gold)

    def rule(self, y: int, length: int, weight: int, colour: str) -> None:
        """Draw a rule from the margin that lines start at."""
        start = WIDTH - _MARGIN - length if self.rtl else _MARGIN
        box = (start, y, start + length - 1, y + weight - 1)
        ImageDraw.Draw(self.image).rectangle(box, fill=colour)

    def lines(self, lines: Sequence[str], hand: _Hand, baseline: int, colour: str) -> int:
        """Draw lines from a first baseline on; return the baseline that would come next.

        They have `colour` where it can be read.
        """
        pen = ImageDraw.Draw(self.image)
        colour = self.look.letters(colour)
        x, anchor = (WIDTH - _MARGIN, "rs") if self.rtl else (_MARGIN, "ls")
        for line in lines:
            pen.text((x, baseline), line, font=hand.font(line), fill=colour, anchor=anchor)
            baseline += hand.leading
        return baseline

    def jpeg(self) -> bytes:
        """Return the sheet as a JPEG."""
        buffer = io.BytesIO()
        self.image.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
        return buffer.getvalue()

    def png(self) -> bytes:
        """Return the sheet as a PNG."""
        buffer = io.BytesIO()
        self.image.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def _raster(picture: Image) -> bytes:
    """Return a picture's pixels as a file that Pillow reads."""
    if picture.media_type != "image/svg+xml":
        return picture.data
    from resvg_py import svg_to_bytes  # heavy

    drawing = picture.data.decode("utf-8", "replace")
    return bytes(svg_to_bytes(svg_string=drawing, width=WIDTH, skip_system_fonts=True))


def _fitted(title: str, family: str, room: int) -> tuple[_Hand, list[str]]:
    """Find the largest hand in which the title fits unbroken, and even out its lines."""
    hands = [_Hand(family, 450, size, round(size * 1.13)) for size in _TITLE_SIZES]
    for hand in hands:
        lines = wrap(title, hand, _MEASURE)
        whole = " ".join(lines).split() == title.split()
        if whole and len(lines) * hand.leading <= room:
            return hand, _even(title, hand, lines)
    smallest = hands[-1]
    return smallest, wrap(title, smallest, _MEASURE)[: room // smallest.leading]


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


def _unwritable(text: str, look: Look) -> Iterator[Diagnostic]:
    for character in dict.fromkeys(_missing(text, look.serif)):
        if (
            _missing(character, look.sans)
            and _missing(character, _NASKH)
            and character.isprintable()
        ):
            code = f"{ord(character):04X}"
            yield diagnose("missing-glyph", Span("cover.png"), character=character, code=code)
