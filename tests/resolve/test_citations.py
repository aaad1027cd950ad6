"""Citations as the Chicago style prints them; each case is a text and the notes of an edition."""

import pytest
from reports import WORKS, codes, project, resolved, written

from reglet.model.report import READY_MADE, NoteStyle
from reglet.resolve.settle import settle

BOOK = "Tahar Boumedra, *The Untold Story of Camp Ashraf* (New Generation Publishing, 2013)"
SHORT = "Boumedra, *The Untold Story*"
QUIT = "Tahar Boumedra, “Why I Quit UN in Iraq,” *The Hill*, August 22, 2012"


def notes(text: str, edition: str = "screen", lang: str = "en-US", **options: object) -> list[str]:
    """Return the notes that an edition prints."""
    on = project(works=WORKS, lang=lang, **options)  # type: ignore[arg-type]
    outcome = resolved(text, on=on)
    assert [code for code, _ in codes(outcome) if code != "unused-source"] == []
    document = settle(outcome.value, READY_MADE[edition])
    return [written(note.blocks) for note in document.notes.values()]


CASES = {
    "in full, then Ibid.": ("A [@boumedra]. B [@boumedra].", [f"{BOOK}.", "Ibid."]),
    "Ibid. with another page": (
        "A [@boumedra, 12]. B [@boumedra, 13].",
        [f"{BOOK}, 12.", "Ibid., 13."],
    ),
    "Ibid. of the same page": (
        "A [@boumedra, 12]. B [@boumedra, p. 12].",
        [f"{BOOK}, 12.", "Ibid."],
    ),
    "a page after none": ("A [@boumedra]. B [@boumedra, 3].", [f"{BOOK}.", "Ibid., 3."]),
    "no page after one": ("A [@boumedra, 3]. B [@boumedra].", [f"{BOOK}, 3.", f"{SHORT}."]),
    "a chapter": ("A [@boumedra, chap. 3].", [f"{BOOK}, chap. 3."]),
    "pages in a range": ("A [@boumedra, pp. 105-108].", [f"{BOOK}, 105–8."]),
    "short after another source": (
        "A [@boumedra, 1]. B [@quit]. C [@boumedra, 2].",
        [f"{BOOK}, 1.", f"{QUIT}.", f"{SHORT}, 2."],
    ),
    "two works by one author": (
        "A [@boumedra]. B [@quit]. C [@boumedra]. D [@quit].",
        [f"{BOOK}.", f"{QUIT}.", f"{SHORT}.", "Boumedra, “Why I Quit UN in Iraq.”"],
    ),
    "several sources in one note": (
        "A [@boumedra, 1; @unami]. B [@boumedra, 1].",
        [
            f"{BOOK}, 1; UNAMI, *Report on Human Rights* (2012), "
            "https://example.org/report?a=1&b=2.",
            f"{SHORT}, 1.",
        ],
    ),
    "no author": (
        "A [@camp]. B [@treaty].",
        ["“The Camp ‘New Iraq’,” https://example.org/camp.", "Fourth Geneva Convention."],
    ),
    "prefix and suffix": (
        "A [see *also* @boumedra, 3, who disagrees; but @quit passim].",
        [f"See *also* {BOOK}, 3, who disagrees; but {QUIT} passim."],
    ),
    "a suffix with emphasis and a stop": (
        "A [*see* @camp, *passim*.]. B [@boumedra, 3 (*his* emphasis)].",
        [
            "*See* “The Camp ‘New Iraq’,” https://example.org/camp, *passim*.",
            f"{BOOK}, 3 (*his* emphasis).",
        ],
    ),
    "the author left out": ("A [-@boumedra, 3].", [BOOK.removeprefix("Tahar Boumedra, ") + ", 3."]),
    "prose around a citation": (
        "A^[The figure is disputed. See [@boumedra, 3], and the reply.]",
        [f"The figure is disputed. See {BOOK}, 3, and the reply."],
    ),
    "a stop typed after a quotation": (
        "A [@quit]. B^[See [@camp].] C^[Ask [@quit].]",
        [
            f"{QUIT}.",
            "See “The Camp ‘New Iraq’,” https://example.org/camp.",
            "Ask Boumedra, “Why I Quit UN in Iraq.”",
        ],
    ),
    "a sentence begins": (
        "A [@boumedra]. B^[As before. [@boumedra, 4]. Cf. [@boumedra, 5].]",
        [f"{BOOK}.", "As before. Ibid., 4. Cf. ibid., 5."],
    ),
    "a comment between": (
        "A [@boumedra]. B^[A comment.] C [@boumedra].",
        [f"{BOOK}.", "A comment.", f"{SHORT}."],
    ),
    "an editor's note between": (
        "A [@boumedra]. B^[By the editor.]{.editor} C [@boumedra].",
        [f"{BOOK}.", "By the editor.", "Ibid."],
    ),
    "an editor's note repeats nothing": (
        "A [@boumedra]. B^[See [@boumedra].]{.editor} C [@boumedra].",
        [f"{BOOK}.", f"See {SHORT}.", "Ibid."],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_chicago_on_pages(case: str) -> None:
    text, expected = CASES[case]
    assert notes(text) == expected


def test_no_ibid_where_notes_pop_up() -> None:
    text = "A [@boumedra, 12]. B [@boumedra, 13]. C [@boumedra, 13]."
    for edition in ("ebook", "web"):
        assert notes(text, edition) == [f"{BOOK}, 12.", f"{SHORT}, 13.", f"{SHORT}, 13."]


def test_no_ibid_where_a_page_begins() -> None:
    text = "A [@boumedra, 12]. B [@boumedra, 13]. C [@boumedra, 13; @boumedra, 14]. D [@boumedra]."
    document = resolved(text, on=project(works=WORKS)).value

    def printed(edition: str, *first: str) -> list[str]:
        settled = settle(document, READY_MADE[edition], first_on_page=frozenset(first))
        return [written(note.blocks) for note in settled.notes.values()]

    assert printed("screen")[1:] == ["Ibid., 13.", "Ibid.; ibid., 14.", f"{SHORT}."]
    assert printed("screen", "note-1", "note-3") == [
        f"{BOOK}, 12.",
        "Ibid., 13.",
        f"{SHORT}, 13; ibid., 14.",
        f"{SHORT}.",
    ]
    assert printed("screen", "note-2")[1] == f"{SHORT}, 13."
    assert printed("ebook", "note-2") == printed("ebook")


@pytest.mark.parametrize(
    ("style", "chapter"),
    [(NoteStyle().style, ", chap. 3."), ("oscola", " chap 3."), ("apa", ", Chapter 3.")],
)
def test_places_that_no_style_has_a_word_for_are_printed_as_written(
    style: str, chapter: str
) -> None:
    places = ["art. 3", "Article 3", "{tables IV-V}", "no. 5", "op. 2", "chap. 3"]
    text = " ".join(f"[@boumedra, {place}]" for place in places)
    found = notes(text, "ebook", notes=NoteStyle(style=style))
    ends = ["art. 3.", "Article 3.", "tables IV–V.", "no. 5.", "op. 2.", chapter]
    assert [note[-len(end) :] for note, end in zip(found, ends, strict=True)] == ends
    assert not [note for note in found if "reglet" in note]


def test_british_and_french_stops_stand_outside_quotation_marks() -> None:
    text = "A [@quit]. B [@boumedra]. C [@quit]."
    assert notes(text, lang="en-GB")[2] == "Boumedra, ‘Why I Quit UN in Iraq’."
    assert notes(text, lang="fr")[2] == "Boumedra, «\u00a0Why I Quit UN in Iraq\u00a0»."


FRENCH = {
    "A [@boumedra, p. 12]. B [@boumedra, p. 13].": [f"{BOOK}, 12.", "Ibid., 13."],
    "A [@boumedra, chap. 3]. B [@boumedra, chap. 3].": [f"{BOOK}, chap. 3.", "Ibid."],
    "A [voir @boumedra, 12].": [f"Voir {BOOK}, 12."],
}


@pytest.mark.parametrize("text", FRENCH)
def test_french(text: str) -> None:
    assert notes(text, lang="fr") == FRENCH[text]


def test_german_and_persian_terms() -> None:
    text = "A [@boumedra, chap. 3]. B [@boumedra, chap. 4]."
    assert notes(text, lang="de") == [f"{BOOK}, Kap. 3.", "Ebd., Kap. 4."]
    assert notes(text, lang="fa")[1].startswith("همان")


def test_sections_numbered_anew_cite_in_full_anew() -> None:
    style = NoteStyle(numbering="section")
    on = project(works=WORKS, notes=style)
    outcome = resolved("A [@boumedra].", "B [@boumedra]. C [@boumedra].", on=on)
    document = settle(outcome.value, READY_MADE["screen"])
    found = [written(note.blocks) for note in document.notes.values()]
    assert found == [f"{BOOK}.", f"{BOOK}.", "Ibid."]


def test_other_styles() -> None:
    text = "A [@boumedra, 12]. B [@boumedra, 13]."
    plain = notes(text, notes=NoteStyle(style="chicago-notes-bibliography"))
    assert plain == [f"{BOOK}, 12.", f"{SHORT}, 13."]
    assert notes("A [@quit; @boumedra].", notes=NoteStyle(style="ieee")) == ["[1], [2]."]
    assert notes(text, notes=NoteStyle(style="apa")) == [
        "Boumedra, 2013, p. 12.",
        "Boumedra, 2013, p. 13.",
    ]


def test_styles_that_name_the_first_note() -> None:
    text = "A^[Comment.] B [@quit]. C [@boumedra]. D [@quit, 4]."
    found = notes(text, lang="en-GB", notes=NoteStyle(style="oscola"))
    assert found[3] == "Boumedra, ‘Why I Quit UN in Iraq’ (n <2>) 4."


def test_the_author_in_the_text() -> None:
    on = project(works=WORKS)
    outcome = resolved("As @boumedra [p. 3] writes, and @unami says.", on=on)
    document = settle(outcome.value, READY_MADE["screen"])
    assert written(document.sections[0].blocks) == "As Boumedra[1] writes, and UNAMI[2] says."
    assert written(document.notes["note-1"].blocks) == f"{BOOK}, 3."


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en-US", "Denied,[1] “so.”[2] Then[3]\n\nLast.[4]"),
        ("fr", "Denied[1], “so”[2]. Then[3]\n\nLast.[4]"),
    ],
)
def test_calls_stand_close_and_after_stops(lang: str, expected: str) -> None:
    text = 'Denied [@quit], "so" [@quit]. Then\n[@quit]\n\nLast. [@quit]\n'
    outcome = resolved(text, on=project(works=WORKS, lang=lang))
    found = "\n\n".join(written([block]) for block in outcome.value.sections[0].blocks)
    assert found.replace("«\u202fso\u202f»", "“so”").replace("”.[2]", ".”[2]") == expected


