"""A document and an edition in, the document with its citations in words as the edition needs out.

On pages a source cited again directly is Ibid., unless the page begins there; a note that pops up
has no "above", so there each source stands in full once and by its short title after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from reglet.model.document import Cite, Document, Kind, Node, Note
from reglet.model.report import Edition
from reglet.resolve.citer import FIRST_NOTE
from reglet.resolve.positions import Place, Position, positions
from reglet.resolve.prose import MARKS, begins_sentence, capitalised, closed, joined
from reglet.resolve.walk import change, text, walk

Nodes = tuple[Node, ...]


def settle(
    document: Document, edition: Edition, *, first_on_page: frozenset[str] = frozenset()
) -> Document:
    """Write every citation of `document` in the form that it takes in `edition`.

    `first_on_page` holds the identifiers of the notes that are the first to begin on their page:
    what they cite first is not Ibid., which would send the reader back a page.
    """
    report = document.report
    by_section = report.notes.numbering == "section"
    listed = any(part.kind == "sources" for part in report.parts)
    linked = {entry.key: entry.id for group in document.sources for entry in group.entries}
    writer = _Writer(
        places=positions(document.notes.values(), by_section=by_section),
        notes=document.notes,
        ibid=edition.format == "pdf",
        first_on_page=first_on_page,
        # none in an EPUB: the list of sources links back, and Kindle takes such pairs for notes
        links=linked if listed and edition.format != "epub" else {},
        lang=report.lang,
    )
    notes = {id: writer.note(note) for id, note in document.notes.items()}
    return replace(document, notes=notes)


def first_notes(document: Document, pages: Mapping[str, int]) -> frozenset[str]:
    """Return the notes that are the first to begin on their page; `pages` by identifier."""
    first: dict[int, str] = {}
    for note in document.notes.values():
        if note.series == "source" and note.id in pages:
            first.setdefault(pages[note.id], note.id)
    return frozenset(first.values())


@dataclass(slots=True)
class _Writer:
    """Writes the citations of one edition."""

    places: Mapping[Place, Position]
    notes: Mapping[str, Note]
    ibid: bool
    first_on_page: frozenset[str]
    links: Mapping[str, str]  # key -> identifier in the list of sources
    lang: str
    note_id: str = field(default="")
    count: int = field(default=0)

    def note(self, note: Note) -> Note:
        """Write the citations of one note, and close it."""
        if not any(node.kind is Kind.CITATION for node in walk(note.blocks)):
            return note
        self.note_id, self.count = note.id, 0
        return replace(note, blocks=tuple(self.block(block) for block in note.blocks))

    def block(self, block: Node) -> Node:
        """Write the citations of a block; a citation that ends it is closed with a stop."""
        if not any(child.kind is Kind.CITATION for child in block.children):
            return replace(block, children=tuple(self.block(child) for child in block.children))
        written: list[Node] = []
        after = ""  # the mark that a citation has taken from the words behind it
        for number, child in enumerate(block.children):
            if child.kind is not Kind.CITATION:
                bare = replace(child, text=child.text.removeprefix(after)) if after else child
                written.append(self.block(bare) if bare.children else bare)
                after = ""
                continue
            words = self.citation(child)
            written += capitalised(words) if begins_sentence(written) else words
            following = block.children[number + 1 : number + 2]
            after = following[0].text[:1] if following else ""
            after = after if after in MARKS else ""
            ends = not following and block.kind is Kind.PARAGRAPH
            if after or ends:
                written = list(closed(written, self.lang, after or "."))
        return replace(block, children=tuple(written))

    def citation(self, node: Node) -> Nodes:
        """Write the works of one citation, with what parts them."""
        found: list[Node] = []
        for number, cite in enumerate(node.cites):
            if number:
                found.append(text(node.attrs.get("delimiter", "; "), node))
            found += self.cite(cite, node)
        return tuple(found)

    def cite(self, cite: Cite, node: Node) -> Nodes:
        """Write one work with prefix and suffix."""
        position = self.places[self.note_id, self.count]
        if self.count == 0 and self.note_id in self.first_on_page:
            position = replace(position, repeats="")
        self.count += 1
        words = self.words(position, node)
        return joined(cite.prefix, words, cite.suffix, node)

    def words(self, position: Position, node: Node) -> Nodes:
        """Choose the form of a cite; without any, its key stands for it."""
        forms = position.cite.forms
        wanted = "full" if position.first else "short"
        if self.ibid and position.repeats in forms:
            wanted = position.repeats
        found = forms.get(wanted) or forms.get("short") or forms.get("full")
        words = _placed(found, node) if found else (text(position.cite.key, node),)
        words = change(words, partial(_numbered, self.notes[position.first_note]))
        target = self.links.get(position.cite.key)
        return _linked(words, target) if target else words


def _linked(words: Nodes, target: str) -> Nodes:
    """Lead from the first words of a citation to its entry in the list of sources.

    No more than one run of text: WeasyPrint 70 loses the tag of a link that holds an element and
    is broken over two lines.
    """
    first, *rest = words
    if first.children and first.kind is not Kind.LINK:
        return replace(first, children=_linked(first.children, target)), *rest
    shown = first.text.rstrip(" ,;:(")
    if first.kind is not Kind.TEXT or not shown:
        return words
    attrs = {"href": f"#{target}"}
    link = Node(
        Kind.LINK, first.span, (replace(first, text=shown),), classes=("cite",), attrs=attrs
    )
    after = first.text[len(shown) :]
    return link, *((replace(first, text=after),) if after else ()), *rest


def _numbered(note: Note, node: Node) -> Node | Nodes:
    """Put the number of the note that cites a source in full where a style wants it."""
    if FIRST_NOTE not in node.text:
        return node
    before, _, after = node.text.partition(FIRST_NOTE)
    attrs = {"href": f"#{note.id}"}
    link = Node(Kind.LINK, node.span, (text(note.number, node),), attrs=attrs)
    parts = (text(before, node), link, text(after, node))
    return tuple(part for part in parts if part.text or part.children)


def _placed(words: Sequence[Node], node: Node) -> Nodes:
    """Give words that a style has made the place of the citation they stand for."""
    return tuple(
        replace(word, span=node.span, children=_placed(word.children, node)) for word in words
    )
