"""Computed styles out, those that cannot but be equal computed once.

WeasyPrint 70.0 lets equal elements share a style, but for those with an identifier or an address,
and what stands in these: each note has styles of its own, and each page all of its margin boxes'.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import css as engine

from reglet.formats.pdf.patching import in_place_of

_OWN = frozenset(("anchor", "link"))  # an element's own, which nothing else depends on
_ALONE = _OWN | {"counter_set", "counter_reset", "counter_increment", "overflow"}
_SPACING = frozenset(
    f"{kind}_{side}"
    for kind in ("margin", "padding")
    for side in ("top", "right", "bottom", "left")
)
_PLACING = frozenset(("position", "float", "display"))  # the engine keeps what is specified, too

_LOGICAL = frozenset(
    name.replace("-", "_")
    for function in engine.PHYSICAL_FUNCTIONS.values()
    for name in [function(block="ttb", inline=way) for way in ("ltr", "rtl")]
)

_engine_style = engine.ComputedStyle


@contextmanager
def shared_styles() -> Iterator[None]:
    """Let equal styles of a document share what is computed of them while the context lasts."""
    known: dict[tuple[Any, ...], Any] = {}

    def style(parent: Any, cascaded: Any, *rest: Any) -> Any:
        """Make the style of an element, of a page, or of what is beside them."""
        made = _Shared(parent, cascaded, *rest)
        if parent is None:
            return made
        kin = parent if parent.kin is None else parent.kin
        key = (id(kin), rest[0], *_said(cascaded))
        if key not in known:
            # holds what it is made of, so that ids stay their own
            known[key] = _engine_style(kin, cascaded, *rest)
        made.kin = made.source = known[key]
        made.facts = facts_of(made.source)
        made.update(made.source)
        made.specified.update(made.source.specified)
        return made

    with in_place_of(engine, "ComputedStyle", style):
        yield


def _said(cascaded: Any) -> tuple[tuple[Any, ...], ...]:
    """Return what tells the declarations of a style from others."""
    names = tuple(cascaded)
    values = [id(value) for value, _ in cascaded.values()]
    for name in _OWN & cascaded.keys():
        values[names.index(name)] = 0
    # which of two declarations is heavier counts where one has another name for the other's side
    weights = (str(weight) for _, weight in cascaded.values()) if _LOGICAL & cascaded.keys() else ()
    return names, tuple(values), tuple(weights)


def facts_of(style: Any) -> dict[str, Any]:
    """Return what has been found out of a style, to be added to; equal styles share it."""
    found: dict[str, Any] | None = vars(style).get("facts")
    if found is None:
        found = style.facts = {}
    return found


class _Shared(_engine_style):  # type: ignore[misc, valid-type]
    """A style that takes its values from the first of its kind, until it is changed."""

    kin: Any = None  # the first of its kind
    source: Any = None  # the same, while nothing is changed that other values depend on
    facts: dict[str, Any] | None = None

    def copy(self) -> Any:
        """Return a style that can be changed on its own."""
        copy = super().copy()
        copy.source, copy.facts = self.source, self.facts
        return copy

    @property
    def anonymous_style(self) -> Any:
        """Return the style of boxes that the engine adds within this one's."""
        if self.source is not None:
            return self.source.anonymous_style
        if "anonymous" not in vars(self):
            self.anonymous = engine.AnonymousStyle(self)
        return self.anonymous

    def __setitem__(self, name: str, value: Any) -> None:
        if name not in _ALONE and (self.source is not None or name in self):
            self.facts = {}
            if name not in _SPACING:
                self.source = None
        super().__setitem__(name, value)

    def __missing__(self, name: str) -> Any:
        if self.source is None or name in _OWN:
            return super().__missing__(name)
        value = self.source[name]
        if name in _PLACING:
            self.specified.update(self.source.specified)
        dict.__setitem__(self, name, value)
        return value
