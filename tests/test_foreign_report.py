"""A folder of Markdown that someone else has written for Pandoc, with 300 notes, taken as it is."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reglet.model.diagnostic import Diagnostic
from reglet.model.document import Document
from reglet.pipeline import build, check
from reglet.progress import NoProgress

SEED = 20_161
FILES = 20
NOTES = 300
WORDS = (
    "archive ledger witness record council report letter minutes account court prison camp river "
    "border treaty convoy ration doctor journal evidence office statement village winter summer "
    "ministry delegate soldier family passport number line summary page margin question answer"
).split()
SMART = (
    '"not one of them" returned',
    "the clerk's copy -- it's lost ---",
    "'twas said in the '90s ...",
    "he wrote: \"the 'old' gate\"",
    "pp. 12--15 of O'Neill's file",
)
MARKS = ("^[", "\n:   ", "\n> ", "| 1986", "+======+", "  ----  ", "\n====", "\n(@)", "a) ")


@dataclass(slots=True)
class Writer:
    """Writes one file; labels of notes begin anew in it."""

    chance: random.Random
    count: int = 0
    inline: int = 0
    waiting: list[str] = field(default_factory=list)  # texts of notes that come below

    def words(self, least: int, most: int) -> str:
        chosen = self.chance.choices(WORDS, k=self.chance.randint(least, most))
        if self.chance.random() < 0.3:
            chosen.insert(self.chance.randrange(len(chosen)), self.chance.choice(SMART))
        return " ".join(chosen)

    def sentence(self) -> str:
        text = self.words(8, 22)
        return f"{text[0].upper()}{text[1:]}."

    def text(self, least: int = 2, most: int = 5) -> str:
        return "\n".join(self.sentence() for _ in range(self.chance.randint(least, most)))

    def note(self) -> str:
        """Call a note whose text is written further below, in one of Pandoc's shapes."""
        self.count += 1
        self.waiting.append(self.chance.choice(SHAPES)(self, f"[^{self.count}]:"))
        return f"[^{self.count}]"

    def short_note(self) -> str:
        """Call a note in the line."""
        self.inline += 1
        return f"^[{self.sentence()} *{self.words(2, 3)}*, [a page](https://example.org/{self.inline}).]"

    def flush(self) -> str:
        """Write the texts of the notes called so far."""
        texts, self.waiting = self.waiting, []
        return "\n\n".join(texts)


def plain(writer: Writer, label: str) -> str:
    return f"{label} {writer.sentence()}"


def lazy(writer: Writer, label: str) -> str:
    return f"{label} {writer.sentence()}\n{writer.sentence()}\n{writer.sentence()}"


def paragraphs(writer: Writer, label: str) -> str:
    return f"{label} {writer.text()}\n\n    {writer.sentence()}\n\n    {writer.sentence()}"


def listing(writer: Writer, label: str) -> str:
    item = writer.words(3, 6)
    return f"{label} {writer.sentence()}\n\n    - {item}\n\n      {item}\n    - {item}"


def code(writer: Writer, label: str) -> str:
    return f"{label} {writer.sentence()}\n\n        {writer.words(3, 4)}\n\n    {writer.sentence()}"


def quoting(writer: Writer, label: str) -> str:
    return f"{label}\n    {writer.sentence()}\n\n    > {writer.sentence()}"


SHAPES: Sequence[Callable[[Writer, str], str]] = (plain, lazy, paragraphs, listing, code, quoting)


def paragraph(writer: Writer) -> str:
    return f"{writer.text()}{writer.note()} {writer.text(1, 2)}"


def in_line(writer: Writer) -> str:
    return f"{writer.text(1, 3)}{writer.short_note()} {writer.sentence()}"


def bullets(writer: Writer) -> str:
    return (
        f"* {writer.words(4, 9)}{writer.note()}\n"
        f"* {writer.words(4, 9)}\n    1. {writer.words(4, 9)}{writer.short_note()}\n"
        f"    2. {writer.words(4, 9)}\n* {writer.words(4, 9)}"
    )


def loose(writer: Writer) -> str:
    return (
        f"1. {writer.sentence()}\n\n    {writer.sentence()}{writer.note()}\n\n"
        f"2. {writer.sentence()}\n\n    > {writer.sentence()}\n\n    - {writer.words(2, 4)}\n"
    )


def letters(writer: Writer) -> str:
    return (
        f"a) {writer.words(4, 9)}{writer.note()}\nb) {writer.words(4, 9)}\n\n"
        f"(@) {writer.sentence()}\n"
    )


