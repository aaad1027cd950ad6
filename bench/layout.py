"""Sets one report by bare WeasyPrint and by reglet's layout, each in a process of its own.

Prints CPU seconds, peak memory, pages and how many notes stand whole on the page of their call,
and the ratios of both; exits with 1 where a ratio is above its bound. `python -m bench layout
[NOTES]`; 2,000 notes, on some 300 pages, where none are asked for.
"""

import json
import resource
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.markup import marked_up

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pdf"))

ENGINES = ("weasyprint", "reglet")
BOUNDS = {"cpu": 0.6, "memory": 1.0}
LONGEST = 20  # words of a note; the bare engine loses those of long ones
MARGINS = {"inside": "20mm", "outside": "20mm", "top": "22mm", "bottom": "22mm"}
LOOK = ".note { margin: 0 } @page { @footnote { margin-top: 0; padding-top: 0 } }"
HONESTLY = """\
So that bare WeasyPrint can set it at all, the report has no notes in notes, over which it falls
into endless recursion, and no margins round its notes, with which it puts each overleaf.
Fonts are cut before the time is taken."""


def rendered(notes: int) -> tuple[Any, Any, list[str]]:
    """Return a report's markup, its pictures and the identifiers of its notes."""
    from page_settings import Settings
    from stress_report import StressReport

    look = Settings({f"margin-{side}": width for side, width in MARGINS.items()}, LOOK)
    report = StressReport(1, notes, longest=LONGEST, nested=False, settings=look)
    with TemporaryDirectory() as folder:
        report.write(Path(folder))
        with Path(folder, "report.yaml").open("a", encoding="utf-8") as settings:
            settings.write("limits: {section-length: 9000000}\n")  # all notes are in one
        return marked_up(Path(folder))


def measure(engine: str, notes: int) -> dict[str, float]:
    """Lay the report out with one engine and return what it took."""
    from reglet.formats.pdf.engine import lay_out
    from reglet.formats.pdf.notes import placed

    markup, images, identifiers = rendered(notes)
    lay_out("<html><head><title>t</title></head><body/></html>", markup.stylesheet, {})
    if engine == "weasyprint":
        from weasyprint.document import Document

        from reglet.formats.pdf import engine as door

        vars(door).update(NotesDocument=Document, lean_layout=nullcontext)
    started = time.process_time()
    pages = lay_out(markup.whole, markup.stylesheet, images).document.pages
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = placed(pages, identifiers)
    right = sum(item.call_page == item.note_page and not item.words_missing for item in found)
    return {"cpu": seconds, "memory": memory, "pages": len(pages), "right": right / len(found)}


def main(arguments: list[str]) -> int:
    """Measure both engines, print a table, and tell by the exit status whether the bounds hold."""
    if len(arguments) == 2:
        print(json.dumps(measure(arguments[0], int(arguments[1]))))
        return 0
    notes = int(arguments[0]) if arguments else 2000
    rows: dict[str, dict[str, float]] = {}
    print(HONESTLY)
    for engine in ENGINES:
        command = [sys.executable, "-m", "bench", "layout", engine, str(notes)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{engine} fails: {done.stderr.strip().splitlines()[-1]}")
            return 1
        rows[engine] = json.loads(done.stdout)
    print(f"{notes} notes        CPU s   peak MB   pages   notes right")
    for engine, row in rows.items():
        print(
            f"{engine:<14} {row['cpu']:8.1f} {row['memory']:9.0f} {row['pages']:7.0f}"
            f" {row['right']:12.1%}"
        )
    bare, ours = (rows[engine] for engine in ENGINES)
    ratios = {key: ours[key] / bare[key] for key in BOUNDS}
    print(f"ours to bare   {ratios['cpu']:8.2f} {ratios['memory']:9.2f}")
    print(f"at most        {BOUNDS['cpu']:8.2f} {BOUNDS['memory']:9.2f}")
    return 1 if any(ratios[key] > bound for key, bound in BOUNDS.items()) else 0
