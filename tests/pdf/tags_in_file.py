"""A PDF file in, its structure tree out, with the words of each part as a reader is told them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


@dataclass(slots=True)
class Part:
    """A part of the tree: its role, what it holds in reading order, what its links say."""

    role: str
    source: pikepdf.Object
    kids: list["Part | str"] = field(default_factory=list)
    links: list[pikepdf.Object] = field(default_factory=list)  # annotations

    @property
    def text(self) -> str:
        """Return the words of the part and of all below it."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    @property
    def parts(self) -> list["Part"]:
        return [kid for kid in self.kids if isinstance(kid, Part)]

    def walk(self) -> Iterator["Part"]:
        """Yield the part and all below it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def all(self, role: str) -> list["Part"]:
        return [part for part in self.walk() if part.role == role]

    def attribute(self, name: str) -> str:
        """Return an attribute, as of a list or table."""
        return str(self.source.get("/A", Dictionary()).get(name, ""))


@dataclass(slots=True)
class Tagged:
    """A file's tree; and what its pages show outside it, page by page."""

    pdf: pikepdf.Pdf
    root: Part
    artifacts: list[str]
    untold: list[str]  # in marked content that the tree does not have


def read_tags(file: Path) -> Tagged:
    """Read the structure tree of a file, which stays open."""
    pdf = pikepdf.open(file)
    shown = [_marked(page) for page in pdf.pages]
    places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    told: set[tuple[int, int]] = set()

    def read(source: pikepdf.Object) -> Part:
        part = Part(str(source.S)[1:], source)
        page = places[source.Pg.objgen] if "/Pg" in source else 0
        kids = source.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if not isinstance(kid, Dictionary):
                place = (page, int(kid))
            elif kid.get("/Type") == Name.MCR:
                place = (places[kid.Pg.objgen], int(kid.MCID))
            elif kid.get("/Type") == Name.OBJR:
                part.links.append(kid.Obj)
                continue
            else:
                part.kids.append(read(kid))
                continue
            told.add(place)
            part.kids.append(shown[place[0]].get(place[1], ""))
        return part

    root = read(pdf.Root.StructTreeRoot.K[0])
    untold = [
        text
        for number, page in enumerate(shown)
        for mark, text in page.items()
        if mark is not None and (number, mark) not in told
    ]
    return Tagged(pdf, root, [page.get(None, "") for page in shown], untold)


def _marked(page: pikepdf.Page) -> dict[int | None, str]:
    """Return the words of a page by the number that marks them; those of artifacts under None."""
    fonts = {name: _letters(font) for name, font in page.obj.Resources.Font.items()}
    marks: list[int | None] = []
    spoken: list[str | None] = []  # what is said in place of what is shown
    found: dict[int | None, str] = {}
    font: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        operands: Any = step.operands
        name = str(step.operator)
        if name in ("BMC", "BDC"):
            properties = operands[1] if name == "BDC" else Dictionary()
            mark = properties.get("/MCID") if isinstance(properties, Dictionary) else None
            marks.append(int(mark) if mark is not None else next(iter(marks), None))
            said = properties.get("/ActualText") if isinstance(properties, Dictionary) else None
            spoken.append(None if said is None else str(said))
        elif name == "EMC":
            marks.pop()
            spoken.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("TJ", "Tj"):
            assert marks, "text that is neither tagged nor an artifact"
            shown = operands[0] if name == "TJ" else [operands[0]]
            pieces = [bytes(item) for item in shown if isinstance(item, pikepdf.String)]
            glyphs = [int.from_bytes(p[n : n + 2]) for p in pieces for n in range(0, len(p), 2)]
            text = "".join(font.get(glyph, "\ufffd") for glyph in glyphs)
            text = text if spoken[-1] is None else spoken[-1]
            found[marks[-1]] = found.get(marks[-1], "") + text
    return found


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """Return what each glyph of a font stands for."""
    told = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\n", told)
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
