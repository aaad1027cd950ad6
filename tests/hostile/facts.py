"""Sources, styles of citation, data for charts and tables, settings of editions, made hostile."""

from attack import SECRET, Attack, Link, laughs

CSL = "http://purl.org/net/xbiblio/csl"
ENTITIES = laughs("style")


def csl(name: str, inner: str, code: str = "bad-style", before: str = "") -> Attack:
    """Attack by a citation style of the report's own."""
    text = (
        f'{before}<style xmlns="{CSL}" class="note" version="1.0"><info><title>a</title><id>a</id>'
        f"<updated>2024-01-01T00:00:00+00:00</updated></info>{inner}</style>"
    )
    files = {
        "report.yaml": "title: T\nnotes: {style: a.csl}\n",
        "a.csl": text,
        "sources.yaml": "a: {type: book, title: A}\n",
        "sections/01.md": "# One\n\nA.[@a]\n",
    }
    return Attack(name, files, (f"report.yaml:2:16 {code}",) if code else ())


def bib(name: str, text: str | bytes, *said: str) -> Attack:
    """Attack by a file of BibTeX."""
    return Attack(name, {"sources.bib": text}, said)


def source(name: str, text: str, *said: str, editions: str = "", absent: str = "") -> Attack:
    """Attack by a source in YAML, cited as `a`."""
    files = {"sources.yaml": text, "sections/01.md": "# One\n\nA.[@a]\n"}
    return Attack(name, files, said, tuple(editions.split()), tuple(absent.split()))


def set_as(name: str, edition: str, text: str, *said: str) -> Attack:
    """Attack by the settings of an edition."""
    files = {
        "report.yaml": f"title: T\neditions:\n  - {{name: {edition}, {text}}}\n",
        "sections/01.md": "# One\n\nA.^[A note.]\n",
    }
    return Attack(name, files, said, (edition,))


WRONG = "report.yaml:3:12 bad-value"
SOURCES = (
    csl("a style of a billion laughs", '<citation><layout prefix="&i;"/></citation>', before=ENTITIES),
    csl("a style of a file", '<citation><layout><text value="&a;"/></layout></citation>',
        before='<!DOCTYPE style [<!ENTITY a SYSTEM "file://{outside}/secret.csl">]>'),
    csl("a style whose macros call one another",
        '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
        '<citation><layout><text macro="a"/></layout></citation>'),
    csl("a style that is no style", "<p/>"),
    csl("a style without layout", "<citation/>"),
    csl("a style 10,000 deep", "<citation><layout>" + "<group>" * 10_000 + "</group>" * 10_000
        + "</layout></citation>"),
    csl("a style that writes HTML", '<citation><layout prefix="&lt;script&gt;alert(1)"><text '
        'variable="title"/></layout></citation>', ""),
    csl("a style of doubling macros", "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(40))
        + '<macro name="m40"><text variable="title"/></macro><citation><layout><text macro="m0"/>'
        "</layout></citation>"),
    csl("a style of 11 MB", f"<!--{'a' * 11_000_000}-->", "file-limit"),
    bib("BibTeX that never ends", "@book{a, title={" * 20_000, "sources.bib:1:1 bad-sources"),
    bib("BibTeX with a file", "@book{a, title={\\input{/etc/passwd}}}\n",
        ),
    bib("BibTeX of strings of strings", '@string{a = "aaaaaaaaaa"}\n' + "".join(
        f"@string{{{new} = {' # '.join([old] * 10)}}}\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
        + "@book{x, title = i}\n", "sources.bib bad-sources"),
    bib("BibTeX that refers to itself", "@book{a, crossref={b}}\n@book{b, crossref={a}}\n",
        "sources.bib bad-sources"),
    bib("BibTeX in UTF-16", "@book{a, title={A}}".encode("utf-16"), "sources.bib unreadable-file"),
    Attack("JSON of 100,000 lists", {"sources.json": "[" * 100_000}, ("sources.json:1:1001 yaml-limit",)),
    Attack("JSON with a number of a million digits",
           {"sources.json": '[{"id": "a", "type": "book", "volume": ' + "9" * 1_000_000 + "}]"},
           ("sources.json:1:9 bad-value",)),
    source("a source that is a script", 'a: {type: webpage, title: A, URL: "javascript:alert(1)"}\n',
           "sources.yaml:1:35 bad-value"),
    source("a source with a script in its title",
           'a: {type: book, title: "<script>alert(1)</script>", author: [{literal: "<b onclick=a>"}]}\n',
           editions="ebook", absent="<script"),
    source("a source that is archived by a script",
           'a: {type: book, title: A, archived: "javascript:alert(1)"}\n', "sources.yaml:1:37 bad-value"),
    source("a source with a key that is a path", '"../../a": {type: book, title: A}\n', "sections/01.md:3:4 unknown-source",
           "sources.yaml:1:1 bad-value", "sources.yaml:1:1 unused-source"),
    source("a source of a title of a megabyte", f"a: {{type: book, title: {'a ' * 500_000}}}\n",
           "sources.yaml:1:1 bad-value"),
)  # fmt: skip

ROWS = "".join(f"- {{a: x{n}, b: {n}}}\n" for n in range(60_000))
DATA = (
    Attack("a chart of 60,000 bars",
           {"data/a.yaml": ROWS, "sections/01.md":
            "# One\n\n```chart\ndata: a\nlabel: a\nvalue: b\n```\n"},
           ("sections/01.md:4:1 table-limit",)),
    Attack("a table of 120,000 cells",
           {"data/a.yaml": ROWS, "sections/01.md": "# One\n\n```table\ndata: a\ncolumns: [a, b]\n```\n"},
           ("sections/01.md:4:1 table-limit",)),
    Attack("a chart of numbers that are none",
           {"data/a.yaml": "- {a: x, b: .nan}\n- {a: y, b: .inf}\n- {a: z, b: 1e999}\n",
            "sections/01.md": "# One\n\n```chart\ndata: a\nlabel: a\nvalue: b\n```\n"},
           ("data/a.yaml:1:13 bad-value", "data/a.yaml:2:13 bad-value",
            "data/a.yaml:3:13 bad-value")),
    Attack("a chart of numbers beyond all pages",
           {"data/a.yaml": "- {a: x, b: 1e308}\n- {a: y, b: 1e-308}\n- {a: z, b: 999999999999999999}\n",
            "sections/01.md": "# One\n\n```chart\ndata: a\nlabel: a\nvalue: b\n```\n"}, (), ("ebook",)),
    Attack("a chart of names that are tags",
           {"data/a.yaml": '- {a: "</svg><script>alert(1)</script>", b: 1}\n',
            "sections/01.md": "# One\n\n```chart\ndata: a\nlabel: a\nvalue: b\n```\n"}, ("data/a.yaml:1:14 html-removed",), ("ebook",),
           ("<script>",)),
    Attack("a table of cells that are tags",
           {"data/a.yaml": '- {a: "<script>alert(1)</script>", b: "[x](javascript:a)"}\n',
            "sections/01.md": "# One\n\n```table\ndata: a\ncolumns: [a, b]\n```\n"}, ("data/a.yaml:1:8 html-removed", "data/a.yaml:1:40 bad-link"), ("ebook",),
           ("<script>", "javascript:a")),
    Attack("data whose name is a path",
           {"sections/01.md": "# One\n\n```table\ndata: ../../outside/secret\ncolumns: [a]\n```\n"},
           ("sections/01.md:4:7 unknown-data",)),
    Attack("a directive with a tag",
           {"sections/01.md": "# One\n\n```table\ndata: !!python/object:os.system a\n```\n"},
           ("sections/01.md:4:1 missing-key", "sections/01.md:4:7 yaml-tag")),
    Attack("a directive of laughs",
           {"sections/01.md": "# One\n\n```table\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
               f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
               for old, new in zip("abcdefgh", "bcdefghi", strict=True)) + "```\n"},
           ("sections/01.md:9:23 yaml-limit",)),
)  # fmt: skip

