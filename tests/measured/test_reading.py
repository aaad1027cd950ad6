"""What became of notes is read from a PDF, whoever made it."""

from pathlib import Path

import pikepdf

from bench.reading import Read, read


def write(path: Path, *pages: dict[str, tuple[int, int]]) -> Path:
    """Write a PDF of words at places, in pt from the bottom left."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for words in pages:
            page = pdf.add_blank_page(page_size=(400, 600))
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            drawn = (f"BT /F 10 Tf {x} {y} Td ({word}) Tj ET" for word, (x, y) in words.items())
            page.contents_add("\n".join(drawn).encode())
        pdf.save(path)
    return path


def test_a_note_on_its_calls_page_is_right(tmp_path: Path) -> None:
    page = {"c1q1": (50, 500), "1n1q": (50, 60), "and": (100, 60), "e1q.": (140, 60)}
    assert read(write(tmp_path / "a.pdf", page), 1) == Read(1, right=1, astray=0, lost=0)


def test_a_note_that_goes_on_overleaf_is_right(tmp_path: Path) -> None:
    first, second = {"c1q": (50, 500), "n1q": (50, 60)}, {"e1q": (50, 60)}
    assert read(write(tmp_path / "a.pdf", first, second), 1) == Read(2, 1, 0, 0)


def test_a_note_after_or_before_its_calls_page_is_astray(tmp_path: Path) -> None:
    first = {"c1q": (50, 500), "n2q": (50, 60), "e2q": (90, 60)}
    second = {"c2q": (50, 500), "n1q": (50, 60), "e1q": (90, 60)}
    assert read(write(tmp_path / "a.pdf", first, second), 2) == Read(2, 0, 2, 0)


def test_a_note_that_is_missing_or_not_whole_is_lost(tmp_path: Path) -> None:
    page = {"c1q": (50, 500), "n1q": (50, 60), "c2q": (90, 500)}
    assert read(write(tmp_path / "a.pdf", page), 2) == Read(1, 0, 0, 2)


def test_what_leaves_the_page_is_not_printed(tmp_path: Path) -> None:
    page = {"c1q": (50, 500), "n1q": (50, 60), "e1q": (390, 60)}
    assert read(write(tmp_path / "a.pdf", page), 1) == Read(1, 0, 0, 1)