def test_mistakes_are_told_at_their_place() -> None:
    outcome = resolved("A [see @bumedra, 3; @quit].", on=project(works=WORKS))
    found = dict(reversed(codes(outcome)))
    assert found["unknown-source"] == "sections/a.md:1:8"
    hints = [item.hint for item in outcome.diagnostics if item.code == "unknown-source"]
    assert hints == ["did you mean `boumedra`?"]
    unused = [item for item in outcome.diagnostics if item.code == "unused-source"]
    assert [item.span.line for item in unused] == [1, 3, 4, 5]


def test_styles_that_there_are_not() -> None:
    text = "A [@quit]."
    works = {"quit": WORKS["quit"]}
    no_style = project(works=works, notes=NoteStyle(style="chicago-notes-bibliografy"))
    outcome = resolved(text, on=no_style)
    assert codes(outcome) == [("unknown-style", "report.yaml")]
    assert "chicago-notes-bibliography" in outcome.diagnostics[0].hint
    for style in (
        "<style",
        "<a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    ):
        broken = project(works=works, notes=NoteStyle(style="my.csl"), styles={"my.csl": style})
        assert codes(resolved(text, on=broken)) == [("bad-style", "report.yaml")]


def test_a_style_is_looked_for_before_anything_is_cited() -> None:
    assert codes(resolved("A.", on=project(notes=NoteStyle(style="chicago")))) == [
        ("unknown-style", "report.yaml")
    ]


def test_a_dependent_style_and_a_name_that_is_a_path() -> None:
    text = "A [@boumedra, 12]."
    dependent = notes(text, notes=NoteStyle(style="nature-physics"))
    assert len(dependent) == 1
    on = project(works=WORKS, notes=NoteStyle(style="../../../etc/passwd"))
    assert "unknown-style" in dict(codes(resolved(text, on=on)))


def test_a_style_of_the_reports_own() -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">'
        "<info><title>T</title><id>t</id><updated>2026-01-01T00:00:00Z</updated></info>"
        '<citation><layout suffix="." delimiter=" / ">'
        '<text variable="title" quotes="true"/><text variable="locator" prefix=" @"/>'
        "</layout></citation></style>"
    )
    found = notes(
        "A [@quit, 3; @treaty].", notes=NoteStyle(style="my.csl"), styles={"my.csl": style}
    )
    assert found == ["“Why I Quit UN in Iraq” @3 / “Fourth Geneva Convention.”"]
