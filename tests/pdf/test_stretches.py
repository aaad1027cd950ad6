"""Reports set stretch by stretch: the same bytes, however made, and no more set than asked."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import Maker

from reglet.formats.pdf.kept import KEEPING
from reglet.pipeline import build
from reglet.progress import NoProgress
from reglet.store import Store
from reglet.workshop import Workshop

WORDS = "Where the wells are deep, ropes are long and the water is cold in any weather. "


def section(number: int, *, longer: int = 0) -> str:
    following = f"See @sec-{number + 1} and @sec-1.[^a]\n\n" if number < 4 else "No more.[^a]\n\n"
    text = "".join(f"{WORDS * 6}[^{n}]\n\n[^{n}]: {WORDS}\n\n" for n in range(4))
    text += f"{WORDS * 6}\n\n" * longer
    return f"# Section {number} {{#sec-{number}}}\n\n{text}{following}[^a]: A note.\n"


def report(**changed: str) -> dict[str, str | bytes]:
    texts: dict[str, str | bytes] = {f"sections/0{n}.md": section(n) for n in range(1, 5)}
    head = "title: Wells\ndate: 2026-11-24\neditions: [screen]\nsections:\n"
    parts = "".join(f"  - sections/0{n}.md\n" for n in range(1, 5))
    texts["report.yaml"] = f"{head}  - part: cover\n  - part: contents\n{parts}"
    return texts | {f"sections/{name.strip('_')}.md": text for name, text in changed.items()}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[str]]:
    """Give builds a store of their own; return a function that lists the stretches set since."""
    store, made = Store(tmp_path / "pieces", 10**9), []
    monkeypatch.setattr("reglet.workshop.kept", lambda: store)
    put = Store.put

    def noted(self: Store, key: str, data: bytes) -> None:
        if self == store and not key.startswith(("places", "proof", "standing")):
            made.append(next(iter(KEEPING.unpack(data).seen.printed)).piece)
        put(self, key, data)

    monkeypatch.setattr(Store, "put", noted)

    def since() -> list[str]:
        found, made[:] = sorted(made), []
        return found

    return since


def built(folder: Path, out: Path, **options: bool | int) -> bytes:
    outcome = build(folder, output=out, progress=NoProgress(), **options)  # type: ignore[arg-type]
    assert outcome.value is not None, outcome.diagnostics
    return next(out.glob("*.pdf")).read_bytes()


def test_only_what_changes_is_set_again(
    make: Maker, tmp_path: Path, counted: Callable[[], list[str]]
) -> None:
    folder = make(report())
    first = built(folder, tmp_path / "first")
    assert set(counted()) == {"cover", "contents", "01", "02", "03", "04"}
    assert built(folder, tmp_path / "again") == first
    assert counted() == []
    make(report(_02=section(2).replace("water", "brine", 1)))
    changed = built(folder, tmp_path / "changed")
    assert counted() == ["02"]
    assert changed != first
    make(report(_02=section(2, longer=3)))
    grown = built(folder, tmp_path / "grown")
    assert set(counted()) == {"02", "contents"}, "what follows has other page numbers alone"
    assert built(folder, tmp_path / "anew", keeps=False, jobs=1) == grown
    assert counted() == []


def test_pages_and_references_are_numbered_where_pages_are_put_together(
    make: Maker, tmp_path: Path
) -> None:
    built(make(report(_02=section(2, longer=6))), tmp_path / "out")
    (file,) = (tmp_path / "out").glob("*.pdf")
    with pikepdf.open(file) as pdf:
        count = len(pdf.pages)
        starts = [
            list(pdf.pages).index(pikepdf.Page(dest[0])) + 1
            for item in pdf.open_outline().root
            if item.obj is not None
            for dest in [item.obj.Dest]
        ]
    pages = [
        subprocess.run(
            ["pdftotext", "-layout", "-f", str(n), "-l", str(n), str(file), "-"],
            capture_output=True, text=True, check=True,
        ).stdout
        for n in range(1, count + 1)
    ]  # fmt: skip
    for number, text in enumerate(pages[1:], start=2):
        assert text.rstrip().split()[-1] == str(number)
    printed = re.sub(r"\s+", " ", " ".join(pages))
    sections = starts[-4:]
    for number, start in zip((2, 3, 4), sections[1:], strict=True):
        assert f"“Section {number}”, p. {start} and “Section 1”, p. {sections[0]}" in printed


def test_one_process_makes_the_same_as_several(make: Maker, tmp_path: Path) -> None:
    folder = make(report())
    one = built(folder, tmp_path / "one", jobs=1, keeps=False)
    assert built(folder, tmp_path / "three", jobs=3, keeps=False) == one


def test_kept_entries_of_another_form_are_made_again(tmp_path: Path) -> None:
    shop = Workshop(jobs=1, store=Store(tmp_path, 10**6))
    for data in (b"", b"\x80\x05.", b"cos\nsystem\n(S'true'\ntR."):
        assert shop.store is not None
        shop.store.put("key", data)
        assert shop._found("key", KEEPING) is None
