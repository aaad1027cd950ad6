"""Ways to break a sound PDF, one fault each, and what must be said of it."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from broken_file import Break, Fault
from pikepdf import Array, Dictionary, Name, Operator, String

Pdf = pikepdf.Pdf


def broken(data: bytes, make: Break[Pdf]) -> bytes:
    """Return a PDF with one fault made in it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        make(pdf)
        pdf.save(out, static_id=True)
    return out.getvalue()


def kids(tag: Any) -> list[Any]:
    held = tag.get("/K")
    return list(held) if isinstance(held, Array) else [] if held is None else [held]


def walk(tag: Any) -> Iterator[Any]:
    for kid in kids(tag):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def tags(pdf: Pdf, *roles: str) -> list[Any]:
    return [tag for tag in walk(pdf.Root.StructTreeRoot) if str(tag.S)[1:] in roles]


def below(tag: Any, name: str) -> Any:
    return next(one for one in walk(tag) if str(one.S)[1:] == name)


def first(pdf: Pdf, role: str) -> Any:
    return tags(pdf, role)[0]


def plain(pdf: Pdf) -> Any:
    """Return the paragraph of many words and no notes: the one after the heading "Two"."""
    parent = tags(pdf, "H2")[-1].P
    below = kids(parent)
    place = next(n for n, kid in enumerate(below) if kid.objgen == tags(pdf, "H2")[-1].objgen)
    return below[place + 1]


def out(tag: Any) -> None:
    """Take a tag out of the one that has it."""
    tag.P.K = Array([kid for kid in kids(tag.P) if not same(kid, tag)])


def same(kid: Any, tag: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == tag.objgen


def mcids(tag: Any) -> list[int]:
    """Return the marked content of a tag, all of it on its page: lines are Spans."""
    return [kid for one in (tag, *walk(tag)) for kid in kids(one) if isinstance(kid, int)]


def marks(pdf: Pdf, tag: Any, change: Callable[[Any], list[Any]]) -> None:
    """Replace the BDC of a tag's marked content on its page."""
    own = mcids(tag)
    page = next(page for page in pdf.pages if page.obj.objgen == tag.Pg.objgen)
    told: list[Any] = []
    for one in pikepdf.parse_content_stream(page):
        marked = one.operands[1] if str(one.operator) == "BDC" else None
        here = isinstance(marked, Dictionary) and marked.get("/MCID") in own
        told.append(change(marked) if here else one)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(told))


def begin(name: Any, marked: Any = None) -> Any:
    if marked is None:
        return ([name], Operator("BMC"))
    return ([name, Dictionary(marked)], Operator("BDC"))


def unmark(pdf: Pdf, name: Any) -> None:
    tag = plain(pdf)
    marks(pdf, tag, lambda _: begin(name))
    out(tag)


def say(pdf: Pdf, tag: Any, text: str) -> None:
    """Let the first line of a tag be told as other text."""

    def change(marked: Any) -> Any:
        return begin(Name.Span, {"/MCID": marked.MCID, "/ActualText": String(text)})

    marks(pdf, kids(tag)[0], change)


def ink(pdf: Pdf, before: bytes) -> None:
    """Draw over a page before all else on it, or set a colour."""
    page = next(page for page in pdf.pages if page.obj.objgen == plain(pdf).Pg.objgen)
    page.Contents = pdf.make_stream(before + page.Contents.read_bytes())


def recolour(pdf: Pdf) -> None:
    page = next(page for page in pdf.pages if page.obj.objgen == plain(pdf).Pg.objgen)
    told: list[Any] = list(pikepdf.parse_content_stream(page))
    grey = Array([0.7, 0.7, 0.7])
    told = [(grey, one.operator) if str(one.operator) == "rg" else one for one in told]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(told))


def role(tag: Any, name: str) -> None:
    tag.S = Name(f"/{name}")


def bare_cells(pdf: Pdf, *, keep: str = "") -> None:
    """Take from cells what leads them to their heads."""
    for cell in tags(pdf, "TH", "TD"):
        for attributes in [cell.A] if isinstance(cell.get("/A"), Dictionary) else kids_of(cell):
            for key in ("/Headers", "/Scope"):
                if key in attributes and key != keep:
                    del attributes[key]


