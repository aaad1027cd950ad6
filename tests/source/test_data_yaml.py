"""Files of data/: what is kept, and years that stand as numbers in columns of dates."""

import pytest

from reglet.model.diagnostic import Outcome
from reglet.model.project import Tree
from reglet.source.complaints import YamlFile
from reglet.source.data import read_data
from reglet.source.dates import date_hint, date_parts
from reglet.yamltree import read_yaml


def data_of(text: str) -> Outcome[Tree]:
    tree = read_yaml(text, "data/x.yaml").value
    return read_data(YamlFile("data/x.yaml", tree, tuple(text.split("\n"))))


def test_years_become_text_in_columns_of_dates_alone() -> None:
    text = "- {date: 1986, year: 1986, end: 1990}\n- {date: 1986-05, end: 1987-01}\n"
    outcome = data_of(text)
    assert outcome.diagnostics == ()
    assert outcome.value.value == [
        {"date": "1986", "year": 1986, "end": "1990"},
        {"date": "1986-05", "end": "1987-01"},
    ]
    assert outcome.value.at((0, "date")).column == 10


def test_numbers_and_words_in_columns_that_may_be_dates() -> None:
    text = "- {end: 1200, date: early summer}\n- {end: 3.5, date: 2003}\n"
    outcome = data_of(text)
    assert outcome.diagnostics == ()
    assert outcome.value.value == [
        {"end": 1200, "date": "early summer"},
        {"end": 3.5, "date": "2003"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: 1\nb: [x, 2]\nc: {d: e}\n",
        "- {id: a, n: 1}\n- {id: b, n: 2.5}\n- {id: c, n: }\n",
        "a: {n: 1}\nb: {n: 2}\n",
    ],
)
def test_what_is_allowed(text: str) -> None:
    assert data_of(text).diagnostics == ()


def test_rows_by_name_are_compared_too() -> None:
    found = data_of("a: {n: 1}\nb: {n: two}\n").diagnostics
    assert [(item.code, str(item.span)) for item in found] == [("mixed-types", "data/x.yaml:2:8")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026", [2026]),
        ("2026-11", [2026, 11]),
        ("2024-02-29", [2024, 2, 29]),
        ("2023-02-29", None),
        ("2026-13", None),
        ("2026-1-1", None),
        ("0000", None),
        ("26", None),
        ("٢٠٢٦", None),
        ("2026-11-24 ", None),
    ],
)
def test_date_parts(text: str, parts: list[int] | None) -> None:
    assert date_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("24.11.2026", "write `2026-11-24`"),
        ("24/11/2026", "write `2026-11-24`"),
        ("11/24/2026", "write `2026-11-24`"),
        ("3/4/2026", ""),
        ("2026-1-5", "write `2026-01-05`"),
        ("2026/11/24", "write `2026-11-24`"),
        ("24 November 2026", "write `2026-11-24`"),
        ("November 24, 2026", "write `2026-11-24`"),
        ("Nov 2026", "write `2026-11`"),
        ("31.2.2026", ""),
        ("soon", ""),
    ],
)
def test_date_hints(text: str, hint: str) -> None:
    assert date_hint(text) == hint
