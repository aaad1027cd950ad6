"""Every diagnostic: a row of RULES, a heading of docs/diagnostics.md and a case, all agreeing.

A case is a folder of `cases/diagnostics/` with a report that has the mistake, and `expected.txt`,
what is said of it. Most mistakes are found by `check`; `FOUND_BY` lists what finds the others.
`pytest --accept` writes the expectations anew; read them before they are committed.
"""

import gc
import io
import os
import re
import signal
from collections.abc import Callable, Iterable
from contextlib import chdir
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pikepdf
import pytest
from conftest import ROOT, Maker

from reglet.formats.pdf.glyphs import missing_glyphs
from reglet.manifest.model import read_manifest
from reglet.messages import View, render
from reglet.model.diagnostic import Diagnostic
from reglet.model.document import Built, Clash, Document, Placed
from reglet.model.limits import LIMITS
from reglet.model.report import Edition
from reglet.model.rules import RULES
from reglet.pipeline import build, check
from reglet.progress import NoProgress
from reglet.proof.gate import prove
from reglet.proof.notes import prove_notes
from reglet.source.door import MEGABYTE
from reglet.source.origins import Origin
from reglet.source.project import load
from reglet.verify.held import hold_inputs, hold_versions
from reglet.verify.targets import Target
from reglet.verify.verdict import verify
from reglet.write import write

CASES = Path(__file__).parent / "cases" / "diagnostics"
DOCUMENTATION = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")

Found = Iterable[Diagnostic]
Finder = Callable[[Path, Path], Found]
"""Takes a report's folder and an empty folder to write in; returns what is said."""


def by_check(folder: Path, _: Path) -> Found:
    return check(folder).diagnostics


def by_build(*editions: str) -> Finder:
    def found(folder: Path, scratch: Path) -> Found:
        output = scratch / "output"
        told = build(folder, editions=editions, output=output, progress=NoProgress()).diagnostics
        # the proof of the finished file tells the same mistake once more
        return tuple(item for item in told if item.code != "unproven") or told

    return found


def document_in(folder: Path) -> Document:
    document = check(folder).value
    assert document is not None
    return document


def by_glyphs(folder: Path, _: Path) -> Found:
    project = load(folder).value
    assert project is not None
    return missing_glyphs(document_in(folder), project.files)


def by_placing(placed: Placed) -> Finder:
    """Prove the notes of a PDF that has one of them at `placed`."""

    def found(folder: Path, _: Path) -> Found:
        built = Built(Edition("screen", "pdf"), "camp.pdf", "", b"", pages=2, placed=(placed,))
        return prove_notes(built, document_in(folder))[1]

    return found


def by_gate(folder: Path, _: Path) -> Found:
    """Prove a PDF that has no tags."""
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(file)
    built = Built(Edition("screen", "pdf"), "camp.pdf", "application/pdf", file.getvalue(), 1)
    return prove([built], lambda _: document_in(folder)).diagnostics


def by_write(_: Path, scratch: Path) -> Found:
    """Write where a file stands in the way."""
    with chdir(scratch):
        Path("output").write_text("mine")
        built = Built(Edition("screen", "pdf"), "camp.pdf", "application/pdf", b"%PDF")
        return write([built], Path("output")).diagnostics


def by_verify(folder: Path, _: Path) -> Found:
    """Hold the files of a folder against the manifest there."""
    manifest = folder / "manifest.json"
    only = folder / "camp.epub" if (folder / "camp.epub").exists() else None
    return verify(Target(None, folder, manifest, only), NoProgress()).diagnostics


def by_inputs(folder: Path, _: Path) -> Found:
    return hold_inputs(read_manifest((folder / "manifest.json").read_bytes()), folder)


def by_versions(folder: Path, _: Path) -> Found:
    """Compare with a machine that has another page engine."""
    built = read_manifest((folder / "manifest.json").read_bytes()).made_with
    return hold_versions(built, built.model_copy(update={"packages": {"weasyprint": "70.0"}}))


def by_rebuild(folder: Path, scratch: Path) -> Found:
    """Verify an EPUB that was put in the place of the one built, in the manifest, too."""
    copy = copytree(folder, scratch / "report")
    output, forged = copy / "output", b"from elsewhere"
    assert not build(copy, progress=NoProgress()).failed
    right = (output / "the-camp.epub").read_bytes()
    (output / "the-camp.epub").write_bytes(forged)
    listing = (output / "manifest.json").read_text()
    listing = listing.replace(sha256(right).hexdigest(), sha256(forged).hexdigest())
    (output / "manifest.json").write_text(listing)
    return verify(Target(copy, output, output / "manifest.json"), NoProgress()).diagnostics


def by_length(length: int) -> Finder:
    """Check a report with a section of so many characters."""

    def found(folder: Path, scratch: Path) -> Found:
        copy = copytree(folder, scratch / "report")
        (copy / "sections" / "01-camp.md").write_bytes(b"\n" * length)
        return check(copy).diagnostics

    return found


