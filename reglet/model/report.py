"""What `report.yaml` says, checked: the report's own description, and what to make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reglet.model.limits import USUAL, Limits
from reglet.model.span import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a body that answers for the report; `orcid` without its address."""

    name: str
    role: str = "aut"  # MARC relator code
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """How notes are cited and numbered (`notes:` in report.yaml)."""

    style: str = "chicago-notes-bibliography-subsequent-ibid"  # name of a CSL style, or a path
    numbering: str = "report"  # or "section"
    span: Span = NOWHERE  # of the style's name
    tables: str = "foot"  # where the notes of tables stand; or "below" them


@dataclass(frozen=True, slots=True)
class Edition:
    """One file to make: a format (a row of `FORMATS`), a theme and the settings of both."""

    name: str
    format: str  # "pdf", "epub" or "web"
    theme: str = "inquiry"
    notes: str = ""  # where they stand, a row of NOTE_PLACES; the format's first where it is empty
    standard: str = ""  # a row of STANDARDS; the format's first where it is empty
    settings: Mapping[str, str] = field(default_factory=dict)  # CSS lengths, paper names
    span: Span = NOWHERE

    @property
    def placing(self) -> str:
        """Return where the edition's notes stand; nothing for a format without notes."""
        return self.notes or next(iter(NOTE_PLACES.get(self.format, ())), "")

    @property
    def held(self) -> str:
        """Return the standard that the edition holds; nothing for a format without a choice."""
        return self.standard or next(iter(STANDARDS.get(self.format, ())), "")


NOTE_PLACES: Mapping[str, tuple[str, ...]] = {
    "pdf": ("foot", "section-end", "report-end"),
    "epub": ("section-end", "report-end"),
}
"""Where the notes of a format may stand; the first where an edition does not say."""

STANDARDS: Mapping[str, tuple[str, ...]] = {"pdf": ("ua-1", "ua-2", "x-4")}
"""Which standards the file of a format may hold; the first where an edition does not say."""

FORMAT_NAMES = ("pdf", "epub", "wrap", "web")
"""What `format:` may name; the rows of `FORMATS`."""

READY_MADE: Mapping[str, Edition] = {
    "screen": Edition("screen", "pdf"),
    "press": Edition("press", "pdf", standard="x-4"),
    "wrap": Edition("wrap", "wrap"),
    "ebook": Edition("ebook", "epub"),
    "web": Edition("web", "web"),
}
"""The editions that report.yaml may call by name alone."""

UNASKED = ("screen", "ebook", "web")
"""Those that are made where it names none."""

PART_KINDS = (
    *("cover", "half-title", "title-page", "imprint", "contents", "lists"),
    *("sources", "index", "colophon"),
)
"""The pages that reglet makes itself, in the order in which they frame the sections."""


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of `sections:`: a Markdown file, or a page reglet makes (`part: contents`)."""

    kind: str  # "section", or a row of PART_KINDS
    path: str = ""  # of the Markdown file, for a section
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover shows beside its words: the path of a picture, and `alt`, what is on it."""

    picture: str
    alt: str
    span: Span = NOWHERE  # of the picture's path


@dataclass(frozen=True, slots=True)
class Report:
    """A report's description. Dates are ISO 8601 strings, `lang` a BCP 47 tag."""

    title: str
    subtitle: str = ""
    authors: tuple[Author, ...] = ()
    publisher: str = ""
    place: str = ""
    date: str = ""
    lang: str = "en"
    identifier: str = ""  # ISBN, DOI or URN; an address made from the title where none is given
    version: str = ""
    rights: str = ""
    licence: str = ""  # address of the licence
    description: str = ""
    keywords: tuple[str, ...] = ()
    series: str = ""
    url: str = ""
    cover: Cover | None = None
    contact: str = ""  # mail or web address of who helps readers
    notes: NoteStyle = NoteStyle()
    editions: tuple[Edition, ...] = ()
    parts: tuple[Part, ...] = ()
    limits: Limits = USUAL
    levels: Mapping[str, str] = field(default_factory=dict)  # code -> error, warning or off
