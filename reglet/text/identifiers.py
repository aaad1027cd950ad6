"""Identifiers of headings as Pandoc makes them (`auto_identifiers`), and a check of all.

In: a section's tokens, inline text parsed. Out: `meta["id"]` on each heading's opening token.
"""

import unicodedata
from collections.abc import Container, Iterable, Sequence

from markdown_it.token import Token

from reglet.model.diagnostic import diagnose
from reglet.model.span import Span
from reglet.text.sheet import Sheet

_SKIPPED = {"call", "expression", "html_inline"}


def identify(tokens: Sequence[Token], sheet: Sheet) -> None:
    """Give every heading without an identifier one that nothing else has."""
    taken = {identifier for identifier, _ in sheet.claims}
    numbers: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            attributes = token.meta.get("attributes")
            name = attributes.id if attributes else ""
            if not name:
                text = stringify(tokens[index + 1].children or ())
                name = unused(make_identifier(text), taken, numbers)
                sheet.claim(name, token.meta["at"], token.meta["at"] + 1)
            token.meta["id"] = name
            taken.add(name)


def check(sheet: Sheet) -> None:
    """Report the identifiers that stand twice."""
    first: dict[str, Span] = {}
    for identifier, span in sorted(sheet.claims, key=lambda claim: claim[1]):
        if identifier in first:
            place = str(first[identifier])
            sheet.diagnostics.append(diagnose("duplicate-id", span, id=identifier, first=place))
        first.setdefault(identifier, span)


def make_identifier(text: str) -> str:
    """Turn a heading's text into an identifier.

    Only letters, digits, `_`, `-` and `.` are kept, in lower case and from the first letter on.
    """
    lower = "".join(character.lower() for character in text)
    kept = "".join(
        character
        for character in lower
        if character.isspace() or character in "_-." or unicodedata.category(character)[0] in "LN"
    )
    name = "-".join(kept.split())
    start = next((index for index, character in enumerate(name) if character.isalpha()), len(name))
    return name[start:] or "section"


def unused(name: str, taken: Container[str], numbers: dict[str, int] | None = None) -> str:
    """Return `name`, or `name-1`, `name-2`, … where that is taken.

    `numbers` keeps how far the counting has come for each name.
    """
    numbers = {} if numbers is None else numbers
    candidate = name
    while candidate in taken:
        numbers[name] = numbers.get(name, 0) + 1
        candidate = f"{name}-{numbers[name]}"
    return candidate


def stringify(tokens: Iterable[Token]) -> str:
    """Return the text of inline tokens without notes and markup."""
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(stringify(token.children or ()))
        elif token.type not in _SKIPPED:
            parts.append(token.content)
    return "".join(parts)
