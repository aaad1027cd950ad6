"""Where the archived copy of a source is: its fields in, words for notes and the list out."""

import re
from collections.abc import Mapping

from reglet.model.document import Kind, Node
from reglet.resolve.prose import STOPS, capitalised
from reglet.resolve.wording import Wording

ADDRESS, DATE = "archived", "archived-date"  # no fields of CSL: styles do not print them

Nodes = tuple[Node, ...]


def archived(fields: Mapping[str, object], wording: Wording) -> Nodes:
    """Return "archived at https://…, 1 May 2026" in the report's language; nothing without one."""
    address = fields.get(ADDRESS)
    if not isinstance(address, str):
        return ()
    date = _date(fields.get(DATE), wording)
    link = Node(Kind.LINK, children=(Node(Kind.TEXT, text=address),), attrs={"href": address})
    pattern = wording.label("archived_on" if date else "archived_at").replace("{date}", date)
    before, _, after = pattern.partition("{address}")
    parts = (Node(Kind.TEXT, text=before), link, Node(Kind.TEXT, text=after))
    return tuple(part for part in parts if part.text or part.children)


def after_citation(words: Nodes, copy: Nodes) -> Nodes:
    """Put the place of the copy behind a citation in full."""
    return (*words, Node(Kind.TEXT, text=", "), *copy) if copy else words


def after_entry(words: Nodes, copy: Nodes) -> Nodes:
    """Put the place of the copy behind an entry of the list, as a sentence where that is one."""
    letters = "".join(inner.text for node in words for inner in node.walk()).rstrip()
    if not copy or letters[-1:] not in tuple(STOPS):
        return after_citation(words, copy)
    space, stop = Node(Kind.TEXT, text=" "), Node(Kind.TEXT, text=".")
    return (*words, space, *capitalised(copy), stop)


def _date(date: object, wording: Wording) -> str:
    """Write a CSL date out; of a span the first day."""
    if not isinstance(date, dict):
        return ""
    if words := date.get("literal") or date.get("raw"):
        return str(words)
    parts = [f"{number:02}" for number in (date.get("date-parts") or [[]])[0]]
    iso = "-".join([part.zfill(4) for part in parts[:1]] + parts[1:])
    return wording.date(iso, "long") if re.match(r"\d{4}", iso) else ""
