"""A PDF's pages in, sheets with several of them out: booklets to be stapled, and grids.

Pages stand trim to trim, with their bleed on the outside of the sheet alone. A PDF/X-4 file stays
one; what others claim, link or tag does not hold of sheets and is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from reglet.formats.pdf.press.boxes import Box, crop_marks, fold_marks, grown
from reglet.formats.pdf.press.sheet import SLUG

BLANK = -1
"""In place of a page's number: nothing stands there."""

Sheets = Sequence[Sequence[int]]
"""For each side of a sheet the pages on it, from 0, by rows from the top left."""

_OF_READERS = (
    "/StructTreeRoot", "/MarkInfo", "/Names", "/Dests", "/Outlines", "/PageLabels", "/PageMode",
    "/OpenAction", "/AA", "/AcroForm", "/AF", "/ViewerPreferences",
)  # fmt: skip
_ROOM = 6 * 72 / 25.4  # pt beyond the bleed that are there for marks
_NEAR = 0.1  # pt that pages may differ in size


class UnfitError(Exception):
    """A file that cannot be imposed; its words say why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How pages stand on a side: `columns` by `rows`, folded between where it is a booklet."""

    columns: int
    rows: int
    folded: bool = False


@dataclass(frozen=True, slots=True)
class _Leaf:
    """How large pages are, and how much of their bleed is kept, in pt."""

    width: float
    height: float
    bleed: float


def booklet(count: int, *, right_to_left: bool = False) -> Sheets:
    """Return the sides of a booklet folded once and stapled there: front, back, front, …

    The number of pages is filled up to a multiple of four with blanks at the end.
    """
    whole = -(-count // 4) * 4
    pages = [number if number < count else BLANK for number in range(whole)]
    sides = []
    for first in range(0, whole // 2, 2):
        last = whole - 1 - first
        sides += [(pages[last], pages[first]), (pages[first + 1], pages[last - 1])]
    return [side[::-1] for side in sides] if right_to_left else sides


def grid(count: int, pattern: Pattern) -> Sheets:
    """Return the sides of sheets with pages by rows, the last side filled up with blanks."""
    each = pattern.columns * pattern.rows
    return [
        [page if page < count else BLANK for page in range(start, start + each)]
        for start in range(0, count, each)
    ]


def impose(
    data: bytes,
    pattern: Pattern | None = None,
    *,
    right_to_left: bool = False,
    thickness: float = 0.0,
) -> tuple[bytes, int]:
    """Lay a file's pages on sheets, a booklet's without a `pattern`; return it, and its sides.

    A booklet's paper is `thickness` pt thick: sheets within others stick out by it when they are
    folded, and are trimmed there, so their pages stand that much nearer to the spine.
    Raises UnfitError for a file that cannot be read or has pages of several sizes.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            count = len(pdf.pages)
            if pattern is None:
                pattern = Pattern(2, 1, folded=True)
                sheets = booklet(count, right_to_left=right_to_left)
            else:
                sheets = grid(count, pattern)
            _lay(pdf, sheets, pattern, thickness)
            _leave_out(pdf)
            written = BytesIO()
            pdf.save(written, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise UnfitError("it is encrypted") from error
    except pikepdf.PdfError as error:
        raise UnfitError("it is no PDF, or a broken one") from error
    return written.getvalue(), len(sheets)


def _lay(pdf: pikepdf.Pdf, sheets: Sheets, pattern: Pattern, thickness: float) -> None:
    """Put sheets in place of the pages of a file."""
    pages = list(pdf.pages)
    if not pages:
        raise UnfitError("it has no pages")
    trims = [_box(page.trimbox) for page in pages]
    width, height = _size(trims[0])
    for number, (page, trim) in enumerate(zip(pages, trims, strict=True), start=1):
        across, down = _size(trim)
        if abs(across - width) > _NEAR or abs(down - height) > _NEAR:
            raise UnfitError(f"page {number} is of another size than page 1")
        if int(page.obj.get("/Rotate", 0)) % 360:
            raise UnfitError(f"page {number} is turned")
    bleed = max(trims[0][0] - _box(pages[0].bleedbox)[0], 0.0)
    marked = _box(pages[0].bleedbox)[0] - _box(pages[0].mediabox)[0] > _ROOM
    forms = [page.as_form_xobject() for page in pages]
    trim = (0.0, 0.0, pattern.columns * width, pattern.rows * height)
    folds = [trim[2] / 2] if pattern.folded else []
    leaf = _Leaf(width, height, bleed)
    for number, side in enumerate(sheets):
        new = _side(pdf, [forms[page] if page != BLANK else None for page in side])
        new.obj.TrimBox, new.obj.BleedBox = Array(trim), Array(grown(trim, bleed))
        new.obj.MediaBox = Array(grown(trim, bleed + (SLUG if marked else 0.0)))
        marks = crop_marks(trim, bleed) + fold_marks(trim, bleed, folds) if marked else ""
        creep = number // 2 * thickness if pattern.folded else 0.0
        content = _drawn([(page, trims[page]) for page in side], pattern, leaf, creep)
        new.obj.Contents = pdf.make_stream((content + marks).encode())
    del pdf.pages[: len(pages)]


def _side(pdf: pikepdf.Pdf, forms: Sequence[Any]) -> pikepdf.Page:
    """Add a page that has the forms of other pages at hand, by their places on it."""
    pdf.add_blank_page()
    page = pdf.pages[-1]
    held = Dictionary()
    for number, form in enumerate(forms):
        if form is not None:
            form.BBox = Array([-14400, -14400, 14400, 14400])  # it is cut on the sheet instead
            held[f"/P{number}"] = pdf.make_indirect(form)
    page.obj.Resources = Dictionary(XObject=held)
    return page


def _drawn(side: Sequence[tuple[int, Box]], pattern: Pattern, leaf: _Leaf, creep: float) -> str:
    """Draw the pages of a side, each cut at its neighbours and at the bleed outside.

    With `creep` the page on the left stands as much to the right, and the other to the left.
    """
    drawn = []
    for number, (page, trim) in enumerate(side):
        if page == BLANK:
            continue
        row, column = divmod(number, pattern.columns)
        left, bottom = column * leaf.width, (pattern.rows - 1 - row) * leaf.height
        first, last = column == 0, column == pattern.columns - 1
        cut = (
            left - (leaf.bleed - creep if first else 0),
            bottom - (leaf.bleed if row == pattern.rows - 1 else 0),
            left + leaf.width + (leaf.bleed - creep if last else 0),
            bottom + leaf.height + (leaf.bleed if row == 0 else 0),
        )
        across, down = _size(cut)
        x, y = left - trim[0] + (creep if first else -creep), bottom - trim[1]
        drawn.append(f"q {cut[0]:.4f} {cut[1]:.4f} {across:.4f} {down:.4f} re W n")
        drawn.append(f"1 0 0 1 {x:.4f} {y:.4f} cm /P{number} Do Q")
    return "\n".join([*drawn, ""])


def _leave_out(pdf: pikepdf.Pdf) -> None:
    """Take out what is for readers of single pages, and claims that sheets do not keep."""
    for key in _OF_READERS:
        if key in pdf.Root:
            del pdf.Root[key]
    intents = pdf.Root.get("/OutputIntents", Array())
    if not any(intent.get("/S") == Name.GTS_PDFX for intent in intents):
        for key in ("/OutputIntents", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]


def _box(box: Any) -> Box:
    left, bottom, right, top = (float(side) for side in box)
    return (left, bottom, right, top)


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]
