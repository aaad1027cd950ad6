"""Kills builds, fills their disk and lets many run at once, and looks at what the folder shows.

`python -m bench.faults` kills 200 builds at random moments, a third of them while they write; lets
50 run into a full disk; and has 20 at once in one folder with one cache. After each, the output
folder must show one build's files, byte for byte, and the next build must succeed. Prints a table
and exits with 1 where any did not hold. `--seed` draws the same moments again.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

HIDDEN = ".reglet"  # begins names of what is on its way
WRITING = 3  # one in so many kills waits for the build to write
WHOLE = 8  # one in so many builds makes every edition; the others make the EPUB alone
LATEST = 0.02  # seconds after the first sign of writing
PATIENCE = 300  # seconds until a build counts as hanging
OFTEN = 10  # builds after which it is told how many there were
MEGABYTE = 1_000_000
FAULT = 70  # exit code of a build that reglet is at fault for

Files = dict[str, bytes]


@dataclass(slots=True)
class Shop:
    """Where reports are built: two that differ in a word, one output folder, one cache."""

    scratch: Path
    chance: random.Random
    expected: dict[tuple[str, bool], Files] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Return the file that builds print into."""
        return self.scratch / "log.txt"

    def lay(self) -> None:
        """Write the reports, and begin with the cache that the user has."""
        from reglet.store import cache_folder

        for word in ("a", "b"):
            sections = self.scratch / word / "sections"
            sections.mkdir(parents=True)
            text = f"# One\n\nThe word is {word}.^[A note on {word}.]\n"
            (sections / "01.md").write_text(text, encoding="utf-8")
            (self.scratch / word / "report.yaml").write_text("title: T\n", encoding="utf-8")
        cache = self.scratch / "cache" / "reglet"
        if cache_folder().is_dir():
            shutil.copytree(cache_folder(), cache)
        os.environ["XDG_CACHE_HOME"] = str(cache.parent)

    def start(self, word: str, output: Path, *, whole: bool, before: Callable[[], None]) -> int:
        """Start a build in a child process and return its number."""
        child = os.fork()
        if child:
            return child
        code = FAULT
        try:
            with self.log.open("ab") as log:
                os.dup2(log.fileno(), 1)
                os.dup2(log.fileno(), 2)
            before()
            code = run_build(self.scratch / word, output, whole=whole)
        finally:
            os._exit(code)

    def build(self, word: str, output: Path, *, whole: bool) -> int:
        """Build without a fault; return the exit code."""
        self.log.unlink(missing_ok=True)
        return ended(self.start(word, output, whole=whole, before=nothing))

    def of(self, word: str, *, whole: bool) -> Files:
        """Return the files that a build makes when nothing disturbs it."""
        if (word, whole) not in self.expected:
            folder = self.scratch / "undisturbed"
            if self.build(word, folder, whole=whole):
                raise RuntimeError(self.log.read_text(encoding="utf-8"))
            self.expected[word, whole] = shown(folder)
            shutil.rmtree(folder)
        return self.expected[word, whole]

    def check(self, case: str, output: Path, known: Sequence[Files]) -> None:
        """Note a folder that shows none of the sets that it may, and a build that failed oddly."""
        files = shown(output)
        if files not in known:
            sizes = {name: len(data) for name, data in files.items()}
            self.faults.append(f"{case}: the folder shows {sizes}")
        told = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        if "Traceback" in told:
            self.faults.append(f"{case}: {told.strip()[-600:]}")

    def check_next(self, case: str, word: str, output: Path, *, whole: bool) -> None:
        """Build once more, without a fault: it must succeed, and clear all away."""
        code = self.build(word, output, whole=whole)
        self.check(f"{case}, the next build", output, [self.of(word, whole=whole)])
        if code:
            self.faults.append(f"{case}: the next build ends with {code}: {self.log.read_text()}")
        for place in (output, output.parent):
            left = sorted(path.name for path in place.iterdir() if path.name.startswith(HIDDEN))
            if left:
                self.faults.append(f"{case}: the next build leaves {left}")


