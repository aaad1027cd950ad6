"""Colours as CSS writes them in, colours that show on any page out: white, sepia, grey or black."""

from functools import lru_cache

DARKEST, LIGHTEST = 0.125, 0.235
"""Relative luminances (WCAG 2.2): 3:1 against #121212 and black, 3:1 against sepia and white."""

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


@lru_cache(maxsize=64)
def on_any_page(colour: str) -> str:
    """Return the colour nearest to `colour`, as #rrggbb, that shows on light and on dark pages.

    It is made lighter or darker until its contrast is 3:1 with either (WCAG 2.2 §1.4.11). What is
    no colour stays as it is.
    """
    from PIL import ImageColor  # heavy

    try:
        rgb: RGB = ImageColor.getrgb(colour.strip())[:3]
    except ValueError:
        return colour
    if luminance(rgb) < DARKEST:
        rgb = next(mixed for mixed in _towards(rgb, 255) if luminance(mixed) >= DARKEST)
    elif luminance(rgb) > LIGHTEST:
        rgb = next(mixed for mixed in _towards(rgb, 0) if luminance(mixed) <= LIGHTEST)
    return "#" + "".join(f"{value:02x}" for value in rgb)


def _towards(rgb: RGB, end: int) -> list[RGB]:
    """Mix a colour with white or black, more and more."""
    steps = range(1, 256)
    return [tuple(round(value + (end - value) * n / 255) for value in rgb) for n in steps]
