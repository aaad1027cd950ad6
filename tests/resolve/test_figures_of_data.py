"""The directives that draw data: what they make of rows, in words and as a table, and mistakes."""

import json
from typing import Any

import pytest
from reports import codes, is_told, project, resolved, written

from reglet.model.document import Document, Kind, Node

ROWS = "".join(f"- {{n: {n}, y: {n}}}\n" for n in range(61))
KINDS = "".join(f"- {{place: p{n}, kind: k{n}, lat: {n}, lon: {n}}}\n" for n in range(5))
DATA = {
    "wells": """\
- {camp: Ashraf, year: 2011, on: 2011-04-08, deep: 36, dry: 4, a: 1, b: 1, c: 1, d: 1}
- {camp: Ashraf, year: 2009, on: 2009-07, deep: 13, dry: 2, a: 1, b: 1, c: 1, d: 1}
- {camp: Liberty, year: 2009, on: 2013, deep: -8, a: 1, b: 1, c: 1, d: 1}
""",
    "good": """\
- {camp: Ashraf, year: 2011, on: 2011-04-08, deep: 1300, dry: 4}
- {camp: Ashraf, year: 2009, on: 2009-07, deep: 13, dry: 2}
- {camp: Liberty, year: 2009, on: 2013, deep: 8}
""",
    "twice": "- {p: a, n: x, v: 1}\n- {p: a, n: x, v: 2}\n",
    "endless": "- {n: x, v: .inf}\n",
    "empty": "- {n: x, v: null}\n",
    "many": ROWS,
    "places": """\
- {place: Camp Ashraf, lat: 33.862, lon: 44.526, kind: camp}
- {place: Baghdad, lat: 33.315, lon: 44.366, kind: city}
""",
    "kinds": KINDS,
    "far": "- {place: Far, lat: 97, lon: 44}\n- {place: B, lat: 3, lon: east}\n",
    "bare": "- {place: A, lat: 3}\n",
}
GOOD, WELLS = "data: good\n", "data: wells\n"


def found(name: str, yaml: str, lang: str = "en-GB") -> tuple[Document, Node, Any]:
    """Return a document with one directive, its drawing and the geometry of that."""
    outcome = resolved(f"```{name}\n{yaml}\n```\n", on=project(data=DATA, lang=lang))
    assert codes(outcome) == []
    nodes = [node for block in outcome.value.sections[0].blocks for node in block.walk()]
    drawing = next(node for node in nodes if node.kind is Kind.DRAWING)
    return outcome.value, drawing, json.loads(drawing.text)


def table(document: Document) -> list[str]:
    return written(document.sections[0].blocks).splitlines()


def test_stacked() -> None:
    document, drawing, geometry = found(
        "chart", f"type: stacked\n{GOOD}label: year\nvalues: [deep, dry]\nwhere: {{camp: Ashraf}}"
    )
    assert drawing.attrs["template"] == "stacked"
    assert (
        drawing.attrs["alt"] == "Stacked bar chart. 2011: deep 1,300, dry 4; 2009: deep 13, dry 2."
    )
    assert [bar["text"] for bar in geometry["bars"] if bar["text"]] == ["1,304", "15"]
    assert table(document) == ["year | deep | dry", "2011 | 1,300 | 4", "2009 | 13 | 2"]


def test_lines_are_in_the_order_of_their_dates() -> None:
    document, drawing, geometry = found(
        "chart", f"type: line\n{GOOD}label: on\nvalues: [deep, dry]\ncaption: Depth"
    )
    assert drawing.attrs["alt"] == (
        "Line chart. Jul 2009: deep 13, dry 2; 8 Apr 2011: deep 1,300, dry 4; 2013: deep 8."
    )
    assert drawing.attrs["short"] == "Line chart. Depth."
    assert [line["series"] for line in geometry["lines"]] == [0, 1]
    xs = [x for x, _ in geometry["lines"][0]["points"]]
    assert xs == sorted(xs)
    assert table(document)[1] == "Jul 2009 | 13 | 2"


def test_lines_of_names_stand_side_by_side() -> None:
    _, _, geometry = found("chart", "type: line\ndata: good\nlabel: camp\nvalue: deep")
    assert [word["text"] for word in geometry["words"]][-3:-1] == ["Ashraf", "Liberty"]


