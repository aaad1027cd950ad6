"""sources.bib and sources.json: beside sources.yaml, with the places of what is wrong in them."""

from collections.abc import Mapping

import pytest
from conftest import Maker

from reglet.model.diagnostic import Outcome
from reglet.model.project import Project
from reglet.pipeline import check
from reglet.source.project import load

BIB = """% exported
@string{hp = {Harbour Press}}

@book{carr,
  title = {The Lake of {Salt}: A History of "Dry" Land},
  author = {Carr, Helen and {Water Board}},
  publisher = hp,
  date = {2013-04},
  langid = {english},
}
  @MISC{pump, title = {On Pumps \\& \\emph{Ropes}}, year = {forthcoming}}
@phdthesis{berg, title="Water Rights", author = {Nora Berg}, school={Bern}, year={c. 1987}}
"""
JSON = """[
\t{"id": "moreau", "type": "article-journal", "title": "Salt \\ud83d\\ude00 \\u00e9",
\t "author": [{"family": "Moreau", "given": "Anne"}], "volume": 12,
\t "issued": {"date-parts": [["2009", "8", 22]]}}
]
"""


def read(make: Maker, files: Mapping[str, str]) -> Outcome[Project | None]:
    return load(make(dict(files)))


def works_of(outcome: Outcome[Project | None]) -> dict[str, Mapping[str, object]]:
    assert outcome.value is not None
    return {key: work.fields for key, work in outcome.value.works.items()}


def told(outcome: Outcome[Project | None]) -> list[tuple[str, str]]:
    return [(str(item.span), item.code) for item in outcome.diagnostics]


def test_bibtex(make: Maker) -> None:
    outcome = read(make, {"sources.bib": BIB})
    assert outcome.diagnostics == ()
    works = works_of(outcome)
    assert works["carr"] == {
        "id": "carr",
        "type": "book",
        "title": 'The Lake of Salt: A History of "Dry" Land',
        "title-short": "The Lake of Salt",
        "author": [{"family": "Carr", "given": "Helen"}, {"literal": "Water Board"}],
        "publisher": "Harbour Press",
        "issued": {"date-parts": [[2013, 4]]},
        "language": "en-US",
    }
    assert works["pump"] == {
        "id": "pump",
        "type": "document",
        "title": "On Pumps & <i>Ropes</i>",
        "status": "forthcoming",
    }
    assert works["berg"]["genre"] == "PhD thesis"
    assert works["berg"]["issued"] == {"literal": "c. 1987"}
    assert outcome.value is not None
    assert [str(work.span) for work in outcome.value.works.values()] == [
        "sources.bib:4:7",
        "sources.bib:11:9",
        "sources.bib:12:12",
    ]


def test_csl_json(make: Maker) -> None:
    outcome = read(make, {"sources.json": JSON})
    assert outcome.diagnostics == ()
    assert works_of(outcome)["moreau"] == {
        "id": "moreau",
        "type": "article-journal",
        "title": "Salt 😀 é",
        "author": [{"family": "Moreau", "given": "Anne"}],
        "volume": "12",
        "issued": {"date-parts": [[2009, 8, 22]]},
    }


def test_all_files_make_one_list(make: Maker) -> None:
    files = {"sources.yaml": "x: {type: book}\n", "sources.json": JSON, "sources.bib": BIB}
    outcome = read(make, files)
    assert outcome.diagnostics == ()
    assert set(works_of(outcome)) == {"x", "moreau", "carr", "pump", "berg"}


def test_only_what_is_written_for_the_report_must_be_cited(make: Maker) -> None:
    files = {"sources.yaml": "x: {type: book}\n", "sources.json": JSON, "sources.bib": BIB}
    found = check(make(dict(files))).diagnostics
    assert [(str(item.span), item.code) for item in found] == [
        ("sources.yaml:1:1", "unused-source")
    ]


def test_a_key_stands_in_one_file_only(make: Maker) -> None:
    yaml = "carr: {type: book, title: Mine}\nmoreau: {type: book}\n"
    outcome = read(make, {"sources.yaml": yaml, "sources.json": JSON, "sources.bib": BIB})
    assert told(outcome) == [
        ("sources.json:2:9", "duplicate-id"),
        ("sources.bib:4:7", "duplicate-id"),
    ]
    assert "sources.yaml:1:1" in outcome.diagnostics[1].message
    assert works_of(outcome)["carr"]["title"] == "Mine"


def test_a_key_stands_once_in_a_file(make: Maker) -> None:
    outcome = read(make, {"sources.bib": "@book{a, title={X}}\n\n@book{a,title={Y}}\n"})
    assert told(outcome) == [("sources.bib:3:7", "duplicate-id")]
    assert "sources.bib:1:7" in outcome.diagnostics[0].message


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("sources.bib", "@book{a,\n title {X}\n}\n", "2:8", "this is not BibTeX: unexpected `{`"),
        ("sources.bib", "@book{a,\n title={X}\n", "3:1", "this is not BibTeX: unexpected end"),
        ("sources.json", '[\n{"id": "a",}]', "2:12", "this is not JSON: "),
        ("sources.json", "", "1:1", ""),
    ],
)
def test_broken_files(make: Maker, name: str, text: str, place: str, message: str) -> None:
    outcome = read(make, {name: text})
    if not message:
        assert outcome.diagnostics == ()
        return
    assert told(outcome) == [(f"{name}:{place}", "bad-sources")]
    assert outcome.diagnostics[0].message.startswith(message)


def test_mistakes_are_told_at_their_place(make: Maker) -> None:
    json = '[{"id": "a", "type": "bok"},\n {"id": "b", "type": "book", "titel": "X"}]\n'
    bib = "@book{ok, title={X}}\n@online{c, title={X}, url={no address}}\n"
    outcome = read(make, {"sources.json": json, "sources.bib": bib})
    assert told(outcome) == [
        ("sources.json:1:22", "bad-value"),
        ("sources.json:2:30", "unknown-key"),
        ("sources.bib:2:9", "bad-value"),
    ]
    assert "`no address`" in outcome.diagnostics[2].message


def test_other_json(make: Maker) -> None:
    assert told(read(make, {"sources.json": "5"})) == [("sources.json:1:1", "wrong-type")]
    deep = "[" * 5000 + "]" * 5000
    assert [code for _, code in told(read(make, {"sources.json": deep}))] == ["yaml-limit"]