def by_many(folder: Path, scratch: Path) -> Found:
    """Check a report with 1,200 divisions that are closed and never opened."""
    copy = copytree(folder, scratch / "report")
    (copy / "sections" / "01-camp.md").write_text("# The camp\n\n" + ":::\n" * 1200)
    told = check(copy).diagnostics
    assert [item.code for item in told].count("unopened-div") == 1000
    return [item for item in told if item.code != "unopened-div"]


def by_slow_section(folder: Path, scratch: Path) -> Found:
    """Check a report with a section that nests as much as it may, over and over."""
    copy = copytree(folder, scratch / "report")
    text = "# The camp\n\n" + ("[" * 38 + "\n\n") * 20_000
    (copy / "sections" / "01-camp.md").write_text(text)
    gc.disable()  # Hypothesis has a callback there, in which no exception may be raised
    try:
        return check(copy).diagnostics
    finally:
        gc.enable()


def by_killed(folder: Path, scratch: Path) -> Found:
    """Build a report of which the system kills every process that sets a part."""
    parent = os.getpid()

    def killed(*_: object) -> None:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    output = scratch / "output"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reglet.formats.pdf.setting.lay_out", killed)
        return build(folder, output=output, jobs=2, keeps=False, progress=NoProgress()).diagnostics


def by_fetching(folder: Path, _: Path) -> Found:
    """Check a report that may fetch from a port of this machine at which nobody listens."""
    return check(folder, allowed=frozenset([Origin("http", "127.0.0.1", 9)])).diagnostics


FOUND_BY: dict[str, Finder] = {
    "more-mistakes": by_many,
    "file-limit": by_length(LIMITS["file-size"].usual * MEGABYTE + 1),
    "too-long": by_length(LIMITS["section-length"].usual + 1),
    "template-error": by_build("ebook"),
    "template-limit": by_build("ebook"),
    "deep-markup": by_build("screen"),
    "page-limit": by_build("screen"),
    "time-limit": by_slow_section,
    "lost-worker": by_killed,
    "unfetched-image": by_fetching,
    "no-pages": by_build("wrap"),
    "bad-markup": by_build("ebook"),
    "unsafe-markup": by_build("ebook"),
    "not-accessible": by_build("ebook"),
    "unplaced-pages": by_build("screen", "ebook"),
    "engine-warning": by_build("screen"),
    "unsettled-pages": by_build("screen"),
    "missing-glyph": by_glyphs,
    "coarse-image": by_build("press"),
    "half-empty-page": by_build("screen"),
    "note-astray": by_placing(Placed("note-1", call_page=1, note_page=2)),
    "note-lost": by_placing(Placed("note-1", call_page=1, note_page=1, words_missing=3)),
    "note-garbled": by_placing(Placed("note-1", 1, 1, words_astray="of 2011.")),
    "note-overlaps": by_placing(Placed("note-1", 2, 2, clashes=(Clash(2, "Thirty-six died."),))),
    "note-outside": by_build("screen"),
    "unproven": by_gate,
    "cannot-write": by_write,
    "no-manifest": by_verify,
    "bad-manifest": by_verify,
    "input-differs": by_inputs,
    "version-differs": by_versions,
    "file-differs": by_verify,
    "rebuild-differs": by_rebuild,
}
SLOW = (
    "coarse-image",
    "deep-markup",
    "engine-warning",
    "half-empty-page",
    "lost-worker",
    "note-outside",
    "page-limit",
    "rebuild-differs",
    "template-limit",
    "unplaced-pages",
    "unsettled-pages",
)  # they need the page engine


@dataclass(frozen=True)
class Entry:
    """What the documentation says of one code; `example` holds its code blocks."""

    code: str
    example: tuple[str, ...]


def documented() -> list[Entry]:
    parts = re.split(r"^## ([a-z-]+)$", DOCUMENTATION, flags=re.MULTILINE)
    return [
        Entry(code, tuple(found[2] for found in re.findall(r"(?ms)^(`{3,})(\w*)\n(.*?)^\1$", body)))
        for code, body in zip(parts[1::2], parts[2::2], strict=True)
    ]


def cases() -> list[object]:
    return [pytest.param(code, marks=[pytest.mark.full] * (code in SLOW)) for code in RULES]


def test_rules_documentation_and_cases_agree() -> None:
    assert [entry.code for entry in documented()] == list(RULES)
    assert {folder.name for folder in CASES.iterdir()} == set(RULES)
    assert FOUND_BY.keys() <= RULES.keys()


