"""Files broken by the tests, one fault each: every one is refused, and for its own reason."""

import re

import broken_epubs
import broken_pdfs
import pytest
from sound_files import sound_files

from reglet.proof.book.checks import check_book
from reglet.proof.files import prove_data
from reglet.proof.finding import Finding, Verdict
from reglet.proof.structure.checks import CHECKS, check_structure

PDFS = {fault.name: fault for fault in broken_pdfs.FAULTS}
EPUBS = {fault.name: fault for fault in broken_epubs.FAULTS}


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return sound_files(tmp_path_factory.mktemp("sound"))


def refused(finding: Finding | None, reason: str) -> None:
    """See that a file fails, and for nothing but its own reason."""
    assert finding is not None
    assert finding.verdict is Verdict.FAILED
    others = [fault for fault in finding.detail if not re.search(reason, fault)]
    assert len(others) < len(finding.detail), finding.detail
    assert not [fault for fault in others if not re.match(r"and \d+ more", fault)]


def test_there_are_forty() -> None:
    assert len(PDFS) >= 26
    assert len(EPUBS) >= 14


def test_the_files_are_sound_before_they_are_broken(sound: dict[str, bytes]) -> None:
    for suffix, data in sound.items():
        found = [f for f in prove_data(f"a.{suffix}", data) if f.verdict is not Verdict.NOT_PROVEN]
        assert [f.verdict for f in found] == [Verdict.PASSED] * len(found)
        assert "structure" in {f.standard for f in found}


@pytest.mark.parametrize("name", PDFS)
def test_a_broken_pdf_is_refused_for_its_own_reason(name: str, sound: dict[str, bytes]) -> None:
    data = broken_pdfs.broken(sound["pdf"], PDFS[name].make)
    refused(check_structure(data), PDFS[name].reason)
    assert check_structure(data) == check_structure(data)


@pytest.mark.parametrize("name", EPUBS)
def test_a_broken_epub_is_refused_for_its_own_reason(name: str, sound: dict[str, bytes]) -> None:
    data = broken_epubs.broken(sound["epub"], EPUBS[name].make)
    refused(check_book(data), EPUBS[name].reason)


def test_what_is_no_file_of_its_kind_is_refused(sound: dict[str, bytes]) -> None:
    refused(check_structure(b"no PDF"), "it is no PDF, or damaged")
    refused(check_structure(sound["pdf"][:2000]), "it is no PDF, or damaged|it has no")
    refused(check_book(b"no EPUB"), "it is no ZIP archive")
    refused(check_book(sound["epub"][:2000]), "it is no ZIP archive")


def test_every_check_of_a_pdf_finds_its_fault(sound: dict[str, bytes]) -> None:
    from io import BytesIO

    import pikepdf

    from reglet.proof.structure.reading import read_pdf

    silent = set(CHECKS)
    for fault in PDFS.values():
        if fault.name == "no tags":
            continue
        data = broken_pdfs.broken(sound["pdf"], fault.make)
        with pikepdf.open(BytesIO(data)) as pdf:
            reading = read_pdf(pdf)
            silent -= {name for name in silent if list(CHECKS[name](reading))}
    assert not silent
