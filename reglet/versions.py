"""What made a thing, beside what it was made of: this code, and what it stands on."""

import platform
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = Path("/etc/ld.so.cache")  # is written anew when a shared library changes


@cache
def made_by(packages: Sequence[str]) -> str:
    """Return a digest of reglet's own code, of versions of `packages`, and of system libraries."""
    digest = sha256(platform.python_version().encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    for package in packages:
        digest.update(f"{package} {version(package)}".encode())
    if _LIBRARIES.exists():
        stat = _LIBRARIES.stat()
        digest.update(f"{stat.st_mtime_ns} {stat.st_size}".encode())
    return digest.hexdigest()
