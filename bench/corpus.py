"""A size and a seed in, a report out, as text with references that are not worded yet.

`bench.forms` writes it as a folder for reglet and as one file for others, with the same words. Each
call stands at a word of its own (`c12q`), and each note begins with one (`n12q`) and ends with one
(`e12q`): from any PDF of it can be read which notes are on the page of their call, and whole.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bench.pictures import drawing, photograph
from bench.prose import Prose

SIZES = {"S": 1, "M": 14, "L": 70, "XL": 210}
"""Sections of some seven pages: reports of about 12, 100, 500 and 1,500 pages."""

SECTION_WORDS = 1750  # of its text, notes not counted
WORDS_A_NOTE = 60
NOTE_LENGTHS = ((0.5, 2, 10), (0.4, 8, 24), (0.09, 24, 60), (0.01, 60, 160))
"""Chance, least and most words of a note."""
GROWN_WORDS = 420  # of a page's text
WORDED = {"note": "note", "fig": "Figure", "tbl": "Table"}
CITED = 0.25  # of the notes, where there are citations


@dataclass(frozen=True, slots=True)
class Reference:
    """A place named from another: `label` of a heading, figure, table or note, and its words."""

    kind: str  # sec, fig, tbl or note
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place at the call of a note that is named from elsewhere."""

    note: str


Piece = str | Reference | Anchor


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section: its pieces in order, and which of them paragraphs begin with."""

    name: str
    pieces: tuple[Piece, ...]
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A report. `works` are cited ones, as CSL-JSON has them."""

    size: str
    seed: int
    chapters: tuple[Chapter, ...]
    pictures: dict[str, bytes]
    works: tuple[dict[str, object], ...]
    notes: int


def make(
    size: str, seed: int = 1, *, citations: bool = False, sections: int | None = None
) -> Corpus:
    """Make the report of a size and a seed, the same each time; or one of so many `sections`."""
    count = sections or SIZES[size]
    maker = _Maker(Random(f"{seed} {citations}"), count, citations=citations)
    chapters = tuple(maker.chapter(number) for number in range(1, count + 1))
    return Corpus(size, seed, chapters, maker.pictures, tuple(maker.works), maker.notes)


