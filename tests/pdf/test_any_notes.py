"""Any report on any page: each note whole, where it is called, and nothing over anything."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_settings import Settings, random_settings
from stress_build import build_and_read
from stress_report import StressReport

LOOKS = st.one_of(st.just(Settings()), st.integers(0, 10_000).map(random_settings))

REPORTS = st.builds(
    StressReport,
    seed=st.integers(0, 100_000),
    wanted=st.integers(1, 25),
    longest=st.sampled_from([5, 30, 120, 600, 3000]),
    parts=st.integers(1, 2),
    nested=st.booleans(),
    seconds=st.booleans(),
    settings=LOOKS,
)


@pytest.mark.full
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_notes_of_any_report_stand_where_they_are_called(report: StressReport) -> None:
    assert build_and_read(report).faults == ()
