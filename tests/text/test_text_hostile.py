"""Texts made to be slow: each is parsed in bounded time, with a tree that is not too deep."""

from time import process_time

import pytest
from fragments import nodes_of

from reglet.model.document import Node
from reglet.model.limits import LIMITS
from reglet.model.project import SourceFile
from reglet.text.limits import NESTING
from reglet.text.section import parse

HOSTILE = {
    "brackets": "[" * 6000,
    "brackets closed": "[" * 3000 + "]" * 3000,
    "pictures": "![" * 4000,
    "notes": "^[" * 3000 + "]" * 3000,
    "citations": "[@a " * 4000,
    "citations in text": "@a [" * 3000,
    "emphasis": "*a _b " * 4000,
    "emphasis closed": "**a *b " * 1500 + "* c** " * 1500,
    "quotation marks": "\"a 'b " * 6000,
    "expressions": "{{" * 8000,
    "expressions in quotes": '{{"' * 3000 + "}}",
    "attributes": "`a`{.b " * 4000,
    "spans": "[a]{b='" * 4000,
    "scripts": "^a~b" * 6000,
    "divisions": "::: a\n" * 3000,
    "divisions closed": "::: a\nx\n:::\n" * 3000,
    "tags": "<b>" * 4000,
    "tags closed": "x <i>" * 3000 + "</i>" * 3000,
    "tags in a block": "<div>" * 4000 + "x\n",
    "tags open": "<div " * 8000,
    "tags with quotes": '<div "' * 8000,
    "comments": "<!--" * 6000,
    "lists": "".join(" " * depth + "- a\n" for depth in range(300)),
    "lists in a line": "a) " * 3000,
    "quotes": ">" * 5000 + "a",
    "wide table": "|a" * 500 + "\n" + "|-" * 500 + "\n" + "|a\n" * 1000,
    "rows": "|a|b|\n|-|-|\n" + "|`|{{|\n" * 3000,
    "ticks": "`a``b" * 4000,
    "definitions": "a\n: b\n" * 1500,
    "captions": ": a\n" * 1500,
    "line block": "| a\n" * 4000,
    "headings": "# a\n" * 3000,
    "note definitions": "".join(f"[^{n}]: x [^{n + 1}]\n\n" for n in range(1500)),
    "grid": "+---" * 400 + "+\n" + "|   " * 400 + "|\n" + "+---" * 400 + "+\n",
    "dashes": "--- " * 3000 + "\n" + "a " * 3000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_bounded(text: str) -> None:
    start = process_time()
    section = parse(SourceFile("hostile.md", text), "en").value
    assert process_time() - start < 5  # seconds: each takes less than one where nothing else runs
    assert max((depth_of(node) for node in section.blocks), default=0) <= 3 * NESTING
    assert list(nodes_of(section)) or not section.blocks


def depth_of(node: Node) -> int:
    return 1 + max(map(depth_of, node.children), default=0)


@pytest.mark.parametrize(
    "text",
    [
        "> " * 45 + "quote",
        "*a _b " * 45 + "x" + "_ c*" * 45,
        "x <i>" * 45 + "</i>" * 45,
        "[" * 50 + "x" + "]" * 50,
        "^[" * 50 + "x" + "]" * 50,
        "::: a\n" * 45 + ":::\n" * 45,
        "<div>\n\n" * 45 + "</div>\n\n" * 45,
    ],
)
def test_too_deep(text: str) -> None:
    codes = [item.code for item in parse(SourceFile("deep.md", text), "en").diagnostics]
    assert codes.count("too-deep") == 1


def test_as_deep_as_allowed() -> None:
    text = "> " * 18 + "*a **b [c](u)***"
    assert parse(SourceFile("deep.md", text), "en").diagnostics == ()


def test_too_long() -> None:
    outcome = parse(SourceFile("long.md", "a" * (LIMITS["section-length"].usual + 1)), "en")
    assert [item.code for item in outcome.diagnostics] == ["too-long"]
    assert outcome.value.blocks == ()
