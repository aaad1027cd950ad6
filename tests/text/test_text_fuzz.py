"""Documents put together at random: parsing never raises, and every span lies in the text."""

import pytest
from fragments import PIECES, check, documents, nodes_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reglet.model.document import Kind
from reglet.model.project import SourceFile
from reglet.model.span import Span
from reglet.text.section import parse, parse_inline

QUICK = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FULL = settings(QUICK, max_examples=8000)
PLAIN = [
    piece
    for piece in PIECES
    if not set("&\\<|\r") & set(piece) and not {"(@a) ", "- [x] "} & {piece}
]
LITERAL = st.lists(st.sampled_from(PLAIN), max_size=40).map("".join)


def look(text: str) -> None:
    check(parse(SourceFile("a.md", text), "en"), text)
    for lang in ("fr", "und"):
        parse_inline(text, Span("data/x.yaml", 3, 4, len(text)), lang)


@QUICK
@given(documents)
@example("> \u00a0\nb\n===")
@example("- [x] ![a]")
def test_parse_never_raises(text: str) -> None:
    look(text)


@QUICK
@given(st.text(max_size=60))
def test_parse_never_raises_on_any_text(text: str) -> None:
    look(text)


@pytest.mark.full
@FULL
@given(documents)
def test_parse_never_raises_at_length(text: str) -> None:
    look(text)


@QUICK
@given(LITERAL)
def test_spans_of_text_hold_the_text(text: str) -> None:
    lines = text.split("\n")
    for node in nodes_of(parse(SourceFile("a.md", text), "en").value):
        if node.kind is Kind.TEXT:
            marked = lines[node.span.line - 1][node.span.column - 1 :][: node.span.length]
            assert _words(node.text).startswith(_words(marked))


def _words(text: str) -> str:
    return "".join(filter(str.isalnum, text))
