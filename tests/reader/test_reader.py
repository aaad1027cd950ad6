"""Every call of an EPUB, clicked in a reading system: its note pops up whole, and leads back."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from reading_system import Reader, opened

pytestmark = pytest.mark.full

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class Book:
    """What the files of an EPUB say: calls with file, target and number; notes with their words."""

    calls: dict[str, tuple[str, str, str]]
    notes: dict[str, str]


def folded(words: str) -> str:
    return re.sub(r"\s+", "", words)


def read(data: bytes) -> Book:
    """Read calls and notes from the files themselves, without a reading system."""
    calls: dict[str, tuple[str, str, str]] = {}
    notes: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        pages = [name for name in book.namelist() if name.startswith("EPUB/text/")]
        for name in pages:
            root = etree.fromstring(book.read(name))
            for link in root.iterfind(f".//{XHTML}a[@{OPS}='noteref']"):
                note = link.get("href").rpartition("#")[2]
                calls[link.get("id")] = (name, note, "".join(link.itertext()))
            for note in root.iterfind(f".//*[@{OPS}='footnote']"):
                notes[note.get("id")] = folded("".join(note.itertext()))
    return Book(calls, notes)


def walk(reader: Reader, book: Book) -> None:
    """Click every call; the book stands open at its cover when a backlink is followed."""
    for call, (file, note, number) in book.calls.items():
        reader.turn_to(f"{file}#{call}")
        popup = reader.click_call(call)
        assert folded(popup.text) == book.notes[note], call
        assert popup.links[0]["role"] == "doc-backlink", call
        assert folded(popup.text).startswith(number), call
        backlinks = popup.ids("doc-backlink")
        calls = [id for id, (_, target, _) in book.calls.items() if target == note]
        assert backlinks == calls, note
        walk_inner(reader, book, popup.ids("doc-noteref"))
        reader.close()
        reader.turn_to(f"{file}#{call}")
        reader.click_call(call)
        reader.turn_to(0)
        assert reader.return_by(backlinks.index(call), call) == file


def walk_inner(reader: Reader, book: Book, calls: list[str]) -> None:
    """Click the calls within the note that stands open, each over it."""
    for nth, call in enumerate(calls):
        popup = reader.click_inner(nth, 2)
        assert folded(popup.text) == book.notes[book.calls[call][1]], call
        reader.close(1)


def check(data: bytes, shot: Path) -> Book:
    book = read(data)
    with opened(data) as reader:
        walk(reader, book)
        first, (file, _, _) = next(iter(book.calls.items()))
        reader.turn_to(f"{file}#{first}")
        reader.click_call(first)
        reader.page.screenshot(path=shot)
    assert {note for _, note, _ in book.calls.values()} == set(book.notes)
    return book


def test_every_note_of_the_report_pops_up(report_epub: Path, tmp_path: Path) -> None:
    book = check(report_epub.read_bytes(), tmp_path / "note.png")
    assert len(book.notes) > 20


@pytest.mark.parametrize("edition", ["chapters", "file"])
def test_notes_of_every_kind_pop_up(edition: str, notes_output: Path, tmp_path: Path) -> None:
    """Notes of notes and of three calls; in headings, lists and tables; with paragraphs, lists."""
    (epub,) = notes_output.glob(f"*-{edition}.epub")
    book = check(epub.read_bytes(), tmp_path / "note.png")
    assert (len(book.calls), len(book.notes)) == (17, 15)
