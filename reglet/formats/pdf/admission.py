"""What may not be set in pages: markup and style of a theme in, what is wrong with them out.

The engine fetches nothing anyhow; but a PDF can hold scripts, forms and links to files.
"""

from collections.abc import Iterator

from lxml import etree

from reglet.formats.fonts import FACES, INSTANCES
from reglet.formats.pdf.addresses import BASE, FONTS
from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.span import Span
from reglet.safety import faults_of_style, unsafe

DEEPEST = 100  # elements within elements; WeasyPrint 70.0 fails at about 137
_NAMES = frozenset({*INSTANCES, *(face.file for face in FACES)})
_STYLE = "style.css"


def refusals(name: str, markup: str, stylesheet: str) -> tuple[Diagnostic, ...]:
    """Say what may not be in an edition's pages; malformed markup is told elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(markup.encode(), parser)
    except etree.XMLSyntaxError:
        return ()
    span, page = Span(f"edition {name}"), f"edition {name}"
    if _is_deep(root):
        return (diagnose("deep-markup", span, page=page, limit=DEEPEST),)
    wrong = dict.fromkeys(unsafe(root, base=BASE))
    styles = dict.fromkeys(faults_of_style(stylesheet, _is_served))
    return (
        *(diagnose("unsafe-markup", span, page=page, what=what) for what in wrong),
        *(diagnose("unsafe-markup", Span(_STYLE), page=_STYLE, what=what) for what in styles),
    )


def _is_served(address: str) -> bool:
    """Tell whether a style may fetch what is at an address: a face, a picture, its own data."""
    if address.startswith(FONTS):
        return address.removeprefix(FONTS) in _NAMES
    return address.startswith((BASE, "#", "data:"))


def _is_deep(root: etree._Element) -> bool:
    return any(depth > DEEPEST for depth in _depths(root))


def _depths(root: etree._Element) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth
