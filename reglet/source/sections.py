"""The order of a report: entries of `sections:` or the files of a folder in, parts in order out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.project import SourceFile
from reglet.model.report import Part
from reglet.model.span import Span
from reglet.source.complaints import YamlFile
from reglet.source.door import Door, RefusedError, relative
from reglet.source.report import Entries
from reglet.yamltree import read_yaml

SECTIONS = "sections"
PREFACE = "preface"

_BEFORE_PREFACE = ("cover", "title-page")
_BEFORE_TEXT = ("contents", "lists")
_AFTER_TEXT = ("sources", "index", "colophon")


@dataclass(slots=True)
class _Order:
    """What has been put in order so far."""

    parts: list[Part] = field(default_factory=list)
    files: dict[str, SourceFile] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    stems: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A report's parts in order, and the Markdown files among them."""

    parts: tuple[Part, ...] = ()
    files: tuple[SourceFile, ...] = ()


def arrange(door: Door, file: YamlFile, entries: Entries | None) -> Outcome[Arrangement]:
    """Read the sections in the order of `entries`; without any, those of the folder by name.

    Where no entry is a page that reglet makes, all of these pages frame the sections.
    """
    found = _discover(door)
    order = _Order(diagnostics=list(found.diagnostics))
    if entries is None:
        for path in found.value:
            _add_file(order, door, path, Span(path), ())
    else:
        _add_entries(order, door, entries, found.value)
    broken = entries == [] and file.value((SECTIONS,)) != []
    if not order.files and not order.diagnostics and not broken:
        span = Span(file.path) if entries is None else file.key_span((SECTIONS,))
        order.diagnostics.append(diagnose("no-sections", span))
    parts = order.parts
    if all(part.kind == "section" for part in parts):
        parts = _framed(parts, order.files, Span(file.path))
    return Outcome(Arrangement(tuple(parts), tuple(order.files.values())), tuple(order.diagnostics))


def _discover(door: Door) -> Outcome[list[str]]:
    """List the Markdown files of `sections/`, or of the folder itself where there is no such."""
    listed = door.files(SECTIONS if door.has(SECTIONS) else "", [".md"])
    files = [path for path in listed.value if PurePosixPath(path).name.lower() != "readme.md"]
    return Outcome(files, listed.diagnostics)


def _add_entries(order: _Order, door: Door, entries: Entries, known: Sequence[str]) -> None:
    for span, entry in entries:
        if isinstance(entry, str):
            _add_file(order, door, entry, span, known)
        elif entry.part in order.listed:
            name = f"part: {entry.part}"
            order.diagnostics.append(diagnose("listed-twice", span, name=name))
        else:
            order.listed.add(entry.part)
            order.parts.append(Part(entry.part, span=span))


def _add_file(order: _Order, door: Door, path: str, span: Span, known: Sequence[str]) -> None:
    try:
        plain = relative(path)
    except RefusedError as refused:
        order.diagnostics.append(door.diagnose(refused, path, span))
        return
    if plain in order.files:
        order.diagnostics.append(diagnose("listed-twice", span, name=plain))
        return
    read = door.text(plain, span, known)
    order.diagnostics.extend(read.diagnostics)
    if read.value is None:
        return
    stem = PurePosixPath(plain).stem
    first = order.stems.setdefault(stem, plain)
    if first != plain:
        order.diagnostics.append(diagnose("duplicate-name", span, name=stem, first=first))
    order.files[plain] = SourceFile(plain, read.value)
    order.parts.append(Part("section", plain, span))


def _framed(parts: list[Part], files: dict[str, SourceFile], span: Span) -> list[Part]:
    """Put the ready-made pages round the sections, a preface before the contents."""
    prefaces = [part for part in parts if _role(files[part.path]) == PREFACE]
    text = [part for part in parts if part not in prefaces]
    before = [Part(kind, span=span) for kind in _BEFORE_PREFACE]
    between = [Part(kind, span=span) for kind in _BEFORE_TEXT]
    after = [Part(kind, span=span) for kind in _AFTER_TEXT]
    return [*before, *prefaces, *between, *text, *after]


def _role(file: SourceFile) -> str:
    """Return the role of a file's front matter; what is wrong there, the text stage tells."""
    first, *lines = file.text.split("\n")
    ends = [n for n, line in enumerate(lines) if line.rstrip() in ("---", "...")]
    if first.rstrip() != "---" or not ends:
        return ""
    matter = read_yaml("\n".join(lines[: ends[0]]), file.path, line=2).value.value
    return str(matter.get("role", "")) if isinstance(matter, dict) else ""
