"""A colour space of a PDF in, how much ink its colours lay on out (ISO 32000-1 §8.6).

Spot colours are taken for what they stand for where a press has four inks, and colours of Lab or
of another profile for what the file's own profile makes of them. What cannot be told is said.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

from reglet.inks import Own, Profile, most_ink
from reglet.proof.functions import UnknownFunctionError, evaluate

Values = Sequence[float]
Inks = Callable[[Iterable[Values]], float]
"""The most ink of colours, 4 being all of each ink."""

_PROCESS = frozenset({"/Cyan", "/Magenta", "/Yellow", "/Black"})
_UNIT = ((0.0, 1.0),)


class UntoldError(Exception):
    """A colour space whose ink cannot be told; its words say why."""


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: what its values lie between, and the most ink of some colours."""

    ranges: tuple[tuple[float, float], ...]
    most: Inks

    def image(self, data: bytes) -> float:
        """Return the most ink of samples of eight bits each."""
        count = len(self.ranges)
        colours = set(zip(*(data[place::count] for place in range(count)), strict=False))
        return self.most(
            [
                low + each / 255 * (high - low)
                for each, (low, high) in zip(c, self.ranges, strict=True)
            ]
            for c in colours
        )


def space_of(found: Any, profile: Profile, named: Any = None) -> Space:
    """Read a colour space, which may be one `named` among the resources.

    Raises UntoldError for one that cannot be read.
    """
    import pikepdf  # heavy

    if isinstance(found, pikepdf.Name):
        if str(found) in _PLAIN:
            return _PLAIN[str(found)]
        if named is None or found not in named:
            raise UntoldError(f"there is no colour space {str(found)[1:]}")
        return space_of(named[found], profile)
    try:
        family, *rest = found
        if str(family) in _PLAIN:
            return _PLAIN[str(family)]
        if str(family) in _FAMILIES:
            return _FAMILIES[str(family)](rest, profile)
    except UnknownFunctionError as error:
        raise UntoldError(str(error)) from error
    except (IndexError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise UntoldError(f"a colour space is broken: {error}") from error
    raise UntoldError(f"the colour space {str(family)[1:]} is unknown")


def _summed(colours: Iterable[Values]) -> float:
    return max(map(sum, colours), default=0.0)


def _none(_: Iterable[Values]) -> float:
    """Say nothing of colours of a screen, which another rule tells of."""
    return 0.0


_PLAIN: Mapping[str, Space] = {
    "/DeviceGray": Space(_UNIT, lambda colours: max((1 - c[0] for c in colours), default=0.0)),
    "/CalGray": Space(_UNIT, lambda colours: max((1 - c[0] for c in colours), default=0.0)),
    "/DeviceCMYK": Space(_UNIT * 4, _summed),
    "/DeviceRGB": Space(_UNIT * 3, _none),
    "/CalRGB": Space(_UNIT * 3, _none),
    "/Pattern": Space((), _none),  # the pattern has colours of its own
}


def _separation(rest: Sequence[Any], profile: Profile) -> Space:
    name, alternate, function = rest[:3]
    if str(name) == "/All":
        return Space(_UNIT, lambda colours: max((4 * c[0] for c in colours), default=0.0))
    if str(name) == "/None":
        return Space(_UNIT, _none)
    if str(name) in _PROCESS:
        return Space(_UNIT, _summed)
    return Space(_UNIT, _tinted(space_of(alternate, profile), function))


def _device_n(rest: Sequence[Any], profile: Profile) -> Space:
    names, alternate, function = rest[:3]
    ranges = _UNIT * len(names)
    printed = [place for place, name in enumerate(names) if str(name) != "/None"]
    if all(str(names[place]) in _PROCESS for place in printed):
        return Space(ranges, lambda colours: _summed([c[p] for p in printed] for c in colours))
    return Space(ranges, _tinted(space_of(alternate, profile), function))


def _tinted(alternate: Space, function: Any) -> Inks:
    def most(colours: Iterable[Values]) -> float:
        try:
            return alternate.most([evaluate(function, colour) for colour in colours])
        except UnknownFunctionError as error:
            raise UntoldError(str(error)) from error

    return most


def _indexed(rest: Sequence[Any], profile: Profile) -> Space:
    import pikepdf  # heavy

    base, highest, table = space_of(rest[0], profile), int(rest[1]), rest[2]
    data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    count = len(base.ranges)

    def most(colours: Iterable[Values]) -> float:
        places = {min(round(colour[0]), highest) for colour in colours}
        return base.image(b"".join(data[p * count : (p + 1) * count] for p in places))

    return Space(((0.0, 255.0),), most)


def _pattern(rest: Sequence[Any], profile: Profile) -> Space:
    """A pattern without colours of its own has those of the space behind it."""
    return space_of(rest[0], profile)


def _lab(rest: Sequence[Any], profile: Profile) -> Space:
    a, b, c, d = (float(end) for end in rest[0].get("/Range", (-100, 100, -100, 100)))

    def pixel(colour: Values) -> tuple[int, ...]:
        light, red, yellow = colour
        return _byte(light * 2.55), _byte(red + 128), _byte(yellow + 128)

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    return Space(((0.0, 100.0), (a, b), (c, d)), partial(_parted, "LAB", lab, profile, pixel))


def _icc(rest: Sequence[Any], profile: Profile) -> Space:
    count, data = int(rest[0].get("/N", 0)), rest[0].read_bytes()
    if count == 3:
        return _PLAIN["/DeviceRGB"]
    if count not in (1, 4):
        raise UntoldError(f"a profile of {count} colours is unknown")
    if data == profile.data:
        return _PLAIN["/DeviceCMYK"]
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(data))
    except (OSError, ImageCms.PyCMSError) as error:
        raise UntoldError("a profile of its colours is broken") from error

    def pixel(colour: Values) -> tuple[int, ...]:
        return tuple(_byte(value * 255) for value in colour)

    mode = "CMYK" if count == 4 else "L"
    return Space(_UNIT * count, partial(_parted, mode, own, profile, pixel))


def _parted(
    mode: str,
    own: Own,
    profile: Profile,
    pixel: Callable[[Values], tuple[int, ...]],
    colours: Iterable[Values],
) -> float:
    """Let the profile of the press part colours that another one describes."""
    pixels = [pixel(colour) for colour in colours]
    if not pixels:
        return 0.0
    picture = Image.frombytes(mode, (len(pixels), 1), bytes(v for p in pixels for v in p))
    if mode == "LAB":  # as bytes its signs are other than as pixels
        picture.putdata(pixels)
    try:
        return most_ink(profile.parted(picture, own))
    except ImageCms.PyCMSError as error:
        raise UntoldError("a profile of its colours is none of its kind") from error


def _byte(value: float) -> int:
    return min(max(round(value), 0), 255)


_FAMILIES: Mapping[str, Callable[[Sequence[Any], Profile], Space]] = {
    "/Separation": _separation,
    "/DeviceN": _device_n,
    "/Indexed": _indexed,
    "/Pattern": _pattern,
    "/Lab": _lab,
    "/ICCBased": _icc,
}
