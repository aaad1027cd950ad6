"""Attributes in Pandoc's syntax: `{#id .class key=value key="a value"}` to `Attributes`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reglet.model.diagnostic import nearest
from reglet.text.sheet import Sheet

_SPACE = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_ID = re.compile(r"#([\w:.-]+)(?=[\s}])")
_CLASS = re.compile(r"\.([^\W\d_][\w:-]*|-?_?[^\W\d][\w:-]*)(?=[\s}.#])")
_PAIR = re.compile(
    r"""([^\W\d][\w:.-]*)=(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s}"'][^\s}]*|))(?=[\s}])""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LOOKS_RIGHT = re.compile(r"\{\s*(?:[#.][\w-]|[\w-]+=)")

EVERYWHERE = frozenset({"lang", "dir", "title", "role"})
ALLOWED: Mapping[str, frozenset[str]] = {
    "heading": frozenset({"short-title"}),
    "code": frozenset({"startfrom"}),
    "code_block": frozenset({"startfrom"}),
    "image": frozenset({"alt", "width", "height", "credit"}),
    "link": frozenset({"rel", "type", "hreflang"}),
    "table": frozenset({"source", "widths"}),
    "span": frozenset({"term", "see", "see-also"}),
    "div": frozenset({"term"}),
}
_VALUES = {
    "lang": (re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"), "language"),
    "dir": (re.compile(r"ltr|rtl|auto"), "direction"),
    "width": (re.compile(r"\d+(\.\d+)?(%|px|pt|pc|in|cm|mm|em|rem|ex|ch|vw|vh|Q)?"), "length"),
    "height": (re.compile(r"\d+(\.\d+)?(%|px|pt|pc|in|cm|mm|em|rem|ex|ch|vw|vh|Q)?"), "length"),
}


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands between the braces; `at` is where the identifier begins in the text."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    at: int = -1
    end: int = 0  # offset after the closing brace


def read(text: str, start: int = 0) -> Attributes | None:
    """Read the attributes that begin at `text[start]`, or return None where none do."""
    if text[start : start + 1] != "{":
        return None
    identifier, at = "", -1
    classes: list[str] = []
    pairs: dict[str, str] = {}
    position = start + 1
    while True:
        position = _skip(text, position)
        if text[position : position + 1] == "}":
            return Attributes(identifier, tuple(classes), pairs, at, position + 1)
        if match := _ID.match(text, position):
            identifier, at = match[1], match.start()
        elif match := _CLASS.match(text, position):
            classes.append(match[1])
        elif match := _PAIR.match(text, position):
            value = next((group for group in match.groups()[1:] if group is not None), "")
            if match[1] == "class":
                classes.extend(value.split())
            elif match[1] == "id":
                identifier, at = value, match.start()
            else:
                pairs[match[1].lower()] = _ESCAPE.sub(r"\1", " ".join(value.split()))
        elif re.match(r"-(?=[\s}])", text[position : position + 2]):
            classes.append("unnumbered")
            position += 1
            continue
        else:
            return None
        position = match.end()


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def looks_meant(text: str, start: int) -> bool:
    """Tell whether the brace at `start` was surely meant to open attributes."""
    return bool(_LOOKS_RIGHT.match(text, start))


def accept(found: Attributes, kind: str, sheet: Sheet, start: int, end: int) -> Attributes:
    """Drop, with a diagnostic, what is not allowed on a node of `kind`; claim the identifier.

    `start` and `end` are where the braces stand in the source.
    """
    allowed = EVERYWHERE | ALLOWED.get(kind, frozenset())
    kept: dict[str, str] = {}
    for name, value in found.pairs.items():
        if name not in allowed and not name.startswith("data-"):
            hint = nearest(name, allowed)
            sheet.report("unknown-attribute", start, end, hint, name=name)
            continue
        pattern, expected = _VALUES.get(name, (None, ""))
        if pattern and not pattern.fullmatch(value):
            sheet.report("bad-value", start, end, found=value, expected=expected)
            continue
        kept[name] = value
    if found.id:
        sheet.claim(found.id, start, end)
    return Attributes(found.id, found.classes, kept, found.at, found.end)
