"""Commands in, what they took out: CPU and wall seconds, and memory, of all their processes.

CPU is user and system time of every process that a command starts, however deep, and whether or
not its parent waits for it: this process adopts orphans (prctl(2), PR_SET_CHILD_SUBREAPER) and
waits for all. Memory is the sum of the proportional set sizes (Pss, proc(5)) of all processes that
live at once: what several share is counted once. It is looked at every 50 ms, so that a shorter
peak is missed; where the kernel's own record of the largest process (ru_maxrss) is higher, that is
taken. `measure` asks a process of its own, so that nothing else is counted.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
EVERY = 0.05  # s from look to look
SHARE = 0.05  # of the time that looking may take
LEFT_OVER = 10.0  # s that processes may outlive the command that started them
KIB = 1024
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """What commands took: seconds, and MB at the most."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True, slots=True)
class Step:
    """A command, and where and with what environment it runs."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]


class FailedError(Exception):
    """A command ended with an error; the message is the last it said."""


def measure(steps: Sequence[Step], seconds: float) -> Usage:
    """Run steps one after the other and tell what they took together.

    Raises FailedError where one ends with an error, or all together take longer than `seconds`.
    """
    asked = json.dumps(
        {
            "seconds": seconds,
            "steps": [
                [list(step.command), str(step.folder), dict(step.environment)] for step in steps
            ],
        }
    )
    done = subprocess.run(
        [sys.executable, __file__], input=asked, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FailedError(done.stderr.strip() or "no word")
    return Usage(**json.loads(done.stdout))


def _measure_here(steps: Sequence[Step], seconds: float) -> Usage:
    """Do so in this process, which must have no other children."""
    ctypes.CDLL(None, use_errno=True).prctl(SUBREAPER, 1, 0, 0, 0)
    started = time.monotonic()
    watch = _Watch()
    watch.start()
    try:
        for step in steps:
            _run(step, started + seconds)
        wall = time.monotonic() - started
    finally:
        _end_left_over()
        watch.stop()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = max(watch.peak, used.ru_maxrss * KIB) / MB
    return Usage(used.ru_utime + used.ru_stime, wall, peak)


def descendants(root: int) -> list[int]:
    """Return the processes that `root` has started and these in turn, by what /proc says now."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        new = children.get(waiting.pop(), [])
        found += new
        waiting += new
    return found


def resident(process: int) -> int:
    """Return a process's proportional set size in bytes; 0 where it has gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    sizes = (int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return next(sizes, 0) * KIB


class _Watch(threading.Thread):
    """Looks at the memory of all that this process has started."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.ended = threading.Event()

    def run(self) -> None:
        pause = EVERY
        while not self.ended.wait(pause):
            started = time.monotonic()
            self.peak = max(self.peak, sum(map(resident, descendants(os.getpid()))))
            pause = max(EVERY, (time.monotonic() - started) / SHARE)

    def stop(self) -> None:
        self.ended.set()
        self.join()


def _run(step: Step, until: float) -> None:
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        process = subprocess.Popen(
            step.command,
            cwd=step.folder,
            env=dict(step.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
        try:
            process.wait(timeout=until - time.monotonic())
        except subprocess.TimeoutExpired as fault:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise FailedError(f"{step.command[0]}: takes too long") from fault
        if process.returncode:
            said.seek(0)
            last = (said.read().strip() or "no word").splitlines()[-1]
            raise FailedError(f"{Path(step.command[0]).name}: {last[:200]}")


def _end_left_over() -> None:
    """Wait for adopted processes, so that their time is counted; end those that stay."""
    until = time.monotonic() + LEFT_OVER
    while True:
        try:
            process, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if process:
            continue
        if time.monotonic() > until:
            for left in descendants(os.getpid()):
                os.kill(left, signal.SIGKILL)
        time.sleep(0.01)


def _parent(entry: Path) -> int | None:
    """Return the parent of a process; its name may hold spaces and brackets (proc(5), stat)."""
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None


def main() -> int:
    """Measure what standard input asks for, as `measure` writes it."""
    asked = json.load(sys.stdin)
    steps = [Step(command, Path(folder), env) for command, folder, env in asked["steps"]]
    try:
        print(json.dumps(asdict(_measure_here(steps, asked["seconds"]))))
    except FailedError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
