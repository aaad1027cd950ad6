"""Lists of terms, and of notes below tables, as the engine tags them in; as PDF has them, out."""

from typing import Any

import pydyf

from reglet.formats.pdf.structure import Tree


def label_terms(tree: Tree) -> None:
    """Let each term be the label of the item that its definitions are (ISO 32000-1 §14.8.4.3.3).

    The engine makes an item of each term and of each definition.
    """
    for held in list(tree.walk(tree.document)):
        if held["S"] == "/L" and tree.origin(held).tag == "dl":
            _label(held, tree)


def _label(definitions: Any, tree: Tree) -> None:
    current, is_open = None, False
    for item in tree.parts(definitions):
        is_term = tree.origin(item).tag == "dt"
        if is_term:
            for body in tree.parts(item):
                body["S"] = "/Lbl"
        if current is not None and (is_open or not is_term):
            tree.take_out(item)
            tree.add_kids(current, item)
        else:
            current = item
        is_open = is_term


def note_items(tree: Tree) -> None:
    """Let each item of the notes below a table or figure hold its text as a note, with its ID."""
    for held in list(tree.walk(tree.document)):
        if held["S"] == "/L" and tree.origin(held).has_class("below"):
            for item in tree.parts(held):
                for body in tree.parts(item):
                    if body["S"] == "/LBody":
                        body["S"] = "/Note"
                        body["ID"] = pydyf.String(tree.origin(item).get("id"))
                        tree.wrap(body, "/LBody")
