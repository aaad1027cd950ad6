"""A read PDF in, faults of its notes and links out."""

import re
from collections.abc import Iterator, Mapping

from reglet.proof.structure.reading import Annotation, Fault, Place, Reading, shortened
from reglet.speak.letters import UNKNOWN
from reglet.speak.tree import Tag

_ADDRESS = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+|\S+@\S+|\S+\.\S+/\S*")
_NOTES = ("Note", "FENote")  # of PDF 1.7 and of PDF 2.0
_LEAST = 1.0  # square points


def _notes(reading: Reading) -> Iterator[Place]:
    return (place for role in _NOTES for place in reading.of(role))


def calls(reading: Reading) -> Iterator[Fault]:
    """Find calls that no note answers."""
    names = {note.tag.id for note in _notes(reading) if note.tag.id}
    for call in _calls(reading):
        if _target(call.tag) not in names:
            yield Fault(f"the call `{shortened(call.text)}` leads to no Note", call.page)


def notes(reading: Reading) -> Iterator[Fault]:
    """Find notes without identifier, or without their number."""
    for note in _notes(reading):
        if not note.tag.id:
            yield Fault(f"the note `{shortened(note.text)}` has no ID", note.page)
        if not any(tag.role == "Lbl" for tag in _below(note.tag)):
            text = shortened(note.text)
            yield Fault(f"the note `{text}` has no Lbl for its number", note.page)


def order(reading: Reading) -> Iterator[Fault]:
    """Find notes that are read before they are called, and those that are never called."""
    called: dict[str, int] = {}
    for number, place in enumerate(reading.places):
        if place.role == "Reference" and not place.within("TOC", "TOCI", "Index"):
            called.setdefault(_target(place.tag), number)
    for number, place in enumerate(reading.places):
        if place.role not in _NOTES or not place.tag.id:
            continue
        first = called.get(place.tag.id)
        if first is None:
            yield Fault(f"nothing calls the note `{shortened(place.text)}`", place.page)
        elif first > number:
            yield Fault(f"the note `{shortened(place.text)}` is read before its call", place.page)


def same_names(reading: Reading) -> Iterator[Fault]:
    """Find identifiers of two tags."""
    seen: set[str] = set()
    for place in reading.places:
        if place.tag.id and place.tag.id in seen:
            yield Fault(f"two tags have the ID `{place.tag.id}`", place.page)
        seen.add(place.tag.id)


def untagged(reading: Reading) -> Iterator[Fault]:
    """Find links that no tag has, or one that is no Link."""
    owners = _owners(reading)
    for link in _links(reading):
        owner = owners.get(link.key)
        if owner is None:
            yield Fault(f"no tag has the link {_shown(link)}", link.page)
        elif owner.role not in ("Link", "Reference"):
            yield Fault(f"the link {_shown(link)} is of a {owner.role}, not of a Link", link.page)


def wording(reading: Reading) -> Iterator[Fault]:
    """Find links without words, or with an address where the text has words."""
    owners = _owners(reading)
    for link in _links(reading):
        owner = owners.get(link.key)
        if not link.contents:
            yield Fault(f"the link {_shown(link)} has no words for people (Contents)", link.page)
        elif owner and _is_address(link) and not _shows_address(owner.text):
            what = f"the link `{shortened(owner.text)}` is told as `{shortened(link.contents)}`"
            yield Fault(what, link.page)


def destinations(reading: Reading) -> Iterator[Fault]:
    """Find links to places that are not there."""
    for link in _links(reading):
        if link.name and link.name not in reading.facts.destinations:
            yield Fault(f"there is no place `{link.name}` that a link leads to", link.page)
        elif not link.name and not link.address and not link.leads:
            yield Fault(f"the link {_shown(link)} leads nowhere", link.page)


def areas(reading: Reading) -> Iterator[Fault]:
    """Find links that cannot be hit."""
    for link in _links(reading):
        if link.area < _LEAST:
            yield Fault(f"the link {_shown(link)} has no area", link.page)


def _links(reading: Reading) -> Iterator[Annotation]:
    return (one for one in reading.annotations if one.kind == "Link" and not one.hidden)


def _owners(reading: Reading) -> Mapping[tuple[int, int], Place]:
    return {key: place for place in reading.places for key in place.tag.annotations}


def _shown(link: Annotation) -> str:
    return f"`{shortened(link.contents or link.address or f'#{link.name}')}`"


def _is_address(link: Annotation) -> bool:
    return link.contents == link.address or bool(_ADDRESS.fullmatch(link.contents))


def _shows_address(text: str) -> bool:
    return UNKNOWN in text or bool(_ADDRESS.search(text))


def _calls(reading: Reading) -> Iterator[Place]:
    return (one for one in reading.of("Reference") if not one.within("TOC", "TOCI", "Index"))


def _target(call: Tag) -> str:
    """Return the name of the place that a call leads to."""
    found = (tag.target for tag in (call, *_below(call)) if tag.target)
    return next(found, "").removeprefix("#")


def _below(tag: Tag) -> Iterator[Tag]:
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield kid
            yield from _below(kid)
