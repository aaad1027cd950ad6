"""Reports in memory for the tests of resolve, and what they print as text."""

from collections.abc import Iterable, Mapping
from functools import cache

from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.model.document import Document, Kind, Node, Section
from reglet.model.project import Project, SourceFile, Tree, Work
from reglet.model.report import NoteStyle, Part, Report
from reglet.model.span import Span
from reglet.resolve.document import resolve
from reglet.source.templates import house_templates, read_templates
from reglet.text.section import parse, parse_inline
from reglet.yamltree import read_yaml

WORKS: dict[str, dict[str, object]] = {
    "boumedra": {
        "type": "book",
        "title": "The Untold Story of Camp Ashraf",
        "title-short": "The Untold Story",
        "author": [{"family": "Boumedra", "given": "Tahar"}],
        "publisher": "New Generation Publishing",
        "publisher-place": "London",
        "issued": {"date-parts": [[2013]]},
    },
    "quit": {
        "type": "article-newspaper",
        "title": "Why I Quit UN in Iraq",
        "author": [{"family": "Boumedra", "given": "Tahar"}],
        "container-title": "The Hill",
        "issued": {"date-parts": [[2012, 8, 22]]},
    },
    "unami": {
        "type": "report",
        "title": "Report on Human Rights",
        "author": [{"literal": "UNAMI"}],
        "issued": {"date-parts": [[2012, 7]]},
        "URL": "https://example.org/report?a=1&b=2",
    },
    "camp": {
        "type": "webpage",
        "title": "The Camp “New Iraq”",
        "URL": "https://example.org/camp",
    },
    "treaty": {"type": "treaty", "title": "Fourth Geneva Convention"},
}


@cache
def templates() -> Mapping[str, str]:
    """Read reglet's own templates once."""
    return read_templates(house_templates()).value


def project(
    *,
    works: Mapping[str, Mapping[str, object]] | None = None,
    data: Mapping[str, str] | None = None,
    lang: str = "en-US",
    notes: NoteStyle | None = None,
    parts: Iterable[str] = (),
    styles: Mapping[str, str] | None = None,
) -> Project:
    """Make a project; `data` is YAML by name of file."""
    trees: dict[str, Tree] = {}
    for name, text in (data or {}).items():
        read = read_yaml(text, f"data/{name}.yaml")
        assert not read.diagnostics
        trees[name] = read.value
    known = {
        key: Work(key, {"id": key, **fields}, Span("sources.yaml", number, 1, len(key)))
        for number, (key, fields) in enumerate((works or {}).items(), start=1)
    }
    report = Report(
        title="A report",
        lang=lang,
        notes=notes or NoteStyle(),
        parts=tuple(Part(kind) for kind in parts),
    )
    return Project("/r", "/r", report, (), known, trees, {}, {}, templates(), styles or {})


def resolved(*texts: str, on: Project | None = None) -> Outcome[Document]:
    """Parse and resolve sections named a, b, c…; what the text stage finds comes along."""
    base = on or project()
    sections: list[Section] = []
    found: list[Diagnostic] = []
    for name, text in zip("abcdefgh", texts, strict=False):
        outcome = parse(SourceFile(f"sections/{name}.md", text), base.report.lang)
        sections.append(outcome.value)
        found += outcome.diagnostics
    outcome_of_all = resolve(base, sections, parse_inline)
    told = dict.fromkeys((*found, *outcome_of_all.diagnostics))
    return Outcome(outcome_of_all.value, tuple(told))


def written(nodes: Iterable[Node]) -> str:
    """Write nodes as text: `*emphasis*`, `[call]`, `<link>`, blocks on lines of their own."""
    return "".join(map(_written, nodes)).strip("\n")


def _written(node: Node) -> str:
    inner = node.text + "".join(map(_written, node.children))
    if node.kind is Kind.EMPHASIS:
        return f"*{inner}*"
    if node.kind is Kind.CALL:
        return f"[{node.attrs['number']}]"
    if node.kind is Kind.LINK:
        return f"<{inner}>" if node.attrs["href"] != inner else inner
    if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
        return "\n"
    if node.kind is Kind.CELL:
        return f"{inner} | "
    if node.kind in (Kind.ROW, Kind.TERM, Kind.CAPTION):
        return f"{inner.removesuffix(' | ')}\n"
    if node.kind in (Kind.PARAGRAPH, Kind.HEADING):
        return f"{inner}\n"
    return "" if node.kind is Kind.DRAWING else inner


def codes(outcome: Outcome[Document]) -> list[tuple[str, str]]:
    """Return code and place of each diagnostic."""
    return [(item.code, str(item.span)) for item in outcome.diagnostics]


def is_told(item: Diagnostic, code: str, place: str, part: str) -> bool:
    """Tell whether a mistake has this code and place, and these words in it or in its hint.

    The place is one of the data, or else of the section.
    """
    wanted = place if place.startswith("data/") else f"sections/a.md:{place}"
    is_there = str(item.span).startswith(wanted)
    return item.code == code and is_there and (part in item.hint or part in item.message)
