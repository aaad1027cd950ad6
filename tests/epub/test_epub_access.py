"""What an EPUB says of access to it: each feature where it is true of the book, and only there."""

import io
from pathlib import Path

import pytest
from conftest import ROOT, Maker, built
from epub_book import Opened
from PIL import Image as Raster

from reglet.language import direction
from reglet.pipeline import check
from reglet.proof.epubcheck import run_epubcheck
from reglet.yamltree import read_yaml

ALWAYS = {
    "ARIA", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents",
    "unlocked",
}  # fmt: skip
REPORT = "title: Wells\ndate: 2026-11-24\nlang: {lang}\ncontact: help@example.org\n"
TEXT = """# Wells

Deep.[^1] See the drop.

[^1]: Measured.

![A drop](figures/drop.png)

| Well | Depth |
|------|-------|
| Mill | 8     |
"""
LABELS = sorted(path.stem for path in (ROOT / "templates" / "labels").glob("*.yaml"))


def drop(*, moving: bool = False) -> bytes:
    buffer = io.BytesIO()
    frames = [Raster.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "GIF" if moving else "PNG", save_all=moving, append_images=frames[1:])
    return buffer.getvalue()


def book(make: Maker, folder: Path, text: str, report: str = "", lang: str = "en") -> Opened:
    files: dict[str, str | bytes] = {
        "report.yaml": REPORT.format(lang=lang) + (report or "editions: [ebook]\n"),
        "sections/01.md": text,
        "figures/drop.png": drop(),
        "figures/drops.gif": drop(moving=True),
        "data/wells.yaml": "- {id: mill, depth: 8}\n- {id: south, depth: 21.25}\n",
    }
    (epub,) = built(make(files), folder).glob("*.epub")
    return Opened(epub.read_bytes())


def said(book: Opened, name: str) -> list[str]:
    return [str(word) for word in book.find("content.opf", f"//o:meta[@property='{name}']/text()")]


def features(book: Opened) -> set[str]:
    return set(said(book, "schema:accessibilityFeature"))


def words(lang: str) -> dict[str, str]:
    text = (ROOT / "templates" / "labels" / f"{lang}.yaml").read_text("utf-8")
    value = read_yaml(text, "").value.value
    assert isinstance(value, dict)
    return {str(key): str(word) for key, word in value.items()}


def statement(book: Opened) -> list[str]:
    return book.words("text/accessibility.xhtml", "//h:li/text()")


def test_a_book_of_text_alone_claims_nothing_but_that(make: Maker, tmp_path: Path) -> None:
    found = book(
        make,
        tmp_path / "out",
        "# Wells\n\nDeep.\n",
        "editions: [ebook]\nsections: [{part: title-page}, sections/01.md]\n",
    )
    assert features(found) == ALWAYS
    assert said(found, "schema:accessMode") == ["textual"]
    assert said(found, "schema:accessModeSufficient") == ["textual"]
    assert said(found, "schema:accessibilityHazard") == ["none"]
    english = words("en")
    keys = ["text", "display", "hazards", "unlocked", "unclaimed"]
    assert statement(found) == [english[f"access_{key}"] for key in keys]
    assert said(found, "schema:accessibilitySummary") == [" ".join(statement(found))]


def test_what_the_book_holds_is_named(make: Maker, tmp_path: Path) -> None:
    found = book(make, tmp_path / "out", TEXT)
    assert features(found) == ALWAYS | {"alternativeText"}
    assert said(found, "schema:accessMode") == ["textual", "visual"]
    assert said(found, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    english = words("en")
    for key in ("notes", "pictures", "tables"):
        assert english[f"access_{key}"] in statement(found)
    for key in ("pages", "descriptions", "formulas", "conformance"):
        assert english[f"access_{key}"] not in statement(found)


def test_pages_are_named_where_a_pdf_gives_them(make: Maker, tmp_path: Path) -> None:
    found = book(make, tmp_path / "out", TEXT, "editions: [screen, ebook]\n")
    assert features(found) >= {"pageBreakMarkers", "pageNavigation"}
    assert words("en")["access_pages"] in statement(found)
    assert said(found, "pageBreakSource") == ["wells.pdf"]


def test_a_picture_that_moves_is_no_safe_one(make: Maker, tmp_path: Path) -> None:
    report = "editions:\n  - {name: ebook, certified-by: Valley Press}\n"
    found = book(make, tmp_path / "out", "# One\n\n![Drops](figures/drops.gif)\n", report)
    hazards = {"unknownFlashingHazard", "unknownMotionSimulationHazard", "noSoundHazard"}
    assert set(said(found, "schema:accessibilityHazard")) == hazards
    assert words("en")["access_hazards"] not in statement(found)
    assert said(found, "dcterms:conformsTo") == []
    assert words("en")["access_unclaimed"] in statement(found)


def test_who_certifies_it_is_named_on_the_page(make: Maker, tmp_path: Path) -> None:
    report = "editions:\n  - {name: ebook, certified-by: Valley Press}\n"
    found = book(make, tmp_path / "out", TEXT, report)
    assert said(found, "a11y:certifiedBy") == ["Valley Press"]
    english = words("en")
    assert english["access_conformance"].replace("{name}", "Valley Press") in statement(found)
    assert english["access_unclaimed"] not in statement(found)


@pytest.mark.parametrize("lang", LABELS)
def test_the_page_is_in_the_language_of_the_report(make: Maker, tmp_path: Path, lang: str) -> None:
    found = book(make, tmp_path / "out", TEXT, lang=lang)
    own = words(lang)
    page = found.tree("text/accessibility.xhtml")
    assert (page.get("lang"), page.get("dir")) == (lang, direction(lang))
    keys = ["text", "display", "notes", "pictures", "tables", "hazards", "unlocked", "unclaimed"]
    assert statement(found) == [own[f"access_{key}"] for key in keys]
    mail = "mailto:help@example.org"
    assert found.find("text/accessibility.xhtml", "//h:p/h:a/@href") == [mail]
    nav = found.find("nav.xhtml", "//h:nav//h:a[@href='text/accessibility.xhtml']/text()")
    assert nav == [own["accessibility"]] * 2  # in the contents and among the landmarks
    assert "data-feature" not in found.text("text/accessibility.xhtml") + found.text("nav.xhtml")


def test_every_language_has_a_word_for_each_of_english() -> None:
    keys = {key for key in words("en") if key.startswith("access")}
    assert all(keys <= set(words(other)) for other in LABELS)


def test_the_page_can_be_left_out(make: Maker, tmp_path: Path) -> None:
    report = "editions:\n  - {name: ebook, accessibility-page: false}\n"
    found = book(make, tmp_path / "out", TEXT, report)
    assert "EPUB/text/accessibility.xhtml" not in found.names
    assert "accessibility.xhtml" not in found.text("nav.xhtml") + found.text("toc.ncx")
    assert words("en")["access_notes"] in said(found, "schema:accessibilitySummary")[0]


def test_epubcheck_finds_nothing_in_what_is_said(make: Maker, tmp_path: Path) -> None:
    report = "editions:\n  - {name: ebook, certified-by: Valley Press}\n"
    book(make, tmp_path / "out", TEXT, report)
    (epub,) = (tmp_path / "out").glob("*.epub")
    assert run_epubcheck(epub).failures == ()


def test_a_contact_is_a_mail_or_web_address(make: Maker) -> None:
    found = check(make({"report.yaml": "title: Wells\ncontact: nobody\n"})).diagnostics
    (told,) = (each for each in found if each.code == "bad-value")
    assert (str(told.span), told.message) == (
        "report.yaml:2:10",
        "`nobody` is no mail or web address",
    )