def test_timeline() -> None:
    document, drawing, geometry = found("chart", f"type: timeline\n{GOOD}date: on\nlabel: camp")
    assert drawing.attrs["alt"] == "Timeline. Jul 2009: Ashraf; 8 Apr 2011: Ashraf; 2013: Liberty."
    assert len(geometry["marks"]) == 3
    assert table(document)[:2] == ["on | camp", "Jul 2009 | Ashraf"]


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_panels(kind: str) -> None:
    document, drawing, geometry = found(
        "chart", f"type: {kind}\n{GOOD}panels: camp\nlabel: year\nvalue: dry"
    )
    assert drawing.attrs["template"] == kind
    assert "Ashraf, 2009: 2" in drawing.attrs["alt"]
    assert "camp | year | dry" in table(document)
    shown = geometry["titles"] if kind == "bar" else geometry["words"]
    assert {"Ashraf", "Liberty"} <= {word["text"] for word in shown}
    if kind == "bar":  # in the order of the dates
        assert [label["lines"][0]["text"] for label in geometry["labels"]] == ["2009", "2011"]


def test_map() -> None:
    document, drawing, geometry = found("map", "data: places\nwindow: [43, 32, 46, 35]")
    assert drawing.attrs["template"] == "map"
    assert drawing.attrs["alt"] == "Map. Camp Ashraf, Baghdad. Countries shown: Iraq, Iran."
    assert table(document) == [
        "Place | Kind | Latitude | Longitude",
        "Camp Ashraf | camp | 33.862 | 44.526",
        "Baghdad | city | 33.315 | 44.366",
    ]
    assert [item["text"] for item in geometry["legend"]] == ["camp", "city"]


@pytest.mark.parametrize(
    ("lang", "country", "scale"),
    [("de", "Irak", "100\u00a0km"), ("fa", "عراق", "۱۰۰\u00a0کیلومتر")],
)
def test_a_map_speaks_the_language_of_the_report(lang: str, country: str, scale: str) -> None:
    _, _, geometry = found("map", "data: places", lang)
    words = [word["text"] for word in geometry["words"]]
    assert {country, scale} <= set(words)
    assert geometry["rtl"] is (lang == "fa")


MAP = "data: places\n"
LINE = f"type: line\n{GOOD}label: year\n"


