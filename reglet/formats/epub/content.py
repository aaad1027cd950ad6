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

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
OPS = "{http://www.idpf.org/2007/ops}"
XLINK = "{http://www.w3.org/1999/xlink}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"

_XHTML_ELEMENTS = frozenset(
    """html head title meta link body section nav aside header footer div p h1 h2 h3 h4 h5 h6
    blockquote pre hr ul ol li dl dt dd figure figcaption table caption colgroup col thead tbody
    tfoot tr th td a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q ruby rb rp
    rt rtc s samp small span strong sub sup time u var wbr details summary hgroup address main
    article""".split()
)
_SVG_ELEMENTS = frozenset(
    """svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan
    textPath image linearGradient radialGradient stop pattern clipPath mask marker style switch
    metadata view a filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology
    feOffset feTile feTurbulence""".split()
)
_MATHML_BANNED = frozenset({"maction", "annotation-xml"})
_NCX_ELEMENTS = frozenset(
    """ncx head meta docTitle docAuthor navMap navPoint navLabel text content pageList pageTarget
    navList navTarget navInfo""".split()
)
_LINKS = frozenset({"href", "cite", f"{XLINK}href"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "doi", "urn"})
_FETCHED = frozenset({"img", "image", "feImage", "use", "link", "content"})
_REFUSED = frozenset(
    {"srcset", "http-equiv", "ping", "formaction", "action", "srcdoc", "background"}
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PASSED_OVER = re.compile(r"^[\x00-\x20]+|[\t\n\r]")  # by readers of addresses (URL, 4.4)


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
    wrong = [address for address in addresses(text) if address not in fetched]
    wrong += re.findall(r"@import[^;]*", _COMMENT.sub("", text), flags=re.IGNORECASE)
    return tuple(
        diagnose("unsafe-markup", Span(name), page=name, what=what) for what in dict.fromkeys(wrong)
    )


def addresses(style: str) -> list[str]:
    """List every address in a style sheet's `url()`s, in order."""
    return [
        match.strip().strip("\"'").strip()
        for match in re.findall(r"url\(([^)]*)\)", _COMMENT.sub("", style), flags=re.IGNORECASE)
    ]


def _elements(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def unsafe(root: Any, *, picture: bool = False) -> Iterator[str]:
    """Yield everything in a tree that is not on a list, as it would be written.

    A picture may hold what drawing programs note for themselves, and pictures of its own.
    """
    for element in root.iter():
        if element.tag is etree.Comment:
            continue
        if not isinstance(element.tag, str):
            yield str(element).strip()[:60]
            continue
        if picture and not element.tag.startswith((SVG, XHTML)):
            continue
        if not _allowed(element.tag):
            yield f"<{etree.QName(element).localname}>"
        for key, value in element.attrib.items():
            inner = picture and value.lstrip().startswith("data:image/")
            if not inner and _unsafe_attribute(element, key, value):
                yield f'{etree.QName(key).localname}="{value[:60]}"'
        if element.tag == f"{SVG}style" and _fetches("".join(element.itertext())):
            yield "<style> with an address"


def _fetches(style: str) -> bool:
    return "@import" in style.lower() or any(not a.startswith("#") for a in addresses(style))


def _allowed(tag: str) -> bool:
    for space, elements in ((XHTML, _XHTML_ELEMENTS), (SVG, _SVG_ELEMENTS), (NCX, _NCX_ELEMENTS)):
        if tag.startswith(space):
            return tag.removeprefix(space) in elements
    return tag.startswith(MATHML) and tag.removeprefix(MATHML) not in _MATHML_BANNED


def _unsafe_attribute(element: Any, key: str, value: str) -> bool:
    local = etree.QName(key).localname.lower()
    if local.startswith("on") or local in _REFUSED:
        return True
    if key in _LINKS or local == "src":
        fetched = local == "src" or etree.QName(element).localname in _FETCHED
        return not _address_allowed(value, fetched=fetched)
    if local in ("style", "fill", "stroke", "filter", "mask", "clip-path"):
        return _fetches(value)
    return False


def _address_allowed(value: str, *, fetched: bool) -> bool:
    """Tell whether a link may lead there; what a reader fetches must lie within the EPUB."""
    address = _PASSED_OVER.sub("", value)
    scheme = _SCHEME.match(address)
    if scheme is None:
        return not address.startswith(("//", "/\\", "\\"))
    return not fetched and scheme[1].lower() in _SCHEMES
