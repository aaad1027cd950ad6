"""Pandoc as a program beside ours: bytes on its standard input in, those of its output out.

It sees neither the disk nor the network.
"""

import subprocess
from collections.abc import Sequence

SECONDS = 300  # that pandoc may take


class PandocError(Exception):
    """Pandoc refused its input; the message is what it said."""


def run_pandoc(arguments: Sequence[str], given: bytes) -> bytes:
    """Run pandoc in its sandbox. Raises PandocError where it fails or takes too long."""
    import pypandoc  # its binary package finds the program

    try:
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--sandbox", *arguments],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise PandocError(f"it takes longer than {SECONDS} s") from fault
    if done.returncode:
        raise PandocError(done.stderr.decode(errors="replace")[:300])
    return done.stdout
