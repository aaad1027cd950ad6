"""A PDF about to be written in, its tags and its fonts' texts mended where WeasyPrint 70.0 errs."""

from typing import Any

import pydyf

from reglet.formats.pdf.definitions import label_terms, note_items
from reglet.formats.pdf.fragments import read_notes_at_calls
from reglet.formats.pdf.roles import name_roles
from reglet.formats.pdf.structure import Origins, Tree
from reglet.formats.pdf.sweep import sweep
from reglet.formats.pdf.tounicode import fill_maps


def mend(pdf: Any, origins: Origins) -> Tree:
    """Mend tags and fonts' texts of a `pydyf.PDF`, given what its tags were made of."""
    fill_maps(pdf)
    tree = Tree(pdf, origins)
    name_roles(tree)
    for element in list(tree.walk(tree.document)):
        if _is(element, "/Table"):
            _name_bodies(element, pdf)
    read_notes_at_calls(tree)
    for element in list(tree.walk(tree.document)):
        if _is(element, "/LI"):
            _gather(element, pdf)
    label_terms(tree)
    note_items(tree)
    sweep(tree)
    return tree


def _name_bodies(table: Any, pdf: Any) -> None:
    """Name the row groups that a table without `tbody` has in the engine's boxes alone."""
    for reference in table["K"]:
        kid = _kid(reference, pdf)
        if _is(kid, "/NonStruct") or _is(kid, "/Table"):
            kid["S"] = "/TBody"


def _gather(item: Any, pdf: Any) -> None:
    """Put all that a list item holds beside its label into one LBody (ISO 32000-1 §14.8.4.3.3).

    The engine tags an item's inline content so, and sets its blocks beside that.
    """
    kids = [(reference, _kid(reference, pdf)) for reference in item["K"]]
    labels = [reference for reference, kid in kids if _is(kid, "/Lbl")]
    held = [(reference, kid) for reference, kid in kids if not _is(kid, "/Lbl")]
    if not held or (len(held) == 1 and _is(held[0][1], "/LBody")):
        return
    body = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/LBody",
            "P": item.reference,
            "Pg": item["Pg"],
            "K": pydyf.Array([reference for reference, _ in held]),
        }
    )
    pdf.add_object(body)
    for _, kid in held:
        if kid is not None:
            kid["P"] = body.reference
            kid["S"] = "/Div" if kid["S"] == "/LBody" else kid["S"]
    item["K"] = pydyf.Array([*labels, body.reference])


def _kid(reference: Any, pdf: Any) -> Any:
    """Return the element that a reference leads to, or None for marked content and annotations."""
    if not isinstance(reference, bytes):
        return None
    kid = pdf.objects[int(reference.split()[0])]
    return kid if isinstance(kid, pydyf.Dictionary) and "S" in kid else None


def _is(item: Any, role: str) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("S") == role
