import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from epub_book import DOCUMENT, EDITION, FILES, REPORT, Opened, build, markup, right_to_left
from fontTools.ttLib import TTFont
from PIL import Image as Raster

from reglet.formats.epub.archive import Archive
from reglet.formats.epub.content import parse
from reglet.formats.epub.edition import set_epub
from reglet.formats.names import identifier
from reglet.model.report import Edition

CERTIFIED = Edition("ebook", "epub", settings={"certified-by": "Reglet Press"})


@pytest.fixture(scope="module")
def book() -> Opened:
    return Opened(build())


def meta(book: Opened, name: str, refines: str = "") -> list[str]:
    condition = f"@refines='#{refines}'" if refines else "not(@refines)"
    path = f"//o:meta[@property='{name}' and {condition}]/text()"
    return [str(text) for text in book.find("content.opf", path)]


def test_archive_begins_with_the_stored_mimetype(book: Opened) -> None:
    assert book.names[0] == "mimetype"
    first = book.zip.getinfo("mimetype")
    assert (first.compress_type, first.extra) == (0, b"")
    assert book.data[30:58] == b"mimetypeapplication/epub+zip"


def test_entries_bear_the_report_s_date_and_no_machine_s_marks(book: Opened) -> None:
    infos = book.zip.infolist()
    assert {info.date_time for info in infos} == {(2026, 11, 24, 0, 0, 0)}
    assert {(info.create_system, info.external_attr >> 16) for info in infos} == {(3, 0o100644)}


@pytest.mark.parametrize("name", ["../evil.css", "/abs.css", "a/../b", "a//b", "a b", "é", ".x"])
def test_archive_refuses_names_that_lead_elsewhere(name: str) -> None:
    with pytest.raises(ValueError, match="safe name"):
        Archive(datetime(2026, 1, 1, tzinfo=UTC)).writestr(name, b"")


