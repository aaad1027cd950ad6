"""A document and an edition in, the document with its citations written as that edition needs.

On pages a source cited again directly is Ibid.; a note that pops up has no "above", so there each
source stands in full once and by its short title after.
"""

from dataclasses import replace

from reglet.model.document import Cite, Document, Kind, Node, Note, Section
from reglet.model.report import Edition
from reglet.resolve.citations import author_of
from reglet.resolve.walk import change, plain

STOPS = ".?!…"


def settle(document: Document, edition: Edition) -> Document:
    """Write every citation of `document` in the form that it takes in `edition`."""
    writer = _Writer(
        ibid=edition.format == "pdf", by_section=document.report.notes.numbering == "section"
    )
    notes = {id: writer.note(note) for id, note in document.notes.items()}
    sections = tuple(_section(section) for section in document.sections)
    return replace(document, notes=notes, sections=sections)


def _section(section: Section) -> Section:
    """Name the authors that the text itself cites."""

    def named(node: Node) -> Node | tuple[Node, ...]:
        return author_of(node.cites[0].forms) if node.kind is Kind.CITATION else node

    return replace(section, blocks=change(section.blocks, named))


class _Writer:
    """Writes citations in the order of the notes, knowing what came before."""

    def __init__(self, *, ibid: bool, by_section: bool) -> None:
        self.ibid = ibid
        self.by_section = by_section
        self.section = ""
        self.seen: set[str] = set()
        self.before: tuple[Cite, ...] = ()  # cites of the note before

    def note(self, note: Note) -> Note:
        """Write the citations of one note."""
        if self.by_section and note.section != self.section:
            self.seen.clear()
            self.before = ()
        self.section = note.section
        written: list[Cite] = []
        lone = _is_lone(note)

        def write(node: Node) -> Node | tuple[Node, ...]:
            if node.kind is not Kind.CITATION:
                return node
            return self._citation(node, written)

        blocks = change(note.blocks, write)
        if written or note.series == "source":
            self.before = tuple(written)
        if lone or _begins_with_citation(note):
            blocks = _capitalised(blocks)
        if lone:
            blocks = _stopped(blocks)
        return replace(note, blocks=blocks)

    def _citation(self, node: Node, written: list[Cite]) -> tuple[Node, ...]:
        found: list[Node] = []
        for number, cite in enumerate(node.cites):
            previous = written[-1] if written else self._only_before()
            form = self._form(cite, previous)
            words = cite.forms.get(form) or cite.forms.get("short") or cite.forms.get("full", ())
            found += [_text(node, "; ")] if number else []
            found += [_text(node, f"{cite.prefix.strip()} ")] if cite.prefix.strip() else []
            found += _placed(words, node)
            found += [_text(node, _joined(cite.suffix))] if cite.suffix.strip() else []
            written.append(cite)
            self.seen.add(cite.key)
        return tuple(found)

    def _only_before(self) -> Cite | None:
        """Return the cite of the note before, if it cites one source and no more."""
        return self.before[0] if len({cite.key for cite in self.before}) == 1 else None

    def _form(self, cite: Cite, previous: Cite | None) -> str:
        if cite.key not in self.seen:
            return "full"
        if not self.ibid or previous is None or previous.key != cite.key:
            return "short"
        here, there = (cite.locator, cite.label), (previous.locator, previous.label)
        if here == there:
            return "ibid"
        return "ibid-locator" if cite.locator else "short"


def _is_lone(note: Note) -> bool:
    """Tell whether a note is nothing but a citation made in the text."""
    return (
        len(note.blocks) == 1
        and len(note.blocks[0].children) == 1
        and note.blocks[0].children[0].kind is Kind.CITATION
    )


def _begins_with_citation(note: Note) -> bool:
    children = note.blocks[0].children if note.blocks else ()
    return bool(children) and children[0].kind is Kind.CITATION


def _text(node: Node, text: str) -> Node:
    return Node(Kind.TEXT, node.span, text=text)


def _joined(suffix: str) -> str:
    """Join a suffix to its citation: a comma where it does not begin with a mark of its own."""
    return suffix.rstrip() if suffix[:1] in " ,;:.)" else f" {suffix.strip()}"


def _placed(words: tuple[Node, ...], node: Node) -> tuple[Node, ...]:
    """Give words that a style has made the place of the citation they stand for."""
    return tuple(
        replace(word, span=node.span, children=_placed(word.children, node)) for word in words
    )


def _capitalised(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """Begin with a capital: styles write "ibid." small."""
    if not blocks:
        return blocks
    first, *rest = blocks
    if first.kind is Kind.TEXT:
        return (replace(first, text=first.text[:1].upper() + first.text[1:]), *rest)
    return (replace(first, children=_capitalised(first.children)), *rest)


def _stopped(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """Close with a full stop, inside quotation marks where the language's own stop would be."""
    (block,) = blocks
    words = plain(block.children).rstrip()
    if not words or words[-1] in STOPS:
        return blocks
    if words[-1] in '”’"' and len(words) > 1 and words[-2] in STOPS:
        return blocks
    stop = Node(Kind.TEXT, block.span, text=".")
    return (replace(block, children=(*block.children, stop)),)
