"""What a PDF draws in: operators, pictures and gradients in, the most ink that they lay on out.

All raise UntoldError where that cannot be told.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from reglet.inks import Profile, most_ink
from reglet.proof.functions import UnknownFunctionError, evaluate
from reglet.proof.spaces import Space, UntoldError, Values, space_of

Operators = Iterable[tuple[str, list[Any]]]

WATCHED = "rg RG g G k K cs CS sc SC scn SCN q Q"
"""The operators that set colours, and those that keep them and bring them back."""

_DIRECT = {"k": "/DeviceCMYK", "g": "/DeviceGray", "rg": "/DeviceRGB"}
_STEPS = 128  # places of a gradient that are looked at
_GRID = 16  # of each side of one that has two
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}


def drawn(operators: Operators, resources: Any, profile: Profile) -> float:
    """Return the most ink that the colours of a stream lay on."""
    import pikepdf  # heavy

    named = resources.get("/ColorSpace", {})
    current: dict[str, Any] = dict.fromkeys("fs", pikepdf.Name.DeviceGray)  # to fill, to stroke
    outer: list[dict[str, Any]] = []
    used: dict[str, tuple[Any, set[tuple[float, ...]]]] = {}
    for operator, values in operators:
        way = "s" if operator.isupper() else "f"
        if operator == "q":
            outer.append(dict(current))
        elif operator == "Q":
            current = outer.pop() if outer else current
        elif operator.lower() == "cs":
            current[way] = values[0]
        else:
            if direct := _DIRECT.get(operator.lower()):
                current[way] = pikepdf.Name(direct)
            space = current[way]
            numbers = tuple(float(v) for v in values if not isinstance(v, pikepdf.Name))
            used.setdefault(str(space), (space, set()))[1].add(numbers)
    return max((_most(space, each, profile, named) for space, each in used.values()), default=0.0)


def _most(found: Any, colours: set[tuple[float, ...]], profile: Profile, named: Any) -> float:
    space = space_of(found, profile, named)
    inked = [colour for colour in colours if colour]  # those of patterns have none
    if any(space.ranges and len(colour) != len(space.ranges) for colour in inked):
        raise UntoldError("a colour has more or fewer values than its space")
    return space.most(inked)


def pictured(item: Any, profile: Profile, resources: Any = None) -> float:
    """Return the most ink of a picture."""
    import pikepdf  # heavy

    if "/ColorSpace" not in item:
        raise UntoldError("a picture has no colour space of its own")
    try:
        space = space_of(item.ColorSpace, profile, resources)
        if _is_plain(item):
            return most_ink(pikepdf.PdfImage(item).as_pil_image(apply_mask=False))
        return _placed(space, item).image(_samples(item, len(space.ranges)))
    except (pikepdf.PikepdfError, OSError, ValueError, NotImplementedError, TypeError) as error:
        raise UntoldError("a picture's inks cannot be read") from error


def _is_plain(item: Any) -> bool:
    return item.ColorSpace == "/DeviceCMYK" and "/Decode" not in item


def _placed(space: Space, item: Any) -> Space:
    """Return a picture's space with what its samples stand for, where the picture says so."""
    import pikepdf  # heavy

    if "/Decode" in item:
        ends = [float(end) for end in item.Decode]
        return Space(tuple(zip(ends[::2], ends[1::2], strict=True)), space.most)
    if isinstance(item.ColorSpace, pikepdf.Array) and item.ColorSpace[0] == "/Indexed":
        return Space(((0.0, float((1 << int(item.BitsPerComponent)) - 1)),), space.most)
    return space


def _samples(item: Any, count: int) -> bytes:
    """Return a picture's samples of eight bits; of finer ones their first eight."""
    import pikepdf  # heavy

    bits, filters = int(item.BitsPerComponent), str(item.get("/Filter", ""))
    if "DCTDecode" in filters or "JPXDecode" in filters:
        mode = _MODES.get(count)
        image = pikepdf.PdfImage(item).as_pil_image(apply_mask=False)
        if mode is None or image.mode != mode:
            raise UntoldError("a picture's inks cannot be read")
        return image.tobytes()
    data = bytes(item.read_bytes())
    if bits == 16:
        return data[::2]
    if bits < 8:  # every value that there may be
        levels = [round(255 * level / ((1 << bits) - 1)) for level in range(1 << bits)]
        return bytes(value for colour in product(levels, repeat=count) for value in colour)
    return data


def shaded(item: Any, profile: Profile, resources: Any = None) -> float:
    """Return the most ink of a gradient, at places all along it."""
    space = space_of(item.ColorSpace, profile, resources)
    if "/Function" not in item:
        raise UntoldError("a gradient's colours stand in its mesh")
    try:
        return space.most([evaluate(item.Function, place) for place in _places(item)])
    except UnknownFunctionError as error:
        raise UntoldError(str(error)) from error


def _places(item: Any) -> Iterator[Values]:
    first = item.Function if "/FunctionType" in item.Function else item.Function[0]
    ends = [float(end) for end in first.Domain]
    steps = _STEPS if len(ends) == 2 else _GRID
    sides = [
        [low + (high - low) * step / steps for step in range(steps + 1)]
        for low, high in zip(ends[::2], ends[1::2], strict=True)
    ]
    return iter(product(*sides))
