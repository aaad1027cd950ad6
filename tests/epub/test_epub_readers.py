"""What Kindle, Apple Books and Kobo ask of an EPUB beyond its standard, on finished books.

One test for each rule; notes stand at the ends of sections in the one book, of the report in the
other.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import built
from epub_book import NAMESPACES, Opened
from PIL import Image as Raster
from test_epub_access import drop
from test_epub_colours import declarations

from reglet.proof.epubcheck import run_epubcheck

OPS = "{http://www.idpf.org/2007/ops}type"
REPORT = """title: Wells
date: 2026-11-24
identifier: urn:uuid:00000000-0000-4000-8000-000000000004
notes: {tables: below}
editions:
  - {name: screen, page: A6, margin-inside: 15mm, margin-outside: 15mm}
  - ebook
  - {name: listed, format: epub, notes: report-end}
"""
SOURCES = "moreau-1997: {type: book, title: Wells, author: [{family: Moreau}], issued: 1997}\n"
TEXT = """# Wells {#sec-wells}

Deep[^1] and deeper[^2]{.editor}, as [@moreau-1997, p. 3] says and @fig-depth shows.
See @sec-more.[^1]

[^1]: Measured, as @sec-more says.

[^2]: *Not* by us.

![The mill](figures/drop.png){#fig-mill}

::: description
It turns.
:::

| Well | Depth    |
|------|----------|
| Mill | 8[^3]    |

: Depths {#tbl-depths}

[^3]: In May.

# More {#sec-more}

See @sec-wells, @tbl-depths and @fig-mill.

```chart
id: fig-depth
data: wells
label: id
value: depth
caption: "Depth & more"
```
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("readers")
    files: dict[str, str | bytes] = {
        "report.yaml": REPORT,
        "sources.yaml": SOURCES,
        "sections/01.md": TEXT,
        "figures/drop.png": drop(),
        "data/wells.yaml": "- {id: mill, depth: 8}\n- {id: چاه, depth: 21.25}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    found: dict[str, Path] = {}
    for time in ("first", "second"):
        output = built(folder, folder / time)
        found |= {
            f"{time} {'listed' if 'listed' in epub.name else 'ebook'}": epub
            for epub in output.glob("*.epub")
        }
    return found


@pytest.fixture(params=["ebook", "listed"])
def book(books: dict[str, Path], request: pytest.FixtureRequest) -> Opened:
    return Opened(books[f"first {request.param}"].read_bytes())


APART = "//*[@e:type='footnote'][@role='doc-footnote'][not(parent::*[@class='below'])]"
"""Notes that stand below no table."""


def trees(book: Opened) -> Iterator[tuple[str, Any]]:
    for name in book.names:
        if name.endswith(".xhtml"):
            yield name.removeprefix("EPUB/"), book.tree(name.removeprefix("EPUB/"))


def elements(book: Opened, path: str) -> list[tuple[str, Any]]:
    return [
        (name, found)
        for name, tree in trees(book)
        for found in tree.xpath(path, namespaces=NAMESPACES)
    ]


def target(name: str, href: str) -> tuple[str, str]:
    """Return file and identifier that a link in `name` leads to."""
    file, _, id = href.partition("#")
    folder = name.rpartition("/")[0]
    path = f"{folder}/{file}".strip("/") if file else name
    return re.sub(r"[^/]+/\.\./", "", path), id


def test_epubcheck_finds_nothing_and_builds_are_the_same(books: dict[str, Path]) -> None:
    for name in ("ebook", "listed"):
        first, second = books[f"first {name}"], books[f"second {name}"]
        assert first.read_bytes() == second.read_bytes()
        assert run_epubcheck(first).failures == ()


def test_calls_pop_up_by_their_type(book: Opened) -> None:
    calls = elements(book, "//h:a[@e:type='noteref']")
    assert len(calls) == 4
    for name, call in calls:
        assert (call.getparent().tag.rpartition("}")[2], call.get("role")) == ("sup", "doc-noteref")
        file, id = target(name, call.get("href"))
        (note,) = book.find(file, f"//*[@id='{id}']")
        assert (note.get(OPS), note.get("role")) == ("footnote", "doc-footnote")  # Kobo's rule


def test_apple_hides_notes_of_sections_and_shows_the_list_of_all(books: dict[str, Path]) -> None:
    for name, tag in (("ebook", "aside"), ("listed", "div")):
        book = Opened(books[f"first {name}"].read_bytes())
        notes = elements(book, APART)
        assert {note.tag.rpartition("}")[2] for _, note in notes} == {tag}
        ((_, below),) = elements(book, "//*[@class='below']/*")
        assert (below.tag.rpartition("}")[2], below.get("role")) == ("div", "doc-footnote")
    (group,) = {up for _, note in notes for up in note.iterancestors() if up.get(OPS) == "endnotes"}
    assert group.get("role") == "doc-endnotes"


def test_no_roles_that_checkers_refuse(book: Opened) -> None:
    assert elements(book, "//*[@role='doc-endnote']") == []
    assert elements(book, "//h:li[@role='doc-footnote']") == []
    assert elements(book, "//*[@e:type='referrer']") == []
    covers = elements(book, "//*[@role='doc-cover']")
    assert [cover.tag.rpartition("}")[2] for _, cover in covers] == ["img"]


def test_a_note_begins_with_its_number_that_leads_back(book: Opened) -> None:
    notes = elements(book, APART)
    assert len(notes) == 3
    for name, note in notes:
        first = next(each for each in note.iter() if each.tag.endswith("}a"))
        words = "".join(note.itertext()).strip()
        assert words.startswith("".join(first.itertext()))
        assert (first.get(OPS), first.get("role")) == ("backlink", "doc-backlink")
        file, id = target(name, first.get("href"))
        (call,) = book.find(file, f"//*[@id='{id}']")
        assert target(file, call.get("href")) == (name, note.get("id"))


def test_kindle_finds_no_two_way_links_but_those_of_notes(book: Opened) -> None:
    """A link within an element and one that leads back to it pop up on Kindle."""
    leads: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for name, link in elements(book, "//h:a[@href]"):
        href = link.get("href")
        if link.get("role") in ("doc-noteref", "doc-backlink") or ":" in href:
            continue
        for up in (link, *link.iterancestors()):
            if up.get("id"):
                leads.setdefault((name, up.get("id")), set()).add(target(name, href))
    assert sum(map(len, leads.values())) > 0
    pairs = [(a, b) for a, ends in leads.items() for b in ends if a in leads.get(b, ())]
    assert pairs == []


def test_kindle_has_a_picture_of_each_drawing_with_words(book: Opened) -> None:
    drawings = elements(book, "//*[local-name()='svg'][.//*[local-name()='text']]")
    assert len(drawings) == 1
    for name, drawing in drawings:
        image = drawing.getnext()
        assert (image.get("class"), image.get("hidden")) == ("drawn", "hidden")
        assert image.get("alt") == drawing.get("aria-label") == "Bar chart. mill: 8; چاه: 21.25."
        file, _ = target(name, image.get("src"))
        with Raster.open(io.BytesIO(book.zip.read(f"EPUB/{file}"))) as picture:
            assert picture.size[0] > 1200  # 300 pixels to the inch at the width of a page
            assert picture.getpixel((2, 2))[:3] == (255, 255, 255)  # type: ignore[index]
            grey = picture.convert("L")
        middle = grey.size[1] // 2
        for top in (0, middle):  # a name stands before each bar
            name_of_bar = grey.crop((0, top, 90, top + middle))
            assert sum(name_of_bar.histogram()[:60]) > 100
    style = book.text("style.css")
    kindle = style.partition("@media amzn-kf8 {")[2].partition("\n}\n")[0]
    assert "figure svg { display: none }" in kindle
    assert ".drawn { display: block }" in kindle
    assert "display: none" in style.partition(".drawn {")[2].partition("}")[0]  # on all others


def test_the_reader_s_lines_and_margins_are_left_alone(book: Opened) -> None:
    sides = ("margin", "padding", "line-height", "font-size", "text-align")
    found = [
        (selector, name)
        for selector, name, _ in declarations(book.text("style.css"))
        if set(re.split(r"[\s,]+", selector)) & {"body", "html", "*"} and name.startswith(sides)
    ]
    assert found == []


def test_words_of_pictures_are_short(book: Opened) -> None:
    words = [image.get("alt") for _, image in elements(book, "//h:img")]
    words += [svg.get("aria-label") for _, svg in elements(book, "//*[local-name()='svg']")]
    assert len(words) == 4
    assert all(word and len(word) < 140 for word in words)


def test_tables_fit_kindle(book: Opened) -> None:
    for _, table in elements(book, "//h:table"):
        rows = table.xpath(".//h:tr", namespaces=NAMESPACES)
        assert len(rows) <= 100
        assert max(len(row) for row in rows) <= 10


def test_page_labels_are_plain_and_each_is_there_once(book: Opened) -> None:
    links = book.find("nav.xhtml", "//h:nav[@e:type='page-list']//h:a")
    labels = [link.text for link in links]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    breaks = elements(book, "//*[@e:type='pagebreak']")
    assert [each.get("aria-label") for _, each in breaks] == labels
    assert len(labels) > 5


def test_pages_come_from_a_named_source(book: Opened) -> None:
    path = "//o:meta[@property='{}']/text()"
    (source,) = book.find("content.opf", path.format("pageBreakSource"))
    (refines,) = book.find("content.opf", "//o:meta[@property='source-of']/@refines")
    assert book.find("content.opf", f"//d:source[@id='{refines[1:]}']/text()") == [source]


def test_descriptions_stand_before_captions(book: Opened) -> None:
    figures = elements(book, "//h:figure[h:details]")
    assert len(figures) == 2
    for _, figure in figures:
        names = [each.tag.rpartition("}")[2] for each in figure]
        assert names[-2:] == ["details", "figcaption"]


def test_pictures_are_stored_as_they_are(book: Opened) -> None:
    infos = [info for info in book.zip.infolist() if info.filename.endswith((".png", ".jpg"))]
    assert len(infos) == 3
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
