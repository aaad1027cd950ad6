"""A PDF as the page engine writes it in, a PDF/X-4 file for the press out."""

from functools import cache
from io import BytesIO

import pikepdf

from reglet.formats.pdf.press.boxes import lay_on_sheets
from reglet.formats.pdf.press.claims import claim, quieten
from reglet.formats.pdf.press.colours import Part, recolour
from reglet.formats.pdf.press.overprint import overprint_black
from reglet.formats.pdf.press.pictures import part_pictures
from reglet.formats.pdf.press.sheet import Sheet
from reglet.inks import Inks, Screen

VERSION = "1.6"  # ISO 15930-7 §6.1


def finish(data: bytes, sheet: Sheet, identifier: str, moment: str) -> tuple[bytes, int]:
    """Make `data` fit for the press; return the file, and how many pages it has.

    `identifier` is of 32 hexadecimal digits, `moment` in ISO 8601; the same input gives the same
    bytes.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        quieten(pdf)
        recolour(pdf, _parting(sheet))
        overprint_black(pdf)
        part_pictures(pdf, sheet.profile, grey=sheet.grey)
        lay_on_sheets(pdf, sheet)
        claim(pdf, sheet.profile, identifier, moment)
        pdf.remove_unreferenced_resources()
        written = BytesIO()
        pdf.save(
            written,
            min_version=VERSION,
            force_version=VERSION,
            deterministic_id=True,
            recompress_flate=False,
        )
        return written.getvalue(), len(pdf.pages)


def _parting(sheet: Sheet) -> Part:
    @cache
    def part(colour: Screen) -> Inks:
        if sheet.grey:
            return (0.0, 0.0, 0.0, sheet.profile.black(colour))
        return sheet.profile.inks(colour)

    return part
