"""How to cite a report: BibTeX and RIS that programs read back as what was meant."""

import re

import pytest

from reglet.formats.cite import bibtex, ris
from reglet.model.report import Author, Report

FULL = Report(
    title="Water & Walls",
    subtitle="100% of it",
    authors=(Author("Ada Lovelace"), Author("Ministry of Works"), Author("Ed Itor", "edt")),
    publisher="Salt_Press",
    place="Geneva",
    date="2026-11-24",
    identifier="978-3-16-148410-0",
    version="1.0",
    keywords=("a", "b"),
    description="First line\nTY  - HACK",
    url="https://example.org/x_{1}?a=%20&b",
)


def test_bibtex_of_a_book() -> None:
    record = bibtex(FULL)
    assert (record.kind, record.key) == ("book", "water-walls-2026")
    assert dict(record.fields) == {
        "author": "{Lovelace, Ada and {Ministry of Works}}",
        "editor": "{Itor, Ed}",
        "title": r"{{Water \& Walls: 100\% of it}}",
        "publisher": r"{Salt\_Press}",
        "address": "{Geneva}",
        "year": "{2026}",
        "isbn": "{9783161484100}",
        "url": "{https://example.org/x_%7B1%7D?a=%20&b}",
        "note": "{Version 1.0}",
        "month": "nov",
    }


def test_ris_of_a_book() -> None:
    record = ris(FULL)
    assert record.kind == "BOOK"
    assert record.fields == (
        ("AU", "Lovelace, Ada"),
        ("AU", "Ministry of Works"),
        ("ED", "Itor, Ed"),
        ("TI", "Water & Walls: 100% of it"),
        ("PB", "Salt_Press"),
        ("CY", "Geneva"),
        ("PY", "2026"),
        ("DA", "2026/11/24"),
        ("ET", "1.0"),
        ("SN", "9783161484100"),
        ("UR", "https://example.org/x_{1}?a=%20&b"),
        ("LA", "en"),
        ("KW", "a"),
        ("KW", "b"),
        ("AB", "First line TY - HACK"),
    )


@pytest.mark.parametrize(
    ("report", "kind", "tag"),
    [
        (Report("T"), "misc", "RPRT"),
        (Report("T", publisher="P"), "techreport", "RPRT"),
        (Report("T", identifier="10.1000/182"), "misc", "RPRT"),
        (Report("T", identifier="urn:isbn:9783161484100"), "book", "BOOK"),
    ],
)
def test_kinds(report: Report, kind: str, tag: str) -> None:
    assert bibtex(report).kind == kind
    assert ris(report).kind == tag


def test_a_doi_is_one_however_written() -> None:
    for written in ("10.1000/182", "doi:10.1000/182", "https://doi.org/10.1000/182"):
        report = Report("T", identifier=written)
        assert dict(bibtex(report).fields)["doi"] == "{10.1000/182}"
        assert ("DO", "10.1000/182") in ris(report).fields


@pytest.mark.parametrize(
    ("date", "year", "month", "day"),
    [
        ("2026", "{2026}", None, None),
        ("2026-02", "{2026}", "feb", "2026/02"),
        ("2026-02-03", "{2026}", "feb", "2026/02/03"),
        ("2026-02-31", "{2026}", None, None),
        ("soon", None, None, None),
        ("", None, None, None),
    ],
)
def test_dates_as_far_as_they_go(
    date: str, year: str | None, month: str | None, day: str | None
) -> None:
    report = Report("T", date=date)
    fields = dict(bibtex(report).fields)
    assert (fields.get("year"), fields.get("month")) == (year, month)
    assert dict(ris(report).fields).get("DA") == day


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Tahar Boumedra", "Boumedra, Tahar"),
        ("Boumedra, Tahar", "Boumedra, Tahar"),
        ("Foreign Affairs Committee", "{Foreign Affairs Committee}"),
        ("UNAMI", "{UNAMI}"),
        ("Smith and Sons", "{Smith and Sons}"),
        ("Smith and Sons, Ltd", "{Smith and Sons, Ltd}"),
        ("طاهر بومدرا", "{طاهر بومدرا}"),
    ],
)
def test_names(name: str, written: str) -> None:
    fields = dict(bibtex(Report("T", authors=(Author(name),))).fields)
    assert fields["author"] == f"{{{written}}}"


@pytest.mark.parametrize("text", ["a}b{c", "{", "}}", "\\", "^~#$_%&", "a\nb\x00c"])
def test_bibtex_stays_balanced(text: str) -> None:
    report = Report(f"T {text}", publisher=text, url=f"https://e.org/{text}")
    for _, value in bibtex(report).fields:
        depth = 0
        for character in value:
            depth += (character == "{") - (character == "}")
            assert depth >= 0
        assert depth == 0
        assert "\n" not in value
        assert "\x00" not in value


def test_what_is_escaped_reads_back() -> None:
    title = dict(bibtex(Report(r"a\b{c}d~e^f&g%h$i#j_k")).fields)["title"]
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
    names |= {"textasciitilde": "~", "textasciicircum": "^"}
    read = re.sub(r"\{\\(text\w+)\}", lambda match: names[match[1]], title[2:-2])
    assert re.sub(r"\\([&%$#_])", r"\1", read) == r"a\b{c}d~e^f&g%h$i#j_k"


@pytest.mark.parametrize("title", ["اردوگاه اشرف", "", "!!!"])
def test_a_key_is_always_there(title: str) -> None:
    assert bibtex(Report(title, date="2026")).key == "report-2026"
