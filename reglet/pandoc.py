"""Pandoc as a program beside ours: bytes on its standard input in, those of its output out.

It sees neither the disk nor the network, and has limits of time and memory.
"""

from collections.abc import Sequence

from reglet.programs import ProgramError, run_program

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
        command = [pypandoc.get_pandoc_path(), "--sandbox", *arguments, *_BOUNDS]
        done = run_program(command, SECONDS, given=given)
    except OSError as fault:
        raise PandocError("pandoc, which reads it, is not installed") from fault
    except ProgramError as fault:
        raise PandocError(f"pandoc reads it, and {fault}") from fault
    if done.code == HEAP_EXHAUSTED:
        raise PandocError("it takes too much memory")
    if done.code:
        raise PandocError(done.warned[:300] or f"pandoc reads it, and ended with {done.code}")
    return done.out
