"""YAML text to a plain value with the span of each part: comes in as text, goes out as a `Tree`.

The language is YAML 1.2's core schema with what surprises taken out: dates, `010`, `1.`, `.inf`
and `.nan` stay text, keys are text, and a tag or a key that stands twice is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.limits import LIMITS, raise_hint
from reglet.model.project import Tree, YamlPath
from reglet.model.span import Span
from reglet.yamlfaults import DISGUISE, MAX_DEPTH, Sheet, find_faults

VALUES = "yaml-values"
USUAL_VALUES = LIMITS[VALUES].usual

MAX_FAULTS = 20  # of control characters

_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_REVEAL = {stand_in: separator for separator, stand_in in DISGUISE.items()}

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]+|(?=[eE])))(?:[eE][-+]?[0-9]+)?", re.ASCII
)
_WHOLE = (ScalarEvent, AliasEvent)  # events that hold all of their value
_NUMERIC = frozenset("+-.0123456789")


def read_yaml(
    text: str, path: str, line: int = 1, column: int = 1, *, most: int = USUAL_VALUES
) -> Outcome[Tree]:
    """Read one YAML document; every mistake in it is a diagnostic, nothing raises.

    For YAML that stands inside another file, `line` and `column` say where its first line and
    the left edge of all its lines are. `most` is how many values it may hold, aliases written
    out. The value of a broken text is None.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text, controls = _without_controls(text, path, line, column)
    reader = _Reader(Sheet(text.split("\n"), path, line, column), most)
    diagnostics = (*controls, *reader.read(text.translate(DISGUISE)))
    if reader.stopped:
        return Outcome(Tree(None, {}), diagnostics)
    spans = reader.spans or {(): Span(path, line, column)}
    return Outcome(Tree(reader.root, spans, reader.keys), diagnostics)


