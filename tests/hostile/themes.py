"""Themes from elsewhere: templates that walk, loop and swell, pages and styles that reach out."""

from attack import SECRET, Attack, Link

NODES = "templates/inquiry/nodes.html"
PAGE = "templates/inquiry/pdf/book.html"


def template(name: str, text: str, code: str = "template-error", line: int = 1) -> Attack:
    """Attack by the template of a section."""
    path = "templates/inquiry/parts/section.html"
    place = f"{path}:{line}:1" if line else path
    said = (f"{place} {code}",) if code else ()
    return Attack(name, {path: text}, said, ("screen",))


def page(name: str, markup: str, *said: str, edition: str = "ebook", absent: str = "") -> Attack:
    """Attack by what a template writes into a page."""
    path = "templates/inquiry/parts/section.html"
    text = f"<section><h1 id='x'>One</h1>{markup}{{{{ body }}}}</section>"
    return Attack(name, {path: text}, said, (edition,), tuple(absent.split()))


def style(name: str, text: str, *said: str, edition: str = "ebook") -> Attack:
    """Attack by a style sheet."""
    form = {"ebook": "epub", "screen": "pdf"}[edition]
    return Attack(name, {f"templates/inquiry/{form}/style.css": text}, said, (edition,))


def web(name: str, markup: str, *said: str) -> Attack:
    """Attack by the template of the download page."""
    path = "templates/inquiry/web/index.html"
    text = (
        f"<!DOCTYPE html><html lang='en'><head><title>T</title></head><body>{markup}</body></html>"
    )
    return Attack(name, {path: text}, said, ("ebook", "web"))


