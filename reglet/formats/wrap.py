"""The cover of a printed book: the report and its edition for the press in, one wide page out.

The spine is as thick as the pages of that edition are on the paper named, unless the printer has
said how thick it is.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from posixpath import normpath
from urllib.parse import quote

from markupsafe import Markup as Safe

from reglet.formats.clock import moment
from reglet.formats.names import filename, identifier
from reglet.language import direction
from reglet.model.diagnostic import Outcome, diagnose
from reglet.model.document import Built, Markup
from reglet.model.project import Project
from reglet.model.report import Edition, Report
from reglet.theme import TemplateFaultError, Theme, load_theme

_MM = 72 / 25.4
_GLUE = 0.5  # mm that glue and cover add
_NARROW = 4.0  # mm of a spine under which nothing is printed on it
_QR = 24  # mm of a QR code with its quiet zone
_QUIET = 4  # modules, ISO/IEC 18004 §6.3.8
_NUMBER = re.compile(r"\d{1,3}(\.\d+)?")
_SVG_HEAD = re.compile(r"^<\?xml[^>]*\?>\s*")
_FONTS = re.compile(r'font-family="[^"]*"')


@dataclass(frozen=True, slots=True)
class Spine:
    """The measures of a book, in pt: trim of its pages, thickness of its spine."""

    width: float
    height: float
    thickness: float

    @property
    def printed(self) -> bool:
        """Tell whether the spine has room for a line."""
        return self.thickness >= _NARROW * _MM


def cover_wrap(
    project: Project, edition: Edition, builts: Sequence[Built]
) -> Outcome[Built | None]:
    """Set the cover of the first edition for the press among `builts`."""
    from reglet.formats.pdf.laying import lay_out_edition  # heavy
    from reglet.formats.pdf.press.finish import finish
    from reglet.formats.pdf.press.sheet import read_sheet
    from reglet.formats.pdf.writing import write_for_press

    report = project.report
    found = load_theme(edition, project.templates, report.lang, report.limits)
    if found.value is None:
        return Outcome(None, found.diagnostics)
    sheet = read_sheet({**found.value.tokens, "signature": "1"}, edition.span, project.profiles)
    spine = read_spine(edition, builts, found.value.tokens)
    if sheet.value is None or spine.value is None:
        return Outcome(None, (*found.diagnostics, *sheet.diagnostics, *spine.diagnostics))
    try:
        context = _context(project, spine.value, found.value)
        markup, css = (found.value.page(name, context) for name in ("book.html", "style.css"))
    except TemplateFaultError as fault:
        return Outcome(None, (*found.diagnostics, fault.diagnostic))
    laid = lay_out_edition(Markup(edition, (), markup, css), project)
    if laid.value is None:
        return Outcome(None, (*found.diagnostics, *laid.diagnostics))
    made = moment(report)
    dated = made.value.strftime("%Y-%m-%dT%H:%M:%SZ")
    number = sha256((markup + css).encode()).hexdigest()[:32]
    book = spine.value
    folded = replace(sheet.value, folds=(book.width, book.width + book.thickness))
    data, count = finish(write_for_press(laid.value, dated), folded, number, dated)
    name = filename(report, edition, "pdf")
    built = Built(edition, name, "application/pdf", data, count)
    return Outcome(built, (*found.diagnostics, *made.diagnostics))


def read_spine(
    edition: Edition, builts: Sequence[Built], tokens: Mapping[str, str]
) -> Outcome[Spine | None]:
    """Measure the book that the first edition for the press makes."""
    import pikepdf  # heavy

    from reglet.formats.pdf.press.sheet import points

    book = next((built for built in builts if built.edition.standard == "x-4"), None)
    if book is None:
        return Outcome(None, (diagnose("no-pages", edition.span, name=edition.name),))
    given = points(tokens["spine"]) if tokens["spine"] else None
    wrong = [
        diagnose("bad-value", edition.span, hint, found=tokens[key], expected=f"{what} (`{key}`)")
        for key, what, hint, holds in (
            ("paper-weight", "weight in g/m²", "write a number, as `90`", _is_number),
            ("paper-bulk", "bulk in cm³/g", "write a number, as `1.2`", _is_number),
            ("spine", "length", "write a length, as `12mm`", lambda text: given or not text),
        )
        if not holds(tokens[key])
    ]
    if wrong:
        return Outcome(None, tuple(wrong))
    thickness = thickness_of(
        book.pages or 0, float(tokens["paper-weight"]), float(tokens["paper-bulk"])
    )
    with pikepdf.open(io.BytesIO(book.data)) as pdf:
        left, bottom, right, top = (float(side) for side in pdf.pages[0].trimbox)
    thick = thickness * _MM if given is None else given
    return Outcome(Spine(round(right - left, 2), round(top - bottom, 2), round(thick, 2)))


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def thickness_of(pages: int, weight: float, bulk: float) -> float:
    """Return the thickness in mm of a spine: `weight` of the paper in g/m², `bulk` in cm³/g."""
    return -(-pages // 2) * weight * bulk / 1000 + _GLUE


def _context(project: Project, spine: Spine, theme: Theme) -> dict[str, object]:
    report = project.report
    picture = normpath(report.cover.picture) if report.cover else ""
    return {
        "report": report,
        "picture": f"reglet:///{quote(picture)}" if picture in project.images else "",
        "spine": spine,
        "barcode": Safe(_barcode(report, theme.tokens["sans"])),  # noqa: S704 - drawn by a library
        "qr": Safe(_qr(report.url)),  # noqa: S704 - drawn by a library
        "labels": theme.labels,
        "tokens": theme.tokens,
        "lang": report.lang,
        "dir": direction(report.lang),
    }


def _barcode(report: Report, face: str) -> str:
    """Draw the EAN-13 of the report's ISBN as SVG; nothing where it has no ISBN of 13 digits."""
    from bookbarcode import Barcode

    digits = identifier(report).value.removeprefix("urn:isbn:")
    if not re.fullmatch(r"97[89]\d{10}", digits):
        return ""
    printed = re.sub(r"(?i)^(urn:)?isbn[:\s]*", "", report.identifier.strip())
    drawn = Barcode(digits, f"ISBN {printed}" if "-" in printed else None).to_svg()
    return _FONTS.sub(f'font-family="{face}"', _SVG_HEAD.sub("", drawn))


def _qr(address: str) -> str:
    """Draw a web address as SVG; nothing where there is none."""
    import segno

    if not address:
        return ""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, border=2, scale=22 / code.symbol_size(1, 2)[0], unit="mm"
    )
    return drawn.getvalue().decode()
