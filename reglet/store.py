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
        path = self.folder / sha256(key.encode()).hexdigest()
        kept = _read(path)
        if kept is not None:
            return kept
        made = make()
        with contextlib.suppress(OSError):
            self._write(path, made)
            self._prune()
        return made

    def _write(self, path: Path, data: bytes) -> None:
        """Write an entry whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sha256(data).digest() + data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _prune(self) -> None:
        """Drop the entries that have not been used for longest, until the rest is small enough."""
        found = [(path, path.stat()) for path in self.folder.iterdir()]
        size = sum(stat.st_size for _, stat in found)
        for path, stat in sorted(found, key=lambda entry: entry[1].st_mtime):
            if size <= self.limit:
                return
            path.unlink(missing_ok=True)
            size -= stat.st_size


def _read(path: Path) -> bytes | None:
    """Return an entry's data if it is whole, and take note of its use."""
    try:
        digest, data = (raw := path.read_bytes())[:_DIGEST], raw[_DIGEST:]
    except OSError:
        return None
    if sha256(data).digest() != digest:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return data
