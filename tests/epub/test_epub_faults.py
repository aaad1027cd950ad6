from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from epub_book import EDITION, FILES, PICTURE, REPORT, markup, png
from PIL import Image as Raster

from reglet.formats.epub.cover import HEIGHT, HOUSE, INK, PAPER, WIDTH, draw, look
from reglet.formats.epub.edition import set_epub
from reglet.model.diagnostic import Diagnostic, Severity
from reglet.model.document import Markup
from reglet.model.project import Image
from reglet.model.report import Report

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


def faults(
    pieces: Markup, files: Mapping[str, Image] = FILES, report: Report = REPORT
) -> tuple[Diagnostic, ...]:
    outcome = set_epub(pieces, report, files)
    assert outcome.failed == (outcome.value is None)
    return outcome.diagnostics


def with_text(words: str) -> Markup:
    """The sample report with raw markup at the end of its preface."""
    whole = markup()
    pieces = tuple(
        replace(piece, markup=piece.markup.replace("</section>", f"{words}</section>"))
        if piece.name == "00-preface"
        else piece
        for piece in whole.pieces
    )
    return replace(whole, pieces=pieces)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("<p>unclosed", "tag mismatch"),
        ("<p>&nbsp;</p>", "nbsp"),
        ("<p>\x01</p>", "PCDATA invalid"),
        ("<br><br/>", "tag mismatch"),
    ],
)
def test_a_page_that_is_no_xml_is_told(words: str, reason: str) -> None:
    (fault,) = faults(with_text(words))
    assert fault.code == "bad-markup"
    assert "text/00-preface.xhtml" in fault.message
    assert reason in fault.message


def test_entities_of_one_s_own_are_refused() -> None:
    whole = markup()
    text = whole.pieces[0].markup.replace("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "b">]>')
    (fault,) = faults(
        replace(whole, pieces=(replace(whole.pieces[0], markup=text), *whole.pieces[1:]))
    )
    assert (fault.code, "entities" in fault.message) == ("bad-markup", True)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<a href="javascript:alert(1)">x</a>', 'href="javascript:alert(1)"'),
        ('<a href=" java&#10;script:alert(1)">x</a>', "script:alert(1)"),
        ('<a href="/\\example.org">x</a>', "example.org"),
        ('<a href="data:text/html,x">x</a>', "data:text/html"),
        ('<a href="//example.org">x</a>', "//example.org"),
        ('<p onclick="x()">x</p>', 'onclick="x()"'),
        ('<img src="https://example.org/x.png" alt="" />', 'src="https://example.org/x.png"'),
        ('<img src="x.png" srcset="y.png 2x" alt="" />', "srcset"),
        ('<p style="background: url(https://example.org/x)">x</p>', "url("),
        ('<iframe src="x.html"></iframe>', "<iframe>"),
        ("<form></form>", "<form>"),
        ("<?php x ?>", "<?php x ?>"),
        ('<x:y xmlns:x="urn:x" />', "<y>"),
        (SVG.format("<foreignObject/>"), "<foreignObject>"),
        (SVG.format("<style>@import 'x'</style>"), "@import"),
        (SVG.format('<image href="http://example.org/x.png"/>'), "http://example.org/x.png"),
        (SVG.format('<use xmlns:l="http://www.w3.org/1999/xlink" l:href="http://a.b"/>'), "a.b"),
    ],
)
def test_what_runs_or_fetches_is_refused(words: str, what: str) -> None:
    found = faults(with_text(words))
    assert {fault.code for fault in found} == {"unsafe-markup"}
    assert any(what in fault.message for fault in found)


def test_a_refreshing_page_is_refused() -> None:
    whole = markup()
    refresh = '<meta http-equiv="refresh" content="0; url=https://example.org" /></head>'
    text = whole.pieces[0].markup.replace("</head>", refresh)
    (fault,) = faults(
        replace(whole, pieces=(replace(whole.pieces[0], markup=text), *whole.pieces[1:]))
    )
    assert (fault.code, "http-equiv" in fault.message) == ("unsafe-markup", True)


@pytest.mark.parametrize("rule", ["p { background: url(https://a.org/x) }", "@import 'x.css';"])
def test_a_style_sheet_fetches_nothing_but_the_book_s_fonts(rule: str) -> None:
    whole = markup()
    (fault,) = faults(replace(whole, stylesheet=whole.stylesheet + rule))
    assert fault.code == "unsafe-markup"
    assert fault.span.path == "style.css"