def _without_controls(
    text: str, path: str, line: int, column: int
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Put a space for each character that no edition can print, and tell where the first are."""
    if not _FORBIDDEN.search(text):
        return text, ()
    found = []
    for number, words in enumerate(text.split("\n")):
        for match in _FORBIDDEN.finditer(words):
            span = Span(path, line + number, column + match.start())
            found.append(diagnose("control-character", span, code=f"{ord(match[0]):04X}"))
            if len(found) == MAX_FAULTS:
                return _FORBIDDEN.sub(" ", text), tuple(found)
    return _FORBIDDEN.sub(" ", text), tuple(found)


def _plain(text: str) -> object:
    """Give a scalar without quotes its type."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMERIC:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and isfinite(number := float(text)):
            return number
    return text


@dataclass(slots=True)
class _Frame:
    """An open collection; in a mapping, `key` waits for its value."""

    value: list[object] | dict[str, object]
    path: YamlPath
    keep: bool  # False below a key that is refused: built, but left out
    anchor: str
    start: tuple[int, int] | None  # line and column from 0; None where an alias stands for it
    key: str | None = None
    keep_key: bool = True


class _StopReadingError(Exception):
    """Nothing after this place can be read."""


@dataclass(slots=True)
class _Reader:
    """Builds value and spans from libyaml's events, without recursion."""

    sheet: Sheet
    most: int
    root: object = None
    spans: dict[YamlPath, Span] = field(default_factory=dict)
    keys: dict[YamlPath, Span] = field(default_factory=dict)
    stopped: bool = False
    anchored: bool = False  # only a text with anchors has its events kept, for aliases
    frames: list[_Frame] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    sources: list[Iterator[Event]] = field(default_factory=list)
    anchors: dict[str, tuple[int, int]] = field(default_factory=dict)  # first, last; -1 while open
    alias: Span | None = None  # of the alias whose value comes next
    repeated: Span | None = None  # of the alias being written out
    nodes: int = 0
    documents: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self, text: str) -> list[Diagnostic]:
        self.anchored = "&" in text
        self.sources.append(yaml.parse(text, Loader=yaml.CSafeLoader))
        try:
            while self.sources:
                self._step()
        except _StopReadingError:
            self.stopped = True
        except yaml.YAMLError as error:
            self.stopped = True
            self.diagnostics.extend(find_faults(self.sheet, error))
        return self.diagnostics

    def _step(self) -> None:
        event = next(self.sources[-1], None)
        if event is None:
            self.sources.pop()
            return
        if self.anchored and len(self.sources) == 1:
            self.events.append(event)
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, SequenceStartEvent):
            self._open(event, [])
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._close(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("yaml-syntax", event, "delete this line", problem="a second document")

    def _stop(self, code: str, event: Event, hint: str = "", **fields: object) -> None:
        within = self.repeated if len(self.sources) > 1 else None
        self.diagnostics.append(diagnose(code, within or self._span(event), hint, **fields))
        raise _StopReadingError

    def _span(self, event: Event) -> Span:
        if self.alias is not None:
            span, self.alias = self.alias, None
            return span
        sheet, start, end = self.sheet, event.start_mark, event.end_mark
        if start is None or end is None:
            return Span(sheet.path)
        line, column = start.line, start.column
        if line == end.line and type(event) in _WHOLE and line < len(sheet.lines):
            length = end.column - column or 1
            return Span(sheet.path, sheet.line + line, sheet.column + column, length)
        return sheet.span(line, column)

    def _count(self, event: Event) -> None:
        self.nodes += 1
        if self.nodes > self.most:
            hint, limit = f"divide the file, or {raise_hint(VALUES)}", f"{self.most:,}"
            self._stop("yaml-limit", event, hint, what="the number of values", limit=limit)

    def _words(self, event: ScalarEvent, span: Span) -> str:
        """Return a scalar's text; escapes can write characters that no edition prints."""
        text = event.value.translate(_REVEAL) if not event.value.isascii() else event.value
        if event.style == '"' and (found := _FORBIDDEN.search(text)):
            code = f"{ord(found[0]):04X}"
            self.diagnostics.append(diagnose("control-character", span, code=code))
            text = _FORBIDDEN.sub(" ", text)
        return text

    def _refuse_tag(self, event: ScalarEvent | CollectionStartEvent, span: Span) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.diagnostics.append(diagnose("yaml-tag", span, tag=tag))

    def _scalar(self, event: ScalarEvent) -> None:
        self._count(event)
        span = self._span(event)
        self._refuse_tag(event, span)
        text = self._words(event, span)
        self._mark_anchor(event.anchor, closed=True)
        if self.frames and isinstance(self.frames[-1].value, dict) and self.frames[-1].key is None:
            self._key(self.frames[-1], text, span)
            return
        value = _plain(text) if event.implicit[0] else text
        path, keep = self._next()
        self._put(value)
        if keep:
            self.spans[path] = span

    def _key(self, frame: _Frame, text: str, span: Span) -> None:
        frame.key, frame.keep_key = text, frame.keep
        if text in frame.value:
            self.diagnostics.append(diagnose("duplicate-key", span, key=text))
            frame.keep_key = False
        elif frame.keep:
            self.keys[(*frame.path, text)] = span

    def _next(self) -> tuple[YamlPath, bool]:
        """Return the path of the value that comes next, and whether it is kept."""
        if not self.frames:
            return (), True
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            return (*frame.path, len(frame.value)), frame.keep
        return (*frame.path, frame.key or ""), frame.keep_key

    def _put(self, value: object) -> None:
        if not self.frames:
            self.root = value
            return
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
            return
        if frame.keep_key or not frame.keep:
            frame.value[frame.key or ""] = value
        frame.key = None

    def _open(self, event: CollectionStartEvent, value: list[object] | dict[str, object]) -> None:
        self._count(event)
        mark = event.start_mark if self.alias is None else None
        span = self._span(event)
        self._refuse_tag(event, span)
        if len(self.frames) == MAX_DEPTH:
            self._stop("yaml-limit", event, what="the nesting", limit=f"{MAX_DEPTH} levels")
        self._mark_anchor(event.anchor, closed=False)
        parent = self.frames[-1] if self.frames else None
        if parent and isinstance(parent.value, dict) and parent.key is None:
            self._stop("yaml-syntax", event, "write the key as text", problem="a key in brackets")
        path, keep = self._next()
        if keep:
            self.spans[path] = span
        start = (mark.line, mark.column) if mark else None
        self.frames.append(_Frame(value, path, keep, event.anchor or "", start))

    def _close(self, event: Event) -> None:
        frame = self.frames.pop()
        self._put(frame.value)
        start, end = frame.start, event.end_mark
        if frame.keep and start and end and start[0] == end.line:
            self.spans[frame.path] = self.sheet.span(*start, end.column - start[1])
        if frame.anchor and len(self.sources) == 1:
            self.anchors[frame.anchor] = (self.anchors[frame.anchor][0], len(self.events))

    def _mark_anchor(self, anchor: str | None, *, closed: bool) -> None:
        if anchor and len(self.sources) == 1:
            self.anchors[anchor] = (len(self.events) - 1, len(self.events) if closed else -1)

    def _alias(self, event: AliasEvent) -> None:
        """Read the anchored events once more, in the alias's place."""
        name = event.anchor or ""
        first, last = self.anchors.get(name, (-1, -1))
        if last < 0:
            problem = f"`*{name}` repeats itself" if first >= 0 else f"nothing is named `&{name}`"
            hint = "write the value out" if first >= 0 else "put a value that begins so in quotes"
            self._stop("yaml-syntax", event, hint, problem=problem)
        self._count(event)
        self.alias = self._span(event)
        if len(self.sources) == 1:
            self.repeated = self.alias
        self.sources.append(iter(self.events[first:last]))
