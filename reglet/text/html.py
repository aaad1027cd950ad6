"""Raw HTML of authors: what is on the list is kept, as XHTML; the rest goes, with a warning.

nh3 cleans, lxml writes XHTML. Comments go without a word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

import nh3
from lxml import etree
from lxml import html as lxml_html

from reglet.model.diagnostic import diagnose
from reglet.model.document import Kind, Node
from reglet.model.span import Span
from reglet.text.sheet import Sheet

INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup time u var wbr".split()
)
DIVISIONS = frozenset({"article", "aside", "div", "section"})
BLOCK = DIVISIONS | frozenset(
    "blockquote caption col colgroup dd dl dt hr li ol p pre table tbody td tfoot th thead "
    "tr ul".split()
)
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "li": frozenset({"value"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
SCHEMES = {"http", "https", "mailto", "tel"}
KINDS: Mapping[str, Kind] = {
    "a": Kind.LINK,
    "b": Kind.STRONG,
    "del": Kind.STRIKE,
    "em": Kind.EMPHASIS,
    "i": Kind.EMPHASIS,
    "s": Kind.STRIKE,
    "span": Kind.SPAN,
    "strong": Kind.STRONG,
    "sub": Kind.SUBSCRIPT,
    "sup": Kind.SUPERSCRIPT,
}
_PICTURE = "write `![what it shows](figures/…)`"
_TAG = re.compile(
    r"<!--(?:>|->|.*?-->|.*\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<attrs>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>"
    r"|<[?!][^>]*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_CLEANER = nh3.Cleaner(
    tags=set(INLINE | BLOCK),
    clean_content_tags={"script", "style"},
    attributes={"*": set(EVERYWHERE)} | {name: set(names) for name, names in ATTRIBUTES.items()},
    url_schemes=SCHEMES,
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as written, cleaned; `name` is empty for a comment and the like."""

    name: str = ""
    closing: bool = False
    attrs: Mapping[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    text: str = ""

    @property
    def comment(self) -> bool:
        """Tell whether this is a comment."""
        return self.text.startswith("<!--")


def tags(text: str) -> Iterator[Tag]:
    """Find the tags of `text`, and clean their attributes."""
    for found in _TAG.finditer(text):
        name = (found["name"] or "").lower()
        closing = bool(found["close"])
        known = name in INLINE | BLOCK
        attrs = _clean(name, found["attrs"]) if known and found["attrs"] and not closing else {}
        yield Tag(name, closing, attrs, found.start(), found.end(), found[0])


def _clean(name: str, written: str) -> dict[str, str]:
    """Clean the attributes of one tag."""
    carrier = name if name in INLINE else "div"
    kept = EVERYWHERE | ATTRIBUTES.get(name, frozenset())
    cleaned = nh3.clean(
        f"<{carrier}{written}></{carrier}>",
        tags={carrier},
        attributes={carrier: set(kept)},
        url_schemes=SCHEMES,
        link_rel=None,
    )
    elements = lxml_html.fragments_fromstring(cleaned)
    element = elements[0] if elements else None
    return {} if element is None or isinstance(element, str) else dict(element.attrib)


def check(tag: Tag, allowed: frozenset[str], sheet: Sheet, span: Span) -> bool:
    """Tell whether a tag may stay; report it, or the attributes that may not."""
    if tag.comment:
        return False
    if tag.name not in allowed:
        if not tag.closing:
            remove(tag, sheet, span)
        return False
    if not tag.closing:
        for attribute in _attribute_names(tag):
            if attribute not in EVERYWHERE | ATTRIBUTES.get(tag.name, frozenset()):
                sheet.diagnostics.append(diagnose("html-removed", span, text=attribute))
    return True


def remove(tag: Tag, sheet: Sheet, span: Span) -> None:
    """Report a tag that is left out."""
    hint = _PICTURE if tag.name in ("img", "figure", "figcaption") else ""
    sheet.diagnostics.append(diagnose("html-removed", span, hint, text=tag.text[:60]))


def _attribute_names(tag: Tag) -> list[str]:
    inner = tag.text[1 + len(tag.name) : -1]
    return [found[1].lower() for found in _ATTRIBUTE.finditer(inner)]


def opening(tag: Tag) -> str:
    """Write an opening tag, or a whole empty element, as XHTML."""
    attrs = "".join(f" {name}={quoteattr(value)}" for name, value in tag.attrs.items())
    return f"<{tag.name}{attrs}{'/' if tag.name in VOID else ''}>"


def block(text: str, span: Span, sheet: Sheet, places: "Callable[[int, int], Span] | None" = None):
    ...
