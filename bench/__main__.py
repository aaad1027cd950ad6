"""Sets one document with notes by bare WeasyPrint and by reglet, each in a process of its own.

Prints CPU seconds, peak memory, pages and how many notes stand whole on the page of their call,
and the ratios of both. `python -m bench [NOTES]`; 300 notes where none are asked for;
of more the bare engine falls into endless recursion, which is told.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pdf"))

ENGINES = ("weasyprint", "reglet")
LONGEST = 60  # words of a note; the bare engine loses those of longer ones


def measure(engine: str, notes: int) -> dict[str, float]:
    """Lay the document out with one engine and return what it took."""
    from random_pages import Pages

    from reglet.formats.pdf.engine import lay_out
    from reglet.formats.pdf.notes import placed

    made = Pages(1, notes, LONGEST)
    if engine == "weasyprint":
        from weasyprint.document import Document

        from reglet.formats.pdf import engine as door

        vars(door)["NotesDocument"] = Document
        made.style += ".note { footnote-policy: line }"
    started = time.process_time()
    pages = lay_out(made.markup, made.style, {}).document.pages
    seconds = time.process_time() - started
    found = placed(pages, made.notes)
    right = sum(item.call_page == item.note_page and not item.words_missing for item in found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": seconds, "memory": memory, "pages": len(pages), "right": right / len(found)}


def main() -> None:
    """Measure both engines and print a table."""
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
        return
    notes = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rows: dict[str, dict[str, float]] = {}
    for engine in ENGINES:
        command = [sys.executable, "-m", "bench", engine, str(notes)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{engine} fails: {done.stderr.strip().splitlines()[-1]}")
        else:
            rows[engine] = json.loads(done.stdout)
    print(f"{notes} notes        CPU s   peak MB   pages   notes right")
    for engine, row in rows.items():
        print(
            f"{engine:<14} {row['cpu']:8.1f} {row['memory']:9.0f} {row['pages']:7.0f}"
            f" {row['right']:12.1%}"
        )
    if len(rows) == len(ENGINES):
        bare, ours = (rows[engine] for engine in ENGINES)
        cpu, memory = ours["cpu"] / bare["cpu"], ours["memory"] / bare["memory"]
        print(f"ours to bare   {cpu:8.2f} {memory:9.2f}")


if __name__ == "__main__":
    main()
