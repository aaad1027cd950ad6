"""A printing condition: its ICC profile in, inks for colours of the screen out.

For those who set files for the press, and those who prove them.

Inks are shares of 1: cyan, magenta, yellow, black. Greys are printed in black alone, so that
letters and rules need no register; other colours are parted by the profile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from math import ceil
from pathlib import PurePath
from typing import Any, cast

from PIL import Image, ImageCms, ImageMath

Inks = tuple[float, float, float, float]
Own = ImageCms.ImageCmsProfile
Screen = tuple[float, float, float]
"""Red, green and blue of sRGB, as shares of 1."""

PROFILES: Mapping[str, tuple[str, str]] = {
    "ISOcoated_v2_300": ("ISOcoated_v2_300_bas.icc", "FOGRA39"),
}
"""The profiles that come with reglet: file, and name of the condition in ICC's registry."""

NEAR_GREY = 24 / 255  # how far red, green and blue of a grey may lie apart
SOLID_BELOW = 25.0  # L* under which black is not screened: a screen makes letters ragged

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION


@dataclass(frozen=True)
class Profile:
    """An ICC profile for printing; `condition` names it where ICC's registry has it."""

    name: str
    data: bytes
    condition: str = ""

    def inks(self, colour: Screen) -> Inks:
        """Return the inks of a colour, in whole percents, within the profile's limit."""
        if max(colour) - min(colour) <= NEAR_GREY:
            return (0.0, 0.0, 0.0, self.black(colour))
        pixel = Image.new("RGB", (1, 1), _bytes(colour))
        parted = self.parted(pixel).tobytes()
        cyan, magenta, yellow, black = (round(part / 2.55) / 100 for part in parted)
        return (cyan, magenta, yellow, black)

    def black(self, colour: Screen) -> float:
        """Return how much black alone is as dark as a colour; all of it for the darkest."""
        light = lightness(colour)
        return 1.0 if light < SOLID_BELOW else self.tone(light)

    def tone(self, light: float) -> float:
        """Return the share of black that prints as light as `light` (L*), of what there is."""
        ramp = self._ramp
        return min(range(len(ramp)), key=lambda step: abs(ramp[step] - light)) / (len(ramp) - 1)

    def parted(self, picture: Image.Image, own: Own | None = None) -> Image.Image:
        """Part a picture into the four inks, 255 being all of one.

        Its colours are of sRGB, or of its `own` profile; raises PyCMSError where that is of none.
        """
        change = self._to_inks if own is None else self._from(own, picture.mode)
        return cast(Image.Image, ImageCms.applyTransform(picture, change))

    @cached_property
    def limit(self) -> float:
        """Return the most ink that the profile lays on any colour of the screen, 4 being all.

        It is found on a grid of colours, and rounded up to the tens of percents that profiles are
        made for.
        """
        steps = range(0, 256, 15)
        cube = Image.new("RGB", (len(steps) ** 2, len(steps)))
        cube.putdata([(r, g, b) for r in steps for g in steps for b in steps])
        return ceil(10 * most_ink(self.parted(cube))) / 10

    @cached_property
    def _to_inks(self) -> ImageCms.ImageCmsTransform:
        return self._from(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")), "RGB")

    def _from(self, own: Own, mode: str) -> ImageCms.ImageCmsTransform:
        target = ImageCms.ImageCmsProfile(BytesIO(self.data))
        return ImageCms.buildTransform(own, target, mode, "CMYK", _INTENT, _BLACK_POINT)

    @cached_property
    def _ramp(self) -> tuple[float, ...]:
        """Return L* of black alone, from none to all of it, a percent a step."""
        screen, print_ = ImageCms.createProfile("sRGB"), BytesIO(self.data)
        shown = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(print_), screen, "CMYK", "RGB", _INTENT
        )
        ramp = Image.new("CMYK", (101, 1))
        ramp.putdata([(0, 0, 0, round(2.55 * step)) for step in range(101)])
        made = cast(Image.Image, ImageCms.applyTransform(ramp, shown)).tobytes()
        pixels = ([share / 255 for share in made[i : i + 3]] for i in range(0, len(made), 3))
        return tuple(lightness((red, green, blue)) for red, green, blue in pixels)


@cache
def ready_made(name: str) -> Profile:
    """Return a profile that comes with reglet; raises KeyError for an unknown one."""
    file, condition = PROFILES[name]
    data = (files("reglet") / "profiles" / file).read_bytes()
    return Profile(name, data, condition)


def own_profile(path: str, data: bytes) -> Profile | None:
    """Return a printer's own profile; None for one that is none of a press with four inks."""
    if data[12:20] != b"prtrCMYK" or data[36:40] != b"acsp":
        return None
    profile = Profile(PurePath(path).stem, data)
    try:
        profile.inks((1.0, 0.0, 0.0))
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile


def lightness(colour: Screen) -> float:
    """Return L* (0 to 100, CIE 15) of a colour of sRGB (IEC 61966-2-1)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    root = luminance ** (1 / 3) if luminance > 216 / 24389 else (24389 / 27 * luminance + 16) / 116
    return float(116 * root - 16)


def most_ink(picture: Image.Image) -> float:
    """Return the most ink that any pixel of a CMYK picture has, 4 being all of each."""
    bands = _bands(picture)
    total = ImageMath.lambda_eval(lambda on: on["c"] + on["m"] + on["y"] + on["k"], **bands)
    return cast(int, cast(Image.Image, total).getextrema()[1]) / 255


def limited(picture: Image.Image, limit: float) -> Image.Image:
    """Take of cyan, magenta and yellow alike where a CMYK picture has more ink than `limit`."""
    if most_ink(picture) <= limit:
        return picture
    bands, most = _bands(picture), int(limit * 255)

    def less(on: dict[str, Any]) -> Any:  # noqa: ANN401 - operands of ImageMath
        colours = on["max"](on["c"] + on["m"] + on["y"], 1)
        return on["band"] * on["min"](colours, on["max"](most - on["k"], 0)) / colours

    made = [ImageMath.lambda_eval(less, **bands, band=bands[name]).convert("L") for name in "cmy"]
    return Image.merge("CMYK", [*made, picture.getchannel(3)])


def _bands(picture: Image.Image) -> dict[str, Image.Image]:
    """Return the inks of a CMYK picture as whole numbers that may be added."""
    return {name: band.convert("I") for name, band in zip("cmyk", picture.split(), strict=True)}


def _bytes(colour: Screen) -> tuple[int, int, int]:
    red, green, blue = (round(255 * share) for share in colour)
    return (red, green, blue)
