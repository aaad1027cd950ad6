"""What `reglet speak` reads from a PDF's tags: golden of a small report, and word for word."""

import io
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from conftest import Maker, built
from PIL import Image

from reglet.cli import cli
from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.writing import write
from reglet.speak.joining import in_order, joined
from reglet.speak.marked import Piece
from reglet.speak.outline import outline, spoken
from reglet.speak.tree import UnreadableError, read_tree

CASE = Path(__file__).parents[1] / "cases" / "speak"
SHEET = """
@font-face { font-family: S; src: url("reglet:///fonts/serif.ttf") }
@font-face { font-family: N; src: url("reglet:///fonts/naskh.ttf") }
@page { size: 105mm 400mm; margin: 12mm; @top-center { content: "running" } }
html { font: 9pt/12pt S, N; hyphens: auto; text-align: justify }
.note { float: footnote; font-size: 7pt; line-height: 9pt }
.call { font-size: 60%; vertical-align: super; line-height: 0 }
ul { list-style-type: none; padding: 0 }
::footnote-call, ::footnote-marker { content: none }
"""
WORDS = (
    "internationalisation of extraordinarily disproportionate camps, “on” Saturdays – and "
    "incomprehensibilities; unquestionably (a) representation — administrations responsibility"
).split()


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    return file.getvalue()


def pdf(folder: Path, body: str, lang: str = "en") -> tuple[Path, ET.Element]:
    """Set a body; return the file and the element it was made from."""
    markup = f'<html lang="{lang}"><head><title>t</title></head><body>{body}</body></html>'
    file = folder / "file.pdf"
    file.write_bytes(write(lay_out(markup, SHEET, {})))
    found = ET.fromstring(markup).find("body")
    assert found is not None
    return file, found


def prose(seed: int, words: int = 60) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) for _ in range(words))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["speak", *arguments], prog_name="reglet")


def read(file: Path) -> list[str]:
    return list(outline(read_tree(file)))


def words_of(file: Path) -> list[str]:
    return " ".join(spoken(read_tree(file))).split()


