"""A structure tree that is as it should be in, all else in the PDF brought in line with it.

Marked content that no part of the tree has, as running heads, folios and leaders, is an artifact.
"""

from itertools import count
from typing import Any

import pydyf

from reglet.formats.pdf.structure import Tree

_MAY_BE_EMPTY = ("/TD", "/TH")


def sweep(tree: Tree) -> None:
    """Leave nothing in the file that leads to a part that is not in the tree."""
    _prune(tree.document, tree)
    parts = [tree.document, *tree.walk(tree.document)]
    reached = {part.reference for part in parts}
    _list_names(parts, tree)
    pages = [tree.at(reference) for reference in tree.pdf.page_references]
    entries = tree.at(tree.base["ParentTree"])["Nums"]
    owners = dict(zip(entries[::2], entries[1::2], strict=True))
    for number, page in enumerate(pages):
        owned = [_owner(reference, reached, tree.moved) for reference in owners[number]]
        owners[number][:] = owned
        _make_artifacts(tree.at(page["Contents"]), owned)
    for number in list(owners)[len(pages) :]:
        owners[number] = _owner(owners[number], reached, tree.moved | tree.links)
    lost = {number for number, owner in owners.items() if owner == "null"}
    entries[:] = [item for entry in owners.items() if entry[0] not in lost for item in entry]
    for page in pages:
        if "Annots" in page:
            kept = [a for a in page["Annots"] if tree.at(a).get("StructParent") not in lost]
            page["Annots"][:] = kept
    for item in tree.pdf.objects:
        gone = isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
        if gone and item.reference not in reached:
            item.clear()


def _prune(parent: Any, tree: Tree) -> None:
    """Take parts without content out of the tree."""
    for part in tree.parts(parent):
        _prune(part, tree)
        if not part["K"] and part["S"] not in _MAY_BE_EMPTY:
            tree.take_out(part)


def _list_names(parts: list[Any], tree: Tree) -> None:
    """List the identifiers of parts, each of which is of one part alone (ISO 32000-1 §14.7.2)."""
    named: dict[str, Any] = {}
    for part in parts:
        if "ID" in part:
            given = part["ID"].string
            free = (f"{given}-{n}" for n in count(2))
            while part["ID"].string in named:
                part["ID"] = pydyf.String(next(free))
            named[part["ID"].string] = part
    if named:
        order = sorted(named)
        names = [item for name in order for item in (pydyf.String(name), named[name].reference)]
        tree.base["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def _owner(reference: Any, reached: set[bytes], moved: dict[bytes, bytes]) -> Any:
    """Return the part of the tree that has what the part of a reference had, or null."""
    while reference in moved:
        reference = moved[reference]
    return reference if reference in reached else "null"


def _make_artifacts(stream: Any, owners: list[Any]) -> None:
    """Mark as artifacts what of a page's content has no owner."""
    operands = stream.stream
    for place, item in enumerate(operands):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item and owners[item["MCID"]] == "null":
            operands[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary()]
