"""What a PDF prints that depends on its pages: editor's signs, and no Ibid. first on a page."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from reglet.pipeline import build
from reglet.progress import NoProgress


def pages_of(folder: Path) -> list[str]:
    outcome = build(folder, editions=["screen"], progress=NoProgress())
    assert not outcome.failed
    (file,) = (folder / "output").glob("*.pdf")
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")


def test_pages_begin_anew(make: Callable[[dict[str, str | bytes]], Path]) -> None:
    text = "Word upon word. " * 260
    sources = "a-1990:\n  {type: book, title: Wells and Pumps, author: [{family: Moreau}]}\n"
    body = (
        "# One\n\nFirst.[@a-1990, p. 1]^[By the first editor.]{.editor} Again.[@a-1990, p. 2]\n\n"
        f"{text}\n\n{text}\n\nThird.[@a-1990, p. 3]^[By the second editor.]{{.editor}}"
        " Fourth.[@a-1990, p. 4]\n"
    )
    pages = pages_of(make({"sections/01.md": body, "sources.yaml": sources}))
    first = next(page for page in pages if "By the first" in page)
    later = next(page for page in pages if "By the second" in page)
    assert first != later
    assert "* By the first" in first
    assert "* By the second" in later
    assert "Ibid., 2" in first
    assert "Wells and Pumps, 3" in later
    assert "Ibid., 4" in later
