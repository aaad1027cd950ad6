"""A report is changed while `reglet serve` shows it: what somebody who looks at it then sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from shown import Shown, opened, served

pytestmark = pytest.mark.full

FILLER = "".join(f"Sentence {number} of a long section says little.\n\n" for number in range(120))
REPORT = {
    "report.yaml": """\
title: Harbour
editions: [screen, ebook]
sections: [sections/01.md, sections/02.md, part: colophon]
""",
    "sections/01.md": "# Boats\n\nThe first boat was grey.^[As all were.]\n",
    "sections/02.md": f"# Nets\n\n{FILLER}The last net is\ntorn in two places.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = tmp_path_factory.mktemp("preview")
    (report / "sections").mkdir()
    for path, text in REPORT.items():
        (report / path).write_text(text)
    return report


@pytest.fixture(scope="module")
def shown(folder: Path) -> Iterator[Shown]:
    with served(folder, "--editor", "vscode") as (address, _), opened(address) as page:
        yield page


def test_new_words_are_seen_on_their_page_and_in_their_chapter(shown: Shown, folder: Path) -> None:
    assert "The first boat was grey." in shown.words(1)
    shown.change(folder / "sections" / "01.md", "grey", "painted green")
    assert "The first boat was painted green." in shown.words(1)
    assert "As all were." in shown.words(1)
    assert "painted green" in shown.chapter.locator("body").inner_text()


def test_a_mistake_is_told_beside_the_last_good_pages_and_goes(shown: Shown, folder: Path) -> None:
    file = folder / "sections" / "01.md"
    shown.change(file, "painted green", "painted green [@nobody]")
    mistake = shown.page.locator("#mistakes .error")
    assert "no source nobody" in mistake.locator(".what").inner_text()
    assert mistake.locator("mark").inner_text() == "@nobody"
    assert mistake.locator("button.at").inner_text().endswith("sections/01.md:3:35")
    assert mistake.locator("a.open").get_attribute("href") == f"vscode://file{file}:3:35"
    assert "painted green" in shown.words(1)
    assert shown.page.locator("#stale").is_visible()
    assert shown.page.locator("#status").inner_text() == "1 error"
    shown.change(file, " [@nobody]", "")
    assert shown.page.locator("#mistakes li").count() == 0
    assert shown.page.locator("#stale").is_hidden()
    assert shown.page.locator("#status").inner_text() == "In order"


def test_the_place_is_kept_when_pages_come_before_it(shown: Shown, folder: Path) -> None:
    shown.page.locator("#follow").click()
    shown.page.locator("#page").fill("3")
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_selector(".sheet[data-page='3'] .words")
    shown.page.locator(".desk").evaluate("desk => { desk.scrollTop += 300 }")
    before = shown.top()
    pages = shown.page.locator(".sheet").count()
    shown.change(folder / "sections" / "01.md", "# Boats", f"{FILLER[:2500]}\n\n# Boats")
    assert shown.page.locator(".sheet").count() == pages + 1
    shown.page.wait_for_selector(".sheet[data-page='4'] .words")
    assert shown.top() == before
    shown.page.locator("#follow").click()


def test_a_click_on_a_page_shows_the_line_it_comes_from(shown: Shown, folder: Path) -> None:
    last = shown.page.locator(".sheet").nth(-2)
    last.scroll_into_view_if_needed()
    words = last.locator(".words span", has_text="two places")
    box = words.bounding_box()
    assert box
    shown.page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2)
    card = shown.page.locator("#source")
    card.locator("mark", has_text="places").wait_for()
    line = (folder / "sections" / "02.md").read_text().count("\n")
    assert card.locator(".at").inner_text().endswith(f"sections/02.md:{line}:13")
    href = f"vscode://file{folder}/sections/02.md:{line}:13"
    assert card.locator("a.open").get_attribute("href") == href
    shown.chapter.locator("p", has_text="torn in two places").wait_for()


def test_a_click_in_the_book_shows_the_line_it_comes_from(shown: Shown) -> None:
    shown.page.keyboard.press("[")
    shown.chapter.locator("p", has_text="first boat").click()
    shown.page.locator("#source .at", has_text="sections/01.md:").wait_for()


def test_what_is_written_is_gone_to(shown: Shown, folder: Path) -> None:
    shown.page.locator("#page").fill("1")
    shown.page.keyboard.press("Enter")
    shown.change(folder / "sections" / "02.md", "torn", "mended")
    shown.page.wait_for_selector(".spot")
    number = shown.page.locator(".sheet").count() - 1
    assert shown.page.input_value("#page") == str(number)
    assert "mended in two places" in shown.words(number)
