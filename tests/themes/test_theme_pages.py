"""Every page of every theme: text in its area and on the grid, headings with text, no gaps."""

from itertools import pairwise

import pytest
from conftest import Maker
from theme_reports import REPORT, SIZES, THEMES, Case
from walked_pages import HEADINGS, Line, Sheet, sheets

from reglet.colours import contrast

TOLERANCE = 0.05  # px
EMPTY = 0.5  # of a page's height: less is told, but at the end of a section

CASES = [Case(REPORT, theme, page=page) for theme in THEMES for page in SIZES]
EVERY = pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.full] * (case.page != "A5")) for case in CASES],
    ids=[f"{case.theme}-{case.page.replace(' ', '-')}" for case in CASES],
)


def printed(case: Case) -> list[Sheet]:
    """The pages but for the cover, which has no margins."""
    return [
        sheet for sheet in sheets(case) if not any("cover" in line.classes for line in sheet.text)
    ]


def told(sheet: Sheet, line: Line) -> str:
    return f"p. {sheet.number}: {line.words[:50]!r}"


@EVERY
def test_text_stays_in_its_area(case: Case) -> None:
    out = [
        told(sheet, line)
        for sheet in printed(case)
        for line in (*sheet.text, *sheet.notes)
        if not sheet.holds(line)
    ]
    assert out == []


@EVERY
def test_heads_and_folios_stay_out_of_the_text(case: Case) -> None:
    for sheet in printed(case):
        for line in sheet.margins:
            above, below = line.bottom <= sheet.top, line.top >= sheet.bottom
            assert above or below or line.right < sheet.left, told(sheet, line)
        beside = sorted((line for line in sheet.margins), key=lambda line: line.left)
        for first, second in pairwise(line for line in beside if line.bottom <= sheet.top):
            assert first.right < second.left, told(sheet, first)


@EVERY
def test_notes_stand_below_the_text(case: Case) -> None:
    for sheet in printed(case):
        if sheet.text and sheet.notes:
            assert max(line.baseline for line in sheet.text) < min(line.top for line in sheet.notes)


@EVERY
def test_body_text_is_on_the_grid(case: Case) -> None:
    lines = [(sheet, line) for sheet in printed(case) for line in sheet.body()]
    assert len(lines) > 150
    off = [told(sheet, line) for sheet, line in lines if sheet.off(line) > TOLERANCE]
    assert off == []
    assert len({(sheet.top, sheet.grid, sheet.first) for sheet, _ in lines}) == 1


@EVERY
def test_no_heading_is_left_at_the_end_of_a_page(case: Case) -> None:
    for sheet in printed(case):
        lowest = max(sheet.text, key=lambda line: line.baseline, default=None)
        assert lowest is not None
        assert not set(HEADINGS) & set(lowest.tags), told(sheet, lowest)


@pytest.mark.parametrize("theme", ["inquiry", "plain"])
def test_a_heading_that_ends_up_last_goes_overleaf(theme: str, make: Maker) -> None:
    """One section after the other brings its heading a line nearer to the end of the page."""
    above, below = "A line.\n\n", f"## Below\n\n{'Words. ' * 60}\n"
    sections = {
        f"sections/{lines:02}.md": f"# Wells\n\n{above * lines}{below}" for lines in range(14, 36)
    }
    folder = make({"report.yaml": "title: Wells\n", **sections})
    (folder / "sections/01.md").unlink()
    pages = printed(Case(folder, theme, page="A5"))
    assert [sheet.number for sheet in pages if "h2" in sheet.text[-1].tags] == []
    moved = [
        before
        for before, after in pairwise(pages)
        if "h2" in after.text[0].tags
        and before.bottom - before.text[-1].bottom > 1.9 * before.grid  # there it could have stood
    ]
    assert moved


def is_front(sheet: Sheet) -> bool:
    """Tell whether a page is one of those before the text, which are for the most part white."""
    return any({"half-title", "title-page", "imprint"} & line.classes for line in sheet.text)


def is_turned(sheet: Sheet) -> bool:
    """Tell whether a page lies on its side, after which the text begins a page of its own."""
    return any("landscape" in line.classes for line in sheet.text)


def is_opener(sheet: Sheet) -> bool:
    """Tell whether a page begins with the title of a section."""
    return "h1" in sheet.text[0].tags


@EVERY
def test_pages_are_filled(case: Case) -> None:
    pages = printed(case)
    empty = [
        f"p. {sheet.number}: {sheet.fill:.0%}, before {after.text[0].words[:40]!r}"
        for sheet, after in pairwise(pages)
        if sheet.fill < EMPTY
        and not (case.theme == "inquiry" and (is_opener(after) or is_front(sheet)))
        and not (is_turned(sheet) and not is_turned(after))
    ]
    assert empty == []


@EVERY
def test_letters_have_contrast(case: Case) -> None:
    for sheet in sheets(case):
        for line in (*sheet.text, *sheet.notes, *sheet.margins):
            for ink, ground in line.colours:
                assert contrast(ink, ground) >= 4.5, told(sheet, line)


@pytest.mark.parametrize("page", [pytest.param("A4", marks=pytest.mark.full), "A5"])
def test_numbers_of_lines_stand_beside_the_fifth_lines(page: str) -> None:
    for sheet in sheets(Case(REPORT, "plain", page=page)):
        if any("landscape" in line.classes for line in sheet.text):
            continue
        numbers = [line for line in sheet.margins if line.words.strip().isdigit()]
        beside = [line for line in numbers if line.right < sheet.left]
        count = int((sheet.bottom - sheet.top) / sheet.grid + 0.01)
        assert [int(line.words) for line in beside] == list(range(5, count + 1, 5))
        for line in beside:
            place = sheet.top + sheet.first + (int(line.words) - 1) * sheet.grid
            assert abs(line.baseline - place) < 0.5


@pytest.mark.parametrize("page", [pytest.param("A4", marks=pytest.mark.full), "A5"])
def test_every_page_of_a_draft_says_so(page: str) -> None:
    for sheet in sheets(Case(REPORT, "plain", page=page)):
        assert [line.words for line in sheet.margins].count("DRAFT") == 1
