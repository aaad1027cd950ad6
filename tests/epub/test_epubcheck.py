import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from epub_book import DOCUMENT, EDITION, REPORT, build, right_to_left

from reglet.model.document import Document
from reglet.model.report import Edition, Part
from reglet.proof.epubcheck import run_epubcheck

CERTIFIED = replace(
    EDITION,
    settings={
        "certified-by": "Reglet Press",
        "certifier-credential": "https://example.org/badge",
        "certifier-report": "https://example.org/found",
    },
)
BARE = replace(
    DOCUMENT,
    report=replace(
        REPORT,
        authors=(),
        identifier="",
        series="",
        parts=tuple(Part("section", section.path) for section in DOCUMENT.sections),
    ),
    sources=(),
)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    report = run_epubcheck(written(tmp_path / "book.epub", build()))
    assert report.failures == ()
    assert report.passed
    assert report.checker.startswith("EPUBCheck 5")


@pytest.mark.full
@pytest.mark.parametrize(
    ("document", "edition"),
    [
        pytest.param(right_to_left(), EDITION, id="right to left"),
        pytest.param(DOCUMENT, CERTIFIED, id="with a claim"),
        pytest.param(BARE, EDITION, id="sections and nothing else"),
    ],
)
def test_epubcheck_finds_nothing_in_any_kind_of_book(
    tmp_path: Path, document: Document, edition: Edition
) -> None:
    report = run_epubcheck(written(tmp_path / "book.epub", build(document, edition)))
    assert report.failures == ()
    assert report.passed


@pytest.mark.full
def test_epubcheck_finds_nothing_in_this_repository_s_report(report_epub: Path) -> None:
    assert run_epubcheck(report_epub).failures == ()


@pytest.mark.full
def test_epubcheck_s_complaints_are_read(tmp_path: Path) -> None:
    whole = zipfile.ZipFile(written(tmp_path / "whole.epub", build()))
    with zipfile.ZipFile(tmp_path / "broken.epub", "w") as broken:
        for name in whole.namelist():
            data = whole.read(name).replace(b'href="#note-1"', b'href="#nowhere"')
            broken.writestr(name, data)
    report = run_epubcheck(tmp_path / "broken.epub")
    assert not report.passed
    failure = report.failures[0]
    assert (failure.id, failure.severity) == ("RSC-012", "ERROR")
    assert failure.place.startswith("EPUB/text/01-protection.xhtml:")
