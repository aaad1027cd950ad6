"""What a PDF for the press draws in, its faults of colour out.

Colours of a screen are such, and more ink than the file's own profile lays on.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from reglet.inks import Profile, own_profile
from reglet.proof.laid import WATCHED, drawn, pictured, shaded
from reglet.proof.spaces import UntoldError

_SCREEN = ("/DeviceRGB", "/CalRGB")
_TOLERANCE = 0.015  # of a whole ink: what rounding to percents and bytes makes


def _no_screen_colours(pdf: Any) -> Iterator[str]:
    for where, stream, resources in _streams(pdf):
        named = resources.get("/ColorSpace", {})
        for operator, values in _operators(stream, "rg RG cs CS"):
            if operator in ("rg", "RG") or _is_screen([named.get(str(values[0]), values[0])]):
                yield f"{where} has colours of a screen"
    for item in dictionaries(pdf):
        space = item.get("/ColorSpace")
        is_coloured = item.get("/Subtype") == "/Image" or "/ShadingType" in item
        if is_coloured and _is_screen([space]):
            kind = "a picture" if item.get("/Subtype") == "/Image" else "a gradient"
            yield f"{kind} has colours of a screen"
        if item.get("/S") == "/Transparency" and _is_screen([item.get("/CS")]):
            yield "colours are mixed as on a screen"
        group = item.get("/Group", {})
        if _is_screen([group.get("/CS")]):
            yield "colours are mixed as on a screen"


def _within_limit(pdf: Any) -> Iterator[str]:
    profile = _profile(pdf)
    if profile is None:
        yield "without a sound profile nothing can be said of its ink"
        return
    for where, ink in _inked(pdf, profile):
        try:
            found = ink()
        except UntoldError as untold:
            yield f"{where}: its ink cannot be told, since {untold}"
        else:
            if found > profile.limit + _TOLERANCE:
                most = f"where its profile has {profile.limit:.0%} at most"
                yield f"{where} lays on {found:.0%} of ink, {most}"


def _inked(pdf: Any, profile: Profile) -> Iterator[tuple[str, Callable[[], float]]]:
    """Yield all that is drawn: where it is, and a function that finds how much ink it has."""
    for where, stream, resources in _streams(pdf):
        yield where, partial(drawn, _operators(stream, WATCHED), resources, profile)
    for item in dictionaries(pdf):
        if item.get("/Subtype") == "/Image" and not item.get("/ImageMask", False):
            yield "a picture", partial(pictured, item, profile)
        elif item.get("/ShadingType"):
            yield "a gradient", partial(shaded, item, profile)


def _profile(pdf: Any) -> Profile | None:
    """Return the profile of the output intent; None where there is none of four inks."""
    for intent in pdf.Root.get("/OutputIntents", ()):
        held = intent.get("/DestOutputProfile")
        if held is not None:
            return own_profile("", held.read_bytes())
    return None


def _is_screen(values: Any) -> bool:
    """Tell whether one of the values names a space of red, green and blue, as such or in a list."""
    import pikepdf  # heavy

    for value in values:
        if isinstance(value, pikepdf.Array):
            first = str(value[0])
            if first in _SCREEN or (first == "/Indexed" and _is_screen([value[1]])):
                return True
            if first in ("/Separation", "/DeviceN") and _is_screen([*value][2:3]):
                return True
            if first == "/ICCBased" and int(value[1].get("/N", 0)) == 3:
                return True
        elif isinstance(value, pikepdf.Name) and str(value) in _SCREEN:
            return True
    return False


def _streams(pdf: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield each stream that draws, as where it is, itself, and its resources."""
    import pikepdf  # heavy

    for number, page in enumerate(pdf.pages, start=1):
        yield f"page {number}", page, page.resources
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (
            item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1
        ):
            yield "a drawing", item, item.get("/Resources", pikepdf.Dictionary())


def _operators(stream: Any, watched: str) -> list[tuple[str, list[Any]]]:
    """Return those of a stream's operators that are `watched`, with their values."""
    import pikepdf  # heavy

    found = pikepdf.parse_content_stream(stream, watched)
    return [(str(each.operator), list(each.operands)) for each in found]


def dictionaries(pdf: Any) -> Iterator[Any]:
    """Yield every dictionary and stream of a file, those within others too."""
    for item in pdf.objects:
        yield from _below(item)


def _below(item: Any) -> Iterator[Any]:
    """Yield an object's dictionaries as far as the next object of its own."""
    import pikepdf  # heavy

    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        yield item
    elif not isinstance(item, pikepdf.Array):
        return
    held = item if isinstance(item, pikepdf.Array) else (each for _, each in item.items())
    for each in held:
        if isinstance(each, (pikepdf.Dictionary, pikepdf.Array)) and not each.is_indirect:
            yield from _below(each)


COLOUR_RULES = (_no_screen_colours, _within_limit)
