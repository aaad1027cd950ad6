"""A place in a file in, an address out by which a browser opens it in an editor."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from reglet.model.span import Span

EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "copy": "",
}
"""Addresses by name; with "copy" there is none, and the place is put on the clipboard."""

FIELDS = ("{path}", "{line}", "{column}")


def address(editor: str, path: Path, span: Span) -> str:
    """Return the address that opens an absolute path; `editor` is a name or an address itself."""
    found = EDITORS.get(editor, editor)
    values = (quote(str(path)), str(max(span.line, 1)), str(max(span.column, 1)))
    for field, value in zip(FIELDS, values, strict=True):
        found = found.replace(field, value)
    return found


def is_editor(text: str) -> bool:
    """Tell whether it is a name that is known, or an address of a scheme of its own."""
    scheme = text.partition(":")[0].lower()
    own = scheme not in ("", "javascript", "data", "http", "https", "file", "blob", "vbscript")
    return text in EDITORS or (own and "://" in text and "{path}" in text)
