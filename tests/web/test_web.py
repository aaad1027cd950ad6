"""The download page: whole, safe, accessible, and the same every time."""

import base64
import hashlib
import io
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import pytest
from fontTools.ttLib import TTFont

from reglet.formats.web import web_page
from reglet.model.document import Built
from reglet.model.report import Author, Edition, Report
from reglet.source.templates import house_templates, read_templates

WEB = Edition("web", "web")
TEMPLATES = read_templates(house_templates()).value
STYLE = "inquiry/web/style.css"
PLAIN = TEMPLATES | {STYLE: re.sub(r"@font-face.*\n", "", TEMPLATES[STYLE])}
REPORT = Report(
    title="Water",
    subtitle="A report",
    authors=(Author("Ada Lovelace", orcid="0000-0001-5109-3700"), Author("UNAMI")),
    publisher="Salt Press",
    place="Geneva",
    date="2026-11-24",
    version="1.0",
    rights="© 2026",
    licence="https://creativecommons.org/licenses/by-sa/4.0/",
    description="What the water did.",
    keywords=("water",),
    url="https://example.org/water",
)
BUILTS = (
    Built(Edition("screen", "pdf"), "water.pdf", "application/pdf", b"x" * 1_234_567, 64),
    Built(Edition("ebook", "epub"), "water é.epub", "application/epub+zip", b"y" * 41_234),
)
VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)