def pipes(writer: Writer) -> str:
    return (
        "| Year | Count | Remark |\n|------|------:|:-------|\n"
        f"| 1986 | 12 | {writer.words(2, 4)}{writer.note()} |\n"
        f"| 1987 | 7 | {writer.words(2, 4)} |\n\n: {writer.words(3, 6).capitalize()}"
    )


def ruled(writer: Writer) -> str:
    call = writer.note()
    return (
        "  Year   Remark\n  ----   ------------------\n"
        f"  1986   archive{call}\n  1987   {writer.chance.choice(WORDS)}\n\n"
        f"Table: {writer.words(3, 5)}"
    )


def grid(writer: Writer) -> str:
    call = f"gate{writer.note()}"
    return (
        "+------+--------------+\n| Year | Remark       |\n+======+==============+\n"
        f"| 1986 | {call:<12} |\n+------+--------------+\n"
    )


def quote(writer: Writer) -> str:
    return f"> {writer.sentence()}{writer.note()}\n>\n> {writer.sentence()}{writer.short_note()}"


def terms(writer: Writer) -> str:
    return (
        f"{writer.chance.choice(WORDS).capitalize()}\n:   {writer.sentence()}{writer.note()}\n\n"
        f"    {writer.sentence()}\n\n"
        f"{writer.chance.choice(WORDS).capitalize()}{writer.note()}\n:   {writer.sentence()}\n"
    )


def heading(writer: Writer) -> str:
    title = writer.words(2, 4).capitalize()
    return f"## {title}{writer.note()}\n\n{writer.text()}"


def underlined(writer: Writer) -> str:
    title = writer.words(2, 4).capitalize()
    return f"{title}{writer.short_note()}\n{'-' * 30}\n\n{writer.text()}"


def verse(writer: Writer) -> str:
    return f"| {writer.words(3, 5)}\n|    {writer.words(3, 5)}{writer.note()}"


BLOCKS: Sequence[Callable[[Writer], str]] = (
    paragraph, in_line, bullets, loose, letters, pipes, ruled, grid, quote, terms, heading,
    underlined, verse,
)  # fmt: skip


def write_file(number: int, notes: int, chance: random.Random) -> str:
    """Write a file with so many notes; every other file begins with an underlined title."""
    writer = Writer(chance)
    title = f"Part {number}: The Clerk's Account"
    parts = [f"{title}\n{'=' * len(title)}" if number % 2 else f"# {title} #"]
    other = number % FILES + 1
    parts.append(
        f"{writer.text()} See [the next part](#part-{other}-the-clerks-account), "
        f"[the method](#method) and [Summary of it]."
    )
    kinds = list(BLOCKS)
    chance.shuffle(kinds)
    while (room := notes - writer.count - writer.inline) > 0:
        kind = kinds[len(parts) % len(kinds)] if room > 1 else paragraph
        parts.append(kind(writer))
        if chance.random() < 0.4:
            parts.append(writer.flush())
    parts += [f"## Summary of it\n\n{writer.text()}", "### Method", writer.text()]
    parts += ["* * *", writer.flush()]
    return "\n\n".join(part for part in parts if part) + "\n"


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    chance = random.Random(SEED)
    for number in range(1, FILES + 1):
        text = write_file(number, NOTES // FILES, chance)
        (folder / f"{number:02}-part.md").write_text(text, encoding="utf-8")
    (folder / "report.yaml").write_text("title: A Clerk’s Account\n", encoding="utf-8")
    return folder


def told(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [f"{item.span}: {item.message}" for item in diagnostics]


def test_the_files_are_as_foreign_as_they_should_be(foreign: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(foreign.glob("*.md"))]
    assert len(texts) == FILES
    assert all("[^1]: " in text or "[^1]:\n" in text for text in texts)
    whole = "\n".join(texts)
    for mark in MARKS:
        assert mark in whole, mark


def test_it_has_no_mistakes(foreign: Path) -> None:
    outcome = check(foreign)
    assert told(outcome.diagnostics) == []
    document = outcome.value
    assert isinstance(document, Document)
    assert len(document.notes) == NOTES
    assert len(document.sections) == FILES


@pytest.mark.full
def test_every_note_stands_on_the_page_of_its_call(foreign: Path, tmp_path: Path) -> None:
    outcome = build(foreign, editions=["screen"], output=tmp_path, progress=NoProgress())
    assert told(outcome.diagnostics) == []
    assert outcome.value is not None
    notes = outcome.value.notes
    assert (notes.notes, notes.placed, notes.on_call_page) == (NOTES, NOTES, NOTES)
