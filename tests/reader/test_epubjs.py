"""EPUBs in epub.js, on which many reading systems stand: by day and night, on phones and wide."""

from itertools import product

import pytest
from conftest import ROOT
from reading_system import reading

from reglet.model.report import Edition
from reglet.pipeline import preview

pytestmark = pytest.mark.full

WINDOWS = {"narrow": {"width": 390, "height": 780}, "wide": {"width": 1280, "height": 800}}
LEAST = 4.5  # contrast of letters (WCAG 2.2 §1.4.3)


@pytest.fixture(scope="module", params=["inquiry", "plain", "brief"])
def book(request: pytest.FixtureRequest) -> bytes:
    outcome = preview(ROOT / "tests" / "cases" / "themes", [Edition("book", "epub", request.param)])
    assert not outcome.failed
    return outcome.value[0].data


@pytest.mark.parametrize(("size", "dark"), [*product(WINDOWS, (False, True))])
def test_chapters_can_be_read(book: bytes, size: str, *, dark: bool) -> None:
    with reading(book, "epubjs.html", WINDOWS[size]) as page:
        chapters = page.evaluate("dark => reader.open(dark)", dark)
        assert len(chapters) > 6
        families, notes = set(), 0
        for chapter in chapters:
            page.evaluate("chapter => reader.goTo(chapter)", chapter)
            assert page.evaluate("reader.words()").strip() or "cover" in chapter, chapter
            assert page.evaluate("reader.wide()") == [], chapter
            assert page.evaluate("least => reader.pale(least)", LEAST) == [], chapter
            assert page.evaluate("reader.failed()") == [], chapter
            families |= set(page.evaluate("reader.fonts()"))
            targets = page.evaluate("reader.calls()")
            if targets and not notes:
                assert page.evaluate("reader.follow(0)") == targets[0]
                notes = len(targets)
        assert notes
        assert any("Reglet" in family for family in families), families
