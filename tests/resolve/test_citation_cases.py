"""Citations in words: every case of tests/cases/citations in some styles and languages.

`cases.yaml` has the texts; a file for each style and language has the notes that every edition
prints, checked by hand against the manual of the style. `pytest --accept` writes them anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from reports import project, written

from reglet.model.document import Document
from reglet.model.project import Project, SourceFile
from reglet.model.report import READY_MADE, NoteStyle
from reglet.resolve.document import resolve
from reglet.resolve.settle import settle
from reglet.source.complaints import YamlFile
from reglet.source.works import read_works
from reglet.text.section import parse, parse_inline
from reglet.yamltree import read_yaml

CASES = Path(__file__).parents[1] / "cases" / "citations"
CHICAGO = "chicago-notes-bibliography"
EDITIONS = {"PDF": "screen", "EPUB": "ebook", "web": "web"}
PRINTED = [
    (f"{CHICAGO}-subsequent-ibid", "en"),
    (f"{CHICAGO}-subsequent-ibid", "de"),
    (f"{CHICAGO}-subsequent-ibid", "fr"),
    (f"{CHICAGO}-subsequent-ibid", "es"),
    (f"{CHICAGO}-subsequent-ibid", "fa"),
    (CHICAGO, "en"),
    (CHICAGO, "de"),
    (CHICAGO, "fr"),
    ("mhra-notes", "en-GB"),
    ("mhra-notes", "de"),
    ("mhra-notes", "fr"),
]


@dataclass(frozen=True)
class Case:
    """A text in sections, and which of its notes begin a page; `remarks` are by style."""

    name: str
    sections: tuple[str, ...]
    first_on_page: frozenset[str]
    remarks: Mapping[str, str]


def cases() -> list[Case]:
    found = []
    for name, case in yaml.safe_load((CASES / "cases.yaml").read_text(encoding="utf-8")).items():
        text = case["text"]
        sections = (text,) if isinstance(text, str) else tuple(text)
        first = frozenset(map(str, case.get("first-on-page", ())))
        found.append(Case(name, sections, first, case.get("remarks", {})))
    return found


def a_project(style: str, lang: str) -> Project:
    text = (CASES / "sources.yaml").read_text(encoding="utf-8")
    tree = read_yaml(text, "sources.yaml").value
    read = read_works(YamlFile("sources.yaml", tree, tuple(text.split("\n"))))
    assert read.diagnostics == ()
    works = {key: work.fields for key, work in read.value.items()}
    return project(works=works, lang=lang, notes=NoteStyle(style=style, numbering="section"))


def printed(style: str, lang: str) -> Iterator[str]:
    """Write all cases with their notes, in the words of every edition."""
    on = a_project(style, lang)
    named = [
        (f"{number}-{part}", text, case)
        for number, case in enumerate(cases())
        for part, text in enumerate(case.sections)
    ]
    parsed = [parse(SourceFile(f"sections/{name}.md", text), lang) for name, text, _ in named]
    sections = [section.value for section in parsed]
    outcome = resolve(on, sections, parse_inline)
    assert [outcome.diagnostics, *(section.diagnostics for section in parsed)] == [()] * (
        len(parsed) + 1
    )
    document = outcome.value
    first = {name: case.first_on_page for name, _, case in named}
    ids = frozenset(
        note.id for note in document.notes.values() if note.number in first[note.section]
    )
    settled = {
        shown: settle(document, READY_MADE[name], first_on_page=ids)
        for shown, name in EDITIONS.items()
    }
    yield f"# {style}, {lang}\n"
    for name, text, case in named:
        if name.endswith("-0"):
            yield f"\n## {case.name}\n"
            if remark := case.remarks.get(style.partition("-")[0]):
                yield f"\nRemark: {remark}\n"
        yield f"\n    {text}\n\n"
        yield from notes_of(settled, name)


def notes_of(settled: Mapping[str, Document], section: str) -> Iterator[str]:
    """Write the notes of a section: once, or for each edition where they differ."""
    for note in next(iter(settled.values())).notes.values():
        if note.section != section:
            continue
        words: dict[str, list[str]] = {}
        for edition, document in settled.items():
            found = written(document.notes[note.id].blocks)
            words.setdefault(found, []).append(edition)
        shown = [
            f"{', '.join(editions)}: {found}" if len(words) > 1 else found
            for found, editions in words.items()
        ]
        yield f"{note.number}. " + "\n   ".join(shown) + "\n"


@pytest.mark.parametrize(("style", "lang"), PRINTED)
def test_citations_in_words(style: str, lang: str, request: pytest.FixtureRequest) -> None:
    golden = CASES / f"{style}.{lang}.md"
    found = "".join(printed(style, lang))
    if request.config.getoption("accept"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
    assert "reglet-" not in found
