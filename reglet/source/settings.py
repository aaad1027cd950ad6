"""The models of report.yaml for pydantic: what each key holds, and what editors say of it."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag
from pydantic.json_schema import WithJsonSchema

from reglet.model.diagnostic import nearest
from reglet.model.report import (
    FORMAT_NAMES,
    NOTE_PLACES,
    PART_KINDS,
    READY_MADE,
    STANDARDS,
    UNASKED,
    NoteStyle,
)
from reglet.source.bounds import LimitSettings, RuleSettings
from reglet.source.fields import (
    Address,
    Contact,
    Date,
    Identifier,
    Language,
    Line,
    Orcid,
    Strict,
    Text,
    Title,
    no_such,
    one_of,
    refused,
)

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SETTING = re.compile(r"[A-Za-z0-9 .,%#+_/-]{1,100}", re.ASCII)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~%/?&=#+:@-]{1,200}", re.ASCII)
_ROLE = re.compile(r"[a-z]{3}")


def _name(text: str) -> str:
    if _NAME.fullmatch(text):
        return text
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    hint = f"write `{plain}`" if _NAME.fullmatch(plain) else "use small letters, digits and `-`"
    raise no_such(text, "name that a file can carry", hint)


def _ready_made(text: str) -> str:
    if text not in READY_MADE:
        hint = nearest(text, READY_MADE) or f"write one of {', '.join(READY_MADE)}, or a mapping"
        raise refused("unknown-edition", hint, name=text)
    return text


def _role(text: str) -> str:
    if not _ROLE.fullmatch(text):
        raise no_such(text, "MARC relator code", "write three letters, as `aut`, `edt` or `trl`")
    return text


def _setting(value: object) -> str:
    """Take a setting as text that is safe in CSS: no quotes, brackets, semicolons or comments."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (str, int, float)):
        raise refused("wrong-type", expected="one plain value")
    text = str(value).strip()
    if not _ADDRESS.fullmatch(text) and (not _SETTING.fullmatch(text) or "//" in text):
        raise no_such(text, "setting", "use letters, digits, spaces and `. , % # + - _ /` only")
    return text


def _section_path(text: str) -> str:
    plain = text.strip().replace("\\", "/")
    if not plain.lower().endswith(".md"):
        hint = f"write `part: {plain}`" if plain in PART_KINDS else "name a file that ends in `.md`"
        raise no_such(text, "Markdown file", hint)
    return plain


ReadyMade = Annotated[
    str,
    AfterValidator(_ready_made),
    WithJsonSchema({"type": "string", "enum": list(READY_MADE)}),
]
SectionPath = Annotated[
    str, AfterValidator(_section_path), WithJsonSchema({"type": "string", "pattern": r"\.md$"})
]
Setting = Annotated[
    Any, PlainValidator(_setting), WithJsonSchema({"type": ["string", "number", "boolean"]})
]


def _branch(value: object) -> str | None:
    """Name the branch of a union that a value belongs to; complaints leave these names out."""
    if isinstance(value, str):
        return "as text"
    return "as mapping" if isinstance(value, (dict, Strict)) else None


def _either(expected: str) -> Discriminator:
    """Choose between text and a mapping; `expected` is what the value must be."""
    return Discriminator(
        _branch,
        custom_error_type="wrong-type",
        custom_error_message="wrong-type",
        custom_error_context={"expected": expected},
    )


class AuthorSettings(Strict):
    """An author with more than a name."""

    name: Title = Field(description="The author's name, as it is printed.")
    role: Annotated[str, AfterValidator(_role)] = Field(
        default="aut",
        description="MARC relator code: aut (author), edt (editor), trl (translator) …",
    )
    orcid: Orcid = Field(default="", description="ORCID, as 0000-0002-1825-0097.")


class NoteSettings(Strict):
    """How notes are cited and numbered."""

    style: Line = Field(
        default=NoteStyle().style, description="Name of a CSL style, or the path of a `.csl` file."
    )
    numbering: Annotated[
        str,
        one_of(("report", "section"), "way of numbering"),
        WithJsonSchema({"type": "string", "enum": ["report", "section"]}),
    ] = Field(
        default="report", description="Whether notes count through the report or from 1 by section."
    )
    tables: Annotated[
        str,
        one_of(("foot", "below"), "place for the notes of tables"),
        WithJsonSchema({"type": "string", "enum": ["foot", "below"]}),
    ] = Field(
        default="foot", description="Whether notes of tables stand among the others or below them."
    )


class CoverSettings(Strict):
    """What the cover shows beside its words."""

    picture: Title = Field(description="Path of a picture below the report's folder.")
    alt: Title = Field(description="What the picture shows, for those who cannot see it.")


