"""Sets an EPUB 3.3: rendered pages and the report's pictures in, one finished file out.

Pages are checked and packed as they are; cover, fonts, metadata and archive are made here, from
the report alone, so that the same report gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reglet.formats import clock
from reglet.formats.epub import access, content, cover, drawings, fonts, navigation
from reglet.formats.epub.content import Page
from reglet.formats.epub.metadata import Access
from reglet.formats.epub.package import Book, Content, Navigation, Package, Writer
from reglet.formats.epub.pagelist import mark_pages
from reglet.formats.epub.pictures import Picture, fault, moves, pack, relink
from reglet.formats.epub.statement import held_to
from reglet.formats.names import filename, identifier
from reglet.model.diagnostic import Diagnostic, Outcome, Severity, diagnose
from reglet.model.document import Built, Markup, Piece
from reglet.model.project import Image
from reglet.model.report import Edition, Report
from reglet.safety import addresses

MEDIA_TYPE = "application/epub+zip"
STYLE = "style.css"
STATEMENT = "accessibility"
"""The role of the page that says who can read the book."""

CERTIFIER = "certified-by"
"""The edition's setting that names who has found the book to meet WCAG 2.2 AA."""

CREDENTIAL, FINDINGS = "certifier-credential", "certifier-report"
"""Those that say what entitles them to it, and where their report is."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Everything rendered that goes into the package, checked."""

    pages: tuple[Page, ...]
    nav: Page
    ncx: Any
    pictures: tuple[Picture, ...]
    style: str


def set_epub(
    markup: Markup,
    report: Report,
    files: Mapping[str, Image],
    paged: Built | None = None,
    look: cover.Look = cover.HOUSE,
) -> Outcome[Built | None]:
    """Set the pieces of `markup` as an EPUB, with a list of the pages of `paged`.

    The cover is drawn with `look`.
    A piece of role "nav" or "ncx" is a table of contents, every other a page `text/NAME.xhtml`.
    Raises ValueError for pieces without either, or with names unfit for files: faults of render.
    """
    listed = mark_pages(markup, paged)
    parts = _parts(listed.value, files)
    moment = clock.moment(report)
    faults = (*listed.diagnostics, *parts.diagnostics, *moment.diagnostics)
    shown = files[report.cover.picture] if report.cover else None
    if report.cover and shown and (reason := fault(shown)):
        told = diagnose("bad-image", report.cover.span, path=shown.path, reason=reason)
        return Outcome(None, (*faults, told))
    if parts.value is None or any(item.severity is Severity.ERROR for item in faults):
        return Outcome(None, faults)
    drawn = cover.draw(report, look, shown)
    stated = _access(parts.value, markup.edition, paged.filename if paged else "")
    whole = _truthful(parts.value, stated.value)
    described = replace(stated.value, summary=navigation.stated(whole.nav, "accessibility-summary"))
    direction = whole.nav.root.get("dir", "ltr")
    package = Package(report, moment.value, direction, described)
    data = Writer(_book(whole, package, drawn.value)).bytes()
    built = Built(markup.edition, filename(report, markup.edition, "epub"), MEDIA_TYPE, data)
    return Outcome(built, (*faults, *drawn.diagnostics, *stated.diagnostics))


def _parts(markup: Markup, files: Mapping[str, Image]) -> Outcome[_Parts | None]:
    """Check every piece, picture and the style sheet, and gather what is wrong with any."""
    packed = pack(markup.images, files)
    nav, ncx = (_only(markup.pieces, role) for role in ("nav", "ncx"))
    texts = [piece for piece in markup.pieces if piece not in (nav, ncx)]
    drawn = drawings.draw(piece.markup for piece in texts)
    pages = [_page(piece, f"text/{piece.name}.xhtml", packed.value, drawn) for piece in texts]
    contents = _page(nav, "nav.xhtml", packed.value, {})
    older = content.check("toc.ncx", ncx.markup)
    found: list[Diagnostic] = [*packed.diagnostics]
    for outcome in (*pages, contents, older):
        found += outcome.diagnostics
    allowed = frozenset(f"{fonts.FOLDER}/{name}" for name in fonts.CUTS)
    found += content.check_style(STYLE, markup.stylesheet, allowed)
    if any(item.severity is Severity.ERROR for item in found) or contents.value is None:
        return Outcome(None, tuple(found))
    kept = tuple(page.value for page in pages if page.value and not page.value.blank)
    pictures = (*packed.value, *drawn.values())
    parts = _Parts(kept, contents.value, older.value, pictures, markup.stylesheet)
    return Outcome(parts, tuple(found))


