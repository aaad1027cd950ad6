"""What commands take is told with all that they start."""

import os
import sys
from pathlib import Path

import pytest

from bench.tree import FailedError, Step, Usage, measure

BURN = "import time\nwhile time.process_time() < 0.4: pass\n"
MB = 1_000_000


def run(code: str, seconds: float = 60) -> Usage:
    return measure([Step([sys.executable, "-c", code], Path.cwd(), dict(os.environ))], seconds)


def test_time_of_children_counts() -> None:
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BURN!r}])\n{BURN}"
    assert run(code).cpu >= 0.8


def test_time_of_orphans_counts() -> None:
    """A process whose parent has ended, and who has a session of its own."""
    inner = f"import os, sys\nif os.fork(): os._exit(0)\nos.setsid()\n{BURN}"
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {inner!r}])"
    assert run(code).cpu >= 0.4


def test_time_of_several_steps_counts() -> None:
    step = Step([sys.executable, "-c", BURN], Path.cwd(), dict(os.environ))
    assert measure([step, step], 60).cpu >= 0.8


HOLD = f"import time\nheld = bytearray(b'x' * {60 * MB})\ntime.sleep(1.5)\n"


def test_memory_of_processes_that_live_at_once_is_added() -> None:
    code = (
        "import subprocess, sys\n"
        f"run = [subprocess.Popen([sys.executable, '-c', {HOLD!r}]) for _ in range(2)]\n"
        "[one.wait() for one in run]"
    )
    assert run(code).memory >= 120


def test_memory_that_processes_share_counts_once() -> None:
    code = (
        f"import os, time\nheld = bytearray({100 * MB})\n"
        "held[::4096] = b'x' * len(held[::4096])\n"
        "for _ in range(3):\n    if not os.fork(): time.sleep(1.5); os._exit(0)\n"
        "[os.wait() for _ in range(3)]"
    )
    assert 100 <= run(code).memory < 200


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(FailedError, match="no such thing"):
        run("import sys; sys.exit('no such thing')")


def test_a_command_that_takes_too_long_is_ended() -> None:
    with pytest.raises(FailedError, match="takes too long"):
        run("import time; time.sleep(600)", seconds=0.5)
