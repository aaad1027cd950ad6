"""Pages as set in, pages on their sheets out: boxes, art cut at the bleed, crop marks beyond it."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from reglet.formats.pdf.press.sheet import SLUG, Sheet

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in pt."""

MARK = 5 * 72 / 25.4  # length of a crop mark, pt
CLEAR = 1 * 72 / 25.4  # between a mark and the bleed, pt
HAIR = 0.25  # width of a mark, pt


def lay_on_sheets(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Give every page its boxes and marks, and add blank pages to fill the last signature."""
    for page in pdf.pages:
        trim = _rounded([float(side) for side in page.trimbox])
        _lay_on_sheet(page, trim, sheet)
    trim = _rounded([float(side) for side in pdf.pages[0].trimbox])
    while len(pdf.pages) % sheet.signature:
        pdf.add_blank_page()
        _lay_on_sheet(pdf.pages[-1], trim, sheet)


def _lay_on_sheet(page: pikepdf.Page, trim: Box, sheet: Sheet) -> None:
    bleed = grown(trim, sheet.bleed)
    media = grown(bleed, SLUG if sheet.marks else 0.0)
    page.obj.TrimBox, page.obj.BleedBox = Array(trim), Array(bleed)
    page.obj.MediaBox = Array(media)
    page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    left, bottom, right, top = bleed
    cut = f"q {left:g} {bottom:g} {right - left:.4f} {top - bottom:.4f} re W n\n"
    folds = [trim[0] + fold for fold in sheet.folds]
    marks = crop_marks(trim, sheet.bleed) + fold_marks(trim, sheet.bleed, folds)
    marks = marks if sheet.marks else ""
    page.contents_add(cut.encode(), prepend=True)
    page.contents_add(f"\nQ\n{marks}".encode())


def grown(box: Box, by: float) -> Box:
    """Return a box that is larger on all sides."""
    left, bottom, right, top = box
    return _rounded([left - by, bottom - by, right + by, top + by])


def crop_marks(trim: Box, bleed: float) -> str:
    """Draw two hairlines of black at each corner of the trim, clear of the bleed."""
    near, far = bleed + CLEAR, bleed + CLEAR + MARK
    lines = []
    for x, way in ((trim[0], -1), (trim[2], 1)):
        for y in (trim[1], trim[3]):
            lines.append(f"{x + way * near:.4f} {y:.4f} m {x + way * far:.4f} {y:.4f} l")
    for y, way in ((trim[1], -1), (trim[3], 1)):
        for x in (trim[0], trim[2]):
            lines.append(f"{x:.4f} {y + way * near:.4f} m {x:.4f} {y + way * far:.4f} l")
    return "\n".join(["q 0 0 0 1 K", f"{HAIR} w", *lines, "S Q\n"])


def fold_marks(trim: Box, bleed: float, folds: Sequence[float]) -> str:
    """Draw dashed hairlines above and below a sheet at each x where it is folded."""
    near, far = bleed + CLEAR, bleed + CLEAR + MARK
    lines = [
        f"{x:.4f} {y + way * near:.4f} m {x:.4f} {y + way * far:.4f} l"
        for x in folds
        for y, way in ((trim[1], -1), (trim[3], 1))
    ]
    return "\n".join(["q 0 0 0 1 K [2 2] 0 d", f"{HAIR} w", *lines, "S Q\n"]) if lines else ""


def _rounded(sides: list[float]) -> Box:
    left, bottom, right, top = (round(side, 4) for side in sides)
    return (left, bottom, right, top)
