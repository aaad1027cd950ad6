"""What a citation processor is asked and answers: cites and works in, words in a CSL style out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from reglet.model.document import Cite, Node

FORMS = ("full", "short", "ibid", "ibid-locator")
FIRST_NOTE = "\ue000"  # stands in a short form for the number of the note that cites in full
AUTHOR = "author"  # the form that names the author alone


TERMED = frozenset(
    {
        "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "page",
        "paragraph", "part", "section", "sub-verbo", "verse", "volume",
    }
)  # fmt: skip
"""The locators of CSL 1.0.2, appendix III, that every style has a word for.

Of the others the writer's own word is printed."""


class StyleError(Exception):
    """The style could not be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A cite in one form: all that two cites must share to read alike."""

    key: str
    locator: str = ""
    label: str = ""
    term: str = ""  # where no style has a word for the label
    suppress_author: bool = False
    form: str = "full"  # one of FORMS, or AUTHOR

    @classmethod
    def of(cls, cite: Cite) -> "Ask":
        """Return what to ask for a cite in full."""
        label = (cite.label or "page") if cite.locator else ""
        term = cite.term if label and label not in TERMED else ""
        return cls(cite.key, cite.locator, label, term, cite.suppress_author)

    def form_of(self, form: str) -> "Ask":
        """Return the same cite in another form."""
        return replace(self, form=form)


@dataclass(frozen=True, slots=True)
class Request:
    """Everything at once: one request serves a whole report."""

    asks: Sequence[Ask]  # distinct, in the order of their first use
    works: Sequence[Mapping[str, object]]  # CSL-JSON; every key asked for is among them
    style: str  # CSL as XML
    lang: str  # BCP 47


@dataclass(frozen=True, slots=True)
class Answer:
    """Every form without closing stop, and the entry of every work in the order of the style."""

    forms: Mapping[Ask, tuple[Node, ...]] = field(default_factory=dict)
    entries: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)


class Citer(Protocol):
    """A citation processor; pandoc's is `reglet.resolve.pandoc.cite`."""

    def __call__(self, request: Request) -> Answer:
        """Word what is asked. Raises StyleError where the style cannot be used."""
