"""Each label of the EPUB's page list stands at the words that begin that page of the PDF.

The words are read from the two finished files.
"""

import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize
from zipfile import ZipFile

import pikepdf
import pytest
from conftest import Maker, built
from lxml import etree

from reglet.model.words import folded
from reglet.proof.epubcheck import run_epubcheck

BELOW_HEAD = ["-y", "54", "-x", "0", "-W", "270", "-H", "272"]  # pt: text and notes of a page
A4_BELOW_HEAD = ["-y", "76", "-x", "0", "-W", "596", "-H", "696"]
ADDED = re.compile(r"[•–*†‡§] |Year What became of it |Table \d+, continued ")
"""Bullets, signs of editor's notes (letters in an EPUB), heads that stand again, and say so."""
NUMBERED = re.compile(r"^([0-9]+)\. ")  # a note in a list of an EPUB's
CONTROLS = re.compile("[\u200c\u200e\u200f\u202a-\u202e]")
NUMBER = re.compile(r"[0-9]+ ?")
SHOWN = """following::text()[not(ancestor::*[
local-name()='title' or local-name()='summary' or @class='call editor'])]"""
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
REPORT = """
title: Page by page
date: 2026-11-24
identifier: urn:uuid:00000000-0000-4000-8000-000000000003
editions:
  - {{name: screen, format: pdf, page: 95mm 130mm, margin-top: 20mm, margin-bottom: 15mm,
     margin-inside: 12mm, margin-outside: 12mm{screen}}}
  - {{name: ebook, format: epub{ebook}}}
"""
PHRASE = "[آب چاه]{lang=fa dir=rtl}"
WORDS = """unquestionably notwithstanding characteristically and of the it misunderstanding be
self-determination responsibilities is as administration well-being independently in was""".split()


