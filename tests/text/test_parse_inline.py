"""Inline Markdown in values of YAML files: its nodes, and their places in the file."""

from section_tree import lines_of

from reglet.model.document import Kind, Node
from reglet.model.span import Span
from reglet.text.section import parse_inline

PLAIN = "killed *by* [@kim, p. 3]"


def parsed(text: str, span: Span) -> list[str]:
    return [line for node in parse_inline(text, span, "en").value for line in lines_of(node, 0)]


def test_plain_scalar() -> None:
    assert parsed(PLAIN, Span("data/a.yaml", 7, 12, len(PLAIN))) == [
        "text 7:12+7 'killed '",
        "emphasis 7:19+4",
        "  text 7:20+2 'by'",
        "text 7:23+1 ' '",
        "citation 7:24+12",
        "  cite 7:25+4 kim label='page' term='p.' locator='3'",
    ]


def test_quoted_scalar_begins_after_its_quote() -> None:
    [first, *_] = parse_inline(PLAIN, Span("data/a.yaml", 7, 12, len(PLAIN) + 2), "en").value
    assert first.span == Span("data/a.yaml", 7, 13, len("killed "))


def test_folded_scalar_is_marked_as_a_whole() -> None:
    whole = Span("data/a.yaml", 7, 12, 1)
    nodes = parse_inline("one *two*\n\nthree [x](javascript:y)", whole, "en")
    assert {node.span for part in nodes.value for node in part.walk()} == {whole}
    assert [part.kind for part in nodes.value].count(Kind.SOFT_BREAK) == 1
    assert [item.span for item in nodes.diagnostics] == [whole]


def test_inline_notes_stay_with_their_calls() -> None:
    text = "a^[one *x*] b^[two] c[^label]"
    calls = [
        node
        for node in parse_inline(text, Span("x.yaml", 1, 1, len(text)), "en").value
        if node.kind is Kind.CALL
    ]
    assert [call.children[0].kind for call in calls if call.children] == [Kind.PARAGRAPH] * 2
    assert len({call.attrs["label"] for call in calls}) == 3
    assert calls[2].attrs["label"] == "label"


def test_language_of_the_value() -> None:
    [node] = parse_inline('"so" ; -- 3', Span("x.yaml", 1, 1), "fr").value
    assert node.text == "«\u202fso\u202f»\u202f; – 3"


def test_blocks_are_no_blocks_here() -> None:
    [node] = parse_inline("# 1. - text", Span("x.yaml", 1, 1), "en").value
    assert node == Node(Kind.TEXT, Span("x.yaml", 1, 1), text="# 1. - text")


def test_nothing_comes_of_nothing() -> None:
    assert parse_inline("  ", Span("x.yaml", 1, 1), "en").value == ()
