"""Stress reports through every stage, held against the finished file alone."""

import pytest
from notes_in_file import faults_of
from stress_build import build_and_read
from stress_report import StressReport
from words_in_file import Page, Word


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 5])
def test_notes_of_a_stress_report(seed: int) -> None:
    report = StressReport(seed, 60, parts=2, longest=300, seconds=True)
    assert build_and_read(report).faults == ()


NOTES = {1: ["1X0XLOREM", "1X1XIPSUM"], 2: ["2X0XDOLOR"]}
TEXT = "call1z mark1z call2z"


def words(texts: str, top: float = 100) -> tuple[Word, ...]:
    return tuple(
        Word(text, 10 + 60 * n, top, 60 + 60 * n, top + 10) for n, text in enumerate(texts.split())
    )


def page(*lines: str) -> Page:
    """Make a page of lines 15 pt apart."""
    placed = [words(line, 20 + 15 * number) for number, line in enumerate(lines)]
    return Page(400, 300, tuple(word for line in placed for word in line))


@pytest.mark.parametrize(
    "pages",
    [
        [page(TEXT, "1X0XLOREM 1X1XIPSUM", "2X0XDOLOR")],
        [page(TEXT, "1X0XLO‐", "2X0XDO‐"), page("REM 1X1XIPSUM", "LOR")],
        [page(TEXT, "1X0XLOREM 1X1X", "2X0XDO‐"), page("mark", "IP‐", "SUM", "LOR")],
        [page(TEXT, "1X0XLOREM 1X1XIPSUM", "2X0XDOLOR", "3 See note 1, p. 12.")],
        [page("tcall1z call2z mark1z", "1X0XLOREM 1X1XIPSUM", "2X0XDOLOR"), page("tcall1z")],
        [page("call1z call2z tmark1z", "1X0XLOREM 1X1XIPSUM", "2X0XDOLOR"), page("tmark1z")],
    ],
)
def test_what_is_right_in_a_file_is_no_fault(pages: list[Page]) -> None:
    assert faults_of(pages, NOTES, 1) == []


@pytest.mark.parametrize(
    ("pages", "wrong"),
    [
        (
            [page(TEXT, "1X0XLOREM 1X1XIPSUM"), page("2X0XDOLOR")],
            "note 2: called on page 1, begins on 2",
        ),
        (
            [page(TEXT.replace("call2z", "")), page("call2z", "2X0XDOLOR")],
            "note 1: called on page 1, begins on None",
        ),
        ([page(TEXT, "1X0XLOREM", "2X0XDOLOR")], "word 1 of 2 is nothing in place of 1X1XIPSUM"),
        ([page(TEXT, "1X0XLO‐", "1X1XIPSUM")], "word 0 of 2 is 1X0XLO in place of 1X0XLOREM"),
        ([page(TEXT, "1X0XLOREM 1X1XIPSUM", "1X1XIPSUM")], "note 1: 1 words too many"),
        ([page(TEXT, "1X0XLO‐", "REM 1X1XIPSUM"), page("REM", "2X0XDOLOR")], "no word"),
        ([page(TEXT, "1X1XIPSUM 1X0XLOREM")], "word 0 of 2 is 1X1XIPSUM in place of 1X0XLOREM"),
        ([page(TEXT, "1X0XLOREM"), page("2X0XDOLOR", "1X1XIPSUM")], "note 1 goes on too late"),
        ([page(TEXT, "1X0XLOREM", "lorem", "1X1XIPSUM")], "lorem stands among the notes"),
        ([page(TEXT, "1X0XLOREM", "see 3 See note 1")], "see stands among the notes"),
        ([page(TEXT, "1X0XLOREM", "3 See lorem 1")], "lorem stands among the notes"),
        ([page("call1z", "call1z", "1X0XLOREM")], "note 1: called on pages [1, 1]"),
        ([page("mark1z", "mark1z")], "mark 1: stands 2 times"),
        ([page("call1z")], "mark 1: stands 0 times"),
    ],
)
def test_what_is_wrong_in_a_file_is_found(pages: list[Page], wrong: str) -> None:
    assert any(fault.endswith(wrong) for fault in faults_of(pages, NOTES, 1))


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        (Word("2X0XDOLOR", 270, 215, 320, 225), "2X0XDOLOR leaves the page"),
        (Word("2X0XDOLOR", 10, 292, 60, 302), "2X0XDOLOR leaves the page"),
        (Word("2X0XDOLOR", 40, 200, 90, 210), "2X0XDOLOR over 1X0XLOREM"),
        (Word("2X0XDOLOR", 30, 203, 80, 213), "2X0XDOLOR over 1X0XLOREM"),
        (Word("mark1z", 30, 198, 80, 208), "1X0XLOREM over mark1z"),
        (Word("12", 30, 202, 80, 212), "12 over 1X0XLOREM"),
    ],
)
def test_a_word_that_leaves_its_place_is_found(word: Word, wrong: str) -> None:
    note = words("1X0XLOREM 1X1XIPSUM", top=200)
    for order in ((*note, word), (word, *note)):
        assert f"page 1: {wrong}" in faults_of([Page(300, 300, order)], NOTES)