EDITIONS = (
    set_as("a page of no size", "screen", "page: 0mm 0mm", WRONG),
    set_as("a page of ten kilometres", "screen", "page: 10000000mm 10000000mm", WRONG),
    set_as("a page of 5 mm", "screen", "page: 5mm 5mm", WRONG),
    set_as("a page of a negative size", "screen", "page: -210mm 297mm", WRONG),
    set_as("a page of size NaN", "screen", "page: nan 297mm", WRONG),
    set_as("margins wider than the page", "screen", "margin-inside: 900mm",
           "sections/01.md:3:3 note-outside", "t.pdf unproven"),
    set_as("margins below nothing", "screen", "margin-inside: -900mm, margin-top: -900mm",
           WRONG, WRONG),
    set_as("letters of no size", "screen", "font-size: 0pt", WRONG),
    set_as("letters of a kilometre", "screen", "font-size: 1000000mm", WRONG),
    set_as("lines of no height", "screen", "line-height: 0pt", WRONG),
    set_as("notes of a kilometre", "screen", "note-line-height: 1000000mm", WRONG),
    set_as("bleed of a kilometre", "press", "standard: x-4, bleed: 1000000mm", WRONG),
    set_as("a signature of a billion", "press", "standard: x-4, signature: 1000000000", WRONG),
    set_as("a profile by a path", "press", "standard: x-4, profile: ../../outside/secret.png", WRONG),
    set_as("a profile by an absolute path", "press", "standard: x-4, profile: /etc/passwd", WRONG),
    Attack("a report whose name is a path",
           {"report.yaml": 'title: "../../../etc/passwd"\nversion: "..%2f"\neditions: [ebook]\n'}, (),
           ("ebook",)),
    Attack("a report whose title is a device", {"report.yaml": "title: CON\neditions: [ebook]\n"}, (),
           ("ebook",)),
    Attack("a section named like a page of the book",
           {"sections/nav.md": "# A\n", "sections/cover.md": "# B\n", "sections/..md": "# C\n"}, (),
           ("ebook",)),
    Attack("sections that differ by their letter case",
           {"sections/A.md": "# A\n", "sections/a.md": "# B\n"}, (), ("ebook",)),
    Attack("a section named with marks of addresses",
           {"sections/a#b?c%2f..%2f&d.md": "# A\n", "sections/<b> 'c'.md": "# B\n"}, (), ("ebook",)),
    Attack("an output folder that is a link",
           {"output": Link("{outside}")}, (), ("ebook",)),
    Attack("a report that needs more memory than it may have",
           {"report.yaml": "title: T\nlimits: {memory: 1}\n"}, ("report.yaml memory-limit",)),
    Attack("a report that asks for all memory there is",
           {"report.yaml": "title: T\nlimits: {memory: 9999999}\n"},
           ("report.yaml:2:18 bad-value",)),
    Attack("a manifest that names files elsewhere",
           {"report.yaml": "title: T\neditions: [ebook]\n",
            "output/manifest.json": '{"files": [{"name": "../../outside/secret.md", "sha256": "a"}]}'},
           (), ("ebook",), (SECRET,)),
)  # fmt: skip
ATTACKS = (*SOURCES, *DATA, *EDITIONS)
