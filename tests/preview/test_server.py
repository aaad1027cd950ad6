"""Whom the preview answers, with what, and whom it does not."""

import http.client
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest
from click.testing import CliRunner
from conftest import Maker

from reglet.cli import cli
from reglet.model.diagnostic import Diagnostic
from reglet.model.document import Built
from reglet.model.report import Edition, Report
from reglet.pipeline import preview, show
from reglet.preview.book import Book
from reglet.preview.builder import chosen
from reglet.preview.run import PortTakenError, serving
from reglet.preview.server import Server
from reglet.preview.session import Session
from reglet.preview.watch import changes
from reglet.views import view_from
from reglet.warm import Warm
from reglet.workshop import Workshop

Ask = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def server(make: Maker) -> Iterator[Server]:
    """Answer for a report that has not been built."""
    folder = make({"sections/01.md": "# One\n\nA word.\n", "sections/secret.txt": "no"})
    session = Session(folder, ())
    session.edited(())
    wanted: SimpleQueue[frozenset[Path]] = SimpleQueue()
    made = Server(session, view_from(folder, colour=False), "copy", wanted, 0)
    thread = Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def ask(server: Server) -> Ask:
    def request(
        path: str, method: str = "GET", host: str = "", **headers: str
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        connection.close()
        return answer

    return request


def test_only_this_machine_is_listened_to(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1"])
def test_a_page_of_another_name_is_not_answered(ask: Ask, host: str) -> None:
    for path in ("/", "/events", "/source?at=sections/01.md:1:1"):
        assert ask(path, host=host).status == 403


def test_the_page_runs_nothing_but_its_own_and_fetches_nothing(ask: Ask, server: Server) -> None:
    answer = ask("/", host=f"localhost:{server.server_port}")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status == 200
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert server.answers.token.encode() in answer.body  # type: ignore[attr-defined]


def test_a_build_is_begun_by_the_page_alone(ask: Ask, server: Server) -> None:
    for token in ("", "x" * 43, "é"):
        assert ask("/build", "POST", X_Reglet_Token=token).status == 403
    assert server.wanted.empty()
    assert ask("/build", "POST", X_Reglet_Token=server.answers.token).status == 200
    assert server.wanted.get_nowait() == frozenset()


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/..%2f..%2fpyproject.toml",
        "/nothing.js",
        "/__init__.py",
        "/page/x/1?width=100",
        "/words/x/1",
        "/book/x/EPUB/nav.xhtml",
        "/source?at=../../etc/passwd:1:1",
        "/source?at=/etc/passwd:1:1",
        "/source?at=nonsense",
        "/source?at=sections/secret.txt:1:1",
        "/place",
    ],
)
def test_what_is_not_there_is_not_found(ask: Ask, path: str) -> None:
    assert ask(path).status == 404


def test_a_place_of_the_source_is_shown_with_its_line(ask: Ask) -> None:
    answer = ask("/source?at=sections/01.md:3:1&words=A%20word.&offset=3")
    found = json.loads(answer.body)  # type: ignore[attr-defined]
    assert found["place"].endswith("sections/01.md:3:3")
    assert (found["text"], found["column"], found["length"]) == ("A word.", 3, 4)


class Onlooker:
    """Keeps the editions that it is shown."""

    def __init__(self) -> None:
        self.seen: list[Built] = []

    def stage(self, name: str, detail: str = "", page: int | None = None) -> None:
        pass

    def choose(self, report: Report, told: object) -> tuple[Edition, ...]:
        return chosen(report, ["ebook"])[0]

    def made(self, built: Built) -> None:
        self.seen.append(built)


def test_previews_alone_say_where_words_come_from(make: Maker) -> None:
    folder = make({"sections/01.md": "# One\n\nA word.\n"})
    onlooker = Onlooker()
    assert show(folder, onlooker, Warm(Workshop(jobs=1), placed=True)).diagnostics == ()
    shown = Book(onlooker.seen[0], "1")
    [plain] = preview(folder, [Edition("ebook", "epub")]).value
    path = next(each.href for each in shown.chapters if each.written)
    assert b'<p data-at="sections/01.md:3:1">A word.</p>' in shown.file(path)[0]
    assert b"<p>A word.</p>" in Book(plain, "1").file(path)[0]


def test_the_first_pdf_and_epub_are_shown_or_those_that_are_named() -> None:
    editions = (
        Edition("web", "web"),
        Edition("ebook", "epub"),
        Edition("press", "pdf"),
        Edition("screen", "pdf"),
    )
    report = Report("Test", editions=editions)

    def names(*wanted: str) -> tuple[list[str], list[Diagnostic]]:
        found, unknown = chosen(report, wanted)
        return [edition.name for edition in found], unknown

    assert names() == (["press", "ebook"], [])
    assert names("screen") == (["screen"], [])
    found, [unknown] = names("screen", "web")
    assert found == ["screen"]
    assert unknown.code == "unknown-edition"


def test_changes_are_told_but_for_what_builds_write(make: Maker) -> None:
    folder = make({"output/a.json": "{}", ".git/x": "", "sections/01.md": "# One\n"})
    end = Event()
    found = changes(folder, end)
    told: SimpleQueue[frozenset[Path]] = SimpleQueue()

    def listen() -> None:
        for each in found:
            told.put(each)

    thread = Thread(target=listen)
    thread.start()
    section, seen = folder / "sections" / "01.md", frozenset[Path]()
    for number in range(100):
        for path in (folder / "output" / "a.json", folder / ".git" / "x", section):
            path.write_text(f"# {number}\n")
        try:
            seen = told.get(timeout=0.2)
            break
        except Empty:  # the watch has not begun yet
            continue
    end.set()
    thread.join()
    assert seen == {section}


def test_a_port_that_is_taken_is_said_and_another_found_unless_it_was_asked_for(
    make: Maker,
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(Session(make({}), ()), "copy", port, otherwise=0) as served:
            assert served.server.server_port != port
        with pytest.raises(PortTakenError), serving(Session(make({}), ()), "copy", port):
            pass
        result = CliRunner().invoke(cli, ["serve", str(make({})), "--port", str(port)])
    assert result.exit_code == 1
    assert f"port {port} is taken" in result.stderr


def test_an_editor_that_is_none_is_wrong_usage(make: Maker) -> None:
    result = CliRunner().invoke(cli, ["serve", str(make({})), "--editor", "vim"])
    assert result.exit_code == 2
    assert "'vim' is no editor: vscode" in result.stderr
