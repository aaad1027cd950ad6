"""A small report made by hand, with everything in it that an EPUB must get right."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image as Raster

from reglet.formats.epub.edition import set_epub
from reglet.model.document import (
    Document,
    Entry,
    Kind,
    Markup,
    Node,
    Note,
    Section,
    SourceEntry,
    SourceGroup,
)
from reglet.model.project import Image
from reglet.model.report import Author, Edition, Part, Report
from reglet.model.span import NOWHERE
from reglet.render import render

TEMPLATES = Path(__file__).parents[2] / "templates"
EDITION = Edition("ebook", "epub")
NAMESPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
}

REPORT = Report(
    title="Camp Ashraf & Camp Liberty",
    subtitle="An account, 1986–2016",
    authors=(
        Author("Tahar Boumedra", orcid="0000-0002-1825-0097"),
        Author("Foreign Affairs Committee"),
        Author("Maria van der Berg", role="trl"),
    ),
    publisher="Reglet Press",
    place="Geneva",
    date="2026-11-24",
    identifier="978-3-16-148410-0",
    version="1.0",
    rights="© 2026 Reglet Press.",
    licence="https://creativecommons.org/licenses/by/4.0/",
    description="What happened, and who says so.",
    keywords=("Iraq", "protected persons"),
    series="Inquiries",
    url="https://example.org/ashraf",
    editions=(Edition("screen", "pdf"), EDITION),
    parts=(
        Part("cover"),
        Part("title-page"),
        Part("section", "sections/00-preface.md"),
        Part("contents"),
        Part("lists"),
        Part("section", "sections/01-protection.md"),
        Part("section", "sections/02 attacks.md"),
        Part("sources"),
        Part("colophon"),
    ),
)

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" role="img" aria-label="Two bars">'
    '<rect width="40" height="8" fill="#9c3d1e"/><linearGradient id="g"/></svg>'
)


LABELS = """
contents: Contents
title-page: Title page
cover: Cover
lists: Figures and tables
figures: Figures
tables: Tables
sources: Sources
colophon: Colophon
colophon_text: Made with reglet.
kind_book: Books
note: Note
notes: Notes
version: Version
pages: Pages
accessibility: Accessibility
access_text: The text is in order.
access_notes: Notes link both ways.
access_pages: Pages are those of the PDF.
access_pictures: Every figure has a text.
access_descriptions: Some have a longer one.
access_conformance: "{name} says so."
access_unclaimed: Nobody says so.
access_contact: Write to
access_date: As of {date}.
"""


def text(words: str) -> Node:
    return Node(Kind.TEXT, text=words)


def paragraph(*children: Node | str) -> Node:
    nodes = tuple(text(child) if isinstance(child, str) else child for child in children)
    return Node(Kind.PARAGRAPH, children=nodes)


def heading(level: int, id: str, words: str) -> Node:
    return Node(Kind.HEADING, children=(text(words),), id=id, attrs={"level": str(level)})


def call(note: str, number: str, id: str, *, first: bool = True) -> Node:
    series = "source" if number.isdigit() else "editor"
    attrs = {"note": note, "number": number, "series": series, "first": "yes" if first else ""}
    return Node(Kind.CALL, id=id, attrs=attrs)


def cell(words: str, header: str = "", align: str = "") -> Node:
    return Node(
        Kind.CELL,
        children=(text(words),),
        attrs={"header": header, "align": align, "colspan": "", "rowspan": ""},
    )


def table() -> Node:
    head = Node(Kind.ROW, children=(cell("Date", "col"), cell("Killed", "col", "right")))
    row = Node(Kind.ROW, children=(cell("April 2011", "row"), cell("36", align="right")))
    label = {"label": "Table 1"}
    caption = Node(Kind.CAPTION, children=(text("Attacks"),), attrs=label)
    parts = (caption, Node(Kind.HEAD, children=(head,)), Node(Kind.BODY, children=(row,)))
    return Node(Kind.TABLE, children=parts, id="tbl-attacks", attrs=label)


def figure(id: str, label: str, content: Node) -> Node:
    caption = Node(Kind.CAPTION, children=(text("What is shown"),), attrs={"label": label})
    return Node(
        Kind.FIGURE,
        children=(content, caption),
        id=id,
        attrs={"label": label, "credit": "Photo & drawing: A. Nyone"},
    )


def image(src: str, alt: str = "The gate, seen from the road") -> Node:
    return Node(Kind.IMAGE, attrs={"src": src, "alt": alt, "width": "60%"})


PICTURE = "figures/Lion Gate & wall.png"

PREFACE = Section(
    "00-preface",
    "sections/00-preface.md",
    (heading(1, "preface", "Preface"), paragraph("This report follows one account.")),
    role="preface",
)
PROTECTION = Section(
    "01-protection",
    "sections/01-protection.md",
    (
        heading(1, "protection", "Protected persons"),
        paragraph(
            "In ",
            Node(Kind.EMPHASIS, children=(text("July"),)),
            Node(Kind.STRONG, children=(text("2004"),)),
            " they were recognised",
            call("note-1", "1", "call-1"),
            " & told so",
            call("note-2", "*", "call-2"),
            ".",
        ),
        heading(2, "rights", "Rights <under> the Convention"),
        paragraph(
            "Again",
            call("note-1", "1", "call-1-2", first=False),
            "; a new",
            call("note-3", "2", "call-3"),
            ".",
        ),
        figure("fig-gate", "Figure 1", image(PICTURE)),
        figure("fig-bars", "Figure 2", Node(Kind.RAW, text=DRAWING)),
        Node(Kind.CODE_BLOCK, text="a  b\n\n  <c>&"),
    ),
)
ATTACKS = Section(
    "02-attacks",
    "sections/02 attacks.md",
    (
        heading(1, "attacks", "Attacks"),
        table(),
        Node(
            Kind.PARAGRAPH,
            children=(
                Node(
                    Kind.LINK,
                    children=(text("the rights"),),
                    attrs={"href": "#rights", "title": ""},
                ),
                text(" and "),
                Node(
                    Kind.LINK,
                    children=(text("a site"),),
                    attrs={"href": "https://a.org/?b=1&c=2", "title": ""},
                ),
            ),
        ),
    ),
)


def note(id: str, number: str, calls: tuple[str, ...], *blocks: Node) -> Note:
    series = "source" if number.isdigit() else "editor"
    return Note(id, number, series, "01-protection", NOWHERE, blocks, calls)


NOTES = (
    note("note-1", "1", ("call-1", "call-1-2"), paragraph("Boumedra, 12."), paragraph("And 14.")),
    note("note-2", "*", ("call-2",), paragraph("So the letter says.")),
    note("note-3", "2", ("call-3",), Node(Kind.QUOTE, children=(paragraph("A quotation first."),))),
)


def entry(target: str, section: str, words: str, *children: Entry, label: str = "") -> Entry:
    return Entry(target, section, label, (text(words),), words, children=children)


DOCUMENT = Document(
    report=REPORT,
    sections=(PREFACE, PROTECTION, ATTACKS),
    notes={note.id: note for note in NOTES},
    contents=(
        entry("preface", "00-preface", "Preface"),
        entry(
            "protection",
            "01-protection",
            "Protected persons",
            entry("rights", "01-protection", "Rights <under> the Convention"),
        ),
        entry("attacks", "02-attacks", "Attacks"),
    ),
    figures=(
        entry("fig-gate", "01-protection", "What is shown", label="Figure 1"),
        entry("fig-bars", "01-protection", "What is shown", label="Figure 2"),
    ),
    tables=(entry("tbl-attacks", "02-attacks", "Attacks", label="Table 1"),),
    sources=(
        SourceGroup(
            "book",
            (SourceEntry("b", "source-b", (text("Boumedra, Tahar. "),), ("note-1", "note-3")),),
        ),
    ),
    anchors={
        "preface": "00-preface",
        "protection": "01-protection",
        "rights": "01-protection",
        "fig-gate": "01-protection",
        "fig-bars": "01-protection",
        "attacks": "02-attacks",
        "tbl-attacks": "02-attacks",
    },
)


def png(mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Raster.new(mode, (40, 20), "red").save(buffer, "PNG")
    return buffer.getvalue()


FILES = {PICTURE: Image(PICTURE, "image/png", 40, 20, png())}


@cache
def templates() -> dict[str, str]:
    """The package's own templates, by the names that the source stage gives them; our words."""
    files = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    found = {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in files}
    return found | {"labels/en.yaml": LABELS, "labels/fa.yaml": LABELS}


