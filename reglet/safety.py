"""Markup and styles held against lists of what they may hold: trees and CSS in, what is wrong out.

No page, no EPUB and no PDF of reglet's runs a script, sends a form or fetches anything; whoever
wrote its templates.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import tinycss2
from lxml import etree

from reglet.lengths import LONGEST, millimetres

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
XLINK = "{http://www.w3.org/1999/xlink}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"

_XHTML_ELEMENTS = frozenset(
    """html head title meta link body section nav aside header footer div p h1 h2 h3 h4 h5 h6
    blockquote pre hr ul ol li dl dt dd figure figcaption table caption colgroup col thead tbody
    tfoot tr th td a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q ruby rb rp
    rt rtc s samp small span strong sub sup time u var wbr details summary hgroup address main
    article""".split()  # noqa: SIM905 - easier to read as words
)
_SVG_ELEMENTS = frozenset(
    """svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan
    textPath image linearGradient radialGradient stop pattern clipPath mask marker style switch
    metadata view a filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology
    feOffset feTile feTurbulence""".split()  # noqa: SIM905
)
_MATHML_BANNED = frozenset({"maction", "annotation-xml"})
_NCX_ELEMENTS = frozenset(
    """ncx head meta docTitle docAuthor navMap navPoint navLabel text content pageList pageTarget
    navList navTarget navInfo""".split()  # noqa: SIM905
)
_PLAIN = _XHTML_ELEMENTS | _SVG_ELEMENTS | {name.lower() for name in _SVG_ELEMENTS}
_LINKS = frozenset({"href", "cite", f"{XLINK}href"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "doi", "urn"})
_FETCHED = frozenset({"img", "image", "feImage", "use", "link", "content"})
_POINTING = frozenset({"canonical", "license", "author", "alternate"})  # links nobody fetches
_REFUSED = frozenset({"srcset", "ping", "formaction", "action", "srcdoc", "background"})
_SPANS = frozenset({"colspan", "rowspan", "span"})
_POLICY = "content-security-policy"  # the one `http-equiv` that takes rights away
_WIDEST = 1_000  # columns or rows of one cell (HTML 4.9.11)
_DEEPEST = 30  # brackets in a style
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PASSED_OVER = re.compile(r"^[\x00-\x20]+|[\t\n\r]")  # by readers of addresses (URL, 4.4)
_ADDRESSED = frozenset({"url", "src"})
_PICTURED = frozenset({"image-set", "-webkit-image-set", "image", "cross-fade"})
_BOUND = frozenset({"behavior", "-moz-binding"})

Allowed = Callable[[str], bool]


def unsafe(root: Any, *, picture: bool = False, base: str | None = None) -> Iterator[str]:
    """Yield everything in a tree that is not on a list, as it would be written.

    A picture may hold what drawing programs note for themselves, and pictures of its own. With a
    `base`, names have no namespaces, and what is fetched may lie below that address.
    """
    for element in root.iter():
        if element.tag is etree.Comment:
            continue
        if not isinstance(element.tag, str):
            yield str(element).strip()[:60]
            continue
        if picture and not element.tag.startswith((SVG, XHTML)):
            continue
        if not _allowed(element.tag, plain=base is not None):
            yield f"<{etree.QName(element).localname}>"
        for key, value in element.attrib.items():
            inner = picture and value.lstrip().startswith("data:image/")
            inner |= bool(base) and value.startswith(str(base))
            if not inner and _unsafe_attribute(element, key, value):
                yield f'{etree.QName(key).localname}="{value[:60]}"'
        if etree.QName(element).localname == "style":
            yield from faults_of_style("".join(element.itertext()), _is_within)


def _allowed(tag: str, *, plain: bool) -> bool:
    spaces = ((XHTML, _XHTML_ELEMENTS), (SVG, _SVG_ELEMENTS), (NCX, _NCX_ELEMENTS))
    for space, elements in spaces:
        if tag.startswith(space):
            return tag.removeprefix(space) in elements
    if plain and not tag.startswith("{"):
        return tag in _PLAIN
    return tag.startswith(MATHML) and tag.removeprefix(MATHML) not in _MATHML_BANNED


def _unsafe_attribute(element: Any, key: str, value: str) -> bool:
    local, name = etree.QName(key).localname.lower(), etree.QName(element).localname
    if local == "http-equiv":
        return value.strip().lower() != _POLICY
    if local.startswith("on") or local in _REFUSED:
        return True
    if key in _LINKS or local in ("src", "data"):
        pointing = name == "link" and element.get("rel") in _POINTING
        fetched = local != "cite" and name in _FETCHED and not pointing
        return not _address_allowed(value, fetched=fetched or local in ("src", "data"))
    if local in _SPANS:
        return not value.isdecimal() or int(value[:9]) > _WIDEST
    if local in ("style", "fill", "stroke", "filter", "mask", "clip-path"):
        return any(faults_of_style(value, _is_within, inline=True))
    return False


def _address_allowed(value: str, *, fetched: bool) -> bool:
    """Tell whether a link may lead there; what a reader fetches must lie within the file."""
    address = _PASSED_OVER.sub("", value)
    scheme = _SCHEME.match(address)
    if scheme is None:
        return not address.startswith(("//", "/\\", "\\"))
    return not fetched and scheme[1].lower() in _SCHEMES


def _is_within(address: str) -> bool:
    """Tell whether an address in a style leads to what lies beside it."""
    return address.startswith(("#", "data:font/", "data:image/"))


def faults_of_style(text: str, allowed: Allowed, *, inline: bool = False) -> Iterator[str]:
    """Yield what a style would fetch but may not, by CSS's own rules of escapes and comments."""
    parse = tinycss2.parse_component_value_list if inline else tinycss2.parse_stylesheet
    yield from _faults(parse(text, skip_comments=True), allowed, 0)


def addresses(style: str) -> list[str]:
    """List every address in a style sheet, in order."""
    return list(faults_of_style(style, lambda _: False))


def _faults(tokens: Iterable[Any], allowed: Allowed, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield "brackets in brackets"
        return
    for token in tokens:
        kind = token.type
        if kind == "at-rule" and token.lower_at_keyword == "import":
            yield "@import"
        elif kind == "url":
            yield from _held(token.value, allowed)
        elif kind == "function":
            yield from _faults_of_function(token, allowed)
        elif kind == "dimension" and abs(millimetres(token.value, token.unit)) > LONGEST:
            yield f"{token.representation}{token.unit}"
        elif kind in ("ident", "at-keyword") and token.lower_value in (*_BOUND, "import"):
            yield token.value
        for inner in ("prelude", "content", "arguments"):
            yield from _faults(getattr(token, inner, None) or (), allowed, depth + 1)


def _faults_of_function(token: Any, allowed: Allowed) -> Iterator[str]:
    name = token.lower_name
    if name == "expression":
        yield "expression()"
    if name in _ADDRESSED or name in _PICTURED:
        for argument in token.arguments:
            if argument.type == "string":
                yield from _held(argument.value, allowed)


def _held(address: str, allowed: Allowed) -> Iterator[str]:
    if not allowed(address.strip()):
        yield address.strip()[:60]
