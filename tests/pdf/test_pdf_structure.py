"""How a finished PDF is tagged: what a screen reader is told of notes, tables, lists and links."""

from pathlib import Path

import pikepdf
import pytest
from conftest import built
from tags_in_file import Part, Tagged, read_tags

ROWS = "".join(f"| Row {n} | wet |\n" for n in range(1, 41))
SECTION = f"""# Wells^[In the heading.]

A *word*, a **strong one**, `code`, [en français]{{lang=fr}} and [a link
*within* it](https://example.org/).[^a] More.[^b]

## Depths

- One
- Two

{"Word upon word upon word. " * 150}

| Well[^head] | Remark |
|:-----|:-------|
{ROWS}
: Long

![The well](figures/well.svg){{credit="Ada"}}

![](figures/rule.svg){{alt=""}}

[^a]: The words of it. {"Words of a long note. " * 150}

[^b]: Short,[^in] to the end.

[^in]: Within.

[^head]: In the head.
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'
REPORT = """title: Test
date: 2026-11-24
sections: [{part: contents}, {part: lists}, sections/01.md]
editions: [{name: small, format: pdf, page: 110mm 140mm, margin-top: 15mm, margin-bottom: 15mm}]
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tagged")
    texts = {
        "report.yaml": REPORT,
        "sections/01.md": SECTION,
        "figures/well.svg": PICTURE,
        "figures/rule.svg": PICTURE,
    }
    for path, text in texts.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    (made,) = built(folder, folder / "output").glob("*.pdf")
    return made


@pytest.fixture(scope="module")
def tagged(file: Path) -> Tagged:
    return read_tags(file)


@pytest.fixture(scope="module")
def root(tagged: Tagged) -> Part:
    return tagged.root


def words(part: Part) -> str:
    return " ".join(part.text.split())


def test_each_note_is_one_and_is_read_behind_its_call(root: Part) -> None:
    order = [part for part in root.walk() if part.role in ("Note", "Reference") and part.text]
    texts = [words(part)[:9] for part in order if part.links or part.parts]
    notes = [part for part in order if part.role == "Note"]
    assert [str(note.source.ID) for note in notes] == [f"note-{n}" for n in range(1, 6)]
    calls = [
        part.parts[0].text for part in order if part.role == "Reference" and part.text.isdigit()
    ]
    assert calls == ["1", "2", "3", "4", "5"]
    at = texts.index("2")
    assert texts[at + 1].startswith("2The")
    for note, call in zip(notes, calls, strict=True):
        place = order.index(note)
        assert order[place - 1].text == call
        assert note.all("Lbl")[0].text == call


def test_a_note_in_a_heading_is_read_after_it(root: Part) -> None:
    (heading,) = (part for part in root.all("H1") if part.text.startswith("Wells"))
    assert heading.text == "Wells1"
    (section,) = (part for part in root.walk() if heading in part.parts)
    assert section.parts[section.parts.index(heading) + 1].role == "Note"


def test_a_note_that_goes_on_overleaf_is_whole(root: Part) -> None:
    (note,) = (part for part in root.all("Note") if part.text.startswith("2"))
    assert words(note).count("long note") == 150
    assert len(note.all("P")) == 1


