"""What the parts of a PDF's structure tree are: their roles and attributes, from the markup."""

from typing import Any

import pydyf

from reglet.formats.pdf.continued import CONTINUED
from reglet.formats.pdf.structure import Origin, Tree

ROLES = {
    "em": "/Em", "i": "/Em", "strong": "/Strong", "b": "/Strong",
    "code": "/Code", "pre": "/P", "figure": "/Div", "q": "/Quote", "abbr": "/Span",
}  # fmt: skip
"""Roles of elements that the engine knows no role for; those of PDF 2.0 are mapped to Span."""

_NUMBERINGS = {
    "decimal": "Decimal", "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman", "upper-roman": "UpperRoman",
    "disc": "Disc", "circle": "Circle", "square": "Square",
}  # fmt: skip
_LISTINGS = ("contents", "lists")


def name_roles(tree: Tree) -> None:
    """Give parts the roles of their elements, languages, scopes of heads, texts of links.

    What is there for the eye alone, as leaders and pictures without text, is taken out.
    """
    tree.base["RoleMap"] = pydyf.Dictionary({"Em": "/Span", "Strong": "/Span"})
    for part in list(tree.walk(tree.document)):
        origin = tree.origin(part)
        if origin.tag == "tr" and origin.has_class(CONTINUED):
            _take_row(part, tree)
        elif origin.leader or (part["S"] == "/Figure" and origin.element.get("alt") == ""):
            tree.take_out(part)
        else:
            _name(part, origin, tree)
    for section in list(tree.walk(tree.document)):
        origin = tree.origin(section)
        if origin.tag == "section" and any(map(origin.has_class, _LISTINGS)):
            _name_listing(section, tree)


def _take_row(row: Any, tree: Tree) -> None:
    """Take a row of heads out of the tree, and out of what cells say of their heads."""
    gone = {id(cell["ID"]) for cell in tree.parts(row) if "ID" in cell}
    table = tree.at(row["P"])
    while table["S"] != "/Table":
        table = tree.at(table["P"])
    for cell in tree.walk(table):
        if "Headers" in cell.get("A", ()):
            heads = [head for head in cell["A"]["Headers"] if id(head) not in gone]
            cell["A"]["Headers"] = pydyf.Array(heads)
    tree.take_out(row)


def _name(part: Any, origin: Origin, tree: Tree) -> None:
    if part["S"] == "/NonStruct":
        part["S"] = ROLES.get(origin.tag, "/NonStruct")
    if "::" in origin.tag and part["S"] == "/Link":
        part["S"] = "/Span"
    if language := origin.get("lang"):
        part["Lang"] = pydyf.String(language)
    if origin.tag == "abbr" and (expansion := origin.get("title")):
        part["E"] = pydyf.String(expansion)
    if is_note(origin):
        part["S"] = "/Note"
        part["ID"] = pydyf.String(origin.get("id"))
    elif part["S"] == "/TH" and "A" in part:
        part["A"]["Scope"] = "/Row" if origin.get("scope").startswith("row") else "/Column"
    elif part["S"] == "/L" and origin.tag in ("ul", "ol"):
        part["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{_numbering(origin)}"})
    elif part["S"] == "/Link":
        _describe(part, origin.text, tree)


def is_note(origin: Origin) -> bool:
    """Tell whether something comes from a note at a page's foot, or in a list of notes."""
    return origin.has_class("note") and origin.get("id").startswith("note-")


def _numbering(origin: Origin) -> str:
    style = str(origin.style["list_style_type"])
    return _NUMBERINGS.get(style, "None" if style == "none" else "Disc")


def _describe(link: Any, text: str, tree: Tree) -> None:
    """Let the annotations of a link say its words."""
    for kid in link["K"]:
        held = tree.at(kid)
        if text and held is not None and held.get("Type") == "/OBJR":
            tree.at(held["Obj"])["Contents"] = pydyf.String(text)


def _name_listing(section: Any, tree: Tree) -> None:
    """Make tables of contents of the lists of a section (ISO 32000-1 §14.8.4.2)."""
    for part in list(tree.walk(section)):
        if part["S"] == "/L":
            part["S"] = "/TOC"
            part.pop("A", None)
        elif part["S"] == "/LI":
            part["S"] = "/TOCI"
        elif part["S"] == "/LBody":
            part["S"] = "/Reference"
    for part in list(tree.walk(section)):
        parent = tree.at(part["P"])
        if part["S"] == "/TOC" and parent["S"] == "/Reference":
            entry = tree.at(parent["P"])
            tree.take_out(part)
            tree.put(part, entry, entry["K"].index(parent.reference) + 1)