def nothing() -> None:
    """Do nothing before a build."""


def tell(turn: int, count: int) -> None:
    """Say how far a trial has come."""
    if (turn + 1) % OFTEN == 0:
        print(f"{turn + 1} of {count}", file=sys.stderr, flush=True)


def run_build(report: Path, output: Path, *, whole: bool) -> int:
    """Run `reglet build` in this process; return its exit code."""
    from reglet.cli import main

    editions = [] if whole else ["--edition", "ebook"]
    words = ["build", str(report), "--output", str(output), "--proof", "light", "--quiet"]
    try:
        main([*words, "--format", "concise", *editions])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def shown(folder: Path) -> Files:
    """Return what a folder shows, but what is hidden."""
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name[:7] != HIDDEN}


def ended(child: int) -> int:
    """Wait for a build; return its exit code, negative for the signal that ended it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        number, status = os.waitpid(child, os.WNOHANG)
        if number:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGALRM


def kill_builds(shop: Shop, count: int) -> Iterator[tuple[str, int]]:
    """Kill builds at random moments; yield how many were killed in which part of their work."""
    output = shop.scratch / "output"
    shop.build("a", output, whole=False)
    good, before = shop.of("a", whole=False), "a"
    spans: dict[bool, float] = {}
    parts: Counter[str] = Counter()
    for turn in range(count):
        whole, word = turn % WHOLE == WHOLE - 1, "b" if before == "a" else "a"
        new = shop.of(word, whole=whole)
        shop.log.unlink(missing_ok=True)
        child = shop.start(word, output, whole=whole, before=nothing)
        if turn % WRITING == 0:
            wait_for_writing(child, output)
            time.sleep(shop.chance.uniform(0, LATEST))
        else:
            time.sleep(shop.chance.uniform(0, spans.get(whole, 2.0)))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        parts[part_of(output, good, new)] += 1
        shop.check(f"kill {turn + 1}", output, [good, new])
        began = time.monotonic()
        shop.check_next(f"kill {turn + 1}", word, output, whole=whole)
        spans[whole] = time.monotonic() - began
        good, before = new, word
        tell(turn, count)
    yield from ((f"killed {part}", number) for part, number in sorted(parts.items()))


def wait_for_writing(child: int, output: Path) -> None:
    """Wait until a build writes into the folder, or beside it, or has ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not os.waitid(
        os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT
    ):
        if any(name.startswith(HIDDEN) for name in os.listdir(output)):  # noqa: PTH208
            return
        time.sleep(0.0005)


def part_of(output: Path, good: Files, new: Files) -> str:
    """Tell in which part of its work a build was killed, by what it has left."""
    names = [path.name for place in (output, output.parent) for path in place.iterdir()]
    if any(name.startswith(HIDDEN) for name in names):
        return "while writing, new files shown" if shown(output) == new else "while writing"
    return "before writing" if shown(output) == good else "after writing"


def fill_disks(shop: Shop, count: int) -> Iterator[tuple[str, int]]:
    """Let builds run into a full disk; yield how many of them were refused, and how it was filled.

    Root fills a small file system in memory, every other time one that the folder is the root of;
    others limit how long a file may be.
    """
    results: Counter[str] = Counter()
    good, new = shop.of("a", whole=False), shop.of("b", whole=False)
    needed = sum(map(len, new.values()))
    root = os.geteuid() == 0
    for turn in range(count):
        case = f"full disk {turn + 1}"
        room = int(needed * shop.chance.uniform(0, 0.99))
        with disk(shop.scratch / "disk", root=root) as (mount, resize):
            output = mount if turn % 2 and root else mount / "output"
            output.mkdir(exist_ok=True)
            for name, data in good.items():
                (output / name).write_bytes(data)
            before = (
                full(mount, room, resize) if root else limited(max(map(len, new.values())), room)
            )
            shop.log.unlink(missing_ok=True)
            code = ended(shop.start("b", output, whole=False, before=before))
            shop.check(case, output, [good if code else new])
            told = shop.log.read_text(encoding="utf-8")
            if code not in (0, 1) or (code and "error[cannot-write]" not in told):
                shop.faults.append(f"{case}: exit code {code}: {told[-400:]}")
            results["the disk was full" if code else "there was room"] += 1
            resize(None)
            shop.check_next(case, "b", output, whole=False)
        tell(turn, count)
    how = "a small tmpfs" if root else "RLIMIT_FSIZE"
    yield from ((f"{name} ({how})", number) for name, number in sorted(results.items()))