def test_ids_lead_to_their_parts(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        names = pdf.Root.StructTreeRoot.IDTree.Names
        listed = {str(names[n]): names[n + 1] for n in range(0, len(names), 2)}
        assert list(listed) == sorted(listed)
        assert all(str(part.ID) == name for name, part in listed.items())
        assert {"note-1", "note-5"} <= set(listed)


def test_the_contents_are_a_table_of_contents(root: Part) -> None:
    contents, tables = root.all("TOC")[0], root.all("TOC")[-1]
    assert [part.role for part in contents.parts] == ["TOCI"]
    entry, below = contents.parts[0].parts
    assert (entry.role, words(entry)[:5]) == ("Reference", "Wells")
    assert (below.role, below.parts[0].parts[0].role) == ("TOC", "Reference")
    assert words(below.parts[0]).startswith("Depths")
    assert words(tables).startswith("Table 1 Long")


def test_captions_are_beside_figures_and_in_tables(root: Part) -> None:
    (group,) = (part for part in root.all("Div") if "Caption" in [kid.role for kid in part.parts])
    assert [str(figure.source.Alt) for figure in group.all("Figure")] == ["The well"]
    assert words(group.all("Caption")[0]).startswith("Figure 1")
    (table,) = root.all("Table")
    assert [part.role for part in table.parts] == ["Caption", "THead", "TBody"]


def test_a_table_over_pages_is_one_with_one_head(root: Part) -> None:
    (table,) = root.all("Table")
    assert len(table.all("TR")) == 41
    heads = table.all("TH")
    assert [head.attribute("/Scope") for head in heads] == ["/Column", "/Column"]
    ids = {str(head.source.ID) for head in heads}
    named = {str(id) for cell in table.all("TD") for id in cell.source.A.Headers}
    assert named == ids


def test_paragraphs_over_pages_are_whole(root: Part) -> None:
    (long,) = (part for part in root.all("P") if part.text.startswith("Word upon"))
    assert long.text.count("upon") == 300
    assert len({part.source.Pg.objgen for part in long.walk()}) > 1


def test_heads_folios_leaders_and_decoration_are_not_read(tagged: Tagged) -> None:
    assert tagged.untold == []
    assert all("Test" in page for page in tagged.artifacts[-2:])  # the running head
    assert [str(figure.source.Alt) for figure in tagged.root.all("Figure")] == ["The well"]
    assert "    " not in tagged.root.all("TOC")[0].text


def test_links_say_their_words(tagged: Tagged) -> None:
    held = [link for part in tagged.root.all("Link") for link in part.links]
    there = [link.objgen for page in tagged.pdf.pages for link in page.obj.get("/Annots", [])]
    assert sorted(link.objgen for link in held) == sorted(there)
    said = {str(link.Contents) for link in held}
    assert {"a link within it", "Wells", "Table 1 Long", "2"} <= said
    assert not {name for name in said if name.startswith(("note-", "call-", "http"))}


def test_emphasis_languages_and_lists_are_told(root: Part) -> None:
    assert "word" in [part.text for part in root.all("Em")]
    assert [part.text for part in root.all("Strong")] == ["strong one"]
    assert [part.text for part in root.all("Code")] == ["code"]
    french = [part for part in root.walk() if str(part.source.get("/Lang", "")) == "fr"]
    assert [words(part).replace("\u00ad", "") for part in french] == ["en français"]
    (plain,) = root.all("L")
    assert plain.attribute("/ListNumbering")


def test_roles_of_later_standards_are_mapped(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        assert dict(pdf.Root.StructTreeRoot.RoleMap) == {"/Em": "/Span", "/Strong": "/Span"}


def test_terms_are_labels_and_abbreviations_expanded(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    (folder / "sections").mkdir(parents=True)
    (folder / "report.yaml").write_text("title: Test\neditions: [screen]\n")
    (folder / "sections/01.md").write_text(
        "# One\n\nWell\n:   A hole of the <abbr title='United Nations'>UN</abbr>.[^a]\n\n"
        "Rope\n\n:   Hemp.\n\n:   Or steel.\n\n[^a]: Noted.\n"
    )
    (file,) = built(folder, tmp_path / "output").glob("*.pdf")
    tagged = read_tags(file)
    root = tagged.root
    (terms,) = (part for part in root.all("L") if part.all("Lbl"))
    items = [[(kid.role, words(kid)) for kid in item.parts] for item in terms.parts]
    assert items == [
        [("Lbl", "Well"), ("LBody", "A hole of the UN.11Noted.")],
        [("Lbl", "Rope"), ("LBody", "Hemp."), ("LBody", "Or steel.")],
    ]
    assert [str(part.source.E) for part in root.walk() if "/E" in part.source] == ["United Nations"]
