"""How notes that do not fit are set: what they leave to the text, and what follows them."""

from itertools import count
from typing import Any

import pytest
from test_pdf_notes import SHEET, document, note
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, LineBox

from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.notes import placed

Page = Any  # the engine's


def words(number: int) -> str:
    return " ".join(f"word{place}" for place in range(number))


def text(lines: int) -> str:
    return f"<p>{'text ' * 13 * lines}</p>"


def pages_of(body: str, sheet: str = "") -> list[Page]:
    pages: list[Page] = lay_out(document(body), SHEET + sheet, {}).document.pages
    return pages


def area(page: Page) -> Any:  # noqa: ANN401 - a box of the engine
    """Return the laid-out footnote area of a page, or None."""
    found = (child for child in page._page_box.children if isinstance(child, FootnoteAreaBox))
    return next(found, None)


def share(page: Page) -> float:
    """Return how much of a page's content its notes take."""
    box = area(page)
    return float(box.margin_height() / page._page_box.height) if box else 0.0


def text_end(page: Page) -> float:
    """Return where the last line of a page's text ends, in px."""
    root = page._page_box.children[0]
    lines = (box for box in root.descendants() if isinstance(box, LineBox))
    return max((float(line.position_y + line.height) for line in lines), default=0.0)


def gap(page: Page) -> float:
    """Return what is free below the text: above the notes, or the page's end."""
    box, page_box = area(page), page._page_box
    end = box.position_y if box else page_box.content_box_y() + page_box.height
    return float(end) - text_end(page)


def check(pages: list[Page], *notes: str) -> None:
    """Assert that notes stand whole, on their calls' pages, and below the text."""
    for found in placed(pages, notes):
        assert (found.note_page, found.words_missing) == (found.call_page, 0), found
    for page in pages:
        assert gap(page) > -0.1


def test_a_long_note_leaves_half_of_the_page_to_the_text() -> None:
    pages = pages_of(text(8) + f"<p>Call{note(1, words(700))}</p>" + text(90))
    check(pages, "note-1")
    shares = [share(page) for page in pages]
    assert 0.4 < shares[0] <= 0.5
    assert 0.4 < shares[1] <= 0.5
    assert max(shares) <= 0.6


def test_a_note_that_goes_on_fills_the_room_that_text_leaves() -> None:
    pages = pages_of(text(6) + f"<p>A{note(1, words(700))}</p>{text(2)}<p>B{note(2, 'b')}</p>")
    check(pages, "note-1", "note-2")
    line = 12 * 4 / 3
    assert share(pages[0]) > 0.5
    assert gap(pages[0]) < line


def test_a_note_is_not_cut_to_spare_a_tenth_of_the_page() -> None:
    pages = pages_of(text(5) + f"<p>Call{note(1, words(160))}</p>" + text(40))
    check(pages, "note-1")
    assert 0.5 < share(pages[0]) <= 0.6
    assert len(area(pages[0]).children) == 1
    assert area(pages[1]) is None


def test_a_page_of_many_notes_is_as_full_as_one_of_few() -> None:
    lines = (f"text {note(number, words(24))} more text here<br/>" for number in count(1))
    pages = pages_of(f"<p>{''.join(next(lines) for _ in range(60))}</p>", ".note p { margin: 0 }")
    check(pages, *(f"note-{number}" for number in range(1, 61)))
    assert all(gap(page) < 70 for page in pages[:-1])


def test_max_height_of_the_area_takes_the_place_of_half_the_page() -> None:
    sheet = "@page { @footnote { max-height: 25mm } }"
    pages = pages_of(text(5) + f"<p>Call{note(1, words(400))}</p>" + text(90), sheet)
    check(pages, "note-1")
    limit = 25 / 25.4 * 96
    assert all(share(page) * page._page_box.height <= limit + 0.1 for page in pages[:-1])
    assert gap(pages[-1]) > 0


def test_lines_that_stay_together_have_room_below_a_note_that_is_cut() -> None:
    paragraph = f"<p>First{note(1, words(500))} {'text ' * 24}second{note(2, words(90))}.</p>"
    for lines in range(1, 24):
        pages = pages_of(text(lines) + paragraph + text(30))
        check(pages, "note-1", "note-2")
        assert gap(pages[0]) < 140, lines


def test_a_heading_that_calls_a_long_note_keeps_its_text() -> None:
    sheet = "h2 { break-after: avoid; font-size: 11pt }"
    for lines in range(8, 24):
        body = f"{text(lines)}<h2>Head{note(1, words(500))}</h2>{text(40)}"
        pages = pages_of(body, sheet)
        check(pages, "note-1")
        assert gap(pages[0]) < 140, lines


