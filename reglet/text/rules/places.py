"""Doors from a rule to the sheet: diagnostics and identifiers at offsets of the inline text."""

from typing import TYPE_CHECKING, cast

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reglet.text.attributes import Attributes, accept
from reglet.text.sheet import sheet_of

if TYPE_CHECKING:
    from reglet.text.parser import InlineState


def placed(state: StateInline) -> "InlineState":
    """Return the state as what it always is here: one that knows its places."""
    return cast("InlineState", state)


def report(
    state: StateInline, code: str, start: int, end: int, /, hint: str = "", **fields: object
) -> None:
    """Add a diagnostic for `src[start:end]`."""
    pieces = placed(state).pieces
    sheet_of(state.env).report(code, pieces.start(start), pieces.end(end), hint, **fields)


def attach(state: StateInline, token: Token, found: Attributes, kind: str, start: int) -> None:
    """Give `token`, which becomes a node of `kind`, the attributes that begin at `start`."""
    pieces = placed(state).pieces
    token.meta["attributes"] = accept(
        found, kind, sheet_of(state.env), pieces.start(start), pieces.end(found.end)
    )
