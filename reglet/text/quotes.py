"""Straight marks to printers' ones: quotes and spaces as the language has them, dashes, ellipses.

In: the tokens of one block's inline text. Only plain text changes: never code, addresses,
expressions, or what a backslash protects.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from reglet.text.spaces import tied

_THIN = "\u202f"

# opening and closing double, opening and closing single
QUOTES: Mapping[str, tuple[str, str, str, str]] = {
    "ar": ("«", "»", "“", "”"),
    "ca": ("«", "»", "“", "”"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("»", "«", "›", "‹"),
    "de": ("„", "“", "‚", "‘"),
    "de-ch": ("«", "»", "‹", "›"),
    "el": ("«", "»", "“", "”"),
    "en": ("“", "”", "‘", "’"),
    "es": ("«", "»", "“", "”"),
    "fa": ("«", "»", "‹", "›"),
    "fi": ("”", "”", "’", "’"),
    "fr": (f"«{_THIN}", f"{_THIN}»", "“", "”"),
    "fr-ch": (f"«{_THIN}", f"{_THIN}»", f"‹{_THIN}", f"{_THIN}›"),
    "he": ("”", "”", "’", "’"),
    "hr": ("„", "“", "‚", "‘"),
    "hu": ("„", "”", "»", "«"),
    "it": ("«", "»", "“", "”"),
    "ja": ("「", "」", "『", "』"),
    "nl": ("“", "”", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt": ("“", "”", "‘", "’"),
    "pt-pt": ("«", "»", "“", "”"),
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": ("„", "“", "‚", "‘"),
    "sl": ("„", "“", "‚", "‘"),
    "sv": ("”", "”", "’", "’"),
    "tr": ("“", "”", "‘", "’"),
    "uk": ("«", "»", "„", "“"),
}
_SAME = {"nb": "no", "nn": "no", "sr": "hr", "bs": "hr"}
_APOSTROPHE = "’"
_MARK = re.compile("[\"']")
_DASHES = (
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
)
_SPACED = re.compile(r" ([;:!?])")
_BARE = re.compile(r"(?<=[\w)\]»”’…%])([;:]|[!?]+)(?=[\s)\]»”’]|$)")
_SHOWN = {
    "call": ")",
    "citation": ")",
    "hardbreak": " ",
    "html_inline": "",
    "reference": ")",
    "softbreak": " ",
}


@dataclass(slots=True)
class _Mark:
    """One straight mark: its token, its place in it, and what stands on either side."""

    token: int
    place: int
    single: bool
    before: str
    after: str
    printed: str = ""

    def sides(self) -> tuple[bool, bool]:
        """Tell whether the mark can open and whether it can close a quotation."""
        space_before, space_after = self.before.isspace(), self.after.isspace()
        word_before, word_after = self.before.isalnum(), self.after.isalnum()
        point_before = not space_before and not word_before
        point_after = not space_after and not word_after
        opens = not space_after and not (point_after and word_before)
        closes = not space_before and not (point_before and word_after)
        if opens and closes and word_before and word_after:
            return False, False
        return opens, closes


def smarten(tokens: Sequence[Token], lang: str) -> None:
    """Change the text of `tokens`, and of the notes and captions among them, in place."""
    for token in tokens:
        smarten(token.children or (), lang)
        if token.type == "text":
            for pattern, printed in _DASHES:
                token.content = pattern.sub(printed, token.content)
            token.content = tied(token.content, lang)
    marks = _find(tokens)
    _pair(marks, _quotes(lang))
    for mark in reversed(marks):
        text = tokens[mark.token].content
        tokens[mark.token].content = text[: mark.place] + mark.printed + text[mark.place + 1 :]
    if lang.lower().split("-")[0] == "fr" and lang.lower() != "fr-ca":
        _space_french(tokens)


def _quotes(lang: str) -> tuple[str, str, str, str]:
    name = lang.lower()
    base = name.split("-")[0]
    return QUOTES.get(name) or QUOTES.get(_SAME.get(base, base)) or QUOTES["en"]


def _shown(token: Token) -> str:
    """Return what a token looks like to the marks beside it."""
    if token.nesting:
        return ""
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    return _SHOWN.get(token.type, "x")


def _find(tokens: Sequence[Token]) -> list[_Mark]:
    """Find the straight marks of the plain text."""
    shown = [_shown(token) for token in tokens]
    after = [" "] * len(shown)
    following = " "
    for index in range(len(shown) - 1, -1, -1):
        after[index] = following
        following = shown[index][:1] or following
    marks: list[_Mark] = []
    before = " "
    for index, text in enumerate(shown):
        if tokens[index].type == "text":
            for found in _MARK.finditer(text):
                left = text[found.start() - 1] if found.start() else before
                right = text[found.end()] if found.end() < len(text) else after[index]
                marks.append(_Mark(index, found.start(), found[0] == "'", left, right))
        before = text[-1:] or before
    return marks


def _pair(marks: Sequence[_Mark], quotes: tuple[str, str, str, str]) -> None:
    """Say how each mark is printed: as one of a pair, as an apostrophe, or as it stands."""
    waiting: list[_Mark] = []
    for mark in marks:
        opens, closes = mark.sides()
        if mark.single and mark.before.isalnum() and mark.after.isalnum():
            mark.printed = _APOSTROPHE
            continue
        partner = _partner(waiting, mark) if closes else None
        if partner is not None:
            opened = waiting[partner]
            opened.printed, mark.printed = quotes[2:] if mark.single else quotes[:2]
            if mark.single and opened.after + mark.before in ("nn", "NN"):  # rock 'n' roll
                opened.printed = mark.printed = _APOSTROPHE
            del waiting[partner:]
        elif opens and not (mark.single and mark.after.isdigit()):
            waiting.append(mark)
            mark.printed = _APOSTROPHE if mark.single else quotes[0]
        elif mark.single:
            mark.printed = _APOSTROPHE
        else:
            mark.printed = quotes[1] if closes and not mark.before.isdigit() else '"'


def _partner(waiting: Sequence[_Mark], mark: _Mark) -> int | None:
    for index in range(len(waiting) - 1, -1, -1):
        if waiting[index].single == mark.single:
            return index
        if not waiting[index].single:
            return None
    return None


def _space_french(tokens: Sequence[Token]) -> None:
    """Put a thin space that does not break before `;`, `:`, `!` and `?`."""
    for token in tokens:
        if token.type == "text":
            text = _SPACED.sub(rf"{_THIN}\1", token.content)
            token.content = _BARE.sub(rf"{_THIN}\1", text)
