"""YAML, Markdown and data expressions made to be slow, large or cleverer than they look."""

from attack import Attack, section

TOO_LONG = " too-long"
NESTED = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def data(name: str, text: str | bytes, *said: str) -> Attack:
    """Attack by a file of data."""
    return Attack(name, {"data/a.yaml": text}, tuple(f"data/a.yaml{words}" for words in said))


def settings(name: str, text: str, *said: str) -> Attack:
    """Attack by report.yaml, below its title."""
    files = {"report.yaml": f"title: T\n{text}\n"}
    return Attack(name, files, tuple(f"report.yaml{words}" for words in said))


def expression(name: str, text: str, code: str = "bad-expression") -> Attack:
    """Attack by a data expression."""
    files = {"sections/01.md": f"# One\n\n{{{{ {text} }}}}\n", "data/a.yaml": "- {n: 1, t: x}\n"}
    return Attack(name, files, (f"sections/01.md:3:1 {code}",))


def impatient(name: str, text: str) -> Attack:
    """Attack by a text that takes long to read, of a report that has two seconds."""
    files = {
        "report.yaml": "title: T\nlimits: {section-seconds: 2}\n",
        "sections/01.md": f"# One\n\n{text}\n",
    }
    return Attack(name, files, ("sections/01.md time-limit",))


UNOPENED = (" more-mistakes", *(f"{line}:1 unopened-div" for line in range(3, 1003)))

YAML = (
    data("a billion laughs", NESTED, ":6:14 yaml-limit"),
    data("a value within itself", "a: &a [*a]\n", ":1:8 yaml-syntax"),
    data("100,000 lists in lists", "[" * 100_000, ":1:1001 yaml-limit"),
    data("100,000 mappings in mappings", "{a: " * 100_000, ":1:257 yaml-limit"),
    data("20,000 lists in a line", "- " * 20_000 + "a\n", ":1:129 yaml-limit"),
    data("a million values", "- 1\n" * 600_000, ":500000:3 yaml-limit"),
    data("11 MB", "#" * 11_000_000, " file-limit"),
    data("a tag that makes an object", "- {a: !!python/object/apply:os.system [id]}\n",
         ":1:7 yaml-tag"),
    data("a tag of its own", "%TAG ! tag:yaml.org,2002:python/\n--- !name:os.system\na: 1\n",
         ":2:5 yaml-tag"),
    data("a merge of a mapping", "a: &a {b: 1}\nc:\n  <<: *a\n", ":3:7 wrong-type"),
    data("a key twice", "a: 1\na: 2\n", ":2:1 duplicate-key"),
    data("a number of 100,000 digits", f"a: {'9' * 100_000}\n"),
    data("a number without end", "- {a: .inf}\n- {a: -.inf}\n- {a: .nan}\n- {a: 1e999}\n"),
    data("a number in other digits", "- {a: ٣}\n- {a: 1_000}\n- {a: 0x7fffffffffffffffffff}\n"),
    data("a NUL", b"a: x\0y\n", ":1:5 control-character"),
    data("a NUL in an escape", 'a: "x\\0y"\n', ":1:4 control-character"),
    data("half a surrogate in an escape", 'a: "\\ud800"\n', ":1:7 yaml-syntax"),
    data("UTF-16", "a: 1\n".encode("utf-16"), " unreadable-file"),
    data("UTF-32", "a: 1\n".encode("utf-32"), " unreadable-file"),
    data("UTF-7", b"+AGE-: 1\n"),
    data("letters that are no UTF-8", b"a: \xff\xfe\n", ":1:4 unreadable-file"),
    data("overlong UTF-8", b"a: \xc0\xae\xc0\xae/\n", ":1:4 unreadable-file"),
    data("two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbfa: 1\n"),
    data("a key in brackets", "? [a, b]\n: 1\n", ":1:3 yaml-syntax"),
    data("a second document", "a: 1\n---\nb: 2\n", ":2:1 yaml-syntax"),
    data("letters that turn the line round", "a: \u202eevil\u202c\n"),
    settings("a language that is a list", "lang: [en]\nkeywords: {a: b}", ":2:7 wrong-type",
             ":3:11 wrong-type"),
    settings("a title of a megabyte", f"subtitle: {'a ' * 500_000}"),
    settings("a language that is a path", "lang: ../../etc/passwd", ":2:7 bad-value"),
    settings("a theme that is a path", "editions: [{name: screen, theme: ../../outside}]",
             ":2:34 bad-value"),
    settings("an edition's name that is a path", "editions: [{name: ../../x, format: pdf}]",
             ":2:19 bad-value"),
    settings("a setting that closes the rule",
             'editions: [{name: screen, font-size: "1pt} body{background:url(http://x.org)"}]',
             ":2:38 bad-value"),
    settings("a setting that is an address", 'editions: [{name: screen, font-size: "url(x)"}]',
             ":2:38 bad-value"),
    settings("an address that is a script", "url: javascript:alert(1)", ":2:6 bad-value"),
    settings("a contact that is a script", 'contact: "javascript:alert(1)//a@b.org"',
             ":2:10 bad-value"),
    settings("a version that is a path", 'version: "../../../x"'),
    settings("10,000 editions", "editions:\n" + "".join(
        f"  - {{name: e{n}, format: web}}\n" for n in range(10_000)),
             ":2:1 bad-value"),
)  # fmt: skip

