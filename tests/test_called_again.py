"""A note called again on another page has a short note there: "See note 1, p. 4", a true page."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from conftest import Maker

from reglet.model.document import Built, Document, Note, Placed
from reglet.model.report import Edition, Report
from reglet.model.span import NOWHERE
from reglet.pipeline import build
from reglet.progress import NoProgress
from reglet.proof.notes import prove_notes

SMALL = "page: 110mm 120mm, margin-top: 15mm, margin-bottom: 15mm"
FILL = "Word upon word upon word.\n\n" * 18  # more than a page


Files = dict[str, str | bytes]


def report(edition: str = "", lang: str = "en") -> str:
    return (
        f"title: Test\nlang: {lang}\n"
        "sections: [{part: contents}, sections/01.md]\n"
        f"editions:\n  - {{name: small, format: pdf, {SMALL}{edition}}}\n  - ebook\n"
    )


def file_of(folder: Path, edition: str = "small", suffix: str = "pdf") -> Path:
    outcome = build(folder, editions=[edition], progress=NoProgress())
    assert [item.message for item in outcome.diagnostics] == []
    (file,) = (folder / "output").glob(f"*.{suffix}")
    return file


def pages_of(file: Path) -> dict[int, str]:
    """Return the words of each page, by its printed number, with single spaces."""
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    return {number: " ".join(page.split()) for number, page in enumerate(pages, start=1)}


def page_with(words: str, pages: dict[int, str]) -> int:
    (number,) = (number for number, page in pages.items() if words in page)
    return number


def dests_on(file: Path, number: int) -> set[str]:
    """Return where the links of a page lead to."""
    with pikepdf.open(file) as pdf:
        annotations: Iterable[pikepdf.Object] = pdf.pages[number - 1].obj.get("/Annots", [])
        return {str(item.Dest) for item in annotations if "/Dest" in item}


TWICE = f"""# One

{FILL}First.[^a] At once again.[^a] Cited.[@rope, p. 1]

{FILL}Own.[^own] Elsewhere.[@rope, p. 2] Again.[^a] Cited.[@rope, p. 3] And again.[^a]

{FILL}A note with a call.[^calls]

{FILL}[^a]: The words of it.

[^own]: A note of the second page.

[^calls]: It calls the first.[^a]
"""
ROPE = "rope: {type: book, title: The Rope, author: [{family: Keller}]}\n"


@pytest.mark.parametrize(
    ("lang", "see"),
    [
        ("en", "See note 1, p. {}."),
        pytest.param("de", "Siehe Anm. 1, S. {}.", marks=pytest.mark.full),
        pytest.param("fr", "Voir note 1, p. {}.", marks=pytest.mark.full),
    ],
)
def test_a_later_call_elsewhere_has_a_short_note(make: Maker, lang: str, see: str) -> None:
    files: Files = {"report.yaml": report(lang=lang), "sections/01.md": TWICE, "sources.yaml": ROPE}
    file = file_of(make(files))
    pages = pages_of(file)
    first = page_with("The words of it", pages)
    second = page_with("A note of the second page", pages)
    third = page_with("It calls the first", pages)
    assert first < second < third
    short = see.format(first)
    assert {number: page.count(short) for number, page in pages.items() if short in page} == {
        second: 1,
        third: 1,
    }
    assert f"1 {short}" in pages[second]
    assert {"note-1", "note-1-3", "call-1-3"} <= dests_on(file, second)
    assert {"note-1", "note-1-5", "call-1-5"} <= dests_on(file, third)
    assert "note-1-2" not in dests_on(file, first)


def test_what_follows_a_short_note_is_not_ibid(make: Maker) -> None:
    files: Files = {"report.yaml": report(), "sections/01.md": TWICE, "sources.yaml": ROPE}
    pages = pages_of(file_of(make(files)))
    foot = pages[page_with("A note of the second page", pages)].partition("A note of the")[2]
    assert "The Rope, 2. 1 See note 1" in foot
    assert "5 Keller, The Rope, 3." in foot


@pytest.mark.full
def test_an_editors_note_has_the_sign_of_each_page(make: Maker) -> None:
    body = (
        f"# One\n\n{FILL}Of here.[^here]{{.editor}} First.[^a]{{.editor}}\n\n"
        f"{FILL}Again.[^a]{{.editor}} Other.[^b]{{.editor}} Twice.[^a]{{.editor}}\n\n{FILL}"
        "[^here]: Of the first page.\n\n[^a]: Called twice.\n\n[^b]: Of the second page.\n"
    )
    pages = pages_of(file_of(make({"report.yaml": report(), "sections/01.md": body})))
    first, second = page_with("Called twice", pages), page_with("Of the second page", pages)
    assert "* Of the first page. † Called twice." in pages[first]
    assert f"* See note †, p. {first}. † Of the second page." in pages[second]
    assert "Again. * Other. † Twice. *" in pages[second]


@pytest.mark.full
def test_short_notes_that_move_calls_overleaf_come_out_true(make: Maker) -> None:
    """Each page ends with a line that calls, which the page's short notes move to the next."""
    lines = "".join(f"Line {n} of many.[^a]\n\nAnd one more.[^b]\n\n" for n in range(60))
    body = f"# One\n\n{lines}[^a]: The first note.\n\n[^b]: The other note.\n"
    pages = pages_of(file_of(make({"report.yaml": report(), "sections/01.md": body})))
    begin = page_with("The first note", pages)
    assert page_with("The other note", pages) == begin
    last = page_with("Line 59 of many", pages)
    assert last - begin > 4
    for number in range(begin + 1, last + 1):
        assert pages[number].count(f"1 See note 1, p. {begin}.") == 1
        assert pages[number].count(f"2 See note 2, p. {begin}.") == 1
    assert "See note" not in pages[begin]