@pytest.mark.parametrize(
    ("name", "yaml", "code", "place", "part"),
    [
        ("chart", f"type: lime\n{GOOD}label: year\nvalue: dry", "bad-value", "2:7", "`line`"),
        ("chart", f"type: pie\n{GOOD}label: year\nvalue: dry", "bad-value", "2:7", "timeline"),
        ("chart", f"{WELLS}label: camp\nvalue: deep", "bad-value", "data/wells.yaml:3:", "bar"),
        ("chart", f"{LINE}value: camp", "bad-value", "data/good.yaml:2:", "line"),
        ("chart", f"{LINE}value: deap", "unknown-data", "5:8", "`deep`"),
        ("chart", f"{LINE}values: [deep, dri]", "unknown-data", "5:16", "`dry`"),
        ("chart", f"type: line\n{GOOD}label: yaer\nvalue: dry", "unknown-data", "4:8", "`year`"),
        ("chart", f"{LINE}value: dry\ndate: on", "bad-value", "6:7", "`type`"),
        ("chart", f"{LINE}value: dry\npanels: kamp", "unknown-data", "6:9", "`camp`"),
        ("chart", LINE.replace("line", "stacked") + "panels: camp", "bad-value", "5:9", "`type`"),
        ("chart", f"type: timeline\n{GOOD}label: camp", "missing-key", "2:1", "date"),
        ("chart", f"type: timeline\n{GOOD}label: year\ndate: om", "unknown-data", "5:7", "on"),
        (
            "chart",
            f"type: timeline\n{GOOD}label: year\ndate: camp",
            "bad-value",
            "data/good.yaml:1:10",
            "YYYY",
        ),
        (
            "chart",
            f"type: timeline\n{GOOD}label: camp\ndate: on\nvalue: dry",
            "bad-value",
            "6:8",
            "`type`",
        ),
        (
            "chart",
            f"{WELLS}type: line\nlabel: on\nvalues: [deep, dry, a, b, c]",
            "bad-value",
            "5:9",
            "at most 4",
        ),
        (
            "chart",
            f"{WELLS}label: on\nvalues: [dry, a, b, c, d, year]",
            "bad-value",
            "4:9",
            "at most 5",
        ),
        ("chart", "data: many\nlabel: n\nvalue: y", "bad-value", "2:7", "at most 60"),
        ("chart", "data: many\nlabel: n\nvalue: y\nwhere: {n: 99}", "bad-value", "2:7", "`where`"),
        ("chart", "data: empty\nlabel: n\nvalue: v", "bad-value", "2:7", "values"),
        (
            "chart",
            "data: many\ntype: line\npanels: n\nlabel: n\nvalue: y",
            "bad-value",
            "4:9",
            "at most 12",
        ),
        (
            "chart",
            "data: twice\npanels: p\nlabel: n\nvalue: v",
            "bad-value",
            "data/twice.yaml:2:",
            "once",
        ),
        ("chart", "data: endless\nlabel: n\nvalue: v", "bad-value", "data/endless.yaml:1:", "bar"),
        ("map", "", "bad-directive", "1:1", "data"),
        ("map", "data: plaices", "unknown-data", "2:7", "`places`"),
        ("map", "data: good", "missing-key", "2:1", "label"),
        ("map", "data: bare", "missing-key", "2:1", "lon"),
        ("map", f"{MAP}lat: latt", "unknown-data", "3:6", "`lat`"),
        ("map", f"{MAP}wimdow: [1, 2, 3, 4]", "unknown-key", "3:1", "`window`"),
        ("map", f"{MAP}window: [46, 32, 43, 35]", "bad-value", "3:9", "west"),
        ("map", f"{MAP}window: [46, 32, 50]", "bad-value", "3:9", "west"),
        ("map", f"{MAP}window: Iraq", "bad-value", "3:9", "west"),
        ("map", f"{MAP}window: [43, 33.4, 46, 35]", "bad-value", "data/places.yaml:2:25", "window"),
        ("map", "data: far", "bad-value", "data/far.yaml:1:21", "-85 to 85"),
        ("map", "data: kinds", "bad-value", "2:7", "at most 4"),
        ("map", f"{MAP}where: {{kind: none}}", "bad-value", "2:7", "`where`"),
    ],
)
def test_mistakes(name: str, yaml: str, code: str, place: str, part: str) -> None:
    outcome = resolved(f"```{name}\n{yaml}\n```\n", on=project(data=DATA))
    assert outcome.diagnostics
    assert is_told(outcome.diagnostics[0], code, place, part), outcome.diagnostics[0]


@pytest.mark.parametrize(
    "yaml",
    [
        f"{LINE}value: deap",
        f"{GOOD}label: yaer\nvalue: dry",
        f"{LINE}value: dry\npanels: kamp",
        f"type: timeline\n{GOOD}label: year\ndate: om",
    ],
)
def test_a_column_that_there_is_not_is_told_but_once(yaml: str) -> None:
    outcome = resolved(f"```chart\n{yaml}\n```\n", on=project(data=DATA))
    assert [code for code, _ in codes(outcome)] == ["unknown-data"]


def test_values_that_are_no_numbers_are_told_and_no_more_than_they() -> None:
    data = {"bad": "- {n: a, v: many}\n- {n: b, v: few}\n- {n: c}\n"}
    outcome = resolved("```chart\ndata: bad\nlabel: n\nvalue: v\n```\n", on=project(data=data))
    assert [item.message for item in outcome.diagnostics] == [
        "`many` is no number from 0 on, for a bar",
        "`few` is no number from 0 on, for a bar",
    ]


def test_every_row_that_is_no_place_is_told() -> None:
    outcome = resolved("```map\ndata: far\n```\n", on=project(data=DATA))
    assert [item.message for item in outcome.diagnostics] == [
        "`97` is no number of degrees from -85 to 85",
        "`east` is no number of degrees from -180 to 180",
    ]
