"""A report in `reglet serve` and that in headless Chromium: what one sees there, and does."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import FrameLocator, Page, sync_playwright

OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PATIENCE = 90_000  # ms


@contextmanager
def served(report: Path, *options: str) -> Iterator[tuple[str, int]]:
    """Run `reglet serve`, and yield the page's address and the number of the process."""
    command = [sys.executable, "-m", "reglet", "serve", str(report), "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address
            yield address[0], process.pid
        finally:
            process.terminate()
            assert process.wait(30) == 0


class Shown:
    """The page, open."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.goto(address)
        self.wait(1)

    def wait(self, builds: int) -> None:
        """Wait until so many builds are over and shown."""
        self.page.wait_for_selector(f'html[data-builds="{builds}"]')

    @property
    def builds(self) -> int:
        return int(self.page.get_attribute("html", "data-builds") or 0)

    def change(self, file: Path, old: str, new: str) -> None:
        """Change words of a file, and wait until what comes of it is shown."""
        text, builds = file.read_text(), self.builds
        assert text.count(old) == 1
        file.write_text(text.replace(old, new))
        self.wait(builds + 1)

    def words(self, number: int) -> str:
        """Return the words of a page of the PDF, once it is drawn."""
        layer = self.page.locator(f".sheet[data-page='{number}'] .words")
        layer.wait_for()
        return " ".join("".join(layer.locator("span").all_inner_texts()).split())

    @property
    def chapter(self) -> FrameLocator:
        return self.page.frame_locator("iframe.open")

    def top(self) -> str:
        """Return the words that stand at the upper edge of the pages."""
        found = self.page.evaluate(
            """() => {
                const edge = document.querySelector('.desk').getBoundingClientRect().top
                const rows = [...document.querySelectorAll('.words span')]
                return rows.find(row => row.getBoundingClientRect().bottom > edge).textContent
            }"""
        )
        return str(found)


@contextmanager
def opened(address: str) -> Iterator[Shown]:
    """Open the page in Chromium; what it complains of fails the test."""
    chromium = shutil.which("chromium")
    assert chromium, "the preview's test needs Chromium: apt-get install chromium"
    environment: dict[str, str | float | bool] = {**os.environ}
    environment.pop("FONTCONFIG_FILE", None)  # the page engine's, which hides every font
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=OPTIONS, env=environment
        )
        shown = Shown(browser.new_page(viewport={"width": 1440, "height": 900}), address)
        yield shown
        browser.close()
    assert not shown.faults, shown.faults
    assert all(url.startswith((address, "data:")) for url in shown.asked)
