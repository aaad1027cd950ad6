"""A place in, what the others are measured at out, or why they are absent: a table of them.

Each sets the same words on pages of the same measure, in the same typefaces where it takes fonts as
files, with a table of contents, and with notes at the foot of the page where it can. References in
`report.md` name pages; `plain.md` names none, since WeasyPrint sets a text that does over and over.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import pypandoc

from bench.place import ROOT, Place, Task
from bench.tree import Step

HERE = ROOT / "bench" / "peers"
PAGED = ROOT / ".venv" / "share" / "paged" / "node_modules" / ".bin" / "pagedjs-cli"
MARGINS = ("margin.x=42mm", "margin.top=27mm", "margin.bottom=25mm")
TYPST = ("mainfont=Reglet serif", "fontsize=10.75pt", "papersize=a4", "page-numbering=1", *MARGINS)
LATEX = ("fontsize=11pt", "papersize=a4", "geometry:hmargin=42mm,top=27mm,bottom=25mm")
CSS = ("-L", "footnotes.lua", "--css", "print.css", "-M", "document-css=false")


@dataclass(frozen=True, slots=True)
class Other:
    """Another tool: how it is used, what it leaves, and where to find it."""

    name: str
    says: str  # what exactly is measured
    steps: Callable[[Place], Sequence[Step]]
    result: str
    found: Callable[[], bool] = lambda: True


def tasks(place: Place) -> list[Task]:
    """Return what those that are there are measured at."""
    return [
        Task(other.name, "", lambda: None, other.steps(place), place.peers / other.result)
        for other in OTHERS
        if other.found()
    ]


def absent() -> list[str]:
    """Return the names of those that are not there."""
    return [other.name for other in OTHERS if not other.found()]


def _pandoc(place: Place, source: str, target: str, *arguments: str) -> Step:
    common = ("-f", "markdown", "-s", "--wrap", "none", "--toc", "--toc-depth", "2")
    cited = ("--citeproc", "--bibliography", "sources.json") if place.corpus.works else ()
    program = pypandoc.get_pandoc_path()
    return place.step(
        program, source, *common, *cited, *arguments, "-o", target, folder=place.peers
    )


def _typst(place: Place) -> Sequence[Step]:
    variables = [word for variable in TYPST for word in ("-V", variable)]
    return (
        _pandoc(place, "report.md", "report.typ", "-t", "typst", "-H", "header.typ", *variables),
        place.python(
            str(HERE / "typeset.py"), "report.typ", "typst.pdf", "fonts", folder=place.peers
        ),
    )


def _weasyprint(source: str, target: str, *options: str) -> Callable[[Place], Sequence[Step]]:
    def steps(place: Place) -> Sequence[Step]:
        html = f"{target}.html"
        return (
            _pandoc(place, source, html, "-t", "html5", *CSS),
            place.python(
                "-m", "weasyprint", "-q", html, f"{target}.pdf", *options, folder=place.peers
            ),
        )

    return steps


def _latex(place: Place) -> Sequence[Step]:
    variables = [word for variable in LATEX for word in ("-V", variable)]
    return (_pandoc(place, "report.md", "latex.pdf", "--pdf-engine", "pdflatex", *variables),)


def _paged(place: Place) -> Sequence[Step]:
    command = (paged_program(), "paged.html", "-o", "paged.pdf", "-t", "3600000")
    return (
        _pandoc(place, "plain.md", "paged.html", "-t", "html5", *CSS),
        place.step(*command, "--browserArgs", "--no-sandbox", folder=place.peers),
    )


def _epub(place: Place) -> Sequence[Step]:
    return (_pandoc(place, "plain.md", "pandoc.epub", "-t", "epub3"),)


def paged_program() -> str:
    """Return the program of Paged.js, or nothing."""
    return shutil.which("pagedjs-cli") or (str(PAGED) if PAGED.exists() else "")


def _has_typst() -> bool:
    try:
        return bool(version("typst"))
    except PackageNotFoundError:
        return False


TYPST_NAME, BARE_NAME, EPUB_NAME = "pandoc and Typst", "bare WeasyPrint", "pandoc’s EPUB"
"""Those that the bounds name."""

OTHERS = (
    Other(TYPST_NAME, "pages in references; PDF 1.7, tagged", _typst, "typst.pdf", _has_typst),
    Other(
        "pandoc and pdfLaTeX",
        "pages in references; Latin Modern; PDF untagged",
        _latex,
        "latex.pdf",
        lambda: shutil.which("pdflatex") is not None,
    ),
    Other(
        BARE_NAME,
        "notes by `float: footnote`; no pages in references; PDF untagged",
        _weasyprint("plain.md", "weasyprint"),
        "weasyprint.pdf",
    ),
    Other(
        "bare WeasyPrint, pdf/ua-1",
        "the same, tagged",
        _weasyprint("plain.md", "weasyprint-ua", "--pdf-variant", "pdf/ua-1"),
        "weasyprint-ua.pdf",
    ),
    Other(
        "bare WeasyPrint, pages named",
        "the same as untagged, but pages in references",
        _weasyprint("report.md", "weasyprint-pages"),
        "weasyprint-pages.pdf",
    ),
    Other(
        "Paged.js",
        "notes by `float: footnote`; no pages in references; Chromium",
        _paged,
        "paged.pdf",
        lambda: bool(paged_program() and shutil.which("chromium")),
    ),
    Other(EPUB_NAME, "EPUB 3; notes as endnotes", _epub, "pandoc.epub"),
)
