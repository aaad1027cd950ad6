"""What a way to break a file is, whatever the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

Break = Callable[[T], object]


@dataclass(frozen=True)
class Fault(Generic[T]):
    """A way to break a file; every fault that is found must match `reason`, and one must be."""

    name: str
    reason: str
    make: Break[T]
