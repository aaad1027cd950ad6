"""Cites and works in, their words in a CSL style out; pandoc's citeproc does the formatting.

One run of the `pandoc` program that `pypandoc-binary` carries serves a whole report. Which form a
citation takes where (in full, short, Ibid.) is decided by settle, so every form is asked for.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from reglet.model.document import Cite, Kind, Node

SECONDS = 120  # that pandoc may take
API = [1, 23, 1]  # version of pandoc's JSON
_OTHERS = ("reglet-other-a", "reglet-other-b")  # works that stand between two citations
_KINDS = {
    "Emph": Kind.EMPHASIS,
    "Strong": Kind.STRONG,
    "Superscript": Kind.SUPERSCRIPT,
    "Subscript": Kind.SUBSCRIPT,
    "Strikeout": Kind.STRIKE,
}
Json = dict[str, Any]


class CiterError(Exception):
    """The style or the works could not be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Every form of every cite, and the entry of every work in the order of the style."""

    cites: Mapping[tuple[str, ...], Mapping[str, tuple[Node, ...]]]
    entries: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)


class Citer(Protocol):
    """Formats cites; so that another citation processor can take pandoc's place."""

    def __call__(
        self, cites: Sequence[Cite], works: Sequence[Json], style: str, lang: str
    ) -> Forms:
        """Format `cites` of `works` (CSL-JSON) in the CSL `style` given as text."""


def key_of(cite: Cite) -> tuple[str, ...]:
    """Return what two cites must share to read alike."""
    return (cite.key, cite.locator, cite.label, "-" if cite.suppress_author else "")


def cite_with_pandoc(cites: Sequence[Cite], works: Sequence[Json], style: str, lang: str) -> Forms:
    """Format through pandoc's citeproc. Raises CiterError where pandoc refuses."""
    distinct = {key_of(cite): cite for cite in cites}
    blocks: list[Json] = []
    for number, cite in enumerate(distinct.values()):
        for form, before in _chains(cite):
            blocks += [_reset(), *(_note(other) for other in before)]
            blocks.append(_div(f"{form}:{number}", [_note(cite)]))
    found = _run(blocks, works, style, lang)
    notes = {name: inner for name, inner in found.items() if ":" in name}
    forms = {
        key: {
            form: tuple(_nodes(notes[f"{form}:{number}"]))
            for form, _ in _chains(cite)
            if f"{form}:{number}" in notes
        }
        for number, (key, cite) in enumerate(distinct.items())
    }
    entries = {
        name.removeprefix("ref-"): tuple(_nodes(inner))
        for name, inner in found.items()
        if name.startswith("ref-") and name.removeprefix("ref-") not in _OTHERS
    }
    return Forms(forms, entries)


def _chains(cite: Cite) -> Iterator[tuple[str, tuple[Cite, ...]]]:
    """Yield each form with the cites that must come before it (CSL 1.0.2, position)."""
    bare = Cite(cite.key)
    other = Cite(_OTHERS[0])
    yield "full", ()
    yield "short", (bare, other)
    yield "ibid", (cite,)
    if cite.locator:
        yield "ibid-locator", (bare,)


