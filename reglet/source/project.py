"""The first stage: a report's folder comes in, everything in it that a report needs goes out.

All that can be read is read, and all that is wrong is told, before the stage ends.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.project import InputFile, Project, SourceFile, Tree
from reglet.model.span import Span
from reglet.source.bibliography import BIB, JSON, YAML, read_sources
from reglet.source.complaints import YamlFile
from reglet.source.data import read_data
from reglet.source.door import Door, RefusedError, natural
from reglet.source.home import REPORT, Home, find_home
from reglet.source.pictures import read_pictures
from reglet.source.report import (
    make_report,
    read_editions,
    read_entries,
    read_limits,
    read_settings,
)
from reglet.source.sections import arrange
from reglet.source.templates import report_templates
from reglet.yamltree import read_yaml

DATA = "data"
STYLE = ".csl"
PROFILES = "profiles"

T = TypeVar("T")


@dataclass(slots=True)
class _Reading:
    """One report being read: what was found wrong, and the texts that may name pictures."""

    door: Door
    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def take(self, outcome: Outcome[T]) -> T:
        """Keep the diagnostics of an outcome and return its value."""
        self.diagnostics.extend(outcome.diagnostics)
        return outcome.value

    def yaml(self, path: str) -> YamlFile | None:
        """Read a YAML file; None for one that is broken, which is then told."""
        text = self.take(self.door.text(path))
        if text is None:
            return None
        self.texts.append(text)
        read = read_yaml(text, path, most=self.door.limits["yaml-values"])
        tree = self.take(read)
        if read.failed and tree.value is None:
            return None
        return YamlFile(path, tree, tuple(text.split("\n")))


def load(folder: Path) -> Outcome[Project | None]:
    """Read the report in `folder`; without a value where report.yaml says too little to go on.

    With the value may come diagnostics that are errors: whatever they name is left out of it.
    """
    home = find_home(folder)
    if home.value is None:
        return Outcome(None, home.diagnostics)
    reading = _Reading(home.value.door, list(home.diagnostics))
    file = reading.yaml(REPORT)
    settings = reading.take(read_settings(file)) if file else None
    sketch = file or YamlFile(REPORT, Tree(None, {}), ())
    limits = read_limits(sketch)
    door = reading.door = replace(reading.door, limits=limits)
    editions = reading.take(read_editions(sketch))
    arrangement = reading.take(arrange(door, sketch, read_entries(sketch)))
    reading.texts.extend(section.text for section in arrangement.files)
    works = reading.take(read_sources(door, reading.texts))
    data, styles = _data(reading), _styles(reading, sketch)
    pictures = reading.take(read_pictures(door, reading.texts))
    themes: dict[str, InputFile] = {}
    templates = reading.take(report_templates(home.value.root, limits, themes))
    if file is None or settings is None:
        return Outcome(None, _in_order(reading.diagnostics))
    project = Project(
        root=str(home.value.root),
        folder=str(door.base),
        report=make_report(file, settings, editions, arrangement.parts, limits),
        files=arrangement.files,
        works=works,
        data=data,
        images=pictures.images,
        broken_images=pictures.broken,
        templates=templates,
        styles=styles,
        profiles=_profiles(reading),
        attached=_attached(door),
        inputs=_inputs(home.value, door, themes),
    )
    return Outcome(project, _in_order(reading.diagnostics))


def _in_order(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Put diagnostics in the order of their places, file by file as they were read."""
    files = {path: n for n, path in enumerate(dict.fromkeys(d.span.path for d in diagnostics))}
    return tuple(sorted(diagnostics, key=lambda item: (files[item.span.path], item.span)))


def _data(reading: _Reading) -> dict[str, Tree]:
    """Read the files of `data/` by their names."""
    data: dict[str, Tree] = {}
    paths: dict[str, str] = {}
    for path in reading.take(reading.door.files(DATA, [".yaml", ".yml"])):
        name = PurePosixPath(path).stem
        if name in paths:
            first = paths[name]
            reading.diagnostics.append(
                diagnose("duplicate-name", Span(path), name=name, first=first)
            )
            continue
        paths[name] = path
        if file := reading.yaml(path):
            data[name] = reading.take(read_data(file))
    return data


def _profiles(reading: _Reading) -> dict[str, bytes]:
    """Read the ICC profiles of printers that lie in `profiles/`."""
    found: dict[str, bytes] = {}
    for path in reading.take(reading.door.files(PROFILES, [".icc", ".icm"])):
        try:
            found[path] = reading.door.read(path, "file-size")
        except RefusedError as refused:
            reading.diagnostics.append(reading.door.diagnose(refused, path, Span(path)))
    return found


def _attached(door: Door) -> tuple[SourceFile, ...]:
    """Return the files of data and of sources; what is wrong with any is told elsewhere."""
    data = door.files(DATA, [".yaml", ".yml"]).value
    sources = [path for path in (YAML, JSON, BIB) if door.has(path)]
    texts = {path: door.text(path).value for path in sorted([*data, *sources])}
    return tuple(SourceFile(path, text) for path, text in texts.items() if text is not None)


def _inputs(home: Home, door: Door, themes: dict[str, InputFile]) -> tuple[InputFile, ...]:
    """Name all that was read by its path below the report's root."""
    inside = door.base.relative_to(home.root)
    own = (replace(file, path=str(inside / path)) for path, file in door.opened.items())
    return tuple(sorted([*own, *themes.values()], key=lambda file: natural(file.path)))


def _styles(reading: _Reading, file: YamlFile) -> dict[str, str]:
    """Read the citation style that report.yaml names by its path."""
    place = ("notes", "style")
    path = file.value(place)
    if not isinstance(path, str) or not path.endswith(STYLE):
        return {}
    known = reading.take(reading.door.files("", [STYLE], deep=True))
    text = reading.take(reading.door.text(path, file.tree.at(place), known))
    return {path: text} if text is not None else {}
