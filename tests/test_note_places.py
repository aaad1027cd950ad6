"""Where an edition's notes stand: below their section or behind the report, in PDF and in EPUB."""

import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from conftest import Maker, built
from lxml import etree

from reglet.model.document import Built, Document, Note, Placed, Proof, first_call
from reglet.model.report import Edition, Report
from reglet.model.result import BuildResult
from reglet.model.span import NOWHERE
from reglet.pipeline import build, check
from reglet.progress import NoProgress
from reglet.proof.epubcheck import run_epubcheck
from reglet.proof.notes import prove_notes
from reglet.summary import summarise

NOTES = [f"note-{number}" for number in range(1, 13)] + [f"note-ed-{n}" for n in range(1, 4)]
OPS = "{http://www.idpf.org/2007/ops}type"
XHTML = "{http://www.w3.org/1999/xhtml}"


def words(file: Path) -> str:
    run = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    return re.sub(r"[^\S\f\n]+", " ", text)


def links(file: Path) -> list[str]:
    with pikepdf.open(file) as pdf:
        return [
            str(annotation.Dest)
            for page in pdf.pages
            for annotation in page.obj.get("/Annots", [])
            if "/Dest" in annotation
        ]


def pdf_of(folder: Path, edition: str) -> Path:
    (file,) = folder.glob(f"*-{edition}.pdf")
    return file


@pytest.mark.parametrize("edition", ["below", "behind"])
def test_listed_notes_are_linked_with_all_their_calls(notes_output: Path, edition: str) -> None:
    targets = links(pdf_of(notes_output, edition))
    for note in NOTES:
        assert note in targets
        assert note.replace("note", "call") in targets
    assert {"call-6", "call-6-2", "call-6-3"} <= set(targets)


def test_notes_end_their_section(notes_output: Path) -> None:
    pages = words(pdf_of(notes_output, "below")).split("\f")
    (wells,) = (page for page in pages if "Twelve wells were measured" in page)
    (pumps,) = (page for page in pages if "The pumps were counted" in page)
    assert wells.index("A quotation calls a note") < wells.index("A note in a heading of the first")
    assert "The last paragraph, behind both lists." in wells
    assert "Its own note." in pumps
    assert "Its own note." not in wells


def test_notes_stand_behind_the_report(notes_output: Path) -> None:
    pages = words(pdf_of(notes_output, "behind")).split("\f")
    (notes,) = (page for page in pages if "The innermost note." in page)
    assert notes.lstrip().startswith("Notes")
    assert notes.index("The wells") < notes.index("Another, in a table") < notes.index("The pumps")
    assert "Books" in pages[pages.index(notes) + 1]
    (contents,) = (page for page in pages if page.lstrip().startswith("Contents"))
    assert f"Notes {pages.index(notes) + 1}" in contents


def test_the_head_of_a_page_of_notes_names_their_section(make: Maker, tmp_path: Path) -> None:
    calls = " ".join(f"Word^[Note {number} of this section.]." for number in range(120))
    edition = "{name: behind, format: pdf, notes: report-end}"
    files: dict[str, str | bytes] = {
        "report.yaml": f"title: Test\neditions: [{edition}]\n",
        "sections/01.md": f"# One\n\n{calls}\n",
        "sections/02.md": f"# Two\n\n{calls}\n",
    }
    folder = built(make(files), tmp_path / "out")
    pages = [page.lstrip() for page in words(pdf_of(folder, "behind")).split("\f")]
    heads = [page.partition("\n")[0] for page in pages if "Note 1" in page]
    assert heads[0].strip() == "Notes"
    assert any("Notes: One" in head for head in heads)
    assert "Notes: Two" in heads[-1]


@pytest.mark.parametrize("edition", ["chapters", "file"])
def test_both_kinds_of_epub_pass_epubcheck(notes_output: Path, edition: str) -> None:
    (file,) = notes_output.glob(f"*-{edition}.epub")
    report = run_epubcheck(file)
    assert report.passed, report.failures


def test_one_file_of_an_epub_holds_all_notes(notes_output: Path) -> None:
    (file,) = notes_output.glob("*-file.epub")
    with ZipFile(file) as book:
        pages = {
            name: etree.fromstring(book.read(name)) for name in book.namelist() if "text/" in name
        }
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
        package = book.read("EPUB/content.opf").decode()
    holders = {
        name for name, page in pages.items() if page.find(".//*[@role='doc-footnote']") is not None
    }
    assert holders == {"EPUB/text/notes.xhtml"}
    notes = pages["EPUB/text/notes.xhtml"]
    assert {note.get("id") for note in notes.iterfind(".//*[@role='doc-footnote']")} == set(NOTES)
    (part,) = notes.iterfind(".//*[@role='doc-endnotes']")
    assert part.get(OPS) == "endnotes"
    assert [head.text for head in notes.iter(f"{XHTML}h2")] == ["The wells", "The pumps"]
    landmark = nav.find(f".//{XHTML}nav/{XHTML}ol/{XHTML}li/{XHTML}a[@{OPS}='endnotes']")
    assert landmark.get("href") == "text/notes.xhtml"
    assert nav.find(f".//{XHTML}a[@href='text/notes.xhtml#note-list']").text == "Notes"
    assert package.index('idref="page-notes"') < package.index('idref="page-sources"')


