"""What a stress report's pages look like: as the theme has them, or as chance has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from string import ascii_letters, digits, punctuation

THEME = Path(__file__).parents[2] / "templates" / "inquiry" / "pdf" / "style.css"
NAMED = {"A6": (105, 148), "A5": (148, 210), "A4": (210, 297), "A3": (297, 420)}
COLUMNS = ".columns { columns: 2; column-gap: 12pt }\n"
LETTERS = f"/* {' '.join(ascii_letters + digits + punctuation)} */\n"  # so that all reports have the same fonts


@dataclass(frozen=True, slots=True)
class Settings:
    """Tokens of an edition, and what is added to the theme's style sheet."""

    tokens: Mapping[str, str] = field(default_factory=dict)
    style: str = COLUMNS

    def edition(self) -> str:
        """Return the edition as an entry of report.yaml's list."""
        tokens = (f'{key}: "{value}"' for key, value in self.tokens.items())
        return f"{{{', '.join(['name: screen', *tokens])}}}"

    def sheet(self) -> str:
        """Return the style sheet that the report lays over the theme's."""
        return f"{THEME.read_text('utf-8')}\n{self.style}{LETTERS}"


def random_settings(seed: int) -> Settings:
    """Return page, margins, sizes of letters and lines, and a look of the notes' area."""
    chance = Random(seed)
    name = chance.choice([*NAMED, "", ""])
    width, height = NAMED.get(name, (chance.randint(100, 300), chance.randint(140, 420)))
    size = chance.choice([7, 8, 9, 9.5, 10.75, 12, 14])
    note_size = round(size * chance.uniform(0.7, 1), 2)
    tokens = {
        "page": name or f"{width}mm {height}mm",
        "font-size": f"{size}pt",
        "line-height": f"{size * chance.uniform(1.15, 1.7):.2f}pt",
        "note-size": f"{note_size}pt",
        "note-line-height": f"{note_size * chance.uniform(1.15, 1.6):.2f}pt",
    }
    for side, edge in {"top": height, "bottom": height, "inside": width, "outside": width}.items():
        tokens[f"margin-{side}"] = f"{edge * chance.uniform(0.07, 0.16):.2f}mm"
    return Settings(tokens, COLUMNS + _look(chance, height))


def _look(chance: Random, height: float) -> str:
    """Return border, padding, margin and height of the area, and what surrounds its notes."""
    one_of = chance.choice
    rules = [
        f"border-top: {one_of(['0 none', '.5pt solid', '2pt solid', '4pt double'])}",
        f"padding: {one_of(['0', '2mm 0 0', '5pt 0 3pt', '8mm 0 2mm', '3pt 9pt'])}",
        f"margin-top: {one_of(['0', '4pt', '15.5pt', '11mm'])}",
    ]
    if chance.random() < 0.25:
        rules.append(f"max-height: {height * chance.uniform(0.2, 0.6):.0f}mm")
    style = f"@page {{ @footnote {{ {'; '.join(rules)} }} }}\n"
    style += f".note {{ margin: {one_of(['0', '0 0 2pt', '2pt 0 3pt', '6pt 0'])} }}\n"
    if chance.random() < 0.2:
        style += "section { columns: 2; column-gap: 14pt }\n"
    return style
