"""The report as a tree, from Markdown source to markup: frozen values that the stages hand on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reglet.model.report import Edition, Report
from reglet.model.span import NOWHERE, Span


class Kind(StrEnum):
    """What a node is; themes have one template macro for each, of the same name."""

    # blocks
    HEADING = "heading"  # attrs: level "1".."6"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST = "list"  # attrs: ordered "yes"/"", start, style (CSS list-style-type), tight "yes"/""
    ITEM = "item"
    DEFINITIONS = "definitions"  # children: TERM and DEFINITION
    TERM = "term"
    DEFINITION = "definition"
    CODE_BLOCK = "code_block"  # text; attrs: language
    LINE_BLOCK = "line_block"  # inline children, lines parted by HARD_BREAK
    RULE = "rule"
    DIV = "div"
    FIGURE = "figure"  # children: IMAGE or DRAWING, DESCRIPTION?, CAPTION?;
    # attrs: credit, label, below
    CAPTION = "caption"  # inline children; attrs: label "Figure 1" once resolved
    DESCRIPTION = "description"  # of a figure, at length: blocks; by render, attrs: label, id
    TABLE = "table"  # children: CAPTION?, HEAD?, BODY…; attrs: label
    # (and below, as figures: identifiers of the notes that stand there, parted by spaces)
    HEAD = "head"
    BODY = "body"
    ROW = "row"
    CELL = "cell"  # attrs: align, header "col"/"row"/"", colspan, rowspan
    DIRECTIVE = "directive"  # a fenced block that reglet fills; text: its YAML; attrs: name
    DRAWING = "drawing"  # text: a chart's geometry as JSON; attrs: template, alt, short, title
    SOURCES = "sources"  # the list of sources; resolve fills its children
    # inline
    TEXT = "text"  # text
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    SPAN = "span"
    CODE = "code"  # text
    LINK = "link"  # attrs: href, title
    IMAGE = "image"  # attrs: src, alt, title, width, height
    SOFT_BREAK = "soft_break"
    HARD_BREAK = "hard_break"
    EXPRESSION = "expression"  # text: a Jinja2 expression; resolve turns it into TEXT
    CALL = "call"  # a note call; attrs: label; once resolved: note, number, series, first "yes"/""
    # (of an inline note in YAML, which no section defines: the note's blocks are its children)
    CITATION = "citation"  # cites
    BACKLINK = "backlink"  # text: a note's number in front of it; by render, with attrs:
    # call (its first), calls (all, parted by spaces), series
    REFERENCE = "reference"  # attrs: target, form "number" for `-@fig-x`; resolve makes it a LINK
    RAW = "raw"  # text: allow-listed HTML, already XHTML


SIDES = {Kind.DIV: "side-note", Kind.FIGURE: "margin"}
"""The class by which a node of a kind stands in the margin."""


@dataclass(frozen=True, slots=True)
class Cite:
    """One source in a citation: `see @key, p. 3 passim` and what each part of it is.

    `forms` is filled by resolve: those of "full", "short", "ibid" and "ibid-locator" that some
    edition may print here, as inline nodes without prefix, suffix or closing stop.
    """

    key: str
    prefix: tuple["Node", ...] = ()  # inline nodes
    suffix: tuple["Node", ...] = ()
    locator: str = ""
    label: str = ""  # CSL locator label, "page" where none is written
    term: str = ""  # the label as it is written: "pp.", "Art."
    suppress_author: bool = False
    author_in_text: bool = False
    span: Span = NOWHERE
    forms: Mapping[str, tuple["Node", ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """One element of the report, with the place in the source that it comes from."""

    kind: Kind
    span: Span = NOWHERE
    children: tuple["Node", ...] = ()
    text: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attrs: Mapping[str, str] = field(default_factory=dict)
    cites: tuple[Cite, ...] = ()

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Definition:
    """A note's text as written: `[^label]: …`, or `^[…]` under a label of its own ("^1")."""

    label: str
    span: Span  # of the label, or of the opening `^[`
    blocks: tuple[Node, ...]
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One Markdown file as a tree. `name` is its file's stem and unique in the report."""

    name: str
    path: str
    blocks: tuple[Node, ...] = ()
    definitions: tuple[Definition, ...] = ()
    role: str = "chapter"  # or "preface", "appendix", "afterword": front matter `role:`
    lang: str = ""
    running_head: str = ""  # front matter `short-title:`


@dataclass(frozen=True, slots=True)
class Note:
    """A note, numbered: one thing with one or more calls.

    `id` ("note-4") and `calls` ("call-4", "call-4-2") are the anchors of every edition. One that is
    short for another, on a page of its own, is "note-4-2", where its first call is "call-4-2".
    """

    id: str
    number: str
    series: str  # "source" (1, 2, 3), "editor" (*, †, ‡), "below" a table or figure (a, b, c)
    section: str  # the Section's name
    span: Span
    blocks: tuple[Node, ...]
    calls: tuple[str, ...] = ()
    place: str = ""  # label of the table or figure that the note stands below: "Table 1"


