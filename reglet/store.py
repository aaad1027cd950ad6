"""What builds have made, kept for the next ones in the user's cache folder.

A convenience: where the folder cannot be read or written, everything is simply made again.
"""

import contextlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_DIGEST = sha256().digest_size


def cache_folder() -> Path:
    """Return reglet's folder among the user's caches (XDG Base Directory Specification)."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():
        try:
            base = Path.home() / ".cache"
        except RuntimeError:  # a user without a home keeps nothing
            base = Path(os.devnull)
    return base / "reglet"


@dataclass(frozen=True, slots=True)
class Store:
    """Entries of bytes below `folder`, of no more than `limit` bytes together.

    Several builds may use it at once. An entry that is damaged counts as missing.
    """

    folder: Path
    limit: int

    def made_once(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under `key`, which stands for all it depends on, or make it now."""
        kept = self.get(key)
        if kept is None:
            kept = make()
            self.put(key, kept)
            self.prune()
        return kept

    def get(self, key: str) -> bytes | None:
        """Return what is kept under `key` if it is whole, and take note of its use."""
        path = self._path(key)
        try:
            digest, data = (raw := path.read_bytes())[:_DIGEST], raw[_DIGEST:]
        except OSError:
            return None
        if sha256(data).digest() != digest:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep `data`, whole or not at all."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(sha256(data).digest() + data)
                Path(name).replace(self._path(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def prune(self) -> None:
        """Drop the entries that have not been used for longest, until the rest is small enough."""
        with contextlib.suppress(OSError):
            found = [(path, path.stat()) for path in self.folder.iterdir()]
            size = sum(stat.st_size for _, stat in found)
            for path, stat in sorted(found, key=lambda entry: entry[1].st_mtime):
                if size <= self.limit:
                    return
                path.unlink(missing_ok=True)
                size -= stat.st_size

    def _path(self, key: str) -> Path:
        return self.folder / sha256(key.encode()).hexdigest()


def empty(folder: Path) -> int:
    """Remove a folder of entries; return how many bytes they had. What resists stays."""
    freed = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        with contextlib.suppress(OSError):
            if path.is_dir():
                path.rmdir()
                continue
            bytes_here = path.stat().st_size
            path.unlink()
            freed += bytes_here
    return freed
