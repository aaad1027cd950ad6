"""report.yaml: its tree comes in; its settings, checked, and the report's description go out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.limits import LIMITS, Limits
from reglet.model.project import YamlPath
from reglet.model.report import (
    NOTE_PLACES,
    READY_MADE,
    STANDARDS,
    UNASKED,
    Author,
    Cover,
    Edition,
    NoteStyle,
    Part,
    Report,
)
from reglet.model.span import Span
from reglet.source.complaints import YamlFile, complain, nearest_key, wrong_type
from reglet.source.settings import (
    KNOWN_KEYS,
    EditionEntry,
    EditionSettings,
    PartSettings,
    ReportSettings,
    SectionEntry,
)

T = TypeVar("T")

Entries = Sequence[tuple[Span, str | PartSettings]]
"""What `sections:` lists, each entry with its place."""

MOST_EDITIONS = 100
_SECTION: TypeAdapter[str | PartSettings] = TypeAdapter(SectionEntry)
_MADE = {"authors", "keywords", "cover", "notes", "editions", "sections", "limits", "rules"}
_EDITION: TypeAdapter[str | EditionSettings] = TypeAdapter(EditionEntry)


def read_settings(file: YamlFile) -> Outcome[ReportSettings | None]:
    """Check everything that report.yaml says; all mistakes come at once."""
    value = file.tree.value
    if value is not None and not isinstance(value, dict):
        hint = "write lines as `title: …`"
        return Outcome(None, (wrong_type(file, (), "a mapping", hint),))
    try:
        return Outcome(ReportSettings.model_validate(value or {}))
    except ValidationError as error:
        return Outcome(None, complain(error, file, _key_hint))


def _key_hint(path: YamlPath) -> str:
    return nearest_key(str(path[-1]), KNOWN_KEYS[str(path[0]) if path[1:] else ""])


def _sound(file: YamlFile, key: str, adapter: TypeAdapter[T]) -> list[tuple[YamlPath, T]]:
    """Return the entries of a list that are as they should be; the others are told elsewhere.

    They are read one by one so that what they name is checked beside other mistakes.
    """
    entries = file.value((key,))
    sound: list[tuple[YamlPath, T]] = []
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        try:
            sound.append(((key, number), adapter.validate_python(entry)))
        except ValidationError:
            continue
    return sound


def read_entries(file: YamlFile) -> Entries | None:
    """Return the sound entries of `sections:`; None where there is no such list."""
    if not isinstance(file.value(("sections",)), list):
        return None
    return [(file.tree.at(path), entry) for path, entry in _sound(file, "sections", _SECTION)]


def read_editions(file: YamlFile) -> Outcome[tuple[Edition, ...]]:
    """Make the editions: ready-made ones as they are, the others over what they are based on."""
    if file.value(("editions",)) is None:
        return Outcome(tuple(READY_MADE[name] for name in UNASKED))
    editions: dict[str, Edition] = {}
    diagnostics: list[Diagnostic] = []
    if len(sound := _sound(file, "editions", _EDITION)) > MOST_EDITIONS:
        expected = f"number of editions: there are {MOST_EDITIONS} at most"
        place = file.key_span(("editions",))
        diagnostics.append(diagnose("bad-value", place, found=len(sound), expected=expected))
    for path, entry in sound[:MOST_EDITIONS]:
        name = entry if isinstance(entry, str) else entry.name
        span = file.tree.at(path if isinstance(entry, str) else (*path, "name"))
        if name in editions:
            first = editions[name].span
            diagnostics.append(diagnose("duplicate-name", span, name=name, first=first))
            continue
        editions[name] = _edition(name, entry, span)
        if not editions[name].format:
            hint = "add `format: pdf`, `epub`, `wrap` or `web`"
            diagnostics.append(diagnose("missing-key", file.tree.at(path), hint, key="format"))
        elif not _has_place(editions[name]):
            place = file.tree.at((*path, "notes"))
            diagnostics.append(_no_place(editions[name], place))
        elif editions[name].standard not in ("", *STANDARDS.get(editions[name].format, ())):
            place = file.tree.at((*path, "standard"))
            diagnostics.append(_no_standard(editions[name], place))
    return Outcome(tuple(editions.values()), tuple(diagnostics))


def read_limits(file: YamlFile) -> Limits:
    """Return the limits that report.yaml sets as it may; what is wrong is told elsewhere."""
    asked = {key: file.value(("limits", key)) for key in LIMITS}
    return Limits(
        {
            key: value
            for key, value in asked.items()
            if type(value) is int and 0 < value <= LIMITS[key].most
        }
    )


def _levels(rules: BaseModel) -> dict[str, str]:
    return dict(rules.model_dump(exclude_none=True))


def _has_place(edition: Edition) -> bool:
    return not edition.notes or edition.notes in NOTE_PLACES.get(edition.format, ())


def _no_place(edition: Edition, span: Span) -> Diagnostic:
    """Say where the notes of the edition's format may stand instead."""
    places = NOTE_PLACES.get(edition.format, ())
    hint = f"write `{'` or `'.join(places)}`" if places else "take the line out"
    expected = f"place for notes in format {edition.format}"
    return diagnose("bad-value", span, hint, found=edition.notes, expected=expected)


def _no_standard(edition: Edition, span: Span) -> Diagnostic:
    """Say which standards files of the edition's format may keep."""
    names = STANDARDS.get(edition.format, ())
    hint = f"write `{'` or `'.join(names)}`" if names else "take the line out"
    expected = f"standard for format {edition.format}"
    return diagnose("bad-value", span, hint, found=edition.standard, expected=expected)


def _edition(name: str, entry: str | EditionSettings, span: Span) -> Edition:
    base = replace(READY_MADE.get(name, Edition(name, "")), span=span)
    if isinstance(entry, str):
        return base
    return replace(
        base,
        format=entry.format or base.format,
        theme=entry.theme or base.theme,
        standard=entry.standard or base.standard,
        notes=entry.notes,
        settings=dict(entry.model_extra or {}),
    )


def make_report(
    file: YamlFile,
    settings: ReportSettings,
    editions: tuple[Edition, ...],
    parts: tuple[Part, ...],
    limits: Limits,
) -> Report:
    """Turn checked settings into the report's description."""
    style = file.tree.at(("notes", "style"))
    place, cover = file.tree.at(("cover", "picture")), settings.cover
    return Report(
        **settings.model_dump(exclude=_MADE),
        authors=tuple(
            Author(entry) if isinstance(entry, str) else Author(entry.name, entry.role, entry.orcid)
            for entry in settings.authors
        ),
        keywords=tuple(settings.keywords),
        cover=Cover(cover.picture, cover.alt, place) if cover else None,
        notes=NoteStyle(
            settings.notes.style, settings.notes.numbering, style, settings.notes.tables
        ),
        editions=editions,
        parts=parts,
        limits=limits,
        levels=_levels(settings.rules),
    )
