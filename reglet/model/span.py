"""A place in one of the user's own files; every node and every diagnostic carries one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Mark `length` characters on one line of `path`.

    Lines and columns count from 1, columns in characters (not bytes). `path` is relative to the
    report's folder, with `/` between its parts. Line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1

    def __str__(self) -> str:
        """Write the place as compilers do, `path:line:column`."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


NOWHERE = Span("")
