"""Pictures every page of every theme, on three sizes of page, and the EPUB as e-readers show it.

`python -m bench.gallery [REPORT]` writes contact sheets into output/gallery: of the PDFs by
`pdftoppm`, of the EPUBs by foliate-js in Chromium, at the width of a phone and of a tablet, on a
white page and on a black one. `spread.png`, two pages side by side, is docs/pages.png.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "reader"))

THEMES = ("inquiry", "plain", "brief")
SIZES = {"a4": "A4", "6x9": "6in 9in", "a5": "A5"}
WINDOWS = {"phone": (390, 780), "tablet": (820, 1100)}
LOOKS = {"light": ("#ffffff", "#1a1a1a"), "dark": ("#121212", "#d8d8d8")}
DENSITY = 50  # dpi of a page on a contact sheet
ACROSS, DOWN = 8, 5  # pages on one
GAP, DESK = 8, "#8a8f92"
SCREENS = 24  # of one book
SPREAD = (18, 19)  # pages of the house theme
SPREAD_DENSITY, SPREAD_GAP, SPREAD_DESK = 75, 14, "#dde1e2"


def main(report: Path, target: Path) -> None:
    """Write the gallery of a report."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    with TemporaryDirectory() as scratch:
        files = built(report, Path(scratch))
        spread(files["inquiry-a4"]).quantize(64).save(target / "spread.png", optimize=True)
        for name, path in files.items():
            views = book_views(path) if path.suffix == ".epub" else {"": pages_of(path)}
            for view, pictures in views.items():
                for number, sheet in enumerate(sheets(pictures), start=1):
                    file = target / "-".join(filter(None, (name, view, f"{number}.png")))
                    sheet.save(file)
                    print(file)


def built(report: Path, scratch: Path) -> dict[str, Path]:
    """Build a report in each theme, on each page and as a book; return the files by their names."""
    from reglet.model.report import Edition
    from reglet.pipeline import preview

    editions = [
        Edition(f"{theme}-{size}", "pdf", theme, settings={"page": page})
        for theme in THEMES
        for size, page in SIZES.items()
    ]
    editions += [Edition(f"{theme}-book", "epub", theme) for theme in THEMES]
    outcome = preview(report, editions)
    if outcome.failed:
        sys.exit("\n".join(f"{item.span}: {item.message}" for item in outcome.diagnostics))
    found = {}
    for made in outcome.value:
        file = scratch / f"{made.edition.name}{Path(made.filename).suffix}"
        file.write_bytes(made.data)
        found[made.edition.name] = file
    return found


def spread(pdf: Path) -> Image.Image:
    """Picture two pages of a PDF side by side."""
    left, right = (pages_of(pdf, SPREAD_DENSITY)[number - 1] for number in SPREAD)
    gap, width = SPREAD_GAP, left.width + right.width + 3 * SPREAD_GAP
    found = Image.new("RGB", (width, left.height + 2 * gap), SPREAD_DESK)
    found.paste(left, (gap, gap))
    found.paste(right, (left.width + 2 * gap, gap))
    return found


def pages_of(pdf: Path, density: int = DENSITY) -> list[Image.Image]:
    """Picture the pages of a PDF."""
    with TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(density), "-png", str(pdf), f"{folder}/page"]
        subprocess.run(command, check=True)
        return [Image.open(path).convert("RGB") for path in sorted(Path(folder).iterdir())]


def book_views(book: Path) -> dict[str, list[Image.Image]]:
    """Picture the screens of an EPUB in each window and look."""
    return {
        f"{window}-{look}": list(screens(book.read_bytes(), size, *colours))
        for window, size in WINDOWS.items()
        for look, colours in LOOKS.items()
    }


def screens(book: bytes, size: tuple[int, int], paper: str, ink: str) -> Iterator[Image.Image]:
    """Turn through a book; yield the first screens of its sections, on `paper` and in `ink`."""
    from reading_system import opened

    style = f"html {{ background: {paper}; color: {ink} }} a:any-link {{ color: inherit }}"
    with opened(book, {"width": size[0], "height": size[1]}) as reader:
        reader.page.add_style_tag(content=f"body {{ background: {paper} }}")
        reader.page.evaluate(
            "css => document.querySelector('#book').renderer.setStyles(css)", style
        )
        for number in range(min(len(reader.sections), SCREENS)):
            reader.turn_to(number)
            reader.page.wait_for_timeout(150)
            shot = Image.open(BytesIO(reader.page.screenshot())).convert("RGB")
            shot.thumbnail((size[0] * 2 // 3, size[1]))
            yield shot


def sheets(pictures: Sequence[Image.Image]) -> Iterator[Image.Image]:
    """Lay pictures out on contact sheets."""
    width = max(picture.width for picture in pictures) + GAP
    height = max(picture.height for picture in pictures) + GAP
    for start in range(0, len(pictures), ACROSS * DOWN):
        shown = pictures[start : start + ACROSS * DOWN]
        rows = -(-len(shown) // ACROSS)
        sheet = Image.new("RGB", (ACROSS * width + GAP, rows * height + GAP), DESK)
        for place, picture in enumerate(shown):
            row, column = divmod(place, ACROSS)
            sheet.paste(picture, (GAP + column * width, GAP + row * height))
        yield sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT, ROOT / "output" / "gallery")
