"""Fuzzes every parser that strangers' texts reach, each for some minutes, guided by coverage.

`python -m bench.fuzz [PARSER…]` computes for FUZZ_SECONDS (600) on each, of the processor's time;
atheris makes the texts where it is installed, chance elsewhere. What it finds lies in .fuzz/found:
each is to be mended, and goes to tests/fuzz/found. Prints a line for each parser and exits with 1
where anything was found.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
for _room in ("fuzz", "text", "resolve"):
    sys.path.insert(0, str(ROOT / "tests" / _room))

KEPT = ROOT / ".fuzz"
SECONDS = int(os.environ.get("FUZZ_SECONDS", "600"))
LONGEST = 500  # bytes of a text
TOLD = 5  # seconds of computing from one note of what has been done to the next
STUCK = 300  # seconds until a text is given up on that no exception ends
SEEDS = {
    "markdown": ("content/sections/*.md", "tests/cases/text/*.md"),
    "yaml": ("content/*.yaml", "content/data/*.yaml", "tests/cases/citations/*.yaml"),
    "directives": ("content/sections/*.md",),
    "csl": ("tests/**/*.csl",),
    "svg": ("tests/**/*.svg", "reglet/**/*.svg"),
}
_CODE = ["reglet"]


def computed() -> float:
    """Return the seconds that this process, and those that it waited for, have computed."""
    return sum(os.times()[:4])


class Watch:
    """Lets a parser read texts, and keeps one of each kind that it fails at."""

    def __init__(self, name: str, look: Callable[[str, str], None], seconds: float) -> None:
        self.name, self.look = name, look
        self.count = 0
        self.started, self.computed = time.monotonic(), computed()
        self.end = self.computed + seconds
        self.told = 0.0
        self.slowest = 0.0
        self.found: dict[str, str] = {}

    def __call__(self, text: str) -> None:
        """Let the parser read a text."""
        self.count += 1
        began = computed()
        try:
            self.look(self.name, text)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as fault:  # whatever it is, it is found
            self._keep(text, fault)
        now = computed()
        self.slowest = max(self.slowest, now - began)
        if now > self.told + TOLD:
            self.tell()
            self.told = now

    @property
    def over(self) -> bool:
        """Tell whether the time is up."""
        return computed() > self.end

    def _keep(self, text: str, fault: BaseException) -> None:
        frames = traceback.extract_tb(fault.__traceback__)
        ours = [frame for frame in frames if "/reglet/" in frame.filename] or list(frames)
        frame = ours[-1]
        sign = f"{type(fault).__name__}-{Path(frame.filename).stem}-{frame.lineno}"
        known = self.found.get(sign)
        if known is None or len(text) < len(known):
            self.found[sign] = text
            place = KEPT / "found" / f"{self.name}-{sign}"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.with_suffix(".txt").write_bytes(text.encode("utf-8", errors="replace"))
            place.with_suffix(".log").write_text(
                "".join(traceback.format_exception(fault)), encoding="utf-8"
            )
            self.tell()

    def tell(self) -> None:
        """Write down what has been done so far."""
        facts = {
            "count": self.count,
            "seconds": time.monotonic() - self.started,
            "computing": computed() - self.computed,
            "slowest": self.slowest,
            "found": sorted(self.found),
        }
        KEPT.mkdir(exist_ok=True)
        (KEPT / f"{self.name}.json").write_text(json.dumps(facts), encoding="utf-8")


def guided(name: str, seconds: int) -> None:
    """Fuzz one parser by atheris, which keeps texts that reach new code."""
    import atheris

    with atheris.instrument_imports(include=_CODE):
        import parsers
    from grammar import text_of

    watch = Watch(name, parsers.look, seconds)

    def read(data: bytes) -> None:
        watch(text_of(name, data))
        if watch.over:
            watch.tell()
            os._exit(0)

    corpus = KEPT / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_len={LONGEST}",
        f"-timeout={STUCK}",
        f"-report_slow_units={STUCK}",
        "-rss_limit_mb=3000",
        f"-dict={dictionary(name)}",
        f"-artifact_prefix={KEPT}/stuck-{name}-",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], read)
    atheris.Fuzz()


def drawn(name: str, seconds: int) -> None:
    """Fuzz one parser by texts drawn at random, where there is no atheris."""
    import parsers
    from grammar import text_of

    watch = Watch(name, parsers.look, seconds)
    source = random.Random(name)  # noqa: S311 - no secret
    while not watch.over:
        watch(text_of(name, b"\xff" + source.randbytes(source.randint(1, 60))))
    watch.tell()


def seeds(name: str) -> Iterator[bytes]:
    """Yield texts to begin with: documents of the repository, and what was found before."""
    from grammar import PIECES, bytes_of

    for pattern in (*SEEDS.get(name, ()), f"tests/fuzz/found/{name}-*"):
        for path in sorted(ROOT.glob(pattern)):
            text = path.read_text(encoding="utf-8", errors="replace")
            parts = [text] if len(text) < LONGEST else text.split("\n\n")
            yield from (bytes_of(part) for part in parts if len(part) < LONGEST)
    source = random.Random(name)  # noqa: S311 - no secret
    for _ in range(40):
        yield b"\xff" + bytes(source.randrange(len(PIECES[name])) for _ in range(20))


def dictionary(name: str) -> Path:
    """Write the pieces of a language as libFuzzer's dictionary."""
    from grammar import PIECES

    words = [
        "".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8", errors="replace"))
        for piece in PIECES[name]
        if piece
    ]
    place = KEPT / f"{name}.dict"
    place.write_text("".join(f'"{word}"\n' for word in dict.fromkeys(words)), encoding="ascii")
    return place


def run(name: str, seconds: int) -> bool:
    """Fuzz one parser in a process of its own, print what became of it; tell whether it held."""
    for old in [KEPT / f"{name}.json", *KEPT.glob(f"stuck-{name}-*")]:
        old.unlink(missing_ok=True)
    command = [sys.executable, "-m", "bench.fuzz", "--one", name, "--seconds", str(seconds)]
    with (KEPT / f"{name}.log").open("wb") as log:
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False)
    stuck = sorted(path.name for path in KEPT.glob(f"stuck-{name}-*"))
    place = KEPT / f"{name}.json"
    facts = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
    whole = facts and done.returncode == 0  # else it was ended before its time
    found = [*facts.get("found", ()), *stuck, *([] if whole else [f"exit code {done.returncode}"])]
    print(
        f"{name:13} {facts.get('count', 0):>9,} texts in {facts.get('computing', 0):4.0f} s "
        f"of computing, the slowest {facts.get('slowest', 0):5.2f} s, {len(found)} found",
        flush=True,
    )
    for sign in found:
        print(f"  {sign}", flush=True)
    return not found


def main(arguments: list[str] | None = None) -> int:
    """Fuzz what is asked for and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("parsers", nargs="*", metavar="PARSER", help="all of them where none is")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of computing, for each: 600")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.one:
        (guided if find_spec("atheris") else drawn)(asked.one, asked.seconds)
        return 0
    from grammar import PIECES

    unknown = [name for name in asked.parsers if name not in PIECES]
    if unknown:
        parser.error(f"no parser {unknown[0]}; there are {', '.join(PIECES)}")
    KEPT.mkdir(exist_ok=True)
    held = [run(name, asked.seconds) for name in asked.parsers or PIECES]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
