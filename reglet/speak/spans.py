"""What begins a piece of marked content in, what that is out (ISO 32000-1 §14.6)."""

import re
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, String

from reglet.speak.operators import dictionary, named, names

_NUMBERED = re.compile(r"/(?!Artifact\b)[^\s/]+\s*<<\s*/MCID\s+(\d+)\s*>>\s*")


@dataclass(slots=True)
class Span:
    """A piece of marked content being read; `said` is the text that replaces what it shows."""

    mcid: int | None
    said: str | None = None
    artifact: bool = False


def span_of(operands: str, resources: pikepdf.Object) -> Span:
    """Read the operands of BMC or BDC: a role, and properties or their name."""
    if numbered := _NUMBERED.fullmatch(operands):
        return Span(int(numbered[1]))
    artifact = names(operands)[:1] == ["/Artifact"]
    marked: object = dictionary(operands)
    if marked is None:
        marked = named(resources, "/Properties", operands)
    if not isinstance(marked, Dictionary):
        return Span(None, artifact=artifact)
    mcid, said = marked.get("/MCID"), marked.get("/ActualText")
    return Span(
        mcid if isinstance(mcid, int) else None,
        str(said) if isinstance(said, String) else None,
        artifact,
    )
