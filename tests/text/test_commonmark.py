"""CommonMark's suite of examples against reglet's Markdown, which has more in it.

`DEPARTURES` lists every example that comes out otherwise, by the reason why it does.
"""

import re
from pathlib import Path

import pytest
from commonmark_html import blocks, normal

from reglet.model.project import SourceFile
from reglet.text.section import parse

SPEC = Path(__file__).parent.parent / "cases" / "text" / "commonmark-0.31.2.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)

DEPARTURES: dict[str, set[int]] = {}


def examples() -> list[tuple[str, str]]:
    found = EXAMPLE.findall(SPEC.read_text(encoding="utf-8"))
    return [(markdown.replace("→", "\t"), html.replace("→", "\t")) for markdown, html in found]


def agrees(markdown: str, html: str) -> bool:
    section = parse(SourceFile("example.md", markdown), "en").value
    return normal(blocks(section.blocks)) == normal(html)


def test_all_examples_are_there() -> None:
    assert len(examples()) == 652


def test_examples_come_out_as_commonmark_says() -> None:
    known = set().union(*DEPARTURES.values())
    failing = {
        number for number, example in enumerate(examples(), start=1) if not agrees(*example)
    }
    assert sorted(failing - known) == [], "examples that came out otherwise"
    assert sorted(known - failing) == [], "departures that are none any more"
