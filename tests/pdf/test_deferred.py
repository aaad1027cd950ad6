"""Figures that a page has no room for: the text goes on there, and they stand on the next page."""

import re
import subprocess
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT, Maker

from reglet.pipeline import build
from reglet.progress import NoProgress
from reglet.speak.outline import spoken
from reglet.speak.tree import read_tree

pytestmark = pytest.mark.full

GATE = (ROOT / "tests/cases/diagnostics/half-empty-page/figures/gate.svg").read_bytes()
HEAD = """title: Wells
date: 2026-11-24
editions:
  - {name: screen, format: pdf, page: A5}
  - {name: ebook, format: epub}
"""
WORDS = "Where the wells are deep, ropes are long and the water is cold in any weather"
CAPTION = "Figure 1 The high gate"


def paragraph(number: int, sentences: int = 4) -> str:
    words = "".join(f"{WORDS} {number}-{n}. " for n in range(sentences))
    note = f"[^{number}]\n\n[^{number}]: Note {number}. {WORDS}." if number % 2 else ""
    return f"Paragraph {number}. {words}{note}\n\n"


def prose(start: int, end: int) -> str:
    return "".join(paragraph(number) for number in range(start, end))


def figure(name: str, height: int, more: str = "") -> str:
    return f"![The {name} gate{more}](figures/gate.svg){{#fig-{name} height={height}mm}}\n\n"


class Made:
    """A report's files, built, what the build said, and what is printed from the first section."""

    def __init__(self, make: Maker, folder: Path, section: str) -> None:
        files = {"report.yaml": HEAD, "sections/01.md": f"# One\n\n{section}"}
        report = make({**files, "figures/gate.svg": GATE})
        outcome = build(report, output=folder, progress=NoProgress(), keeps=False)
        assert outcome.value is not None, outcome.diagnostics
        self.codes = [item.code for item in outcome.diagnostics]
        self.pdf = folder / "wells.pdf"
        command = ["pdftotext", "-layout", str(self.pdf), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        pages = [" ".join(page.split()) for page in text.split("\f")]
        first = next(n for n, page in enumerate(pages) if "Paragraph 0." in page)
        self.pages = pages[first:]

    def page(self, words: str) -> int:
        """Return the page that words stand on, from 0."""
        return next(n for n, page in enumerate(self.pages) if words in page)

    def above(self, words: str) -> str:
        """Return what stands above words on their page."""
        return self.pages[self.page(words)].split(words)[0]

    def notes_are_below(self, count: int) -> bool:
        """Tell whether notes begin where the paragraphs that call them end."""
        odd = range(1, count, 2)
        return all(f"Note {n}. " in self.pages[self.page(f" {n}-3.")] for n in odd)

    def heard(self) -> str:
        """Return what is read aloud, each run of it once."""
        return " ".join(" ".join(spoken(read_tree(self.pdf))).split())


def test_a_figure_goes_to_the_next_page_and_the_text_goes_on(make: Maker, tmp_path: Path) -> None:
    section = prose(0, 2) + figure("high", 110) + prose(2, 12)
    made = Made(make, tmp_path / "out", section)
    assert made.codes == []
    assert made.page(CAPTION) == made.page("Paragraph 2.") + 1
    assert WORDS[-7:] not in made.above(CAPTION), "it stands at the top"
    assert made.notes_are_below(12)
    heard = made.heard()
    assert re.findall(r"(\d+-\d+)\.", heard) == [f"{n}-{k}" for n in range(12) for k in range(4)]
    assert (
        heard.index("Paragraph 2.") < heard.rindex("The high gate") < heard.index("Paragraph 11.")
    )
    again = Made(make, tmp_path / "again", section)
    assert made.pdf.read_bytes() == again.pdf.read_bytes()


def test_figures_keep_their_order(make: Maker, tmp_path: Path) -> None:
    section = prose(0, 2) + figure("high", 110) + prose(2, 3) + figure("low", 100) + prose(3, 14)
    made = Made(make, tmp_path / "out", section)
    assert made.codes == []
    assert made.page(CAPTION) == 1
    assert made.page("Figure 2 The low gate") == 2
    assert WORDS[-7:] not in made.above("Figure 2 The low gate")
    assert made.notes_are_below(14)


@pytest.mark.parametrize(
    "behind", ["", "## Two\n\n" + prose(2, 12)], ids=["the section's end", "a heading"]
)
def test_what_a_figure_cannot_pass_leaves_its_page_to_be_told_of(
    make: Maker, tmp_path: Path, behind: str
) -> None:
    section = paragraph(0, 1) + figure("high", 130) + "One line more.\n\n" + behind
    made = Made(make, tmp_path / "out", section)
    assert made.codes == ["half-empty-page"]
    assert made.page(CAPTION) == 1
    if behind:
        assert "The high gate" in made.above("Two")


def test_a_figure_whose_caption_calls_a_note_stays(make: Maker, tmp_path: Path) -> None:
    noted = figure("high", 140, ".[^c]") + prose(2, 12) + "[^c]: The caption's.\n"
    made = Made(make, tmp_path / "out", paragraph(0, 1) + noted)
    assert made.codes == ["half-empty-page"]
    assert made.page("The caption’s.") == made.page(CAPTION) == 1
    assert made.page("Paragraph 2.") > 0


@pytest.mark.parametrize("seed", range(3))
def test_any_figures_leave_every_word_in_its_place(make: Maker, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    section, figures, sentences = "", 0, []
    for number in range(40):
        count = random.randint(4, 9)
        section += paragraph(number, count)
        sentences += [f"{number}-{n}" for n in range(count)]
        if random.random() < 0.35:
            figures += 1
            section += figure(f"f{figures}", random.randint(30, 150))
        if random.random() < 0.1:
            section += f"## Head {number}\n\n"
    made = Made(make, tmp_path / "out", section)
    assert set(made.codes) <= {"half-empty-page"}
    assert re.findall(r"(\d+-\d+)\.", made.heard()) == sentences
    captions = re.findall(r"Figure (\d+) The f\d+ gate", " ".join(made.pages))
    assert captions == [str(number) for number in range(1, figures + 1)]
