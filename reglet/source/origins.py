"""Hosts that pictures may be fetched from: what was typed comes in, an `Origin` goes out, or None.

An address has an origin, too: scheme, host and port (RFC 6454 §4). Only equal ones match.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"https": 443, "http": 80}

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]*:[0-9a-f:.]*")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an address leads: `http` or `https`, a host in small ASCII letters, a port."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        """Write it as it is typed behind `--allow-net`."""
        scheme = "" if self.scheme == "https" else f"{self.scheme}://"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")


def origin_of(address: str) -> Origin | None:
    """Return the origin of an address; None for one with a user's name in it, or without a host."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError:  # a port that is no number, a bracket left open, a name that is none
        return None
    if parts.scheme not in PORTS or "@" in parts.netloc or not _NAME.fullmatch(name):
        return None
    return Origin(parts.scheme, name, PORTS[parts.scheme] if port is None else port)


def typed_origin(text: str) -> Origin | None:
    """Return the origin that `HOST`, `HOST:PORT` or `http://HOST` names; None for anything else."""
    address = text if "://" in text else f"https://{text}"
    origin = origin_of(address)
    bare = origin is not None and re.fullmatch(r"\w+://[^/?#\\\s]+/?", address)
    return origin if bare else None
