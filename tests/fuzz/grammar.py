"""Pieces of each language that strangers may write: bytes or a draw of hypothesis in, a text out.

Of bytes, the first says what the others are: a text as it stands, or numbers of pieces.
"""

from collections.abc import Mapping, Sequence

from fragments import PIECES as MARKDOWN
from hypothesis import strategies as st

LONGEST = 60  # pieces of a text
AS_PIECES = 0x80  # from this first byte on, bytes are numbers of pieces

YAML = (
    *("a", "b", "id", "1", "-1", "2.5", "1e999", "0x1f", "010", "true", "null", "~", "2013-02-30"),
    *(": ", ":", "- ", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", ", ", "? ", "[", "]", "{", "}"),
    *("'", '"', '"\\ud800"', '"\\x00"', "|\n  ", ">-\n  ", "&a ", "*a", "<<: *a", "!!python/x ", "!"),
    *("# ", "---\n", "...\n", "%YAML 1.1\n", "\t", "\ufeff", "\u2028", "\x00", "é", "نص", "😀"),
)  # fmt: skip
REPORT = (
    *("title", "subtitle", "authors", "date", "lang", "editions", "sections", "notes", "limits"),
    *("rules", "part", "name", "role", "orcid", "format", "theme", "standard", "style", "numbering"),
    *("screen", "ebook", "press", "web", "pdf", "epub", "cover", "contents", "files", "pages"),
    *("2013-04", "en-GB", "fa", "apa", "foot", "isbn", "license", "keywords", "unused-source", "off"),
    *("0000-0002-1825-0097", "https://example.org", "sections/01.md", "../x.md", "x: y"),
)  # fmt: skip
SOURCES = (
    *("type", "book", "chapter", "author", "family", "given", "literal", "issued", "accessed"),
    *("date-parts", "[[2013, 4]]", "title", "URL", "DOI", "10.1/x", "page", "105-108", "references"),
    *("container-title", "archived", "https://example.org/?a=1", "Boumedra, Tahar", "und", "edition"),
    *("circa", "season", "raw", "2013/2014", "-0400", "language", "note", "keyword", "categories"),
)  # fmt: skip
EXPRESSIONS = (
    *("{{", "}}", " ", "data", ".a", ".b", '["x"]', "[0]", "[-1]", "[1:2]", "(", ")", "|", ","),
    *('sum("n")', "count", "length", "first", "last", "join", 'join(", ", "n")', "number", "number(2)"),
    *('where("n", 1)', "round", "round(99)", "spell", "date", 'date("long")', 'map(attribute="n")'),
    *("sort", "unique", "reverse", "list", "max", "min", "select", 'selectattr("n")', "default(1)"),
    *("+", "-", "*", "**", "/", "//", "%", "~", "==", "<", "and", "or", "not", "in", "is", "if", "else"),
    *("1", "0", "999999999999", "1e300", "-1", "2.5", '"x"', "'", '"', "none", "true", "x", "__class__"),
    *("defined", "odd", "divisibleby(0)", "{", "}", "[", "]", ":", "{%", "%}", "{#", "#}", "\n", "é"),
    *("abs", "int", "float", "int(base=99)", "trim", "title", "upper", "lower", "capitalize", "d"),
)  # fmt: skip
CITATIONS = (
    *("[@", "[", "]", "@", "-@", "boumedra", "quit", "unami", "x", "; ", ";", ",", ", ", " ", "\n"),
    *("p. ", "pp. ", "p.", "chap. ", "§", "§§ ", "¶", "S. ", "Bd. ", "ص ", "s.v. ", "vol. ", "n. "),
    *("3", "3-5", "3–5", "3--5", "xiv", "III", "A", "5(2)(a)", "٣", "1e9", "33, 35", "& 5", "passim"),
    *("{", "}", "{p. 3}", "{}", "see ", "cf. *x* ", "^[", "[^a]", "`", "*", "_", "\\", '"', "(", ")"),
    *("@fig-a", "@{x}", "@x:y", "@x.", "é", "نص", "\u00a0", "\u200f", "\n\n", "[^a]: ", "{{", "}}"),
)  # fmt: skip
DIRECTIVES = (
    *("```chart\n", "```table\n", "```map\n", "```chronology\n", "```glossary\n", "```key-figures\n"),
    *("```", "\n```\n", "~~~", "{.x #a k=v}", "{chart}", "{=html}", "data: a\n", "data: b\n", "data: c\n"),
    *("type: bar\n", "type: line\n", "type: stacked\n", "type: timeline\n", "label: id\n", "label: n\n"),
    *("value: n\n", "values: [n, m]\n", "date: d\n", "panels: id\n", "where: {id: x}\n", "where:\n"),
    *("columns: [id, n]\n", "columns:\n  - {name: n, as: number}\n", "total: n\n", "caption: C\n"),
    *("alt: A\n", "id: tbl-a\n", "id: fig-a\n", "text: t\n", "term: id\n", "lat: n\n", "lon: m\n"),
    *("window: [0, 0, 90, 45]\n", "window: x\n", "kind: id\n", "items:\n", "  - {value: 1, label: x}\n"),
    *("source: '[@x]'\n", "{{ data.a | length }}", "^[note]", "[^a]", "\n\n[^a]: x\n\n", "\n", "  ", "- "),
    *(": ", "a", "n", "id", "1", "-1e308", "[", "]", "{", "}", "'", '"', "&a ", "*a", "~", "é", "نص"),
)  # fmt: skip
BIBTEX = (
    *("@book{", "@article{", "@online{", "@string{", "@comment{", "@preamble{", "@xdata{", "@", "}"),
    *("x,", "y,", "a = ", "title = ", "author = ", "date = ", "year = ", "month = jan", "url = "),
    *("crossref = {x}", "xdata = {x}", "langid = {german}", "pages = ", "journaltitle = ", "options = "),
    *("{", "}", '"', "#", ",", "\n", " ", "=", "{Boumedra, Tahar and others}", "{2013-04/..}", "{n.d.}"),
    *("\\'e", "\\", "$x$", "%", "\\emph{", "{\\LaTeX}", "~", "--", "é", "نص", "2013", "{1999/2001}", "and"),
)  # fmt: skip
JSON = (
    *("[", "]", "{", "}", ":", ",", " ", "\n", '"', '"id"', '"x"', '"type"', '"book"', '"author"'),
    *('"family"', '"literal"', '"issued"', '"date-parts"', '"2013"', "2013", "-1", "1e999", "1.5", "0"),
    *('"\\ud83d\\ude00"', '"\\ud800"', '"\\u0000"', "true", "null", "NaN", "Infinity", "//", "'", "\\"),
    *('{"id": "x", "type": "book"}', '"title": "T"', '[[2013, 4, 31]]', '[["2013", "٣"]]', '"season"', "é"),
)  # fmt: skip
STYLES = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">', "</style>",
    "<info><title>T</title><id>x</id></info>", "<citation>", "</citation>", "<bibliography>",
    '<layout delimiter="; " suffix=".">', "<layout>", "</layout>", "</bibliography>", "<text/>",
    '<macro name="a">', '<macro name="b">', "</macro>", '<text macro="a"/>', '<text macro="b"/>',
    '<text variable="title"/>', '<number variable="first-reference-note-number"/>', '<names variable="author">',
    "<name/>", '<name form="short" et-al-min="1" et-al-use-first="1"/>', "</names>", "<substitute>",
    "</substitute>", '<date variable="issued" form="text"/>', '<label variable="locator"/>', "<choose>",
    "</choose>", '<if type="book">', '<if locator="page">', '<if position="ibid">', "</if>", "<else>", "</else>",
    "<group>", "</group>", '<locale xml:lang="en">', "</locale>", "<terms>", "</terms>", "<term",
    ' name="opus"', ' form="long"', ">", "/>", "</term>", '<text value="&lt;b&gt;"/>', '<text term="ibid"/>',
    "<sort>", '<key variable="title"/>', "</sort>", "<!DOCTYPE x>", "<!ENTITY", "&x;", "<?xml?>", "\x00", "é", " ",
)  # fmt: skip
HTML = (
    *("<b>", "</b>", "<i>", "</i>", "<br>", "<br/>", "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>"),
    *("<td colspan=", "<td>", "</td>", "</tr>", "</table>", "<ul>", "<li>", "</ul>", "<a href=", "</a>"),
    *("'javascript:x'", "'https://x.org'", "'//x'", "9999999999", "'2'", "'٣'", "2>", " onclick=x", ">"),
    *("<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>"),
    *("<img src=x>", "<iframe>", "<form>", "<input>", "<template>", "<noscript>", "<!--", "-->", "<![CDATA["),
    *("]]>", "<?x?>", "&lt;", "&", "&#0;", "&#x110000;", "&nbsp;", "\x00", "<", "</", "x", " ", "\n", "\n\n"),
    *(" id='a'", " class='b'", " style='x'", " lang=", " xml:lang='en'", "'", '"', "=", "<ruby>", "<rt>", "<wbr>"),
)  # fmt: skip
DRAWINGS = (
    '<svg xmlns="http://www.w3.org/2000/svg"', ' viewBox="0 0 10 10"', ' width="10"', ' height="1e9mm"', ">",
    "</svg>", "<g>", '<g id="a">', "</g>", '<use href="#a"/>', '<use href="#b"/>', '<rect width="1" height="1"/>',
    '<rect id="b" fill="url(#a)"/>', "<defs>", "</defs>", '<clipPath id="a">', "</clipPath>", "<text>x</text>",
    '<image href="data:image/png;base64,AA=="/>', '<image href="x.png"/>', '<a href="https://x.org">', "</a>",
    "<style>", "</style>", "@import 'x';", "a{fill:url(x)}", "\\75rl(x)", "<script>", "</script>", ' onload="x"',
    "<foreignObject>", ' xml:base="x"', '<animate attributeName="href"/>', "<!DOCTYPE svg>", "<!DOCTYPE svg [",
    '<!ENTITY x "y">', "]>", "&x;", "<?xml-stylesheet?>", "<!--", "-->", ' xmlns:xlink="http://www.w3.org/1999/xlink"',
    ' xlink:href="#a"', ' style="fill:red"', ' transform="rotate(1e999)"', "<path d='M0 0L1e308 1'/>", "é", "\x00",
    ' preserveAspectRatio="none"', "<linearGradient id='a'>", "</linearGradient>", "<pattern id='a'>", "</pattern>",
)  # fmt: skip
FILES = (
    "report.yaml", "sources.yaml", "sources.bib", "sources.json", "data/a.yaml", "data/b.yaml",
    "sections/01.md", "sections/02.md", "figures/a.svg", "style.csl", "templates/labels/en.yaml",
)  # fmt: skip
MARK = "%% "  # begins the line that names a file of a report
REPORTS = (
    *(f"\n{MARK}{path}\n" for path in FILES),
    *("title: T\n", "lang: fa\n", "editions: [screen]\n", "notes: {style: style.csl}\n", "# One\n\n"),
    *("![x](figures/a.svg)", "[@x, p. 3]", "[@y]", "x: {type: book, title: T}\n", "[^a]", "\n\n[^a]: N\n\n"),
    *("^[note]", "{#fig-a}", "@fig-a", "@tbl-a", "@sec-a", "{#sec-a}", "{{ data.a | length }}", "nest: {a: *a}\n"),
    *MARKDOWN, *DIRECTIVES, *DRAWINGS[:12],
)  # fmt: skip

