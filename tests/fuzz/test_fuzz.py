"""Each parser on texts of its language, drawn anew, and on those that it once failed at."""

from pathlib import Path

import pytest
from grammar import PIECES, bytes_of, files_of, text_of, texts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from parsers import PARSERS, look

FOUND = Path(__file__).with_name("found")
FEW = {"report": 40, "directives": 60, "expressions": 60, "bibtex": 20, "csl": 60, "build": 2}
BRIEFLY = settings(
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.txt")), ids=lambda path: path.stem)
def test_what_was_found_stays_mended(path: Path) -> None:
    name = max((name for name in PARSERS if path.name.startswith(name)), key=len)
    look(name, path.read_bytes().decode("utf-8"))


@pytest.mark.full
@pytest.mark.parametrize("name", PARSERS)
def test_no_text_is_too_much(name: str) -> None:
    @settings(BRIEFLY, max_examples=FEW.get(name, 150))
    @given(texts(name))
    def read(text: str) -> None:
        look(name, text)

    read()


def test_each_parser_has_its_language() -> None:
    assert PARSERS.keys() == PIECES.keys()


@given(st.text())
def test_a_text_is_found_again_in_its_bytes(text: str) -> None:
    assert text_of("yaml", bytes_of(text)) == text


def test_bytes_may_be_numbers_of_pieces() -> None:
    first, second, *_ = PIECES["yaml"]
    assert text_of("yaml", b"\xff\x01\x00") == second + first


def test_a_text_is_parted_into_files() -> None:
    files = files_of("words\n%% data/a.yaml\na: 1\n%% ../x\nb\n")
    assert files == {
        "report.yaml": "title: T\n",
        "sections/01.md": "# One\n\nwords",
        "data/a.yaml": "a: 1",
    }