@pytest.mark.parametrize("call", ["start", "end"])
def test_cells_side_by_side_end_above_the_notes(call: str) -> None:
    long = "cell " * 150
    with_note = (
        f"{note(1, words(120))} {long}" if call == "start" else f"{long} {note(1, 'n ' * 99)}"
    )
    body = f"{text(4)}<table><tr><td>{long}</td><td>{with_note}</td></tr></table>{text(9)}"
    pages = pages_of(body, "td { width: 50% }")
    check(pages, "note-1")
    assert len(pages) > 1


def test_columns_end_above_the_notes() -> None:
    calls = [f"text {note(number, words(40))} {'more ' * 60}" for number in range(1, 9)]
    columns = f"<div style='columns: 2'>{''.join(f'<p>{call}</p>' for call in calls)}</div>"
    pages = pages_of(text(6) + columns + text(12))
    check(pages, *(f"note-{number}" for number in range(1, 9)))


def test_a_float_ends_above_the_notes() -> None:
    floated = f"<div style='float: left; width: 40%'>{'float ' * 90}</div>"
    pages = pages_of(f"{text(9)}{floated}<p>Beside{note(1, words(120))}</p>{text(30)}")
    check(pages, "note-1")


def test_custom_properties_stand_in_where_notes_go_on() -> None:
    sheet = """@page { @footnote { --rule: 20mm; --continued-rule: 100%;
      background: linear-gradient(black) 0 0 / var(--rule) 1pt no-repeat } }"""
    pages = pages_of(f"<p>Call{note(1, words(300))}</p>{text(60)}", sheet)
    (first,), (second,) = (area(page).background.layers for page in pages[:2])
    assert first.size[0] == pytest.approx(20 / 25.4 * 96)
    assert second.size[0] == pytest.approx(pages[1]._page_box.width)


def test_a_heading_at_a_page_s_top_keeps_its_text_while_a_note_goes_on() -> None:
    sheet = "h2 { break-before: page; break-after: avoid }"
    quote = f"<blockquote><p>{'quoted ' * 6}{note(2, 'b')} end.</p></blockquote>"
    pages = pages_of(f"<p>Call{note(1, words(500))}</p><h2>Head</h2>{quote}{text(20)}", sheet)
    check(pages, "note-1", "note-2")
    assert "note-2" in pages[1].anchors
    assert [child.element.get("id") for child in area(pages[1]).children] == ["note-1", "note-2"]


def test_a_border_beside_text_that_goes_on_ends_with_the_text() -> None:
    quote = f"<blockquote style='border-left: 1pt solid'>{text(3) * 20}</blockquote>"
    pages = pages_of(f"<p>Call{note(1, words(60))}</p>{quote}")
    check(pages, "note-1")
    for page in pages[:-1]:
        root = page._page_box.children[0]
        (box,) = (box for box in root.descendants() if box.element_tag == "blockquote")
        assert box.position_y + box.margin_height() == pytest.approx(text_end(page), abs=0.1)


@pytest.mark.parametrize("borders", ["collapse", "separate"])
def test_a_table_in_a_note_breaks_between_rows_and_within_cells(borders: str) -> None:
    rows = [f"<tr><td>left{row}</td><td>right{row}</td></tr>" for row in range(40)]
    rows[5] = f"<tr><td rowspan='3'>spanned</td><td>{words(120)}</td></tr>"
    rows[6:8] = ["<tr><td>right6</td></tr>", "<tr><td>right7</td></tr>"]
    rows[20] = f"<tr><td>{words(200)}</td><td>right20</td></tr>"
    table = f"<table><thead><tr><th>head</th><th>head</th></tr></thead>{''.join(rows)}</table>"
    sheet = f"table {{ border-collapse: {borders} }} td {{ border: 1pt solid }}"
    for lines in range(1, 22, 3):
        pages = pages_of(f"{text(lines)}<p>Call{note(1, f'before</p>{table}<p>after')}</p>", sheet)
        check(pages, "note-1")


def test_what_should_not_break_does_where_it_is_higher_than_a_page() -> None:
    piece = "<p style='break-inside: avoid'>" + words(900)
    pages = pages_of(f"<p>Call{note(1, f'before</p>{piece}')}</p>{text(30)}")
    check(pages, "note-1")
    assert len(pages) > 2