def _run(blocks: list[Json], works: Sequence[Json], style: str, lang: str) -> dict[str, list[Json]]:
    """Send blocks through pandoc; return the inlines of notes by block and of entries by work."""
    import pypandoc

    others = [{"id": id, "type": "book", "title": id} for id in _OTHERS]
    with tempfile.TemporaryDirectory(prefix="reglet-cite-") as folder:
        library, csl = Path(folder) / "works.json", Path(folder) / "style.csl"
        library.write_text(json.dumps([*works, *others]), encoding="utf-8")
        csl.write_text(style, encoding="utf-8")
        meta = {"lang": lang, "csl": str(csl), "bibliography": str(library)}
        document = {
            "pandoc-api-version": API,
            "meta": {name: {"t": "MetaString", "c": value} for name, value in meta.items()},
            "blocks": blocks,
        }
        try:
            done = subprocess.run(
                [pypandoc.get_pandoc_path(), "-f", "json", "-t", "json", "--citeproc"],
                input=json.dumps(document), capture_output=True, text=True, encoding="utf-8",
                timeout=SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            raise CiterError(f"it takes longer than {SECONDS} s") from late
    if done.returncode:
        raise CiterError(" ".join(done.stderr.split())[:300] or "pandoc fails")
    return dict(_divs(json.loads(done.stdout)["blocks"]))


def _divs(blocks: Iterable[Json]) -> Iterator[tuple[str, list[Json]]]:
    for block in blocks:
        if block["t"] != "Div":
            continue
        (name, _, _), inner = block["c"]
        if name == "refs":
            yield from _divs(inner)
        elif name.startswith("ref-"):
            yield name, [inline for part in inner for inline in part["c"]]
        else:
            yield name, inner[0]["c"][0]["c"][0]["c"]


def _div(name: str, blocks: list[Json]) -> Json:
    return {"t": "Div", "c": [[name, [], []], blocks]}


def _reset() -> Json:
    """Start the positions of citations anew, as a chapter does."""
    return {"t": "Header", "c": [1, ["", ["reset-citation-positions"], []], []]}


def _note(cite: Cite) -> Json:
    suffix = f", {{{_term(cite.label)}{cite.locator}}}" if cite.locator else ""
    mode = "SuppressAuthor" if cite.suppress_author else "NormalCitation"
    citation = {
        "citationId": cite.key,
        "citationPrefix": [],
        "citationSuffix": _words(suffix),
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    inline = {"t": "Cite", "c": [[citation], [{"t": "Str", "c": "?"}]]}
    return {"t": "Para", "c": [{"t": "Note", "c": [{"t": "Para", "c": [inline]}]}]}


_TERMS = {
    "page": "p. ", "chapter": "chap. ", "section": "sec. ", "paragraph": "para. ", "note": "n. ",
    "volume": "vol. ", "folio": "fol. ", "line": "l. ", "figure": "fig. ", "column": "col. ",
    "part": "pt. ", "book": "bk. ", "verse": "v. ", "issue": "no. ", "opus": "op. ",
}  # fmt: skip


def _term(label: str) -> str:
    """Write a locator's label as pandoc reads it."""
    return _TERMS.get(label or "page", "p. ")


def _words(text: str) -> list[Json]:
    found: list[Json] = []
    for number, word in enumerate(text.split(" ")):
        found += [{"t": "Space"}] if number else []
        found += [{"t": "Str", "c": word}] if word else []
    return found


def _nodes(inlines: Iterable[Json]) -> Iterator[Node]:
    """Turn pandoc's inlines into nodes, texts that touch joined."""
    text = ""
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            text += content
        elif kind in ("Space", "SoftBreak"):
            text += " "
        elif kind in ("Cite", "Span", "Quoted"):
            for node in _nodes(content[1]):
                if node.kind is Kind.TEXT:
                    text += node.text
                else:
                    yield from _flush(text)
                    text = ""
                    yield node
        else:
            yield from _flush(text)
            text = ""
            yield from _element(kind, content)
    yield from _flush(text)


def _flush(text: str) -> Iterator[Node]:
    if text:
        yield Node(Kind.TEXT, text=text)


def _element(kind: str, content: Any) -> Iterator[Node]:
    if kind in _KINDS:
        yield Node(_KINDS[kind], children=tuple(_nodes(content)))
    elif kind == "SmallCaps":
        yield Node(Kind.SPAN, children=tuple(_nodes(content)), classes=("small-caps",))
    elif kind == "Link":
        address = content[2][0]
        yield Node(Kind.LINK, children=tuple(_nodes(content[1])), attrs={"href": address})
    elif kind == "Code":
        yield Node(Kind.CODE, text=content[1])
