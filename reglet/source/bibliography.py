"""The files of sources: sources.yaml, sources.json (CSL-JSON) and sources.bib (BibLaTeX).

Any of them comes in through the door; the works of all of them go out by their keys.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.project import Tree, Work, YamlPath
from reglet.model.span import Span
from reglet.pandoc import PandocError, run_pandoc
from reglet.source.complaints import YamlFile
from reglet.source.door import Door
from reglet.source.works import read_works
from reglet.yamltree import read_yaml

YAML, JSON, BIB = "sources.yaml", "sources.json", "sources.bib"

_ENTRY = re.compile(r"^[ \t]*@(\w+)[ \t]*\{\s*([^\s,{}()\"#%=]+)\s*,", re.MULTILINE)
_NO_ENTRIES = frozenset({"comment", "preamble", "string", "xdata"})
_DATE = re.compile(r"\b(?:date|year)\s*=\s*(?:\{+([^{}]*)\}+|\"([^\"]*)\")", re.IGNORECASE)
_LANGUAGE = re.compile(r"\b(?:langid|hyphenation)(?=\s*=)", re.IGNORECASE)
_FAULT = re.compile(r"\(line (\d+), column (\d+)\):? *\s*(.*)")
_TAB = 4  # columns
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")

Json = dict[str, object]


def read_sources(door: Door, texts: list[str]) -> Outcome[dict[str, Work]]:
    """Read every file of sources that there is; what is read of YAML is added to `texts`."""
    works: dict[str, Work] = {}
    found: list[Diagnostic] = [*_misnamed(door)]
    for path, read in _READERS.items():
        if not door.has(path):
            continue
        text = door.text(path)
        found += text.diagnostics
        if text.value is None:
            continue
        if path == YAML:
            texts.append(text.value)
        file = read(text.value, path)
        found += file.diagnostics
        if file.value is None:
            continue
        outcome = read_works(file.value)
        found += outcome.diagnostics
        for key, work in outcome.value.items():
            if key in works:
                first = str(works[key].span)
                found.append(diagnose("duplicate-id", work.span, id=key, first=first))
        works = {**outcome.value, **works}
    return Outcome(works, tuple(found))


def _misnamed(door: Door) -> Iterator[Diagnostic]:
    other = YAML.replace(".yaml", ".yml")
    if door.has(other) and not door.has(YAML):
        yield diagnose("missing-file", Span(other), f"rename `{other}` to `{YAML}`", path=YAML)


def _read_yaml(text: str, path: str) -> Outcome[YamlFile | None]:
    read = read_yaml(text, path)
    if read.failed and read.value.value is None:
        return Outcome(None, read.diagnostics)
    return Outcome(YamlFile(path, read.value, tuple(text.split("\n"))), read.diagnostics)


def _read_json(text: str, path: str) -> Outcome[YamlFile | None]:
    """Read CSL-JSON, which is YAML too, with the place of every value."""
    try:
        json.loads(text or "null")
    except json.JSONDecodeError as fault:
        problem = fault.msg[:1].lower() + fault.msg[1:]
        return Outcome(None, (_broken("JSON", problem, Span(path, fault.lineno, fault.colno)),))
    except (RecursionError, ValueError):
        pass  # the depth is told below; a number of too many digits is text
    outcome = _read_yaml(_PAIR.sub(_one_character, text), path)
    if outcome.value:
        _count_dates(outcome.value.tree.value)
    return outcome


def _one_character(found: re.Match[str]) -> str:
    """Write out a character that JSON puts into two escapes, which YAML does not know."""
    return (bytes.fromhex(found[1]) + bytes.fromhex(found[2])).decode("utf-16-be")


def _count_dates(value: object) -> None:
    """Make numbers of the parts of dates, which Zotero writes as text."""
    if isinstance(value, list):
        for part in value:
            _count_dates(part)
    elif isinstance(value, dict):
        for part in value.values():
            _count_dates(part)
        parts = value.get("date-parts")
        if isinstance(parts, list) and all(isinstance(part, list) for part in parts):
            value["date-parts"] = [[_number(number) for number in part] for part in parts]


def _number(part: object) -> object:
    return int(part) if isinstance(part, str) and part.isascii() and part.isdigit() else part


def _read_bib(text: str, path: str) -> Outcome[YamlFile | None]:
    """Read BibLaTeX, of which BibTeX is a part, through pandoc.

    Pandoc 3.9 takes the capitals from English titles, so titles are read once more as German.
    """
    try:
        entries = _convert(text)
        titled = _convert(_as_german(text))
    except PandocError as fault:
        found = _FAULT.search(str(fault))
        span = _place_told(text, path, int(found[1]), int(found[2])) if found else Span(path)
        problem = found[3].partition("\n")[0].replace("'", "`") if found else str(fault).strip()
        return Outcome(None, (_broken("BibTeX", problem, span),))
    places = _places(text, path)
    spans: dict[YamlPath, Span] = {(): Span(path, 1, 1)}
    for number, (entry, title) in enumerate(zip(entries, titled, strict=True)):
        found_there = places.get(str(entry["id"]))
        place = found_there.pop(0) if found_there else _Place(Span(path), len(text))
        spans[number,] = spans[number, "id"] = place.span
        entry |= {name: words for name, words in title.items() if "title" in name}
        entry["type"] = entry.get("type") or "document"
        if entry.get("issued") == {"date-parts": []}:  # words, as `n.d.` or `forthcoming`
            del entry["issued"]
            date = _DATE.search(text, place.end)
            if date and "status" not in entry:
                entry["issued"] = {"literal": (date[1] or date[2] or "").strip()}
    return Outcome(YamlFile(path, Tree(entries, spans), ()))


def _place_told(text: str, path: str, line: int, column: int) -> Span:
    """Return a place in a text that pandoc tells, which counts tabs as far as they reach."""
    lines = text.split("\n")
    line = min(line, len(lines))
    reached = 1
    for place, letter in enumerate(lines[line - 1], start=1):
        if reached >= column:
            return Span(path, line, place)
        reached += _TAB - (reached - 1) % _TAB if letter == "\t" else 1
    return Span(path, line, len(lines[line - 1]) + 1)


def _convert(text: str) -> list[Json]:
    done = run_pandoc(["-f", "biblatex", "-t", "csljson"], text.encode())
    try:
        entries: list[Json] = [{**entry, "id": entry["id"]} for entry in json.loads(done)]
    except (ValueError, KeyError, TypeError) as fault:
        raise PandocError("pandoc reads it, and gave no whole answer") from fault
    return entries


def _as_german(text: str) -> str:
    """Say of every entry that it is German, which has its capitals where it is written with."""
    return _ENTRY.sub(
        lambda found: (
            found[0] if found[1].lower() in _NO_ENTRIES else f"{found[0]} langid = {{german}},"
        ),
        _LANGUAGE.sub("x", text),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry of a BibTeX file has its key, and the offset where its fields begin."""

    span: Span
    end: int


def _places(text: str, path: str) -> dict[str, list[_Place]]:
    """Find the entries of a BibTeX file by their keys, in order."""
    places: dict[str, list[_Place]] = {}
    line, after = 1, 0
    for found in _ENTRY.finditer(text):
        start = found.start(2)
        line += text.count("\n", after, start)
        after = start
        if found[1].lower() not in _NO_ENTRIES:
            span = Span(path, line, start - text.rfind("\n", 0, start), len(found[2]))
            places.setdefault(found[2], []).append(_Place(span, found.end()))
    return places


def _broken(kind: str, problem: str, span: Span) -> Diagnostic:
    return diagnose("bad-sources", span, kind=kind, problem=problem)


_READERS: Mapping[str, Callable[[str, str], Outcome[YamlFile | None]]] = {
    YAML: _read_yaml,
    JSON: _read_json,
    BIB: _read_bib,
}
