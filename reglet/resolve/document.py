"""Project and sections in, the document out, with everything in it settled."""

from collections.abc import Sequence
from dataclasses import replace

from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.model.document import Document, Kind, Node, Section
from reglet.model.project import InlineParser, Project
from reglet.resolve.citations import check_keys, cites_in, format_cites, sources, with_forms
from reglet.resolve.data import Expressions
from reglet.resolve.directives import Directives
from reglet.resolve.numbers import Labels, NoteNumbers
from reglet.resolve.references import Anchors, contents, listed
from reglet.resolve.walk import change_section
from reglet.theme import load_labels


def resolve(
    project: Project, sections: Sequence[Section], inline: InlineParser
) -> Outcome[Document]:
    """Settle everything that takes more than one section to know."""
    words = load_labels(project.templates, project.report.lang)
    found: list[Diagnostic] = [*words.diagnostics]
    expressions = Expressions(project, words.value)
    directives = Directives(project, words.value, inline, expressions)
    labels = Labels(words.value)
    for by in (directives.fill, expressions.text_of, labels.label):
        sections = [change_section(section, by) for section in sections]
    found += [*directives.found, *expressions.found]

    anchors = Anchors(sections, labels.labels)
    quotes = (words.value.get("quote_open", "“"), words.value.get("quote_close", "”"))

    def link(node: Node) -> Node | tuple[Node, ...]:
        return anchors.link(node, quotes)

    sections = [change_section(section, link) for section in sections]
    found += anchors.found

    numbers = NoteNumbers(by_section=project.report.notes.numbering == "section")
    sections = [numbers.number(section) for section in sections]
    notes = numbers.finished()
    texts = [node for section in sections for node in section.blocks]
    cites = [*cites_in(texts), *cites_in(b for note in notes.values() for b in note.blocks)]
    found += check_keys(project, cites)
    cited = format_cites(project, cites)
    found += cited.diagnostics
    notes = {
        id: replace(note, blocks=with_forms(note.blocks, cited.forms)) for id, note in notes.items()
    }
    sections = [replace(s, blocks=with_forms(s.blocks, cited.forms)) for s in sections]
    document = Document(
        report=project.report,
        sections=tuple(sections),
        notes=notes,
        contents=contents(sections),
        figures=listed(sections, Kind.FIGURE),
        tables=listed(sections, Kind.TABLE),
        sources=sources(project, cited.forms, notes),
        anchors=anchors.sections,
    )
    return Outcome(document, tuple(found))
