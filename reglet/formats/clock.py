"""The one moment that a file is dated: from SOURCE_DATE_EPOCH, else from the report, never now."""

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from reglet.model.diagnostic import Outcome, diagnose
from reglet.model.report import Report
from reglet.model.span import Span

EARLIEST_ZIP = datetime(1980, 1, 1, tzinfo=UTC)
_LATEST = 4354819199  # the end of 2107, the last year a zip can write
VARIABLE = "SOURCE_DATE_EPOCH"


def moment(report: Report, environment: Mapping[str, str] = os.environ) -> Outcome[datetime]:
    """Return when the report was last changed, in UTC.

    That is SOURCE_DATE_EPOCH (seconds since 1970) where it is set, else midnight of the report's
    date, else the first of January 1980.
    """
    given = environment.get(VARIABLE, "")
    if given:
        if re.fullmatch(r"\d{1,10}", given) and int(given) <= _LATEST:
            return Outcome(datetime.fromtimestamp(int(given), UTC))
        fault = diagnose(
            "bad-value",
            Span(VARIABLE),
            "set it to seconds since 1970, as `date +%s` prints them",
            found=given,
            expected="count of seconds",
        )
        return Outcome(EARLIEST_ZIP, (fault,))
    parts = [int(part) for part in report.date.split("-")] if report.date else [1980]
    year, month, day = (*parts, 1, 1)[:3]
    return Outcome(datetime(year, month, day, tzinfo=UTC))
