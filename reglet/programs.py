"""Programs beside ours: a command in, what it printed out, or why it did not come to its end.

None outlives its time, nor do the programs that it has started itself.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


class ProgramError(Exception):
    """A program did not come to its end; the words say what became of it: "it was ended …"."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A program's exit code, and what it printed."""

    code: int
    out: bytes
    err: bytes

    @property
    def said(self) -> str:
        """Return what it printed, as text."""
        return self.out.decode("utf-8", errors="replace")

    @property
    def warned(self) -> str:
        """Return what it printed of its faults, as text."""
        return self.err.decode("utf-8", errors="replace")


def run_program(
    command: Sequence[str],
    seconds: int,
    *,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Ended:
    """Run a program, without a shell, until it ends.

    Raises ProgramError where it cannot be started, takes too long, or is ended by a signal.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=folder,
            start_new_session=True,  # so that what it starts can be ended with it
        )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ProgramError(f"it cannot be started: {reason}") from error
    with process:
        try:
            out, err = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired as late:
            raise ProgramError(f"it takes longer than {seconds} s") from late
        finally:
            with suppress(ProcessLookupError):  # all of them have ended
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode < 0:
        raise ProgramError(f"it was ended by {signal.Signals(-process.returncode).name}")
    return Ended(process.returncode, out, err)
