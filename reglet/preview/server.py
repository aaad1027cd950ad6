"""Shows a session on a page of this machine's own: requests of its browsers in, answers out.

Nobody else is answered: the socket is bound to this machine, a page of another site that has its
name lead here is known by the Host header, and what does more than read needs the page's token.
"""

import json
import secrets
import sys
import time
from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from socket import socket
from urllib.parse import parse_qs, unquote, urlsplit

from reglet.messages import View
from reglet.preview.answers import READ, Answer, Answers, in_json
from reglet.preview.session import Session, State
from reglet.preview.told import told

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
PATIENCE = 15.0  # s until a line is sent to see whether anybody is still there
PACE = 0.08  # s between two lines about the stage of a build

_GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ASIDE = {"Cache-Control": "no-store"}
_LASTING = {"Cache-Control": "private, max-age=31536000, immutable"}


class _RefusedError(Exception):
    """A request that gets no answer but its status."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Server(ThreadingHTTPServer):
    """Answers for one session; `wanted` is where a browser's wish for a new build is put."""

    daemon_threads = True

    def __init__(
        self,
        session: Session,
        view: View,
        editor: str,
        wanted: SimpleQueue[frozenset[Path]],
        port: int,
    ) -> None:
        super().__init__((ADDRESS, port), _Request)
        self.answers = Answers(session, view, editor, secrets.token_urlsafe(32))
        self.wanted = wanted
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in NAMES)

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing of browsers that go away in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return f"http://{ADDRESS}:{self.server_port}/"


class _Request(BaseHTTPRequestHandler):
    """One request of a browser."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "reglet"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer, but for those that must not ask."""
        self._answered(self._read)

    def do_POST(self) -> None:
        """Begin a build, for the page itself alone."""
        self._answered(self._act)

    def _answered(self, answer: Callable[[], Answer | None]) -> None:
        try:
            self._check_host()
            found = answer()
        except _RefusedError as refused:
            self._refuse(refused.status)
        except LookupError:
            self._refuse(HTTPStatus.NOT_FOUND)
        else:
            if found is not None:
                self._send(found)

    def _check_host(self) -> None:
        """Refuse what another site has its own name lead here for."""
        if self.headers.get("Host", "") not in self.server.hosts:
            raise _RefusedError(HTTPStatus.FORBIDDEN)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def _read(self) -> Answer | None:
        address = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        first, _, rest = unquote(address.path).lstrip("/").partition("/")
        if first == "":
            return self.server.answers.page()
        if first == "events":
            self._tell()
            return None
        if first in READ:
            return READ[first](self.server.answers, rest, query)
        return self.server.answers.part(first)

    def _act(self) -> Answer:
        given = self.headers.get("X-Reglet-Token", "")
        if not compare_digest(given.encode(), self.server.answers.token.encode()):
            raise _RefusedError(HTTPStatus.FORBIDDEN)
        if self.path != "/build" or self.headers.get("Content-Length", "0") != "0":
            raise _RefusedError(HTTPStatus.NOT_FOUND)
        self.server.wanted.put(frozenset())
        return in_json(True)

    def _send(self, answer: Answer) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.data)))
        self.send_header("Content-Security-Policy", answer.policy)
        for name, value in (_GUARDS | (_LASTING if answer.lasting else _ASIDE)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.data)

    def _tell(self) -> None:
        """Send every state for as long as somebody listens (Server-Sent Events)."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in (_GUARDS | _ASIDE | {"Content-Type": "text/event-stream"}).items():
            self.send_header(name, value)
        self.end_headers()
        last = State(number=-1)
        try:
            while True:
                state = self.server.answers.session.wait(last.number, PATIENCE)
                self.wfile.write(self._event(state, last))
                self.wfile.flush()
                last = state
                time.sleep(PACE)
        except OSError:
            return

    def _event(self, state: State, last: State) -> bytes:
        if state.number == last.number:
            return b":\n\n"
        if last.number >= 0 and _but_for_stage(state) == _but_for_stage(last):
            return f"event: stage\ndata: {json.dumps(state.stage)}\n\n".encode()
        answers = self.server.answers
        text = json.dumps(told(state, answers.view, answers.editor))
        return f"event: state\ndata: {text}\n\n".encode()

    def log_message(self, *_: object) -> None:
        """Say nothing of what is asked for."""


def _but_for_stage(state: State) -> tuple[object, ...]:
    seen = tuple(id(each) for each in state.shown)
    return state.building, state.told, state.fault, seen, state.edits, state.builds, state.title
