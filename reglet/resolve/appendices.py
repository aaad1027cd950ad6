"""Sections in, the same with their appendices lettered out: "Appendix A" above the title."""

from collections.abc import Sequence
from dataclasses import replace

from reglet.model.document import Kind, Node, Section
from reglet.model.report import Part
from reglet.resolve.walk import text
from reglet.resolve.wording import Wording

APPENDIX = "appendix"
LABEL = "appendix-label"  # class of the words


def letter_appendices(
    sections: Sequence[Section], parts: Sequence[Part], wording: Wording
) -> list[Section]:
    """Put its letter before the title of each appendix; one alone needs none."""
    by_path = {section.path: section for section in sections}
    order = [by_path[part.path] for part in parts if part.path in by_path]
    paths = [section.path for section in order if section.role == APPENDIX]
    letters = wording.label("letters").upper()
    if not 1 < len(paths) <= len(letters):
        return list(sections)
    labels = {
        path: f"{wording.label(APPENDIX)}\u00a0{letter}"
        for path, letter in zip(paths, letters, strict=False)
    }
    return [
        _labelled(section, labels[section.path]) if section.path in labels else section
        for section in sections
    ]


def _labelled(section: Section, label: str) -> Section:
    place = next((n for n, b in enumerate(section.blocks) if b.kind is Kind.HEADING), None)
    if place is None or section.blocks[place].attrs["level"] != "1":
        return section
    heading = section.blocks[place]
    span = Node(Kind.SPAN, heading.span, (text(label, heading),), classes=(LABEL,))
    parted = Node(Kind.HARD_BREAK, heading.span)
    titled = replace(heading, children=(span, parted, *heading.children))
    return replace(section, blocks=(*section.blocks[:place], titled, *section.blocks[place + 1 :]))
