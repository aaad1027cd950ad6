"""Long descriptions of pictures and charts: folded up in the EPUB, in a PDF where it asks."""

import subprocess
from pathlib import Path
from typing import Any

import pikepdf
from conftest import Maker, built
from epub_book import Opened
from test_epub_access import drop

from reglet.proof.epubcheck import run_epubcheck

LONG = "A map of the valley with its twelve wells, four at the left bank of the river. " * 3
TEXT = f"""# Wells

![The valley](figures/drop.png){{alt="A map of the valley."}}

::: description
The river runs south.

- Four wells lie at its left bank.
:::

![Long](figures/drop.png){{#fig-long alt="{LONG.strip()}"}}

![](figures/drop.png){{alt="{LONG.strip()}"}}

```chart
id: fig-depth
data: wells
label: id
values: [depth, closed]
caption: Depth, in metres
source: Water Board
```

::: description
The south well is the deepest.
:::

![Short](figures/drop.png)
"""
REPORT = """title: Wells
date: 2026-11-24
editions:
  - screen
  - {name: described, format: pdf, descriptions: true}
  - ebook
"""


def build(make: Maker, folder: Path, report: str = REPORT) -> Path:
    files: dict[str, str | bytes] = {
        "report.yaml": report,
        "sections/01.md": TEXT,
        "figures/drop.png": drop(),
        "data/wells.yaml": "- {id: mill, depth: 8, closed: 1}\n- {id: south, depth: 21.25}\n",
    }
    return built(make(files), folder)


def words(element: Any) -> str:  # noqa: ANN401 - lxml is untyped
    return " ".join("".join(element.itertext()).split())


def test_descriptions_are_folded_up_before_captions(make: Maker, tmp_path: Path) -> None:
    output = build(make, tmp_path / "out", REPORT.replace("  - screen\n", ""))
    (epub,) = output.glob("*.epub")
    book = Opened(epub.read_bytes())
    figures = book.find("text/01.xhtml", "//h:figure")
    names = [[child.tag.rpartition("}")[2] for child in figure] for figure in figures]
    assert names == [
        ["img", "details", "figcaption"],
        ["img", "details", "figcaption"],
        ["img", "details"],
        ["svg", "img", "details", "figcaption"],
        ["img", "figcaption"],
    ]
    details = [figure.find("{*}details") for figure in figures[:4]]
    folded = [words(each) for each in details]
    assert folded[0] == (
        "Description: Figure 1 The river runs south. Four wells lie at its left bank."
    )
    assert folded[1] == f"Description: Figure 2 {LONG.strip()}"
    assert folded[2] == f"Description {LONG.strip()}"
    assert folded[3] == (
        "Description: Figure 3 The south well is the deepest. "
        "id depth closed mill 8 1 south 21.25 –"
    )
    for figure, each in zip(figures[:4], details, strict=True):
        detail = each.get("id")
        assert figure[0].get("aria-details") == detail
        assert (detail is None) == (figure.get("id") is None)
    scopes = [head.get("scope") for head in figures[3].iter("{*}th")]
    assert scopes == ["col", "col", "col", "row", "row"]
    assert run_epubcheck(epub).failures == ()
    features = book.find("content.opf", "//o:meta[@property='schema:accessibilityFeature']/text()")
    assert {"longDescription", "alternativeText"} <= set(features)


def test_words_of_pictures_fit_e_readers(make: Maker, tmp_path: Path) -> None:
    (epub,) = build(make, tmp_path / "out", "title: Wells\neditions: [ebook]\n").glob("*.epub")
    book = Opened(epub.read_bytes())
    shown = book.find("text/01.xhtml", "//h:img/@alt")
    drawn = book.find("text/01.xhtml", "//*[local-name()='svg']/@aria-label")
    assert max(map(len, [*shown, *drawn])) <= 140
    assert shown[1].endswith("…")
    assert LONG.startswith(shown[1].removesuffix("…"))
    assert drawn == ["Bar chart. mill: depth 8, closed 1; south: depth 21.25."]


def test_a_pdf_has_them_where_it_asks(make: Maker, tmp_path: Path) -> None:
    output = build(make, tmp_path / "out")
    texts = {}
    for name, pdf in (
        (name, next(output.glob(f"*{name}*.pdf" if name != "screen" else "wells.pdf")))
        for name in ("screen", "described")
    ):
        run = ["pdftotext", str(pdf), "-"]
        found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        texts[name] = " ".join(found.split())
        with pikepdf.open(pdf) as file:
            alts = [str(each.Alt) for each in file.objects if _is_figure(each)]
        assert LONG.strip() in alts  # whole, in either
        assert "Bar chart. mill: depth 8, closed 1; south: depth 21.25." in alts
    assert "The river runs south" not in texts["screen"]
    assert "The river runs south" in texts["described"]
    assert "The south well is the deepest. id depth closed mill 8 1" in texts["described"]


def _is_figure(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure" and "/Alt" in each
