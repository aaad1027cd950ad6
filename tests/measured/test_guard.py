"""What a build asks of the page engine, counted, not timed: a cache that is lost fails here."""

from pathlib import Path

import pytest
from counting import counted

from bench.corpus import Corpus, make, more
from bench.forms import changed, grown, middle, section_file, write_reglet

pytestmark = pytest.mark.full

WHOLE = {"layouts": 2, "pages": 60, "notes": 174, "texts": 6800}
MOST = {
    "cold": WHOLE,
    "nothing changed": WHOLE,
    "one paragraph changed": WHOLE,
    "one section grown": {"layouts": 2, "pages": 62, "notes": 174, "texts": 7000},
}
"""Today's figures for the screen PDF of a report of three sections; write less here when it is.

Pages and notes are those of all layouts together; texts have some room, since they depend on the
version of Pango.
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make("S", sections=3)


def test_no_more_is_laid_out_than_before(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "report"
    write_reglet(corpus, folder)
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
        print(state, found)
        over |= {(state, what): found[what] for what in most if found[what] > most[what]}
    assert not over, f"more than before: {over}"


def _built(folder: Path) -> dict[str, int]:
    """Build the screen PDF and return what was counted."""
    from reglet.pipeline import build
    from reglet.progress import NoProgress

    with counted() as found:
        outcome = build(folder, editions=["screen"], progress=NoProgress())
    assert not outcome.failed, outcome.diagnostics
    return dict(found)
