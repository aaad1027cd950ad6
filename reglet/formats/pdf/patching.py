"""A function of the engine's exchanged for one of ours, for as long as a context lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def in_place_of(owner: Any, name: str, ours: Any) -> Iterator[None]:
    """Let `owner.name`, as the engine looks it up, be `ours`."""
    theirs = getattr(owner, name)
    setattr(owner, name, ours)
    try:
        yield
    finally:
        setattr(owner, name, theirs)