def test_a_comment_in_a_style_sheet_may_say_anything() -> None:
    whole = markup()
    assert faults(replace(whole, stylesheet=whole.stylesheet + "/* url(x) @import */")) == ()


@pytest.mark.parametrize(
    ("media_type", "data", "reason"),
    [
        ("image/png", b"no picture", "cannot identify"),
        ("image/png", png()[:60], "truncated"),
        ("image/jpeg", png(), "it is image/png, not image/jpeg"),
        ("image/tiff", b"II*", "do not show image/tiff"),
        ("image/svg+xml", b"<svg", "not well-formed"),
        ("image/svg+xml", b"<html/>", "outermost"),
        ("image/svg+xml", SVG.format("<script/>").encode(), "<script>"),
        ("image/svg+xml", SVG.format("<flowRoot/>").encode(), "<flowRoot>"),
    ],
)
def test_a_broken_picture_is_told(media_type: str, data: bytes, reason: str) -> None:
    (fault,) = faults(markup(), {PICTURE: Image(PICTURE, media_type, 40, 20, data)})
    assert (fault.code, fault.span.path) == ("bad-image", PICTURE)
    assert reason in fault.message


def test_a_drawing_program_s_own_notes_do_no_harm() -> None:
    inner = '<i:view xmlns:i="urn:ink" /><image href="data:image/png;base64,AA==" />'
    image = Image(PICTURE, "image/svg+xml", 40, 20, SVG.format(inner).encode())
    assert faults(markup(), {PICTURE: image}) == ()


def test_a_missing_picture_is_told() -> None:
    (fault,) = faults(markup(), {})
    assert (fault.code, fault.span.path) == ("missing-image", PICTURE)


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "99999999999"])
def test_a_wrong_source_date_epoch_is_told(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    (fault,) = faults(markup())
    assert (fault.code, fault.span.path) == ("bad-value", "SOURCE_DATE_EPOCH")


def test_a_claim_that_does_not_hold_is_told_and_not_made() -> None:
    edition = replace(EDITION, settings={"certified-by": "Reglet Press"})
    whole = with_text('<p><a href="https://example.org"></a></p>')
    outcome = set_epub(replace(whole, edition=edition), REPORT, FILES)
    (fault,) = outcome.diagnostics
    assert (fault.code, fault.severity) == ("not-accessible", Severity.WARNING)
    assert "https://example.org has no words" in fault.message
    assert outcome.value is not None


def test_the_cover_tells_of_a_character_that_no_font_has() -> None:
    (fault,) = draw(Report("A 漢 漢")).diagnostics
    assert (fault.code, fault.severity) == ("missing-glyph", Severity.WARNING)
    assert draw(Report("گزارش Ashraf", lang="fa")).diagnostics == ()


def test_a_cover_has_the_theme_s_colours() -> None:
    tokens = {"ink": "#0b3d2e", "accent": "#005f73", "gold": "#ffd166", "serif": "Source Sans 3"}
    covers = (
        (HOUSE, "#1f2a30", "#9c3d1e", PAPER), (look(tokens), "#0b3d2e", "#005f73", PAPER),
        (look({**tokens, "ink": "#fafafa"}), "#fafafa", "#005f73", INK),
    )  # fmt: skip
    for given, ground, band, letters in covers:
        drawn = draw(Report("A title"), given).value
        colours = Raster.open(BytesIO(drawn)).getcolors(maxcolors=WIDTH * HEIGHT)
        counts = {f"#{bytes(rgb).hex()}": count for count, rgb in colours or []}  # type: ignore[arg-type]
        assert list(sorted(counts, key=counts.__getitem__, reverse=True)[:2]) == [ground, band]
        assert counts[letters] > 1000


@pytest.mark.parametrize("title", ["", "W" * 90, "word " * 200])
def test_any_title_fits_on_the_cover(title: str) -> None:
    assert draw(Report(title)).value.startswith(b"\x89PNG")


@pytest.mark.parametrize("role", ["nav", "ncx"])
def test_a_book_without_contents_is_a_fault_of_ours(role: str) -> None:
    whole = markup()
    pieces = tuple(piece for piece in whole.pieces if piece.role != role)
    with pytest.raises(ValueError, match=role):
        set_epub(replace(whole, pieces=pieces), REPORT, FILES)
