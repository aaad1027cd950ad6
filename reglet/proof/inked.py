"""What a PDF for the press draws in, its faults of colour out.

Colours of a screen are such, and more ink than the file's own profile lays on.
"""

from collections.abc import Iterator
from typing import Any

from reglet.inks import Profile, most_ink, own_profile

_SCREEN = ("/DeviceRGB", "/CalRGB")
_TOLERANCE = 0.015  # of a whole ink: what rounding to percents and bytes makes


def _no_screen_colours(pdf: Any) -> Iterator[str]:
    for number, stream in _drawings(pdf):
        if any(operator in ("rg", "RG") or _is_screen(values) for operator, values in stream):
            yield f"{number} has colours of a screen"
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
    most = profile.limit + _TOLERANCE
    for where, stream in _drawings(pdf):
        sums = [sum(map(float, values)) for operator, values in stream if operator in ("k", "K")]
        if max(sums, default=0.0) > most:
            yield _told(where, max(sums), profile)
    for item in dictionaries(pdf):
        if item.get("/Subtype") == "/Image" and item.get("/ColorSpace") == "/DeviceCMYK":
            found = _ink_of(item)
            if found is None:
                yield "a picture's inks cannot be read"
            elif found > most:
                yield _told("a picture", found, profile)
        elif item.get("/ShadingType") and item.get("/ColorSpace") == "/DeviceCMYK":
            found = max(_ends(item.get("/Function", {})), default=0.0)
            if found > most:
                yield _told("a gradient", found, profile)


def _told(where: str, found: float, profile: Profile) -> str:
    return f"{where} lays on {found:.0%} of ink, where its profile has {profile.limit:.0%} at most"


def _ends(function: Any) -> Iterator[float]:
    """Yield the ink at both ends of a gradient, or of its pieces."""
    for piece in function.get("/Functions", ()):
        yield from _ends(piece)
    yield from (sum(map(float, function[key])) for key in ("/C0", "/C1") if key in function)


def _ink_of(item: Any) -> float | None:
    """Return the most ink of a picture in four inks, 4 being all of each; None for a broken one."""
    import pikepdf  # heavy

    try:
        return most_ink(pikepdf.PdfImage(item).as_pil_image(apply_mask=False))
    except (pikepdf.PikepdfError, OSError, ValueError, NotImplementedError):
        return None


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
            if first == "/ICCBased" and int(value[1].get("/N", 0)) == 3:
                return True
        elif isinstance(value, pikepdf.Name) and str(value) in _SCREEN:
            return True
    return False


def _drawings(pdf: Any) -> Iterator[tuple[str, list[tuple[str, list[Any]]]]]:
    """Yield each stream that draws, as where it is and its operators with their values."""
    import pikepdf  # heavy

    for number, page in enumerate(pdf.pages, start=1):
        yield f"page {number}", _operators(page)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (
            item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1
        ):
            yield "a drawing", _operators(item)


_COLOURS = "rg RG k K cs CS sc SC scn SCN"


def _operators(stream: Any) -> list[tuple[str, list[Any]]]:
    import pikepdf  # heavy

    found = pikepdf.parse_content_stream(stream, _COLOURS)
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
