"""Every theme holds what docs/themes.md promises, and the document leaves nothing out."""

import re
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT, Maker
from theme_reports import REPORT, TEMPLATES, THEMES, Case, rendered

from reglet.model.document import Kind
from reglet.model.report import PART_KINDS, Edition
from reglet.model.span import NOWHERE
from reglet.pipeline import check
from reglet.theme import load_theme
from reglet.tokens import NO_TOKENS, TOKENS, find_template, lineage, load_tokens, own_tokens, themes

GUIDE = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", GUIDE))
PARTS = tuple(f"parts/{kind}.html" for kind in ("section", "notes", *PART_KINDS))
DRAWINGS = tuple(
    f"figures/{name}.svg" for name in ("drawing", "bar", "stacked", "line", "timeline", "map")
)
TEMPLATES_OF = {
    "pdf": ("book.html", "style.css", "nodes.html", "notes.html", *DRAWINGS, *PARTS),
    "epub": (
        *"page.xhtml nav.xhtml toc.ncx style.css nodes.html notes.html".split(),
        *DRAWINGS,
        "parts/accessibility.html",
    ),
    "wrap": ("book.html", "style.css"),
    "web": ("index.html", "proof.html", "style.css", "bibtex.txt", "ris.txt"),
}
UNPRINTED = {"directive", "drawing", "text", "soft_break", "expression", "citation", "reference"}
MACROS = {str(kind) for kind in Kind} - UNPRINTED
BLOCKS = ("faces", "page", "text", "headings", "blocks", "figures", "notes", "parts", "own")
STYLED = re.findall(
    r"\.([a-z-]+)", GUIDE.partition("Classes that authors write")[2].split(".\n")[0]
)


def test_these_are_the_themes() -> None:
    assert set(themes(TEMPLATES)) == set(THEMES)
    assert set(
        re.findall(r"^\| `(\w+)` \| (?:a|drafts)", GUIDE.partition("An edition names")[0], re.M)
    ) == set(THEMES)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_has_every_token_and_no_fault(theme: str) -> None:
    found = load_tokens(Edition("screen", "pdf", theme), TEMPLATES)
    assert found.diagnostics == ()
    assert found.value.keys() >= TOKENS.keys()


@pytest.mark.parametrize("theme", THEMES)
def test_tokens_of_a_theme_s_own_are_told_with_their_values(theme: str) -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| `(.+?)` \|", GUIDE, re.M))
    own = {key: value for key, value in own_tokens(theme, TEMPLATES).items() if key not in TOKENS}
    assert own.items() <= rows.items()
    assert set(NO_TOKENS) <= CODE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("form", TEMPLATES_OF)
def test_a_theme_has_every_template(theme: str, form: str) -> None:
    line = lineage(theme, TEMPLATES, NOWHERE).value
    assert line[-1] == "inquiry"
    for name in (*TEMPLATES_OF[form], *(PARTS if form == "epub" else ())):
        assert find_template(line, form, name, TEMPLATES), name
        assert name in CODE or name.removeprefix("parts/") in CODE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_a_theme_has_a_macro_for_every_kind_of_node(theme: str, form: str) -> None:
    found = load_theme(Edition("screen", form, theme), TEMPLATES, "en").value
    assert found is not None
    names = {"attributes": dict, "edition": Edition("screen", form), "labels": {}, "tokens": {}}
    macros = found.macros(names)
    notes = {"entry", "listing", *(["foot"] if form == "pdf" else [])}
    assert macros.keys() >= MACROS | notes
    told = {name.partition("(")[0] for name in CODE}
    assert told >= MACROS | notes


def test_the_blocks_of_the_style_sheet_are_told() -> None:
    sheet = TEMPLATES["inquiry/pdf/style.css"]
    assert tuple(re.findall(r"\{% block (\w+) %\}", sheet)) == BLOCKS
    assert set(BLOCKS) <= CODE
    for form in ("epub", "web"):
        assert "{% block own %}" in TEMPLATES[f"inquiry/{form}/style.css"]


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_gives_every_class_of_authors_a_look(theme: str) -> None:
    assert len(STYLED) >= 12
    for form in ("pdf", "epub"):
        sheet = rendered(Case(REPORT, theme, form)).stylesheet
        for name in STYLED:
            assert re.search(rf"\.{name}\b", sheet) or form == "epub", (form, name)


@pytest.mark.parametrize("theme", THEMES)
def test_pages_have_the_markup_that_tags_and_proof_read(theme: str) -> None:
    root = ET.fromstring(rendered(Case(REPORT, theme)).whole)
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}

    def of_class(name: str) -> list[ET.Element]:
        return [element for element in root.iter() if name in element.get("class", "").split()]

    calls, notes, numbers = of_class("call"), of_class("note"), of_class("number")
    assert len(notes) > 5
    for call in calls:
        assert call.tag == "a"
        assert ids[call.get("href", "#")[1:]] is not None
    for number in numbers:
        assert "call" in ids[number.get("href", "#")[1:]].get("class", "").split()
    assert {note.get("id") for note in notes} <= ids.keys()
    assert len(of_class("below")) > 0
    [title] = [element for element in of_class("title") if element.tag == "h1"]
    assert title.text
    assert [element.tag for element in of_class("contents")] == ["section"]
    for heading in (element for element in root.iter() if element.tag in ("h1", "h2", "h3")):
        assert heading.get("data-title") is not None or heading is title
    for section in (
        element for element in root.iter("section") if element.get("class") == "chapter"
    ):
        assert section.get("data-running")
        assert section.get("data-report")


