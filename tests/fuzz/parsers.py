"""Every parser that strangers' texts reach: a text comes in, an AssertionError goes out at most.

Each must end without an exception, within bounds of time and memory, with diagnostics that lie
inside the text, and with what is made of it well-formed.
"""

import json
import resource
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from fragments import check, nodes_of
from grammar import PIECES, files_of
from lxml import etree
from reports import WORKS, project, resolved, templates

from reglet import pipeline
from reglet.messages import View, render
from reglet.model.diagnostic import Diagnostic
from reglet.model.document import Kind, Node, Section
from reglet.model.limits import USUAL
from reglet.model.project import SourceFile
from reglet.model.report import NoteStyle
from reglet.model.span import NOWHERE, Span
from reglet.progress import NoProgress
from reglet.resolve.data import data_of
from reglet.resolve.expressions import LONGEST, Expressions
from reglet.resolve.styles import open_style
from reglet.resolve.wording import Wording
from reglet.source.bibliography import read_sources
from reglet.source.complaints import YamlFile
from reglet.source.data import read_data
from reglet.source.door import Door
from reglet.source.drawings import UnusableError, read_svg
from reglet.source.report import (
    make_report,
    read_editions,
    read_entries,
    read_limits,
    read_settings,
)
from reglet.source.works import read_works
from reglet.text import html, limits
from reglet.text.front_matter import read_front_matter
from reglet.text.locators import locate
from reglet.text.positions import Lines
from reglet.text.section import parse, parse_inline
from reglet.theme import load_labels
from reglet.yamltree import read_yaml

SECONDS = {"build": 60.0}  # of computing, that a text may take; others 5
MEMORY = {"build": 600_000_000}  # bytes, that it may take besides; others 150 MB
LANGS = ("en", "de", "fa")
DATA = {
    "a": (
        "- {id: x, n: 1, m: 2.5, d: 2013-04-08, t: '*x*'}\n"
        "- {id: y, n: 7, m: -1, d: 2011-02, t: b}\n"
    ),
    "b": "x: {n: 30, m: 40, t: a}\ny: {n: 31, m: 41, t: b}\n",
    "c": "n: 3\nt: words\nlist: [a, b]\n",
}
_OURS = "node"  # an element that stands for one of Markdown's
_ELSEWHERE = ("", "edition ", "templates/")  # how places begin that are in no file of the text's


class OverTimeError(BaseException):
    """A text takes too long; no `except Exception` may take it for its own."""


@contextmanager
def bounded(name: str) -> Iterator[None]:
    """Raise where what is done for a parser takes more than it may."""
    seconds, most = SECONDS.get(name, 5.0), MEMORY.get(name, 150_000_000)

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise OverTimeError(f"more than {seconds:g} s")

    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024
    assert taken < most, f"{taken:,} bytes"


def told(found: Iterable[Diagnostic], files: Mapping[str, str]) -> None:
    """Assert that diagnostics lie in the files and can be shown, each in a line."""
    diagnostics = tuple(found)
    for item in diagnostics:
        span = item.span
        if span.path not in files:
            assert any(span.path.startswith(start) for start in _ELSEWHERE), item
        elif span.line:
            lines = files[span.path].split("\n")
            assert 1 <= span.line <= len(lines), item
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1, item
            assert span.length >= 1, item
    assert render(diagnostics, "concise", View()).count("\n") == len(diagnostics)
    assert len(json.loads(render(diagnostics, "json", View()))) == len(diagnostics)
    render(diagnostics, "human", View(read=files.get))


def well_formed(nodes: Iterable[Node]) -> None:
    """Assert that raw markup is XML of allowed elements and attributes, without what runs."""
    markup = "".join(map(_markup, nodes))
    if "<" not in markup:
        return
    for element in etree.fromstring(f"<div>{markup}</div>").iter():
        if element.tag == _OURS:
            continue
        assert element.tag in html.ALLOWED, markup
        known = html.EVERYWHERE | html.ATTRIBUTES.get(str(element.tag), frozenset())
        assert set(map(str, element.attrib)) <= known, markup
        address = "".join(str(element.get("href", "")).split()).lower()
        assert not address.startswith(("javascript:", "data:", "vbscript:")), markup


