"""Markup of the whole report in, one tagged PDF out, with the place of every note and anchor."""

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from reglet.dress import PLACE
from reglet.formats.clock import moment
from reglet.formats.names import filename
from reglet.formats.pdf.addresses import BASE
from reglet.formats.pdf.archive import Attached
from reglet.formats.pdf.breaks import printed
from reglet.formats.pdf.engine import Pages, write, write_for_press
from reglet.formats.pdf.glyphs import missing_glyphs
from reglet.formats.pdf.laying import lay_out_edition
from reglet.formats.pdf.listed import placed_in_lists
from reglet.formats.pdf.notes import first_pages, placed
from reglet.formats.pdf.press.finish import finish
from reglet.formats.pdf.press.resolution import coarse_pictures
from reglet.formats.pdf.press.sheet import Sheet, read_sheet
from reglet.formats.pdf.spots import spots
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Document, Markup
from reglet.model.project import Project, SourceFile
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.tokens import load_tokens


def set_pdf(
    markup: Markup,
    document: Document,
    project: Project,
    on_page: Callable[[int], None] = lambda _: None,
) -> Outcome[Built | None]:
    """Set `markup` in pages and write them to the standard of its edition.

    That is PDF/UA and PDF/A, the project's data within; or PDF/X-4, on sheets as the theme has
    them. Accounts for the document's notes.
    """
    sheet = _sheet(markup.edition, project)
    if sheet.diagnostics:
        return Outcome(None, sheet.diagnostics)
    laid = lay_out_edition(markup, project, on_page)
    pages = laid.value
    if pages is None:
        return Outcome(None, laid.diagnostics)
    made = moment(document.report)
    data, count = _written(pages, markup, document, project, sheet.value)
    find = placed if markup.edition.placing == "foot" else placed_in_lists
    notes = [id for id, note in document.notes.items() if note.series != "below"]
    built = Built(
        edition=markup.edition,
        filename=filename(document.report, markup.edition, "pdf"),
        media_type="application/pdf",
        data=data,
        pages=count,
        anchors=first_pages(pages.document.pages),
        placed=find(pages.document.pages, notes),
        printed=printed(pages.document.pages, markup.pieces),
        spots=spots(pages.document.pages) if PLACE in markup.whole else (),
    )
    press = sheet.value is not None
    coarse = coarse_pictures(pages.document.pages, document, project.images, BASE) if press else ()
    told = (
        *missing_glyphs(document, (*project.files, *project.attached)),
        *coarse,
        *_translated(pages.remarks, markup),
    )
    return Outcome(built, (*made.diagnostics, *told))


def _written(
    pages: Pages, markup: Markup, document: Document, project: Project, sheet: Sheet | None
) -> tuple[bytes, int]:
    """Write pages to the standard of their edition; return the file and how many it has."""
    texts = (markup.whole, markup.stylesheet, *(file.text for file in project.attached))
    identifier = sha256("".join(texts).encode()).hexdigest()[:32]
    dated = moment(document.report).value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if sheet is not None:
        return finish(write_for_press(pages, dated), sheet, identifier, dated)
    files = [_described(file, document.report.title) for file in project.attached]
    data = write(pages, identifier.encode(), dated, files, standard=markup.edition.held)
    return data, len(pages.document.pages)


def _sheet(edition: Edition, project: Project) -> Outcome[Sheet | None]:
    """Return the sheets that the edition's pages are to be on; none but for a press."""
    if edition.standard != "x-4":
        return Outcome(None)
    tokens = load_tokens(edition, project.templates).value
    return read_sheet(tokens, edition.span, project.profiles)


def _described(file: SourceFile, title: str) -> Attached:
    """Say of a file of the report's folder what it is to the report."""
    data = file.text.encode()
    if file.path.startswith("sources."):
        return Attached(file.path, data, "Source", f"{file.path}: works cited in {title}")
    return Attached(file.path, data, "Data", f"{file.path}: data of {title}")


def _translated(remarks: Iterable[str], markup: Markup) -> Iterator[Diagnostic]:
    """Turn lines of the engine's log into diagnostics of ours, but those of missing glyphs."""
    for remark in dict.fromkeys(remarks):
        if ".notdef" not in remark:
            reason = re.sub(r"\s+", " ", remark).strip()
            yield diagnose("engine-warning", Span(f"edition {markup.edition.name}"), reason=reason)