WHOLE = "\n".join(f"{key}: {value!r}" for key, value in load_tokens(
    Edition("screen", "pdf"), TEMPLATES).value.items())  # fmt: skip
HARBOUR = "title: Test\neditions:\n  - {name: screen, theme: harbour}\n"


def told(make: Maker, theme: str | None, report: str = HARBOUR) -> list[str]:
    files = {"templates/harbour/parts/cover.html": "", "report.yaml": report}
    files |= {"templates/harbour/theme.yaml": theme} if theme is not None else {}
    found = check(make(dict(files))).diagnostics
    return [f"{item.span}: {item.code}: {item.message}: {item.hint}" for item in found]


def test_a_theme_may_stand_alone(make: Maker) -> None:
    assert told(make, WHOLE) == []


@pytest.mark.parametrize(
    ("theme", "message"),
    [
        (
            WHOLE.replace("accent:", "accents:"),
            "templates/harbour/theme.yaml:1:1: missing-key: the key `accent` is missing: "
            "add a line `accent: …`, or `extends: inquiry`",
        ),
        (
            "extends: inquirry\n",
            "templates/harbour/theme.yaml:1:10: unknown-theme: there is no theme `inquirry`: "
            "did you mean `inquiry`?",
        ),
        (
            "extends: inquiry\naccent: redd\n",
            "templates/harbour/theme.yaml:2:9: bad-value: `redd` is no colour (`accent`): "
            'write `"#1f2a30"`',
        ),
        (
            "extends: inquiry\nfont-size: 11\n",
            "templates/harbour/theme.yaml:2:12: bad-value: `11` is no length (`font-size`): "
            "write `12pt`",
        ),
        (
            "extends: inquiry\nserif: Source Serif\n",
            "templates/harbour/theme.yaml:2:8: bad-value: `Source Serif` is no typeface (`serif`): "
            "did you mean `Source Serif 4`?",
        ),
        (
            "extends: inquiry\nsizes:\n  A5: {ink: [1]}\n",
            "templates/harbour/theme.yaml:3:13: wrong-type: `ink` must be one plain value, "
            "not `a list`: ",
        ),
        (
            None,
            "templates/harbour/theme.yaml: missing-file: no file `templates/harbour/theme.yaml`: "
            "write it, with a line `extends: inquiry`",
        ),
    ],
)
def test_a_theme_that_breaks_the_contract_is_told(
    theme: str | None, message: str, make: Maker
) -> None:
    assert told(make, theme) == [message]


def test_a_theme_with_few_tokens_is_told_to_extend_one(make: Maker) -> None:
    [line] = told(make, "accent: '#005f73'\n")
    assert line.startswith(
        "templates/harbour/theme.yaml:1:1: missing-key: the key `extends` is missing"
    )
    assert "line-height" in line


def test_settings_of_editions_are_checked(make: Maker) -> None:
    report = HARBOUR.replace("harbour}", "harbour, accent: redd, colums: 2}")
    lines = told(make, "extends: brief\n", report)
    assert [line.partition(": ")[2] for line in lines] == [
        'bad-value: `redd` is no colour (`accent`): write `"#1f2a30"`',
        "unknown-key: unknown key `colums`: did you mean `columns`?",
    ]


def test_tokens_for_a_size_of_page_come_before_others_and_settings_before_both() -> None:
    def size(**settings: str) -> str:
        edition = Edition("screen", "pdf", "plain", settings=settings)
        return load_tokens(edition, TEMPLATES).value["font-size"]

    assert size() == "11pt"
    assert size(page="a5") == "10pt"
    assert size(page="6in  9in") == "10.25pt"
    assert size(**{"page": "A5", "font-size": "14pt"}) == "14pt"
    assert size(page="A3") == "11pt"


def test_a_theme_overrides_macros_one_by_one_and_blocks_of_a_style_sheet(make: Maker) -> None:
    folder = make(
        {
            "report.yaml": HARBOUR,
            "sections/01.md": "# One\n\nA *word* and a [link](#one).[^a]\n\n[^a]: Yes.\n",
            "templates/harbour/theme.yaml": "extends: brief\n",
            "templates/harbour/nodes.html": "{% macro emphasis(node, content, parent) %}"
            "<em class='mine'>{{ content }}</em>{% endmacro %}\n",
            "templates/harbour/pdf/style.css": '{% extends "brief/style.css" %}\n'
            "{% block headings %}h1 { color: red }{% endblock %}\n"
            "{% block own %}{{ super() }}p { color: blue }{% endblock %}\n",
        }
    )
    markup = rendered(Case(folder, "harbour"))
    assert "<em class='mine'>word</em>" in markup.whole
    assert 'class="call' in markup.whole
    assert '<div class="flow">' in markup.whole
    sheet = markup.stylesheet
    assert "h1 { color: red }" in sheet
    assert "bookmark-level: 2" not in sheet
    assert sheet.index(".flow") < sheet.index("p { color: blue }")
