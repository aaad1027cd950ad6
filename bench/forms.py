"""A report of `bench.corpus` in, its files out: a folder for reglet, or one file for Pandoc.

The words are the same in both. What reglet knows by itself is spelt out for the others: numbers of
figures, tables and notes; and pages, which each engine is asked for in its own language.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.corpus import Anchor, Chapter, Corpus, Piece, Reference

REPORT = "title: Report\nlang: en-GB\n"
HEAD = "---\ntitle: Report\nlang: en-GB\n---\n\n"
PAGE = (
    "`#context counter(page).at(<{id}>).first()`{{=typst}}"
    "`\\pageref{{{id}}}`{{=latex}}"
    '`<a class="page" href="#{id}"></a>`{{=html}}'
)
HERE = '`#metadata(none)<{id}>`{{=typst}}`\\label{{{id}}}`{{=latex}}`<a id="{id}"></a>`{{=html}}'


def reglet_text(pieces: Iterable[Piece]) -> str:
    """Write pieces for reglet, which words references itself."""

    def written(piece: Piece) -> str:
        match piece:
            case Reference(kind=kind, label=label):
                return f"@{kind}-{label}"
            case Anchor():
                return ""
        return piece

    return "".join(map(written, pieces))


def pandoc_text(corpus: Corpus, pieces: Iterable[Piece], *, pages: bool = True) -> str:
    """Write pieces for Pandoc; references without `pages` say where, but not on which page."""
    named = _named(corpus)

    def written(piece: Piece) -> str:
        match piece:
            case Reference(kind=kind, label=label, words=words):
                link = f"[{words}](#{kind}-{label})"
                return f"{link}, p.\u00a0{PAGE.format(id=f'{kind}-{label}')}" if pages else link
            case Anchor(note=note):
                return HERE.format(id=f"note-{note}") if note in named else ""
        return piece

    return "".join(map(written, pieces))


def write_reglet(corpus: Corpus, folder: Path) -> None:
    """Write a report's folder for reglet."""
    (folder / "sections").mkdir(parents=True)
    (folder / "report.yaml").write_text(REPORT)
    for chapter in corpus.chapters:
        section_file(folder, chapter).write_text(reglet_text(chapter.pieces))
    _write_others(corpus, folder)


def write_pandoc(corpus: Corpus, folder: Path) -> None:
    """Write `report.md`, and `plain.md` that names no pages, with the pictures beside them."""
    folder.mkdir(parents=True)
    for name, pages in (("report.md", True), ("plain.md", False)):
        texts = (pandoc_text(corpus, chapter.pieces, pages=pages) for chapter in corpus.chapters)
        (folder / name).write_text(HEAD + "\n".join(texts))
    _write_others(corpus, folder)


def section_file(folder: Path, chapter: Chapter) -> Path:
    """Return where a section stands in a report's folder."""
    return folder / "sections" / f"{chapter.name}.md"


def middle(corpus: Corpus) -> Chapter:
    """Return the section in the middle of a report, which is the one to be edited."""
    return corpus.chapters[len(corpus.chapters) // 2]


def changed(chapter: Chapter) -> str:
    """Return a section with two words of a paragraph in its middle in each other's place."""

    def swap(text: str) -> str:
        first, one, other, *rest = text.split(" ")
        return " ".join((first, other, one, *rest))

    return _edited(chapter, swap)


def grown(chapter: Chapter, text: str) -> str:
    """Return a section with `text` before a paragraph in its middle."""
    return _edited(chapter, lambda paragraph: f"{text}\n\n{paragraph}")


def _edited(chapter: Chapter, edit: Callable[[str], str]) -> str:
    """Return a section with what a paragraph in its middle begins with edited."""
    place = chapter.paragraphs[len(chapter.paragraphs) // 2]
    pieces = list(chapter.pieces)
    pieces[place] = edit(str(pieces[place]))
    return reglet_text(pieces)


def _named(corpus: Corpus) -> set[str]:
    """Return the notes that are named from elsewhere."""
    pieces = (piece for chapter in corpus.chapters for piece in chapter.pieces)
    return {
        piece.label for piece in pieces if isinstance(piece, Reference) and piece.kind == "note"
    }


def _write_others(corpus: Corpus, folder: Path) -> None:
    """Write pictures and works cited."""
    (folder / "figures").mkdir()
    for name, data in corpus.pictures.items():
        (folder / name).write_bytes(data)
    if corpus.works:
        (folder / "sources.json").write_text(json.dumps(corpus.works, indent=1))