@pytest.mark.parametrize(("name", "option"), [("tree", []), ("text", ["--text"])])
def test_a_small_report(
    name: str, option: list[str], make: Maker, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    files: dict[str, str | bytes] = {
        "report.yaml": "title: Heard\nlang: en\neditions: [screen]\n",
        "sections/01.md": (CASE / "section.md").read_text(encoding="utf-8"),
        "figures/map.png": picture(),
    }
    (file,) = built(make(files), tmp_path / "out").glob("*.pdf")
    shown = run(*option, str(file))
    assert (shown.exit_code, shown.stderr) == (0, "")
    golden = CASE / f"{name}.txt"
    if request.config.getoption("accept", False):
        golden.write_text(shown.stdout, encoding="utf-8")
    assert shown.stdout == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_every_word_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    """Paragraphs, lists, tables and marks, their lines divided wherever they fall."""
    cells = "".join(f"<tr><td>{prose(seed + n, 9)}</td><td>z{n}</td></tr>" for n in range(3))
    body = (
        f"<h1>{prose(seed, 12)}</h1><p>{prose(seed + 1)} <em>{prose(seed + 2, 9)}</em>, and "
        f'<a href="https://example.org/a">{prose(seed + 3, 9)}</a>.</p>'
        f"<ul><li>{prose(seed + 4, 20)}</li><li>{prose(seed + 5, 20)}</li></ul>"
        f"<table>{cells}</table>"
    )
    file, source = pdf(tmp_path, body)
    wanted = " ".join(_texts(source)).split()
    lines = read_lines(file)
    assert sum(line.endswith(("-", "\u00ad")) for line in lines) > 2  # words were divided
    assert words_of(file) == wanted


def _texts(element: ET.Element) -> Iterator[str]:
    """Yield the texts of blocks; what is inline is read with the text around it."""
    if element.tag in {"h1", "p", "li", "td"}:
        yield "".join(element.itertext())
    else:
        for child in element:
            yield from _texts(child)


def read_lines(file: Path) -> list[str]:
    with pikepdf.open(file) as found:
        from reglet.speak.marked import read_page

        pages = [read_page(page, number).pieces for number, page in enumerate(found.pages)]
    return [piece.text for page in pages for pieces in page.values() for piece in pieces]


def test_notes_are_read_whole_and_their_calls_are_words(tmp_path: Path) -> None:
    notes = {n: " ".join(f"n{n}w{m}disproportionately" for m in range(25)) for n in (1, 2, 3)}
    text = {n: f"t{n}a t{n}b t{n}c" for n in notes}
    body = "".join(
        f'<p>{text[n]}<a class="call" id="call-{n}" href="#note-{n}">{n}</a> t{n}d.'
        f'<span class="note" id="note-{n}"><a href="#call-{n}">{n}</a>{notes[n]}</span></p>'
        for n in notes
    )
    file, _ = pdf(tmp_path, f"<h1>t</h1>{body}")
    found = words_of(file)
    numbered = [word for n in notes for word in (str(n), *notes[n].split())]
    held = set(" ".join(notes.values()).split())
    at = [place for place, word in enumerate(found) if word in held]
    numbers = {place - 1 for place in at if found[place - 1].isdigit()}
    read = [word for place, word in enumerate(found) if place in numbers or word in held]
    rest = [word for place, word in enumerate(found) if place not in numbers and word not in held]
    assert read == numbered
    assert rest == ["t", *(word for n in notes for word in f"{text[n]} {n} t{n}d.".split())]


def test_running_heads_are_left_out(tmp_path: Path) -> None:
    file, _ = pdf(tmp_path, "<h1>t</h1>" + "<p>word</p>" * 99)
    with pikepdf.open(file) as found:
        assert len(found.pages) > 1
    assert words_of(file) == ["t", *["word"] * 99]


@pytest.mark.parametrize(
    "text",
    ["کتاب خوب جدید است", "سال 1398 و (بعد) 12 نفر", "نام John Smith است", "الله لا"],
)
def test_arabic_script_is_read_in_order(text: str, tmp_path: Path) -> None:
    file, _ = pdf(tmp_path, f'<h1>t</h1><p dir="rtl">{text}</p>', "fa")
    assert words_of(file) == ["t", *text.split()]


def test_roles_and_what_tags_say_of_themselves(tmp_path: Path) -> None:
    """A file of another program: own roles, notes, scopes, text in place of text."""
    assert read(other(tmp_path)) == [
        "[en]",
        "Document",
        '  P "word and"',
        '    Link "word" -> page 1',
        '    Note 4 [fr] "and"',
        '  TH scope=Column columns=2 "and"',
        '  TD "word" under "and, nowhere"',
        '  Figure alt="A map" "word"',
        "  Formula without alt",
        '  Span instead="said" "word"',
    ]
    assert list(spoken(read_tree(other(tmp_path)))) == [
        "word and", "4 and", "and", "word", "A map", "said",
    ]  # fmt: skip


def other(folder: Path) -> Path:
    """Write a file by hand: one line a piece of content, in a font with a range in its map."""
    made = pikepdf.new()
    page = made.add_blank_page()
    cmap = b"1 beginbfrange <61> <7a> <0061> endbfrange 1 beginbfchar <34> <0034> endbfchar"
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    letters = pikepdf.Dictionary({k: pikepdf.Name(v) for k, v in font.items()})
    letters.ToUnicode = made.make_stream(cmap)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=letters))
    shown = ("word", " and", "4", "running")
    runs = [f"/P <</MCID {n}>> BDC BT /F 9 Tf ({w}) Tj ET EMC" for n, w in enumerate(shown)]
    page.obj.Contents = made.make_stream("\n".join(runs).encode())

    def tag(role: str, *kids: object, **facts: object) -> pikepdf.Object:
        item: dict[str, object] = {
            "/Type": pikepdf.Name.StructElem,
            "/S": pikepdf.Name(role),
            "/Pg": page.obj,
        }
        item |= {f"/{key}": value for key, value in facts.items()}
        return made.make_indirect(pikepdf.Dictionary(item | {"/K": pikepdf.Array(kids)}))

    place = pikepdf.Array([page.obj, pikepdf.Name.Fit])
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Dest=place)
    leads = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=made.make_indirect(link))
    head = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Column, ColSpan=2)
    under = pikepdf.Dictionary(O=pikepdf.Name.Table, Headers=pikepdf.Array(["h", "none"]))
    note = tag("/Note", tag("/Lbl", 2), 1, Lang="fr")
    kids = [
        tag("/Text", tag("/Link", leads, 0), 1, note),
        tag("/TH", 1, A=head, ID="h"),
        tag("/TD", 0, A=under),
        tag("/Figure", 0, Alt="A map"),
        tag("/Formula"),
        tag("/Span", 0, ActualText="said"),
    ]
    roles = pikepdf.Dictionary(Text=pikepdf.Name.P)
    made.Root.StructTreeRoot = pikepdf.Dictionary(K=tag("/Document", *kids), RoleMap=roles)
    made.Root.Lang = "en"
    file = folder / "other.pdf"
    made.save(file)
    return file


