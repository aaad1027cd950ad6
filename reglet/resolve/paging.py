"""A document and an edition in, the document as the pages known so far have it out.

Signs of editor's notes, Ibid. and short notes depend on pages, and pages on them: the edition is
laid out again until nothing changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reglet.model.document import Document
from reglet.model.report import Edition
from reglet.resolve.again import called_away, pages_of_short_notes, with_short_notes
from reglet.resolve.guess import LETTERS, guessed
from reglet.resolve.settle import first_notes, settle
from reglet.resolve.signs import letter_editor_notes, sign_by_page

FREE_PASSES = 5  # layouts after which signs follow the pages no more, and short notes only grow


@dataclass(slots=True)
class Paging:
    """What the layouts of one edition have told of its notes; `labels` are reglet's own words.

    `letters` are those of a page, at a guess.
    A note that has begun a page once is never Ibid. again, so that layouts come to an end.
    """

    document: Document
    edition: Edition
    labels: Mapping[str, str]
    letters: float = LETTERS
    layouts: int = 0
    pages: Mapping[str, int] = field(default_factory=dict)  # identifier -> page, of the last
    begins: frozenset[str] = frozenset()  # notes
    away: Mapping[str, str] = field(default_factory=dict)  # as `called_away` has it
    kept: frozenset[str] = frozenset()  # calls whose short notes stay

    @property
    def numbers(self) -> dict[str, str]:
        """Return the pages as they are printed, by the same identifiers.

        Before the first layout they are guessed, so that they have as many figures, mostly.
        """
        pages = self.pages if self.layouts else guessed(self.document, self.letters)
        return {name: str(page) for name, page in pages.items()}

    @property
    def state(self) -> tuple[object, ...]:
        """Return all that `settled` and `numbers` depend on, but for the document."""
        phase = (self.layouts > 0) + (self.layouts >= FREE_PASSES)
        return phase, self.pages, self.begins, self.away, self.kept

    def learn(self, pages: Mapping[str, int]) -> None:
        """Take in where a layout has put calls and notes."""
        self.layouts += 1
        self.pages = pages
        self.begins |= first_notes(self.document, pages)
        if self.edition.placing == "foot":
            self.away = called_away(self.document, pages, self.kept)
        if self.layouts >= FREE_PASSES:
            self.kept |= set(self.away.values())

    def settled(self) -> Document:
        """Return the document with the signs, citations and short notes for the next layout."""
        if self.edition.format != "pdf":
            return settle(letter_editor_notes(self.document), self.edition)
        if self.edition.placing != "foot":
            return settle(self.document, self.edition)
        found = with_short_notes(self.document, self.away, self.labels.get("see_note", "{n}"))
        if self.layouts < FREE_PASSES:
            pages = {**self.pages, **pages_of_short_notes(self.away, self.pages)}
            found = sign_by_page(found, pages)
        return settle(found, self.edition, first_on_page=self.begins)
