"""Offsets to spans: where a line begins, and where in the source a piece of inline text stands.

In: a text and its path, or a value of a YAML file and its span. Out: `Span`s.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from markdown_it.common.utils import mdTrim

from reglet.model.span import Span


class Places(Protocol):
    """Whatever can say where the characters from `start` up to `end` of its text stand."""

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`, cut at the end of the first line."""


class Lines:
    """The lines of a whole file."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`, cut at the end of the first line."""
        row = bisect_right(self.starts, start) - 1
        stop = min(end, self.end(row))
        return Span(self.path, row + 1, start - self.starts[row] + 1, max(1, stop - start))

    def end(self, row: int) -> int:
        """Return the offset of the line break that ends line `row` (from 0)."""
        return self.starts[row + 1] - 1 if row + 1 < len(self.starts) else len(self.text)

    def line(self, row: int) -> str:
        """Return the text of line `row` (from 0) without its line break."""
        return self.text[self.starts[row] : self.end(row)]


class Value:
    """One scalar of a YAML file; `span` marks it there, with its quotes where it has any."""

    def __init__(self, text: str, span: Span) -> None:
        self._span = span
        self._exact = "\n" not in text and span.length in (len(text), len(text) + 2)
        self._lead = (span.length - len(text)) // 2

    def span(self, start: int, end: int) -> Span:
        """Return the exact span; that of the whole where escapes or folding hide the place."""
        if not self._exact:
            return self._span
        column = self._span.column + self._lead + start
        return Span(self._span.path, self._span.line, column, max(1, end - start))


@dataclass(frozen=True, slots=True)
class Pieces:
    """Which offset of the source each offset of an inline text comes from.

    From `content[i]` on, offsets run in step with the source from `source[i]` on.
    """

    content: tuple[int, ...] = (0,)
    source: tuple[int, ...] = (0,)

    def start(self, offset: int) -> int:
        """Return where the character at `offset` stands in the source."""
        index = max(0, bisect_right(self.content, offset) - 1)
        return self.source[index] + offset - self.content[index]

    def end(self, offset: int) -> int:
        """Return where the text that ends before `offset` ends in the source."""
        return self.start(offset - 1) + 1 if offset else self.start(0)


def tails(lines: Lines, content: str, first: int, last: int) -> Pieces:
    """Place the text of a paragraph or heading that takes the lines `first` up to `last`.

    Each line of it is the tail of a source line: only indents and markers are cut off, and
    white space at the very end.
    """
    parts = content.split("\n")
    while last - first > len(parts) and not _are_tails(parts, lines, first):
        first += 1  # a line of white space that markdown-it takes for text, and then strips
    starts: list[int] = []
    sources: list[int] = []
    offset = 0
    for index, part in enumerate(parts):
        row = min(first + index, len(lines.starts) - 1)
        line = lines.line(row)
        bare = part.lstrip(" \t")
        begin = line.rfind(bare) if index == len(parts) - 1 else len(line) - len(bare)
        starts.append(offset + len(part) - len(bare))
        sources.append(lines.starts[row] + max(begin, 0))
        offset += len(part) + 1
    return Pieces(tuple(starts), tuple(sources))


def _are_tails(parts: Sequence[str], lines: Lines, first: int) -> bool:
    rows = range(first, first + len(parts))
    return all(
        mdTrim(lines.line(row)).endswith(mdTrim(part))
        for row, part in zip(rows, parts, strict=True)
    )


def join(pieces: Sequence[tuple[int, int]]) -> Pieces:
    """Make `Pieces` of pairs (offset in the content, offset in the source)."""
    return Pieces(tuple(a for a, _ in pieces) or (0,), tuple(b for _, b in pieces) or (0,))
