"""YAML with spans: exact places, refused surprises, several mistakes at once, nothing raised."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglet.model.diagnostic import Diagnostic
from reglet.model.span import Span
from reglet.yamlfaults import MAX_DEPTH
from reglet.yamltree import read_yaml


def places(text: str) -> dict[object, tuple[int, int, int]]:
    spans = read_yaml(text, "f.yaml").value.spans
    return {path: (span.line, span.column, span.length) for path, span in spans.items()}


def brief(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    return [(item.code, item.span.line, item.span.column) for item in diagnostics]


def test_every_value_has_its_span() -> None:
    text = (
        "title: Größe 😀 x\nlist:\n  - one\n  - {a: 1, b: [x, yz]}\n"
        "long: >-\n  two\n  lines\nnone:\n"
    )
    assert places(text) == {
        (): (1, 1, 16),
        ("title",): (1, 8, 9),
        ("list",): (3, 3, 5),
        ("list", 0): (3, 5, 3),
        ("list", 1): (4, 5, 18),
        ("list", 1, "a"): (4, 9, 1),
        ("list", 1, "b"): (4, 15, 7),
        ("list", 1, "b", 0): (4, 16, 1),
        ("list", 1, "b", 1): (4, 19, 2),
        ("long",): (5, 7, 2),
        ("none",): (8, 6, 1),
    }


def test_keys_have_spans_of_their_own() -> None:
    keys = read_yaml("a: 1\nlonger key:\n  inner: 2\n", "f.yaml").value.keys
    assert keys["longer key",] == Span("f.yaml", 2, 1, 10)
    assert keys["longer key", "inner"] == Span("f.yaml", 3, 3, 5)


def test_offsets_place_yaml_inside_another_file() -> None:
    tree = read_yaml("id: tbl-x\ndata: [a\n", "s.md", line=12, column=5)
    assert brief(tree.diagnostics) == [("yaml-syntax", 13, 11)]
    assert read_yaml("id: tbl-x\n", "s.md", 12, 5).value.at(("id",)) == Span("s.md", 12, 9, 5)
    assert read_yaml("", "s.md", 12, 5).value.at(()) == Span("s.md", 12, 5)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-02-30", "2024-02-30"),
        ("12:30:45", "12:30:45"),
        ("no", "no"),
        ("on", "on"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1.", "1."),
        (".inf", ".inf"),
        ("1_000", "1_000"),
        ("1e999", "1e999"),
        ("99999999999999999999", "99999999999999999999"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("-5", -5),
        ("+5", 5),
        ("0", 0),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.5E-2", 0.015),
        ('"5"', "5"),
        ("'true'", "true"),
        ("''", ""),
        ("|\n  true", "true\n"),
        ("²", "²"),
    ],
)
def test_scalars(written: str, value: object) -> None:
    tree = read_yaml(f"a: {written}\n", "f.yaml")
    assert tree.value.value == {"a": value}
    assert type(tree.value.value["a"]) is type(value)
    assert tree.diagnostics == ()


def test_keys_are_text() -> None:
    assert read_yaml("2013: a\ntrue: b\n~: c\n", "f").value.value == {
        "2013": "a",
        "true": "b",
        "~": "c",
    }


def test_line_ends_and_marks_do_not_move_places() -> None:
    text = "\ufeffa: 1\r\nb: x\u2028y\rc: 3\n"
    tree = read_yaml(text, "f").value
    assert tree.value == {"a": 1, "b": "x\u2028y", "c": 3}
    assert tree.at(("a",)) == Span("f", 1, 4, 1)
    assert tree.at(("c",)) == Span("f", 3, 4, 1)


def test_duplicate_key_keeps_the_first_and_its_spans() -> None:
    outcome = read_yaml("a: 1\nb: 2\na: {c: 3}\n", "f")
    assert outcome.value.value == {"a": 1, "b": 2}
    assert brief(outcome.diagnostics) == [("duplicate-key", 3, 1)]
    assert set(outcome.value.spans) == {(), ("a",), ("b",)}


def test_tags_are_refused_and_the_rest_is_read() -> None:
    outcome = read_yaml("a: !!python/object:os.system x\nb: !set {c}\nd: 1\n", "f")
    assert brief(outcome.diagnostics) == [("yaml-tag", 1, 4), ("yaml-tag", 2, 4)]
    assert "`!!python/object:os.system`" in outcome.diagnostics[0].message
    assert outcome.value.value == {"a": "x", "b": {"c": None}, "d": 1}


def test_aliases_are_written_out() -> None:
    tree = read_yaml("a: &x [1, {b: 2}]\nc: *x\nd: [*x]\n", "f").value
    assert tree.value == {"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": [[1, {"b": 2}]]}
    assert tree.at(("c",)) == Span("f", 2, 4, 2)
    assert tree.at(("c", 1, "b")) == Span("f", 1, 15, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: *nobody\n", ("yaml-syntax", 1, 4)),
        ("&a [*a]\n", ("yaml-syntax", 1, 5)),
        ("? [a]\n: b\n", ("yaml-syntax", 1, 3)),
        ("a: 1\n---\nb: 2\n", ("yaml-syntax", 2, 1)),
        ("a: 1\n...\nb: 2\n", ("yaml-syntax", 3, 1)),
        ("a: b: c\n", ("yaml-syntax", 1, 5)),
        ("a: *emphasis* first\n", ("yaml-syntax", 1, 4)),
        ("a: `code`\n", ("yaml-syntax", 1, 4)),
        ("a: 'never closed\nb: 1\n", ("yaml-syntax", 1, 4)),
        ('a: "\\q"\n', ("yaml-syntax", 1, 5)),
        ("a: - b\n", ("yaml-syntax", 1, 4)),
        ("- a\nb: 1\n", ("yaml-syntax", 2, 1)),
        ("a:\n  - x\n - y\n", ("yaml-syntax", 3, 2)),
        ("a:\n\tb: 1\n", ("yaml-syntax", 2, 1)),
        ("a: >x\n  b\n", ("yaml-syntax", 1, 4)),
        ("a: x\x00y\n", ("control-character", 1, 5)),
        ("a: x\x85y\n", ("control-character", 1, 5)),
        ('a: "x\\0y"\n', ("control-character", 1, 4)),
        ("\ud800: 1\n", ("control-character", 1, 1)),
        ("[" * 65 + "]" * 65, ("yaml-limit", 1, MAX_DEPTH + 1)),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, place: tuple[str, int, int]) -> None:
    assert place in brief(read_yaml(text, "f").diagnostics)


def test_several_mistakes_are_told_at_once() -> None:
    text = """\
