"""Notes below tables and in captions, in finished files."""

from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from conftest import Maker

from reglet.model.result import BuildResult
from reglet.pipeline import build
from reglet.progress import NoProgress
from reglet.proof.epubcheck import run_epubcheck

LONG = "".join(f"| Row {n} | wet |\n" for n in range(1, 61))
SECTION = f"""# Wells

By the editor.[^ed]{{.editor}} See @note-depth.

| Well | Remark[^depth]{{.below}} |
|:-----|:-------|
{LONG}| Last | dry[^depth]{{.below}}, closed^[In May, *see* @note-ed.]{{.below}} |

: Long

![The well^[The north one.]{{.below}}](figures/well.svg){{credit="Ada Bauer"}}

[^depth]: Measured from the edge.

    On Mondays.

[^ed]: By the editor.
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'


def built(folder: Path, output: Path) -> BuildResult:
    outcome = build(folder, editions=["screen", "ebook"], output=output, progress=NoProgress())
    assert [f"{item.span}: {item.message}" for item in outcome.diagnostics] == []
    assert outcome.value is not None
    return outcome.value


@pytest.mark.full
def test_notes_below_a_long_table(make: Maker, tmp_path: Path) -> None:
    folder = make({"sections/01.md": SECTION, "figures/well.svg": PICTURE})
    output = tmp_path / "out"
    result = built(folder, output)
    passed = [proof.standard for proof in result.proofs if proof.passed]
    assert passed == ["notes", "PDF/UA-1", "PDF/A-3a", "structure", "structure"]

    pdf = pikepdf.open(next(output.glob("*.pdf")))
    places = {str(name): page for name, page in destinations(pdf).items()}
    assert places["call-below-1"] < places["note-below-1"]  # at the head, and below the table
    assert places["call-below-2"] == places["note-below-1"] == places["note-below-2"]
    assert places["call-below-3"] == places["note-below-3"]

    epub = next(output.glob("*.epub"))
    assert run_epubcheck(epub).failures == ()
    with ZipFile(epub) as book:
        text = book.read("EPUB/text/01.xhtml").decode()
    assert (
        text.index("</table>")
        < text.index('<div id="note-below-1" epub:type="footnote" role="doc-footnote"')
        < text.index("<figure")
    )
    assert text.count("doc-noteref") == 5
    assert text.count('epub:type="noteref"') == text.count("<aside") == 1
    assert '<em>see</em> <a class="reference" href="#note-ed-1">note\u00a0A</a>' in text


EDITIONS = """title: Wells
editions:
  - {name: below, format: pdf, notes: section-end}
  - {name: behind, format: pdf, notes: report-end}
  - {name: file, format: epub, notes: report-end}
"""


@pytest.mark.full
def test_notes_below_a_table_stay_there_where_the_others_are_listed(
    make: Maker, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {"report.yaml": EDITIONS, "sections/01.md": SECTION}
    output = tmp_path / "out"
    outcome = build(
        make({**files, "figures/well.svg": PICTURE}), output=output, progress=NoProgress()
    )
    assert [f"{item.span}: {item.message}" for item in outcome.diagnostics] == []
    assert run_epubcheck(next(output.glob("*.epub"))).failures == ()
    for path in output.glob("*.pdf"):
        places = destinations(pikepdf.open(path))
        assert places["call-below-3"] == places["note-below-3"]
        assert "note-ed-1" in places


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The page, from 0, of each name that a link may lead to."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    tree = pikepdf.NameTree(pdf.Root.Names.Dests)
    return {name: pages[target[0].objgen] for name, target in tree.items()}


@pytest.mark.full
def test_a_theme_that_leaves_notes_below_out_is_found_out(make: Maker, tmp_path: Path) -> None:
    macro = "{% macro table(node, content, parent) %}<table>{{ content }}</table>{% endmacro %}"
    house = Path("templates/inquiry/pdf/notes.html").read_text(encoding="utf-8")
    files: dict[str, str | bytes] = {
        "sections/01.md": "# One\n\n| A^[Lost.]{.below} |\n|---|\n| b |\n",
        "templates/inquiry/pdf/notes.html": f"{house}{macro}\n",
    }
    outcome = build(make(files), editions=["screen"], output=tmp_path / "o", progress=NoProgress())
    assert "note-lost" in {item.code for item in outcome.diagnostics}
