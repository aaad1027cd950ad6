"""A report with notes in every place, of every length and shape: seeded, so that each is the same.

The words of its notes are numbered and in capitals (`12X5XVENIAM`: note 12, word 5), each call
stands at a word of its own (`call12z`), and so does every piece of text (`mark7z`): what became of
them can be read from the finished file alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

from page_settings import Settings
from PIL import Image

WORDS = """lorem ipsum dolor sit amet consectetur adipiscing elit tempor incididunt labore dolore
magna aliqua veniam nostrud exercitation ullamco laboris aliquip commodo consequat""".split()

LENGTHS = ((0.3, 1, 12), (0.5, 12, 60), (0.15, 60, 200), (0.04, 200, 600), (0.01, 600, 3000))
"""Chance, least and most words of a note."""


@dataclass(slots=True)
class StressReport:
    """A report of about `wanted` notes in `parts` sections, none longer than `longest` words.

    With `nested`, notes call notes; with `seconds`, notes are called a second time. What stands in
    a table's head is `tmark7z` and `tcall12z`, since it stands on each page that the table has.
    """

    seed: int
    wanted: int
    longest: int = 3000
    parts: int = 1
    nested: bool = True
    seconds: bool = False
    settings: Settings = field(default_factory=Settings)
    chance: Random = field(init=False)
    notes: dict[int, list[str]] = field(default_factory=dict)  # number -> its words, in order
    marks: int = 0
    figures: int = 0
    below: list[str] = field(default_factory=list)  # definitions of the section being written
    labels: list[int] = field(default_factory=list)  # notes that it has called by their label
    headed: bool = False  # whether its section has a heading of the second level
    files: dict[str, str | bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.files["report.yaml"] = (
            f"title: stress\nlang: en\neditions: [{self.settings.edition()}]\n"
            "sections:\n"
            + "".join(f"  - sections/{part:02}.md\n" for part in range(1, self.parts + 1))
            + "  - part: colophon\n"
        )
        self.files["templates/inquiry/pdf/style.css"] = self.settings.sheet()
        picture = BytesIO()
        Image.new("RGB", (40, 20), (120, 90, 60)).save(picture, "PNG")
        self.files["figures/a.png"] = picture.getvalue()
        for part in range(1, self.parts + 1):
            self._section(part, self.wanted * part // self.parts)

    def write(self, folder: Path) -> None:
        """Write the report's files into a folder."""
        for path, text in self.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode() if isinstance(text, str) else text)

    def _section(self, part: int, until: int) -> None:
        self.labels, self.headed = [], False
        blocks = [f"---\nshort-title: stress\n---\n\n# {self.text(2, 5)}\n"]
        while len(self.notes) < until:
            blocks.append(self._block())
            if self.chance.random() < 0.3:
                blocks += self._definitions()
        blocks += self._definitions()
        self.files[f"sections/{part:02}.md"] = "\n".join(blocks)

    def _definitions(self) -> list[str]:
        found, self.below = self.below, []
        return found

    # text

    def text(self, least: int, most: int, head: str = "") -> str:
        """Return words, one of them a mark."""
        words = self.chance.choices(WORDS, k=self.chance.randint(least, most))
        self.marks += 1
        words.insert(self.chance.randrange(len(words) + 1), f"{head}mark{self.marks}z")
        return " ".join(words)

    def call(self, *, depth: int = 0, head: str = "") -> str:
        """Return a call, and write its note: within it, or below."""
        if self.seconds and self.labels and not depth and self.chance.random() < 0.1:
            return f"{self.text(0, 0, head)}[^{self.chance.choice(self.labels)}]"
        number = len(self.notes) + 1
        self.notes[number] = []
        chances = self.chance.choices(LENGTHS, [length[0] for length in LENGTHS])[0]
        length = min(self.chance.randint(*chances[1:]), self.longest)
        if length < 40 and self.chance.random() < 0.2 and not depth:
            return f"{head}call{number}z^[{self._words(number, length)}]"
        self.below.append("")
        place = len(self.below) - 1
        self.below[place] = self._definition(number, length, depth)
        self.labels.append(number)
        return f"{head}call{number}z[^{number}]"

    def calls(self, chance: float, head: str = "") -> str:
        return f" {self.call(head=head)}" if self.chance.random() < chance else ""

    def _words(self, number: int, count: int, *, linked: bool = True) -> str:
        """Return words of a note, among them an address that is longer than a line."""
        words = self.notes[number]
        made = [
            f"{number}X{len(words) + place}X{self.chance.choice(WORDS).upper()}"
            for place in range(count)
        ]
        printed = list(made)
        if count > 4 and self.chance.random() < 0.1:
            letters = (self.chance.choices("ABCDE", k=self.chance.randint(1, 9)) for _ in range(15))
            address = "".join(f"/{''.join(step)}" for step in letters)
            link = linked and self.chance.random() < 0.5
            # the number stays outside of the link, which may break anywhere
            printed[2] += f"[{address}](https://example.org/{number})" if link else address
            made[2] += address
        words += made
        return " ".join(printed)

    def _definition(self, number: int, length: int, depth: int) -> str:
        """Write a note in paragraphs, lists, quotes and code, some of it calling other notes."""
        blocks: list[str] = []
        while length > 0:
            count = min(length, self.chance.randint(1, 120))
            length -= count
            blocks.append(self._note_block(number, count, first=not blocks))
            if self.nested and depth < 2 and self.chance.random() < 0.04:
                blocks[-1] += f" {self.call(depth=depth + 1)}"
        indented = "\n\n".join(blocks).replace("\n", "\n    ").replace("\n    \n", "\n\n")
        return f"[^{number}]: {indented}\n"

    def _note_block(self, number: int, count: int, *, first: bool) -> str:
        kind = 1.0 if first else self.chance.random()
        if kind < 0.1 and count > 3:
            half = count // 2
            return f"- {self._words(number, half)}\n- {self._words(number, count - half)}"
        if kind < 0.2:
            return f"> {self._words(number, count)}"
        if kind < 0.25 and count < 30:
            return (
                f"```\n{self._words(number, count, linked=False)}\n```\n\n{self._words(number, 1)}"
            )
        if kind < 0.35:
            return f"*{self._words(number, count)}*"
        return self._words(number, count)

    # blocks

    def _block(self) -> str:
        shapes: tuple[tuple[int, Callable[[], str]], ...] = (
            (60, self._paragraph), (6, self._heading), (6, self._list), (6, self._table),
            (4, self._figure), (5, self._quote), (4, self._columns), (3, self._box),
            (3, self._terms), (3, self._crowded),
        )  # fmt: skip
        return self.chance.choices(shapes, [shape[0] for shape in shapes])[0][1]() + "\n"

    def _paragraph(self) -> str:
        text = self.text(1, 30)
        for _ in range(self.chance.choice([0, 1, 1, 2, 3])):
            text += f" {self.call()} {self.text(1, 40)}"
        return text

    def _crowded(self) -> str:
        """Call several notes in one line."""
        return f"{self.text(1, 3)} {self.call()} {self.call()} {self.call()} {self.text(1, 9)}"

    def _heading(self) -> str:
        level = self.chance.choice(["##", "##", "###"]) if self.headed else "##"
        self.headed = True
        return f"{level} {self.text(2, 6)}{self.calls(0.4)}"

    def _list(self) -> str:
        sign = self.chance.choice(["-", "1."])
        return "\n".join(f"{sign} {self.text(3, 40)}{self.calls(0.5)}" for _ in range(4))

    def _table(self) -> str:
        head = f"| {self.text(1, 2, 't')}{self.calls(0.2, 't')} | {self.text(1, 2, 't')} |\n"
        rows = [
            f"| {self.text(1, 6)}{self.calls(0.2)} | {self.text(1, 12)}{self.calls(0.2)} |\n"
            for _ in range(self.chance.randint(1, 8))
        ]
        caption = f"\n: {self.text(2, 9)}{self.calls(0.3)}\n" if self.chance.random() < 0.5 else ""
        return f"{head}|---|---|\n{''.join(rows)}{caption}"

    def _figure(self) -> str:
        self.figures += 1
        return f'![{self.text(2, 9)}{self.calls(0.6)}](figures/a.png){{alt="a plate"}}'

    def _quote(self) -> str:
        return f"> {self.text(5, 60)} {self.call()}"

    def _columns(self) -> str:
        texts = [f"{self.text(20, 60)}{self.calls(0.5)}" for _ in range(3)]
        return "::: columns\n" + "\n\n".join(texts) + "\n:::"

    def _box(self) -> str:
        return f"::: box\n{self.text(5, 40)} {self.call()}\n\n{self.text(5, 40)}\n:::"

    def _terms(self) -> str:
        return f"{self.text(1, 2)}{self.calls(0.3)}\n:   {self.text(5, 40)}{self.calls(0.5)}"
