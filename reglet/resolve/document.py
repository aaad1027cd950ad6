"""Project and sections in, the document out: every number, citation and reference settled."""

from collections.abc import Sequence
from dataclasses import replace

from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.model.document import Document, Kind, Section
from reglet.model.project import Fetch, InlineParser, Project
from reglet.resolve.addresses import addresses_to_notes
from reglet.resolve.appendices import letter_appendices
from reglet.resolve.below import Marking
from reglet.resolve.citations import check_keys, citations_to_notes, word_citations
from reglet.resolve.contents import contents, listed
from reglet.resolve.data import data_of
from reglet.resolve.descriptions import Descriptions
from reglet.resolve.directives import fill
from reglet.resolve.expressions import Expressions
from reglet.resolve.filling import Filling
from reglet.resolve.index import indexed
from reglet.resolve.levels import level_headings
from reglet.resolve.mentions import link_notes
from reglet.resolve.numbers import Numbered, number_figures, number_notes
from reglet.resolve.pandoc import cite
from reglet.resolve.parting import part_calls
from reglet.resolve.pictures import Pictures, unfetched
from reglet.resolve.references import Anchors
from reglet.resolve.sides import name_sides
from reglet.resolve.sources import source_groups
from reglet.resolve.walk import change_section
from reglet.resolve.wording import Wording
from reglet.theme import load_labels


def resolve(
    project: Project,
    sections: Sequence[Section],
    inline: InlineParser,
    *,
    noted_addresses: bool = False,
    fetch: Fetch = unfetched,
) -> Outcome[Document]:
    """Settle everything that takes more than one section to know.

    With `noted_addresses` links that do not show where they lead have notes that do.
    """
    covered = Pictures(project)
    report = covered.covered(project.report)
    labels = load_labels(project.templates, report.lang)
    wording = Wording(report.lang, labels.value)
    found: list[Diagnostic] = [*covered.found, *labels.diagnostics]

    written = _write_out(project, sections, inline, wording, Pictures(project, fetch))
    levels = level_headings(written.value, report.parts)
    found += [*written.diagnostics, *levels.diagnostics]
    lettered = letter_appendices(levels.value, report.parts, wording)
    figures = number_figures(lettered, wording)
    anchors = Anchors(wording, figures.labels)
    named = anchors.gather(figures.sections, report.parts)
    linked = [anchors.link(section) for section in named]
    found += anchors.found

    found += check_keys(project, linked)
    noted = _noted(linked, report.lang, addresses=noted_addresses)
    marking = Marking(tables=report.notes.tables == "below")
    marked = [marking.mark(section) for section in noted]
    found += marking.found
    numbered = number_notes(marked, wording, by_section=report.notes.numbering == "section")
    numbered = _parted(link_notes(numbered, noted, wording, project.works))
    cited = word_citations(project, numbered.sections, numbered.notes, cite, wording)
    found += [*numbered.diagnostics, *cited.diagnostics]

    bare = Document(report, cited.sections, cited.notes, anchors=anchors.sections)
    sources = source_groups(cited.entries, project.works, cited.notes)
    whole = indexed(name_sides(replace(bare, sources=sources)), wording)
    return Outcome(_listed(whole.value), (*found, *whole.diagnostics))


def _listed(document: Document) -> Document:
    """Add the contents, and the lists of figures and tables."""
    return replace(
        document,
        contents=contents(document.sections),
        figures=listed(document.sections, Kind.FIGURE),
        tables=listed(document.sections, Kind.TABLE),
    )


def _noted(sections: Sequence[Section], lang: str, *, addresses: bool) -> list[Section]:
    """Make notes of citations in the text, and of addresses where these are to have some."""
    noted = [citations_to_notes(section, lang) for section in sections]
    return [addresses_to_notes(section, lang) for section in noted] if addresses else noted


def _parted(numbered: Numbered) -> Numbered:
    """Part the calls that stand side by side, in sections and notes."""
    sections = tuple(replace(each, blocks=part_calls(each.blocks)) for each in numbered.sections)
    notes = {
        id: replace(note, blocks=part_calls(note.blocks)) for id, note in numbered.notes.items()
    }
    return replace(numbered, sections=sections, notes=notes)


def _write_out(
    project: Project,
    sections: Sequence[Section],
    inline: InlineParser,
    wording: Wording,
    pictures: Pictures,
) -> Outcome[list[Section]]:
    """Fill directives, draw data into the prose, settle pictures and what describes them."""
    expressions = Expressions(data_of(project.data), wording)
    filling = Filling(project, wording, inline, expressions)
    filled = [fill(section, filling) for section in sections]
    written = [change_section(section, expressions.text_of) for section in filled]
    shown = [change_section(section, pictures.settle) for section in written]
    moving = Descriptions()
    described = [moving.move(section) for section in shown]
    found = (*filling.found, *expressions.found, *pictures.found, *moving.found)
    return Outcome(described, found)
