"""A division in, its stretches set as they follow one another out.

What a stretch begins with depends on those before it: which side, and what running heads show.
It is set again where that turns out otherwise than it was taken to be.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reglet.formats.pdf.divide import Division
from reglet.formats.pdf.gaps import Gap
from reglet.formats.pdf.notes import account
from reglet.formats.pdf.press.resolution import wider
from reglet.formats.pdf.stretch import NoteSeen, Setting, Task
from reglet.model.document import Placed, Printed, Spot

MOST_ROUNDS = 5

_IDENTIFIER = re.compile(r'\sid="([^"]*)"')

Make = Callable[[Sequence[Task]], list[Setting]]
"""Sets stretches, in any order."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A report's stretches as set, in order; blank pages between them are stretches, too."""

    settings: tuple[Setting, ...]

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return sum(len(setting.seen.heights) for setting in self.settings)

    @property
    def offsets(self) -> list[tuple[int, Setting]]:
        """Return each stretch with the number of pages before it."""
        counts = [len(setting.seen.heights) for setting in self.settings]
        return list(zip(accumulate(counts, initial=0), self.settings, strict=False))

    @property
    def anchors(self) -> dict[str, int]:
        """Map each identifier to the first page, from 1, that it stands on."""
        found: dict[str, int] = {}
        for before, setting in self.offsets:
            for name, page in setting.seen.anchors.items():
                found.setdefault(name, before + page)
        return found

    @property
    def pictures(self) -> dict[str, tuple[float, int]]:
        """Return each picture's largest width in inches, and its page."""
        found: dict[str, tuple[float, int]] = {}
        for before, setting in self.offsets:
            for path, (width, page) in setting.seen.pictures.items():
                found[path] = wider((width, before + page), found.get(path))
        return found

    @property
    def gaps(self) -> list[Gap]:
        """Return the pages that are left half empty."""
        return [
            (before + page, filled, id)
            for before, setting in self.offsets
            for page, filled, id in setting.seen.gaps
        ]

    def spots(self) -> tuple[Spot, ...]:
        """Return where the words of a preview stand."""
        return tuple(
            replace(spot, page=before + spot.page)
            for before, setting in self.offsets
            for spot in setting.seen.spots
        )

    def placed(self, notes: Sequence[str]) -> tuple[Placed, ...]:
        """Account for notes, by their identifiers."""
        seen = {
            name: _later(note, before)
            for before, setting in self.offsets
            for name, note in setting.seen.notes.items()
        }
        return account(notes, seen, self.anchors)

    def printed(self) -> tuple[Printed, ...]:
        """Return what is printed of each piece; pages without text begin with what follows."""
        found: list[Printed] = []
        waiting: list[str] = []
        for before, setting in self.offsets:
            for piece in setting.seen.printed:
                pages = {str(int(label) + before): place for label, place in piece.pages.items()}
                if not piece.letters:
                    waiting += pages
                    continue
                found.append(replace(piece, pages=dict.fromkeys(waiting, 0) | pages))
                waiting = []
        if waiting and found:
            end = dict.fromkeys(waiting, len(found[-1].letters))
            found[-1] = replace(found[-1], pages={**found[-1].pages, **end})
        return tuple(found)


def _later(note: NoteSeen, pages: int) -> NoteSeen:
    """Return a note as seen so many pages later."""

    def later(page: int | None) -> int | None:
        return None if page is None else page + pages

    clashes = tuple(replace(clash, page=clash.page + pages) for clash in note.clashes)
    return replace(note, page=later(note.page), last_page=later(note.last_page), clashes=clashes)


def settle(division: Division, like: Task, make: Make) -> Settled:
    """Set the parts of a division, in all else `like` a task."""
    tasks = [
        replace(
            like,
            name=part.name,
            markup=part.markup,
            listed=like.listed & frozenset(_IDENTIFIER.findall(part.markup)),
            first=number == 0,
            right=part.side is not False,
            open=division.joins,
        )
        for number, part in enumerate(division.parts)
    ]
    settings: list[Setting] = []
    for _ in range(MOST_ROUNDS):
        settings = make(tasks)
        wanted = _as_they_follow(division, tasks, settings)
        if wanted == tasks:
            break
        tasks = wanted
    return Settled(tuple(_with_blanks(division, like, settings, make)))


def _as_they_follow(
    division: Division, tasks: Sequence[Task], settings: Sequence[Setting]
) -> list[Task]:
    """Return the tasks as they should be, given what became of them."""
    anchors = {name for setting in settings for name in setting.seen.anchors}
    wanted: list[Task] = []
    strings: Mapping[str, str] = {}
    pages = 0
    for part, task, setting in zip(division.parts, tasks, settings, strict=True):
        right = pages % 2 == 0 if part.side is None else part.side
        pages += (part.side is not None and (pages % 2 == 0) != part.side) + len(
            setting.seen.heights
        )
        shown = {name for name, _ in task.strings} | setting.seen.lacking
        wanted.append(
            replace(
                task,
                right=right if division.sided else True,
                strings=_those(strings, shown),
                lost=setting.seen.targets - anchors,
            )
        )
        strings = {**strings, **setting.seen.strings}
    return wanted


def _those(strings: Mapping[str, str], names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, strings[name]) for name in sorted(names) if name in strings)


def _with_blanks(
    division: Division, like: Task, settings: Sequence[Setting], make: Make
) -> list[Setting]:
    """Put a blank page before each stretch that would begin on the wrong side."""
    found: list[Setting] = []
    pages = 0
    for part, setting in zip(division.parts, settings, strict=True):
        right = pages % 2 == 0
        if part.side is not None and part.side != right and found:
            task = replace(like, name="blank", markup=division.blank, first=False, right=right)
            found += make([replace(task, open=True, blank=True)])
            pages += 1
        found.append(setting)
        pages += len(setting.seen.heights)
    return found