def kids_of(cell: Any) -> list[Any]:
    return list(cell.A) if "/A" in cell else []


def headless(pdf: Pdf) -> None:
    bare_cells(pdf)
    for cell in tags(pdf, "TH"):
        role(cell, "TD")


def wrong_headers(pdf: Pdf) -> None:
    bare_cells(pdf, keep="/Scope")
    first(pdf, "TD").A = Dictionary(O=Name.Table, Headers=Array([String("nowhere")]))


def link(pdf: Pdf, key: str) -> Any:
    """Return the first annotation that has a key, on the page of the notes."""
    page = next(page for page in pdf.pages if page.obj.objgen == plain(pdf).Pg.objgen)
    return next(one for one in page.Annots if key in one)


def unhold(pdf: Pdf) -> None:
    own = link(pdf, "/A")
    for tag in tags(pdf, "Link"):
        held = [kid for kid in kids(tag) if not isinstance(kid, Dictionary) or "/Obj" not in kid
                or kid.Obj.objgen != own.objgen]  # fmt: skip
        tag.K = Array(held)


def same_ids(pdf: Pdf) -> None:
    for tag in tags(pdf, "LBody"):
        put(tag, "/ID", String("same"))


def early(pdf: Pdf) -> None:
    note = first(pdf, "Note")
    parent = note.P
    parent.K = Array([note, *(kid for kid in kids(parent) if not same(kid, note))])


def twice(pdf: Pdf) -> None:
    tag, heading = plain(pdf), tags(pdf, "H2")[-1]
    shared = mcids(tag)[0]
    heading.K = Array([*kids(heading), Dictionary(Type=Name.MCR, Pg=tag.Pg, MCID=shared)])


def other_owner(pdf: Pdf) -> None:
    tag = plain(pdf)
    owners = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(tag.Pg.StructParents)]
    owners[mcids(tag)[0]] = tags(pdf, "H2")[-1]


def add_empty(pdf: Pdf) -> None:
    tag = plain(pdf)
    made = Dictionary(Type=Name.StructElem, S=Name.P, P=tag.P, Pg=tag.Pg)
    tag.P.K = Array([*kids(tag.P), pdf.make_indirect(made)])


def no_letters(pdf: Pdf) -> None:
    for font in plain(pdf).Pg.Resources.Font.values():
        del font["/ToUnicode"]


