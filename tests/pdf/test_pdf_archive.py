"""A finished PDF as an archive has it: PDF/A-3a and PDF/UA-1 in one, the report's data in it."""

import re
import zlib
from pathlib import Path

import pikepdf
import pytest
from conftest import Maker

from reglet.formats.pdf.archive import whole_streams
from reglet.model.document import Built, Document
from reglet.model.report import Edition, Report
from reglet.pipeline import build
from reglet.progress import NoProgress
from reglet.proof.gate import prove
from reglet.summary import summarise

FILES: dict[str, str | bytes] = {
    "report.yaml": "title: Test\ndate: 2026-11-24\neditions: [screen]\n",
    "sections/01.md": "# One\n\nOn {{ data.facts.year }}.[@rope]\n",
    "data/wells.yaml": "- {id: a, depth: 3}\n",
    "data/facts.yaml": "\ufeffyear: 12\r\n",
    "sources.yaml": "rope: {type: book, title: The Rope, author: [{family: Keller}]}\n",
    "sources.bib": "@book{well, title = {The Well}, author = {Ada Bauer}, date = {2001}}\n",
}


def pdf_of(folder: Path, output: Path) -> tuple[Path, str]:
    outcome = build(folder, output=output, progress=NoProgress())
    assert [item.message for item in outcome.diagnostics] == []
    assert outcome.value is not None
    (file,) = output.glob("*.pdf")
    return file, summarise(outcome.value)


def test_a_file_is_for_archives_and_for_all(make: Maker, tmp_path: Path) -> None:
    file, summary = pdf_of(make(FILES), tmp_path / "out")
    assert "passes PDF/UA-1, passes PDF/A-3a" in summary
    with pikepdf.open(file) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["dc:title"] == "Test"
        assert pdf.Root.Metadata.read_bytes().count(b"<rdf:RDF") == 1
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert b"sRGB" in intent.DestOutputProfile.read_bytes()
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.ModDate).startswith("D:20261124000000")


def test_the_data_of_a_report_are_in_it(make: Maker, tmp_path: Path) -> None:
    file, _ = pdf_of(make(FILES), tmp_path / "out")
    with pikepdf.open(file) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        listed = {str(names[n]): names[n + 1] for n in range(0, len(names), 2)}
        assert list(listed) == [
            "data-facts.yaml", "data-wells.yaml", "sources.bib", "sources.yaml",
        ]  # fmt: skip
        assert [spec.objgen for spec in pdf.Root.AF] == [spec.objgen for spec in listed.values()]
        facts = listed["data-facts.yaml"]
        assert facts.EF.F.read_bytes() == b"year: 12\n"
        assert str(facts.EF.F.Subtype) == "/application/yaml"
        assert str(facts.EF.F.Params.ModDate) == "D:20261124000000Z"
        assert str(facts.Desc) == "data/facts.yaml: data of Test"
        assert [str(spec.AFRelationship) for spec in listed.values()] == [
            "/Data", "/Data", "/Source", "/Source",
        ]  # fmt: skip
        assert str(listed["sources.bib"].EF.F.Subtype) == "/text/x-bibtex"


def test_a_report_without_data_has_no_files_in_it(make: Maker, tmp_path: Path) -> None:
    bare = {"report.yaml": FILES["report.yaml"]}
    file, summary = pdf_of(make(bare), tmp_path / "out")
    assert "passes PDF/A-3a" in summary
    with pikepdf.open(file) as pdf:
        assert "/AF" not in pdf.Root


def test_two_builds_give_the_same_bytes(make: Maker, tmp_path: Path) -> None:
    folder = make(FILES)
    first, second = (pdf_of(folder, tmp_path / name)[0].read_bytes() for name in "ab")
    assert first == second


@pytest.mark.parametrize(
    ("spoil", "standard"),
    [
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "PDF/A-3a"),
        (lambda pdf: pdf.Root.AF[0].__delitem__("/AFRelationship"), "PDF/A-3a"),
        (lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"), "PDF/UA-1"),
    ],
    ids=["intent", "relationship", "title"],
)
def test_a_file_that_breaks_a_standard_is_refused(
    make: Maker, tmp_path: Path, spoil: object, standard: str
) -> None:
    assert callable(spoil)
    file, _ = pdf_of(make(FILES), tmp_path / "out")
    with pikepdf.open(file) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / "spoilt.pdf")
    data = (tmp_path / "spoilt.pdf").read_bytes()
    one = Built(Edition("screen", "pdf"), "spoilt.pdf", "application/pdf", data, 1)
    outcome = prove([one], lambda _: Document(Report("Test"), (), {}))
    assert outcome.failed
    failed = {p.standard for p in outcome.value if not p.passed}
    assert failed - {"structure"} == {standard}
    told = [item.message for item in outcome.diagnostics]
    assert all(re.search(f"does not pass ({standard}|structure)", message) for message in told)


def test_a_file_that_claims_less_than_its_edition_is_refused(make: Maker, tmp_path: Path) -> None:
    file, _ = pdf_of(make(FILES), tmp_path / "out")
    with pikepdf.open(file) as pdf:
        with pdf.open_metadata() as metadata:
            del metadata["pdfaid:part"], metadata["pdfaid:conformance"]
        pdf.save(tmp_path / "silent.pdf")
    data = (tmp_path / "silent.pdf").read_bytes()
    one = Built(Edition("screen", "pdf"), "silent.pdf", "application/pdf", data, 1)
    outcome = prove([one], lambda _: Document(Report("Test"), (), {}))
    assert ["PDF/A-3a" in item.message for item in outcome.diagnostics] == [True]
    assert "the file does not claim it" in outcome.diagnostics[0].message


def test_streams_are_as_long_as_they_say() -> None:
    import pydyf

    ending = next(
        text
        for text in (f"{number}".encode() for number in range(100_000))
        if zlib.compress(text, 9).endswith(b"\r")
    )
    with whole_streams():
        for compress in (False, True):
            data = pydyf.Stream([b"a\r" if not compress else ending], compress=compress).data
            assert data.endswith(b"\r\r\nendstream")
        assert pydyf.Stream([b"a"]).data.endswith(b"stream\na\nendstream")
