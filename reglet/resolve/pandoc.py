"""Pandoc as citation processor: one run of it for a whole report, as JSON on its standard input.

Style and works go in as `data:` addresses.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from reglet.model.document import Kind, Node
from reglet.pandoc import PandocError, run_pandoc
from reglet.resolve.citer import AUTHOR, Answer, Ask, Request, StyleError
from reglet.resolve.styles import locator_term

API = [1, 23, 1]  # version of pandoc's JSON
OTHER = "reglet-other"  # a work that stands between two citations of one work
_KINDS = {
    "Emph": Kind.EMPHASIS,
    "Strong": Kind.STRONG,
    "Superscript": Kind.SUPERSCRIPT,
    "Subscript": Kind.SUBSCRIPT,
    "Strikeout": Kind.STRIKE,
    "Underline": Kind.EMPHASIS,
}

Json = dict[str, Any]


def cite(request: Request) -> Answer:
    """Word all cites of a request through pandoc's citeproc."""
    asks = list(request.asks)
    found = _run(list(_blocks(asks)), request)
    forms: dict[Ask, tuple[Node, ...]] = {}
    entries: dict[str, tuple[Node, ...]] = {}
    for name, inlines in found:
        if name.startswith("ask-"):
            forms[asks[int(name.removeprefix("ask-"))]] = nodes_of_inlines(inlines)
        elif name.startswith("ref-") and name != f"ref-{OTHER}":
            entries[name.removeprefix("ref-")] = nodes_of_inlines(inlines)
        elif name.startswith("work-"):
            entries.setdefault(name.removeprefix("work-"), nodes_of_inlines(inlines))
    order = [key for key in entries if key in {str(work["id"]) for work in request.works}]
    return Answer(forms, {key: entries[key] for key in order})


def _blocks(asks: Sequence[Ask]) -> Iterator[Json]:
    """Yield a document in which every ask stands where CSL gives it its form."""
    numbered = list(enumerate(asks))
    for number, ask in numbered:
        if ask.form == "full":
            yield _reset()
            yield _asked(number, ask)
    yield _reset()
    for key in dict.fromkeys(ask.key for ask in asks):  # from here on, all have been cited
        yield _div(f"work-{key}", _note(Ask(key)))
    for number, ask in numbered:
        if ask.form in ("short", AUTHOR):
            yield _note(Ask(OTHER))
            yield _asked(number, ask)
        elif ask.form in ("ibid", "ibid-locator"):
            yield _note(ask if ask.form == "ibid" else replace(ask, locator=""))
            yield _asked(number, ask)


def _asked(number: int, ask: Ask) -> Json:
    block = _author(ask) if ask.form == AUTHOR else _note(ask)
    return _div(f"ask-{number}", block)


def _div(name: str, block: Json) -> Json:
    return {"t": "Div", "c": [[name, [], []], [block]]}


def _reset() -> Json:
    """Start the positions of citations anew, as a chapter does."""
    return {"t": "Header", "c": [1, ["", ["reset-citation-positions"], []], []]}


def _note(ask: Ask) -> Json:
    mode = "SuppressAuthor" if ask.suppress_author else "NormalCitation"
    inner = {"t": "Para", "c": [_cite(ask, mode)]}
    return {"t": "Para", "c": [{"t": "Note", "c": [inner]}]}


def _author(ask: Ask) -> Json:
    return {"t": "Para", "c": [_cite(ask, "AuthorInText")]}


def _cite(ask: Ask, mode: str) -> Json:
    citation = {
        "citationId": ask.key,
        "citationPrefix": [],
        "citationSuffix": _locator(ask) if ask.locator else [],
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[citation], []]}


def _locator(ask: Ask) -> list[Json]:
    """Write a locator as `, {term 3-5}`: in braces all of it is taken, whatever it holds."""
    value = f"{ask.term} {ask.locator}".replace("{", "(").replace("}", ")")
    inlines: list[Json] = [{"t": "Str", "c": ","}]
    for word in f"{{{locator_term(ask.label)} {value}}}".split():
        inlines += [{"t": "Space"}, {"t": "Str", "c": word}]
    return inlines


def _run(blocks: list[Json], request: Request) -> list[tuple[str, list[Json]]]:
    """Send blocks through pandoc; return names of divisions and the inlines of their words."""
    other = {"id": OTHER, "type": "book", "title": OTHER}
    works = json.dumps([*request.works, other]).encode()
    meta = {
        "lang": request.lang,
        "csl": _address("application/xml", request.style.encode()),
        "bibliography": _address("application/json", works),
    }
    document = {
        "pandoc-api-version": API,
        "meta": {name: {"t": "MetaString", "c": value} for name, value in meta.items()},
        "blocks": blocks,
    }
    arguments = ["-f", "json", "-t", "json", "--citeproc"]
    try:
        done = run_pandoc(arguments, json.dumps(document).encode())
        return list(_divisions(json.loads(done)["blocks"]))
    except PandocError as fault:
        raise StyleError(" ".join(str(fault).split())) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise StyleError("pandoc reads it, and gave no whole answer") from fault


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _divisions(blocks: Iterable[Json]) -> Iterator[tuple[str, list[Json]]]:
    for block in blocks:
        if block["t"] != "Div":
            continue
        (name, _, _), inner = block["c"]
        if name == "refs":
            yield from _divisions(inner)
        else:
            yield name, [inline for part in inner for inline in _inlines(part)]


def _inlines(block: Json) -> list[Json]:
    """Return the words of a block: of an entry, of a note, or before an author's note."""
    content: Any = block["c"]
    if block["t"] not in ("Para", "Plain"):
        return [inline for part in content[-1] for inline in _inlines(part)]
    words: list[Json] = content
    if words and words[0]["t"] == "Note":
        return [inline for part in words[0]["c"] for inline in part["c"]]
    if words and words[0]["t"] == "Cite":
        return [inline for inline in words[0]["c"][1] if inline["t"] != "Note"]
    return words


def nodes_of_inlines(inlines: Iterable[Json]) -> tuple[Node, ...]:
    """Turn pandoc's inlines into nodes, texts that touch joined."""
    found: list[Node] = []
    for node in _nodes(inlines):
        if found and node.kind is Kind.TEXT and found[-1].kind is Kind.TEXT:
            found[-1] = replace(found[-1], text=found[-1].text + node.text)
        else:
            found.append(node)
    return tuple(found)


def _nodes(inlines: Iterable[Json]) -> Iterator[Node]:
    for inline in inlines:
        kind = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            yield Node(Kind.TEXT, text=content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield Node(Kind.TEXT, text=" ")
        elif kind in _KINDS:
            yield Node(_KINDS[kind], children=nodes_of_inlines(content))
        elif kind == "SmallCaps":
            yield Node(Kind.SPAN, children=nodes_of_inlines(content), classes=("small-caps",))
        elif kind == "Link":
            attrs = {"href": content[2][0]}
            yield Node(Kind.LINK, children=nodes_of_inlines(content[1]), attrs=attrs)
        elif kind == "Code":
            yield Node(Kind.CODE, text=content[1])
        elif kind == "Span" and (attrs := _attributes(content[0])):
            yield Node(Kind.SPAN, children=nodes_of_inlines(content[1]), attrs=attrs)
        elif kind in ("Span", "Cite", "Quoted"):
            yield from _nodes(content[1])


def _attributes(attributes: tuple[str, list[str], list[tuple[str, str]]]) -> dict[str, str]:
    """Keep what pandoc's attributes say of the language and direction of words."""
    return {name: value for name, value in attributes[2] if name in ("lang", "dir")}
