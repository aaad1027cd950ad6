"""docs/format.md: its examples are reports without a mistake, and it leaves nothing out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Maker
from PIL import Image

from reglet.model.document import Kind
from reglet.model.limits import LIMITS
from reglet.model.project import SourceFile
from reglet.model.report import FORMAT_NAMES, PART_KINDS, READY_MADE
from reglet.model.rules import RULES
from reglet.pipeline import build, check
from reglet.progress import NoProgress
from reglet.resolve import tables
from reglet.resolve.data import Row
from reglet.resolve.directives import DIRECTIVES
from reglet.resolve.expressions import Expressions
from reglet.resolve.wording import Wording
from reglet.source.csl import TYPES, VARIABLES
from reglet.source.schema import json_schema
from reglet.text import attributes, front_matter, html, locators
from reglet.text.identifiers import make_identifier
from reglet.text.section import parse
from reglet.tokens import NO_TOKENS, TOKENS

GUIDE = ROOT / "docs" / "format.md"
RESOLVED = {
    Kind.BACKLINK,
    Kind.DESCRIPTION,
    Kind.DRAWING,
    Kind.SOURCES,
}  # no mark of the text makes these
FENCED = re.compile(r"^(?P<fence>`{3,})(?P<word>\w+)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S)
PIECE = re.compile(rf"^(?P<level>##*) (?P<title>[^\n]+)$|{FENCED.pattern}", re.M | re.S)
FILE = re.compile(r"# (report\.yaml|sources\.yaml|data/[\w-]+\.yaml)\n")
FOREIGN = {"bibtex": "sources.bib", "json": "sources.json"}  # as reference managers write them
PICTURE = re.compile(r"(?:\]\(|picture: )(figures/[\w-]+\.png)")
LISTED = re.compile(r"- (sections/[\w-]+\.md)$", re.M)

Schema = Mapping[str, object]
Files = dict[str, str | bytes]


@dataclass(slots=True)
class Example:
    """What stands below one heading: text, YAML by its file's name, sections in Markdown."""

    title: str
    level: int = 0
    above: "Example | None" = None
    words: str = ""
    yaml: dict[str, str] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)

    def inherited(self) -> dict[str, str]:
        """The YAML of the headings above, but for report.yaml, and that below this one."""
        above = self.above.inherited() if self.above else {}
        return {key: text for key, text in above.items() if key != "report.yaml"} | self.yaml


def read_guide() -> list[Example]:
    """Part the guide at its headings, outside its examples."""
    text = GUIDE.read_text(encoding="utf-8")
    examples = [Example("")]
    end = 0
    for found in PIECE.finditer(text):
        examples[-1].words += text[end : found.start()]
        end = found.end()
        if found["level"]:
            level = len(found["level"])
            above = next((item for item in reversed(examples) if item.level < level), None)
            examples.append(Example(found["title"].strip("`"), level, above))
        elif found["word"] == "markdown":
            examples[-1].sections.append(found["text"])
        elif found["word"] in FOREIGN:
            examples[-1].yaml[FOREIGN[found["word"]]] = found["text"]
        else:
            name = FILE.match(found["text"])
            assert found["word"] == "yaml", found[0]
            assert name, f"no file's name: {found[0]}"
            assert name[1] not in examples[-1].yaml, f"{name[1]} stands twice: {found[0]}"
            examples[-1].yaml[name[1]] = found["text"]
    examples[-1].words += text[end:]
    return examples


GUIDE_PARTS = read_guide()
EXAMPLES = [part for part in GUIDE_PARTS if part.yaml or part.sections]


def drop() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "#1f2a30").save(buffer, "PNG")
    return buffer.getvalue()


def keys_of(sources: str) -> list[str]:
    value = yaml.safe_load(sources)
    listed = value.get("references", value) if isinstance(value, dict) else value
    return [item["id"] for item in listed] if isinstance(listed, list) else list(listed)


def keys_in(name: str, text: str) -> list[str]:
    if name == "sources.bib":
        return re.findall(r"^@\w+\{(.+),$", text, re.M)
    return keys_of(text) if name in ("sources.yaml", "sources.json") else []


