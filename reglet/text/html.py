"""Raw HTML of authors: what is on the list is kept, as XHTML; the rest goes, with a warning.

nh3 cleans, lxml writes XHTML. Comments go without a word.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import quoteattr

import nh3
from lxml import etree
from lxml import html as lxml_html
from markdown_it.token import Token

from reglet.model.diagnostic import diagnose
from reglet.model.document import Kind, Node
from reglet.model.span import Span
from reglet.text.attributes import Attributes
from reglet.text.limits import NESTING, printable
from reglet.text.sheet import Sheet


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


INLINE = _names(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup time u var wbr"
)
DIVISIONS = _names("article aside div section")
BLOCK = DIVISIONS | _names(
    "blockquote caption col colgroup dd dl dt hr li ol p pre table tbody td tfoot th thead tr ul"
)
ALLOWED = (INLINE | BLOCK) - {"img"}
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
FORMATS = frozenset({"html", "html4", "html5"})
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
WIDEST = 1_000  # columns or rows of one cell (HTML 4.9.11)
_SPANS = frozenset({"colspan", "rowspan", "span"})
_PICTURE = "write `![what it shows](figures/…)`"
_TAG = re.compile(
    r"<!--(?:>|->|.*?-->|.*\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<attrs>(?:\"[^\"]*\"|'[^']*'|[^'\"<>]){0,2000})>"
    r"|<[?!][^>]*>",
    re.DOTALL,
)
_LEFT_OPEN = BLOCK - DIVISIONS - {"blockquote", "dl", "ol", "pre", "table", "ul"}
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags={"script", "style"},
    attributes={"*": set(EVERYWHERE)} | {name: set(names) for name, names in ATTRIBUTES.items()},
    url_schemes=SCHEMES,
    link_rel=None,
)


SpanOf = Callable[[int, int], Span]


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
    elements = lxml_html.fragments_fromstring(printable(cleaned))
    element = elements[0] if elements else None
    found = {} if element is None or isinstance(element, str) else dict(element.attrib)
    return {key: value for key, value in found.items() if not _is_vast(key, value)}


def _is_vast(name: str, value: str) -> bool:
    """Tell whether a cell is to go over more columns or rows than any table has."""
    return name in _SPANS and not (value.isdecimal() and int(value[:9]) <= WIDEST)


def check(tag: Tag, allowed: frozenset[str], sheet: Sheet, span: Span) -> bool:
    """Tell whether a tag may stay; report it, or the attributes that may not."""
    if tag.comment:
        return False
    if tag.name not in allowed:
        if not tag.closing:
            remove(tag, sheet, span)
        return False
    if not tag.closing:
        for attribute, written in _attributes_written(tag):
            listed = attribute in EVERYWHERE | ATTRIBUTES.get(tag.name, frozenset())
            if not listed:
                sheet.diagnostics.append(diagnose("html-removed", span, text=attribute))
            elif attribute not in tag.attrs:  # the cleaner minds values, too
                sheet.diagnostics.append(diagnose("html-removed", span, text=written[:60]))
    return True


def remove(tag: Tag, sheet: Sheet, span: Span) -> None:
    """Report a tag that is left out."""
    hint = _PICTURE if tag.name in ("img", "figure", "figcaption") else ""
    sheet.diagnostics.append(diagnose("html-removed", span, hint, text=tag.text[:60]))


def _attributes_written(tag: Tag) -> list[tuple[str, str]]:
    """Return the names of a tag's attributes, each with the whole of it as it is written."""
    inner = tag.text[1 + len(tag.name) : -1]
    return [(found[1].lower(), found[0]) for found in _ATTRIBUTE.finditer(inner)]


def opening(tag: Tag) -> str:
    """Write an opening tag, or a whole empty element, as XHTML."""
    attrs = "".join(f" {name}={quoteattr(value)}" for name, value in tag.attrs.items())
    return f"<{tag.name}{attrs}{'/' if tag.name in VOID else ''}>"


def attributes(tag: Tag) -> tuple[dict[str, str], Attributes]:
    """Part a tag's attributes: those that become a node's own, its identifier and classes."""
    attrs = dict(tag.attrs)
    identifier, classes = attrs.pop("id", ""), attrs.pop("class", "")
    return attrs, Attributes(identifier, tuple(classes.split()))