def test_archive_refuses_a_name_twice_whatever_its_case() -> None:
    archive = Archive(datetime(1970, 1, 1, tzinfo=UTC))
    archive.writestr("a.css", b"")
    with pytest.raises(ValueError, match="twice"):
        archive.writestr("A.css", b"")
    assert Opened(archive.finish()).zip.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_rebuilds_are_byte_for_byte_the_same_anywhere(book: Opened) -> None:
    script = "import epub_book, hashlib; print(hashlib.sha256(epub_book.build()).hexdigest())"
    environment = os.environ | {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    again = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert again.stdout.strip() == hashlib.sha256(book.data).hexdigest()


def test_source_date_epoch_dates_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    book = Opened(build())
    assert meta(book, "dcterms:modified") == ["2023-11-14T22:13:20Z"]
    assert book.zip.infolist()[0].date_time == (2023, 11, 14, 22, 13, 20)


def test_a_report_without_a_date_is_of_1980(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    book = Opened(build(replace(DOCUMENT, report=replace(REPORT, date=""))))
    assert meta(book, "dcterms:modified") == ["1980-01-01T00:00:00Z"]


def test_package_describes_the_report(book: Opened) -> None:
    root = book.tree("content.opf")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert root.get("unique-identifier") == "identifier"
    dc = {
        name: [str(text) for text in book.find("content.opf", f"//d:{name}/text()")]
        for name in ("identifier", "title", "creator", "contributor", "language", "publisher")
    }
    assert dc == {
        "identifier": ["urn:isbn:9783161484100"],
        "title": ["Camp Ashraf & Camp Liberty", "An account, 1986–2016"],
        "creator": ["Tahar Boumedra", "Foreign Affairs Committee"],
        "contributor": ["Maria van der Berg"],
        "language": ["en"],
        "publisher": ["Reglet Press"],
    }
    assert book.find("content.opf", "//d:subject/text()") == ["Iraq", "protected persons"]
    assert meta(book, "title-type", "subtitle") == ["subtitle"]
    assert meta(book, "role", "creator-1") == ["aut"]
    assert meta(book, "file-as", "creator-1") == ["Boumedra, Tahar"]
    assert meta(book, "role", "contributor-3") == ["trl"]
    assert meta(book, "belongs-to-collection") == ["Inquiries"]
    assert meta(book, "collection-type", "series") == ["series"]


def test_identifiers_of_the_package_are_each_used_once(book: Opened) -> None:
    ids = book.find("content.opf", "//@id")
    assert len(ids) == len(set(ids))
    hrefs = book.find("content.opf", "//o:item/@href")
    assert {f"EPUB/{href}" for href in hrefs} == {
        name for name in book.names if name.startswith("EPUB/") and not name.endswith(".opf")
    }


def test_access_is_described_and_conformance_not_claimed_unasked(book: Opened) -> None:
    assert meta(book, "schema:accessMode") == ["textual", "visual"]
    assert "textual" in meta(book, "schema:accessModeSufficient")
    assert "alternativeText" in meta(book, "schema:accessibilityFeature")
    assert meta(book, "schema:accessibilityHazard") == ["none"]
    assert meta(book, "schema:accessibilitySummary") == [
        "The text is in order. Notes link both ways. Every figure has a text. Nobody says so."
    ]
    assert meta(book, "dcterms:conformsTo") == []


def test_pages_are_the_bytes_that_render_made(book: Opened) -> None:
    piece = next(piece for piece in markup().pieces if piece.name == "01-protection")
    page = book.text("text/01-protection.xhtml")
    assert "<em>July</em><strong>2004</strong>" in page
    assert "<code>a  b\n\n  &lt;c&gt;&amp;</code>" in page
    assert "<linearGradient" in page
    assert "../images/lion-gate-wall.png" in page
    assert page.splitlines()[:8] == piece.markup.splitlines()[:8]


def test_every_document_is_strict_xml_in_its_own_direction(book: Opened) -> None:
    pages = [name for name in book.names if name.endswith(".xhtml")]
    assert len(pages) == 11
    for name in pages:
        root = parse(book.zip.read(name))
        assert (root.get("lang"), root.get("dir")) == ("en", "ltr")


def test_manifest_says_which_pages_hold_drawings(book: Opened) -> None:
    path = "//o:item[contains(@properties, 'svg')]/@href"
    assert book.find("content.opf", path) == ["text/01-protection.xhtml"]
    nav = book.find("content.opf", "//o:item[@id='nav']/@properties")
    assert nav == ["nav"]


def test_spine_is_in_reading_order_and_the_guide_knows_the_start(book: Opened) -> None:
    spine = book.find("content.opf", "//o:itemref/@idref")
    names = "cover title-page 00-preface contents lists 01-protection 02-attacks sources "
    names += "accessibility colophon"
    assert [str(name).removeprefix("page-") for name in spine] == names.split()
    guide = {e.get("type"): e.get("href") for e in book.find("content.opf", "//o:reference")}
    assert guide["text"] == "text/01-protection.xhtml"
    assert guide["toc"] == "text/contents.xhtml"


def test_cover_is_a_picture_with_words_and_a_page_to_reach_it(book: Opened) -> None:
    assert book.find("content.opf", "//o:item[@properties='cover-image']/@href") == [
        "images/cover.png"
    ]
    (image,) = book.find("text/cover.xhtml", "//h:img")
    assert (image.get("role"), image.get("alt")) == ("doc-cover", REPORT.title)
    with book.zip.open("EPUB/images/cover.png") as file:
        assert Raster.open(file).size == (1600, 2560)


def test_fonts_are_cut_to_the_book_and_renamed(book: Opened) -> None:
    with book.zip.open("EPUB/fonts/serif.ttf") as file:
        font = TTFont(file)
    names = {record.nameID: str(record) for record in font["name"].names}
    assert names[1] == "Reglet Serif"
    assert "SIL Open Font License" in names[13]
    assert "Adobe" in names[0]
    assert "fvar" not in font
    assert ord("J") in font.getBestCmap()
    assert ord("ж") not in font.getBestCmap()
    assert len(book.zip.read("EPUB/fonts/serif.ttf")) < 60_000


def test_style_leaves_the_reader_s_settings_alone(book: Opened) -> None:
    style = book.text("style.css")
    body = style.partition("body {")[2].partition("}")[0]
    assert "font-family" in body
    for setting in ("font-size", "color", "line-height", "margin", "background"):
        assert setting not in body
    assert "position" not in style
    assert "{{" not in style


def test_nothing_runs_and_nothing_is_fetched(book: Opened) -> None:
    for name in book.names:
        assert not name.endswith(".js")
        if name.endswith((".xhtml", ".opf", ".css")):
            text = book.zip.read(name).decode()
            assert "<script" not in text
            assert "javascript:" not in text
            assert 'src="http' not in text


def test_right_to_left_book_turns_its_pages_so() -> None:
    document = right_to_left()
    book = Opened(build(document))
    (spine,) = book.find("content.opf", "//o:spine")
    assert spine.get("page-progression-direction") == "rtl"
    assert book.tree("content.opf").get("dir") == "rtl"
    for name in (name.removeprefix("EPUB/") for name in book.names if name.endswith(".xhtml")):
        assert book.tree(name).get("dir") == "rtl"
    assert identifier(document.report).value in book.text("content.opf")
    with book.zip.open("EPUB/fonts/naskh.ttf") as file:
        assert ord("ف") in TTFont(file).getBestCmap()


def test_conformance_is_claimed_in_the_name_of_who_certifies_it() -> None:
    claimed = Opened(build(edition=CERTIFIED))
    assert meta(claimed, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert meta(claimed, "a11y:certifiedBy", "conformance") == ["Reglet Press"]


@pytest.mark.parametrize("credential", ["Checked by two readers", "https://example.org/badge"])
def test_who_certifies_it_shows_why_and_what_they_found(credential: str) -> None:
    given = {"certifier-credential": credential, "certifier-report": "https://example.org/found"}
    settings = {**CERTIFIED.settings, **given}
    metadata = Opened(build(edition=replace(CERTIFIED, settings=settings))).tree("content.opf")[0]
    told = {
        element.get("rel") or element.get("property"): element.get("href") or element.text
        for element in metadata
        if element.get("refines") == "#certifier"
    }
    assert told == {
        "a11y:certifierCredential": credential,
        "a11y:certifierReport": "https://example.org/found",
    }
    (by,) = (each for each in metadata if each.get("id") == "certifier")
    assert (by.get("property"), by.get("refines")) == ("a11y:certifiedBy", "#conformance")


def test_file_is_named_after_the_report() -> None:
    built = set_epub(markup(), REPORT, FILES).value
    assert built is not None
    assert built.filename == "camp-ashraf-camp-liberty-1.0.epub"
    assert (built.media_type, built.edition) == ("application/epub+zip", EDITION)
