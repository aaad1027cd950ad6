"""Work in, how often the page engine was asked for what takes long out, in all its processes."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory
from unittest.mock import patch

COUNTED = {
    "parsed": ("reglet.text.section", "parse"),
    "rendered": ("reglet.render", "_Renderer.piece"),
    "pieces": ("reglet.formats.pdf.setting", "lay_out"),
    "layouts": ("weasyprint.document", "layout_document"),
    "pages": ("weasyprint.layout.page", "make_page"),
    "notes": ("reglet.formats.pdf.measure", "Measure._measure"),
    "texts": ("weasyprint.text.line_break", "Layout.__init__"),
}
"""What is counted: sections parsed, sections and parts rendered, pieces that were set and not kept,
documents laid out, pages made, notes measured, and texts given to Pango.

A page that is made again counts again. What else is to be counted is a row more.
"""


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count while the context lasts, in this process and those that it forks; full at its end."""
    import reglet.formats.pdf.engine  # noqa: F401 - shuts system fonts out before Pango is loaded

    found: Counter[str] = Counter()
    with TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder, "counts")
        # to append is atomic, also where several processes do so
        handle = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        stack.callback(os.close, handle)
        for number, (module, name) in enumerate(COUNTED.values()):
            stack.enter_context(_counting(f"{module}.{name}", handle, bytes([number])))
        yield found
        names = list(COUNTED)
        found.update(names[number] for number in file.read_bytes())


@contextmanager
def _counting(target: str, handle: int, sign: bytes) -> Iterator[None]:
    """Write `sign` whenever a function is called."""
    original: Callable[..., object] = resolve_name(target)

    @wraps(original)
    def count(*arguments: object, **named: object) -> object:
        os.write(handle, sign)
        return original(*arguments, **named)

    with patch(target, count):
        yield
