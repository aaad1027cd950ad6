import json

import pytest
from reports import WORKS, codes, is_told, project, resolved, written

from reglet.model.document import Document, Kind, Node

DATA = {
    "attacks": """\
- id: a-2009
  camp: Ashraf
  date: 2009-07-28
  year: 2009
  killed: 1300
  wounded: 318
  says: "*Boumedra* [@boumedra, 3]"
- id: a-2011
  camp: Ashraf
  date: 2011-04
  year: 2011
  killed: 36
  says: Camp's {{ data.attacks[0].camp }}^[A note of the data.]
- id: l-2013
  camp: Liberty
  date: Spring 2013
  killed: 8
  wounded: 71
  says: [one, two]
""",
    "words": (
        "mek: {term: MEK, text: Mojahedin-e *Khalq*}\nun: {term: UN, text: United Nations}\n"
    ),
    "facts": "one: 1\ntwo: 2\n",
}


def found(yaml: str, name: str = "table", lang: str = "en-GB") -> tuple[Document, list[Node]]:
    """Return a document with one directive, and its nodes."""
    on = project(data=DATA, works={"boumedra": WORKS["boumedra"]}, lang=lang)
    outcome = resolved(f"```{name}\n{yaml}\n```\n", on=on)
    assert [code for code, _ in codes(outcome) if code != "unused-source"] == []
    nodes = [node for block in outcome.value.sections[0].blocks for node in block.walk()]
    return outcome.value, nodes


TABLE = """\
id: tbl-attacks
caption: Attacks, *all*^[In the caption.]
data: attacks
columns:
  - {key: date, title: "Date {{ 1 }}", format: date}
  - {key: killed, title: Killed}
  - {key: wounded}
  - {key: says, title: "**Who**", align: center}
total: [killed, wounded]"""


def test_table() -> None:
    document, nodes = found(TABLE)
    assert written(document.sections[0].blocks).splitlines() == [
        "Attacks, *all*[1]",
        "Date 1 | Killed | wounded | Who",
        "28 Jul 2009 | 1,300 | 318 | *Boumedra*[2]",
        "Apr 2011 | 36 | – | Camp’s Ashraf[3]",
        "Spring 2013 | 8 | 71 | one, two",
        "Total | 1,344 | 389 | ",
    ]
    table = nodes[0]
    assert (table.kind, table.id, table.attrs["label"]) == (
        Kind.TABLE,
        "tbl-attacks",
        "Table\u00a01",
    )
    cells = [node for node in nodes if node.kind is Kind.CELL]
    assert [cell.attrs["header"] for cell in cells[:8]] == ["col"] * 4 + ["row", "", "", ""]
    assert [cell.attrs["align"] for cell in cells[4:8]] == ["", "right", "right", "center"]
    assert [node.classes for node in nodes if node.kind is Kind.ROW][-1] == ("total",)
    notes = [written(note.blocks) for note in document.notes.values()]
    assert notes[0] == "In the caption."
    assert notes[2] == "A note of the data."
    assert document.notes["note-3"].span.path == "data/attacks.yaml"


def test_table_in_persian_and_with_years() -> None:
    columns = "columns: [{key: year, format: text}, {key: killed}]"
    document, nodes = found(f"data: attacks\nwhere: {{camp: Ashraf}}\n{columns}", lang="fa")
    assert written(document.sections[0].blocks).splitlines()[1:] == ["2009 | ۱٬۳۰۰", "2011 | ۳۶"]
    assert [node for node in nodes if node.kind is Kind.CELL][-1].attrs["align"] == "left"


def test_chronology_and_glossary() -> None:
    document, nodes = found("data: attacks\ndate: date\ntext: camp", "chronology")
    assert nodes[0].classes == ("chronology",)
    assert written(document.sections[0].blocks).splitlines() == [
        "28 July 2009", "Ashraf", "April 2011", "Ashraf", "Spring 2013", "Liberty",
    ]  # fmt: skip
    document, nodes = found("data: words\nterm: term\ntext: text", "glossary")
    assert (nodes[0].kind, nodes[0].classes) == (Kind.DEFINITIONS, ("glossary",))
    assert written(document.sections[0].blocks).splitlines()[:2] == ["MEK", "Mojahedin-e *Khalq*"]


def test_key_figures() -> None:
    yaml = (
        "items:\n"
        "  - value: '{{ data.attacks | sum(\"killed\") | number }}'\n"
        "    label: people killed^[By the lists.]\n"
        "  - {value: 3, label: attacks}"
    )
    document, nodes = found(yaml, "key-figures")
    assert (nodes[0].kind, nodes[0].classes) == (Kind.LIST, ("key-figures",))
    text = written(document.sections[0].blocks).splitlines()
    assert text == ["1,344 people killed[1]", "3 attacks"]


CHART = "type: bar\nid: fig-k\ncaption: Killed\ndata: attacks\nlabel: camp\n"


def drawing(nodes: list[Node]) -> Node:
    return next(node for node in nodes if node.kind is Kind.DRAWING)


