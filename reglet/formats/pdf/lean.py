"""What makes the engine find out once what it finds out again and again, put in place together."""

from collections.abc import Iterator
from contextlib import contextmanager

from reglet.formats.pdf.faces import kept_faces
from reglet.formats.pdf.objects import made_once
from reglet.formats.pdf.runs import known_runs
from reglet.formats.pdf.spacing import quick_spaces
from reglet.formats.pdf.styles import shared_styles
from reglet.formats.pdf.tried import kept_lines
from reglet.formats.pdf.used import used_values
from reglet.formats.pdf.walking import flat_walks


@contextmanager
def lean_layout() -> Iterator[None]:
    """Lay documents out for less while the context lasts."""
    with (
        shared_styles(), kept_faces(), quick_spaces(), kept_lines(), used_values(), flat_walks()
    ):  # fmt: skip
        yield


@contextmanager
def lean_writing() -> Iterator[None]:
    """Write documents for less while the context lasts."""
    with kept_faces(), quick_spaces(), known_runs(), flat_walks(), made_once():
        yield
