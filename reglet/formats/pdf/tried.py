"""Lines that the engine has tried, kept for when it tries them again.

It lays notes out to measure them and to set them, lines to see whether they fit on a page, cells to
see how wide they are: more than a third of the lines that it tries, it has tried before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break as engine

from reglet.formats.pdf.faces import face_of
from reglet.formats.pdf.foreseen import Draft, foreseen_lines
from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.styles import facts_of

MOST = 8192  # lines that are kept with the fonts that they were tried with
LONGEST = 4096  # characters of a text whose lines are kept
_ASKED = (
    "white_space", "letter_spacing", "word_spacing", "tab_size", "overflow_wrap", "word_break",
    "hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "lang",
)  # fmt: skip

_engine_splits = engine.split_first_line


@contextmanager
def kept_lines() -> Iterator[None]:
    """Keep the lines that the engine tries while the context lasts."""
    draft = Draft()

    def split(text: str, style: Any, context: Any, width: Any, spacing: Any, *flags: bool,
              **named: bool) -> tuple[Any, ...]:  # fmt: skip
        """Fit as much of a text as a line has room for; called by the engine."""
        kept = vars(style.font_config).setdefault("lines_tried", {})
        key = (text, width, spacing, flags, *named.items(), *_asked(style))
        found = kept.get(key)
        if found is None:
            draft.is_next = True
            found = _engine_splits(text, style, context, width, spacing, *flags, **named)
            draft.layout = None
            if len(kept) >= MOST:
                kept.clear()
            if len(text) <= LONGEST:
                kept[key] = found
        return _copied(found[0]), *found[1:]

    with (
        foreseen_lines(draft),
        in_place_of(inline, "split_first_line", split),
        in_place_of(preferred, "split_first_line", split),
    ):
        yield


def _asked(style: Any) -> tuple[Any, ...]:
    """Return all of a style that what fits on a line depends on."""
    facts = facts_of(style)
    found: tuple[Any, ...] | None = facts.get("asked_of_lines")
    if found is None or found[1] is not style["white_space"]:  # which leaders change
        found = (id(face_of(style)), *(style[name] for name in _ASKED))
        facts["asked_of_lines"] = found
    return found


def _copied(layout: Any) -> Any:
    """Return a layout like one that is kept, to be drawn and shortened on its own."""
    copy = engine.Layout.__new__(engine.Layout)
    vars(copy).update(vars(layout))
    return copy
