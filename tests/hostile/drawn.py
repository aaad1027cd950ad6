"""HTML of authors, drawings and pictures that run, fetch or swell."""

import struct
import zlib
from io import BytesIO

from attack import SECRET, Attack, laughs, section
from PIL import Image

ACTIVE = "<script javascript: onclick= onerror= <iframe <form <object <base"
SVG = "http://www.w3.org/2000/svg"


def html(name: str, markup: str, *said: str, absent: str = ACTIVE) -> Attack:
    """Attack by HTML in a section; the EPUB must be sound."""
    return section(name, markup, *said, editions="ebook", absent=absent)


def drawing(
    name: str, inner: str, *, outer: str = "", said: bool = True, before: str = ""
) -> Attack:
    """Attack by an SVG."""
    size = outer or "width='4' height='3'"
    spaces = f'xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    picture = f"{before}<svg {spaces} {size}>{inner}</svg>"
    return shown(name, "figures/a.svg", picture, said=said)


def shown(name: str, path: str, data: str | bytes, *, said: bool = True) -> Attack:
    """Attack by a picture that the text shows."""
    files: dict[str, str | bytes] = {"sections/01.md": f"# One\n\n![A]({path})\n", path: data}
    return Attack(name, files, ("sections/01.md:3:1 bad-image",) if said else ())


def png(width: int, height: int, data: bytes = b"", *, chunks: bytes = b"") -> bytes:
    """Write a PNG that claims to be so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunks
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    """Write one piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def saved(form: str, size: tuple[int, int] = (4, 3), **options: object) -> bytes:
    """Write a sound picture."""
    file = BytesIO()
    Image.new("RGB", size).save(file, form, **options)
    return file.getvalue()


