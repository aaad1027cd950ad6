"""Colours as CSS writes them in, colours that show on any page out: white, sepia, grey or black."""

from collections.abc import Iterable
from functools import lru_cache

DARKEST, LIGHTEST = 0.125, 0.235
"""Relative luminances (WCAG 2.2): 3:1 against #121212 and black, 3:1 against sepia and white."""

MIDDLE = (0.172, 0.182)
"""Relative luminances between which colours look alike in grey."""

STEP = 10.5
"""Difference of L* by which colours of one drawing are told apart in grey."""

PALEST = 90.0
"""L* of what still shows on white."""

RGB = tuple[int, ...]


def luminance(rgb: RGB) -> float:
    """Return the relative luminance of an sRGB colour of 0 to 255 a channel (WCAG 2.2 §6)."""
    channels = [value / 255 for value in rgb[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * value for part, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2 §6)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(rgb: RGB) -> float:
    """Return how light a colour looks, L* of CIELAB, from 0 to 100."""
    y = luminance(rgb)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


@lru_cache(maxsize=64)
def on_any_page(colour: str) -> str:
    """Return the colour nearest to `colour`, as #rrggbb, that shows on light and on dark pages.

    It is made lighter or darker until its contrast is 3:1 with either (WCAG 2.2 §1.4.11). What is
    no colour stays as it is.
    """
    return _within(colour, DARKEST, LIGHTEST)


@lru_cache(maxsize=64)
def midway(colour: str) -> str:
    """Return the colour nearest to `colour` that is midway between what shows on any page.

    Colours that are midway differ in hue alone: how much of the page shines through one tells it
    from the others, on light and on dark pages alike.
    """
    return _within(colour, *MIDDLE)


def paler(colour: str, white: float) -> str:
    """Return a colour with white mixed in, from 0 to 1; what is no colour stays as it is."""
    rgb = _rgb(colour)
    if rgb is None or not 0 < white <= 1:
        return colour
    return _hex(_towards(rgb, 255)[round(white * 255) - 1])


def apart(colours: Iterable[str]) -> list[str]:
    """Make colours of a drawing differ in lightness, each from all before it, by `STEP` or more.

    So they are told apart in grey, and by those who see fewer colours. What is no colour stays.
    """
    found: list[str] = []
    seen: list[float] = []
    for colour in colours:
        rgb = _rgb(colour)
        if rgb is None:
            found.append(colour)
            continue
        ways = zip([rgb, *_towards(rgb, 255)], [rgb, *_towards(rgb, 0)], strict=True)
        mixed = (each for pair in ways for each in pair if _differs(each, seen))
        chosen = next(mixed, rgb)
        seen.append(lightness(chosen))
        found.append(colour if chosen == rgb else _hex(chosen))
    return found


def _differs(rgb: RGB, seen: Iterable[float]) -> bool:
    own = lightness(rgb)
    return own <= PALEST and all(abs(own - other) >= STEP for other in seen)


def _within(colour: str, darkest: float, lightest: float) -> str:
    """Make a colour lighter or darker until its luminance is between two."""
    rgb = _rgb(colour)
    if rgb is None:
        return colour
    if luminance(rgb) < darkest:
        rgb = next(mixed for mixed in _towards(rgb, 255) if luminance(mixed) >= darkest)
    elif luminance(rgb) > lightest:
        rgb = next(mixed for mixed in _towards(rgb, 0) if luminance(mixed) <= lightest)
    return _hex(rgb)


def _rgb(colour: str) -> RGB | None:
    from PIL import ImageColor  # heavy

    try:
        return ImageColor.getrgb(colour.strip())[:3]
    except ValueError:
        return None


def _hex(rgb: RGB) -> str:
    return "#" + "".join(f"{value:02x}" for value in rgb)


def _towards(rgb: RGB, end: int) -> list[RGB]:
    """Mix a colour with white or black, more and more."""
    steps = range(1, 256)
    return [tuple(round(value + (end - value) * n / 255) for value in rgb) for n in steps]
