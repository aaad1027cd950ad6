"""Themes that extend others, their tokens, and the themes beside the house's, under attack."""

from collections.abc import Mapping

from attack import Attack, Link

CHAIN = {
    f"templates/t{n}/theme.yaml": f"extends: t{n + 1}\n" if n < 1999 else "extends: inquiry\n"
    for n in range(2000)
}


def own(
    name: str, files: Mapping[str, str | Link], *said: str, edition: str = "ebook", absent: str = ""
) -> Attack:
    """Attack by the files of a theme `own`."""
    placed = {f"templates/own/{path}": text for path, text in files.items()}
    report = f"title: T\neditions:\n  - {{name: {edition}, theme: own}}\n"
    return Attack(name, {"report.yaml": report, **placed}, said, (edition,), tuple(absent.split()))


def tokens(name: str, text: str, *said: str, edition: str = "ebook", absent: str = "") -> Attack:
    """Attack by the theme.yaml of a theme that extends the house's."""
    files = {"theme.yaml": f"extends: inquiry\n{text}\n"}
    return own(name, files, *said, edition=edition, absent=absent)


def macros(name: str, text: str, *said: str) -> Attack:
    """Attack by the macros of a theme that extends the house's."""
    return own(name, {"theme.yaml": "extends: inquiry\n", "nodes.html": text}, *said)


def dressed(theme: str, edition: str, name: str, files: Mapping[str, str], *said: str) -> Attack:
    """Attack through one of the themes beside the house's."""
    report = f"title: T\neditions:\n  - {{name: {edition}, theme: {theme}}}\n"
    return Attack(f"{name}, {theme}", {"report.yaml": report, **files}, said, (edition,))


THEME = "templates/own/theme.yaml"
ATTACKS = (
    own("a theme that extends itself", {"theme.yaml": "extends: own\n"}, f"{THEME}:1:10 theme-loop"),
    own("a theme that extends a path", {"theme.yaml": "extends: ../../outside\n"},
        f"{THEME}:1:10 unknown-theme"),
    own("a theme that extends a list", {"theme.yaml": "extends: [[[]]]\n"},
        f"{THEME}:1:10 unknown-theme"),
    own("a theme that extends a megabyte", {"theme.yaml": f"extends: {'a' * 1_000_000}\n"},
        f"{THEME}:1:10 unknown-theme"),
    own("a theme.yaml that is a link", {"theme.yaml": Link("{outside}/secret.yaml")},
        "report.yaml:3:12 unknown-theme", f"{THEME} outside-folder"),
    own("a theme.yaml of laughs",
        {"theme.yaml": "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
            for old, new in zip("abcdefgh", "bcdefghi", strict=True))}, f"{THEME}:6:23 yaml-limit"),
    Attack("two thousand themes in a line", {
        "report.yaml": "title: T\neditions:\n  - {name: ebook, theme: t0}\n", **CHAIN}, (), ("ebook",)),
    tokens("sizes that are none", "sizes: [1, {A5: [a]}]"),
    tokens("sizes in sizes", "sizes: {A4: {sizes: {A4: {page: A5}}}}", f"{THEME}:2:21 wrong-type"),
    tokens("a page of a kilometre in a theme", "page: 1000000mm 1000000mm",
           f"{THEME}:2:7 bad-value", edition="screen"),
    tokens("a page of a kilometre for a size", "sizes: {A4: {font-size: 1000000mm}}",
           f"{THEME}:2:25 bad-value", edition="screen"),
    tokens("a token with an address", "mine: 'red; background: url(https://example.org/a.png)'"),
    tokens("a colour with an address", "accent: 'red; background: url(https://example.org/a.png)'",
           f"{THEME}:2:9 bad-value"),
    tokens("a certifier of letters that are none", "certified-by: \"a\\x01\\0\"",
           f"{THEME}:2:15 control-character"),
    tokens("a report of a certifier that is a script", "certified-by: A\ncertifier-report: javascript:alert(1)",
           absent="javascript:alert"),
    tokens("a paper of no number", "paper-weight: .inf\nspine: 1e9mm", f"{THEME}:3:8 bad-value"),
    macros("macros that include themselves", "{% include 'own/nodes.html' %}",
           "templates/own/nodes.html:1:1 template-error"),
    macros("macros that take nothing", "{% macro heading() %}{% endmacro %}",
           "templates/own/nodes.html template-error"),
    macros("macros that swell", "{% macro heading(node, content, parent) %}{% for a in range(99999) %}"
           "{% for b in range(99999) %}x{% endfor %}{% endfor %}{% endmacro %}",
           "templates/own/nodes.html:1:1 template-limit"),
    macros("backticks that swell", "{{ ('`' * 9000000)|coded|coded }}",
           "templates/own/nodes.html:1:1 template-limit"),
    macros("lines of a page that is none", "{{ {'page': 'x' * 9, 'margin-top': '', 'margin-bottom': '', "
           "'line-height': '0pt'}|lines }}{{ {}|lines }}",
           "templates/own/nodes.html:1:1 template-error"),
    macros("a theme walked by its name", "{% include '../../../outside/secret.html' %}",
           "templates/own/nodes.html:1:1 template-error"),
    *(
        dressed(theme, edition, name, files, *said)
        for theme in ("plain", "brief")
        for edition, name, files, said in (
            ("screen", "a title that is a script",
             {"sections/01.md": "# <script>alert(1)</script> One\n\nA.^[A <b onclick=x()>note</b>.]\n"},
             ("sections/01.md:1:3 html-removed", "sections/01.md:3:7 html-removed")),
            ("screen", "a token that is a script",
             {f"templates/{theme}/pdf/parts/section.html": "<script>{{ body }}</script>"},
             ("edition screen unsafe-markup",)),
            ("ebook", "a style that reaches out",
             {f"templates/{theme}/epub/style.css": "p { background: url(//example.org/a.png) }"},
             ("style.css unsafe-markup",)),
            ("screen", "a template without end",
             {f"templates/{theme}/pdf/parts/cover.html":
              "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"},
             (f"templates/{theme}/pdf/parts/cover.html:1:1 template-limit",)),
        )
    ),
)  # fmt: skip
