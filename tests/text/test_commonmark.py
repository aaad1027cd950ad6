"""CommonMark's suite of examples against reglet's Markdown, which has more in it.

`DEPARTURES` lists every example that comes out otherwise, by the reason why it does.
"""

import json
import sys
from pathlib import Path

from commonmark_html import blocks, normal

from reglet.model.project import SourceFile
from reglet.text.section import parse

SPEC = Path(sys.prefix) / "share" / "commonmark.json"  # of CommonMark 0.31.2, by tools/setup.sh

HTML = {
    *(21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643),
    *(*range(148, 159), 160, 163, 165, 167, *range(169, 185), 187, 190, 191),
    *(613, 614, 615, 616, 617, 623, *range(625, 632)),
}
DEPARTURES: dict[str, set[int]] = {
    "raw HTML is cleaned, comments are left out": HTML,
    "a backslash and a space make a space that does not break": {13},
    "runs of white space collapse, written as entities too": {39, 40, 304, 652},
    "`--` and `---` are dashes": {46, 55, 87, 106},
    "`---` in the first line opens front matter": {96, 98},
    "a link that leads nowhere is a mistake": {200, 485, 486, 487, 567},
    "links lead to http:, https:, mailto: and tel: alone": {596, 598, 599, 601},
}


def examples() -> list[tuple[str, str]]:
    assert SPEC.exists(), "run `make setup`, which fetches CommonMark's suite"
    found = json.loads(SPEC.read_text(encoding="utf-8"))
    return [(example["markdown"], example["html"]) for example in found]


def agrees(markdown: str, html: str) -> bool:
    section = parse(SourceFile("example.md", markdown), "en").value
    return normal(blocks(section.blocks)) == normal(html)


def test_all_examples_are_there() -> None:
    assert len(examples()) == 652


def test_examples_come_out_as_commonmark_says() -> None:
    known = set().union(*DEPARTURES.values())
    failing = {number for number, example in enumerate(examples(), start=1) if not agrees(*example)}
    assert sorted(failing - known) == [], "examples that came out otherwise"
    assert sorted(known - failing) == [], "departures that are none any more"