def animated(count: int) -> bytes:
    """Write a GIF of so many pictures."""
    file = BytesIO()
    frames = [Image.new("P", (2, 2), n % 200) for n in range(count)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


MATHS = (1, 7, 14, 21, 29, 63)  # columns of its tags
ENTITIES = laughs("svg")
FILE = '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file://{outside}/secret.html">]>'
OUTER = '<?xml version="1.0"?><!DOCTYPE svg SYSTEM "file://{outside}/secret.html">'

HTML = (
    html("a script in the text", "<script>alert(1)</script>", "3:1 html-removed"),
    html("a script in a line", "A <script>alert(1)</script> b.", "3:3 html-removed"),
    html("a script within a script", "<scr<script>ipt>alert(1)</script>", "3:5 html-removed"),
    html("a script in SVG", "<svg><script>alert(1)</script></svg>", "3:1 html-removed",
         "3:6 html-removed"),
    html("a handler in the text", "<p onclick='alert(1)'>a</p>", "3:1 html-removed"),
    html("a handler after a slash", "<p/onmouseover=alert(1)>a</p>", absent="<p/"),
    html("a handler with a line end", "<p\nonclick\n=\nalert(1)>a</p>", "3:1 html-removed"),
    html("a link to a script in HTML", "<a href='javascript:alert(1)'>a</a>", "3:1 html-removed"),
    html("a link to a script in HTML, with entities",
         "<a href='&#106;avascript&colon;alert(1)'>a</a>", "3:1 html-removed"),
    html("a link to a script in HTML, with a tab", "<a href='java\tscript:alert(1)'>a</a>",
         "3:1 html-removed"),
    html("a frame in the text", "<iframe src='javascript:alert(1)'></iframe>", "3:1 html-removed"),
    html("an object in the text", "<object data='a.swf'></object><embed src='a'>",
         "3:1 html-removed", "3:31 html-removed"),
    html("a form in the text", "<form action='//x.org'><input><button>a</button></form>",
         "3:1 html-removed", "3:24 html-removed", "3:31 html-removed"),
    html("a refresh in the text", "<meta http-equiv=refresh content='0;url=//x.org'>",
         "3:1 html-removed"),
    html("a base in the text", "<base href='//x.org'>", "3:1 html-removed"),
    html("a style in the text", "<style>@import '//x.org'</style>", "3:1 html-removed"),
    html("an attribute of style", "<p style='background:url(//x.org)'>a</p>", "3:1 html-removed"),
    html("an attribute of style in Markdown", "[a]{style='background:url(//x.org)'}",
         "3:4 unknown-attribute"),
    html("a picture in HTML", "<img src=x onerror=alert(1)>", "3:1 html-removed"),
    html("a picture in a block of HTML", "<div><img src='//x.org/a.png'></div>",
         "3:6 html-removed"),
    html("mathematics that hide a script",
         "<math><mtext><table><mglyph><style><!--</style><img title='--><img src onerror=alert(1)>'>",
         *(f"3:{n} html-removed" for n in MATHS), "3:63 missing-alt"),
    html("a template that hides a script", "<template><script>alert(1)</script></template>",
         "3:1 html-removed", "3:11 html-removed"),
    html("a comment that never ends", "<!-- <script>alert(1)</script>"),
    html("a conditional comment", "<!--[if IE]><script>alert(1)</script><![endif]-->"),
    html("CDATA", "<![CDATA[<script>alert(1)</script>]]>",
         "3:1 html-removed", "3:1 html-removed"),
    html("a processing instruction", "<?php system('id'); ?>", "3:1 html-removed"),
    html("a document type", "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n\n&a;",
         "3:1 html-removed"),
    html("a tag without end", "<a href='x' " * 2000, absent=""),
    html("HTML in HTML, 10,000 levels", "```{=html}\n" + "<div>" * 10_000 + "\n```", "4:1 too-deep", absent=""),
    html("a cell a million columns wide",
         "```{=html}\n<table><tr><th colspan='1000000' rowspan='1000000'>a</th></tr></table>\n```",
         "4:1 html-removed", "4:1 html-removed", absent="1000000"),
    html("a list that starts at a billion billions", "99999999999999999999. a", absent=""),
    html("raw HTML of a page", "```{=html}\n</body></html><script>alert(1)</script>\n```",
         "4:1 html-removed"),
)  # fmt: skip

DRAWINGS = (
    drawing("a drawing with a script", "<script>alert(1)</script>"),
    drawing("a drawing with a handler", "<rect onclick='alert(1)'/>"),
    drawing("a drawing with a handler in capitals", "<rect ONCLICK='alert(1)'/>"),
    drawing("a drawing with a page in it", "<foreignObject><p>a</p></foreignObject>"),
    drawing("a drawing with a frame", "<iframe xmlns='http://www.w3.org/1999/xhtml'/>"),
    drawing("a drawing with a picture of the network", "<image href='https://x.org/a.png'/>"),
    drawing("a drawing with a picture of the disk", "<image xlink:href='file:///etc/a.png'/>"),
    drawing("a drawing with a picture above", "<image href='../../outside/secret.png'/>"),
    drawing("a drawing that uses another", "<use href='b.svg#a'/>"),
    drawing("a drawing with a style that fetches", "<style>@import 'a.css';</style>"),
    drawing("a drawing with a style in escapes", "<style>r{fill:\\75rl(//x.org)}</style>"),
    drawing("a drawing with a set of pictures", "<style>r{mask:image-set('//x.org/a')}</style>"),
    drawing("a drawing with a style of its own", "<rect style='fill:url(https://x.org/a#b)'/>"),
    drawing("a drawing filled from elsewhere", "<rect fill='url(https://x.org/a#b)'/>"),
    drawing("a drawing with a link to a script", "<a href='javascript:alert(1)'><rect/></a>"),
    drawing("a drawing that changes its links",
            "<a href='#a'><set attributeName='href' to='javascript:alert(1)'/></a>"),
    drawing("a drawing with another base", "<g xml:base='https://x.org/'><use href='#a'/></g>"),
    drawing("a drawing with a style sheet", "", before="<?xml-stylesheet href='file:///a.css'?>"),
    drawing("a billion laughs drawn", "<text>&i;</text>", before=ENTITIES),
    drawing("a drawing of a file", "<text>&a;</text>", before=FILE),
    drawing("a drawing of a document type elsewhere", "<text>a</text>", before=OUTER, said=False),
    drawing("a drawing that includes",
            "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>"),
    drawing("a drawing a million wide", "", outer="width='1000000' height='1000000'"),
    drawing("a drawing of no size", "", outer="width='0' height='0'"),
    drawing("a drawing of size 1e400", "", outer="viewBox='0 0 1e400 1e400'"),
    drawing("a drawing of size NaN", "", outer="viewBox='0 0 nan nan'"),
    drawing("a drawing 10,000 deep", "<g>" * 10_000 + "</g>" * 10_000),
    drawing("a drawing that uses itself", "<g id='a'><use href='#a'/><use href='#a'/></g>"),
    drawing("a drawing of 90,000 parts, each of which uses the next and one more",
            "<g id='z'/>" + "".join(f"<g id='a{n}'><use href='#z'/><use href='#a{n + 1}'/></g>"
                                    for n in range(90_000))),
    drawing("a drawing that uses a billion",
            "".join(f"<g id='g{n}'>" + f"<use href='#g{n + 1}'/>" * 10 + "</g>" for n in range(9))
            + "<g id='g9'><rect/></g>"),
    drawing("a filter that swells", "<filter id='a' width='100000000'><feGaussianBlur "
            "stdDeviation='1e9'/></filter><rect filter='url(#a)'/>", said=False),
    shown("a drawing in UTF-16", "figures/a.svg",
          "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'><script/></svg>".encode(
              "utf-16")),
    shown("a drawing in UTF-7", "figures/a.svg",
          b"<?xml version='1.0' encoding='UTF-7'?><svg xmlns='http://www.w3.org/2000/svg' "
          b"width='4' height='3'>+ADw-script+AD4-+ADw-/script+AD4-</svg>"),
    shown("a drawing that is compressed", "figures/a.svg", zlib.compress(b"<svg/>" * 9)),
    shown("a page under the name of a drawing", "figures/a.svg", "<html><script>a</script></html>"),
)  # fmt: skip

SPOILT = zlib.compress(bytes(50_000_000))
PICTURES = (
    shown("a picture of 100,000 by 100,000", "figures/a.png", png(100_000, 100_000)),
    shown("a picture of 2 billion by 2 billion", "figures/a.png", png(2**31 - 1, 2**31 - 1)),
    shown("a picture of no size", "figures/a.png", png(0, 0)),
    shown("a picture whose profile swells", "figures/a.png",
          png(4, 3, zlib.compress(bytes(15)), chunks=chunk(b"iCCP", b"a\0\0" + SPOILT))),
    shown("a picture whose words swell", "figures/a.png",
          png(4, 3, zlib.compress(bytes(15)), chunks=chunk(b"zTXt", b"a\0\0" + SPOILT))),
    shown("a picture that ends early", "figures/a.png", saved("PNG")[:40]),
    shown("a JPEG that ends early", "figures/a.jpg", saved("JPEG", (90, 90))[:-40]),
    shown("a picture of zeros", "figures/a.png", bytes(1000)),
    shown("an empty picture", "figures/a.png", b""),
    shown("a text under the name of a picture", "figures/a.png", f"{SECRET}\n"),
    shown("a TIFF under the name of a PNG", "figures/a.png", saved("TIFF")),
    shown("a BMP under the name of a JPEG", "figures/a.jpg", saved("BMP")),
    shown("PostScript under the name of a picture", "figures/a.png",
          b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 4 3\n(/etc/passwd) (r) file\n"),
    shown("a PDF under the name of a picture", "figures/a.png", b"%PDF-1.7\n1 0 obj\n"),
    shown("a drawing under the name of a PNG", "figures/a.png",
          "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'><script/></svg>"),
    shown("a JPEG with a page behind it", "figures/a.jpg",
          saved("JPEG") + b"<html><script>alert(1)</script></html>", said=False),
    shown("a GIF of 3,000 pictures", "figures/a.gif", animated(3000), said=False),
    shown("a picture of 31 MB", "figures/a.png", saved("PNG") + bytes(31_000_000)),
    shown("a picture with a profile of rubbish", "figures/a.jpg",
          saved("JPEG", icc_profile=b"rubbish" * 1000), said=False),
    shown("a picture turned round by rubbish", "figures/a.jpg",
          saved("JPEG", exif=b"Exif\0\0rubbish")),
)  # fmt: skip
ATTACKS = (*HTML, *DRAWINGS, *PICTURES)
