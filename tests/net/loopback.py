"""Hosts on this machine that serve pictures, well or badly, and keep what they were asked."""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from PIL import Image

NAME = "127.0.0.1"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h9v9z"/></svg>'
)
Answer = Callable[[BaseHTTPRequestHandler, Event], None]


def png(width: int = 40, height: int = 30, colour: str = "teal") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


def sends(data: bytes, kind: str = "image/png", status: int = 200, **headers: str) -> Answer:
    """Answer with these bytes; `Content_Length` and others may be told wrongly."""

    def answer(request: BaseHTTPRequestHandler, _over: Event) -> None:
        request.send_response(status)
        told = {"Content-Type": kind, "Content-Length": str(len(data))}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in told.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(data)

    return answer


def leads(address: str, status: int = 302) -> Answer:
    return sends(b"", "text/plain", status, Location=address)


def endless(request: BaseHTTPRequestHandler, over: Event) -> None:
    """Send and send, without a word of how much it will be."""
    request.send_response(200)
    request.end_headers()
    while not over.is_set():
        request.wfile.write(bytes(100_000))


def silent(_request: BaseHTTPRequestHandler, over: Event) -> None:
    """Say nothing."""
    over.wait()


def dripping(request: BaseHTTPRequestHandler, over: Event) -> None:
    """Send a head that has no end, a byte at a time, so that no single wait is long."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not over.is_set():
        request.wfile.write(b"a")
        time.sleep(0.05)


def trickling(request: BaseHTTPRequestHandler, over: Event) -> None:
    """Send a picture so, behind a head in order."""
    sends(b"", Content_Length="1000000")(request, over)
    while not over.is_set():
        request.wfile.write(b"a")
        time.sleep(0.05)


@dataclass
class Host:
    """A host, and the requests that came to it: paths, and the heads of all."""

    port: int
    scheme: str
    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    heads: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def typed(self) -> str:
        """What `--allow-net` takes for it."""
        return f"{'http://' if self.scheme == 'http' else ''}{NAME}:{self.port}"

    def at(self, path: str) -> str:
        return f"{self.scheme}://{NAME}:{self.port}{path}"


@contextmanager
def hosting(answers: Mapping[str, Answer], certificate: Path | None = None) -> Iterator[Host]:
    """Serve answers by path at a free port; by https with a certificate and its key."""
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            host.heads.append(dict(self.headers.items()))
            lost = sends(b"<p>Lost</p>", "text/html", 404)
            try:
                host.answers.get(self.path.partition("?")[0], lost)(self, over)
            except OSError:  # whoever asked has gone
                return

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # a handshake that was broken off

    server = Server((NAME, 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    host = Host(server.server_port, "https" if certificate else "http", dict(answers))
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield host
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def certified(folder: Path) -> Path:
    """Write a certificate of this machine's address, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Salt Press")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 7, now - timedelta(1), now + timedelta(1)
    )
    made = made.add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ip_address(NAME))]), False
    )
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    place = folder / "host.pem"
    place.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return place