class Page(HTMLParser):
    """Read a page, and fail where tags do not nest."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.all: list[Element] = []
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.all.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def find(self, tag: str, **attrs: str) -> list[Element]:
        return [e for e in self.all if e.tag == tag and attrs.items() <= e.attrs.items()]


@cache
def full_page() -> str:
    """Set the page with its faces, which takes its time, once."""
    return page(templates=TEMPLATES)


def page(report: Report = REPORT, templates: dict[str, str] = PLAIN) -> str:
    outcome = web_page(report, WEB, BUILTS, templates)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value.data.decode()


def test_the_page_is_a_file_of_the_edition() -> None:
    built = web_page(REPORT, WEB, BUILTS, TEMPLATES).value
    assert built is not None
    assert (built.filename, built.media_type, built.edition) == ("index.html", "text/html", WEB)


def test_every_file_is_offered_with_its_facts() -> None:
    read = Page(page())
    links = [element for element in read.find("a") if "download" in element.attrs]
    assert [link.attrs["href"] for link in links] == ["water.pdf", "water%20%C3%A9.epub"]
    assert [link.attrs["type"] for link in links] == ["application/pdf", "application/epub+zip"]
    assert "PDF" in links[0].text
    assert "64 pages · 1.2 MB" in links[0].text
    assert "41 kB" in links[1].text
    codes = [element.text for element in read.find("code")]
    for built in BUILTS:
        assert built.filename in codes
        assert hashlib.sha256(built.data).hexdigest() in codes


def test_one_file_without_script_that_fetches_nothing() -> None:
    read = Page(full_page())
    assert not read.find("script")
    assert not [e for e in read.all if any(name.startswith("on") for name in e.attrs)]
    assert not [e for e in read.all if "src" in e.attrs or "style" in e.attrs]
    assert not read.find("link", rel="stylesheet")
    style = read.find("style")[0].text
    assert "@import" not in style
    assert all(a.startswith("data:font/woff2;base64,") for a in re.findall(r"url\((.*?)\)", style))


def test_its_faces_have_the_characters_of_the_page() -> None:
    (data, *_) = re.findall(r"url\(data:font/woff2;base64,([^)]*)\)", full_page())
    font = TTFont(io.BytesIO(base64.b64decode(data)))
    assert {ord(c) for c in "Water1.0©·"} <= font.getBestCmap().keys()


def test_how_to_cite() -> None:
    read = Page(page())
    blocks = [element.text for element in read.find("pre")]
    assert blocks[0].startswith(
        "@techreport{water-2026,\n  author = {Lovelace, Ada and {UNAMI}},\n"
    )
    assert blocks[0].endswith("\n}")
    assert blocks[1].startswith("TY  - RPRT\nAU  - Lovelace, Ada\n")
    assert blocks[1].rstrip().endswith("\nER  -")
    (text,) = [e.text for e in read.find("p", **{"class": "citation"})]
    assert "Ada Lovelace and UNAMI. Water: A report. Geneva: Salt Press, " in text
    assert text.endswith("2026. https://example.org/water.")


def test_licence_and_language_are_named() -> None:
    read = Page(page())
    (licence,) = read.find("a", rel="license")
    assert (licence.text, licence.attrs["href"]) == ("CC BY-SA 4.0", REPORT.licence)
    assert "English" in [element.text for element in read.find("dd")]
    (root,) = read.find("html")
    assert root.attrs == {"lang": "en", "dir": "ltr"}


def test_landmarks_headings_and_labels() -> None:
    read = Page(page())
    assert [len(read.find(tag)) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    named = {element.attrs["id"] for element in read.all if "id" in element.attrs}
    for section in read.find("section"):
        assert section.attrs["aria-labelledby"] in named
    (skip,) = read.find("a", **{"class": "skip"})
    assert skip.attrs["href"].removeprefix("#") in named
    levels = [int(e.tag[1]) for e in read.all if re.fullmatch(r"h\d", e.tag)]
    assert levels == [1, 2, 2, 2]
    assert [summary.text for summary in read.find("summary")][:2] == [
        "Checksum: water.pdf",
        "Checksum: water é.epub",
    ]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_can_be_read_in_light_and_dark() -> None:
    roots = re.findall(r":root \{(.*?)\}", page(), re.DOTALL)
    blocks = [dict(re.findall(r"--(\w+): (#\w{6})", root)) for root in roots]
    light = blocks[0]
    for palette in (light, light | blocks[1]):
        for ink in ("ink", "accent", "muted"):
            for ground in ("paper", "desk"):
                one, two = sorted((_luminance(palette[ink]), _luminance(palette[ground])))
                assert (two + 0.05) / (one + 0.05) >= 4.5, (ink, ground)


def test_a_report_in_persian_runs_from_right_to_left() -> None:
    report = Report("اردوگاه", authors=(Author("طاهر"),), lang="fa")
    markup = page(report)
    (root,) = Page(markup).find("html")
    assert root.attrs == {"lang": "fa", "dir": "rtl"}
    assert "Reglet Naskh" in markup
    assert "فارسی" in markup
    assert 'Reglet Naskh"; font-weight' not in page()


def test_a_report_with_a_title_alone() -> None:
    read = Page(page(Report("Only")))
    assert not read.find("a", rel="license")
    empty = {e.attrs.get("class") for e in read.find("p") if not e.text.strip()}
    assert empty <= {"series", "cover-foot"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "a&b"]
)
def test_text_stays_text(text: str) -> None:
    report = Report(
        title=text, subtitle=text, authors=(Author(text),), publisher=text, place=text,
        description=text, rights=text, version=text, series=text, keywords=(text,),
        identifier=text, licence=text, url=text,
    )  # fmt: skip
    read = Page(page(report))
    assert not read.find("script")
    assert not read.find("img")
    assert read.find("h1")[0].text == f"{text}: {text}"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//e.org", "file:///x"]
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    markup = page(Report("T", url=address, licence=address))
    assert not [e for e in Page(markup).find("a") if e.attrs["href"].startswith(address)]


def test_the_same_input_gives_the_same_page() -> None:
    assert page(templates=TEMPLATES) == full_page()


def test_a_report_can_bring_its_own_template() -> None:
    own = "{{ report.title }} in {{ files|length }} files, {{ labels.web_download }}"
    assert page(templates=PLAIN | {"inquiry/web/index.html": own}) == "Water in 2 files, Download"


@pytest.mark.parametrize("template", ["{% if %}", "{{ nothing.there }}", "{{ ''.__class__ }}"])
def test_a_fault_in_a_template_is_a_diagnostic(template: str) -> None:
    templates = TEMPLATES | {"inquiry/web/index.html": f"one\n{template}"}
    outcome = web_page(REPORT, WEB, BUILTS, templates)
    assert outcome.value is None
    (item,) = outcome.diagnostics
    assert (item.code, item.span.path) == ("template-error", "templates/inquiry/web/index.html")
    assert item.span.line == 2


def test_a_face_that_does_not_exist_is_a_diagnostic() -> None:
    style = TEMPLATES[STYLE].replace("fonts/sans.ttf", "fonts/sens.ttf")
    outcome = web_page(REPORT, WEB, BUILTS, TEMPLATES | {STYLE: style})
    assert outcome.value is None
    (item,) = outcome.diagnostics
    assert item.code == "template-error"
    assert item.hint == "did you mean `sans.ttf`?"