def prose(random: Random, count: int) -> str:
    """Words that are hyphenated, from a small stock, in italics and links here and there."""
    drawn = (random.choice(WORDS) for _ in range(count))
    forms = ("{}", "{}", "{}", "{}", "{}", "*{}*", "**{}**", "[{}](https://example.org/a-b)")
    words = [random.choice(forms).format(word) for word in drawn]
    return " ".join([*words[: count // 2], PHRASE, *words[count // 2 :]] if count > 40 else words)


def section(number: int, *, chart: bool = False) -> str:
    random = Random(number)
    blocks = [f"# Chapter {number}"]
    for block in range(9):
        call = f"[^{number}-{block}]"
        editor = "{.editor}" if block % 3 == 0 else ""
        blocks += [
            f"{prose(random, 60)}{call} {prose(random, 30)}.",
            f"[^{number}-{block}]: {prose(random, 45)}.{editor}",
        ]
        if block == 2:
            rows = "\n".join(f"| {n} | {prose(random, 5)} |" for n in range(30))
            blocks.append(
                f"| Year | What became of it |\n|---|---|\n{rows}\n\n: Years {{#tbl-{number}}}"
            )
        if block == 4:
            blocks.append("\n".join(f"- {prose(random, 14)}" for _ in range(8)))
        if block == 5:
            blocks.append(f"## Again\n\nSee @note-{number}-1, @tbl-{number}. {prose(random, 20)}")
        if block == 6:
            blocks.append(f"::: columns\n{prose(random, 150)}\n\n{prose(random, 90)}\n:::")
        if block == 6 and chart:
            blocks.append(CHART)
        if block == 7:
            blocks.append(f"> {prose(random, 60)}")
    return "\n\n".join([*blocks, ""])


CHART = """```chart
data: wells
label: id
value: depth
```

::: description
The well of the mill is no deeper.
:::"""


def files(screen: str = "", ebook: str = "", *, chart: bool = False) -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {
        "report.yaml": REPORT.format(screen=screen, ebook=ebook).lstrip(),
        "data/wells.yaml": "- {id: mill, depth: 8}\n",
    }
    return found | {f"sections/0{n}.md": section(n, chart=chart) for n in (1, 2)}


@dataclass(frozen=True)
class Listed:
    """A line of an EPUB's page list, and the words that follow the place it leads to."""

    label: str
    file: str
    words: str
    within: bool  # whether the mark stands in a block that begins before it


def beginnings(pdf: Path, area: list[str]) -> dict[str, str]:
    """Read what stands at the top of each page below its running head, in line."""
    with pikepdf.open(pdf) as file:
        count = len(file.pages)
    found = {}
    for number in range(1, count + 1):
        page = ["-f", str(number), "-l", str(number), *area]
        run = ["pdftotext", *page, str(pdf), "-"]
        text = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        found[str(number)] = ADDED.sub("", " ".join(text.split()))
    return found


def page_list(epub: Path) -> list[Listed]:
    with ZipFile(epub) as book:
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
        lists = [each for each in nav.iter(f"{XHTML}nav") if each.get(f"{OPS}type") == "page-list"]
        links = [link for each in lists for link in each.iter(f"{XHTML}a")]
        return [_listed(book, link.text, *link.get("href").split("#")) for link in links]


def _listed(book: ZipFile, label: str, file: str, id: str) -> Listed:
    root: Any = etree.fromstring(book.read(f"EPUB/{file}"))
    (mark,) = (each for each in root.iter(f"{XHTML}span") if each.get("id") == id)
    given = {"role": "doc-pagebreak", "aria-label": label, f"{OPS}type": "pagebreak", "id": id}
    assert dict(mark.attrib) == given
    words = NUMBERED.sub(r"\1 ", " ".join("".join(mark.xpath(SHOWN)).split()))
    return Listed(
        label, file, words, bool(mark.xpath("preceding-sibling::text()[normalize-space()]"))
    )


def letters(text: str) -> str:
    """Fold a text, and what readers of PDFs say of directions and joined letters."""
    return folded(CONTROLS.sub("", normalize("NFKC", text)))


def stands_at(listed: Listed, page: str) -> bool:
    """Tell whether a page begins with the words behind the mark, or with the rest of the first."""
    wanted = letters(" ".join(page.split()[:3]))[:18]
    word = letters(listed.words.split()[0])
    starts = [0, *range(1, len(word))] if listed.within else [0]
    return any(letters(listed.words)[start:].startswith(wanted) for start in starts)


def wrong(
    output: Path, area: list[str] = BELOW_HEAD, *, numbers: bool = True
) -> list[tuple[str, str, str]]:
    """List the pages that do not begin where the EPUB says; the cover's words are a picture.

    Without `numbers`, all are left out: of a PDF's contents and of charts, which
    are read in another order.
    """
    (pdf,), (epub,) = output.glob("*.pdf"), output.glob("*.epub")
    pages, (cover, *listed) = beginnings(pdf, area), page_list(epub)
    assert cover.file == "text/cover.xhtml"
    assert [cover.label, *(each.label for each in listed)] == list(pages)
    # a table that a page begins with has its head there for the first time
    listed = [replace(each, words=ADDED.sub("", each.words)) for each in listed]
    if not numbers:
        pages = {label: NUMBER.sub("", words) for label, words in pages.items()}
        listed = [replace(each, words=NUMBER.sub("", each.words)) for each in listed]
    return [
        (each.label, pages[each.label][:60], each.words[:60])
        for each in listed
        if not stands_at(each, pages[each.label])
    ]


def test_each_page_is_found_at_the_words_it_begins_with(make: Maker, tmp_path: Path) -> None:
    output = built(make(files()), tmp_path / "out")
    assert wrong(output) == []
    (epub,) = output.glob("*.epub")
    listed = page_list(epub)
    assert len(listed) > 30
    assert sum(each.within for each in listed) > 15
    assert run_epubcheck(epub).failures == ()


@pytest.mark.full
def test_pages_of_a_list_of_notes_are_found_in_the_epub_s(make: Maker, tmp_path: Path) -> None:
    notes = ", notes: report-end"
    output = built(make(files(screen=notes, ebook=notes)), tmp_path / "out")
    assert wrong(output) == []
    (epub,) = output.glob("*.epub")
    assert sum(each.file == "text/notes.xhtml" for each in page_list(epub)) > 5


PERSIAN = """چشمه‌ها و چاه‌های دره بالا در سال‌های گذشته بارها اندازه گرفته شده‌اند و مردم روستا
می‌گویند که آب هرگز چنین کم نبوده است""".split()


@pytest.mark.full
def test_pages_are_found_in_persian(make: Maker, tmp_path: Path) -> None:
    random = Random(1)
    text = "\n\n".join(
        " ".join(random.choice(PERSIAN) for _ in range(60)) + f".[^{block}]\n\n[^{block}]: یادداشت."
        for block in range(18)
    )
    report = "lang: fa\n" + REPORT.format(screen="", ebook="").lstrip()
    given = {"report.yaml": report, "sections/01.md": f"# آب\n\n{text}\n"}
    output = built(make({**given}), tmp_path / "out")
    (epub,) = output.glob("*.epub")
    chapter = {each.label for each in page_list(epub) if each.file == "text/01.xhtml"}
    assert len(chapter) > 8
    assert [each for each in wrong(output) if each[0] in chapter] == []


def test_an_epub_alone_has_no_pages(make: Maker, tmp_path: Path) -> None:
    report = REPORT[: REPORT.index("editions")].lstrip() + "editions: [ebook]\n"
    (epub,) = built(make({"report.yaml": report}), tmp_path / "out").glob("*.epub")
    assert page_list(epub) == []
    with ZipFile(epub) as book:
        texts = [book.read(name).decode() for name in book.namelist() if name.endswith("ml")]
        package = book.read("EPUB/content.opf").decode()
    assert not any("pagebreak" in text or "page-list" in text for text in texts)
    assert "pageBreak" not in package
    assert "pageNavigation" not in package


@pytest.mark.full
def test_pages_of_this_repository_s_report_are_found(report_output: Path) -> None:
    assert wrong(report_output, A4_BELOW_HEAD, numbers=False) == []


@pytest.mark.full
def test_pages_are_found_where_descriptions_are_printed(make: Maker, tmp_path: Path) -> None:
    output = built(make(files(screen=", descriptions: true", chart=True)), tmp_path / "out")
    assert wrong(output, numbers=False) == []
