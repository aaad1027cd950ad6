"""Diagnostics as people and programs read them: every format, and places in difficult lines."""

import io
import json
import re
import unicodedata

import pytest

from reglet.messages import FORMS, View, count, render, wants_colour
from reglet.model.diagnostic import Diagnostic, Severity, diagnose
from reglet.model.span import NOWHERE, Span

LINE = "He denied it [@boumedra-2012b]."
TEXTS = {"sections/04.md": f"First line\n{LINE}\n"}
SOURCE = diagnose(
    "unknown-source",
    Span("sections/04.md", 2, 14, 16),
    "did you mean `boumedra-2012`?",
    key="boumedra-2012b",
)
WARNING = Diagnostic("unused-source", Span("sources.yaml", 3, 1, 2), "never", "", Severity.WARNING)


def view(texts: dict[str, str] | None = None, **options: object) -> View:
    return View(read=(texts or TEXTS).get, show=lambda path: f"content/{path}", **options)  # type: ignore[arg-type]


def test_human_shows_place_line_marks_hint_and_count() -> None:
    assert render([SOURCE], "human", view()) == (
        "content/sections/04.md:2:14: error[unknown-source]"
        " no source `boumedra-2012b` in sources.yaml\n"
        "2 | He denied it [@boumedra-2012b].\n"
        "  |              ^^^^^^^^^^^^^^^^ did you mean `boumedra-2012`?\n"
        "\n"
        "1 error\n"
    )


def test_human_is_empty_without_diagnostics() -> None:
    assert render([], "human", view()) == ""


def test_human_without_the_text_still_shows_the_hint() -> None:
    shown = render([SOURCE], "human", view({"other": ""}))
    assert "  did you mean `boumedra-2012`?\n" in shown
    assert "|" not in shown


def test_human_without_a_place_begins_with_the_severity() -> None:
    item = diagnose("cannot-write", NOWHERE, path="output", reason="the disk is full")
    assert render([item], "human", view()).startswith("error[cannot-write] cannot write `output`")


def test_human_of_a_whole_file_shows_its_path_alone() -> None:
    item = diagnose("missing-file", Span("a.md"), path="a.md")
    assert render([item], "human", view()).startswith("content/a.md: error[missing-file]")


def _columns(text: str) -> int:
    unseen = {"Mn", "Me", "Cf"}
    seen = [c for c in text if unicodedata.category(c) not in unseen]
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in seen)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("\tafter a tab [@x] end", "[@x]"),
        ("日本語の文 [@x] 続き", "[@x]"),
        ("日本語の文 続き", "の文"),
        ("cafe\u0301 na\u0308ive [@x]", "[@x]"),
        ("e\u0301e\u0301e\u0301", "e\u0301e\u0301"),
        ("👩\u200d👩\u200d👧 family [@x]", "[@x]"),
        ("متن فارسی [@x]", "[@x]"),
        ("tail\there\t[@x]", "[@x]"),
        ("x" * 300 + "[@x]" + "y" * 300, "[@x]"),
        ("文" * 200 + "[@x]" + "文" * 200, "[@x]"),
        ("x" * 300 + "[@x]", "[@x]"),
        ("[@x]" + "y" * 300, "[@x]"),
    ],
)
def test_marks_stand_under_what_is_meant(line: str, marked: str) -> None:
    span = Span("f", 1, line.index(marked) + 1, len(marked))
    shown = render([Diagnostic("c", span, "m")], "human", view({"f": line})).split("\n")
    text, marks = shown[1], shown[2]
    before = marks.index("^")
    width = marks.count("^")
    covered = ""
    for character in text:
        column = _columns(covered)
        if column >= before + width and not unicodedata.combining(character):
            break
        covered += character
    assert covered.endswith(marked)
    assert width == _columns(marked)
    assert _columns(text) <= 100


def test_a_long_line_is_cut_about_the_place() -> None:
    line = "before " * 40 + "[@x]" + " after" * 40
    span = Span("f", 1, line.index("[@x]") + 1, 4)
    shown = render([Diagnostic("c", span, "m")], "human", view({"f": line})).split("\n")[1]
    assert shown.startswith("1 | … ")
    assert shown.endswith(" …")
    assert "[@x]" in shown


def test_a_span_longer_than_the_line_ends_with_it() -> None:
    shown = render([Diagnostic("c", Span("f", 1, 3, 90), "m")], "human", view({"f": "abcd"}))
    assert "  |   ^^\n" in shown