def _markup(node: Node) -> str:
    if node.kind is Kind.RAW:
        return node.text
    inner = "".join(map(_markup, node.children))
    return f"<{_OURS}>{inner}</{_OURS}>" if "<" in inner else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(section: Section) -> list[Node]:
    notes = [block for definition in section.definitions for block in definition.blocks]
    return [*section.blocks, *notes]


def yaml(text: str) -> None:
    """Read a text as each of the files of YAML."""
    text = _lines(text)
    read = read_yaml(text, "f.yaml")
    file = YamlFile("f.yaml", read.value, tuple(text.split("\n")))
    settings, editions = read_settings(file), read_editions(file)
    entries, bounds = read_entries(file), read_limits(file)
    if settings.value:
        assert make_report(file, settings.value, editions.value, (), bounds).title.strip()
    assert entries is None or all(isinstance(span, Span) for span, _ in entries)
    works, data = read_works(file), read_data(file)
    assert all(work.key == key for key, work in works.value.items())
    json.dumps(data.value.value)
    for outcome in (read, settings, editions, works, data):
        told(outcome.diagnostics, {"f.yaml": text.removeprefix("\ufeff")})


def front_matter(text: str) -> None:
    """Read a text as a section's front matter."""
    whole = f"---\n{_lines(text)}\n---\n\n# One\n"
    matter, found = read_front_matter(whole, "a.md")
    assert 0 <= matter.end <= len(whole)
    told(found, {"a.md": whole})
    markdown(whole)


def markdown(text: str) -> None:
    """Read a text as a section, and as a value of YAML."""
    text = _lines(text)
    outcome = parse(SourceFile("a.md", text), "en")
    check(outcome, text)
    well_formed(_blocks(outcome.value))
    told(outcome.diagnostics, {"a.md": text})
    for lang in ("fr", "und"):
        parse_inline(text, Span("data/x.yaml", 3, 4, len(text)), lang)


def citations(text: str) -> None:
    """Read a text as a citation, and what follows a key in each language."""
    for lang in LANGS:
        found = locate(text, lang)
        assert 0 <= found.end <= len(text)
        assert bool(found.label) == bool(found.locator)
    for whole in (text, f"A [@boumedra{text}] b."):
        markdown(whole)


@cache
def _wording(lang: str) -> Wording:
    return Wording(lang, load_labels(templates(), lang).value)


def expressions(text: str) -> None:
    """Evaluate a text as an expression, in each language, and as prose with expressions."""
    text = _lines(text)
    data = data_of(project(data=DATA).data)
    for lang in LANGS:
        evaluated = Expressions(data, _wording(lang))
        words = evaluated.evaluate(Node(Kind.EXPRESSION, Span("a.md", 1, 1), text=text))
        assert len(words) <= LONGEST
        told(evaluated.found, {"a.md": text})
    directives(text)


def directives(text: str) -> None:
    """Fill the directives of a section from data."""
    text = _lines(text)
    outcome = resolved(text, on=project(data=DATA))
    nodes = [node for section in outcome.value.sections for node in nodes_of(section)]
    assert not {Kind.DIRECTIVE, Kind.EXPRESSION, Kind.REFERENCE} & {node.kind for node in nodes}
    for section in outcome.value.sections:
        well_formed(_blocks(section))
    for node in nodes:
        if node.kind is Kind.DRAWING:
            json.loads(node.text, parse_constant=_refuse)
    files = {f"data/{name}.yaml": data for name, data in DATA.items()}
    told(outcome.diagnostics, {"sections/a.md": text, "report.yaml": "", **files})


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} in a drawing")


def _sources(path: str) -> Callable[[str], None]:
    def read(text: str) -> None:
        with TemporaryDirectory() as name:
            (Path(name) / path).write_text(text, encoding="utf-8", newline="")
            outcome = read_sources(Door(Path(name).resolve()), [])
        for key, work in outcome.value.items():
            assert work.key == key
            json.dumps(work.fields)
        told(outcome.diagnostics, {path: _lines(text).removeprefix("\ufeff")})

    return read


