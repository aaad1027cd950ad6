"""A PDF's structure tree about to be written, as objects of pydyf, and what each part comes from.

The engine forgets which element of the markup a part of the tree stands for; `origins` keeps it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.pdf import tags as engine

from reglet.formats.pdf.notes import own_text
from reglet.formats.pdf.patching import in_place_of

_engine_build = engine._build_box_tree


@dataclass(frozen=True, slots=True)
class Origin:
    """What a part of the tree was made of: an element (or a box beside it, by `tag`), on a page."""

    element: Any = None
    tag: str = ""  # "a", "a::after", "@footnote"
    page: int = 0
    leader: bool = False
    style: Any = None
    repeats: bool = False  # with every page that a table goes on to

    def get(self, attribute: str) -> str:
        """Return an attribute of the element that this is the box of; nothing for one beside it."""
        return "" if self.element is None or "::" in self.tag else self.element.get(attribute, "")

    def has_class(self, name: str) -> bool:
        """Tell whether the element is of a class."""
        return name in self.get("class").split()

    @property
    def text(self) -> str:
        """Return the words of the element, with single spaces, without those of notes in it."""
        return "" if self.element is None else " ".join("".join(own_text(self.element)).split())


Origins = dict[int, Origin]
"""The origins of parts of the tree by their number."""


@contextmanager
def origins() -> Iterator[Origins]:
    """Keep the origins of what the engine tags while the context lasts."""
    found: Origins = {}

    def build(box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
        own = getattr(box, "_box", box)
        tag = "@footnote" if isinstance(own, FootnoteAreaBox) else own.element_tag or ""
        repeats = getattr(own, "is_header", False) or getattr(own, "is_footer", False)
        origin = Origin(own.element, tag, page, own.is_leader, own.style, repeats)
        for part in _engine_build(box, parent, pdf, page, *rest):
            found.setdefault(part.number, origin)
            yield part

    with in_place_of(engine, "_build_box_tree", build):
        yield found


@dataclass(slots=True)
class Tree:
    """The structure tree of a `pydyf.PDF`; its parts are dictionaries with a role, S, and kids, K.

    A kid is a reference to a part or to an annotation, or the number of marked content.
    """

    pdf: Any
    origins: Origins
    moved: dict[bytes, bytes] = field(default_factory=dict)  # what has the kids of what is gone
    links: dict[bytes, bytes] = field(default_factory=dict)  # what has its annotations alone

    @property
    def base(self) -> Any:
        """Return the root of the tree, which is no part of it."""
        return self.at(self.pdf.catalog["StructTreeRoot"])

    @property
    def document(self) -> Any:
        """Return the part that all others are below."""
        return self.at(self.base["K"][0])

    def at(self, reference: Any) -> Any:
        """Return what a reference leads to; None for the number of marked content."""
        if not isinstance(reference, bytes):
            return None
        return self.pdf.objects[int(reference.split()[0])]

    def part(self, kid: Any) -> Any:
        """Return the part that a kid is a reference to, or None."""
        found = self.at(kid)
        return found if found is not None and "S" in found else None

    def parts(self, parent: Any) -> list[Any]:
        """Return those kids of a part that are parts."""
        return [part for kid in parent["K"] if (part := self.part(kid)) is not None]

    def walk(self, parent: Any) -> Iterator[Any]:
        """Yield all parts below one, in reading order."""
        for part in self.parts(parent):
            yield part
            yield from self.walk(part)

    def origin(self, part: Any) -> Origin:
        """Return what a part was made of."""
        return self.origins.get(part.number, Origin())

    def take_out(self, part: Any) -> None:
        """Take a part out of the tree."""
        self.at(part["P"])["K"].remove(part.reference)

    def put(self, part: Any, parent: Any, place: int) -> None:
        """Put a part among the kids of another."""
        parent["K"].insert(place, part.reference)
        part["P"] = parent.reference

    def wrap(self, part: Any, role: str) -> Any:
        """Put a new part of a role where `part` is, and that into it."""
        parent = self.at(part["P"])
        place = parent["K"].index(part.reference)
        around = pydyf.Dictionary(
            {"Type": "/StructElem", "S": role, "Pg": part["Pg"], "K": pydyf.Array()}
        )
        self.pdf.add_object(around)
        parent["K"][place] = around.reference
        around["P"] = parent.reference
        self.put(part, around, 0)
        return around

    def add_kids(self, part: Any, other: Any) -> None:
        """Move the kids of another part, which is then `part`, behind those of `part`."""
        for kid in other["K"]:
            if (below := self.part(kid)) is not None:
                below["P"] = part.reference
            elif isinstance(kid, int) and other["Pg"] != part["Pg"]:
                kid = pydyf.Dictionary({"Type": "/MCR", "Pg": other["Pg"], "MCID": kid})  # noqa: PLW2901
            part["K"].append(kid)
        other["K"] = pydyf.Array()
        self.moved[other.reference] = part.reference