Resize = Callable[[int | None], None]


@contextmanager
def disk(place: Path, *, root: bool) -> Iterator[tuple[Path, Resize]]:
    """Yield a folder, for root a disk of its own, and what changes its size, in bytes."""
    place.mkdir()

    def resize(size: int | None) -> None:
        if root:
            option = f"remount,size={size or 64 * MEGABYTE}"
            subprocess.run(["mount", "-o", option, str(place)], check=True)  # noqa: S607

    try:
        if root:
            command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
            subprocess.run(command, check=True)
        yield place, resize
    finally:
        if root:
            subprocess.run(["umount", str(place)], check=False)  # noqa: S607
        shutil.rmtree(place)


def full(mount: Path, room: int, resize: Resize) -> Callable[[], None]:
    """Leave so many bytes of room on a disk; return what a build is to do first."""
    usage = os.statvfs(mount)
    resize((usage.f_blocks - usage.f_bfree) * usage.f_frsize + room)
    return nothing


def limited(longest: int, room: int) -> Callable[[], None]:
    """Return what limits the length of files in a build to come."""
    most = room % longest

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    return limit


def build_at_once(shop: Shop, count: int) -> Iterator[tuple[str, int]]:
    """Let builds run at once in one folder, with one cache that lacks what they all need."""
    output = shop.scratch / "together"
    new = shop.of("a", whole=False)
    entries = sorted(path for path in (shop.scratch / "cache").glob("**/*") if path.is_file())
    for entry in shop.chance.sample(entries, min(2, len(entries))):
        entry.unlink()
    shop.log.unlink(missing_ok=True)
    children = [shop.start("a", output, whole=False, before=nothing) for _ in range(count)]
    codes = Counter(map(ended, children))
    shop.check(f"{count} at once", output, [new])
    if set(codes) != {0}:
        shop.faults.append(f"{count} at once: exit codes {dict(codes)}")
    shop.check_next(f"{count} at once", "b", output, whole=False)
    yield "ended well at once", codes[0]


TRIALS = {"kills": (kill_builds, 200), "full": (fill_disks, 50), "at_once": (build_at_once, 20)}


def main(arguments: list[str] | None = None) -> int:
    """Try what is asked for and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults")
    parser.add_argument("--kills", type=int, default=200, help="builds to kill: 200")
    parser.add_argument("--full", type=int, default=50, help="builds with a full disk: 50")
    parser.add_argument("--at-once", type=int, default=20, help="builds at once: 20")
    parser.add_argument("--seed", type=int, default=1, help="of the moments: 1")
    asked = parser.parse_args(arguments)
    import reglet.formats.epub.edition
    import reglet.formats.pdf.edition  # the engines, once for all builds
    import reglet.formats.web
    import reglet.proof.gate
    import reglet.resolve.document
    import reglet.source.project
    import reglet.text.section  # noqa: F401

    with TemporaryDirectory(prefix="faults-") as name:
        shop = Shop(Path(name).resolve(), random.Random(asked.seed))  # noqa: S311 - no secret
        shop.lay()
        for trial, (work, _) in TRIALS.items():
            count, began = getattr(asked, trial), time.monotonic()
            for row, number in work(shop, count) if count else ():
                print(f"{number:>5}  {row}", flush=True)
            print(f"{count:>5}  {trial.replace('_', ' ')}, {time.monotonic() - began:.0f} s")
    for fault in shop.faults:
        print(f"FAULT  {fault}")
    print(f"{len(shop.faults):>5}  faults")
    return 1 if shop.faults else 0


if __name__ == "__main__":
    sys.exit(main())
