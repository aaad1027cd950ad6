"""Document and edition in, markup out: a piece of XHTML for each section and part.

Every tag comes from the theme's templates; this room walks the tree and calls them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup as Safe
from markupsafe import escape

from reglet.dress import attributes, described, dressed, placed_attributes, with_backlink
from reglet.language import direction
from reglet.line_breaks import PAPER, SCREEN, address_shown, link_shown
from reglet.locators import Shown, by_heading, by_page
from reglet.model.diagnostic import Outcome
from reglet.model.document import Document, Entry, IndexEntry, Kind, Markup, Node, Note, Piece
from reglet.model.report import Edition
from reglet.model.words import plain, shows_address
from reglet.pieces import (
    NOTES,
    Place,
    files,
    given,
    listed,
    paged,
    places,
    title_of,
    with_notes,
    with_statement,
)
from reglet.rendered import Rendered, stand_alone
from reglet.theme import TemplateFaultError, Theme, load_theme


def render(
    document: Document,
    edition: Edition,
    templates: Mapping[str, str],
    pages: Mapping[str, str],
    rendered: Rendered | None = None,
) -> Outcome[Markup | None]:
    """Render `document` for `edition`; `pages` gives the printed page of each identifier.

    While `pages` is empty, references to pages hold a stand-in of the usual width. Sections that
    were `rendered` of the same before are not rendered again.
    """
    report = document.report
    found = load_theme(edition, templates, report.lang, report.limits)
    if found.value is None:
        return Outcome(None, found.diagnostics)
    if edition.placing == "report-end":
        document = with_notes(document, found.value.labels)
    if edition.format == "epub" and found.value.tokens.get("accessibility-page") != "false":
        document = with_statement(document)
    try:
        kept = rendered or Rendered()
        kept = kept if stand_alone(templates) else Rendered(kept.placed)
        renderer = _Renderer(document, edition, found.value, pages, placed=kept.placed)
        kept.share((edition, report, templates, pages, renderer.files))
        return Outcome(renderer.run(kept), found.diagnostics)
    except TemplateFaultError as fault:
        return Outcome(None, (*found.diagnostics, fault.diagnostic))


STAND_IN = "00"  # for pages that are not known yet


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note as templates see it: `body` holds its blocks, its number linked to its call."""

    id: str
    number: str
    series: str
    calls: tuple[str, ...]
    body: Safe


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """The notes of one section, where those of the whole report stand together."""

    title: str
    notes: tuple[RenderedNote, ...]


