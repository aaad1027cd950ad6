"""An EPUB on a phone: nothing is cut off at the edge of the screen, in any theme."""

from pathlib import Path

import pytest
from conftest import ROOT
from reading_system import opened

from reglet.model.report import Edition
from reglet.pipeline import preview

pytestmark = pytest.mark.full

PHONE = {"width": 390, "height": 780}
WIDE = """() => {
    const { doc } = document.querySelector('#book').renderer.getContents()[0]
    const room = doc.body.getClientRects()[0].width
    return [...doc.querySelectorAll('table, pre, figure, img, svg, ul, p')]
        .filter(({ scrollWidth: whole, clientWidth: seen }) => whole > seen + 1 || seen > room + 1)
        .map(({ tagName, textContent }) => `${tagName} ${textContent.slice(0, 40)}`)
}"""


@pytest.mark.parametrize("theme", ["inquiry", "plain", "brief"])
@pytest.mark.parametrize(
    "report", [ROOT, ROOT / "tests" / "cases" / "themes"], ids=lambda p: p.name
)
def test_nothing_is_wider_than_a_phone(theme: str, report: Path) -> None:
    outcome = preview(report, [Edition("book", "epub", theme)])
    assert not outcome.failed
    [book] = outcome.value
    with opened(book.data, PHONE) as reader:
        for number in range(1, len(reader.sections)):
            reader.turn_to(number)
            assert reader.page.evaluate(WIDE) == []