EXPRESSIONS = (
    expression("a walk to a class", "data.a.__class__.__mro__", "unknown-data"),
    expression("a walk by a subscript", 'data["__class__"]["__init__"]', "unknown-data"),
    expression("a walk by a filter", 'data.a | attr("__class__")'),
    expression("a walk by map", 'data.a | map(attribute="__class__") | join', "unknown-data"),
    expression("a call", "data.keys()"),
    expression("a range without end", "range(10**9) | list | length"),
    expression("a power without end", "9 ** 9 ** 9 ** 9"),
    expression("a text a billion long", '"a" * 1000000000'),
    expression("a text that is formatted wide", '"%1000000000d" % 1'),
    expression("a text that is formatted by dots", '"{0.__class__}".format(data)'),
    expression("sums of sums", "+".join(["1"] * 5000), "unclosed-expression"),
    expression("brackets in brackets", "(" * 3000 + "1" + ")" * 3000, "unclosed-expression"),
    expression("lists of lists", "[data.a, data.a] | map('list') | list"),
    expression("joined without end", "'a' ~ " * 5000 + "'a'", "unclosed-expression"),
    expression("rounded to a million places", "1 | round(1000000)"),
    expression("centred in a billion columns", '"a" | center(1000000000)'),
    expression("a loop of a template", "lipsum(n=100000)"),
    expression("a cycle of the environment", "self._TemplateReference__context", "unknown-data"),
)

MARKDOWN = (
    section("100,000 brackets", "[" * 100_000, "3:42 too-deep"),
    section("100,000 pictures begun", "![" * 100_000, "3:83 too-deep"),
    section("100,000 marks of emphasis", "*a _b " * 50_000),
    section("100,000 quotations", ">" * 100_000 + "a", "3:41 too-deep"),
    section("10,000 lists in a line", "- " * 10_000 + "a", "3:41 too-deep"),
    section("3,000 lists in lists", "".join(" " * 2 * n + "- a\n" for n in range(3000)),
            TOO_LONG),
    section("a line of 10 MB", "a" * 9_900_000, TOO_LONG),
    section("a line of 1 MB", "ab " * 330_000),
    section("100,000 ticks of different lengths", "".join("`" * n + "a" for n in range(1, 600))),
    section("50,000 references", "[a]: <" * 50_000),
    section("100,000 entities", "&#0;&#xD800;&#x10FFFF;&nbsp;&bogus;" * 5_000),
    section("tables in tables", "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|a|\n" * 200),
    section("half a million cells", "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + ("|a" * 1000 + "|\n") * 490,
            "3:1 table-limit"),
    section("divisions in divisions", "::: a\n" * 3000 + "x\n" + ":::\n" * 3000, "42:1 too-deep"),
    section("240,000 mistakes", ":::\n" * 240_000, *UNOPENED),
    impatient("200,000 letters of emphasis", "*a* " * 200_000),
    impatient("150,000 notes", "a^[b] " * 150_000),
    impatient("brackets as deep as they may be", ("[" * 38 + "\n\n") * 20_000),
    section("notes in notes", "^[a" * 3000 + "]" * 3000, "3:123 too-deep"),
    section("notes that call one another", "A.[^a]\n\n[^a]: B.[^b]\n\n[^b]: A.[^a]",
            "7:9 note-loop"),
    section("a ring of 1,000 notes", "A.[^0]\n\n" + "\n\n".join(
        f"[^{n}]: B.[^{(n + 1) % 1000}]" for n in range(1000)), "43:10 too-deep", "2003:11 note-loop"),
    section("10,000 attributes", "[a]{" + ".b " * 10_000 + "}"),
    section("an identifier that is a script", '# A {#"><script>}\n\n[a]{#a"onclick=alert(1)}',
            "3:9 html-removed", "5:4 bad-attributes"),
    section("a link to a script", "[a](javascript:alert(1))", "3:1 bad-link"),
    section("a link to a script, in capitals", "[a](JaVaScRiPt:alert(1))", "3:1 bad-link"),
    section("a link to a script, with a tab", "[a](<java&Tab;script:alert(1)>)"),
    section("a link to a script, with a line end", "[a](java&#10;script:alert(1))"),
    section("a link to a script, with a control", "[a](&#1;javascript:alert(1))"),
    section("a link to a script, encoded", "[a](javascript&colon;alert(1))", "3:1 bad-link"),
    section("a link to data", "[a](data:text/html;base64,PHNjcmlwdD4=)", "3:1 bad-link"),
    section("a link to vbscript", "[a](vbscript:msgbox)", "3:1 bad-link"),
    section("a link to a file", "[a](file:///etc/passwd)", "3:1 bad-link"),
    section("a link of an autolink", "<javascript:alert(1)>", "3:1 bad-link"),
    section("a link by reference", "[a]\n\n[a]: javascript:alert(1)", "3:1 bad-link"),
    section("a fence that is raw", "```{=html}\n<script>alert(1)</script>\n```",
            "4:1 html-removed"),
    section("raw LaTeX that reads a file", "```{=latex}\n\\input{/etc/passwd}\n```", "3:1 raw-removed"),
    Attack("front matter with a tag",
           {"sections/01.md": "---\ntitle: !!python/object:os.system x\n---\n\nA.\n"},
           ("sections/01.md:2:8 yaml-tag",)),
    Attack("a section of NULs", {"sections/01.md": b"# One\n\n" + b"\0" * 100_000},
           ("sections/01.md:3:1 control-character",)),
    Attack("a section of 1.1 million letters", {"sections/01.md": "# One\n\n" + "a\n" * 550_000},
           ("sections/01.md too-long",)),
    Attack("11,000 files", {f"sections/{n}.md": "# A\n" for n in range(11_000)},
           ("sections file-limit",)),
)  # fmt: skip
ATTACKS = (*YAML, *EXPRESSIONS, *MARKDOWN)
