"""The same text as two editions have it in, the places in one for places in the other out.

They differ little: in signs of notes, numbers of pages, lines of contents that one leaves out.
"""

from collections.abc import Iterable

_KEY = 24  # letters that have to agree where the texts go on together
_FAR = 400  # letters that the first may have alone before the second is searched anew
_UNIQUE = 40
_SHORT = 8  # letters at the end of both


def align(ours: str, theirs: str, wanted: Iterable[int]) -> dict[int, int]:
    """Map each letter of `ours` that is wanted, by number, to the same letter of `theirs`.

    A letter that `theirs` has not, or has nowhere for certain, is left out.
    """
    runs = [*_runs(ours, theirs), *_ending(ours, theirs)]
    found: dict[int, int] = {}
    for place in wanted:
        run = next((run for run in runs if run[0] <= place < run[0] + run[2]), None)
        if run is not None:
            found[place] = run[1] + place - run[0]
            continue
        words = ours[place : place + _UNIQUE]
        if words and theirs.count(words) == 1:
            found[place] = theirs.find(words)
    return found


def _runs(ours: str, theirs: str) -> Iterable[tuple[int, int, int]]:
    """Yield where the texts agree: the place in each, and for how many letters."""
    one = other = 0
    while one < len(ours) and other < len(theirs):
        length = _common(ours, one, theirs, other)
        if length:
            yield one, other, length
        one, other = one + length, other + length
        while one < len(ours):
            step = _resume(ours, one, theirs, other)
            if step is not None:
                one, other = one + step[0], other + step[1]
                break
            one += _FAR


def _ending(ours: str, theirs: str) -> Iterable[tuple[int, int, int]]:
    """Yield where the ends of both agree, which may be too short to be known by itself."""
    length = _common(ours[::-1], 0, theirs[::-1], 0)
    if length >= _SHORT:
        yield len(ours) - length, len(theirs) - length, length


def _common(ours: str, one: int, theirs: str, other: int) -> int:
    """Count the letters from there on that are the same."""
    length, step = 0, 4096
    while step:
        a, b = one + length, other + length
        same = ours[a : a + step] == theirs[b : b + step] and len(theirs) - b >= step
        if same and len(ours) - a >= step:
            length += step
        else:
            step //= 2
    return length


def _resume(ours: str, one: int, theirs: str, other: int) -> tuple[int, int] | None:
    """Return how many letters of each to leave out, as few as can be, for them to agree again."""
    best: tuple[int, int] | None = None
    for skip in range(_FAR):
        key = ours[one + skip : one + skip + _KEY]
        if len(key) < _KEY or (best and skip >= sum(best)):
            break
        limit = other + sum(best) - skip + _KEY if best else len(theirs)
        place = theirs.find(key, other, limit)
        if place >= 0 and (best is None or skip + place - other < sum(best)):
            best = skip, place - other
    return best
