"""Every fact of the source document stands in the finished PDF and EPUB (tests/facts.yaml)."""

import html
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

TESTS = Path(__file__).parent
DATA = TESTS.parent / "content" / "data"
QUOTES = re.compile("[\"'`‘’‚‛“”„‹›«»]+")
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
INLINE = "a|abbr|b|bdi|cite|code|em|i|q|s|small|span|strong|sub|sup"
MARKUP = re.compile(r"<(style|script|head)\b.*?</\1>|<!--.*?-->", re.DOTALL)
BRIDGE = 8  # lines on either side of a page's end that one statement may run over


def read_yaml(path: Path) -> Any:  # noqa: ANN401  the rows are checked by the tests that read them
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def fold(text: str) -> str:
    """One form for what setting changes: ligatures, quotes, spaces, case, hyphens at line ends.

    Hyphens and dashes are dropped on both sides: at a line's end nothing tells the word's own
    hyphen from the setter's.
    """
    text = unicodedata.normalize("NFKC", re.sub("\u00ad\\s*|\u200b", "", text))
    text = re.sub(rf"[{DASHES}][^\S\n]*\n\s*", "", QUOTES.sub("'", text))
    return re.sub(r"\s+", " ", re.sub(f"[{DASHES}]", "", text)).strip().casefold()


def contains(text: str, wanted: str) -> bool:
    """Whether folded `text` says `wanted`; an address may be broken over lines."""
    needle = fold(wanted)
    if "://" in needle:
        return needle in text.replace(" ", "")
    after = r"(?!\d)" if needle[-1].isdigit() else ""
    return re.search(rf"(?<!\w){re.escape(needle)}{after}", text) is not None


def bridges(pages: list[str]) -> Iterator[str]:
    """Yield text that may run on from a page to the next, over notes, folio and running head."""
    for page, following in pairwise(pages):
        before, after = page.splitlines(), following.splitlines()
        for end in range(1, len(before) + 1):
            for start in range(min(BRIDGE, len(after))):
                joined = before[max(0, end - BRIDGE) : end] + after[start : start + BRIDGE]
                yield fold("\n".join(joined))


def facts() -> list[tuple[str, str]]:
    """Return every string wanted, with the name of its fact."""
    rows = read_yaml(TESTS / "facts.yaml")
    return [
        (row["fact"], text)
        for row in rows
        for text in ([row["text"]] if isinstance(row["text"], str) else row["text"])
    ]


def missing(text: str) -> list[tuple[str, str]]:
    return [(fact, wanted) for fact, wanted in facts() if not contains(text, wanted)]


def listed(absent: list[tuple[str, str]]) -> str:
    return "\n".join(f"{fact}: {wanted}" for fact, wanted in absent)


def pdf_pages(path: Path) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.fail("pdftotext is not installed: install poppler-utils")
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")


def epub_text(path: Path) -> str:
    with ZipFile(path) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        pages = [book.read(name).decode("utf-8") for name in names]
    text = MARKUP.sub(" ", "\n".join(pages))
    text = re.sub(rf"</?(?:{INLINE})\b[^>]*>", "", text)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def test_the_table_covers_the_source_document() -> None:
    names = [row["fact"] for row in read_yaml(TESTS / "facts.yaml")]
    assert len(names) >= 150
    assert len(set(names)) == len(names)


def test_the_pdf_says_every_fact(report_pdf: Path) -> None:
    pages = pdf_pages(report_pdf)
    absent = missing(fold("\n".join(pages)))
    over_pages = list(bridges(pages)) if absent else []
    absent = [row for row in absent if not any(contains(text, row[1]) for text in over_pages)]
    assert not absent, f"not in the PDF:\n{listed(absent)}"


def test_the_epub_says_every_fact(report_epub: Path) -> None:
    absent = missing(fold(epub_text(report_epub)))
    assert not absent, f"not in the EPUB:\n{listed(absent)}"


def test_the_chronology_agrees_with_the_attacks() -> None:
    attacks = {row["id"]: row for row in read_yaml(DATA / "attacks.yaml")}
    by_date = sorted(attacks, key=lambda key: str(attacks[key]["date"]))
    rows = [row for row in read_yaml(DATA / "chronology.yaml") if "attack" in row]
    assert [row["attack"] for row in rows] == by_date
    for row in rows:
        attack = attacks[row["attack"]]
        assert (row["date"], row["when"]) == (str(attack["date"]), attack["when"])
        assert f"{attack['killed']} killed" in row["text"]


def test_the_chronology_is_in_order() -> None:
    whole_dates = [
        row["date"] for row in read_yaml(DATA / "chronology.yaml") if len(row["date"]) == 10
    ]
    assert whole_dates == sorted(whole_dates)


def test_printed_dates_and_wounded_agree_with_the_numbers() -> None:
    for row in read_yaml(DATA / "attacks.yaml"):
        last = row.get("end", row["date"])
        assert row["when"].endswith(f"{last:%B} {last.year}")
        assert str(last.day) in re.split(r"\W", row["when"])
        if "wounded" in row:
            assert str(row["wounded"]) in row["wounded_text"]
