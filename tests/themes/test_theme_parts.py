"""What stands beside the text, across it or on a page of its own; and how letters are cut."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from conftest import Maker
from fontTools.ttLib import TTFont
from theme_reports import REPORT, TEMPLATES, Case, laid_out, resolved
from walked_pages import Line, Sheet, sheets
from weasyprint.formatting_structure import boxes

from reglet.formats.fonts import INSTANCES, instance
from reglet.formats.pdf.engine import lay_out
from reglet.model.report import Edition
from reglet.render import render
from reglet.resolve.settle import settle

SMALL = Case(REPORT, "inquiry", page="A5")
SIZES = ("-small", "", "-display")
LARGE = Case(REPORT, "inquiry")


def of_class(case: Case, name: str) -> list[tuple[Sheet, Line]]:
    found = [(sheet, line) for sheet in sheets(case) for line in sheet.text if name in line.classes]
    assert found
    return found


@pytest.mark.full
@pytest.mark.parametrize("name", ["side-note", "margin"])
def test_what_is_for_the_margin_stands_in_the_outer_one(name: str) -> None:
    for sheet, line in of_class(LARGE, name):
        assert line.left > sheet.right + 10
        body = [other for other in sheet.body() if abs(other.top - line.top) < sheet.grid]
        assert any(other.right > sheet.right - 60 for other in body), "the text keeps its width"


@pytest.mark.parametrize("name", ["side-note", "margin"])
def test_where_the_margin_has_no_room_it_stands_in_the_text(name: str) -> None:
    for sheet, line in of_class(SMALL, name):
        assert sheet.left <= line.left
        assert line.right <= sheet.right + 1


@pytest.mark.parametrize(("page", "verso"), [("3", False), ("4", True)])
def test_on_a_verso_the_outer_margin_is_the_other_one(page: str, verso: bool) -> None:
    project, document = resolved(REPORT)
    edition = Edition("press", "pdf", standard="x-4")
    pages = {"side-1": page, "figure-3": page}
    markup = render(settle(document, edition), edition, project.templates, pages).value
    assert markup is not None
    assert {"side-1", "figure-3"} <= set(markup.page_of)
    assert markup.whole.count('data-page="verso"') == 2 * verso


@pytest.mark.full
def test_a_wide_table_goes_into_both_margins() -> None:
    lines = of_class(LARGE, "full-width")
    assert min(line.left - sheet.left for sheet, line in lines) < -60
    assert max(line.right - sheet.right for sheet, line in lines) > 50


def test_a_landscape_table_has_a_page_on_its_side() -> None:
    pages = {sheet.number: sheet for sheet, _ in of_class(SMALL, "landscape")}
    for sheet in pages.values():
        assert sheet.width > sheet.bottom + 50
    first = pages[min(pages)]
    assert "h1" in first.text[0].tags, "a title goes with the table that it stands above"
    upright = [sheet for sheet in sheets(SMALL) if sheet.number == max(pages) + 1]
    assert upright[0].width < upright[0].bottom


def test_appendices_have_letters() -> None:
    titles = [line.words for _, line in of_class(SMALL, "contents")]
    assert any(words.startswith("Appendix\u00a0A The readings") for words in titles)
    assert any(words.startswith("Appendix\u00a0B What was said") for words in titles)


PROSE = (
    "The gauges were read each morning at six, before anyone had drawn from it, and at night. " * 6
)


@pytest.mark.parametrize(("width", "ragged"), [("104mm", True), ("114mm", False)])
def test_lines_of_less_than_90_mm_are_ragged(width: str, ragged: bool, make: Maker) -> None:
    folder = make({"sections/01.md": f"# One\n\n{PROSE}\n"})
    project, document = resolved(folder)
    sides = {"margin-inside": "12mm", "margin-outside": "10mm"}
    edition = Edition("screen", "pdf", settings={"page": f"{width} 160mm", **sides})
    markup = render(settle(document, edition), edition, project.templates, {}).value
    assert markup is not None
    pages = lay_out(markup.whole, markup.stylesheet, {}).document.pages
    found = [box for page in pages for box in page._page_box.descendants()]
    texts = [list(texts_of(box)) for box in found if isinstance(box, boxes.LineBox)]
    rows = [row for row in texts if "gauges" in "".join(part.text for part in row)]
    lines = [max(part.position_x + part.width for part in row) for row in rows]
    assert len(lines) > 4
    assert (max(lines[:-1]) - min(lines[:-1]) > 2) == ragged


def texts_of(box: boxes.Box) -> Iterator[boxes.TextBox]:
    return (part for part in box.descendants() if isinstance(part, boxes.TextBox))


def styles(case: Case, name: str) -> list[boxes.TextBox]:
    return [
        part
        for page in laid_out(case)
        for box in page.descendants()
        if box.element is not None and name in (box.element.get("class") or "").split()
        for part in texts_of(box)
    ]


def features(name: str) -> set[str]:
    with TTFont(BytesIO(instance(name))) as font:
        return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_letters_are_cut_for_their_size_and_use() -> None:
    calls = [
        part for part in styles(SMALL, "call") if part.style["font_family"][0] == "Source Serif 4"
    ]
    assert calls
    assert {part.style["font_variant_position"] for part in calls} == {"super"}
    caps = {part.style["font_variant_caps"] for part in styles(SMALL, "small-caps")}
    assert caps == {"small-caps"}
    assert {part.style["font_family"][0] for part in styles(SMALL, "note")} >= {
        "Source Serif Small"
    }
    numbers = {part.style["font_variant_numeric"] for part in styles(SMALL, "note")}
    assert ("oldstyle-nums",) in numbers
    for name in ("serif.ttf", "serif-small.ttf", "serif-semibold.ttf"):
        assert {"smcp", "sups", "onum", "tnum", "lnum"} <= features(name)
    small, text, display = (INSTANCES[f"serif{name}.ttf"][1]["opsz"] for name in SIZES)
    assert small == 8.5 < text < display
    assert all(f"fonts/{name}" in TEMPLATES["inquiry/pdf/style.css"] for name in INSTANCES)
