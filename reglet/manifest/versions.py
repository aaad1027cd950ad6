"""What a build is made with: nothing in, names and versions of all that decides its bytes out.

Read from the packages' own metadata, and from the libraries that the page engine loads.
"""

import ctypes
import hashlib
import platform
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reglet.source.templates import TEMPLATES, house_templates

NAME = "reglet"

_PACKAGE = Path(__file__).resolve().parents[1]


def packages(extras: frozenset[str] = frozenset()) -> dict[str, metadata.Distribution]:
    """Return the packages that reglet needs, and those that these need, as far as installed.

    `extras` are reglet's own optional dependencies that count, too.
    """
    found: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    left = [(NAME, extras)]
    while left:
        name, asked = wanted = left.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        with suppress(metadata.PackageNotFoundError):
            distribution = metadata.distribution(name)
            left += _requirements(distribution, asked)
            found[name] = distribution
    found.pop(NAME, None)
    return dict(sorted(found.items()))


def _requirements(
    distribution: metadata.Distribution, extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a package needs on this machine, with the extras that it asks of them."""
    environments = [{"extra": extra} for extra in ("", *sorted(extras))]
    for line in distribution.requires or []:
        wanted = Requirement(line)
        if wanted.marker is None or any(map(wanted.marker.evaluate, environments)):
            yield canonicalize_name(wanted.name), frozenset(wanted.extras)


@cache
def own_sum() -> str:
    """Return the SHA-256 of reglet's own files, themes and all, by their names and bytes."""
    themes = house_templates()
    files = {path.relative_to(_PACKAGE).as_posix(): path for path in _PACKAGE.rglob("*")}
    files |= {f"{TEMPLATES}/{path.relative_to(themes)}": path for path in themes.rglob("*")}
    whole = hashlib.sha256()
    for name, path in sorted(files.items()):
        if path.is_file() and "__pycache__" not in path.parts:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{name} {digest}\n".encode())
    return whole.hexdigest()


def libraries() -> dict[str, str]:
    """Return the versions of the shared libraries that pages are set with, as they are loaded."""
    found = {}
    for name, ask in _LIBRARIES.items():
        with suppress(OSError, AttributeError):
            found[name] = ask()
    return dict(sorted(found.items()))


def python() -> str:
    """Return the version of Python, whose tables of characters and arithmetic pages rest on."""
    return platform.python_version()


def _said_by(library: str, function: str) -> Callable[[], str]:
    """Make a question for a function that returns its version as text."""

    def ask() -> str:
        tell = getattr(ctypes.CDLL(library), function)
        tell.restype = ctypes.c_char_p
        return str(tell().decode())

    return ask


def _fontconfig() -> str:
    number = int(ctypes.CDLL("libfontconfig.so.1").FcGetVersion())
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def _freetype() -> str:
    library, handle = ctypes.CDLL("libfreetype.so.6"), ctypes.c_void_p()
    numbers = [ctypes.c_int() for _ in range(3)]
    library.FT_Init_FreeType(ctypes.byref(handle))
    library.FT_Library_Version(handle, *map(ctypes.byref, numbers))
    library.FT_Done_FreeType(handle)
    return ".".join(str(number.value) for number in numbers)


def _glib() -> str:
    library = ctypes.CDLL("libglib-2.0.so.0")
    parts = ("major", "minor", "micro")
    numbers = [ctypes.c_uint.in_dll(library, f"glib_{part}_version").value for part in parts]
    return ".".join(map(str, numbers))


_LIBRARIES: dict[str, Callable[[], str]] = {
    "pango": _said_by("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": _said_by("libharfbuzz.so.0", "hb_version_string"),
    "fontconfig": _fontconfig,
    "freetype": _freetype,
    "glib": _glib,
    "zlib": lambda: zlib.ZLIB_RUNTIME_VERSION,
}
