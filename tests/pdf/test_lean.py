"""What the engine finds out once: the same files as when it finds it out each time, for less."""

import inspect
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from hashlib import sha256

import pydyf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_pdf_notes import SHEET, document, note
from weasyprint import css
from weasyprint.css import ComputedStyle
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import build
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background, percent
from weasyprint.pdf import stream
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from reglet.formats.pdf import engine, writing
from reglet.formats.pdf.patching import in_place_of

STYLE = """
@font-face { font-family: N; src: url("reglet:///fonts/naskh.ttf") }
html { hyphens: auto; text-align: justify } p { margin: 0 }
[lang=fa] { font-family: N; direction: rtl; hyphens: none }
.nowrap { white-space: nowrap } .kept { white-space: pre-wrap } .spaced { letter-spacing: .1em }
.wide { word-spacing: 3pt } .anywhere { overflow-wrap: anywhere } .manual { hyphens: manual }
.narrow { width: 4em } .boxed { border: 1pt solid red; padding: 0 3pt; margin: 2pt }
.old { font-feature-settings: "onum" } .lined { text-decoration: underline overline }
.float { float: left; width: 30mm } .right { float: right } .inline { display: inline-block }
.above { vertical-align: super; font-size: 70% } .indented { text-indent: 2em }
.led::after { content: leader(".") target-counter(attr(href), page) }
th { background: #ddd; padding: 2pt } table { border-collapse: collapse }
@page { @top-left { content: string(title) } @bottom-right { content: counter(page) } }
h2 { string-set: title content() }
"""
WORDS = {
    "en": "the a extraordinarily well-known camp, internationalise “of” fi ffi 1986–2016".split(),
    "de": "Donau\u00addampf\u00adschiff Verwaltungsgerichtsordnung und Straße Größe „so“".split(),
    "fa": "پزشک اردوگاه در دفتر چاه\u200cها لا".split(),
    "zh": ["中文排版", "没有空格", "的"],
}
LOOKS = (
    "", "nowrap", "kept", "spaced", "wide", "anywhere", "manual", "narrow", "old", "lined",
    "indented",
)  # fmt: skip
INLINE = (
    "{}", "{}", "<em>{}</em>", '<span class="boxed">{}</span>', '<a href="#x">{}</a>',
    '<span class="above">{}</span>', '<span class="inline boxed">{}</span>', "{}<br/>",
    '<span class="right">{}</span>', '<a class="led" href="#x">{}</a>',
)  # fmt: skip
BLOCK = (
    '<p class="{1}">{0}</p>', '<p class="{1}">{0}</p>', '<p id="i{2}" class="{1}">{0}</p>',
    '<div class="float boxed">{0}</div><p class="{1}">{0}</p>',
    "<ul><li>{0}</li><li>{0}</li></ul>", "<table><tr><th>{0}</th><td>{0}</td></tr></table>",
    "<h2>{0}</h2>", '<blockquote><p class="{1}">{0}</p></blockquote>',
)  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Make a body of a few blocks, in several languages, some of them with notes."""
    made = ['<h2 id="x">Place</h2>']
    for number in range(draw(st.integers(1, 5))):
        language = draw(st.sampled_from([*WORDS]))
        words = draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=60))
        pieces = draw(st.lists(st.sampled_from(INLINE), min_size=1, max_size=4))
        step = len(words) // len(pieces) + 1
        parts = (
            piece.format(" ".join(words[place * step : (place + 1) * step]))
            for place, piece in enumerate(pieces)
        )
        text = f'<span lang="{language}">{" ".join(parts)}</span>'
        if draw(st.booleans()):
            text += note(number, " ".join(words[:20]))
        block = draw(st.sampled_from(BLOCK))
        made.append(block.format(text, draw(st.sampled_from(LOOKS)), number))
    return "".join(made)


@contextmanager
def plain() -> Iterator[None]:
    """Let the engine find out everything each time."""
    with (
        in_place_of(engine, "lean_layout", nullcontext),
        in_place_of(writing, "lean_writing", nullcontext),
    ):
        yield


def written(body: str) -> bytes:
    return writing.write(engine.lay_out(document(body), SHEET + STYLE, {}))


def same(body: str) -> bool:
    with plain():
        expected = written(body)
    return written(body) == expected


EVERYTHING = "".join(
    block.format(
        f'<span lang="{language}">{inline.format(" ".join(words * 4))}</span>'
        f" {' '.join(words)}{note(number, ' '.join(words * 3))}",
        LOOKS[number % len(LOOKS)],
        number,
    )
    for number, (block, inline, (language, words)) in enumerate(
        zip([*BLOCK, *BLOCK], [*INLINE, *INLINE[3:9]], [*WORDS.items()] * 4, strict=True)
    )
)


def test_files_are_the_same() -> None:
    assert same(f'<h2 id="x">Place</h2>{EVERYTHING}')


def test_lines_of_any_length_are_the_same() -> None:
    words = " ".join(word for language in ("en", "de") for word in WORDS[language] * 2)
    lines = (
        f'<p lang="{language}" class="{look}" style="width: {width}pt">{words}</p>'
        for language, look in (("en", ""), ("de", "wide"), ("de", "manual"))
        for width in range(20, 220, 23)
    )
    assert same("".join(lines))


@pytest.mark.full
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies())
@example('<p class="kept">one  two\tthree</p><p class="kept"> </p>')
@example('<p><a class="led" href="#x">one</a></p><p>two <a href="#x">one</a></p>')
def test_any_files_are_the_same(body: str) -> None:
    assert same(body)


COUNTED = {
    (Layout, "get_first_line"): 0.55,
    (ComputedStyle, "__missing__"): 0.7,
    (percent, "resolve_one_percentage"): 0.35,
    (stream, "get_pango_font_key"): 0.01,
}
"""How often the engine asks Pango, a style or the box around, at most; 1 is each time."""


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count what the engine does while the context lasts."""
    counts: Counter[str] = Counter()

    def counting(owner: object, name: str) -> AbstractContextManager[None]:
        theirs = getattr(owner, name)

        def count(*call: object) -> object:
            counts[name] += 1
            return theirs(*call)

        return in_place_of(owner, name, count)

    with ExitStack() as stack:
        for owner, name in COUNTED:
            stack.enter_context(counting(owner, name))
        yield counts


def test_less_is_asked() -> None:
    with plain(), counted() as before:
        written(EVERYTHING)
    with counted() as now:
        written(EVERYTHING)
    shares = {name: now[name] / before[name] for _, name in COUNTED}
    assert {
        name: share for (_, name), most in COUNTED.items() if (share := shares[name]) > most
    } == {}


STANDS_ON = (
    css.Style, ComputedStyle, css.AnonymousStyle, css.StyleFor, Layout,
    line_break.split_first_line, line_break.first_line_metrics, percent.resolve_percentages,
    percent.resolve_radii_percentages, background.layout_box_backgrounds, Box.descendants,
    Box.is_in_normal_flow, build.marker_to_box, build.content_to_boxes,
    drawing.draw_first_line, stream.Stream.add_font,
    pydyf._to_bytes, pydyf.Object, pydyf.Stream.data.fget, pydyf.PDF,
)  # fmt: skip


def test_it_is_the_engine_that_this_stands_on() -> None:
    sources = "".join(map(inspect.getsource, STANDS_ON))
    assert sha256(sources.encode()).hexdigest()[:16] == "88052bb2367a5897"