def markup(
    document: Document = DOCUMENT,
    edition: Edition = EDITION,
) -> Markup:
    rendered = render(document, edition, templates(), {})
    assert rendered.value is not None, rendered.diagnostics
    return rendered.value


def right_to_left() -> Document:
    """The same report with a Persian title, language and first chapter."""
    blocks = (heading(1, "protection", "افراد حفاظت‌شده"), *PROTECTION.blocks[1:])
    report = replace(REPORT, lang="fa", title="گزارش اشرف", subtitle="", identifier="")
    return replace(
        DOCUMENT, report=report, sections=(PREFACE, replace(PROTECTION, blocks=blocks), ATTACKS)
    )


def build(
    document: Document = DOCUMENT,
    edition: Edition = EDITION,
) -> bytes:
    built = set_epub(markup(document, edition), document.report, FILES)
    assert built.value is not None, built.diagnostics
    return built.value.data


class Opened:
    """A finished EPUB, to look into."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.zip.namelist()

    def text(self, name: str) -> str:
        return self.zip.read(f"EPUB/{name}").decode()

    def tree(self, name: str) -> Any:  # noqa: ANN401 - lxml is untyped
        return etree.fromstring(self.zip.read(f"EPUB/{name}"))

    def find(self, name: str, path: str) -> list[Any]:
        found: list[Any] = self.tree(name).xpath(path, namespaces=NAMESPACES)
        return found

    def words(self, name: str, path: str) -> list[str]:
        return [re.sub(r"\s+", " ", str(item)).strip() for item in self.find(name, path)]
