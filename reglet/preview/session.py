"""A report kept built: its folder's changes in, what is to be shown out, to all who wait for it.

Where a build fails, what it tells is shown beside the pages of the last one that did not.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from secrets import token_hex
from threading import Condition

from reglet.model.diagnostic import Diagnostic
from reglet.model.document import Built
from reglet.model.span import Span
from reglet.preview.book import Book
from reglet.preview.builder import Builder, Finished, Message, Read, Stage
from reglet.preview.pages import Pages
from reglet.preview.places import changed_line
from reglet.source.door import Door
from reglet.source.home import Home, find_home
from reglet.source.origins import Origin

SUFFIXES = (".md", ".yaml", ".yml", ".bib", ".json")
"""Of files whose text may be found again on pages."""

FOLDERS = ("", "sections", "data")
"""Where they are: the first without what is below it."""


@dataclass(frozen=True, slots=True)
class State:
    """All that is shown. `number` counts states; `edit` is the last change, the `edits`th."""

    number: int = 0
    title: str = ""
    lang: str = ""
    building: bool = True
    stage: str = ""
    told: tuple[Diagnostic, ...] = ()
    fault: str = ""
    shown: tuple[Pages | Book, ...] = ()
    edit: Span | None = None
    edits: int = 0
    builds: int = 0  # that are finished


class Session:
    """Builds a report again and again, and keeps its state for those who show it."""

    def __init__(
        self, folder: Path, editions: Sequence[str], allowed: frozenset[Origin] = frozenset()
    ) -> None:
        self.folder = folder
        self.builder = Builder(folder, editions, allowed)
        self.state = State()
        self._changed = Condition()
        self._texts: dict[str, str] = {}
        self._versions = (f"{token_hex(4)}-{number}" for number in count(1))

    @property
    def home(self) -> Home | None:
        """Return where the report is, while it is there."""
        return find_home(self.folder).value

    def build(self, changed: Iterable[Path] = ()) -> None:
        """Build once, and show what comes of it while it comes."""
        edit = self.edited(changed)
        before = self.state
        fresh: list[str] = []
        self._show(
            building=True,
            stage="",
            edit=edit or before.edit,
            edits=before.edits + (edit is not None),
        )
        for message in self.builder.build():
            self._take(message, fresh)

    def _take(self, message: Message, fresh: list[str]) -> None:
        """Show what a build says; `fresh` gathers the editions that it is to make."""
        match message:
            case Stage(words):
                self._show(stage=words)
            case Read(title, lang, editions, told):
                fresh[:] = editions
                kept = tuple(each for each in self.state.shown if each.name in editions)
                gone = [each for each in self.state.shown if each not in kept]
                self._show(title=title, lang=lang, told=told, fault="", shown=kept)
                _close(gone)
            case Built():
                self._place(message, fresh)
            case Finished(told, fault):
                builds = self.state.builds + 1
                self._show(building=False, stage="", told=told, fault=fault, builds=builds)

    def _place(self, built: Built, order: Sequence[str]) -> None:
        """Show an edition in place of the one of the same name before it."""
        made = (Pages if built.pages is not None else Book)(built, next(self._versions))
        gone = [each for each in self.state.shown if each.name == made.name]
        kept = [each for each in self.state.shown if each.name != made.name]
        shown = sorted([*kept, made], key=lambda each: order.index(each.name))
        self._show(shown=tuple(shown))
        _close(gone)

    def _show(self, **changes: object) -> None:
        with self._changed:
            number = self.state.number + 1
            self.state = replace(self.state, **changes, number=number)  # type: ignore[arg-type]
            self._changed.notify_all()

    def wait(self, number: int, seconds: float) -> State:
        """Return the state as soon as it is another than that of `number`, or after a time."""
        with self._changed:
            self._changed.wait_for(lambda: self.state.number != number, seconds)
            return self.state

    def text(self, path: str) -> str:
        """Return the text of one of the report's files; nothing where it cannot be read."""
        home = self.home
        return (home.door.text(path).value or "") if home else ""

    def holds(self, path: str) -> bool:
        """Tell whether a file is one of the report's texts, or some words that are shown are its.

        Others of its folder are nobody's business.
        """
        return path in self._texts or any(path in each.paths for each in self.state.shown)

    def edited(self, changed: Iterable[Path]) -> Span | None:
        """Tell where the report has changed, and keep its texts for the next time."""
        home = self.home
        if home is None:
            return None
        found = None
        for path in _texts_of(home.door) if not self._texts else _below(home.door.base, changed):
            text = home.door.text(path).value
            if text is None:
                continue
            line = changed_line(self._texts[path], text) if path in self._texts else 0
            found = Span(path, line, 1) if line else found
            self._texts[path] = text
        return found

    def close(self) -> None:
        """End the building."""
        self.builder.close()
        with suppress(OSError):
            _close(self.state.shown)


def _texts_of(door: Door) -> Iterator[str]:
    """Yield the paths of the report's texts."""
    for folder in FOLDERS:
        yield from door.files(folder, SUFFIXES, deep=bool(folder)).value


def _below(base: Path, changed: Iterable[Path]) -> Iterator[str]:
    """Yield the paths of texts among what has changed, as seen from the report's folder."""
    for file in sorted(changed):
        if file.suffix in SUFFIXES and file.is_relative_to(base):
            yield file.relative_to(base).as_posix()


def _close(gone: Iterable[Pages | Book]) -> None:
    for each in gone:
        each.close()