title: Part one: the camp
rows:
  - {a: 1
  - b: @c
  - c: fine
list: [x, y
quote: 'open
last: good
"""
    outcome = read_yaml(text, "f")
    assert outcome.value.value is None
    assert brief(outcome.diagnostics) == [
        ("yaml-syntax", 1, 16),
        ("yaml-syntax", 3, 5),
        ("yaml-syntax", 4, 8),
        ("yaml-syntax", 6, 7),
        ("yaml-syntax", 7, 8),
    ]


def test_a_list_closed_at_the_left_edge_is_no_second_mistake() -> None:
    text = "keywords: [\n  a,\n  b\n]\ntitle: x: y\n"
    assert brief(read_yaml(text, "f").diagnostics) == [("yaml-syntax", 5, 9)]


def test_alias_bomb_and_deep_nesting_stop_at_limits() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdef", "bcdefg", strict=True)
    )
    started = time.process_time()
    assert brief(read_yaml(bomb, "f").diagnostics) == [("yaml-limit", 6, 16)]
    assert brief(read_yaml("- " * 100_000, "f").diagnostics) == [("yaml-limit", 1, 129)]
    assert brief(read_yaml("{a: " * 100_000, "f").diagnostics) == [("yaml-limit", 1, 257)]
    assert time.process_time() - started < 10


def test_separators_end_no_line_in_a_broken_text() -> None:
    (fault,) = read_yaml("'\u2028a'---\n", "f").diagnostics
    assert str(fault.span) == "f:1:5"


SHARDS = st.sampled_from(
    ["a", "b: ", ": ", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ",", "'", '"', "&x ", "*x", "!",
     "!!str ", "|", ">", "#", "---\n", "...\n", "%", "@", "`", "? ", "\\", "<<: ", "é", "\x00",
     "\u2028", "\ud800", "\ufeff", "1", "~"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(SHARDS, max_size=40).map("".join), st.text(max_size=60)))
def test_nothing_raises_and_places_lie_in_the_text(text: str) -> None:
    outcome = read_yaml(text, "f")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for span in [item.span for item in outcome.diagnostics] + list(outcome.value.spans.values()):
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 2


@pytest.mark.full
@settings(max_examples=20_000, deadline=None)
@given(st.lists(SHARDS, max_size=60).map("".join))
def test_nothing_raises_at_length(text: str) -> None:
    read_yaml(text, "f")
