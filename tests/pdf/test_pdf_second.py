"""A finished PDF 2.0: PDF/UA-2 and PDF/A-4f, by `standard: ua-2`."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Maker, built
from PIL import Image
from tags_in_file import read_tags

from reglet.pipeline import build, check
from reglet.progress import NoProgress
from reglet.proof.finding import Verdict
from reglet.proof.record import prove_folder
from reglet.summary import summarise


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(file, "PNG")
    return file.getvalue()


TEXT = """\
# One {#one}

*Here*, **there**[^a] and `code`[^b], “quoted”; again[^a]. See [Two](#two), @fig-well and @tbl-w.

::: {.box}
## In a box[^c]

- one

  > ![In a quotation](figures/well.png)
- two[^d]
  1. three
  2. four

     ![A well](figures/well.png){#fig-inner}
:::

> Deep is the well.[^e]

![The well[^f]](figures/well.png){#fig-well alt="A well, seen from above"}

| Well | Depth |
| --- | --: |
| Upper[^g] | 3 |
| Lower | 12 |

: Depths {#tbl-w}

```python
print(1)
```

# Two {#two}

Well
:   A hole, with water.[^h]

| Lines
|   of verse

[^a]: A note, *stressed*.
[^b]: A note with more.

    - a list
    - of two[^i]

    Another paragraph.
[^c]: Of a heading.
[^d]: Of a list.
[^e]: Of a quotation.
[^f]: Of a caption.
[^g]: Of a table.
[^h]: Of a definition.
[^i]: Of a note.
"""
FILES: dict[str, str | bytes] = {
    "report.yaml": "title: Test\nauthors: [Ada]\nkeywords: [a]\ndate: 2026-11-24\neditions:\n"
    "  - {name: screen, standard: ua-2}\n",
    "sections/01.md": TEXT,
    "figures/well.png": picture(),
    "data/wells.yaml": "- {id: a, depth: 3}\n",
}


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("second")
    return built(written(folder / "report", FILES), folder / "out")


def pdf_in(output: Path) -> Path:
    (file,) = output.glob("*.pdf")
    return file


def test_the_tree_is_one_of_pdf_2(output: Path) -> None:
    tagged = read_tags(pdf_in(output))
    with tagged.pdf as pdf:
        assert pdf.pdf_version == "2.0"
        assert "/Info" not in pdf.trailer
        with pdf.open_metadata() as told:
            assert (told["pdfuaid:part"], told["pdfuaid:rev"]) == ("2", "2024")
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("4", "F")
            assert told["pdfaid:rev"] == "2020"
        base = pdf.Root.StructTreeRoot
        assert [str(held.NS) for held in base.Namespaces] == ["http://iso.org/pdf2/ssn"]
        assert "/RoleMap" not in base
        tree = tagged.root
        roles = {part.role for part in tree.walk()}
        assert {"Document", "Title", "Em", "Strong", "FENote", "Sect", "Table", "L"} <= roles
        assert {"Note", "H"} & roles == set()
        old = {part.role for part in tree.walk() if "/NS" not in part.source}
        assert old <= {"Reference", "TOC", "TOCI", "BlockQuote", "Quote", "Code", "NonStruct"}


def test_notes_and_calls_refer_to_each_other(output: Path) -> None:
    tagged = read_tags(pdf_in(output))
    with tagged.pdf:
        tree = tagged.root
        calls = [part for part in tree.all("Reference") if "/Ref" in part.source]
        notes = {note.source.objgen: note for note in tree.all("FENote")}
        assert len(notes) == 9
        assert len(calls) == 10
        for call in calls:
            (target,) = call.source.Ref
            note = notes[target.objgen]
            assert call.text.strip() in note.text
            assert call.source.objgen in {held.objgen for held in note.source.Ref}
        assert {str(note.source.A.NoteType) for note in notes.values()} == {"/Footnote"}


def test_everything_leads_to_a_part_that_is_in_the_tree(output: Path) -> None:
    tagged = read_tags(pdf_in(output))
    with tagged.pdf as pdf:
        tree = tagged.root
        parts = {part.source.objgen: part for part in tree.walk()}
        names = pdf.Root.Names.Dests.Names
        places = {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
        for place in places.values():
            assert place.SD[0].objgen in parts
            assert place.D[0].Type == "/Page"
            assert [*place.SD[1:]] == [*place.D[1:]]
        assert parts[places["two"].SD[0].objgen].text.strip().startswith("Two")
        assert parts[places["note-1"].SD[0].objgen].role == "FENote"
        with pdf.open_outline() as outline:
            items = [item.obj for item in outline.root if item.obj is not None]
        for item in items:
            heading = parts[item.A.SD[0].objgen]
            assert heading.text.strip() == str(item.Title)
        listed = [part for part in tree.all("TOCI") if part.text.strip().startswith("Two")]
        assert parts[listed[0].source.Ref[0].objgen].role in {"H1", "Sect"}


def test_the_build_says_what_it_does_not_prove(output: Path) -> None:
    record = json.loads((output / "proof.json").read_bytes())
    (file,) = record["files"]
    told = {(row["standard"], row["validator"], row["verdict"]) for row in file["proofs"]}
    assert told == {
        ("notes", "reglet", "passed"),
        ("structure", "reglet", "passed"),
        ("PDF/UA-2", "veraPDF", "not proven"),
        ("PDF/A-4f", "veraPDF", "not proven"),
    }


def test_two_builds_give_the_same_bytes(output: Path, tmp_path: Path) -> None:
    again = build(output.parent / "report", output=tmp_path, progress=NoProgress()).value
    assert again is not None
    assert "not proven: PDF/UA-2 and PDF/A-4f" in summarise(again)
    assert pdf_in(tmp_path).read_bytes() == pdf_in(output).read_bytes()


def test_only_pdfs_have_a_choice(make: Maker) -> None:
    report = (
        "title: T\neditions:\n  - {name: ebook, standard: ua-2}\n  - {name: screen, standard: a}\n"
    )
    told = check(make({"report.yaml": report})).diagnostics
    assert [f"{item.span}: {item.message} ({item.hint})" for item in told] == [
        "report.yaml:3:29: `ua-2` is no standard for format epub (take the line out)",
        "report.yaml:4:30: `a` is no standard for PDFs (write one of ua-1, ua-2, x-4)",
    ]


def bare(folder: Path) -> Path:
    """Build a report that has no data to be within its PDF."""
    files = {name: text for name, text in FILES.items() if not name.startswith("data/")}
    return built(written(folder / "report", files), folder / "out")


def test_a_file_without_files_is_plain_pdf_a_4(tmp_path: Path) -> None:
    output = bare(tmp_path)
    (file,) = json.loads((output / "proof.json").read_bytes())["files"]
    assert [row["standard"] for row in file["proofs"]] == [
        "notes",
        "structure",
        "PDF/UA-2",
        "PDF/A-4",
    ]


@pytest.mark.full
def test_verapdf_passes_it_without_files(tmp_path: Path) -> None:
    (found,) = prove_folder(bare(tmp_path)).values()
    asked = [finding for finding in found if finding.validator == "veraPDF"]
    assert [(f.standard, f.verdict, f.detail) for f in asked] == [
        ("PDF/UA-2", Verdict.PASSED, ()), ("PDF/A-4", Verdict.PASSED, ()),
    ]  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize(
    ("place", "kind"),
    [("foot", "/Footnote"), ("section-end", "/Endnote"), ("report-end", "/Endnote")],
)
def test_verapdf_passes_it(place: str, kind: str, tmp_path: Path) -> None:
    edition = f"  - {{name: screen, standard: ua-2, notes: {place}}}\n"
    report = str(FILES["report.yaml"]).replace("  - {name: screen, standard: ua-2}\n", edition)
    files = FILES | {"report.yaml": report}
    output = built(written(tmp_path / "report", files), tmp_path / "out")
    (found,) = prove_folder(output).values()
    assert [(f.standard, f.validator) for f in found] == [
        ("notes", "reglet"), ("structure", "reglet"), ("PDF syntax", "qpdf"),
        ("PDF/UA-2", "veraPDF"), ("PDF/A-4f", "veraPDF"),
    ]  # fmt: skip
    for finding in found:
        assert finding.verdict is Verdict.PASSED, (str(finding), finding.detail)
    tagged = read_tags(pdf_in(output))
    with tagged.pdf:
        kinds = {str(note.source.A.NoteType) for note in tagged.root.all("FENote")}
    assert kinds == {kind}