@pytest.mark.parametrize(
    ("edition", "hint"),
    [
        ("{name: ebook, notes: foot}", "write `section-end` or `report-end`"),
        ("{name: web, notes: report-end}", "take the line out"),
        ("{name: screen, notes: section-ends}", "did you mean `section-end`?"),
    ],
)
def test_a_place_that_a_format_has_not_is_told(make: Maker, edition: str, hint: str) -> None:
    folder = make({"report.yaml": f"title: Test\neditions:\n  - {edition}\n"})
    (fault,) = check(folder).diagnostics
    assert (fault.code, fault.span.line, fault.hint) == ("bad-value", 3, hint)


def test_a_report_without_notes_has_no_part_for_them(make: Maker, tmp_path: Path) -> None:
    edition = "{name: book, format: epub, notes: report-end}"
    folder = make({"report.yaml": f"title: Test\neditions: [{edition}]\n"})
    (file,) = built(folder, tmp_path / "out").glob("*.epub")
    with ZipFile(file) as book:
        assert "EPUB/text/notes.xhtml" not in book.namelist()


@pytest.mark.parametrize(
    ("placing", "placed", "codes"),
    [
        ("section-end", Placed("note-1", 3, 5), []),
        ("section-end", Placed("note-1", 5, 3), ["note-astray"]),
        ("section-end", Placed("note-1", 3, 5, words_missing=1), ["note-lost"]),
        ("section-end", Placed("note-1", 3, None), ["note-lost"]),
        ("report-end", Placed("note-1", 9, 5), []),
        ("report-end", Placed("note-1", None, 5), ["note-astray"]),
        ("foot", Placed("note-1", 3, 5), ["note-astray"]),
    ],
)
def test_the_proof_asks_where_notes_stand(placing: str, placed: Placed, codes: list[str]) -> None:
    note = Note("note-1", "1", "source", "one", NOWHERE, (), ("call-1",))
    document = Document(Report("Test"), (), {"note-1": note})
    edition = Edition("screen", "pdf", notes=placing)
    proof, faults = prove_notes(Built(edition, "a.pdf", "", b"", 9, placed=(placed,)), document)
    assert [fault.code for fault in faults] == codes
    assert proof.passed == (not codes)


ONE, TWO, OVER = Placed("note-1", 3, 3), Placed("note-2", 3, 3), Placed("note-3", 3, 3, last_page=4)
LAST = Placed("note-4", 3, 9)


@pytest.mark.parametrize(
    ("placing", "placed", "below", "detail"),
    [
        ("foot", (), 0, "no notes"),
        ("foot", (ONE,), 0, "1 note on 9 pages: on the page of its call, none lost"),
        ("foot", (ONE, TWO), 0, "2 notes on 9 pages: all on the page of their call, none lost"),
        (
            "foot",
            (ONE, TWO, OVER),
            0,
            "3 notes on 9 pages: all on the page of their call, 1 continued, none lost",
        ),
        (
            "foot",
            (ONE, OVER),
            2,
            "4 notes on 9 pages: 2 on the page of their call, 2 below tables or figures, "
            "1 continued, none lost",
        ),
        ("foot", (), 3, "3 notes on 9 pages: all below tables or figures, none lost"),
        (
            "foot",
            (ONE, LAST),
            0,
            "2 notes on 9 pages: 1 on the page of their call, none lost",
        ),
        ("section-end", (ONE, OVER), 0, "2 notes on 9 pages: all below their sections, none lost"),
        ("report-end", (ONE, LAST), 0, "2 notes on 9 pages: all behind the report, none lost"),
    ],
)
def test_the_proof_says_what_holds_of_the_notes(
    placing: str, placed: tuple[Placed, ...], below: int, detail: str
) -> None:
    notes = {
        item.note: Note(item.note, "1", "source", "one", NOWHERE, (), (first_call(item.note),))
        for item in placed
    }
    for n in range(below):
        notes[f"note-b{n}"] = Note(f"note-b{n}", "a", "below", "one", NOWHERE, ())
    document = Document(Report("Test"), (), notes)
    edition = Edition("screen", "pdf", notes=placing)
    proof, _ = prove_notes(Built(edition, "a.pdf", "", b"", 9, placed=placed), document)
    assert proof.detail == detail


def test_the_summary_of_several_pdfs_tells_of_each() -> None:
    proofs = tuple(
        Proof(f"{name}.pdf", "notes", "reglet", passed=True, detail=f"2 notes {name}")
        for name in ("a", "b")
    )
    assert summarise(BuildResult((), proofs, seconds=3)) == (
        "a.pdf, 2 notes a\nb.pdf, 2 notes b; built in 3.0 s\n"
    )


def test_a_space_between_two_elements_of_a_note_is_no_fault(make: Maker) -> None:
    """WeasyPrint 70.0 puts U+200B beside a space that stands alone between two elements."""
    folder = make(
        {
            "report.yaml": "title: Test\neditions: [screen]\n",
            "sections/01.md": "# One\n\nText.^[one *a* **b** two]\n",
        }
    )
    outcome = build(folder, progress=NoProgress())
    assert [item.message for item in outcome.diagnostics] == []
    assert outcome.value is not None
