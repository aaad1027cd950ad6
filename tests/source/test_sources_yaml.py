"""sources.yaml: names, dates and numbers as CSL-JSON has them, in every shape of the file."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reglet.model.diagnostic import Outcome
from reglet.model.project import Work
from reglet.source.complaints import YamlFile
from reglet.source.csl import FIELDS_MEANT, TYPES, TYPES_MEANT, VARIABLES
from reglet.source.works import read_works
from reglet.yamltree import read_yaml

Maker = Callable[[dict[str, str | bytes]], Path]


def works_of(text: str) -> Outcome[dict[str, Work]]:
    tree = read_yaml(text, "sources.yaml").value
    return read_works(YamlFile("sources.yaml", tree, tuple(text.split("\n"))))


def fields_of(line: str) -> Mapping[str, object]:
    outcome = works_of(f"a:\n  type: book\n  {line}\n")
    assert outcome.diagnostics == ()
    return outcome.value["a"].fields


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Boumedra, Tahar", [{"family": "Boumedra", "given": "Tahar"}]),
        ("UNAMI", [{"literal": "UNAMI"}]),
        ("[UNAMI, 'Doe, Jane']", [{"literal": "UNAMI"}, {"family": "Doe", "given": "Jane"}]),
        ("{literal: UNAMI}", [{"literal": "UNAMI"}]),
        (
            "[{family: Gogh, given: Vincent, non-dropping-particle: van}]",
            [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}],
        ),
        (
            "King, Martin Luther, Jr.",
            [{"family": "King", "given": "Martin Luther", "suffix": "Jr.", "comma-suffix": True}],
        ),
    ],
)
def test_names(written: str, names: object) -> None:
    assert fields_of(f"author: {written}")["author"] == names


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2013", {"date-parts": [[2013]]}),
        ('"2013"', {"date-parts": [[2013]]}),
        ("2013-04", {"date-parts": [[2013, 4]]}),
        ("2013-04-05", {"date-parts": [[2013, 4, 5]]}),
        ("2012-12/2013-01", {"date-parts": [[2012, 12], [2013, 1]]}),
        ("{date-parts: [[2013, 4]]}", {"date-parts": [[2013, 4]]}),
        ("{date-parts: [[2013]], circa: true}", {"date-parts": [[2013]], "circa": True}),
        ("{literal: n.d.}", {"literal": "n.d."}),
    ],
)
def test_dates(written: str, date: object) -> None:
    assert fields_of(f"issued: {written}")["issued"] == date


def test_numbers_addresses_and_empty_fields() -> None:
    assert fields_of("volume: 4")["volume"] == "4"
    assert fields_of("DOI: https://doi.org/10.1000/182")["DOI"] == "10.1000/182"
    assert fields_of("URL: https://example.org/a b".replace(" b", "b"))["URL"]
    assert fields_of("title:") == {"id": "a", "type": "book"}


@pytest.mark.parametrize(
    "text",
    [
        "a: {type: book, title: T}\n",
        "a: {id: a, type: book, title: T}\n",
        "- {id: a, type: book, title: T}\n",
        "references:\n  - {id: a, type: book, title: T}\n",
    ],
)
def test_every_shape_gives_the_same(text: str) -> None:
    outcome = works_of(text)
    assert outcome.diagnostics == ()
    assert outcome.value["a"].fields == {"id": "a", "type": "book", "title": "T"}


def test_a_work_stands_where_its_key_is() -> None:
    works = works_of("a: {type: book}\nb-2:\n  type: book\n").value
    assert str(works["b-2"].span) == "sources.yaml:2:1"
    assert works["b-2"].span.length == 3


def test_names_that_are_meant_exist() -> None:
    assert set(TYPES_MEANT.values()) <= set(TYPES)
    assert set(FIELDS_MEANT.values()) <= set(VARIABLES)
    assert not set(TYPES_MEANT) & set(TYPES)
    assert not set(FIELDS_MEANT) & set(VARIABLES)


@pytest.mark.full
def test_five_thousand_sources_in_about_a_second() -> None:
    text = "".join(
        f"key-{n}:\n  type: article-journal\n  title: Title {n}\n"
        "  author: [{family: Boumedra, given: Tahar}, 'Smith, John']\n"
        "  container-title: The Hill\n  issued: 2013-04-05\n  page: 105-108\n"
        for n in range(5000)
    )
    started = time.process_time()
    assert len(works_of(text).value) == 5000
    assert time.process_time() - started < 4
