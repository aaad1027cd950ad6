"""Markup of the whole report in, one tagged PDF out, with the place of every note and anchor."""

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from xml.etree.ElementTree import ParseError

from reglet.formats.clock import moment
from reglet.formats.names import filename
from reglet.formats.pdf.archive import Attached
from reglet.formats.pdf.breaks import printed
from reglet.formats.pdf.engine import lay_out, write
from reglet.formats.pdf.glyphs import missing_glyphs
from reglet.formats.pdf.listed import placed_in_lists
from reglet.formats.pdf.notes import first_pages, placed
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Document, Markup
from reglet.model.project import Image, SourceFile
from reglet.model.span import Span


def set_pdf(
    markup: Markup,
    document: Document,
    images: Mapping[str, Image],
    on_page: Callable[[int], None] = lambda _: None,
    attached: Sequence[SourceFile] = (),
) -> Outcome[Built | None]:
    """Set `markup` in pages and write them as PDF/UA-1 and PDF/A-3a, `attached` within.

    Accounts for the document's notes.
    """
    try:
        pages = lay_out(markup.whole, markup.stylesheet, images, on_page)
    except ParseError as fault:
        page = f"{markup.edition.theme}/pdf/book.html"
        place = Span(f"templates/{page}")
        return Outcome(None, (diagnose("bad-markup", place, page=page, reason=str(fault)),))
    made = moment(document.report)
    texts = (markup.whole, markup.stylesheet, *(file.text for file in attached))
    identifier = sha256("".join(texts).encode()).hexdigest()[:32]
    find = placed if markup.edition.placing == "foot" else placed_in_lists
    files = [_described(file, document.report.title) for file in attached]
    data = write(pages, identifier.encode(), made.value.strftime("%Y-%m-%dT%H:%M:%SZ"), files)
    anchors = first_pages(pages.document.pages)
    notes = [id for id, note in document.notes.items() if note.series != "below"]
    built = Built(
        edition=markup.edition,
        filename=filename(document.report, markup.edition, "pdf"),
        media_type="application/pdf",
        data=data,
        pages=len(pages.document.pages),
        anchors=anchors,
        placed=find(pages.document.pages, notes),
        printed=printed(pages.document.pages, markup.pieces),
    )
    remarks = (_translate(remark, markup) for remark in pages.remarks if ".notdef" not in remark)
    return Outcome(built, (*made.diagnostics, *missing_glyphs(document), *remarks))


def _described(file: SourceFile, title: str) -> Attached:
    """Say of a file of the report's folder what it is to the report."""
    data = file.text.encode()
    if file.path.startswith("sources."):
        return Attached(file.path, data, "Source", f"{file.path}: works cited in {title}")
    return Attached(file.path, data, "Data", f"{file.path}: data of {title}")


def _translate(remark: str, markup: Markup) -> Diagnostic:
    """Turn a line of the engine's log into a diagnostic of ours."""
    reason = re.sub(r"\s+", " ", remark).strip()
    return diagnose("engine-warning", Span(f"edition {markup.edition.name}"), reason=reason)
