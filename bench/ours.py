"""A place in, what reglet is measured at out: builds from the command line, each as its user's.

They prove what they make as `--proof light` does, by checks that are part of reglet; no other tool
proves its own. `cold` begins with an empty cache, the others with what a build of all editions has
left, and its files.
"""

import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.corpus import more
from bench.forms import changed, grown, middle, reglet_text, section_file
from bench.place import Place, Task
from bench.tree import Step, measure

EDITIONS = {"all editions": (), "PDF": ("screen",), "EPUB": ("ebook",)}
STATES = ("cold", "nothing changed", "one paragraph changed", "one section grown")
LONGEST = 36_000.0  # s that a build may take


def scenarios(place: Place) -> Iterator[Task]:
    """Yield what reglet is measured at; all editions cold come first, since others go on there."""
    for state in STATES:
        for made, editions in EDITIONS.items():
            if made == "EPUB" and state != "cold":
                continue
            first = state == "cold" and not editions
            yield Task(
                "reglet",
                f"{made}, {state}",
                partial(prepare, place, state),
                (_build(place, editions),),
                _output(place) / f"report.{'epub' if made == 'EPUB' else 'pdf'}",
                partial(_keep, place) if first else lambda: None,
            )


def _build(place: Place, editions: Sequence[str]) -> Step:
    chosen = [word for name in editions for word in ("--edition", name)]
    command = ("-m", "reglet", "build", str(place.report), "--quiet", "--proof", "light", *chosen)
    return place.python(*command, folder=place.folder, cache=place.cache)


def prepare(place: Place, state: str) -> None:
    """Bring the report, its files and the cache into a state."""
    if state != "cold" and not place.kept.exists():
        prepare(place, "cold")
        measure([_build(place, ())], LONGEST)
        _keep(place)
    _renew(None, place.cache)
    _renew(None, _output(place))
    if state != "cold":
        _renew(place.kept, place.cache)
        _renew(_kept_output(place), _output(place))
    section = middle(place.corpus)
    if state == "one paragraph changed":
        text = changed(section)
    elif state == "one section grown":
        text = grown(section, more(place.corpus))
    else:
        text = reglet_text(section.pieces)
    file = section_file(place.report, section)
    if file.read_text() != text:
        file.write_text(text)


def _keep(place: Place) -> None:
    """Keep what a build has left, for others to go on from."""
    _renew(place.cache, place.kept)
    _renew(_output(place), _kept_output(place))


def _renew(source: Path | None, target: Path) -> None:
    """Make a folder anew, empty or as another."""
    shutil.rmtree(target, ignore_errors=True)
    if source is not None and source.exists():
        shutil.copytree(source, target)


def _output(place: Place) -> Path:
    return place.report / "output"


def _kept_output(place: Place) -> Path:
    return place.folder / "kept-output"
