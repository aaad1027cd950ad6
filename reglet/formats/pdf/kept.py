"""How settings of stretches are kept for later builds: under what keys, in what form."""

import io
import pickle
import re
from dataclasses import astuple
from functools import cache
from hashlib import sha256
from urllib.parse import unquote

from reglet.formats.pdf import stretch
from reglet.formats.pdf.stretch import Setting, Supplies, Task
from reglet.model import document
from reglet.versions import made_by
from reglet.workshop import Keeping

ENGINE = (
    "weasyprint", "pydyf", "tinycss2", "cssselect2", "pyphen", "uharfbuzz", "pillow", "fonttools",
    "fontpkg-ibm-plex-mono", "fontpkg-source-sans-3", "fontpkg-source-serif-4", "pylopdf-fonts-ar",
)  # fmt: skip
"""The packages that pages depend on."""

_PICTURE = re.compile(r"reglet:///([^\"')\s]+)")
_KNOWN = {
    (module.__name__, name): vars(module)[name]
    for module, names in (
        (stretch, ("Setting", "Seen", "NoteSeen", "FontUsed", "Slot", "Bookmark", "Objects")),
        (document, ("Clash", "Printed", "Spot")),
    )
    for name in names
}


def key(task: Task, supplies: Supplies) -> str:
    """Return what stands for all that the setting of a task depends on."""
    digest = sha256(made_by(ENGINE).encode())
    for value in astuple(task):
        plain = sorted(value) if isinstance(value, frozenset) else value
        digest.update(f"{plain!r}\0".encode())
    images = supplies.images
    named = {unquote(path) for path in _PICTURE.findall(task.markup + task.stylesheet)}
    for path in sorted(named & images.keys()):
        digest.update(f"{path} {_digest(images[path].data)}\0".encode())
    return digest.hexdigest()


@cache
def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def pack(setting: Setting) -> bytes:
    """Write a setting as bytes."""
    return pickle.dumps(setting, protocol=5)


def unpack(data: bytes) -> Setting:
    """Read a setting; raises pickle.UnpicklingError where the bytes are of anything else."""
    found = _Reader(io.BytesIO(data)).load()
    if not isinstance(found, Setting):
        raise pickle.UnpicklingError("no setting")
    return found


class _Reader(pickle.Unpickler):
    """Makes nothing but the types of a setting, whatever the bytes ask for."""

    def find_class(self, module: str, name: str) -> type:
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a setting")
        found: type = _KNOWN[module, name]
        return found


KEEPING: Keeping[Task, Supplies, Setting] = Keeping(key, pack, unpack)
