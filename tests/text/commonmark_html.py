"""The tree as CommonMark's own HTML, for its suite of examples."""

import re
from collections.abc import Iterable, Mapping
from html import escape

from markdown_it.common.normalize_url import normalizeLink

from reglet.model.document import Kind, Node

ELEMENTS: Mapping[Kind, str] = {
    Kind.EMPHASIS: "em",
    Kind.STRIKE: "del",
    Kind.STRONG: "strong",
    Kind.SUPERSCRIPT: "sup",
    Kind.SUBSCRIPT: "sub",
    Kind.SPAN: "span",
}
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})


def blocks(nodes: Iterable[Node], *, tight: bool = False) -> str:
    """Write block nodes."""
    return "".join(block(node, tight=tight) for node in nodes)


def block(node: Node, *, tight: bool) -> str:
    inner = node.children
    match node.kind:
        case Kind.PARAGRAPH:
            return f"{inline(inner)}\n" if tight else f"<p>{inline(inner)}</p>\n"
        case Kind.FIGURE:
            return inline(inner[:1]) if tight else f"<p>{inline(inner[:1])}</p>\n"
        case Kind.HEADING:
            return f"<h{node.attrs['level']}>{inline(inner)}</h{node.attrs['level']}>\n"
        case Kind.QUOTE:
            return f"<blockquote>\n{blocks(inner)}</blockquote>\n"
        case Kind.RULE:
            return "<hr />\n"
        case Kind.CODE_BLOCK:
            language = node.attrs["language"]
            named = f' class="language-{escape(language)}"' if language else ""
            return f"<pre><code{named}>{escape(node.text)}</code></pre>\n"
        case Kind.LIST:
            return _list(node)
        case Kind.DIV:
            named = f' id="{node.id}"' * bool(node.id)
            named += f' class="{" ".join(node.classes)}"' * bool(node.classes)
            return f"<div{named}>\n{blocks(inner)}</div>\n"
    return inline([node]) + "\n"


def _list(node: Node) -> str:
    name = "ol" if node.attrs["ordered"] else "ul"
    start = node.attrs.get("start", "1")
    opened = name if start == "1" else f'{name} start="{start}"'
    tight = bool(node.attrs["tight"])
    items = "".join(f"<li>{blocks(item.children, tight=tight)}</li>\n" for item in node.children)
    return f"<{opened}>\n{items}</{name}>\n"


def inline(nodes: Iterable[Node]) -> str:
    """Write inline nodes."""
    return "".join(map(_inline, nodes))


def _inline(node: Node) -> str:
    title = f' title="{escape(node.attrs["title"])}"' if "title" in node.attrs else ""
    match node.kind:
        case Kind.TEXT:
            return escape(node.text.translate(STRAIGHT))
        case Kind.CODE:
            return f"<code>{escape(node.text)}</code>"
        case Kind.SOFT_BREAK:
            return "\n"
        case Kind.HARD_BREAK:
            return "<br />\n"
        case Kind.LINK:
            return f'<a href="{escape(node.attrs["href"])}"{title}>{inline(node.children)}</a>'
        case Kind.IMAGE:
            source = escape(normalizeLink(node.attrs["src"]))
            words = escape(node.attrs.get("alt", "").translate(STRAIGHT))
            return f'<img src="{source}" alt="{words}"{title} />'
        case Kind.RAW:
            return node.text
    name = ELEMENTS.get(node.kind, node.kind.value)
    return f"<{name}>{inline(node.children)}</{name}>"


def normal(html: str) -> str:
    """Take away what does not matter: white space around blocks, the way a mark is escaped."""
    html = html.replace("&quot;", '"').replace("&#x27;", "'").translate(STRAIGHT)
    html = re.sub(r"\s*\n\s*", "\n", html)
    names = r"div|li|p|blockquote|ul|ol|h\d|pre|hr"
    return re.sub(rf"\n?(</?(?:{names})\b[^>]*>)\n?", r"\1", html).strip()