def line(text: str, level: float, address: str = "", size: float = 10, start: float = 0) -> Piece:
    return Piece(tuple(text), 0, level, size, start, address)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("one", "two", "one two"),
        ("inter‐", "nation", "internation"),
        ("Secretary‐", "General", "Secretary‐General"),
        ("inter\u00ad", "Nation", "interNation"),
        ("well-", "known", "well-known"),
        ("1990–", "2000", "1990–2000"),
        ("he –", "who", "he – who"),
        ("東", "京", "東京"),
    ],
)
def test_lines_are_joined(first: str, second: str, whole: str) -> None:
    assert joined([line(first, 100), line(second, 88)]) == whole


def test_an_address_is_joined_where_a_line_divides_it() -> None:
    address = "https://example.org/wide"
    assert joined([line("https://exam", 9, address), line("ple.org/wide", -3, address)]) == address
    assert joined([line("the", 9, address), line("page", -3, address)]) == "the page"


def test_a_raised_number_is_of_the_same_line() -> None:
    raised = [line("word", 100), line("2", 103, size=6, start=20), line("s", 100, start=24)]
    assert joined(raised) == "word2s"


def test_lines_set_solid_are_lines() -> None:
    assert joined([line("one", 100), line("two", 94)]) == "one two"


def test_letters_drawn_from_right_to_left() -> None:
    drawn = "c 12 )b( a".replace("a", "א").replace("b", "ב").replace("c", "ג")
    assert "".join(in_order(drawn, rightward=False)) == "א (ב) 12 ג"
    assert "".join(in_order("to באל go", rightward=True)) == "to לאב go"


def test_files_that_cannot_be_read_are_told_plainly(tmp_path: Path) -> None:
    file, _ = pdf(tmp_path, "<h1>t</h1>")
    locked, bare, junk = (tmp_path / name for name in ("locked.pdf", "bare.pdf", "junk.pdf"))
    with pikepdf.open(file) as found:
        found.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
        del found.Root.StructTreeRoot
        found.save(bare)
    junk.write_text("no PDF")
    reasons = {
        locked: "it is encrypted and asks for a password",
        bare: "it has no tags: a screen reader has to guess its order",
        junk: "it is no PDF, or damaged (unable to find trailer dictionary while recovering "
        "damaged file)",
        tmp_path / "none.pdf": "no such file or directory",
        tmp_path: "is a directory",
    }
    for path, reason in reasons.items():
        shown = run(str(path))
        assert (shown.exit_code, shown.stdout) == (1, "")
        assert shown.stderr == f"Error: cannot read {path} aloud: {reason}\n"


def test_tags_that_hold_each_other_are_told(tmp_path: Path) -> None:
    file, _ = pdf(tmp_path, "<h1>t</h1>")
    with pikepdf.open(file, allow_overwriting_input=True) as found:
        root = found.Root.StructTreeRoot.K[0]
        root.K.append(root)
        found.save(file)
    assert "they hold each other" in run(str(file)).stderr


@pytest.mark.parametrize("seed", range(20))
def test_damage_is_no_crash(seed: int, tmp_path: Path) -> None:
    file, _ = pdf(tmp_path, "<h1>t</h1><p>Some <em>words</em></p>")
    with pikepdf.open(file) as found:
        plain = io.BytesIO()
        mode = pikepdf.ObjectStreamMode.disable
        found.save(plain, compress_streams=False, object_stream_mode=mode)
    draw, data = random.Random(seed), bytearray(plain.getvalue())
    start = re.search(rb"/StructTreeRoot|/MCID", data)
    assert start is not None
    for _ in range(draw.choice([1, 30, 300])):
        data[draw.randrange(len(data))] = draw.choice(b"0123456789/<>[]()Rk x")
    file.write_bytes(data)
    with suppress(UnreadableError):
        list(outline(read_tree(file)))
        list(spoken(read_tree(file)))
