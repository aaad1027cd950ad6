"""The tags of whole reports, read as they stand: every word of the sections, notes at calls."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import built

from reglet.speak.tree import Tag, read_tree

WORDS = (
    "internationalisation of the extraordinarily disproportionate camps and administrations, "
    "unquestionably well-known; a representation was made on Saturday by responsible officers — "
    "the incomprehensibilities of it: water, bread & medicine (all) at 3.5 per cent"
).split()
PERSIAN = "آب چاه‌ها شور است و باید از شهر آورده شود".split()
WITHIN = {"Span", "Em", "Strong", "Code", "Link", "NonStruct", "Quote"}
REPORT = """title: Heard
date: 2026-11-24
editions: [{name: screen, page: A5, margin-top: 20mm, margin-bottom: 20mm,
  margin-inside: 16mm, margin-outside: 14mm, font-size: 9pt, line-height: 12pt}]
sections: [{sections}]
"""


class Report:
    """Writes sections, and keeps the words that are to be heard, in order."""

    def __init__(self, seed: int, notes: int, tables: int) -> None:
        self.chance = random.Random(seed)
        self.notes, self.tables = notes, tables
        self.called = 0
        self.heard: list[str] = []
        self.below: list[str] = []

    def write(self, folder: Path, sections: int) -> None:
        (folder / "sections").mkdir(parents=True)
        files = ", ".join(f"sections/{number:02}.md" for number in range(sections))
        (folder / "report.yaml").write_text(REPORT.replace("{sections}", files))
        for number in range(sections):
            text = "\n\n".join(self.section(number, sections))
            (folder / "sections" / f"{number:02}.md").write_text(text)

    def section(self, number: int, sections: int) -> Iterator[str]:
        self.below = []
        heading = self.text(4, f"Section {number}")
        yield f"# {heading} {{#s{number}}}"
        tables = range(self.tables * number // sections, self.tables * (number + 1) // sections)
        for table in tables:
            for _ in range(3):
                yield self.text(60)
            yield self.table(table)
        notes = self.notes * (number + 1) // sections
        while self.called < notes:
            yield self.text(80, calls=3)
        yield from self.below

    def text(self, length: int, begin: str = "", *, calls: int = 0) -> str:
        """Return so many words with a phrase of another language, emphasis and notes among them."""
        written = begin.split()
        self.heard += written
        calls = min(calls, self.notes - self.called)
        after = set(self.chance.sample(range(2, length), calls))
        for place in range(length):
            word = self.chance.choice(WORDS)
            if length > 20 and place == length // 3:
                phrase = self.chance.sample(PERSIAN, 3)
                written.append(f"[{' '.join(phrase)}]{{lang=fa}}")
                self.heard += phrase
            plain = word.isalpha()
            written.append(f"*{word}*" if plain and self.chance.random() < 0.1 else word)
            self.heard.append(word)
            if place in after:
                written[-1] += self.note()
        self.heard.append("end.")
        return " ".join([*written, "end."])

    def note(self) -> str:
        self.called += 1
        number = str(self.called)
        said = self.chance.choices(WORDS, k=self.chance.randint(1, 20))
        self.heard += [number, number, *said, "noted."]
        self.below.append(f"[^{number}]: {' '.join(said)} noted.")
        return f"[^{number}]"

    def table(self, number: int) -> str:
        rows = ["| Place | Remark |", "|:------|:-------|"]
        self.heard += ["Table", str(number + 1), "Camps", f"of-{number}", "Place", "Remark"]
        for row in range(26):
            remark = self.chance.choices(WORDS[:5], k=2)
            self.heard += [f"Camp-{row}", *remark]
            rows.append(f"| Camp-{row} | {' '.join(remark)} |")
        return "\n".join([*rows, "", f": Camps of-{number}"])


def heard(file: Path, begin: list[str]) -> list[str]:
    """Return a file's words, from some on; only where blocks meet is a space put between."""
    (top,) = read_tree(file).tags
    words = "".join(_letters(top)).replace("\u00ad", "").split()
    starts = (n for n in range(len(words)) if words[n : n + len(begin)] == begin)
    return words[next(starts, 0) :]


def _letters(tag: Tag) -> Iterator[str]:
    apart = "" if tag.role in WITHIN else " "
    yield apart
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _letters(kid)
        else:
            yield kid.text
    yield apart


def split_tables(file: Path) -> int:
    """Return how many tables have rows on more than one page."""
    import pikepdf

    def rows(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
        for kid in part.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if kid.S == "/TR":
                    yield kid
                yield from rows(kid)

    def tables(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
        for kid in part.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from [kid] if kid.S == "/Table" else tables(kid)

    with pikepdf.open(file) as pdf:
        found = tables(pdf.Root.StructTreeRoot)
        return sum(len({row.Pg.objgen for row in rows(table)}) > 1 for table in found)


@pytest.mark.parametrize(
    ("notes", "tables", "sections", "pages"),
    [
        pytest.param(20, 2, 2, 5, id="small"),
        pytest.param(2000, 100, 10, 300, id="large", marks=pytest.mark.full),
    ],
)
def test_all_that_is_written_is_heard(
    notes: int, tables: int, sections: int, pages: int, tmp_path: Path
) -> None:
    import pikepdf

    report = Report(1, notes, tables)
    report.write(tmp_path / "report", sections)
    (file,) = built(tmp_path / "report", tmp_path / "output").glob("*.pdf")
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) >= pages
    assert split_tables(file) >= tables * (notes > 100)
    assert report.called == notes
    assert heard(file, report.heard[:12])[: len(report.heard)] == report.heard
