"""What a report may ask of the machine that builds it: one row for each limit.

`limits:` in report.yaml moves one, though not beyond its row's `most`: a report from a stranger may
ask for more than the usual, and never for everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limit:
    """The usual value, the most that report.yaml may ask for, and what it counts."""

    usual: int
    most: int
    unit: str
    about: str


LIMITS: Mapping[str, Limit] = {
    "file-size": Limit(10, 100, "MB", "a text file"),
    "files": Limit(10_000, 100_000, "files", "one folder and all below it"),
    "yaml-values": Limit(500_000, 5_000_000, "values", "a YAML file, aliases written out"),
    "section-length": Limit(1_000_000, 10_000_000, "characters", "a section"),
    "section-seconds": Limit(60, 3_600, "s", "computing what a section says"),
    "table-cells": Limit(50_000, 500_000, "cells", "a table, or the bars of a chart"),
    "picture-size": Limit(30, 300, "MB", "a picture"),
    "pictures-size": Limit(500, 5_000, "MB", "all pictures"),
    "fetch-seconds": Limit(20, 300, "s", "fetching a picture, by the clock"),
    "picture-pixels": Limit(100, 1_000, "million pixels", "a picture, its width times its height"),
    "template-output": Limit(200, 2_000, "million characters", "what an edition's templates write"),
    "template-steps": Limit(5_000_000, 500_000_000, "steps", "loops and calls in templates"),
    "pages": Limit(5_000, 50_000, "pages", "an edition"),
    "memory": Limit(4_000, 64_000, "MB", "what the build holds in memory"),
    "edition-seconds": Limit(3_600, 86_400, "s", "computing an edition"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one report: the usual ones, with those that it sets."""

    own: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> int:
        return self.own.get(key, LIMITS[key].usual)

    def worded(self, key: str) -> str:
        """Word a limit with its unit: `10,000 files`."""
        return f"{self[key]:,} {LIMITS[key].unit}"


USUAL = Limits()


def raise_hint(key: str) -> str:
    """Say how a limit is raised, and how far."""
    return f"raise `{key}` below `limits:` in report.yaml, to {LIMITS[key].most:,} at most"
