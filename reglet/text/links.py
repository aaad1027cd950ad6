"""Addresses of links and pictures: judged, and written as the tree keeps them."""

import re
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from reglet.model.diagnostic import diagnose
from reglet.model.span import Span
from reglet.text.sheet import Sheet

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")


def address(target: str, sheet: Sheet, span: Span) -> str:
    """Return a link's address, encoded; an empty string, with a diagnostic, for a bad one.

    `#identifier` stays as it is.
    """
    if target.strip() in ("", "#"):
        sheet.diagnostics.append(diagnose("empty-link", span))
        return ""
    found = _SCHEME.match(target)
    if found and found[1].lower() not in SCHEMES:
        sheet.diagnostics.append(diagnose("bad-link", span, target=target[:60]))
        return ""
    return f"#{unquote(target[1:])}" if target.startswith("#") else normalizeLink(target)


def picture(target: str) -> str:
    """Return a picture's path as the file is named, or its address where it is on the network."""
    return target if _SCHEME.match(target) or target.startswith("//") else unquote(target)