def first_call(note: str) -> str:
    """Return the identifier of the call at which a note stands, given the note's."""
    return note.replace("note-", "call-", 1)


def short_note(call: str) -> str:
    """Return the identifier of the short note ("See note 4, p. 12") that stands at a call."""
    return call.replace("call-", "note-", 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents or of a list of figures or tables."""

    target: str  # identifier of the heading, figure or table
    section: str  # name of the section (and so of the EPUB's file) it is in
    label: str  # "Figure 2", or "" in the contents
    title: tuple[Node, ...]  # inline nodes, without calls
    plain: str  # the same as text
    level: int = 1
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source in the list of sources, with the notes that cite it."""

    key: str
    id: str  # "source-key"
    content: tuple[Node, ...]
    notes: tuple[str, ...]  # identifiers of notes, in order


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """Sources of one kind; `kind` names its heading in `templates/labels/`."""

    kind: str
    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a term of the index is met: a place, or all from there to the identifier `end`."""

    start: str  # identifier
    section: str  # the Section's name
    title: str  # words of the heading above; of a note, its name: "note 4"
    end: str = ""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A term of the index. `see` and `also` are the terms it sends to, with their identifiers."""

    id: str  # "index-term-3"
    title: tuple[Node, ...]  # inline nodes
    plain: str  # the same as text
    locators: tuple[Locator, ...] = ()
    see: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    children: tuple["IndexEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The terms of the index that begin with one letter; without it, with a figure or a sign."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report, resolved: every number, reference and note settled."""

    report: Report
    sections: tuple[Section, ...]  # blocks hold no DIRECTIVE, EXPRESSION or REFERENCE any more
    notes: Mapping[str, Note]  # by identifier, in reading order
    contents: tuple[Entry, ...] = ()
    figures: tuple[Entry, ...] = ()
    tables: tuple[Entry, ...] = ()
    sources: tuple[SourceGroup, ...] = ()
    index: tuple[IndexGroup, ...] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)  # identifier -> section's name


@dataclass(frozen=True, slots=True)
class Piece:
    """A rendered page or chapter. `markup` is a whole document for an EPUB, a body for a PDF."""

    name: str
    role: str  # a Part's kind or a Section's role
    title: str
    markup: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What render hands to a format: pieces in order, or `whole` for formats of one document."""

    edition: Edition
    pieces: tuple[Piece, ...]
    whole: str = ""
    stylesheet: str = ""
    images: tuple[str, ...] = ()  # paths below the report's folder
    page_of: tuple[str, ...] = ()  # identifiers whose page the markup prints


@dataclass(frozen=True, slots=True)
class Clash:
    """What overlaps a note on `page`, from 1; or what of the note is `outside` its place.

    `words` are those of a line, and empty for a picture, a border or a background.
    """

    page: int
    words: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a note came to stand: pages count from 1; None where it is not found."""

    note: str
    call_page: int | None
    note_page: int | None
    words_missing: int = 0
    words_astray: str = ""  # what is printed where it first stands twice or out of order
    last_page: int | None = None
    clashes: tuple[Clash, ...] = ()

    @property
    def continued(self) -> bool:
        """Tell whether the note goes on overleaf."""
        first, last = self.note_page, self.last_page
        return first is not None and last is not None and last > first


@dataclass(frozen=True, slots=True)
class Printed:
    """What a PDF prints of a piece, but for notes at the foot: its `folded` letters, in order.

    `pages` maps the label of each page that begins in the piece to the number of letters before.
    """

    piece: str  # its name; empty for what stands in none
    letters: str
    pages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """Words or a picture on a page of a preview, and the place in the source that they come from.

    Pages count from 1; lengths are in pt, from the upper left corner of the trimmed page. `place`
    is a Span as it is written: `path:line:column`.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    place: str
    words: str = ""


PICTURE = "\ufffc"
"""Stands among the letters for a picture."""

LOCATORS = "locators"
"""The class of where an index finds its words: on pages in one edition, in headings in another."""


@dataclass(frozen=True, slots=True)
class Built:
    """One finished file, not yet written. `pages` is None where a format has none."""

    edition: Edition
    filename: str
    media_type: str
    data: bytes
    pages: int | None = None
    anchors: Mapping[str, int] = field(default_factory=dict)  # identifier -> page, from 1
    placed: tuple[Placed, ...] = ()
    printed: tuple[Printed, ...] = ()
    unsigned: int = 0  # bytes of it that were there before it was signed; 0 if it is not signed
    spots: tuple[Spot, ...] = ()  # of previews alone


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of one check of one file: what was checked, by what, and whether it held."""

    file: str
    standard: str  # "PDF/UA-1", "EPUB 3.3", "notes"
    checker: str  # program and version
    passed: bool
    detail: str = ""
    rules: int | None = None  # how many were checked
    proven: bool = True  # False for what could not be checked: then `faults` say why
    faults: tuple[str, ...] = ()