def test_chart() -> None:
    document, nodes = found(f"{CHART}value: killed\nsource: The *lists* [@boumedra]", "chart")
    figure = nodes[0]
    assert (figure.kind, figure.id, figure.attrs["credit"]) == (
        Kind.FIGURE,
        "fig-k",
        "Source: The lists",
    )
    numbers = "camp | killed\nAshraf | 1,300\nAshraf | 36\nLiberty | 8\n"
    assert written(document.sections[0].blocks) == f"{numbers}Killed[1]"
    shown = drawing(nodes)
    assert shown.attrs["alt"] == "Bar chart. Ashraf: 1,300; Ashraf: 36; Liberty: 8."
    assert shown.attrs["template"] == "bar"
    bars = json.loads(shown.text)["bars"]
    assert [bar["text"] for bar in bars] == ["1,300", "36", "8"]
    assert bars[1]["width"] == pytest.approx(bars[0]["width"] * 36 / 1300, abs=0.1)
    assert [entry.label for entry in document.figures] == ["Figure\u00a01"]


def test_chart_of_two_series_says_what_is_missing() -> None:
    _, nodes = found(f"{CHART}values: [killed, wounded]\nwhere: {{camp: Ashraf}}", "chart")
    shown = drawing(nodes)
    assert shown.attrs["alt"] == "Bar chart. Ashraf: killed 1,300, wounded 318; Ashraf: killed 36."
    geometry = json.loads(shown.text)
    assert [bar["series"] for bar in geometry["bars"]] == [0, 1, 0]
    assert [item["text"] for item in geometry["legend"]] == ["killed", "wounded"]


def test_charts_own_description() -> None:
    _, nodes = found(f"{CHART}value: killed\nalt: 'Bars: {{{{ 1 + 1 }}}} *high*.'", "chart")
    assert drawing(nodes).attrs["alt"] == "Bars: 2 high."


ATTACKS = "data: attacks\n"
CAMP = f"{ATTACKS}columns: [{{key: camp}}]\n"


@pytest.mark.parametrize(
    ("name", "yaml", "code", "place", "part"),
    [
        ("table", "data: atacks\ncolumns: [a]", "unknown-data", "2:7", "`attacks`"),
        ("table", "data: facts\ncolumns: [a]", "unknown-data", "2:7", "rows"),
        ("table", f"{ATTACKS}columns: [{{key: kiled}}]", "unknown-data", "3:17", "`killed`"),
        ("table", f"{ATTACKS}colums: []", "unknown-key", "3:1", "`columns`"),
        ("table", f"{ATTACKS}", "missing-key", "2:1", "columns"),
        ("table", f"{ATTACKS}columns: [{{kye: camp}}]", "unknown-key", "3:12", "`key`"),
        ("table", CAMP.replace("}", ", align: centre}"), "bad-value", "3:30", "`center`"),
        ("table", CAMP.replace("}", ", format: dat}"), "bad-value", "3:31", "`date`"),
        ("table", f"{CAMP}where: {{kamp: A}}", "unknown-data", "4:9", "`camp`"),
        ("table", f"{CAMP}total: [killed]", "unknown-data", "4:9", "camp"),
        ("table", f"{CAMP}caption: [a]", "wrong-type", "4:10", "text"),
        ("table", f"{ATTACKS}columns: {{key: camp}}", "wrong-type", "3:10", "a list"),
        ("table", f"{ATTACKS}caption: 'a[^x]'\ncolumns: [camp]", "unknown-note", "3:12", ""),
        ("table", "- a", "bad-directive", "2:1", "data"),
        ("table", "", "bad-directive", "1:1", "data"),
        ("table", "data: [", "yaml-syntax", "3", ""),
        ("chronology", f"{ATTACKS}date: dat\ntext: camp", "unknown-data", "3:7", "`date`"),
        ("glossary", "data: words\nterm: term", "missing-key", "2:1", "text"),
        ("key-figures", "items: [{value: 1}]", "missing-key", "2:9", "label"),
        ("key-figures", "items: [a]", "wrong-type", "2:9", "value, label"),
        ("key-figures", "items: [{value: '{{ d }}', label: b}]", "unknown-data", "2:18", ""),
        ("chart", f"type: pie\n{ATTACKS}label: camp\nvalue: killed", "bad-value", "2:7", "bar"),
        ("chart", f"{ATTACKS}label: camp", "missing-key", "2:1", "value"),
        ("chart", f"{ATTACKS}label: camp\nvalue: date", "bad-value", "data/attacks.yaml:3:9", ""),
    ],
)
def test_mistakes(name: str, yaml: str, code: str, place: str, part: str) -> None:
    outcome = resolved(f"```{name}\n{yaml}\n```\n", on=project(data=DATA))
    first = next(item for item in outcome.diagnostics if item.code != "unknown-source")
    assert is_told(first, code, place, part), first


def test_labelled_notes_of_the_section_serve_directives() -> None:
    text = (
        "```table\ndata: words\ncaption: 'Words[^w]'\ncolumns: [term]\n```\n\n[^w]: Their *note*.\n"
    )
    outcome = resolved(text, on=project(data=DATA))
    assert codes(outcome) == []
    assert written(outcome.value.notes["note-1"].blocks) == "Their *note*."
