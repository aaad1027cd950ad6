"""A structure tree of PDF 1.7, mended, in; the same as PDF 2.0 has it out, for PDF/UA-2.

Its parts are in the namespace of PDF 2.0 where that has their role, notes and their calls refer to
each other, and what leads to a place within the file leads to a part of the tree.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

from reglet.formats.pdf.structure import Tree

NAMESPACE = "http://iso.org/pdf2/ssn"

_OLD = frozenset(
    "/Art /BlockQuote /Code /Index /NonStruct /Quote /Reference /TOC /TOCI".split()  # noqa: SIM905
)
"""Roles that PDF 1.7 alone has; parts of these stay in its namespace (ISO 32000-2 §14.8.6.1)."""

_Names = dict[str, Any]
"""Parts by the identifiers of their elements."""


def renew(tree: Tree) -> None:
    """Make the tree one of PDF 2.0 (ISO 14289-2 §8.2)."""
    names = _names(tree)
    _join_calls(tree)
    _name_targets(tree, names)
    _lead_to_parts(tree, names)
    _enter_namespace(tree)


def _names(tree: Tree) -> _Names:
    names: _Names = {}
    for part in tree.walk(tree.document):
        if name := tree.origin(part).get("id"):
            names.setdefault(name, part)
    return names


def _enter_namespace(tree: Tree) -> None:
    """Name the namespace of each part; those of Span's kind need no mapping any more."""
    tree.base.pop("RoleMap", None)
    namespace = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(NAMESPACE)})
    tree.pdf.add_object(namespace)
    tree.base["Namespaces"] = pydyf.Array([namespace.reference])
    for part in (tree.document, *tree.walk(tree.document)):
        _name(part, tree)
        if part["S"] not in _OLD:
            part["NS"] = namespace.reference


def _name(part: Any, tree: Tree) -> None:
    """Give a part the role that PDF 2.0 has for it.

    A figure with its caption is a Sect, since one in a Div counts as what is around that has it,
    and one in a Figure is lost to readers that are told the Figure's alternative text.
    """
    origin = tree.origin(part)
    if part["S"] == "/Note":
        part["S"] = "/FENote"
        kind = "/Endnote" if origin.tag == "div" else "/Footnote"  # a block is one of a list
        part["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": kind})
    elif origin.tag == "figure" and any(kid["S"] == "/Caption" for kid in tree.parts(part)):
        part["S"] = "/Sect"
    elif part["S"] == "/L" and origin.tag == "dl":
        part["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Description"})
    elif origin.tag == "h1" and origin.has_class("title"):
        part["S"] = "/Title"


def _join_calls(tree: Tree) -> None:
    """Let each note refer to its calls, and them to it (ISO 14289-2 §8.2.5.14)."""
    notes = {
        tree.origin(part).get("id"): part
        for part in tree.walk(tree.document)
        if part["S"] == "/Note"
    }
    for link in tree.walk(tree.document):
        origin = tree.origin(link)
        note = notes.get(_target(link, tree))
        call = tree.at(link["P"])
        if note is not None and origin.has_class("call") and call["S"] == "/Reference":
            note.setdefault("Ref", pydyf.Array()).append(call.reference)
            call["Ref"] = pydyf.Array([note.reference])


def _name_targets(tree: Tree, names: _Names) -> None:
    """Let each entry of a table of contents refer to what it lists (ISO 14289-2 §8.2.5.8)."""
    for entry in tree.walk(tree.document):
        if entry["S"] != "/TOCI":
            continue
        targets = (_target(part, tree) for part in tree.walk(entry))
        if target := next((target for target in targets if target in names), None):
            entry["Ref"] = pydyf.Array([names[target].reference])


def _target(part: Any, tree: Tree) -> str:
    """Return the identifier that a part of a link's element leads to, or nothing."""
    href = tree.origin(part).get("href") if part["S"] == "/Link" else ""
    return href[1:] if href.startswith("#") else ""


def _lead_to_parts(tree: Tree, names: _Names) -> None:
    """Add to each destination the part that stands there (ISO 32000-2 §12.3.2.3)."""
    firsts = _firsts(tree)
    held = tree.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for place in range(0, len(held), 2):
        name, destination = held[place].string, held[place + 1]
        part = names.get(name) or firsts.get(destination[0], tree.document)
        held[place + 1] = _structured(destination, part)
    headings = {
        (part["Pg"], tree.origin(part).get("data-title") or tree.origin(part).text): part
        for part in reversed([*tree.walk(tree.document)])
        if part["S"][:2] == "/H" and part["S"][2:].isdigit()
    }
    for item in _outline(tree):
        destination = item.pop("Dest")
        page = destination[0]
        part = headings.get((page, item["Title"].string), firsts.get(page, tree.document))
        item["A"] = _structured(destination, part)
        item["A"].update({"Type": "/Action", "S": "/GoTo"})


def _firsts(tree: Tree) -> dict[bytes, Any]:
    """Return the first part of each page."""
    firsts: dict[bytes, Any] = {}
    for part in tree.walk(tree.document):
        firsts.setdefault(part["Pg"], part)
    return firsts


def _structured(destination: Any, part: Any) -> Any:
    """Return a destination that leads to a part, and, for older readers, to its page."""
    place = pydyf.Array([part.reference, *destination[1:]])
    return pydyf.Dictionary({"D": destination, "SD": place})


def _outline(tree: Tree) -> Iterator[Any]:
    """Yield the items of the outline."""
    for item in tree.pdf.objects:
        if isinstance(item, pydyf.Dictionary) and "Title" in item and "Dest" in item:
            yield item