def more(corpus: Corpus) -> str:
    """Return paragraphs without notes, as long as a page, that the report does not have."""
    prose = Prose(Random(f"{corpus.seed} more"))
    return "\n\n".join(prose.text(GROWN_WORDS // 4) for _ in range(4))


@dataclass(slots=True)
class _Maker:
    """Makes one chapter after the other."""

    chance: Random
    count: int
    citations: bool
    prose: Prose = field(init=False)
    pieces: list[Piece] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    below: list[str] = field(default_factory=list)  # notes of the paragraphs just written
    pictures: dict[str, bytes] = field(default_factory=dict)
    works: list[dict[str, object]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    notes: int = 0
    figures: int = 0
    tables: int = 0
    left: float = 0.0  # words until the next note

    def __post_init__(self) -> None:
        self.prose = Prose(self.chance)
        self.titles = [self.prose.phrase(self.chance.randint(2, 6)) for _ in range(self.count)]
        if self.citations:
            self.works = [self._work(number) for number in range(1, 4 * self.count + 1)]

    def chapter(self, number: int) -> Chapter:
        """Make a section, and all its notes."""
        self.pieces, self.paragraphs = [f"# {self.titles[number - 1]} {{#sec-{number}}}\n\n"], []
        written = 0
        blocks = self._order(number)
        while written < SECTION_WORDS:
            written += next(blocks)()
            self.pieces.append("\n\n" + "".join(self.below))
            self.below = []
        return Chapter(f"{number:03}", tuple(self.pieces), tuple(self.paragraphs))

    def _order(self, number: int) -> "_Blocks":
        special: dict[int, Callable[[], int]] = {
            3: self._subheading, 5: self._quote, 7: self._table, 9: self._subheading,
            11: self._list, 13: self._figure, 16: self._subheading, 18: self._quote,
        }  # fmt: skip
        if number % 3 == 0:
            special[20] = self._figure
        return _Blocks(special, self._paragraph)

    # blocks: each writes itself and returns how many words of text it has

    def _paragraph(self) -> int:
        count = self.chance.randint(45, 170)
        start = len(self.pieces)
        self._text(count)
        if self.chance.random() < 0.2:
            self._refer()
        self.paragraphs.append(start)
        return count

    def _subheading(self) -> int:
        count = self.chance.randint(2, 6)
        self.pieces.append(f"## {self.prose.phrase(count)}")
        return count

    def _quote(self) -> int:
        self.pieces.append("> ")
        count = self.chance.randint(30, 70)
        self._text(count)
        return count

    def _list(self) -> int:
        count = 0
        for _ in range(4):
            self.pieces.append("- ")
            length = self.chance.randint(10, 30)
            self._text(length)
            self.pieces.append("\n")
            count += length
        return count

    def _table(self) -> int:
        self.tables += 1
        rows = [
            f"| {self.prose.phrase(self.chance.randint(1, 3))} "
            f"| {self.chance.randint(1, 9999)} | {self.prose.phrase(self.chance.randint(3, 9))} |\n"
            for _ in range(self.chance.randint(5, 9))
        ]
        head = "| Place | Number | Remark |\n|:------|------:|:-----------------------|\n"
        caption = f"\n: {self.prose.phrase(5)} {{#tbl-{self.tables}}}"
        self.pieces.append(head + "".join(rows) + caption)
        return sum(len(row.split()) - 4 for row in rows)

    def _figure(self) -> int:
        self.figures += 1
        grainy = self.figures % 4 == 0
        name = f"figures/{self.figures}.{'jpg' if grainy else 'png'}"
        self.pictures[name] = (photograph if grainy else drawing)(self.chance)
        caption, alt = self.prose.phrase(8), self.prose.phrase(6)
        self.pieces.append(f'![{caption}]({name}){{#fig-{self.figures} alt="{alt}" width=90%}}')
        return 8

    # within a line

    def _text(self, count: int) -> None:
        """Write words with calls among them, one about every sixty."""
        words = self.prose.text(count).split(" ")
        self.left -= count
        calls = 0
        while self.left < 0:
            self.left += WORDS_A_NOTE * self.chance.uniform(0.5, 1.5)
            calls += 1
        places = sorted(self.chance.sample(range(3, count), min(calls, count - 3)))
        done = 0
        for place in places:
            self.pieces.append(" ".join(words[done:place]) + " ")
            self._call()
            done = place
        self.pieces.append(" ".join(words[done:]))

    def _call(self) -> None:
        self.notes += 1
        label = f"{self.notes}"
        lengths = self.chance.choices(NOTE_LENGTHS, [length[0] for length in NOTE_LENGTHS])[0]
        said = self.prose.text(self.chance.randint(*lengths[1:]))
        if self.citations and self.chance.random() < CITED:
            work = self.chance.choice(self.works)["id"]
            said += f" [@{work}, p. {self.chance.randint(1, 400)}]."
        self.pieces += [f"c{label}q", Anchor(label), f"[^{label}] "]
        self.below.append(f"[^{label}]: n{label}q {said} e{label}q.\n\n")

    def _refer(self) -> None:
        """Add a sentence that names a section, or a figure, a table or a note further up."""
        further_up = {"note": self.notes, "fig": self.figures, "tbl": self.tables}
        named = {"sec": self.count, **{kind: most for kind, most in further_up.items() if most}}
        kind = self.chance.choice(list(named))
        number = self.chance.randint(1, named[kind])
        words = f"“{self.titles[number - 1]}”" if kind == "sec" else f"{WORDED[kind]} {number}"
        self.pieces += [" See ", Reference(kind, str(number), words), "."]

    def _work(self, number: int) -> dict[str, object]:
        family = self.prose.phrase(1)
        year = self.chance.randint(1960, 2020)
        return {
            "id": f"work-{number}",
            "type": "book",
            "title": self.prose.phrase(self.chance.randint(3, 8)),
            "author": [{"family": family, "given": self.prose.phrase(1)}],
            "publisher": self.prose.phrase(2),
            "publisher-place": self.prose.phrase(1),
            "issued": {"date-parts": [[year]]},
        }


class _Blocks:
    """The blocks of a section in order: what stands at its place, else a paragraph."""

    def __init__(self, special: dict[int, Callable[[], int]], other: Callable[[], int]) -> None:
        self.special, self.other, self.place = special, other, 0

    def __next__(self) -> Callable[[], int]:
        self.place += 1
        return self.special.get(self.place, self.other)
