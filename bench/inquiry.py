"""The report of this repository in, what is measured of it out.

reglet builds its PDF and its EPUB from nothing; bare WeasyPrint sets the pages that reglet's
templates make of it, with the same style sheet, typefaces and pictures, from a file.
"""

import re
import shutil
from functools import partial
from pathlib import Path

from bench.markup import marked_up
from bench.place import ROOT, Place, Task, face

NAME = "Ashraf"
BUILT, BARE = "PDF and EPUB, cold", "the same pages"
FONT = re.compile(r"reglet:///fonts/([\w.\[\],-]+)")


def tasks(place: Place) -> list[Task]:
    """Return both tasks; bare WeasyPrint's folder is made now, unmeasured."""
    output = place.folder / "output"
    editions = ("--edition", "screen", "--edition", "ebook")
    options = ("--quiet", "--proof", "light", *editions, "--output", str(output))
    build = place.python(
        "-m", "reglet", "build", str(ROOT), *options, folder=ROOT, cache=place.cache
    )
    _write_pages(place.peers)
    bare = place.python("-m", "weasyprint", "-q", "book.html", "book.pdf", folder=place.peers)
    pdf = _pdf_name(output)
    return [
        Task("reglet", BUILT, partial(_empty, place, output), (build,), pdf),
        Task("bare WeasyPrint", BARE, lambda: None, (bare,), place.peers / "book.pdf"),
    ]


def _pdf_name(output: Path) -> Path:
    from reglet.formats.names import filename
    from reglet.source.project import load

    project = load(ROOT).value
    if project is None:
        raise SystemExit("content/ cannot be read")
    screen = next(one for one in project.report.editions if one.name == "screen")
    return output / filename(project.report, screen, "pdf")


def _empty(place: Place, output: Path) -> None:
    shutil.rmtree(place.cache, ignore_errors=True)
    shutil.rmtree(output, ignore_errors=True)


def _write_pages(folder: Path) -> None:
    """Write what reglet would give to its engine, with the addresses of files in place of its."""
    markup, images, _ = marked_up(ROOT, "screen")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "fonts").mkdir(parents=True)
    for name in set(FONT.findall(markup.stylesheet)):
        (folder / "fonts" / name).write_bytes(face(name))
    for path, image in images.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(image.data)
    link = '<link rel="stylesheet" href="style.css"/></head>'
    files = {"style.css": markup.stylesheet, "book.html": markup.whole.replace("</head>", link, 1)}
    for name, text in files.items():
        (folder / name).write_text(text.replace("reglet:///", ""))