PIECES: Mapping[str, Sequence[str]] = {
    "yaml": (*YAML, *REPORT, *SOURCES),
    "front-matter": (*YAML, "title", "role", "lang", "short-title", "chapter", "preface", "en"),
    "markdown": MARKDOWN,
    "citations": CITATIONS,
    "directives": DIRECTIVES,
    "expressions": EXPRESSIONS,
    "bibtex": BIBTEX,
    "csl-json": JSON,
    "csl": STYLES,
    "html": HTML,
    "svg": DRAWINGS,
    "report": REPORTS,
    "build": REPORTS,
}


def texts(name: str) -> st.SearchStrategy[str]:
    """Return a strategy for texts of a language: mostly of its pieces."""
    pieces = st.lists(st.sampled_from(PIECES[name]), max_size=LONGEST).map("".join)
    return st.one_of(pieces, pieces, pieces, st.text(max_size=60))


def text_of(name: str, data: bytes) -> str:
    """Read a text of a language from bytes."""
    if data[:1] < bytes([AS_PIECES]):
        return data[1:].decode("utf-8", errors="replace")
    pieces = PIECES[name]
    return "".join(pieces[number % len(pieces)] for number in data[1:])


def bytes_of(text: str) -> bytes:
    """Write a text as bytes from which `text_of` reads it."""
    return b"\0" + text.encode("utf-8", errors="replace")


def files_of(text: str) -> dict[str, str]:
    """Part a text into the files of a report, at the lines that name them."""
    files = {"report.yaml": "title: T\n", "sections/01.md": "# One\n"}
    first, *others = f"\n{text}".split(f"\n{MARK}")
    files["sections/01.md"] += first
    for other in others:
        path, _, content = other.partition("\n")
        if path in FILES:
            files[path] = content
    return files
