"""report.yaml: its tree comes in; its settings, checked, and the report's description go out."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.project import YamlPath
from reglet.model.report import READY_MADE, Author, Edition, NoteStyle, Part, Report
from reglet.source.complaints import YamlFile, complain, nearest_key, wrong_type
from reglet.source.settings import (
    KNOWN_KEYS,
    EditionSettings,
    PartSettings,
    ReportSettings,
    SectionEntry,
)

Entries = Sequence[str | PartSettings]

_SECTIONS: TypeAdapter[Entries] = TypeAdapter(list[SectionEntry])


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


def read_entries(file: YamlFile) -> Entries | None:
    """Return the entries of `sections:`; None where there are none, or where they are broken.

    They are read on their own so that missing files are told beside other mistakes.
    """
    entries = file.value(("sections",))
    if entries is None:
        return None
    try:
        return _SECTIONS.validate_python(entries)
    except ValidationError:
        return None


def make_report(
    settings: ReportSettings, parts: tuple[Part, ...], file: YamlFile
) -> Outcome[Report]:
    """Turn checked settings into the report's description."""
    editions = _editions(settings, file)
    report = Report(
        **settings.model_dump(exclude={"authors", "keywords", "notes", "editions", "sections"}),
        authors=tuple(
            Author(entry) if isinstance(entry, str) else Author(entry.name, entry.role, entry.orcid)
            for entry in settings.authors
        ),
        keywords=tuple(settings.keywords),
        notes=NoteStyle(settings.notes.style, settings.notes.numbering),
        editions=editions.value,
        parts=parts,
    )
    return Outcome(report, editions.diagnostics)


def _editions(settings: ReportSettings, file: YamlFile) -> Outcome[tuple[Edition, ...]]:
    """Make the editions: ready-made ones as they are, the others over what they are based on."""
    editions: dict[str, Edition] = {}
    diagnostics: list[Diagnostic] = []
    for number, entry in enumerate(settings.editions):
        path: YamlPath = ("editions", number)
        span = file.tree.at(path if isinstance(entry, str) else (*path, "name"))
        name = entry if isinstance(entry, str) else entry.name
        if name in editions:
            first = str(editions[name].span)
            diagnostics.append(diagnose("duplicate-name", span, name=name, first=first))
            continue
        base = READY_MADE.get(name, Edition(name, ""))
        edition = replace(base, span=span if "editions" in settings.model_fields_set else base.span)
        if isinstance(entry, EditionSettings):
            edition = replace(
                edition,
                format=entry.format or base.format,
                theme=entry.theme or base.theme,
                settings=dict(entry.model_extra or {}),
            )
        if not edition.format:
            hint = "add `format: pdf`, `epub` or `web`"
            diagnostics.append(diagnose("missing-key", file.tree.at(path), hint, key="format"))
        editions[name] = edition
    return Outcome(tuple(editions.values()), tuple(diagnostics))