@pytest.mark.parametrize("code", cases())
def test_case(code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with chdir(CASES):
        told = tuple(FOUND_BY.get(code, by_check)(Path(code), tmp_path))
    found = render(told, "concise", View())
    expected = CASES / code / "expected.txt"
    if request.config.getoption("accept"):
        expected.write_text(found, encoding="utf-8")
    assert {item.code for item in told} == {code}
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", documented(), ids=lambda entry: entry.code)
def test_the_documentation_shows_the_case(entry: Entry) -> None:
    folder = CASES / entry.code
    *shown, message = entry.example
    assert set(message.splitlines()) <= set(
        (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    )
    texts = [file.read_bytes().decode(errors="replace") for file in folder.rglob("*.*")]
    assert all(any(lines in text for text in texts) for lines in shown)


SAVE = "save the picture in `figures/`"
ALLOW = "build with `--allow-net"
SECTION = """# The camp

### The gate

It was shut.[^gate] It stayed shut @sec-kamp.

![](figures/map.png)
"""


def test_all_mistakes_are_told_at_once(make: Maker) -> None:
    folder = make(
        {
            "report.yaml": "title: The Camp\npublsher: Salt Press\nkeywords: water\n",
            "sections/01.md": SECTION,
            "data/dead.yaml": "- {date: 2011-13-08}\n",
            "sources.yaml": "boumedra:\n  type: bok\n",
        }
    )
    first = [(item.span.path, item.code) for item in check(folder).diagnostics]
    assert ("report.yaml", "unknown-key") in first
    assert ("report.yaml", "wrong-type") in first
    assert ("data/dead.yaml", "bad-date") in first
    assert ("sources.yaml", "bad-value") in first

    (folder / "report.yaml").write_text("title: The Camp\nnotes: {style: chicago}\n")
    then = check(folder).diagnostics
    assert [(str(item.span), item.code) for item in then if item.span.path != "report.yaml"] == [
        ("data/dead.yaml:1:10", "bad-date"),
        ("sections/01.md:3:1", "heading-skip"),
        ("sections/01.md:5:13", "unknown-note"),
        ("sections/01.md:5:36", "unknown-reference"),
        ("sections/01.md:7:1", "missing-alt"),
        ("sections/01.md:7:1", "missing-image"),
        ("sources.yaml:1:1", "unused-source"),
        ("sources.yaml:2:9", "bad-value"),
    ]


def test_pictures_are_found_as_they_are_written(make: Maker) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    text = "# One\n\n![A](./figures/../figures/my%20map.svg)^[![B](<figures/my map.svg>)]\n"
    folder = make({"sections/01.md": text, "figures/my map.svg": picture})
    outcome = check(folder)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    nodes = outcome.value.sections[0].blocks
    sources = [
        inner.attrs["src"] for node in nodes for inner in node.walk() if "src" in inner.attrs
    ]
    assert sources == ["figures/my map.svg"]


@pytest.mark.parametrize(
    ("source", "code", "hint"),
    [
        ("map.svg", "missing-image", "did you mean `figures/map.svg`?"),
        ("figures/mpa.svg", "missing-image", "did you mean `figures/map.svg`?"),
        ("x.gif", "missing-image", "correct the name, or add the file"),
        ("../map.svg", "bad-image", "save it as PNG, JPEG or SVG"),
        ("//example.org/map.svg", "remote-image", f"{SAVE}, or {ALLOW} example.org`"),
        ("HTTP://example.org/map.svg", "remote-image", f"{SAVE}, or {ALLOW} http://example.org`"),
        ("ftp://example.org/map.svg", "remote-image", SAVE),
        ("https://me:secret@example.org/map.svg", "remote-image", SAVE),
        ("file:///etc/map.svg", "bad-link", SAVE),
        ("C:/map.svg", "bad-link", SAVE),
    ],
)
def test_pictures_that_cannot_be_shown(make: Maker, source: str, code: str, hint: str) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    text = f"# One\n\nA note.^[With ![a map]({source}).]\n"
    folder = make({"sections/01.md": text, "figures/map.svg": picture})
    found = [(str(item.span), item.code, item.hint) for item in check(folder).diagnostics]
    assert found == [("sections/01.md:3:15", code, hint)]


@pytest.mark.full
def test_a_build_that_fails_leaves_the_last_good_one(make: Maker, tmp_path: Path) -> None:
    folder, output = make({}), tmp_path / "output"
    outcome = build(folder, output=output, progress=NoProgress())
    assert not outcome.failed, outcome.diagnostics
    good = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in output.iterdir()}
    assert {Path(name).suffix for name in good} == {".pdf", ".epub", ".html", ".json"}
    mistakes = {
        "sections/01.md": "# One\n\nA call.[^lost]\n",  # stops the build before any edition
        "templates/inquiry/parts/section.html": "<p onclick='x()'>{{ body }}</p>\n",  # at the EPUB
        "templates/inquiry/web/index.html": "{{ nothing }}\n",  # at the last edition
    }
    for path, text in mistakes.items():
        place = folder / path
        before = place.read_text() if place.exists() else None
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        assert build(folder, output=output, progress=NoProgress()).failed
        left = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in output.iterdir()}
        assert left == good, path
        place.unlink() if before is None else place.write_text(before)
