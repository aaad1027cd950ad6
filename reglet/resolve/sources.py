"""The list of sources: entries in the style's order in, groups of one kind each out."""

from collections.abc import Mapping

from reglet.model.document import Node, Note, SourceEntry, SourceGroup
from reglet.model.project import Work
from reglet.resolve.positions import cites_of

KINDS: Mapping[str, str] = {
    "bill": "legal",
    "hearing": "legal",
    "legal_case": "legal",
    "legislation": "legal",
    "patent": "legal",
    "regulation": "legal",
    "treaty": "legal",
    "book": "books",
    "chapter": "books",
    "classic": "books",
    "entry": "books",
    "entry-dictionary": "books",
    "entry-encyclopedia": "books",
    "thesis": "books",
    "article": "articles",
    "article-journal": "articles",
    "paper-conference": "articles",
    "periodical": "articles",
    "review": "articles",
    "review-book": "articles",
    "article-magazine": "press",
    "article-newspaper": "press",
    "broadcast": "press",
    "document": "press",
    "interview": "press",
    "pamphlet": "press",
    "speech": "press",
    "dataset": "reports",
    "report": "reports",
    "standard": "reports",
    "collection": "archives",
    "manuscript": "archives",
    "personal_communication": "archives",
    "post": "web",
    "post-weblog": "web",
    "software": "web",
    "webpage": "web",
    "figure": "media",
    "graphic": "media",
    "map": "media",
    "motion_picture": "media",
    "musical_score": "media",
    "performance": "media",
    "song": "media",
}
"""CSL type to the kind that a group holds; templates/labels/ has a heading for each kind."""

ORDER = (
    "books", "articles", "press", "reports", "legal", "archives", "web", "media", "other",
)  # fmt: skip


def source_groups(
    entries: Mapping[str, tuple[Node, ...]], works: Mapping[str, Work], notes: Mapping[str, Note]
) -> tuple[SourceGroup, ...]:
    """Group the entries by kind, each with the notes that cite it."""
    citing: dict[str, dict[str, None]] = {}
    for note in notes.values():
        for cite in cites_of(note):
            citing.setdefault(cite.key, {})[note.id] = None
    groups: dict[str, list[SourceEntry]] = {kind: [] for kind in ORDER}
    for key, content in entries.items():
        kind = KINDS.get(str(works[key].fields.get("type", "")), "other")
        entry = SourceEntry(key, f"source-{key}", content, tuple(citing.get(key, ())))
        groups[kind].append(entry)
    return tuple(SourceGroup(kind, tuple(found)) for kind, found in groups.items() if found)
