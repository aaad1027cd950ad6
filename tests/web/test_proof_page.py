"""The page of what was proven: whole, safe, in the report's language, the same every time."""

from dataclasses import replace

import pytest
from test_web import BUILTS, PLAIN, REPORT, Page

from reglet.formats.proof_page import proof_page
from reglet.model.document import Proof
from reglet.model.report import Edition

PROOFS = (
    Proof("water.pdf", "notes", "reglet 0.1.0", passed=True, detail="2 notes on 4 pages"),
    Proof("water.pdf", "PDF/UA-1", "page-validation 0.11.0", passed=True, rules=104),
    Proof("water.pdf", "structure", "reglet 0.1.0", False, rules=27, faults=("page 3: `<a>` & b",)),
    Proof("water é.epub", "EPUB 3.3", "EPUBCheck", False, proven=False, faults=("it needs Java",)),
)  # fmt: skip

FILES = {built.filename: built.data for built in BUILTS}


def page(lang: str = "en", templates: dict[str, str] = PLAIN) -> str:
    outcome = proof_page(replace(REPORT, lang=lang), FILES, PROOFS, templates)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert (outcome.value.filename, outcome.value.media_type) == ("proof.html", "text/html")
    return outcome.value.data.decode()


def test_every_check_is_told_with_its_verdict() -> None:
    read = Page(page())
    rows = [" ".join(row.text.split()) for row in read.find("tr") if "class" in row.attrs]
    assert rows == [
        "notes passed – reglet 0.1.0",
        "2 notes on 4 pages",
        "PDF/UA-1 passed 104 page-validation 0.11.0",
        "structure failed 27 reglet 0.1.0",
        "page 3: <a> & b",
        "EPUB 3.3 not proven – EPUBCheck",
        "it needs Java",
    ]
    assert "page 3: <code>&lt;a&gt;</code> &amp; b" in page()
    assert [heading.text for heading in read.find("h2")] == ["water.pdf", "water é.epub"]
    assert [link.attrs["href"] for link in read.find("a")] == ["#proofs", "proof.json"]


def test_one_file_without_script_that_fetches_nothing() -> None:
    read = Page(page())
    assert not read.find("script")
    assert not [e for e in read.all if "src" in e.attrs or "style" in e.attrs]
    assert not read.find("link")


def test_tables_have_heads_and_headings_follow_each_other() -> None:
    read = Page(page())
    assert [len(read.find(tag)) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    assert {cell.attrs["scope"] for cell in read.find("th")} == {"col", "row"}
    named = {element.attrs["id"] for element in read.all if "id" in element.attrs}
    for table in read.find("table"):
        assert table.attrs["aria-labelledby"] in named


@pytest.mark.parametrize("lang", ["de", "es", "fa", "fr"])
def test_its_words_are_in_the_language_of_the_report(lang: str) -> None:
    read, english = Page(page(lang)), Page(page())
    (root,) = read.find("html")
    assert root.attrs == {"lang": lang, "dir": "rtl" if lang == "fa" else "ltr"}
    for tag in ("h1", "thead", "title"):
        assert read.find(tag)[0].text != english.find(tag)[0].text
    verdicts = [e.text for e in read.find("span", **{"class": "verdict"})]
    assert len(set(verdicts)) == 3
    assert not set(verdicts) & {"passed", "failed", "not proven"}


def test_the_download_page_leads_to_it() -> None:
    assert 'href="proof.html"' in PLAIN["inquiry/web/index.html"]


def test_a_theme_without_the_page_has_the_house_s() -> None:
    own = replace(REPORT, editions=(Edition("web", "web", theme="mine"),))
    theme = PLAIN | {"mine/theme.yaml": "extends: inquiry\n"}
    outcome = proof_page(own, FILES, PROOFS, theme | {"mine/web/index.html": "Mine"})
    assert outcome.value is not None
    assert b"PDF/UA-1" in outcome.value.data
    mine = proof_page(own, FILES, PROOFS, theme | {"mine/web/proof.html": "Mine"})
    assert mine.value is not None
    assert mine.value.data == b"Mine"


def test_the_same_proofs_give_the_same_bytes() -> None:
    assert page() == page()
