"""A structure tree in, with a part for each piece on a page; the same out, with one for the whole.

The heads that a table repeats on each page, and notes at pages' feet, find the place they are
read at.
"""

from typing import Any

from reglet.formats.pdf.structure import Tree
from reglet.model.document import first_call

_PAIRED = ("/Table", "/TR")  # their kids stand side by side, or repeat
_REPEATED = ("/THead", "/TFoot")
_HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")

_Key = tuple[int, str, str]


def read_notes_at_calls(tree: Tree) -> None:
    """Join what pages part, and put each note that stands at a page's foot behind its call."""
    notes = _take_notes(tree)
    join(tree.document, tree)
    for note in notes.values():
        join(note, tree)
    calls = _name_calls(tree, notes)
    for name, note in notes.items():
        if (call := calls.get(first_call(name))) is not None:
            place = _heading(call, tree) or call
            parent = tree.at(place["P"])
            tree.put(note, parent, parent["K"].index(place.reference) + 1)
        else:  # rather at the end than nowhere
            tree.put(note, tree.document, len(tree.document["K"]))


def join(parent: Any, tree: Tree) -> None:
    """Make one of the parts below `parent` that come from one element."""
    before: dict[_Key, Any] = {}
    for part in tree.parts(parent):
        key = _key(part, tree)
        first = before.get(key) if key else None
        if parent["S"] not in _PAIRED:
            before.clear()
        if first is None:
            before[key or (part.number, "", "")] = part
            continue
        tree.take_out(part)
        if part["S"] in _REPEATED and tree.origin(part).repeats:
            _drop_repeated(first, part, tree)
        else:
            _share_name(first, part)
            tree.add_kids(first, part)
        before[key or (part.number, "", "")] = first
    for part in tree.parts(parent):
        join(part, tree)


def _key(part: Any, tree: Tree) -> _Key | None:
    origin = tree.origin(part)
    return None if origin.element is None else (id(origin.element), origin.tag, part["S"])


def _share_name(first: Any, again: Any) -> None:
    """Let the cells that name a head by what of it stands here name it by what stands first."""
    if "ID" in again:
        again["ID"].string = first["ID"].string  # they share the object


def _drop_repeated(first: Any, again: Any, tree: Tree) -> None:
    """Let the links of a head that stands above again be those of the first; tell no more of it."""
    firsts = {key: part for part in tree.walk(first) if (key := _key(part, tree))}
    for part in tree.walk(again):
        own = firsts.get(_key(part, tree) or (0, "", ""))
        if own is not None:
            _share_name(own, part)
        if own is not None and part["S"] == "/Link":
            own["K"].extend(kid for kid in part["K"] if isinstance(kid, bytes))
            tree.links[part.reference] = own.reference


def _take_notes(tree: Tree) -> dict[str, Any]:
    """Take notes out of the feet of pages, each in one part."""
    notes: dict[str, Any] = {}
    for area in list(tree.walk(tree.document)):
        if tree.origin(area).tag != "@footnote":
            continue
        for part in tree.parts(area):
            name = tree.origin(part).get("id")
            if part["S"] == "/Note" and name in notes:
                tree.take_out(part)
                tree.add_kids(notes[name], part)
            elif part["S"] == "/Note":
                tree.take_out(part)
                notes[name] = part
        if not area["K"]:
            tree.take_out(area)
    return notes


def _name_calls(tree: Tree, notes: dict[str, Any]) -> dict[str, Any]:
    """Put calls into References, the numbers of notes into Lbls, and find calls by their names."""
    calls: dict[str, Any] = {}
    for top in (tree.document, *notes.values()):
        for part in list(tree.walk(top)):
            origin = tree.origin(part)
            if part["S"] != "/Link":
                continue
            if origin.has_class("call"):
                calls[origin.get("id")] = tree.wrap(part, "/Reference")
            elif origin.has_class("number") and origin.get("href").startswith("#call-"):
                tree.wrap(part, "/Lbl")
    return calls


def _heading(part: Any, tree: Tree) -> Any:
    """Return the heading that a part is in, or None."""
    while part["S"] != "/Document" and "P" in part:
        if part["S"] in _HEADINGS:
            return part
        part = tree.at(part["P"])
    return None