def titled(section: str, title: str) -> str:
    """Give a section a title where its example has none."""
    if re.search(r"^(# |title:)", section, re.M):
        return section
    return f"# {title}\n\n{section}"


def folder_of(yaml_files: Mapping[str, str], sections: Iterable[str]) -> Files:
    """Make a whole report of an example: with a title, all sources cited, every picture there."""
    files: Files = {"report.yaml": "title: An Example\n", **yaml_files}
    texts = list(sections)
    keys = [key for name, text in yaml_files.items() for key in keys_in(name, text)]
    if keys:
        cites = "; ".join(f"@{key}" for key in keys)
        texts.append(f"# All sources\n\nAll of them [{cites}].\n")
    files |= {f"sections/{n:02}.md": text for n, text in enumerate(texts, start=1)}
    listed = LISTED.findall(str(files["report.yaml"]))
    files |= dict.fromkeys(listed, "# A section\n")
    pictures = [name for text in (*texts, *yaml_files.values()) for name in PICTURE.findall(text)]
    return files | dict.fromkeys(pictures, drop())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_an_example_has_no_mistakes(example: Example, make: Maker) -> None:
    sections = [titled(text, example.title) for text in example.sections]
    outcome = check(make(folder_of(example.inherited(), sections)))
    assert [f"{item.span}: {item.message}" for item in outcome.diagnostics] == []


@pytest.mark.full
def test_all_examples_of_markdown_build(make: Maker, tmp_path: Path) -> None:
    parts = [part for part in EXAMPLES if part.sections]
    files: dict[str, str] = {}
    for part in parts:
        for name, text in part.inherited().items():
            assert name == "sources.yaml" or files.get(name, text) == text
            files[name] = text
    sections = [titled(text, part.title) for part in parts for text in part.sections]
    folder = make(folder_of(files, sections))
    outcome = build(folder, editions=["ebook"], output=tmp_path / "out", progress=NoProgress())
    assert [f"{item.span}: {item.message}" for item in outcome.diagnostics] == []
    assert outcome.value is not None
    assert [proof for proof in outcome.value.proofs if proof.proven and not proof.passed] == []


def test_every_kind_of_node_has_an_example() -> None:
    found: set[Kind] = set()
    for number, part in enumerate(EXAMPLES):
        for text in part.sections:
            section = parse(SourceFile(f"sections/{number}.md", text), "en").value
            texts = [section.blocks, *(note.blocks for note in section.definitions)]
            found |= {node.kind for blocks in texts for top in blocks for node in top.walk()}
    assert set(Kind) - RESOLVED - found == set()


def code_of(title: str, *, deep: bool = False) -> set[str]:
    """The code in the text below a heading; with `deep`, below all headings under it too."""
    [top] = [part for part in GUIDE_PARTS if part.title == title]

    def belongs(part: Example | None) -> bool:
        return part is top or (deep and part is not None and belongs(part.above))

    words = "\n".join(part.words for part in GUIDE_PARTS if belongs(part))
    return set(re.findall(r"`([^`\n]+)`", words))


