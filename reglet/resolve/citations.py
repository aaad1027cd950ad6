"""Citations of the text made into notes, checked, and given their words in every form.

In: sections and notes with CITATION nodes. Out: the same, each `Cite` with its `forms`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Cite, Definition, Kind, Node, Note, Section
from reglet.model.project import Project
from reglet.model.span import Span
from reglet.resolve.archived import ADDRESS, DATE, after_citation, after_entry, archived
from reglet.resolve.citer import AUTHOR, FORMS, Answer, Ask, Citer, Request, StyleError
from reglet.resolve.positions import forms_wanted
from reglet.resolve.stops import behind_stop
from reglet.resolve.styles import Style, open_style
from reglet.resolve.walk import change, change_section, walk
from reglet.resolve.wording import Wording

REPORT = "report.yaml"

Nodes = tuple[Node, ...]


@dataclass(slots=True)
class _Moved:
    """Citations of one section's text on their way into notes."""

    lang: str
    definitions: list[Definition] = field(default_factory=list)

    def call(self, citation: Node) -> Nodes:
        """Return the call of a new note for a citation; after the author's name, for `@key`."""
        span = citation.span
        label = f"@ {len(self.definitions) + 1}"  # no label that is written has a space
        paragraph = Node(Kind.PARAGRAPH, span, (citation,))
        self.definitions.append(Definition(label, span, (paragraph,), inline=True))
        call = Node(Kind.CALL, span, classes=citation.classes, attrs={"label": label})
        if not citation.cites[0].author_in_text:
            return (call,)
        author = Node(Kind.CITATION, span, attrs={"part": AUTHOR}, cites=citation.cites[:1])
        return author, call

    def row(self, nodes: Nodes) -> Nodes:
        """Move the citations among sibling nodes, and set their calls close to the words."""
        found: list[Node] = []
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            if node.kind is not Kind.CITATION:
                found.append(replace(node, children=self.row(node.children)))
                continue
            made = self.call(node)
            if len(made) == 1:
                _close_up(found)
            found += behind_stop(made, waiting, self.lang)
        return tuple(found)


def _close_up(found: list[Node]) -> None:
    """Take the space away that stands before a call."""
    if found and found[-1].kind is Kind.SOFT_BREAK:
        found.pop()
    if found and found[-1].kind is Kind.TEXT:
        words = found[-1].text.rstrip(" \t\n")
        found[-1:] = [replace(found[-1], text=words)] if words else []


def citations_to_notes(section: Section, lang: str) -> Section:
    """Make a note of every citation in the text of a section; those in notes stay there."""
    moved = _Moved((section.lang or lang).partition("-")[0].lower())
    blocks = moved.row(section.blocks)
    return replace(section, blocks=blocks, definitions=(*section.definitions, *moved.definitions))


def cites_in(nodes: Iterable[Node]) -> Iterator[Cite]:
    """Yield every cite below `nodes` in reading order, but for names of authors."""
    for node in walk(nodes):
        if node.kind is Kind.CITATION and node.attrs.get("part") != AUTHOR:
            yield from node.cites


def check_keys(project: Project, sections: Iterable[Section]) -> Iterator[Diagnostic]:
    """Tell the cites of sources that there are not, and the sources that are never cited.

    What a reference manager exports holds more than one report cites, so only YAML is told of.
    """
    used: set[str] = set()
    for section in sections:
        texts = [section.blocks, *(definition.blocks for definition in section.definitions)]
        for cite in (cite for blocks in texts for cite in cites_in(blocks)):
            used.add(cite.key)
            if cite.key not in project.works:
                hint = nearest(cite.key, project.works)
                yield diagnose("unknown-source", cite.span, hint, key=cite.key)
    for key, work in project.works.items():
        if key not in used and work.span.path.endswith(".yaml"):
            yield diagnose("unused-source", work.span, key=key)


@dataclass(frozen=True, slots=True)
class Cited:
    """A report's citations in words."""

    sections: tuple[Section, ...]
    notes: Mapping[str, Note]
    entries: Mapping[str, Nodes]  # of the list of sources, by key, in the order of the style
    diagnostics: tuple[Diagnostic, ...] = ()


def word_citations(
    project: Project,
    sections: Sequence[Section],
    notes: Mapping[str, Note],
    citer: Citer,
    wording: Wording,
) -> Cited:
    """Give every cite of a known source the forms that some edition may print."""
    report = project.report
    by_section = report.notes.numbering == "section"
    asks = list(forms_wanted(notes.values(), by_section=by_section))
    asks += [
        Ask(cite.key, form=AUTHOR)
        for section in sections
        for node in walk(section.blocks)
        if node.attrs.get("part") == AUTHOR
        for cite in node.cites
    ]
    asks = [ask for ask in dict.fromkeys(asks) if ask.key in project.works]
    style = open_style(report.notes.style, project.styles, _place(project))
    if style.value is None or not asks:
        return Cited(_named(sections, Answer()), notes, {}, style.diagnostics)
    keys = {ask.key for ask in asks}
    cited = {key: work for key, work in project.works.items() if key in keys}
    works = [{**_of_csl(work.fields), "id": key} for key, work in cited.items()]
    try:
        answer = citer(Request(asks, works, style.value.text, report.lang))
    except StyleError as fault:
        name, place = report.notes.style, _place(project)
        bad = diagnose("bad-style", place, style=name, reason=str(fault))
        return Cited(_named(sections, Answer()), notes, {}, (bad,))
    copies = {key: archived(work.fields, wording) for key, work in cited.items()}
    words = _Words(answer, style.value, copies)
    worded = {
        id: replace(note, blocks=change(note.blocks, words.worded)) for id, note in notes.items()
    }
    entries = {key: after_entry(entry, copies[key]) for key, entry in answer.entries.items()}
    return Cited(_named(sections, answer), worded, entries)


def _of_csl(fields: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in fields.items() if name not in (ADDRESS, DATE)}


def _place(project: Project) -> Span:
    return project.report.notes.span if project.report.notes.span.path else Span(REPORT)


def _named(sections: Sequence[Section], answer: Answer) -> tuple[Section, ...]:
    """Put the names of authors in for `@key`; the key itself, where none is known."""

    def named(node: Node) -> Node | Nodes:
        if node.attrs.get("part") != AUTHOR:
            return node
        key = node.cites[0].key
        words = answer.forms.get(Ask(key, form=AUTHOR))
        return words or Node(Kind.TEXT, node.span, text=key)

    return tuple(change_section(section, named) for section in sections)


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts forms into cites."""

    answer: Answer
    style: Style
    copies: Mapping[str, Nodes]  # where archived copies are, by key

    def worded(self, node: Node) -> Node:
        if node.kind is not Kind.CITATION:
            return node
        cites = tuple(replace(cite, forms=self._forms(cite)) for cite in node.cites)
        return replace(node, cites=cites, attrs={**node.attrs, "delimiter": self.style.delimiter})

    def _forms(self, cite: Cite) -> Mapping[str, Nodes]:
        asks = {form: Ask.of(cite).form_of(form) for form in FORMS}
        forms = {
            form: self.answer.forms[ask] for form, ask in asks.items() if ask in self.answer.forms
        }
        if "full" in forms:
            forms["full"] = after_citation(forms["full"], self.copies[cite.key])
        return forms