def metadata(pdf: Pdf, key: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        del told[key]


def untab(pdf: Pdf) -> None:
    del plain(pdf).Pg["/Tabs"]


def put(item: Any, key: str, value: Any) -> None:
    item[key] = value


def drop(item: Any, key: str) -> None:
    del item[key]


FAULTS: tuple[Fault[Pdf], ...] = (
    Fault("text that no tag has", "no tag has the marked text `This paragraph",
          lambda pdf: out(plain(pdf))),
    Fault("text that became an artifact", "no tag has `This paragraph .*which is text",
          lambda pdf: unmark(pdf, Name.Artifact)),
    Fault("text without a mark", "`This paragraph .* is neither tagged nor an artifact",
          lambda pdf: unmark(pdf, Name.Span)),
    Fault("text of two tags", "two tags, H2 and Span, have the text `This paragraph", twice),
    Fault("text led to another tag", "the parent tree leads from `This paragraph", other_owner),
    Fault("letters without Unicode", "letters of `.*` cannot be read", no_letters),
    Fault("leaders read aloud", "the dots of `Sales . . .",
          lambda pdf: say(pdf, plain(pdf), "Sales . . . . . . . . 12")),
    Fault("an empty paragraph", "there is nothing in a P", add_empty),
    Fault("grey text", "page 5: the contrast of `.*` is 2.1:1, less than [34]", recolour),
    Fault("text on a dark ground", "page 5: the contrast of `.*` is [12][.].:1, less",
          lambda pdf: ink(pdf, b"/Artifact BMC q .1 .1 .2 rg 0 0 900 900 re f Q EMC ")),
    Fault("a phrase without its language", "`Война и мир` is not in the script .*`en`",
          lambda pdf: say(pdf, plain(pdf), "He read Война и мир twice.")),
    Fault("a language that is none", "`deutsch!` is no language",
          lambda pdf: put(first(pdf, "Span"), "/Lang", String("deutsch!"))),
    Fault("a heading two levels down", "`Two` is a H4 after a H1",
          lambda pdf: role(tags(pdf, "H2")[-1], "H4")),
    Fault("no first heading", "`A small report` is a H2 before any H1",
          lambda pdf: role(first(pdf, "H1"), "H2")),
    Fault("a heading that is none", "`Two` looks like a heading",
          lambda pdf: role(tags(pdf, "H2")[-1], "P")),
    Fault("a picture without text", "a picture has no text",
          lambda pdf: drop(first(pdf, "Figure"), "/Alt")),
    Fault("a picture told by its file", "`gate_01.png` does not say what",
          lambda pdf: put(first(pdf, "Figure"), "/Alt", String("gate_01.png"))),
    Fault("a picture told as picture", "`Image` does not say what",
          lambda pdf: put(first(pdf, "Figure"), "/Alt", String("Image"))),
    Fault("a table without heads", "the table `.*` has no header cell", headless),
    Fault("heads without scope", "the header cell `(Year|Count)` heads neither", bare_cells),
    Fault("heads that are not there", "the cell `2011` names no header cell: `nowhere`",
          wrong_headers),
    Fault("an item without body", "the item `– one` has no LBody",
          lambda pdf: role(first(pdf, "LBody"), "Div")),
    Fault("a call without note", "the call `1` leads to no Note",
          lambda pdf: role(first(pdf, "Note"), "Div")),
    Fault("a note without ID", "the note `1 A note.` has no ID|the call `1` leads to no Note",
          lambda pdf: drop(first(pdf, "Note"), "/ID")),
    Fault("a note without number", "the note `1 A note.` has no Lbl",
          lambda pdf: role(below(first(pdf, "Note"), "Lbl"), "Span")),
    Fault("a note before its call", "the note `1 A note.` is read before its call", early),
    Fault("a note that nothing calls", "nothing calls the note `1 A note.`",
          lambda pdf: role(tags(pdf, "Reference")[-2], "Span")),
    Fault("an ID of two tags", "two tags have the ID `same`",
          same_ids),
    Fault("a link outside the tags", "no tag has the link `a link`", unhold),
    Fault("a link without words", "the link `https://example.org/far` has no words",
          lambda pdf: drop(link(pdf, "/A"), "/Contents")),
    Fault("a link told by its address", "the link `a link` is told as `https://example.org/far`",
          lambda pdf: put(link(pdf, "/A"), "/Contents", link(pdf, "/A").A.URI)),
    Fault("a link to no place", "there is no place `nowhere`",
          lambda pdf: put(pdf.pages[2].Annots[0], "/Dest", String("nowhere"))),
    Fault("a link to nothing", "the link `a link` leads nowhere",
          lambda pdf: drop(link(pdf, "/A"), "/A")),
    Fault("a link without area", "the link `a link` has no area",
          lambda pdf: put(link(pdf, "/A"), "/Rect", Array([9, 9, 99, 9]))),
    Fault("links out of order", "page 5: its links are not reached in the order", untab),
    Fault("not said to be tagged", "it does not say that it is tagged",
          lambda pdf: drop(pdf.Root, "/MarkInfo")),
    Fault("suspect tags", "it says that its tags may be wrong",
          lambda pdf: put(pdf.Root.MarkInfo, "/Suspects", True)),
    Fault("no title", "it has no title", lambda pdf: metadata(pdf, "dc:title")),
    Fault("its name for its title", "its name is shown in place of its title",
          lambda pdf: drop(pdf.Root, "/ViewerPreferences")),
    Fault("no language", "it has no language", lambda pdf: drop(pdf.Root, "/Lang")),
    Fault("no tags", "it has no tags", lambda pdf: drop(pdf.Root, "/StructTreeRoot")),
)  # fmt: skip
