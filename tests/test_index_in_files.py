"""The index of finished files: its pages are those of the words, its links lead to them."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Maker
from lxml import etree

from reglet.model.report import READY_MADE, Edition
from reglet.pipeline import preview

PROSE = "The gauges were read each morning at six, before anyone had drawn from the well. " * 9
SMALL = Edition("screen", "pdf", settings={"page": "A5"})
MARKED = "The [sexton]{.index}"
FILES: dict[str, str | bytes] = {
    **{f"sections/0{n}.md": f"# Part {n}\n\n{PROSE}\n\n{MARKED}{n} came.\n" for n in (1, 2, 4)},
    "sections/03.md": '# Part 3\n\n::: {.index term="Water"}\nfirstwater\n\n'
    + f"{PROSE}\n\n" * 6
    + "lastwater\n:::\n\nA note.^[The [rope]{.index}.]\n",
}
XHTML = "{http://www.w3.org/1999/xhtml}"


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    file = folder / "file.pdf"
    file.write_bytes(pdf)
    command = ["pdftotext", "-raw", str(file), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\f")


@pytest.mark.full
def test_the_index_leads_to_its_words(make: Maker, tmp_path: Path) -> None:
    outcome = preview(make(FILES), [SMALL, READY_MADE["ebook"]])
    assert outcome.diagnostics == ()
    pdf, book = outcome.value
    pages = pages_of(pdf.data, tmp_path)
    [index] = [text for text in pages if text.startswith("Index\n")]
    told = dict(re.findall(r"^(\w+), ([\d–, ]+)$", index, re.M))

    def page_of(word: str) -> int:
        return next(n for n, text in enumerate(pages, start=1) if re.search(word, text))

    sextons = [page_of(f"sexton{n}") for n in (1, 2, 4)]
    assert told == {
        "rope": str(page_of(r"The rope\.")),
        "sexton": ", ".join(map(str, sextons)),
        "Water": f"{page_of('firstwater')}–{page_of('lastwater')}",
    }
    with ZipFile(BytesIO(book.data)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist() if ".xhtml" in name}
    root = etree.fromstring(texts["EPUB/text/index.xhtml"])
    found = {}
    for link in root.iter(f"{XHTML}a"):
        file, _, name = link.get("href").partition("#")
        [target] = etree.fromstring(texts[f"EPUB/text/{file}"]).xpath(f"//*[@id='{name}']")
        found[link.text] = (target.xpath("string()"), target.getparent().xpath("string()"))
    assert found["Part 2"][0] == "sexton"
    assert found["note\u00a01"] == ("rope", "1. The rope.")
    assert found["Part 3"][1].startswith("firstwater")
    assert root.xpath("//*[@role='doc-index']")