TEMPLATES = (
    template("attributes walked", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    template("attributes walked by a filter", "{{ ''|attr('__class__') }}"),
    template("attributes walked by map", "{{ ['']|map(attribute='__class__')|list }}"),
    template("attributes walked by a subscript", "{{ ''['__class__'] }}"),
    template("attributes walked by format", "{{ '{0.__class__}'.format(report) }}"),
    template("attributes walked by format_map", "{{ '{a.__class__}'.format_map({'a': 1}) }}"),
    template("the globals of a function", "{{ href.__globals__ }}"),
    template("the owner of a method", "{{ href.__self__ }}"),
    template("the globals of a macro", "{{ lipsum.__globals__['os'].popen('id').read() }}"),
    template("the environment", "{{ self._TemplateReference__context.environment }}"),
    template("a cycler's class", "{{ cycler.__init__.__globals__ }}"),
    template("a value that is changed", "{{ pages.update({'a': 'b'}) }}"),
    template("labels that are cleared", "{{ labels.clear() }}"),
    template("a document that is changed", "{{ doc.notes.clear() }}"),
    template("a range of a billion", "{% for a in range(1000000000) %}{% endfor %}"),
    template("loops in loops", "{% for a in range(99999) %}{% for b in range(99999) %}x"
             "{% endfor %}{% endfor %}", "template-limit"),
    template("a list a billion long", "{{ ([1] * 1000000000)|length }}", "template-limit"),
    template("a text of a billion letters", "{{ 'a' * 1000000000 }}", "template-limit"),
    template("a number of a billion digits", "{{ 9 ** 9 ** 9 ** 9 }}"),
    template("a text doubled 60 times", "{% set n = namespace(x='aaaa') %}{% for a in range(60) %}"
             "{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}", "template-limit"),
    template("a text added to itself 60 times", "{% set n = namespace(x='aaaa') %}"
             "{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}", "template-limit"),
    template("a list added to itself 60 times", "{% set n = namespace(x=[1]) %}"
             "{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}", "template-limit"),
    template("a text centred in a billion columns", "{{ 'a'|center(1000000000) }}"),
    template("a text centred by its method", "{{ 'a'.center(1000000000) }}"),
    template("a text padded by its method", "{{ 'a'.ljust(1000000000) }}"),
    template("a text of tabs", "{{ '\t'.expandtabs(1000000000) }}"),
    template("a text indented a billion columns", "{{ 'a\n'|indent(1000000000, true) }}", line=2),
    template("a text formatted wide", "{{ '%1000000000d' % 1 }}"),
    template("a text formatted wide by a filter", "{{ '%1000000000d'|format(1) }}"),
    template("a text formatted wide by its method", "{{ '{:1000000000}'.format(1) }}"),
    template("a batch of a billion", "{{ [1]|batch(1000000000, 'a')|list|length }}"),
    template("slices of a billion", "{{ [1]|slice(1000000000)|list|length }}"),
    template("a text replaced into the large", "{{ ('a' * 9000)|replace('a', 'b' * 9000)"
             "|replace('b', 'c' * 9000) }}", "template-limit"),
    template("a text joined into the large", "{{ range(90000)|join('a' * 90000) }}",
             "template-limit"),
    template("a paragraph of a billion words", "{{ lipsum(n=100000000) }}"),
    template("output in the large", "{% for a in range(90000) %}" + "x" * 9000 + "{% endfor %}",
             "template-limit"),
    template("a macro that calls itself", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"),
    template("a macro that calls itself twice", "{% macro a(n) %}{% if n %}{{ a(n - 1) }}"
             "{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}", "template-limit"),
    template("a template that includes itself", "{% include 'parts/section.html' %}"),
    template("a template that includes itself twice", "{% set n = (n or 0) + 1 %}{% if n < 60 %}"
             "{% include 'parts/section.html' %}{% include 'parts/section.html' %}{% endif %}"),
    template("a template that extends itself", "{% extends 'parts/section.html' %}"),
    template("a file that is included", "{% include '/etc/passwd' %}"),
    template("a file above the folder", "{% include '../../../outside/secret.html' %}"),
    template("a file of another theme", "{% include '../../labels/en.yaml' %}"),
    template("a file that is imported", "{% import '{outside}/secret.html' as a %}{{ a }}"),
    template("brackets in brackets in brackets", "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", line=0),
    template("ifs in ifs", "{% if 1 %}" * 300 + "{% endif %}" * 300, line=0),
    template("a sum of 50,000", "{{ " + "+".join(["1"] * 50_000) + " }}", line=0),
    Attack("a theme.yaml of 100,000 lists",
           {"templates/inquiry/theme.yaml": "[" * 100_000},
           ("templates/inquiry/theme.yaml:1:1001 yaml-limit",), ("ebook",)),
    Attack("labels that are a link", {"templates/labels/en.yaml": Link("{outside}/secret.yaml")},
           ("templates/labels/en.yaml outside-folder",), ("ebook",)),
)  # fmt: skip

PIECES = (
    "01",
    "accessibility",
    "colophon",
    "contents",
    "cover",
    "index",
    "lists",
    "sources",
    "title-page",
)
BOOK = "text/01.xhtml unsafe-markup"
PAGES = (
    page("a script", "<script>alert(1)</script>", BOOK),
    page("a script in capitals", "<SCRIPT>alert(1)</SCRIPT>", BOOK),
    page("a script of SVG", "<svg xmlns='http://www.w3.org/2000/svg'><script>a</script></svg>",
         BOOK),
    page("a handler", "<p onclick='alert(1)'>a</p>", BOOK),
    page("a handler of SVG", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", BOOK),
    page("a link to a script in a page", "<p><a href='javascript:alert(1)'>a</a></p>", BOOK),
    page("a link to a script with tabs", "<p><a href=' java&#9;script:alert(1)'>a</a></p>", BOOK),
    page("a frame", "<iframe src='https://example.org'></iframe>", BOOK, BOOK),
    page("an object", "<object data='a.svg'></object>", BOOK),
    page("a form", "<form action='https://example.org'><input/></form>", BOOK, BOOK, BOOK),
    page("a page that refreshes", "<meta http-equiv='refresh' content='0;url=https://x.org'/>",
         BOOK),
    page("a base", "<base href='https://example.org'/>", BOOK),
    page("a picture on the network in a page", "<p><img alt='' src='https://example.org/a.png'/></p>", BOOK),
    page("a style that fetches", "<p style='background: url(https://example.org/a.png)'>a</p>",
         BOOK),
    page("a style that fetches in escapes",
         "<p style='background: \\75rl(https://example.org/a.png)'>a</p>", BOOK),
    page("foreign objects", "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>", BOOK),
    page("use of another file",
         "<svg xmlns='http://www.w3.org/2000/svg'><use href='https://x.org/a.svg#a'/></svg>", BOOK),
    page("an animation that changes links",
         "<svg xmlns='http://www.w3.org/2000/svg'><set attributeName='href' to='javascript:a'/></svg>",
         BOOK),
    Attack("an entity of a file",
           {"templates/inquiry/epub/page.xhtml": "<!DOCTYPE html [<!ENTITY a SYSTEM "
            "'file://{outside}/secret.html'>]><html xmlns='http://www.w3.org/1999/xhtml'><head>"
            "<title>T</title></head><body>&a;</body></html>"},
           tuple(f"text/{name}.xhtml bad-markup" for name in PIECES), ("ebook",)),
    page("a script on paper", "<script>alert(1)</script>", "edition screen unsafe-markup",
         edition="screen"),
    page("a link to a script on paper", "<p><a href='javascript:alert(1)'>a</a></p>",
         "edition screen unsafe-markup", edition="screen"),
    page("a link to a file on paper", "<p><a href='file:///etc/passwd'>a</a></p>",
         "edition screen unsafe-markup", edition="screen"),
    page("a file attached on paper", "<link rel='attachment' href='file://{outside}/secret.html'/>"
         "<p><a rel='attachment' href='file://{outside}/secret.html'>a</a></p>",
         "edition screen unsafe-markup", edition="screen",
         absent=SECRET),
    page("a picture of a file on paper", "<p><img alt='a' src='file://{outside}/secret.png'/></p>",
         "edition screen unsafe-markup", edition="screen"),
    page("a picture on the network on paper", "<p><img alt='a' src='http://127.0.0.1:9/a'/></p>",
         "edition screen unsafe-markup", edition="screen"),
    page("a form on paper", "<form><input value='a'/></form>", "edition screen unsafe-markup",
         "edition screen unsafe-markup", edition="screen"),
    page("a style sheet that is linked on paper",
         "<link rel='stylesheet' href='file://{outside}/secret.css'/>",
         "edition screen unsafe-markup", edition="screen"),
    page("divisions in divisions on paper", "<div>" * 200 + "a" + "</div>" * 200,
         "edition screen deep-markup", edition="screen"),
    page("a cell a million columns wide on paper",
         "<table><tr><td colspan='1000000'>a</td></tr></table>", "edition screen unsafe-markup",
         edition="screen"),
)  # fmt: skip

WRAPPED = tuple(
    Attack(name, {"report.yaml": "title: T\neditions: [press, wrap]\n",
                  "templates/inquiry/wrap/book.html": text}, (said,), ("press", "wrap"))
    for name, text, said in (
        ("a cover that is no XML", "<html><body>",
         "templates/inquiry/wrap/book.html bad-markup"),
        ("a cover with a script", "<html><body><script>alert(1)</script></body></html>",
         "edition wrap unsafe-markup"),
        ("a cover that reaches out", "<html><body><img alt='' src='file:///etc/a.png'/></body></html>",
         "edition wrap unsafe-markup"),
        ("a cover that is deep", "<html><body>" + "<div>" * 300 + "</div>" * 300 + "</body></html>",
         "edition wrap deep-markup"),
    )
)  # fmt: skip

SHEET = "style.css unsafe-markup"
STYLES = (
    style("an import", "@import 'https://example.org/a.css';", SHEET),
    style("an import in escapes", "@\\69mport 'https://example.org/a.css';", SHEET),
    style("an address", "p { background: url(https://example.org/a.png) }", SHEET),
    style("an address in escapes", "p { background: \\75 rl(https://example.org/a.png) }", SHEET),
    style("an address in capitals", "p { background: URL( 'HTTPS://example.org/a.png' ) }", SHEET),
    style("an address split by a comment", "p { background: u/**/rl(https://example.org/a) }"),
    style("a set of pictures", "p { background: image-set('https://example.org/a.png' 1x) }", SHEET),
    style("a face of the disk", "@font-face { font-family: A; src: url(file:///etc/passwd) }",
          SHEET),
    style("a face of the folder above",
          "@font-face { font-family: A; src: url(../../outside/secret.css) }", SHEET),
    style("an expression", "p { width: expression(alert(1)) }", SHEET),
    style("a binding", "p { -moz-binding: url(a.xml#a); behavior: url(a.htc) }", SHEET, SHEET, SHEET, SHEET),
    style("the end of a style", "p {} </style><script>alert(1)</script>"),
    style("an import on paper", "@import 'file://{outside}/secret.css';",
          "style.css unsafe-markup", edition="screen"),
    style("an address on paper", "p { background: url(http://127.0.0.1:9/a.png) }",
          "style.css unsafe-markup", edition="screen"),
    style("a file on paper", "p { background: url('FILE://{outside}/secret.png') }",
          "style.css unsafe-markup", edition="screen"),
    style("a face of the disk on paper",
          "@font-face { font-family: A; src: url(file:///usr/share/a.ttf), local(Arial) }",
          "style.css unsafe-markup", edition="screen"),
    style("brackets in brackets on paper", "p { width: " + "calc(" * 3000 + "1" + ")" * 3000 + "}",
          "style.css unsafe-markup", edition="screen"),
)  # fmt: skip

INDEX = "index.html unsafe-markup"
WEB = (
    web("a script on the web page", "<script>alert(1)</script>", INDEX),
    web("a handler on the web page", "<p onclick=alert(1)>a</p>", INDEX),
    web("a link to a script on the web page", "<a href=javascript:alert(1)>a</a>", INDEX),
    web("a frame on the web page", "<iframe src=//example.org></iframe>", INDEX),
    web("a form on the web page", "<form action=//example.org><input></form>", INDEX),
    web("a refresh on the web page", "<meta http-equiv=refresh content='0;url=//x.org'>", INDEX),
    web("a picture from elsewhere on the web page", "<img alt='' src=//example.org/a.png>", INDEX),
    web("a style from elsewhere on the web page", "<link rel=stylesheet href=//x.org/a.css>", INDEX),
    web("an import on the web page", "<style>@import '//x.org/a.css'</style>", INDEX),
    web("a base on the web page", "<base href=//x.org>", INDEX),
)  # fmt: skip
ATTACKS = (*TEMPLATES, *PAGES, *WRAPPED, *STYLES, *WEB)
