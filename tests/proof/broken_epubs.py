"""Ways to break a sound EPUB, one fault each, and what must be said of it."""

import io
import re
import zipfile

from broken_file import Break, Fault

Files = dict[str, bytes]

PAGE = "EPUB/text/01.xhtml"
NAV = "EPUB/nav.xhtml"
PACKAGE = "EPUB/content.opf"
STYLE = "EPUB/style.css"
LONE_NOTE = """<aside id="note-9" epub:type="footnote" role="doc-footnote">
<a href="#call-1" epub:type="backlink" role="doc-backlink">9</a> More.</aside>"""


def broken(data: bytes, make: Break[Files]) -> bytes:
    """Return an EPUB with one fault made in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    make(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def change(path: str, pattern: str, by: str) -> Break[Files]:
    """Return what replaces the first match of a pattern in a file, which must be there."""

    def make(files: Files) -> None:
        text, count = re.subn(pattern, by, files[path].decode(), count=1, flags=re.DOTALL)
        assert count == 1, pattern
        files[path] = text.encode()

    return make


def last_first(files: Files) -> None:
    files["mimetype"] = files.pop("mimetype")


FAULTS: tuple[Fault[Files], ...] = (
    Fault("a call without note", "01.xhtml: the call `9` leads to no note",
          change(PAGE, "</p>", '<a epub:type="noteref" href="#note-9">9</a></p>')),
    Fault("a note without the way back", "the note `1. A note.` does not lead back",
          change(PAGE, ' epub:type="backlink" role="doc-backlink"', "")),
    Fault("a way back to elsewhere", "the note `1. A note.` does not lead back",
          change(PAGE, 'href="#call-1"', 'href="#one"')),
    Fault("a note that nothing calls", "nothing calls the note `9 More.`",
          change(PAGE, "</aside>", f"</aside>{LONE_NOTE}")),
    Fault("no contents", "its navigation has no contents",
          change(NAV, 'epub:type="toc" role="doc-toc"', "")),
    Fault("no landmarks", "its navigation has no landmarks",
          change(NAV, '<nav epub:type="landmarks".*?</nav>', "")),
    Fault("no landmark of the text", "no landmark is the bodymatter",
          change(NAV, 'epub:type="bodymatter"', 'epub:type="preface"')),
    Fault("contents that lead nowhere", "there is no place `text/01.xhtml#gone`",
          change(NAV, r"text/01\.xhtml#two", "text/01.xhtml#gone")),
    Fault("a page without list", "the page list has no page `page-99`",
          change(PAGE, "<p", '<span id="page-99" role="doc-pagebreak" aria-label="99"></span><p')),
    Fault("no hazard stated", "its package does not say its accessibilityHazard",
          change(PACKAGE, "<meta property=.schema:accessibilityHazard.>none</meta>", "")),
    Fault("no title", "its package has no title",
          change(PACKAGE, "<dc:title.*?</dc:title>", "")),
    Fault("a picture without text", "gate.png` has no text",
          change(PAGE, 'alt="The gate from the road"', "")),
    Fault("a picture told by its file", "`gate.png` does not say what",
          change(PAGE, 'alt="The gate from the road"', 'alt="gate.png"')),
    Fault("a heading two levels down", "`Two` is a h4 after a h1",
          change(PAGE, r"<h2(.*?)</h2>", r"<h4\1</h4>")),
    Fault("no language", "01.xhtml: it does not say which language",
          change(PAGE, ' lang="en" xml:lang="en"', "")),
    Fault("a file that is not listed", "left.txt: the manifest does not list it",
          lambda files: files.update({"EPUB/left.txt": b"x"})),
    Fault("a file that is not there", "gate.png: the manifest lists it|`.*gate.png` is not in the",
          lambda files: files.pop("EPUB/images/gate.png")),
    Fault("a colour that does not show", "style.css: `p.x` has a contrast of 1.6:1",
          lambda files: files.update({STYLE: files[STYLE] + b"p.x { color: #ccc }"})),
    Fault("a ground that hides its text", "style.css: `p.x` has a contrast of 1.0:1",
          lambda files: files.update({STYLE: files[STYLE] + b"p.x{color:red;background:#f00}"})),
    Fault("a table without heads", "the table `.*` has no header cell",
          lambda files: files.update({PAGE: re.sub(rb"<(/?)th\b", rb"<\1td", files[PAGE])})),
    Fault("an id that stands twice", "two elements have the id `one`",
          change(PAGE, "<p", '<p id="one"')),
    Fault("a page that is no XML",
          "01.xhtml: it is no well-formed XML|01.xhtml#|leads to no page break",
          change(PAGE, "</body>", "")),
    Fault("a picture from the network", "`https://example.org/a.png` is fetched",
          change(PAGE, r'src="[^"]*gate\.png"', 'src="https://example.org/a.png"')),
    Fault("a link that runs a program", "the link `a link` is a `javascript:` one",
          change(PAGE, 'href="https://example.org/far"', 'href="javascript:alert(1)"')),
    Fault("its type is not said first", "its first file is no `mimetype`", last_first),
    Fault("no package", "it has no package document",
          lambda files: files.pop(PACKAGE)),
)  # fmt: skip
