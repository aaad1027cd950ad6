"""Where notes come to stand, asked of laid-out pages and of the finished file."""

import inspect
from hashlib import sha256

import page
import pytest
from random_pages import Pages
from weasyprint.document import Document as EngineDocument
from weasyprint.draw import text as drawing
from weasyprint.layout import LayoutContext, block, column, inline
from weasyprint.layout import page as page_layout

from reglet.formats.pdf import engine
from reglet.formats.pdf.edition import lay_out_pdf
from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.flow import _engine_block
from reglet.formats.pdf.lines import _engine_lines
from reglet.formats.pdf.notes import placed
from reglet.formats.pdf.writing import write
from reglet.model.document import Document, Markup
from reglet.model.project import Project
from reglet.model.report import Edition, Report
from reglet.workshop import Workshop

SHEET = """
@font-face { font-family: S; src: url("reglet:///fonts/serif.ttf") }
@page { size: 105mm 148mm; margin: 12mm }
html { font: 9pt/12pt S }
ul { list-style-type: disc }
.note { float: footnote; font-size: 7pt; line-height: 9pt; orphans: 2; widows: 2 }
::footnote-call, ::footnote-marker { content: none }
"""

STANDS_ON = (
    LayoutContext, EngineDocument._render, page_layout.make_page, page_layout.remake_page,
    page_layout.make_all_pages, _engine_lines, block._break_line, block.remove_placeholders,
    column.columns_layout, inline.split_text_box, inline.remove_last_whitespace,
    inline.split_inline_box,
    drawing.draw_first_line,
)  # fmt: skip


def document(body: str) -> str:
    return f'<html lang="en"><head><title>t</title></head><body><h1>t</h1>{body}</body></html>'


def note(number: int, words: str) -> str:
    return (
        f'<a id="call-{number}" href="#note-{number}">{number}</a>'
        f'<span class="note" id="note-{number}"><p>{words}</p></span>'
    )


def check(seed: int, notes: int) -> None:
    made = Pages(seed, notes)
    pages = lay_out(made.markup, made.style, {}).document.pages
    found = placed(pages, made.notes)
    assert [item for item in found if item.call_page != item.note_page] == []
    assert [item for item in found if item.words_missing] == []
    assert len(found) >= notes


@pytest.mark.parametrize("seed", range(1, 5))
def test_notes_stand_whole_on_the_page_of_their_call(seed: int) -> None:
    check(seed, 60)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5, 35))
def test_notes_stand_whole_on_many_pages(seed: int) -> None:
    check(seed, 100)


def test_a_note_longer_than_two_pages_goes_on_overleaf() -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    body = f"<p>Before.{note(1, words)}</p>" + "<p>After it comes text.</p>" * 40
    pages = lay_out(document(body), SHEET, {}).document.pages
    (found,) = placed(pages, ["note-1"])
    assert (found.call_page, found.note_page, found.words_missing) == (1, 1, 0)
    assert len(pages) > 3


def test_a_note_in_a_note_starts_where_it_is_called() -> None:
    inner = f"{'long ' * 400}{note(2, 'inner')} the end"
    body = "<p>Text.</p>" * 20 + f"<p>Call.{note(1, inner)}</p>" + "<p>Text.</p>" * 20
    pages = lay_out(document(body), SHEET, {}).document.pages
    outer, within = placed(pages, ["note-1", "note-2"])
    assert outer.call_page == outer.note_page
    assert within.call_page == within.note_page
    assert within.note_page is not None
    assert outer.note_page is not None
    assert within.note_page > outer.note_page
    assert not outer.words_missing + within.words_missing


def test_a_note_that_is_not_printed_is_found_out() -> None:
    pages = lay_out(document(f"<p>Call.{note(1, 'here')}</p>"), SHEET, {}).document.pages
    (there, not_there) = placed(pages, ["note-1", "note-2"])
    assert there.words_missing == 0
    assert not_there.note_page is None
    assert not_there.words_missing


@pytest.mark.parametrize(
    "link",
    ["one <em>em</em>", f"{'word ' * 30}<em>over</em> lines", "<code>code</code> <b>and</b> more"],
)
def test_links_with_elements_in_them_are_tagged(link: str) -> None:
    laid_out = lay_out(document(f'<p><a href="https://example.org">{link}</a></p>'), SHEET, {})
    report = page.validate_pdf_bytes(write(laid_out), profile="ua1")
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize(
    "item",
    [
        "<p>one</p><p>two</p>",
        "one<pre>code</pre>",
        "<p>one</p><blockquote><p>two</p></blockquote><p>three</p>",
        "<p>one</p><table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
        "<p>one</p><ul><li><p>two</p><p>three</p></li></ul>",
        f"<p>one{note(1, 'see')}</p><p>two</p>",
    ],
)
def test_list_items_that_hold_blocks_are_tagged(item: str) -> None:
    for kind in ("ul", "ol"):
        body = f"<{kind}><li>{item}</li><li>last</li></{kind}>"
        report = page.validate_pdf_bytes(write(lay_out(document(body), SHEET, {})), profile="ua1")
        assert [failure.message for failure in report.failures] == []


def test_the_engine_is_the_one_that_the_layout_was_written_for() -> None:
    """Fails where WeasyPrint changed what our layout stands on: read it anew."""
    assert engine.VERSION == "70.0"
    assert block._linebox_layout is _engine_lines
    assert page_layout.block_level_layout is _engine_block
    sources = "".join(map(inspect.getsource, STANDS_ON))
    assert sha256(sources.encode()).hexdigest()[:16] == "18f96c96b5dce357"


def test_markup_that_is_no_xml_is_told() -> None:
    edition = Edition("screen", "pdf")
    outcome = lay_out_pdf(
        Markup(edition, (), "<html><p></html>"),
        Document(Report("t"), (), {}),
        Project("", "", Report("t"), ()),
        Workshop(jobs=1),
    )
    assert outcome.value is None
    assert [item.code for item in outcome.diagnostics] == ["bad-markup"]
