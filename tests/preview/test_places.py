"""From words on a page to their place in the source, and back."""

from pathlib import Path

import pytest

from reglet.model.document import Spot
from reglet.model.span import Span
from reglet.preview.editors import address, is_editor
from reglet.preview.places import again, changed_line, find, locate, span_of

TEXT = """\
# One

A paragraph that is *set* on
two lines, with a note[^n] and a “quote”,
and an end.

[^n]: A note.
"""
PARAGRAPH = Span("a.md", 3, 1)


def spot(place: str, words: str = "", page: int = 1) -> Spot:
    return Spot(page, 0, 0, 10, 10, place, words)


SPOTS = (
    spot("a.md:1:1", "One"),
    spot("a.md:3:1", "A paragraph that is "),
    spot("a.md:3:21", "set"),
    spot("a.md:3:1", "on two lines, with a note"),
    spot("a.md:3:1", "1"),
    spot("a.md:3:1", " and a “quote”, and an end."),
    spot("a.md:7:7", "A note."),
)


@pytest.mark.parametrize(
    ("words", "letter", "line", "column", "word"),
    [
        ("A paragraph that is ", "graph", 3, 3, "paragraph"),
        ("on two lines, with a note", "lines", 4, 5, "lines"),
        ("on two lines, with a note", "te", 4, 19, "note"),
        (" and a “quote”, and an end.", "quo", 4, 35, "quote"),
        (" and a “quote”, and an end.", ".", 5, 8, "end"),
        ("two li-", "-", 4, 5, "lines"),
    ],
)
def test_a_word_is_found_by_its_letters(
    words: str, letter: str, line: int, column: int, word: str
) -> None:
    found = locate(TEXT, PARAGRAPH, words, words.index(letter))
    assert (found.line, found.column) == (line, column)
    assert TEXT.split("\n")[line - 1][column - 1 :][: found.length] == word


def test_words_that_the_source_does_not_have_are_those_of_their_element() -> None:
    assert locate(TEXT, PARAGRAPH, "Ibid., 12", 2) == PARAGRAPH
    assert locate(TEXT, PARAGRAPH, "", 0) == PARAGRAPH


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (1, 1, "One"),
        (2, 1, "One"),
        (3, 4, "A paragraph that is "),
        (3, 22, "set"),
        (4, 6, "on two lines, with a note"),
        (5, 5, " and a “quote”, and an end."),
        (99, 1, "A note."),
    ],
)
def test_a_place_is_found_on_its_page(line: int, column: int, words: str) -> None:
    found = find(SPOTS, TEXT, Span("a.md", line, column))
    assert found is not None
    assert found.words == words


def test_a_file_that_is_on_no_page_has_no_place() -> None:
    assert find(SPOTS, TEXT, Span("b.md", 1, 1)) is None


def test_words_are_found_again_though_their_line_is_another() -> None:
    later = [spot("a.md:3:1", "two lines of text", page) for page in (2, 9)]
    assert again(later, "two lines of text", "a.md:1:1", 8) == later[1]
    assert again(later, "gone", "a.md:3:1", 1) == later[0]
    assert again(later, "two lines of text", "b.md:1:1", 8) is None


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("a\nb", "a\nc", 2), ("a", "a\nb", 1), ("a\nb", "a", 1), ("a", "a", 0)],
)
def test_the_first_line_that_has_changed(old: str, new: str, line: int) -> None:
    assert changed_line(old, new) == line


def test_a_place_is_read_as_it_is_written() -> None:
    assert span_of("a:b.md:3:1") == Span("a:b.md", 3, 1)
    assert span_of("a.md") is None


def test_editors_are_opened_by_their_addresses() -> None:
    path = Path("/a b/c#.md")
    assert address("vscode", path, Span("c", 3, 7)) == "vscode://file/a%20b/c%23.md:3:7"
    assert address("own://{path}?{line}", path, Span("c")) == "own:///a%20b/c%23.md?1"
    assert address("copy", path, Span("c", 3, 7)) == ""


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("vscode", True),
        ("own://{path}", True),
        ("javascript://{path}", False),
        ("https://evil.example/{path}", False),
        ("own://", False),
        ("vim", False),
    ],
)
def test_an_editor_is_known_or_an_address_of_its_own(text: str, known: bool) -> None:
    assert is_editor(text) is known
