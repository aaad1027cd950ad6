"""An EPUB's zip: entries in, the same bytes out on every machine and in every time zone.

OCF 3.3 §4.2: `mimetype` comes first, stored and without extra fields.
"""

import io
import re
import zipfile
from datetime import datetime

from reglet.formats.clock import EARLIEST_ZIP

_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_PACKED_ALREADY = (".jpg", ".png", ".gif", ".webp", ".woff2")
_UNIX = 3
_MODE = 0o100644


class Archive:
    """What EbookLib's writer takes for its `ZipFile`: entries in the order they are written."""

    def __init__(self, moment: datetime) -> None:
        """Date every entry `moment`, in UTC; zip knows no year before 1980."""
        self._date = max(moment, EARLIEST_ZIP).timetuple()[:6]
        self._entries: dict[str, bytes] = {}

    def writestr(self, name: str, data: str | bytes) -> None:
        """Add an entry.

        Raises ValueError for a name that stands twice, leads out of the archive, or holds
        anything but ASCII letters, digits, dots, hyphens and underscores.
        """
        if not all(_SEGMENT.fullmatch(part) for part in name.split("/")):
            raise ValueError(f"not a safe name in an EPUB: {name!r}")
        if name.lower() in (entry.lower() for entry in self._entries):
            raise ValueError(f"a name stands twice in the EPUB: {name!r}")
        self._entries[name] = data.encode() if isinstance(data, str) else data

    def finish(self) -> bytes:
        """Return the whole archive."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name, data in self._entries.items():
                stored = name == "mimetype" or name.endswith(_PACKED_ALREADY)
                entry = zipfile.ZipInfo(name, self._date)
                entry.create_system = _UNIX
                entry.external_attr = _MODE << 16
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                file.writestr(entry, data, compresslevel=9)
        return buffer.getvalue()
