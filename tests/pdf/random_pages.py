"""Random documents with notes in every place, on random pages: seeded, so that each is the same."""

from random import Random

WORDS = """lorem ipsum dolor sit amet consectetur adipiscing elit tempor incididunt labore dolore
magna aliqua veniam nostrud exercitation ullamco laboris aliquip commodo consequat""".split()

STYLE = """
@font-face {{ font-family: S; src: url("reglet:///fonts/serif.ttf") }}
@page {{ size: {width}mm {height}mm; margin: {margin}mm;
  @footnote {{ border-top: {border}; padding-top: {padding}; margin-top: {space} }} }}
html {{ font: {size}pt/1.3 S; hyphens: auto }}
p {{ margin: 0 0 {gap}; text-align: {align} }}
.note {{ float: footnote; font-size: 7.5pt; line-height: 10pt; margin: {note_margin};
  padding-left: 1.6em; text-align: {align} }}
.note p {{ margin: 0 }}
.note p + p {{ margin-top: 2pt }}
.number {{ display: inline-block; width: 1.6em; margin-left: -1.6em }}
.call {{ vertical-align: super; font-size: 70%; line-height: 0 }}
::footnote-call, ::footnote-marker {{ content: none }}
"""


class Pages:
    """Markup, style sheet and identifiers of notes of one random document."""

    def __init__(self, seed: int, notes: int, longest: int = 400) -> None:
        self.random = Random(seed)
        self.longest = longest
        self.notes: list[str] = []
        blocks: list[str] = []
        while len(self.notes) < notes:
            blocks.append(self._block())
        body = f"{''.join(blocks)}<p>the end</p>"
        self.markup = f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>'
        self.style = self._style()

    def _style(self) -> str:
        one_of = self.random.choice
        return STYLE.format(
            width=self.random.randint(80, 210),
            height=self.random.randint(110, 297),
            margin=self.random.randint(8, 20),
            border=one_of(["0 none", ".5pt solid", "2pt solid"]),
            padding=one_of(["0", "2mm", "5pt"]),
            space=one_of(["0", "3mm", "11pt"]),
            size=one_of([8, 9.5, 11]),
            gap=one_of(["0", "2mm"]),
            align=one_of(["left", "justify"]),
            note_margin=one_of(["0", "0 0 2pt", "2pt 0 3pt"]),
        )

    def _words(self, least: int, most: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(least, most)))

    def _note(self, depth: int = 0) -> str:
        number = len(self.notes) + 1
        self.notes.append(f"note-{number}")
        length = self.random.choice([1, 4, 12, 30, 60, self.random.randint(1, self.longest)])
        paragraphs = []
        while length > 0:
            words = self._words(1, min(length, 120))
            length -= len(words.split())
            inner = self._note(depth + 1) if depth < 2 and self.random.random() < 0.05 else ""
            paragraphs.append(words + inner)
        label = f'<a class="number" href="#call-{number}">{number}</a>'
        body = f"<p>{label}{'</p><p>'.join(paragraphs)}</p>"
        return (
            f'<a class="call" id="call-{number}" href="#note-{number}">{number}</a>'
            f'<span class="note" id="note-{number}">{body}</span>'
        )

    def _maybe(self, chance: float) -> str:
        return self._note() if self.random.random() < chance else ""

    def _block(self) -> str:
        kind = self.random.random()
        if kind < 0.08:
            return f"<h2>{self._words(2, 8)}{self._maybe(0.3)}</h2>"
        if kind < 0.14:
            items = [f"<li>{self._words(3, 40)}{self._maybe(0.5)}</li>" for _ in range(4)]
            return f"<ul>{''.join(items)}</ul>"
        if kind < 0.2:
            cells = [f"<td>{self._words(1, 15)}{self._maybe(0.3)}</td>" for _ in range(3)]
            return f"<table><tr>{''.join(cells)}</tr></table>"
        if kind < 0.25:
            return f"<blockquote><p>{self._words(5, 60)}{self._note()}</p></blockquote>"
        text = self._words(1, 30)
        for _ in range(self.random.choice([0, 1, 1, 2, 3])):
            text += f"{self._note()} {self._words(1, 40)}"
        return f"<p>{text}</p>"
