"""The generator makes one report of a seed, in two forms that have the same words."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pypandoc
import pytest

from bench.corpus import WORDS_A_NOTE, Corpus, Reference, make, more
from bench.forms import changed, grown, middle, reglet_text, write_pandoc, write_reglet

WORD = re.compile(r"[^\W\d_][\w’]*")
TAG = re.compile(r"<head\b.*?</head>|<[^>]*>", re.DOTALL)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make("S", sections=3, citations=True)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_seed_makes_the_same_files_each_time(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_reglet(make("S", seed), tmp_path / name / "reglet")
        write_pandoc(make("S", seed), tmp_path / name / "peers")
    one, again, other = (files(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert one["reglet/sections/001.md"] != other["reglet/sections/001.md"]


def test_larger_reports_have_more_of_everything() -> None:
    small, large = make("S"), make("M")
    assert len(large.chapters) == 14 * len(small.chapters)
    assert large.notes > 12 * small.notes


def test_there_is_a_note_about_every_sixty_words() -> None:
    corpus = make("M")
    text = "".join(reglet_text(chapter.pieces) for chapter in corpus.chapters)
    body = re.sub(r"^\[\^\d+\]: .*$", "", text, flags=re.MULTILINE)
    assert len(body.split()) / corpus.notes == pytest.approx(WORDS_A_NOTE, rel=0.15)


def test_each_note_is_called_once_and_told_once(corpus: Corpus) -> None:
    text = "".join(reglet_text(chapter.pieces) for chapter in corpus.chapters)
    for sign in ("c{}q[^{}] ", "[^{}]: n{}q ", " e{}q.\n"):
        for note in range(1, corpus.notes + 1):
            assert text.count(sign.format(note, note)) == 1, (sign, note)


def test_references_name_every_kind_of_place() -> None:
    pieces = [piece for chapter in make("M").chapters for piece in chapter.pieces]
    kinds = {piece.kind for piece in pieces if isinstance(piece, Reference)}
    assert kinds == {"sec", "fig", "tbl", "note"}


@pytest.mark.parametrize("citations", [False, True])
def test_reglet_finds_no_mistake_in_it(tmp_path: Path, citations: bool) -> None:
    from reglet.pipeline import check

    write_reglet(make("S", sections=3, citations=citations), tmp_path / "report")
    assert check(tmp_path / "report").diagnostics == ()


def test_a_changed_paragraph_has_its_words_in_another_order(corpus: Corpus) -> None:
    chapter = middle(corpus)
    before, after = reglet_text(chapter.pieces).split("\n"), changed(chapter).split("\n")
    differing = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    ((old, new),) = differing
    assert Counter(old.split(" ")) == Counter(new.split(" "))


def test_a_grown_section_has_its_old_text_and_more(corpus: Corpus) -> None:
    chapter = middle(corpus)
    text = more(corpus)
    assert len(text.split()) >= 400
    assert grown(chapter, text).replace(f"{text}\n\n", "") == reglet_text(chapter.pieces)


@pytest.mark.full
def test_both_forms_have_the_same_words(tmp_path: Path) -> None:
    """reglet's EPUB against Pandoc's HTML, without what either adds itself: numbers and titles."""
    from reglet.pipeline import build
    from reglet.progress import NoProgress

    corpus = make("S", sections=3)
    write_reglet(corpus, tmp_path / "reglet")
    write_pandoc(corpus, tmp_path / "peers")
    outcome = build(tmp_path / "reglet", editions=["ebook"], progress=NoProgress())
    assert not outcome.failed, outcome.diagnostics
    with ZipFile(tmp_path / "reglet" / "output" / "report.epub") as book:
        pages = [name for name in book.namelist() if re.search(r"/00\d\.xhtml$", name)]
        assert len(pages) == 3
        ours = Counter(word for name in pages for word in words(book.read(name).decode()))
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "html", "plain.md"]
    done = subprocess.run(command, cwd=tmp_path / "peers", capture_output=True, check=True)
    theirs = Counter(words(done.stdout.decode()))
    assert set((ours - theirs) + (theirs - ours)) <= {"Figure", "Table", "Notes", "Note", "p"}


def words(markup: str) -> list[str]:
    return WORD.findall(TAG.sub(" ", markup))
