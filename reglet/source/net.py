"""The door to the network: an address on an allowed host in, bytes out, or a reason why not.

Nothing else in reglet connects to anything. No proxy is asked, no cookie and no password is sent.
"""

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from reglet import __version__
from reglet.source.origins import PORTS, Origin, origin_of

_SHORTEST = 0.001  # seconds; 0 would be none
MOST_HOPS = 5  # addresses, from the one written to the one that has the picture

_HEADERS = {
    "User-Agent": f"reglet/{__version__}",
    "Accept": "image/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_PLAIN = "/%:@!$&'()*+,;=~"  # what stands in a path as it is (RFC 3986 §3.3), and escapes
_ELSEWHERE = frozenset({301, 302, 303, 307, 308})


class UnfetchedError(Exception):
    """A picture that could not be had; its words say why.

    `allow` is what would have to be allowed besides; `silent` is who does not answer.
    """

    def __init__(
        self, reason: str, *, allow: Origin | None = None, silent: Origin | None = None
    ) -> None:
        super().__init__(reason)
        self.allow = allow
        self.silent = silent


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host sent, and the media type that it calls it."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one fetch may take: bytes, seconds of the clock, and each in words."""

    size: int
    seconds: float
    size_words: str
    seconds_words: str


def fetch(address: str, allowed: Collection[Origin], bounds: Bounds) -> Answer:
    """Fetch from an allowed host, as far as it leads to allowed ones; raises UnfetchedError."""
    end = time.monotonic() + bounds.seconds
    for _ in range(MOST_HOPS):
        origin = origin_of(address)
        if origin is None or origin not in allowed:
            raise UnfetchedError(f"it leads to `{address[:60]}`", allow=origin)
        answer = _ask(address, origin, bounds, end)
        if isinstance(answer, Answer):
            return answer
        address = urljoin(address, answer)
    raise UnfetchedError("it leads from one address to the next without end")


def _ask(address: str, origin: Origin, bounds: Bounds, end: float) -> Answer | str:
    """Send one request; return what it gives, or the address to which it leads."""
    try:
        with _connected(origin, end) as connection:
            connection.request("GET", _target(address), headers=_HEADERS)
            with connection.getresponse() as response:
                return _read(response, bounds, lambda: time.monotonic() >= end)
    except ssl.SSLCertVerificationError as error:
        reason = f"the host's certificate does not hold: {error.verify_message}"
        raise UnfetchedError(reason, silent=origin) from error
    except socket.gaierror as error:
        raise UnfetchedError(f"no host `{origin.host}` is found", silent=origin) from error
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= end:
            reason = f"it did not come within {bounds.seconds_words}"
        elif isinstance(error, ConnectionRefusedError):
            reason = f"nobody answers at `{origin}`"
        else:
            reason = f"the connection failed ({type(error).__name__})"
        raise UnfetchedError(reason, silent=origin) from error


@contextmanager
def _connected(origin: Origin, end: float) -> Iterator[HTTPConnection]:
    """Connect to a host; whatever is going on at the `end`, the connection is shut then."""
    wait = max(end - time.monotonic(), _SHORTEST)
    with socket.create_connection((origin.host, origin.port), wait) as plain, plain.dup() as spare:
        watch = Timer(max(end - time.monotonic(), _SHORTEST), _shut, [spare])
        watch.start()
        connection = HTTPConnection(origin.host, origin.port)
        connection.default_port = PORTS[origin.scheme]  # the header Host leaves it out
        connection.sock = plain
        try:
            if origin.scheme == "https":
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(plain, server_hostname=origin.host)
            yield connection
        finally:
            connection.close()
            watch.cancel()
            watch.join()


def _shut(link: socket.socket) -> None:
    """End a connection, whoever else has it; what is read from it then ends, too."""
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)


def _target(address: str) -> str:
    """Return what is asked for of the host: path and query, in ASCII."""
    parts = urlsplit(address)
    path, query = quote(parts.path, safe=_PLAIN) or "/", quote(parts.query, safe=f"{_PLAIN}?")
    return f"{path}?{query}" if query else path


def _read(response: HTTPResponse, bounds: Bounds, late: Callable[[], bool]) -> Answer | str:
    """Read an answer, no further than is allowed."""
    leads = response.getheader("Location")
    if response.status in _ELSEWHERE and leads:
        return leads
    if response.status != HTTPStatus.OK:
        raise UnfetchedError(f"the host answers {_status(response.status)}")
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise UnfetchedError("the host packs it, unasked")
    large = UnfetchedError(f"it is over the limit of {bounds.size_words}")
    if (response.length or 0) > bounds.size:
        raise large
    data = response.read(bounds.size + 1)
    if late():
        raise TimeoutError
    if len(data) > bounds.size:
        raise large
    if response.length:
        raise UnfetchedError("it is cut short")
    return Answer(data, response.headers.get_content_type())


def _status(number: int) -> str:
    """Name a status; what the host itself calls it is not shown."""
    try:
        return f"{number} {HTTPStatus(number).phrase}"
    except ValueError:
        return str(number)