@pytest.mark.full
@pytest.mark.parametrize("lines", [14, 17, 20, 21, 22, 24])
def test_the_page_named_is_true_wherever_the_notes_stand(make: Maker, lines: int) -> None:
    """A line more each time moves the first call, and then the later one, over a page's end."""
    fill, between = "A line.\n\n" * lines, "A line.\n\n" * 17
    body = (
        f"# One\n\n{fill}One.[^a]\n\nTwo.[^b]\n\nThree.[^a]\n\n{between}Four.[^b]\n\n"
        "Five.[^a]\n\nSix.[^b]\n\n[^a]: Words of a.\n\n[^b]: Words of b.\n"
    )
    pages = pages_of(file_of(make({"report.yaml": report(), "sections/01.md": body})))
    for number, words, calls in (
        (1, "Words of a", ("One.", "Three.", "Five.")),
        (2, "Words of b", ("Two.", "Four.", "Six.")),
    ):
        stands = page_with(words, pages)
        away = {page_with(call, pages) for call in calls} - {stands}
        for page, text in pages.items():
            assert text.count(f"{number} See note {number}, p. {stands}.") == (page in away)
    assert sum(text.count("See note") for text in pages.values()) >= 2


@pytest.mark.full
def test_notes_of_tables_have_no_short_notes(make: Maker) -> None:
    """The head stands on every page of the table, its call is the same; letters need none."""
    rows = "".join(f"| Row {n} | word |\n" for n in range(60))
    body = (
        "# One\n\nCalled here.[^head]\n\n| A[^head] | B |\n|---|---|\n"
        f"| x | y[^n]{{.below}} |\n{rows}"
        "| last | z[^n]{.below} |\n\n[^head]: Of the head.\n\n[^n]: Below.\n"
    )
    pages = pages_of(file_of(make({"report.yaml": report(), "sections/01.md": body})))
    assert page_with("Row 1 ", pages) < page_with("Row 59 ", pages)
    assert "See note" not in " ".join(pages.values())


@pytest.mark.full
def test_notes_in_lists_have_no_short_notes(make: Maker) -> None:
    files: Files = {
        "report.yaml": report(", notes: section-end"),
        "sections/01.md": TWICE,
        "sources.yaml": ROPE,
    }
    folder = make(files)
    assert "See note" not in " ".join(pages_of(file_of(folder)).values())
    with ZipFile(file_of(folder, "ebook", "epub")) as book:
        texts = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]
    assert "ee note" not in "".join(texts)


@pytest.mark.parametrize(
    ("placed", "codes"),
    [
        ((), ["note-astray"]),
        ((Placed("note-1-2", 5, 5),), []),
        ((Placed("note-1-2", 5, 5, words_missing=1),), ["note-lost"]),
        ((Placed("note-1-2", 5, 6),), ["note-astray", "note-astray"]),
    ],
)
def test_the_proof_asks_for_short_notes(placed: tuple[Placed, ...], codes: list[str]) -> None:
    calls = ("call-1", "call-1-2", "call-1-3")
    note = Note("note-1", "1", "source", "one", NOWHERE, (), calls)
    anchors = {"note-1": 3, "call-1": 3, "call-1-2": 5, "call-1-3": 3}
    placed = (Placed("note-1", 3, 3), *placed)
    built = Built(Edition("a", "pdf"), "a.pdf", "", b"", 9, anchors=anchors, placed=placed)
    proof, faults = prove_notes(built, Document(Report("Test"), (), {"note-1": note}))
    assert [fault.code for fault in faults] == codes
    assert proof.passed == (not codes)
    assert proof.detail.startswith("1 note on 9 pages: on the page of its call, ")
    assert ("1 short note" in proof.detail) == (len(placed) > 1)
