"""Pieces as they were rendered, kept for the next rendering: each with all that it was made of."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reglet.model.document import Piece

_WHOLE = re.compile(
    r"parts/(?!section\.html$)|/(?:book\.html|nav\.xhtml|toc\.ncx|style\.css)$|/(?:web|wrap)/"
)
"""Templates of pages that tell of the whole report; they are rendered each time."""

_ASKS = re.compile(r"\{[%{][^}]*\b(?:doc|pieces)\b(?!-)")


def stand_alone(templates: Mapping[str, str]) -> bool:
    """Tell whether templates of sections ask for nothing of the report beyond their section."""
    texts = (text for name, text in templates.items() if not _WHOLE.search(name))
    return not any(_ASKS.search(text) for text in texts)


@dataclass(slots=True)
class Rendered:
    """Pieces of an edition as they were rendered last; `shared` is what all of them depend on.

    Where `placed`, elements tell their place in the source, for previews.
    """

    placed: bool = False
    shared: object = None
    pieces: dict[str, tuple[object, Piece]] = field(default_factory=dict)

    def share(self, shared: object) -> None:
        """Let go of all pieces, if what they share is not what it was."""
        if self.shared != shared:
            self.pieces.clear()
        self.shared = shared

    def piece(self, name: str, of: object, make: Callable[[], Piece]) -> Piece:
        """Return the piece of a name as it was made of the same before, or make it now."""
        kept = self.pieces.get(name)
        if kept is not None and kept[0] == of:
            return kept[1]
        made = make()
        self.pieces[name] = of, made
        return made
