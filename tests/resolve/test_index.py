"""The index: terms, their order and their places; what it sends to that is not there."""

import pytest
from reports import project, resolved

from reglet.locators import by_heading, by_page
from reglet.model.document import IndexEntry, Locator
from reglet.resolve.alphabet import initial, sort_key

TEXT = """# The camp

The [gates]{.index} of [the city]{.index term="Places > Ashraf City; City"} were [shut].

[]{.index term="Doors" see="gates"} The [*Nile*]{.index} rose.[^note]

## The wells

::: {.index term="Wells"}
One [well]{.index term="Wells > old"}.

- An item

and a last line.
:::

[^note]: In [spring]{.index term="Seasons" see-also="Places > Ashraf City"}.

[shut]: https://example.org
"""


def lines(entries: tuple[IndexEntry, ...], depth: int = 0) -> list[str]:
    found = []
    for entry in entries:
        places = [f"{place.title}{'…' if place.end else ''}" for place in entry.locators]
        sent = [f"see {words}" for words, _ in entry.see] + [f"also {w}" for w, _ in entry.also]
        found.append("  " * depth + ": ".join([entry.plain, "; ".join(places + sent)]))
        found += lines(entry.children, depth + 1)
    return found


def test_terms_stand_in_order_under_their_letters() -> None:
    outcome = resolved(TEXT, on=project(parts=["index"]))
    assert outcome.diagnostics == ()
    found = [(group.letter, lines(group.entries)) for group in outcome.value.index]
    assert found == [
        ("C", ["City: The camp"]),
        ("D", ["Doors: see gates"]),
        ("G", ["gates: The camp"]),
        ("N", ["Nile: The camp"]),
        ("P", ["Places: ", "  Ashraf City: The camp"]),
        ("S", ["Seasons: note\u00a01; also Places, Ashraf City"]),
        ("W", ["Wells: The wells…", "  old: The wells"]),
    ]


def test_every_mark_has_an_anchor_and_no_class() -> None:
    document = resolved(TEXT, on=project(parts=["index"])).value
    trees = [node for section in document.sections for node in section.blocks]
    trees += [node for note in document.notes.values() for node in note.blocks]
    nodes = [node for tree in trees for node in tree.walk()]
    names = {node.id for node in nodes if node.id}
    places = [p for g in document.index for e in g.entries for p in e.locators]
    assert {place.start for place in places} | {place.end for place in places} - {""} <= names
    assert not any("index" in node.classes or "term" in node.attrs for node in nodes)
    [name] = [section.name for section in document.sections]
    assert all(document.anchors[place.start] == name for place in places)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["1986", "De Bello", "début", "Debut club", "zebra"]),
        ("sv", ["zebra", "Ånge", "ärlig", "öl"]),
        ("de", ["Achse", "Äcker", "Bär", "Straße", "Strasser"]),
        ("fa", ["آب", "اشرف", "بغداد", "پل", "گندم", "یار"]),
        ("es", ["nube", "ñandú", "oso"]),
    ],
)
def test_words_are_ordered_as_the_language_has_them(lang: str, words: list[str]) -> None:
    assert sorted(set(words), key=lambda word: sort_key(word, lang)) == words


def test_letters_are_those_of_the_language() -> None:
    found = [initial("Ånge", "sv"), initial("Ånge", "en"), initial("«État»", "fr")]
    assert found == ["Å", "A", "E"]
    assert [initial("1986", "en"), initial("…", "en")] == ["", ""]


def places(*spans: tuple[int, int]) -> tuple[list[Locator], dict[str, str]]:
    found: list[Locator] = []
    pages: dict[str, str] = {}
    for number, (first, last) in enumerate(spans):
        end = f"{number}-end" if last else ""
        found.append(Locator(str(number), "01", "One", end))
        pages |= {str(number): str(first), end: str(last)}
    return found, pages


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([(5, 0), (3, 0), (5, 0)], ["3", "5"]),
        ([(3, 0), (4, 0)], ["3", "4"]),
        ([(3, 0), (4, 0), (5, 0)], ["3–5"]),
        ([(9, 11), (10, 0), (11, 12), (20, 20)], ["9–12", "20"]),
    ],
)
def test_pages_are_printed_once_and_in_rows(spans: list[tuple[int, int]], words: list[str]) -> None:
    assert [shown.words for shown in by_page(*places(*spans))] == words


def test_headings_are_printed_once() -> None:
    shown = by_heading(
        [Locator("a", "01", "One"), Locator("b", "01", "One"), Locator("c", "02", "One")]
    )
    assert [(place.words, place.href) for place in shown] == [("One", "a"), ("One", "c")]
