"""Addresses on paper, where links lead nowhere: in brackets, or as notes of the one series."""

import json
import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Maker, built

pytestmark = pytest.mark.full

PRESS = "{name: press, page: A5, openers: next"


def text_of(file: Path, *options: str) -> str:
    command = ["pdftotext", *options, str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_addresses_stand_in_brackets_where_the_edition_asks(make: Maker, tmp_path: Path) -> None:
    text = (
        "# One\n\nSee [there](https://example.org/wells) and <https://example.org/rope>, "
        "[below](#b).^[And [here](https://example.org/note).]\n\n## B {#b}\n\n"
        "Or [example.org/pumps](https://www.example.org/pumps/).\n"
    )
    settings = f"title: Test\neditions: [{PRESS}, addresses: text}}]\n"
    folder = make({"report.yaml": settings, "sections/01.md": text})
    (file,) = built(folder, tmp_path / "out").glob("*.pdf")
    printed = "".join(text_of(file).split())
    assert "Seethere(https://example.org/wells)andhttps://example.org/rope,below." in printed
    assert "Andhere(https://example.org/note)." in printed
    assert "Orexample.org/pumps." in printed


LONG = "https://example.org/depths/1912-1944"
TEXT = f"""\
# One

A word.[^a] See [there]({LONG}). The board [wrote](https://example.org/board)[^b] to
<https://example.org/rope>; [later](#b) in *[a paper](https://example.org/paper)*.

| Well | Depth |
|------|-------|
| [Mill](https://example.org/mill) | 3 m[^b] |

[^a]: The first.
[^b]: The second, [in print](https://example.org/print).

## B {{#b}}

[There again]({LONG}), and @note-b.

{"The board measured the wells again. " * 60}

# Two

[There]({LONG}), @note-b.

# Three

Both.[^c]^[In the text.]

[^c]: In a list.
"""


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("noted")
    editions = f"[screen, {PRESS}, addresses: notes}}, ebook]"
    (folder / "report.yaml").write_text(f"title: Wells\neditions: {editions}\n")
    (folder / "01.md").write_text(TEXT)
    return built(folder, folder / "output")


def lines_of(file: Path) -> list[str]:
    return [" ".join(line.split()) for line in text_of(file, "-layout").splitlines()]


def dense(text: str) -> str:
    """Leave spaces out: what is read from pages has them before calls, or has not."""
    return "".join(text.split())


def test_notes_of_addresses_are_numbered_with_all_others(noted: Path) -> None:
    lines = lines_of(next(noted.glob("*-press.pdf")))
    for note in (
        "1 The first.",
        f"2 {LONG}",
        "3 https://example.org/board",
        "4 The second, in print (https://example.org/print).",
        "5 https://example.org/paper",
        "6 https://example.org/mill",
    ):
        assert dense(note) in dense("".join(lines))
    words = " ".join(lines)
    assert dense("See there.2 The board wrote3,4 to ") in dense(words)
    assert words.count(LONG) == 1  # a note that is called again is not printed again …
    assert (
        dense(words).count("https://example.org/rope") == 1
    )  # … and what shows its address has none


def test_references_and_short_notes_have_the_numbers_of_their_edition(noted: Path) -> None:
    press, screen = (
        dense("".join(lines_of(next(noted.glob(pattern)))))
        for pattern in ("*-press.pdf", "wells.pdf")
    )
    assert dense("There again, 2 and note 4, p. ") in press
    assert dense("There, 2 note 4, p. ") in press
    assert dense("See note 2, p. ") in press
    assert dense("There again, and note 2, p. ") in screen
    assert dense("1 The first.") in screen
    assert dense("2 The second, in print.") in screen
    assert dense(LONG) not in screen


def test_calls_side_by_side_are_parted(noted: Path) -> None:
    assert "Both.3,4" in dense("".join(lines_of(noted / "wells.pdf")))
    assert "Both.7,8" in dense("".join(lines_of(noted / "wells-press.pdf")))
    with ZipFile(noted / "wells.epub") as book:
        chapters = " ".join(book.read(n).decode() for n in book.namelist() if "xhtml" in n)
    assert re.search(r'Both\.<sup.*?>3</a></sup><sup class="call">,</sup><sup.*?>4</a>', chapters)


def test_the_proof_counts_notes_of_addresses(noted: Path) -> None:
    record = json.loads((noted / "proof.json").read_text())
    details = {
        file["name"]: proof["detail"][0]
        for file in record["files"]
        for proof in file["proofs"]
        if proof["standard"] == "notes"
    }
    assert details["wells.pdf"].startswith("4 notes on ")
    assert details["wells-press.pdf"].startswith("8 notes on ")
    assert details["wells-press.pdf"].endswith("none lost")


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "“See there.” 1,2 Next."), ("fr", "« See there 1 » 2. Next.")]
)
def test_calls_stand_where_a_language_has_them(
    make: Maker, tmp_path: Path, lang: str, words: str
) -> None:
    settings = f"title: Test\nlang: {lang}\neditions: [{PRESS}, addresses: notes}}]\n"
    end = '."[^n]' if lang == "en" else '"[^n].'
    text = f'# One\n\n"See [there](https://example.org/a){end} Next.\n\n[^n]: A note.\n'
    folder = make({"report.yaml": settings, "sections/01.md": text})
    (file,) = built(folder, tmp_path / "out").glob("*.pdf")
    assert dense(words) in dense("".join(lines_of(file)))