class EditionSettings(Strict):
    """A file to make; every other key is a setting of its theme, as `font-size: 14pt`."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Setting] = Field(init=False)

    name: Annotated[str, AfterValidator(_name)] = Field(
        description="Stands in the file's name; that of a ready-made edition changes that one."
    )
    format: Annotated[
        str,
        one_of(FORMAT_NAMES, "format"),
        WithJsonSchema({"type": "string", "enum": list(FORMAT_NAMES)}),
    ] = Field(default="", description="What to make: pdf, epub, wrap or web.")
    theme: Annotated[str, AfterValidator(_name)] = Field(
        default="", description="Folder of templates that says what the edition looks like."
    )
    notes: Annotated[
        str,
        one_of(NOTE_PLACES["pdf"], "place for notes"),
        WithJsonSchema({"type": "string", "enum": list(NOTE_PLACES["pdf"])}),
    ] = Field(
        default="",
        description="Where notes stand: foot of the page, section-end or report-end; EPUBs have "
        "section-end or report-end.",
    )
    standard: Annotated[
        str,
        one_of(STANDARDS["pdf"], "standard for PDFs"),
        WithJsonSchema({"type": "string", "enum": list(STANDARDS["pdf"])}),
    ] = Field(
        default="",
        description="What a PDF holds: ua-1 (PDF/UA-1 and PDF/A-3a), ua-2 (PDF/UA-2 and "
        "PDF/A-4f, or PDF/A-4 where no files are within; of PDF 2.0) or x-4 (PDF/X-4, for "
        "the press).",
    )


class PartSettings(Strict):
    """A page that reglet makes itself."""

    part: Annotated[
        str,
        one_of(PART_KINDS, "part"),
        WithJsonSchema({"type": "string", "enum": list(PART_KINDS)}),
    ] = Field(description=f"Which page: {', '.join(PART_KINDS)}.")


AuthorEntry = Annotated[
    Annotated[Title, Tag("as text")] | Annotated[AuthorSettings, Tag("as mapping")],
    _either("a name, or a mapping with `name`"),
]
EditionEntry = Annotated[
    Annotated[ReadyMade, Tag("as text")] | Annotated[EditionSettings, Tag("as mapping")],
    _either("an edition's name, or a mapping with `name`"),
]
SectionEntry = Annotated[
    Annotated[SectionPath, Tag("as text")] | Annotated[PartSettings, Tag("as mapping")],
    _either("a Markdown file's path, or `part: …`"),
]


class ReportSettings(Strict):
    """A report: what it is called, who answers for it, and what to make of it."""

    title: Title = Field(description="The report's title. The only key that must be there.")
    subtitle: Line = Field(default="", description="Stands below the title.")
    authors: list[AuthorEntry] = Field(default=[], description="Who wrote it: names, or mappings.")
    publisher: Line = Field(default="", description="Who publishes it.")
    place: Line = Field(default="", description="Where it is published.")
    date: Date = Field(default="", description="When it is published: YYYY-MM-DD, YYYY-MM or YYYY.")
    lang: Language = Field(
        default="en", description="Its language, as a BCP 47 tag: en, en-GB, fa …"
    )
    identifier: Identifier = Field(default="", description="ISBN, DOI or URN.")
    version: Line = Field(default="", description='Version or printing, in quotes: "1.0".')
    rights: Line = Field(default="", description="Copyright line, as it is printed.")
    licence: Address = Field(default="", description="Web address of the licence.")
    description: Text = Field(default="", description="What it is about, in a few sentences.")
    keywords: list[Line] = Field(default=[], description="Words by which it is found.")
    series: Line = Field(default="", description="The series it belongs to.")
    url: Address = Field(default="", description="Web address where it is published.")
    contact: Contact = Field(
        default="", description="Mail or web address of who helps readers that cannot read it."
    )
    cover: CoverSettings | None = Field(
        default=None, description="The picture on the cover; without it, there are words alone."
    )
    notes: NoteSettings = Field(
        default=NoteSettings(), description="Citation style and numbering of the notes."
    )
    editions: Annotated[list[EditionEntry], Field(min_length=1)] = Field(
        default=list(UNASKED),
        description="Files to make: ready-made (screen, press, wrap, ebook, web) or your own.",
    )
    sections: list[SectionEntry] = Field(
        default=[],
        description="Markdown files and pages in order; without it, all files of `sections/` "
        "in the order of their names, with every page that reglet makes.",
    )
    limits: LimitSettings = Field(  # type: ignore[valid-type]
        default=LimitSettings(), description="How much of the machine the report may take."
    )
    rules: RuleSettings = Field(  # type: ignore[valid-type]
        default=RuleSettings(),
        description="Levels of mistakes by their codes: error, warning or off.",
    )


KNOWN_KEYS: dict[str, tuple[str, ...]] = {
    "": ReportSettings.keys(),
    "authors": AuthorSettings.keys(),
    "cover": CoverSettings.keys(),
    "notes": NoteSettings.keys(),
    "editions": EditionSettings.keys(),
    "sections": PartSettings.keys(),
    "limits": LimitSettings.keys(),
    "rules": RuleSettings.keys(),
}
"""The keys of each mapping in report.yaml, by the key at its top."""
