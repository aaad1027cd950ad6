"""Colours of a finished EPUB on the pages that readers choose: white, sepia, grey, black."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinycss2
from conftest import Maker, built
from epub_book import Opened
from PIL import ImageColor
from test_epub_access import drop
from tinycss2.color4 import parse_color

from reglet.colours import contrast, on_any_page

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
PAGES = {
    "white": WHITE, "sepia": (0xF4, 0xEC, 0xD8), "Kobo's sepia": (0xFB, 0xF0, 0xD9),
    "grey": (0x12, 0x12, 0x12), "black": BLACK,
}  # fmt: skip
TEXT_CONTRAST, OTHER_CONTRAST = 4.5, 3.0  # WCAG 2.2 §1.4.3 and §1.4.11
READERS = ("inherit", "currentcolor", "none")
SVG = "{http://www.w3.org/2000/svg}"
TEXT = """# Wells

![The mill](figures/drop.png)

::: pull-quote
Deep.
:::

```chart
data: wells
label: id
values: [depth, closed, opened, dug]
```
"""
DATA = "- {id: mill, depth: 8, closed: 1, opened: 2, dug: 4}\n"
TOKENS = [
    "",
    ', accent: "#ffff00", gold: white',
    ', accent: black, gold: "#000080"',
]


@pytest.fixture(params=TOKENS)
def book(make: Maker, tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    files: dict[str, str | bytes] = {
        "report.yaml": f"title: Wells\neditions:\n  - {{name: ebook{request.param}}}\n",
        "sections/01.md": TEXT,
        "figures/drop.png": drop(),
        "data/wells.yaml": DATA,
    }
    (epub,) = built(make(files), tmp_path / "out").glob("*.epub")
    return Opened(epub.read_bytes())


def declarations(style: str) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield selector, property and value of each declaration, those in media queries too."""
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        assert rule.type in ("qualified-rule", "at-rule"), rule
        selector = tinycss2.serialize(rule.prelude).strip()
        if rule.type == "at-rule" and rule.lower_at_keyword == "media":
            yield from declarations(tinycss2.serialize(rule.content))
            continue
        for each in tinycss2.parse_blocks_contents(rule.content):
            if each.type == "declaration":
                yield selector, each.lower_name, each.value


def colours(value: list[Any]) -> list[tuple[int, int, int]]:
    found = []
    for token in value:
        colour = parse_color(token) if token.type in ("ident", "hash", "function") else None
        if colour is not None and colour != "currentcolor":
            red, green, blue = colour.to("srgb")[:3]
            found.append((round(red * 255), round(green * 255), round(blue * 255)))
    return found


def too_faint(colour: tuple[int, ...], least: float) -> list[str]:
    return [name for name, page in PAGES.items() if contrast(colour, page) < least]


def test_text_has_the_reader_s_colour_and_rules_show_on_every_page(book: Opened) -> None:
    rules = []
    for selector, name, value in declarations(book.text("style.css")):
        if name == "color":
            assert tinycss2.serialize(value).strip().lower() in READERS, selector
        elif name.startswith("background"):
            assert selector == "img"  # of which the page may be transparent
            assert colours(value) == [WHITE]
        else:
            rules += [(selector, name, colour) for colour in colours(value)]
    assert len(rules) > 10
    assert [(s, n, too_faint(c, OTHER_CONTRAST)) for s, n, c in rules if too_faint(c, 3)] == []


def test_charts_show_on_every_page(book: Opened) -> None:
    (svg,) = book.find("text/01.xhtml", "//*[local-name()='svg']")
    texts, shapes = [], set()
    for element in svg.iter(f"{SVG}*"):
        fills = [up.get("fill") for up in (element, *element.iterancestors()) if up.get("fill")]
        if element.tag == f"{SVG}text":
            texts.append(fills[0])
        elif element.tag != f"{SVG}g":
            shapes |= {element.get(name) for name in ("fill", "stroke")} - {None}
    assert set(texts) == {"currentColor"}
    assert len(texts) > 8
    assert len(shapes) == 5  # of four columns and of the axis
    for shape in shapes - {"currentColor"}:
        assert too_faint(ImageColor.getrgb(shape), OTHER_CONTRAST) == []


def test_a_colour_is_kept_where_it_shows() -> None:
    assert on_any_page("#7c868b") == "#7c868b"
    assert on_any_page("no colour") == "no colour"
    assert round(contrast(WHITE, BLACK), 2) == 21
    assert round(contrast(ImageColor.getrgb("#767676"), WHITE), 2) == 4.54
    assert too_faint(ImageColor.getrgb("#767676"), TEXT_CONTRAST) != []  # so text has none
