"""What a build asks of the page engine, counted, not timed: a cache that is lost fails here."""

from collections import Counter
from pathlib import Path

import pytest
from counting import counted

from bench.corpus import Corpus, make, more
from bench.forms import changed, grown, middle, reglet_text, section_file, write_reglet
from reglet.model.document import Built
from reglet.model.report import Edition, Report
from reglet.warm import Warm
from reglet.workshop import Workshop, kept

pytestmark = pytest.mark.full

MOST = {
    "cold": {"pieces": 10, "layouts": 11, "pages": 37, "notes": 87, "texts": 3400},
    "nothing changed": {"pieces": 0, "layouts": 0, "pages": 0, "notes": 0, "texts": 0},
    "one paragraph changed": {"pieces": 1, "layouts": 1, "pages": 7, "notes": 29, "texts": 1100},
    "one section grown": {"pieces": 5, "layouts": 5, "pages": 12, "notes": 29, "texts": 1400},
}
"""Today's figures for the screen PDF of a report of three sections, each build after the last.

What becomes less is to be written here. Texts have some room: they depend on Pango's version.
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make("S", sections=3)


@pytest.fixture
def folder(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay the report out in a folder, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write_reglet(corpus, tmp_path / "report")
    return tmp_path / "report"


def test_no_more_is_laid_out_than_before(corpus: Corpus, folder: Path) -> None:
    section = middle(corpus)
    file = section_file(folder, section)
    texts = {
        "cold": file.read_text(),
        "nothing changed": file.read_text(),
        "one paragraph changed": changed(section),
        "one section grown": grown(section, more(corpus)),
    }
    over: dict[tuple[str, str], int] = {}
    for state, most in MOST.items():
        file.write_text(texts[state])
        found = _built(folder)
        over |= {(state, what): found[what] for what in most if found[what] > most[what]}
    assert not over


PARTS = 7  # rendered each time, since they tell of the whole report: cover, contents and the like

TOUCHED = {
    "nothing changed": {"parsed": 0, "rendered": PARTS, "pieces": 0},
    "one paragraph changed": {"parsed": 1, "rendered": PARTS + 1, "pieces": 1},
}
"""What a process that has just built the report does for its preview; exactly."""


def test_a_preview_does_again_only_what_was_touched(corpus: Corpus, folder: Path) -> None:
    section = middle(corpus)
    warm = Warm(Workshop(store=kept()), placed=True)
    counts, _ = _shown(folder, warm)
    assert counts["parsed"] == 3
    found: dict[str, dict[str, int]] = {}
    for state, text in (
        ("nothing changed", reglet_text(section.pieces)),
        ("one paragraph changed", changed(section)),
    ):
        section_file(folder, section).write_text(text)
        counts, built = _shown(folder, warm)
        found[state] = {what: counts[what] for what in TOUCHED[state]}
    assert found == TOUCHED
    _, anew = _shown(folder, Warm(Workshop(store=kept()), placed=True))
    assert built == anew


class _Onlooker:
    """Wants the screen PDF."""

    def __init__(self) -> None:
        self.seen: list[Built] = []

    def stage(self, name: str, detail: str = "", page: int | None = None) -> None:
        pass

    def choose(self, report: Report, told: object) -> list[Edition]:
        return [edition for edition in report.editions if edition.name == "screen"]

    def made(self, built: Built) -> None:
        self.seen.append(built)


def _shown(folder: Path, warm: Warm) -> tuple[Counter[str], Built]:
    """Show the screen PDF; return what was counted, and the file."""
    from reglet.pipeline import show

    onlooker = _Onlooker()
    with counted() as found:
        outcome = show(folder, onlooker, warm)
        warm.workshop.close()
    assert not outcome.failed, outcome.diagnostics
    (built,) = onlooker.seen
    return found, built


def _built(folder: Path) -> Counter[str]:
    """Build the screen PDF and return what was counted."""
    from reglet.pipeline import build
    from reglet.progress import NoProgress

    with counted() as found:
        outcome = build(folder, editions=["screen"], progress=NoProgress())
    assert not outcome.failed, outcome.diagnostics
    return found
