"""Long addresses: lines end within them before a mark, and what is copied is the address."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Maker, built
from lxml import etree

from reglet.line_breaks import PAPER, SCREEN, with_breaks
from reglet.speak.outline import spoken
from reglet.speak.tree import read_tree

ADDRESS = (
    "https://www.example.org/reports/2012/final-report_of.the.committee?section=4"
    "&part=notes&lang=en-GB&from=https%3A//example.org/an-annex-of-the-other-report#three"
)
SECTION = f"""# One

Words.[^a]

[^a]: It is at <{ADDRESS}>, and at [the same place as in the year before]({ADDRESS}).
"""


def lines_of(file: Path) -> list[str]:
    import pypdfium2  # heavy

    document = pypdfium2.PdfDocument(file)
    return [
        line.strip()
        for page in document
        for line in page.get_textpage().get_text_bounded().splitlines()
    ]


@pytest.mark.full
def test_an_address_is_copied_whole(make: Maker, tmp_path: Path) -> None:
    head = (
        "title: Test\ndate: 2026-11-24\neditions: [{name: screen, format: pdf, page: A5}, ebook]\n"
    )
    folder = built(make({"report.yaml": head, "sections/01.md": SECTION}), tmp_path / "out")
    lines = lines_of(folder / "test.pdf")
    first = next(n for n, line in enumerate(lines) if "https://www.ex" in line)
    text = "".join(lines[first : first + 6])
    assert ADDRESS in text
    ends = [line for line in lines[first : first + 4] if ADDRESS.find(line[-12:]) > 0]
    assert len(ends) > 1, "it takes more than a line"
    assert not [line for line in ends if re.search(r"[-.,?&=_#%]$", line)]
    assert ADDRESS in " ".join(spoken(read_tree(folder / "test.pdf")))
    with ZipFile(folder / "test.epub") as book:
        page = etree.fromstring(book.read("EPUB/text/01.xhtml"))
    links = page.xpath("//*[local-name()='a'][starts-with(@href, 'http')]")
    shown, named = links
    assert "".join(shown.itertext()) == ADDRESS
    assert len(shown.xpath("*[local-name()='wbr']")) == len(re.findall(r"[.?&=%_-]|#", ADDRESS))
    assert not named.xpath("*")


@pytest.mark.parametrize(
    ("markup", "paper", "screen"),
    [
        ("a.b", "a\u200b.b", "a<wbr />.b"),
        ("a-b", "a\u200b-\u2060b", "a<wbr />-b"),
        ("x?y=1&amp;z", "x\u200b?y\u200b=1\u200b&amp;z", "x<wbr />?y<wbr />=1<wbr />&amp;z"),
        ("a//b/.c:d", "a//b/\u200b.c:d", "a//b/<wbr />.c:d"),
        ("end.", "end.", "end."),
        (
            '<em class="a.b">c&#39;</em>',
            '<em class="a.b">c&#39;</em>',
            '<em class="a.b">c&#39;</em>',
        ),
    ],
)
def test_lines_may_end_before_marks(markup: str, paper: str, screen: str) -> None:
    assert with_breaks(markup, PAPER) == paper
    assert with_breaks(markup, SCREEN) == screen
