"""A reading system in headless Chromium, driven with a mouse: an EPUB's bytes in, its notes out."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
MODULES = Path(sys.prefix) / "share" / "node" / "node_modules"  # by tools/setup.sh
FOLIATE = MODULES / "foliate-js"
WINDOW = {"width": 760, "height": 960}
PATIENCE = 10_000  # ms, for a note to pop up or a page to be turned to
OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()
TYPES = {".js": "text/javascript", ".html": "text/html", ".epub": "application/epub+zip"}


@dataclass(frozen=True, slots=True)
class Popup:
    """A note that stands open: its visible words, and its links as `role`, `href`, `id`, `text`."""

    text: str
    links: tuple[dict[str, str], ...]

    def ids(self, role: str) -> list[str]:
        """List the identifiers that links of a role lead to, or of calls their own."""
        key = "id" if role == "doc-noteref" else "href"
        return [link[key].rpartition("#")[2] for link in self.links if link["role"] == role]


class Reader:
    """One book, open; every action is a click at the place where a link is seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sections: list[dict[str, str]] = page.evaluate("reader.open()")

    def turn_to(self, target: str | int) -> None:
        """Show the page where an identifier stands (`EPUB/text/x.xhtml#call-1`), or a section."""
        self.page.evaluate("target => reader.goTo(target)", target)

    def click_call(self, id: str) -> Popup:
        """Click a call on the page that is shown, and return what pops up."""
        found = self.page.evaluate("id => reader.call(id)", id)
        assert self._seen(found["point"]), f"{id} is not on the page that is shown"
        self._click(found["point"])
        return self._popup(1)

    def click_inner(self, nth: int, layers: int) -> Popup:
        """Click the nth call within the open note."""
        self._click(self.page.evaluate("nth => reader.link('doc-noteref', nth)", nth))
        return self._popup(layers)

    def return_by(self, nth: int, call: str) -> str:
        """Follow the nth backlink of the open note; return the file that shows its call then."""
        self._click(self.page.evaluate("nth => reader.link('doc-backlink', nth)", nth))
        try:
            self.page.wait_for_function(
                """([id, height]) => {
                    const { point } = reader.call(id)
                    return point && point.x > 0 && point.y > 0 && point.y < height
                        && !document.querySelector('#notes').childElementCount
                }""",
                arg=[call, WINDOW["height"]],
                timeout=PATIENCE,
            )
        except Exception as error:
            raise AssertionError(f"the backlink to {call} does not lead there") from error
        found = self.page.evaluate("id => reader.call(id)", call)
        assert self._seen(found["point"]), call
        return str(found["file"])

    def close(self, left: int = 0) -> None:
        """Close the notes that stand open, but for the first `left`."""
        self.page.evaluate("left => reader.close(left)", left)

    def _popup(self, layers: int) -> Popup:
        self.page.wait_for_function("count => reader.ready(count)", arg=layers, timeout=PATIENCE)
        note = self.page.evaluate("reader.note()")
        return Popup(note["text"], tuple(note["links"]))

    def _click(self, point: dict[str, float] | None) -> None:
        assert self._seen(point), "what is to be clicked cannot be seen"
        assert point is not None
        self.page.mouse.click(point["x"], point["y"])

    def _seen(self, point: dict[str, float] | None) -> bool:
        return point is not None and (
            0 <= point["x"] <= WINDOW["width"] and 0 <= point["y"] <= WINDOW["height"]
        )


@contextmanager
def opened(book: bytes, window: Mapping[str, int] = WINDOW) -> Iterator[Reader]:
    """Open a book in foliate-js, in a window of a size."""
    with reading(book, "reader.html", window) as page:
        yield Reader(page)


@contextmanager
def reading(book: bytes, name: str, window: Mapping[str, int]) -> Iterator[Page]:
    """Show one of the pages beside this file, which reads a book.

    What the page complains of fails the test.
    """
    chromium = shutil.which("chromium")
    assert chromium, "the reader test needs Chromium: apt-get install chromium"
    assert FOLIATE.is_dir(), "the reader test needs foliate-js: tools/setup.sh test"
    faults: list[str] = []
    with _served(book) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=OPTIONS, env=_environment()
        )
        page = browser.new_page(viewport=window)  # type: ignore[arg-type]
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/{name}")
        page.wait_for_function("window.reader")
        yield page
        faults += page.evaluate("reader.faults")
        browser.close()
    assert not faults, faults


def _environment() -> dict[str, str | float | bool]:
    """Return the environment without what the page engine sets in it, which hides every font."""
    return {name: word for name, word in os.environ.items() if name != "FONTCONFIG_FILE"}


@contextmanager
def _served(book: bytes) -> Iterator[str]:
    """Serve pages, reading systems and the book on this machine alone; yield the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, book))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Files(BaseHTTPRequestHandler):
    """Answers with the book, or with a file of the pages' or of a reading system."""

    def __init__(self, book: bytes, *arguments: object) -> None:
        self.book = book
        super().__init__(*arguments)  # type: ignore[arg-type] # the server's

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/book.epub":
            data = self.book
        else:
            top, _, rest = path.lstrip("/").partition("/")
            folders = {"foliate": FOLIATE, "modules": MODULES}
            file = folders[top] / rest if top in folders else HERE / path.lstrip("/")
            if not file.is_file():
                self.send_error(404)
                return
            data = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing of every file that is asked for."""
