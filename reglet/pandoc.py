"""Pandoc as a program beside ours: bytes on its standard input in, those of its output out.

It sees neither the disk nor the network, and has limits of time and memory.
"""

import subprocess
from collections.abc import Sequence

SECONDS = 120  # that pandoc may take
MEMORY = "2g"  # and of memory, in the words of its runtime system
HEAP_EXHAUSTED = 251  # GHC's exit code
_BOUNDS = ("+RTS", f"-M{MEMORY}", "-RTS")


class PandocError(Exception):
    """Pandoc refused its input; the message is what it said."""


def run_pandoc(arguments: Sequence[str], given: bytes) -> bytes:
    """Run pandoc in its sandbox. Raises PandocError where it fails or takes too long."""
    import pypandoc  # its binary package finds the program

    try:
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--sandbox", *arguments, *_BOUNDS],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise PandocError(f"it takes longer than {SECONDS} s") from fault
    if done.returncode == HEAP_EXHAUSTED:
        raise PandocError("it takes too much memory")
    if done.returncode:
        raise PandocError(done.stderr.decode(errors="replace")[:300])
    return done.stdout