@pytest.mark.parametrize("column", [0, 1, 5, 6, 99])
def test_a_place_at_or_past_the_end_of_its_line_has_one_mark(column: int) -> None:
    shown = render([Diagnostic("c", Span("f", 1, column, 1), "m")], "human", view({"f": "abcd"}))
    assert shown.count("^") == 1


def test_a_line_past_the_end_of_the_file_shows_no_snippet() -> None:
    shown = render([Diagnostic("c", Span("f", 9, 1), "m", "h")], "human", view({"f": "one"}))
    assert shown == "content/f:9:1: error[c] m\n  h\n\n1 error\n"


def test_line_numbers_count_as_editors_do() -> None:
    item = Diagnostic("c", Span("f", 3, 1), "m")
    assert "3 | three\n" in render([item], "human", view({"f": "\ufeffone\r\ntwo\rthree\n"}))


def test_nothing_steers_the_terminal() -> None:
    line = "a\x1b[2Jb\u202ec\x07"
    item = Diagnostic("c", Span("f", 1, 1), "bad \x1b]0;x\x07 `\u2066`", "h\x9b")
    for form in ("human", "concise"):
        shown = render([item], form, view({"f": line}))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_a_long_hint_has_a_line_of_its_own() -> None:
    span = Span("f", 1, 60, 4)
    shown = render([Diagnostic("c", span, "m", "h" * 60)], "human", view({"f": "x" * 90}))
    assert shown.split("\n")[3] == f"  | {'h' * 60}"


def test_colours_only_where_asked_for() -> None:
    assert "\x1b" not in render([SOURCE], "human", view())
    coloured = render([SOURCE], "human", view(colour=True))
    assert "\x1b[1;31merror[unknown-source]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render([SOURCE], "human", view())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "wanted"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_wanted_on_terminals(
    stream: io.StringIO, environ: dict[str, str], wanted: bool
) -> None:
    assert wants_colour(stream, environ) is wanted


def test_count_tells_errors_from_warnings() -> None:
    assert count([]) == ""
    assert count([SOURCE]) == "1 error"
    assert count([WARNING, WARNING]) == "2 warnings"
    assert count([SOURCE, SOURCE, WARNING]) == "2 errors, 1 warning"


def test_concise_is_one_line_each() -> None:
    assert render([SOURCE, WARNING], "concise", view()) == (
        "content/sections/04.md:2:14: error[unknown-source]"
        " no source `boumedra-2012b` in sources.yaml (did you mean `boumedra-2012`?)\n"
        "content/sources.yaml:3:1: warning[unused-source] never\n"
    )


def test_json_is_an_array_of_objects() -> None:
    assert json.loads(render([], "json", view())) == []
    assert json.loads(render([SOURCE], "json", view())) == [
        {
            "code": "unknown-source",
            "severity": "error",
            "message": "no source `boumedra-2012b` in sources.yaml",
            "hint": "did you mean `boumedra-2012`?",
            "path": "content/sections/04.md",
            "line": 2,
            "column": 14,
            "end_line": 2,
            "end_column": 30,
            "documentation": "docs/diagnostics.md#unknown-source",
        }
    ]


def test_json_without_a_place_has_null() -> None:
    (record,) = json.loads(render([Diagnostic("c", NOWHERE, "m")], "json", view()))
    places = ("path", "line", "column", "end_line", "end_column", "hint")
    assert {key: record[key] for key in places} == dict.fromkeys(places)


def test_github_names_file_line_and_column() -> None:
    assert render([SOURCE, WARNING], "github", view()) == (
        "::error file=content/sections/04.md,line=2,col=14,endColumn=30,"
        "title=reglet unknown-source::"
        "no source `boumedra-2012b` in sources.yaml%0Adid you mean `boumedra-2012`?\n"
        "::warning file=content/sources.yaml,line=3,col=1,endColumn=3,"
        "title=reglet unused-source::never\n"
    )


def test_github_escapes_what_would_end_a_field() -> None:
    item = Diagnostic("c", Span("a,b:c%.md", 1, 1), "100% of\nlines, so: yes")
    assert render([item], "github", view()) == (
        "::error file=content/a%2Cb%3Ac%25.md,line=1,col=1,endColumn=2,title=reglet c::"
        "100%25 of%0Alines, so: yes\n"
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_format_ends_with_a_line_end(form: str) -> None:
    assert render([SOURCE], form, view()).endswith("\n")