def _only(pieces: Sequence[Piece], role: str) -> Piece:
    found = [piece for piece in pieces if piece.role == role]
    if len(found) != 1:
        raise ValueError(f"an EPUB needs one piece of role {role!r}, not {len(found)}")
    return found[0]


def _page(
    piece: Piece, href: str, pictures: Sequence[Picture], drawn: Mapping[str, Picture]
) -> Outcome[Page | None]:
    """Point a piece at its pictures and check it; the cover shows none but the one we draw."""
    folder = href.rpartition("/")[0] or "."
    text = piece.markup if piece.role == "cover" else relink(piece.markup, pictures, folder)
    text = drawings.beside(text, drawn)
    checked = content.check(href, text)
    if checked.value is None:
        return Outcome(None, checked.diagnostics)
    page = Page(piece.name, piece.role, piece.title, href, text.encode(), checked.value)
    return Outcome(page, checked.diagnostics)


def _access(parts: _Parts, edition: Edition, paged: str) -> Outcome[Access]:
    """Say who can read the book; conformance is claimed where somebody answers for the claim.

    `paged` names the file whose pages are listed, where they are.
    """
    pages = (*parts.pages, parts.nav)
    moving = [picture.href for picture in parts.pictures if moves(picture)]
    certifier = edition.settings.get(CERTIFIER, "")
    reasons = [f"the picture {href} moves by itself" for href in moving]
    reasons = [*access.obstacles(pages), *reasons] if certifier else []
    found: tuple[Diagnostic, ...] = ()
    if reasons:
        reason = access.summary(reasons)
        found = (diagnose("not-accessible", edition.span, reason=reason),)
    findings = edition.settings.get(FINDINGS, "")
    if findings and not findings.startswith(("https://", "http://")):
        what, hint = f"address (`{FINDINGS}`)", "write one that begins with `https://`"
        found += (diagnose("bad-value", edition.span, hint, found=findings, expected=what),)
    stated = Access(
        features=tuple(access.features(pages, moving=bool(moving))),
        conforms_to="" if reasons or not certifier else access.CONFORMANCE,
        certified_by=certifier,
        credential=edition.settings.get(CREDENTIAL, ""),
        findings=findings,
        pages_of=paged if navigation.pages(parts.nav) else "",
    )
    return Outcome(stated, found)


def _truthful(parts: _Parts, stated: Access) -> _Parts:
    """Take out what the pages say of access to the book that is not true of it."""
    said = access.statements((*parts.pages, parts.nav), stated.features)
    said |= {"conformance" if stated.conforms_to else "unclaimed"}
    pages = [held_to(each, said) if each.role == STATEMENT else each for each in parts.pages]
    return replace(parts, pages=tuple(pages), nav=held_to(parts.nav, said))


def _book(parts: _Parts, package: Package, cover_image: bytes) -> Book:
    """Put everything in its place: manifest, reading order, guide."""
    book = Book(package)
    book.add_cover(cover_image)
    for page in parts.pages:
        uid = f"page-{page.name}"
        book.spine.append(book.add(Content(uid, page.href, page.data, page.properties)))
    nav = book.add(Navigation(parts.nav.data, parts.nav.properties))
    if navigation.is_linked(parts.nav):
        book.spine.append((nav, "no"))
    named, listed = identifier(package.report).value, navigation.pages(parts.nav)
    book.add_ncx(navigation.complete_ncx(parts.ncx, named, listed))
    book.guide = navigation.guide(parts.nav)
    book.add_file("style", STYLE, "text/css", parts.style.encode())
    for number, picture in enumerate(parts.pictures, 1):
        book.add_file(f"picture-{number}", picture.href, picture.media_type, picture.data)
    for number, (name, data) in enumerate(_faces(parts).items(), 1):
        book.add_file(f"font-{number}", f"{fonts.FOLDER}/{name}", fonts.MEDIA_TYPE, data)
    return book


def _faces(parts: _Parts) -> dict[str, bytes]:
    """Cut the faces that the style sheet names to the characters of the book."""
    asked = [address.rpartition("/")[2] for address in addresses(parts.style)]
    words = {c for page in (*parts.pages, parts.nav) for text in page.root.itertext() for c in text}
    return fonts.cut(dict.fromkeys(asked), words | set(parts.style))
