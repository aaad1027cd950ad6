"""Any report on any page: each note whole, where it is called, and nothing over anything."""

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from page_settings import Settings, random_settings
from stress_build import build_and_read
from stress_report import StressReport


@pytest.mark.full
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make it smaller takes minutes
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 100_000),
    notes=st.integers(1, 25),
    longest=st.sampled_from([5, 30, 120, 600, 3000]),
    parts=st.integers(1, 2),
    nested=st.booleans(),
    seconds=st.booleans(),
    look=st.one_of(st.none(), st.integers(0, 10_000)),
)
@example(  # more letters in notes than in the text
    seed=473, notes=2, longest=30, parts=1, nested=False, seconds=True, look=1310
)
@example(  # code in a note, which is on no grid
    seed=1, notes=25, longest=3000, parts=1, nested=True, seconds=False, look=1
)
@example(  # a column without room for a table's head and a row
    seed=10, notes=10, longest=600, parts=1, nested=False, seconds=False, look=10
)
@example(  # a table filled up to the grid above notes that go on overleaf
    seed=164, notes=25, longest=3000, parts=1, nested=True, seconds=False, look=164
)
def test_notes_of_any_report_stand_where_they_are_called(
    *,
    seed: int,
    notes: int,
    longest: int,
    parts: int,
    nested: bool,
    seconds: bool,
    look: int | None,
) -> None:
    report = StressReport(
        seed,
        notes,
        longest=longest,
        parts=parts,
        nested=nested,
        seconds=seconds,
        settings=Settings() if look is None else random_settings(look),
    )
    assert build_and_read(report).faults == ()