def _mended(text: str, root: str) -> Iterator[str]:
    """Yield a text, and the XML that a lenient reader takes it for, below `root`."""
    yield text
    lenient = etree.XMLParser(recover=True, no_network=True, resolve_entities=False)
    element = etree.fromstring(f"{root}{text}".encode("utf-8", errors="replace"), lenient)
    if element is not None:
        yield etree.tostring(element, encoding="unicode")


def styles(text: str) -> None:
    """Read a text, and the style that can be made of it, as CSL; word citations by it."""
    for style in _mended(text, PIECES["csl"][0]):
        _style(style)


def _style(text: str) -> None:
    outcome = open_style("x.csl", {"x.csl": text}, NOWHERE)
    assert (outcome.value is None) == outcome.failed
    told(outcome.diagnostics, {})
    if outcome.value:
        on = project(works=WORKS, notes=NoteStyle("x.csl"), styles={"x.csl": text})
        cited = resolved("A [@boumedra, p. 3; @quit]. B [@boumedra].", on=on)
        told(cited.diagnostics, {"sections/a.md": "A [@boumedra, p. 3; @quit]. B [@boumedra]."})


def raw_html(text: str) -> None:
    """Read a text as HTML: by itself, in a paragraph and in a raw block."""
    for whole in (text, f"x {text}", f"````{{=html}}\n{text}\n````\n"):
        markdown(whole)
    printable, _ = limits.check(text, "a.md", Lines("a.md", text), USUAL)
    cleaned = html.xhtml(printable)
    assert html.xhtml(cleaned) == cleaned


def drawings(text: str) -> None:
    """Read a text, and what can be made of it, as a drawing."""
    for drawing in _mended(text, "".join(PIECES["svg"][:2])):
        _drawing(drawing)


def _drawing(text: str) -> None:
    """Assert that a drawing that is accepted holds nothing that runs or fetches."""
    try:
        image = read_svg("a.svg", text.encode("utf-8", errors="replace"))
    except UnusableError:
        return
    assert image.width >= 1
    assert image.height >= 1
    for element in etree.fromstring(image.data).iter(etree.Element):
        name = etree.QName(element).localname.lower()
        assert name not in ("script", "foreignobject", "iframe", "handler")
        for key, value in element.attrib.items():
            attribute, words = etree.QName(key).localname.lower(), str(value).strip().lower()
            assert not attribute.startswith("on")
            if attribute in ("href", "src") and words:
                outer = ("http:", "https:", "mailto:") if name == "a" else ()
                assert words.startswith(("#", "data:image/", *outer)), words


def _laid(text: str, folder: Path) -> dict[str, str]:
    files = files_of(text)
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8", errors="replace", newline="")
    return {path: _lines(content).removeprefix("\ufeff") for path, content in files.items()}


def report(text: str) -> None:
    """Check a whole small report."""
    with TemporaryDirectory() as name:
        files = _laid(text, Path(name))
        outcome = pipeline.check(Path(name))
    told(outcome.diagnostics, files)


def build(text: str) -> None:
    """Build a whole small report: all of its files are written, or none is."""
    with TemporaryDirectory() as name:
        files = _laid(text, Path(name))
        outcome = pipeline.build(Path(name), progress=NoProgress())
        written = {path.name for path in (Path(name) / "output").glob("*")}
    told(outcome.diagnostics, files | dict.fromkeys(written, ""))
    assert bool(written) == (not outcome.failed)


PARSERS: Mapping[str, Callable[[str], None]] = {
    "markdown": markdown,
    "yaml": yaml,
    "report": report,
    "directives": directives,
    "expressions": expressions,
    "html": raw_html,
    "svg": drawings,
    "citations": citations,
    "csl-json": _sources("sources.json"),
    "csl": styles,
    "bibtex": _sources("sources.bib"),
    "front-matter": front_matter,
    "build": build,
}


def look(name: str, text: str) -> None:
    """Let a parser read a text, within its bounds; raises whatever is wrong."""
    with bounded(name):
        PARSERS[name](text)