def schema_keys(schema: object, *, under: str = "") -> Iterator[str]:
    """The keys that a schema, or one of its definitions, describes."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        if under:
            yield from schema_keys(schema["$defs"][under])


REPORT_KEYS = {
    "report.yaml": "",
    "Authors": "AuthorSettings",
    "Picture on the cover": "CoverSettings",
    "Notes and their style": "NoteSettings",
    "Editions": "EditionSettings",
    "Limits": "LimitSettings",
}


@pytest.mark.parametrize("title", REPORT_KEYS)
def test_every_key_of_report_yaml_is_told(title: str) -> None:
    schema = json_schema("report")
    name = REPORT_KEYS[title]
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    assert set(schema_keys(definitions[name] if name else schema)) - code_of(title) == set()


def test_every_mapping_of_report_yaml_is_known_here() -> None:
    definitions = json_schema("report")["$defs"]
    assert isinstance(definitions, dict)
    assert set(definitions) == {*REPORT_KEYS.values(), "PartSettings", "RuleSettings"} - {""}


def test_the_rules_that_yield_are_told() -> None:
    yielding = {code for code, rule in RULES.items() if rule.yields}
    assert code_of("Rules") & RULES.keys() == yielding


def test_limits_are_told_as_they_are() -> None:
    for key, row in LIMITS.items():
        told = f"| `{key}` | {row.about} | {row.usual:,} {row.unit} | {row.most:,} |"
        assert told in GUIDE.read_text(encoding="utf-8")


def test_every_key_of_sources_yaml_is_told() -> None:
    definitions = json_schema("sources")["$defs"]
    assert isinstance(definitions, dict)
    told = {"Name": "Names", "CslDate": "Dates"}
    for name, title in told.items():
        assert set(schema_keys(definitions[name])) - code_of(title) == set()
    keys = {key for schema in definitions.values() for key in schema_keys(schema)}
    assert keys - code_of("sources.yaml", deep=True) == set()
    assert set(VARIABLES) - code_of("Fields") == set()
    assert set(TYPES) - code_of("Types of sources") == set()


def test_every_part_edition_and_format_is_told() -> None:
    assert set(PART_KINDS) - code_of("Order") == set()
    assert {*READY_MADE, *FORMAT_NAMES} - code_of("Editions") == set()


def test_every_token_is_told_with_its_value() -> None:
    theme = ROOT / "templates" / "inquiry" / "theme.yaml"
    tokens = yaml.safe_load(theme.read_text(encoding="utf-8"))
    [part] = [part for part in GUIDE_PARTS if part.title == "Theme"]
    rows = re.findall(r"^\| `([\w-]+)` \| (?:`(.+?)`)? *\|", part.words, re.M)
    house = {name: str(value) for name, value in tokens.items() if name not in NO_TOKENS}
    assert dict(rows) == house
    assert list(house) == list(TOKENS)


def test_every_filter_is_told_and_shown() -> None:
    expressions = Expressions(Row({}), Wording("en", {}))
    filters = set(expressions._sandbox.filters)
    assert filters - code_of("Filters") == set()
    [part] = [part for part in EXAMPLES if part.title == "Filters"]
    used = set(re.findall(r"\| (\w+)", part.sections[0]))
    assert filters - used == set()


@pytest.mark.parametrize("name", DIRECTIVES)
def test_every_key_of_a_directive_is_told_and_shown(name: str) -> None:
    keys = set(DIRECTIVES[name].keys)
    assert keys - code_of(name) == set()
    [part] = [part for part in EXAMPLES if part.title == name]
    shown = set(re.findall(r"^([\w-]+):", "\n".join(part.sections), re.M))
    assert keys - shown == set()


def test_the_keys_of_columns_are_told() -> None:
    told = {*tables.COLUMN, *tables.ALIGNS, *tables.FORMATS}
    assert told - code_of("table") == set()
    assert {"value", "label"} - code_of("key-figures") == set()


def test_everything_of_markdown_is_told() -> None:
    assert {*front_matter.KEYS, *front_matter.ROLES} - code_of("Front matter") == set()
    names = set(attributes.EVERYWHERE).union(*attributes.ALLOWED.values())
    assert names - code_of("Attributes") - code_of("Pictures") == set()
    assert (html.INLINE | html.BLOCK) - code_of("HTML") == set()
    assert html.EVERYWHERE - code_of("HTML") == set()
    assert set(locators._TERMS["en"]) - code_of("Citations") == set()


def test_the_contents_list_every_heading() -> None:
    [contents] = [part for part in GUIDE_PARTS if part.title == "Contents"]
    listed = re.findall(r"^ *- \[`?(.+?)`?\]\(#(.+)\)$", contents.words, re.M)
    titles = [part.title for part in GUIDE_PARTS if part.level > 1 and part is not contents]
    assert [title for title, _ in listed] == titles
    assert [name for _, name in listed] == [_anchor(title) for title in titles]


def test_links_within_the_guide_lead_somewhere() -> None:
    targets = {_anchor(part.title) for part in GUIDE_PARTS if part.level}
    words = "".join(part.words for part in GUIDE_PARTS)
    assert set(re.findall(r"\]\(#(.+?)\)", words)) - targets == set()


def _anchor(title: str) -> str:
    """The identifier of a heading as GitHub makes it: without dots."""
    return make_identifier(title).replace(".", "")