class _Renderer:
    """One rendering of one document; templates are called with `context`."""

    def __init__(
        self,
        document: Document,
        edition: Edition,
        theme: Theme,
        pages: Mapping[str, str],
        *,
        placed: bool,
    ) -> None:
        self.document = document
        self.edition = edition
        self.theme = theme
        self.pages = pages
        self.separate = edition.format == "epub"  # a file for each piece
        self.places = places(document)
        self.files = files(document)
        self.order = {id: number for number, id in enumerate(document.notes)}
        self.here = ""  # file of the piece being rendered
        self.notes: dict[str, RenderedNote] = {}  # those of the piece being rendered
        lang = document.report.lang
        self.context: dict[str, object] = {
            "doc": document,
            "report": document.report,
            "edition": edition,
            "labels": theme.labels,
            "tokens": theme.tokens,
            "lang": lang,
            "dir": direction(lang),
            "direction": direction,
            "pages": pages,
            "plain": lambda node: plain((node,)),
            "shows_address": shows_address,
            "shown_link": link_shown(SCREEN if edition.format == "epub" else PAPER),
            "shown_address": address_shown(SCREEN if edition.format == "epub" else PAPER),
            "href": self.href,
            "inline": self.inline,
            "below": self.below,
            "entries": self.entries,
            "locators": self.locators,
            "attributes": placed_attributes if placed else attributes,
            "image_href": self.image_href,
            "pieces": [self._listed(place) for place in self.places],
        }
        self.macros = theme.macros(self.context)
        # notes stand at their call, or in a list: of their piece, or of the whole report
        self.at_foot = "foot" in self.macros and edition.placing == "foot"
        self.at_end = edition.placing == "report-end"

    def run(self, rendered: Rendered) -> Markup:
        """Render every piece that has not been `rendered`, then what is made of all of them."""
        pieces = [self._piece(place, rendered) for place in self.places]
        whole = ""
        if self.separate:
            pieces += [self.navigation("nav", "nav.xhtml"), self.navigation("ncx", "toc.ncx")]
        else:
            bodies = [
                {**self._listed(place), "body": Safe(piece.markup)}
                for place, piece in zip(self.places, pieces, strict=True)
            ]
            whole = self.theme.page("book.html", self.context | {"pieces": bodies})
        stylesheet = self.theme.page("style.css", self.context)
        return Markup(
            self.edition,
            tuple(pieces),
            whole,
            stylesheet,
            images=given(self.document, Kind.IMAGE, "src"),
            page_of=() if self.separate else paged(self.document, self.edition),
        )

    def _piece(self, place: Place, rendered: Rendered) -> Piece:
        """Render a part, or a section with its notes unless that was done before."""
        section = place.section
        if section is None:
            return self.piece(place)
        notes = [note for note in self.document.notes.values() if note.section == section.name]
        of = place, notes, self._listed(place)
        return rendered.piece(place.name, of, lambda: self.piece(place))

    def piece(self, place: Place) -> Piece:
        """Render a section or a part; for an EPUB with its notes, as a whole document."""
        self.here, self.notes = place.file, {}
        listed = self._listed(place)
        scope = self.context | {"piece": listed, "section": place.section}
        if place.section:
            scope["body"] = self.blocks(place.section.blocks)
            scope["below"] = () if self.separate or self.at_foot else self.listed_notes()
            body = self.theme.page("parts/section.html", scope)
        else:
            scope["groups"] = self.groups() if place.part.kind == NOTES else ()
            body = self.theme.page(f"parts/{place.part.kind}.html", scope)
        if self.separate:
            scope |= {"body": Safe(body), "notes": self.listed_notes()}
            body = self.theme.page("page.xhtml", scope)
        return Piece(place.name, listed["role"], listed["title"], body)

    def listed_notes(self) -> tuple[RenderedNote, ...]:
        """Return the notes of the piece being rendered, in order."""
        return tuple(sorted(self.notes.values(), key=lambda note: self.order[note.id]))

    def groups(self) -> tuple[NoteGroup, ...]:
        """Render the notes of the whole report, in a group for each section that has any."""
        notes = [(note.section, self.note(note)) for note in listed(self.document)]
        return tuple(
            NoteGroup(
                title_of(section), tuple(note for name, note in notes if name == section.name)
            )
            for section in self.document.sections
            if any(name == section.name for name, _ in notes)
        )

    def navigation(self, role: str, template: str) -> Piece:
        """Render the EPUB's own table of contents (nav) or the older one (ncx)."""
        self.here = ""
        scope = self.context | {
            "contents": self.entries(self.document.contents),
            "figures": self.entries(self.document.figures),
            "tables": self.entries(self.document.tables),
        }
        return Piece(
            role, role, self.theme.labels.get("contents", ""), self.theme.page(template, scope)
        )

    # nodes

    def blocks(self, nodes: Iterable[Node], parent: Kind | None = None) -> Safe:
        """Render nodes one after the other."""
        return Safe("").join(self.node(node, parent) for node in nodes)

    def inline(self, nodes: Iterable[Node]) -> Safe:
        """Render inline nodes for a template (titles of contents, entries of sources)."""
        return self.blocks(nodes)

    def node(self, node: Node, parent: Kind | None = None) -> Safe:
        """Render one node through the macro of its kind."""
        if node.kind is Kind.TEXT:
            return escape(node.text)
        if node.kind is Kind.SOFT_BREAK:
            return Safe(" ")
        if node.kind is Kind.CALL:
            return self.call(node)
        if node.kind is Kind.DRAWING:
            return self.drawing(node)
        if node.kind is Kind.FIGURE and self.separate:
            node = described(node)
        kind = node.kind
        if kind is Kind.PARAGRAPH and parent is Kind.ITEM and node.attrs.get("tight"):
            return self.blocks(node.children, kind)
        content = self.blocks(dressed(node), kind)
        return Safe(self.macros[kind](self._linked(node), content, parent))

    def call(self, node: Node) -> Safe:
        """Render a note's call and, where notes stand at their call, the note behind it."""
        html = self.macros["call"](node)
        note = self.document.notes.get(node.attrs["note"])
        at_call = note is not None and note.series != "below" and not self.at_end
        if note is not None and at_call and node.attrs.get("first"):
            rendered = self.note(note)
            self.notes[note.id] = rendered
            html += self.macros["foot"](rendered) if self.at_foot else ""
        return Safe(html)

    def note(self, note: Note) -> RenderedNote:
        """Render a note; notes called in it come within it, or into the same list."""
        body = self.blocks(with_backlink(note))
        return RenderedNote(note.id, note.number, note.series, note.calls, body)

    def below(self, node: Node) -> list[RenderedNote]:
        """Render the notes that stand below a table, or in the foot of a figure's caption."""
        return [self.note(self.document.notes[id]) for id in node.attrs.get("below", "").split()]

    def drawing(self, node: Node) -> Safe:
        """Draw a chart: its geometry was settled by resolve, its lines are the theme's."""
        template = f"figures/{node.attrs['template']}.svg"
        scope = self.context | {"drawing": json.loads(node.text), "node": node}
        return Safe(self.theme.page(template, scope).strip())

    # links

    def href(self, target: str) -> str:
        """Return the address of an identifier as seen from the piece being rendered."""
        file = self.files.get(target, self.here)
        if not self.separate or file == self.here:
            return f"#{target}"
        return f"{'' if self.here else 'text/'}{file}#{target}"

    def image_href(self, path: str) -> str:
        """Return the address of a picture as seen from the piece being rendered."""
        return f"../{quote(path)}" if self.separate else f"reglet:///{quote(path)}"

    def entries(self, entries: Iterable[Entry]) -> list[dict[str, object]]:
        """Return lines of contents for a template: label, title, address, lines below."""
        return [
            {
                "target": entry.target,
                "label": entry.label,
                "title": self.inline(entry.title),
                "plain": entry.plain,
                "href": self.href(entry.target),
                "page": self.pages.get(entry.target, STAND_IN),
                "level": entry.level,
                "children": self.entries(entry.children),
            }
            for entry in entries
        ]

    def locators(self, entry: IndexEntry) -> list[Shown]:
        """Return where a term of the index is met: pages, or headings in an EPUB."""
        places = entry.locators
        found = by_heading(places) if self.separate else by_page(places, self.pages)
        return [replace(place, href=self.href(place.href)) for place in found]

    def _linked(self, node: Node) -> Node:
        """Point a link within the report at the file that its target is in."""
        target = node.attrs.get("href", "")
        if node.kind is not Kind.LINK or not target.startswith("#"):
            return node
        return replace(node, attrs={**node.attrs, "href": self.href(target[1:])})

    def _listed(self, place: Place) -> dict[str, str]:
        """Describe a piece for templates that list all of them."""
        section = place.section
        role = section.role if section else place.part.kind
        title = title_of(section) if section else ""
        title = title or self.theme.labels.get(role, self.document.report.title)
        running = (section.running_head if section else "") or title
        lang = section.lang if section else ""
        return {
            "name": place.name, "role": role, "title": title, "running": running, "lang": lang,
            "file": f"text/{place.file}", "kind": place.part.kind,
        }  # fmt: skip
