import re
from dataclasses import replace

import pytest
from epub_book import DOCUMENT, NAMESPACES, REPORT, Opened, build

from reglet.model.report import Part


@pytest.fixture(scope="module")
def book() -> Opened:
    return Opened(build())


def links(book: Opened, type: str) -> list[tuple[str, str]]:
    found = book.find("nav.xhtml", f"//h:nav[@e:type='{type}']//h:a")
    return [("".join(link.itertext()), link.get("href")) for link in found]


def test_contents_nest_as_headings_do(book: Opened) -> None:
    assert links(book, "toc") == [
        ("Preface", "text/00-preface.xhtml#preface"),
        ("Figures and tables", "text/lists.xhtml"),
        ("Protected persons", "text/01-protection.xhtml#protection"),
        ("Rights <under> the Convention", "text/01-protection.xhtml#rights"),
        ("Attacks", "text/02-attacks.xhtml#attacks"),
        ("Sources", "text/sources.xhtml"),
        ("Accessibility", "text/accessibility.xhtml"),
        ("Colophon", "text/colophon.xhtml"),
    ]
    inner = book.words("nav.xhtml", "//h:nav[@e:type='toc']/h:ol/h:li/h:ol/h:li/h:a/text()")
    assert inner == ["Rights <under> the Convention"]


def test_landmarks_lead_to_the_parts_of_the_book(book: Opened) -> None:
    marks = book.find("nav.xhtml", "//h:nav[@e:type='landmarks']//h:a")
    ops = "{http://www.idpf.org/2007/ops}type"
    assert [(mark.get(ops), mark.get("href")) for mark in marks] == [
        ("cover", "text/cover.xhtml"),
        ("titlepage", "text/title-page.xhtml"),
        ("preface", "text/00-preface.xhtml"),
        ("toc", "text/contents.xhtml"),
        ("bodymatter", "text/01-protection.xhtml"),
        ("bibliography", "text/sources.xhtml"),
        ("backmatter", "text/accessibility.xhtml"),
        ("colophon", "text/colophon.xhtml"),
    ]


def test_figures_and_tables_have_lists(book: Opened) -> None:
    assert links(book, "loi")[0] == (
        "Figure 1 What is shown",
        "text/01-protection.xhtml#fig-gate",
    )
    assert links(book, "lot") == [("Table 1 Attacks", "text/02-attacks.xhtml#tbl-attacks")]


def test_every_link_within_the_book_arrives(book: Opened) -> None:
    pages = [name.removeprefix("EPUB/") for name in book.names if name.endswith(".xhtml")]
    ids = {page: {str(id) for id in book.find(page, "//@id")} for page in pages}
    for page in pages:
        folder = "text/" if page.startswith("text/") else ""
        for href in map(str, book.find(page, "//h:a/@href")):
            if ":" in href:
                continue
            file, _, target = href.partition("#")
            there = f"{folder}{file}" if file else page
            assert there in ids, href
            assert not target or target in ids[there], href


def test_ncx_has_depth_identifier_and_numbered_points(book: Opened) -> None:
    heads = {m.get("name"): m.get("content") for m in book.find("toc.ncx", "//n:meta")}
    assert heads["dtb:uid"] == "urn:isbn:9783161484100"
    assert heads["dtb:depth"] == "2"
    points = book.find("toc.ncx", "//n:navPoint/@id")
    assert len(points) == len(set(points)) == 11
    inner = book.words("toc.ncx", "//n:navPoint/n:navPoint/n:navLabel/n:text/text()")
    assert inner == ["Rights <under> the Convention"]


def test_note_calls_pop_up_and_numbers_lead_back(book: Opened) -> None:
    page = "text/01-protection.xhtml"
    calls = book.find(page, "//h:sup/h:a[@e:type='noteref' and @role='doc-noteref']")
    assert [(call.get("id"), call.get("href"), call.text) for call in calls] == [
        ("call-1", "#note-1", "1"),
        ("call-2", "#note-2", "*"),
        ("call-1-2", "#note-1", "1"),
        ("call-3", "#note-3", "2"),
    ]
    notes = book.find(page, "//h:aside[@e:type='footnote' and @role='doc-footnote']")
    assert [note.get("id") for note in notes] == ["note-1", "note-2", "note-3"]
    found = [
        [
            ("".join(back.itertext()), back.get("href"))
            for back in note.xpath(".//h:a", namespaces=NAMESPACES)
        ]
        for note in notes
    ]
    assert found == [
        [("1.a", "#call-1"), ("b", "#call-1-2")],
        [("*", "#call-2")],
        [("2.", "#call-3")],
    ]
    for note, number in zip(notes, ("1.ab", "*", "2."), strict=True):
        assert re.sub(r"\s", "", "".join(note.itertext())).startswith(number)


def test_a_page_with_nothing_on_it_is_left_out() -> None:
    document = replace(DOCUMENT, figures=(), tables=())
    book = Opened(build(document))
    assert "EPUB/text/lists.xhtml" not in book.names
    assert "lists.xhtml" not in book.text("nav.xhtml") + book.text("toc.ncx")


def test_without_a_contents_page_the_navigation_itself_can_be_reached() -> None:
    parts = tuple(Part("section", section.path) for section in DOCUMENT.sections)
    document = replace(
        DOCUMENT, report=replace(REPORT, parts=parts), figures=(), tables=(), sources=()
    )
    book = Opened(build(document))
    last = book.find("content.opf", "//o:itemref")[-1]
    assert (last.get("idref"), last.get("linear")) == ("nav", "no")
    assert ("Contents", "nav.xhtml") in links(book, "landmarks")
