"""A content document's own bytes, checked: text in, a `Page` with its tree and facts out.

EPUBCheck lets scripted links, refreshing pages and entities pass; nothing does here that is not
on a list. The bytes themselves are never rewritten by a parser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.span import Span
from reglet.safety import MATHML, SVG, XHTML, faults_of_style, unsafe

OPS = "{http://www.idpf.org/2007/ops}"


@dataclass(frozen=True, slots=True)
class Page:
    """A content document of the EPUB: its place in the package, its bytes and its tree."""

    name: str
    role: str
    title: str
    href: str  # relative to the package document
    data: bytes
    root: Any  # the lxml element <html>

    @property
    def properties(self) -> list[str]:
        """List what the manifest must say is inside (EPUB 3.3 §5.5.2, item properties)."""
        spaces = {element.tag.rpartition("}")[0] + "}" for element in _elements(self.root)}
        return [word for word, space in (("mathml", MATHML), ("svg", SVG)) if space in spaces]

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing on the page to read or to see."""
        body = self.root.find(f"{XHTML}body")
        if body is None:
            return True
        seen = any(element.tag in (f"{XHTML}img", f"{SVG}svg") for element in _elements(body))
        return not seen and not "".join(body.itertext()).strip()


def parse(markup: str | bytes) -> Any:
    """Parse XML strictly and return its root.

    Raises ValueError, worded for people, for what is not well-formed or has entities of its own.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False
    )
    data = markup.encode() if isinstance(markup, str) else markup
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(_reason(error)) from error
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise ValueError("it declares entities of its own")
    return root


def _reason(error: etree.XMLSyntaxError) -> str:
    words = re.sub(r", line \d+, column \d+.*$", "", error.msg or "no document", flags=re.DOTALL)
    return f"{words} (line {error.lineno})"


def check(name: str, markup: str | bytes) -> Outcome[Any]:
    """Parse the document called `name` and hold it against the lists of what may be in it."""
    place = Span(name)
    try:
        root = parse(markup)
    except ValueError as error:
        return Outcome(None, (diagnose("bad-markup", place, page=name, reason=str(error)),))
    found = tuple(
        diagnose("unsafe-markup", place, page=name, what=what)
        for what in dict.fromkeys(unsafe(root))
    )
    return Outcome(root, found)


def check_style(name: str, text: str, fetched: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Hold a style sheet against what it may fetch: the files of `fetched` and nothing else."""
    wrong = dict.fromkeys(faults_of_style(text, fetched.__contains__))
    return tuple(diagnose("unsafe-markup", Span(name), page=name, what=what) for what in wrong)


def _elements(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if isinstance(element.tag, str))
