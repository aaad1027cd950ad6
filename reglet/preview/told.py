"""A session's state in, what a browser needs to show it out: plain values for JSON."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from reglet.messages import View
from reglet.model.diagnostic import Diagnostic
from reglet.model.span import Span
from reglet.preview.book import Book
from reglet.preview.editors import address
from reglet.preview.pages import Pages
from reglet.preview.session import State


def told(state: State, view: View, editor: str) -> dict[str, Any]:
    """Describe a state."""
    view = replace(view, read=cache(view.read))
    return {
        "title": state.title,
        "lang": state.lang,
        "building": state.building,
        "stage": state.stage,
        "fault": state.fault,
        "mistakes": [_mistake(item, view, editor) for item in state.told],
        "editions": [_edition(each) for each in state.shown],
        "edit": str(state.edit) if state.edit else "",
        "edits": state.edits,
        "builds": state.builds,
    }


def source(span: Span, view: View, editor: str) -> dict[str, Any]:
    """Describe a place in the source: its line, and how an editor gets there."""
    text = view.read(span.path)
    shown = view.show(span.path)
    if text is None:
        return {"place": str(Span(shown, span.line, span.column)) if span.path else ""}
    lines = text.split("\n")
    path = Path(shown).absolute()
    return {
        "place": str(Span(shown, span.line, span.column)),
        "at": str(span),
        "line": span.line,
        "column": span.column,
        "length": max(span.length, 1),
        "text": lines[span.line - 1] if 1 <= span.line <= len(lines) else None,
        "open": address(editor, path, span),
    }


def _mistake(item: Diagnostic, view: View, editor: str) -> dict[str, Any]:
    return {
        "code": item.code,
        "severity": str(item.severity),
        "message": item.message,
        "hint": item.hint,
        "source": source(item.span, view, editor),
    }


def _edition(shown: Pages | Book) -> dict[str, Any]:
    own: dict[str, Any]
    if isinstance(shown, Pages):
        own = {"pages": [[round(size.width, 2), round(size.height, 2)] for size in shown.sizes]}
    else:
        own = {"chapters": [[each.href, each.title, each.written] for each in shown.chapters]}
    return {
        "name": shown.name,
        "file": shown.filename,
        "kind": shown.kind,
        "version": shown.version,
        **own,
    }