def pair(tokens: Sequence[Token], sheet: Sheet) -> dict[int, tuple[Tag, ...]]:
    """Find the HTML tags that may stay, by the index of their token.

    Tags pair within the Markdown element that they stand in; others are left out.
    """
    found: dict[int, tuple[Tag, ...]] = {}
    waiting: list[tuple[int, Tag | None]] = []  # None: an element of Markdown
    lost: list[tuple[int, Tag]] = []
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            waiting.append((index, None))
        while token.nesting < 0 and waiting:
            at, opened = waiting.pop()
            if opened is None:
                break
            lost.append((at, opened))
        if token.type == "html_inline":
            _pair_one(index, token, sheet, (found, waiting, lost))
    lost += [(index, tag) for index, tag in waiting if tag]
    for index, tag in lost:
        remove(tag, sheet, _span(tokens[index], sheet))
    return found


def _pair_one(
    index: int,
    token: Token,
    sheet: Sheet,
    state: tuple[dict[int, tuple[Tag, ...]], list[tuple[int, Tag | None]], list[tuple[int, Tag]]],
) -> None:
    found, waiting, lost = state
    tag = next(tags(token.content), None)
    if tag is None or not check(tag, INLINE, sheet, _span(token, sheet)):
        return
    if tag.name in VOID:
        found[index] = (tag,)
    elif not tag.closing and len(waiting) < NESTING:
        waiting.append((index, tag))
    elif not tag.closing:
        sheet.report_depth(token.meta["at"], token.meta["end"])
    else:
        names = [opened.name if opened else None for _, opened in waiting]
        inner = names[len(names) - names[::-1].index(None) :] if None in names else names
        if tag.name not in inner:
            lost.append((index, tag))
            return
        while waiting:
            at, opened = waiting.pop()
            if opened and opened.name == tag.name:
                found[at], found[index] = (opened,), (tag,)
                return
            if opened:
                lost.append((at, opened))


def _span(token: Token, sheet: Sheet) -> Span:
    return sheet.places.span(token.meta["at"], token.meta["end"])


def only_divisions(text: str) -> bool:
    """Tell whether `text` is nothing but tags of divisions, and comments."""
    found = [tag for tag in tags(text) if not tag.comment]
    return (
        bool(found)
        and all(tag.name in DIVISIONS for tag in found)
        and not _TAG.sub("", text).strip()
    )


def block(text: str, sheet: Sheet, span_of: SpanOf) -> Node | None:
    """Clean a block of HTML to a RAW node; `span_of` places parts of `text`."""
    opened: list[Tag] = []
    for tag in tags(text):
        if not check(tag, ALLOWED, sheet, span_of(tag.start, tag.end)):
            continue
        if not tag.closing:
            opened += [] if tag.name in VOID | _LEFT_OPEN or tag.text.endswith("/>") else [tag]
            if len(opened) > NESTING:
                span = span_of(tag.start, tag.end)
                sheet.diagnostics.append(diagnose("too-deep", span, limit=NESTING))
                return None
        elif opened and opened[-1].name == tag.name:
            opened.pop()
        elif tag.name not in _LEFT_OPEN:
            remove(tag, sheet, span_of(tag.start, tag.end))
    for tag in opened:
        remove(tag, sheet, span_of(tag.start, tag.end))
    markup = xhtml(text)
    if _loses_words(text, markup):
        span = span_of(0, len(text))
        sheet.diagnostics.append(diagnose("html-removed", span, text=text.strip()[:60]))
    return Node(Kind.RAW, span_of(0, len(text)), text=markup) if markup else None


def xhtml(text: str) -> str:
    """Clean HTML and write it as XHTML."""
    cleaned = printable(_CLEANER.clean(text))  # references write any character
    if not cleaned.strip():
        return ""
    parent = lxml_html.fragment_fromstring(cleaned, create_parent="div")
    for element in parent.iter():
        for name in [key for key, value in element.attrib.items() if _is_vast(key, value)]:
            del element.attrib[name]
        if element.text is None and element.tag not in VOID:
            element.text = ""  # else it is written `<div/>`, which HTML takes for an opening tag
    whole: str = etree.tostring(parent, encoding="unicode", method="xml", with_tail=False)
    return whole.removeprefix("<div>").removesuffix("</div>").strip()


def _loses_words(text: str, markup: str) -> bool:
    """Tell whether words of `text` outside its tags are not in the XHTML made of it."""
    shown = _TAG.sub("", _UNSEEN.sub("", text))
    return _words(shown) != _words(_TAG.sub("", markup))


def _words(text: str) -> str:
    return "".join(filter(str.isalnum, unescape(text)))
