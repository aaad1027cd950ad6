"""A seed in, a picture's file out: a drawing of bars, or one with a photograph's grain."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

INKS = ("#1f2a30", "#9c3d1e", "#c9a24b", "#5c6970")


def drawing(chance: Random) -> bytes:
    """Return a PNG of bars, 720 by 300 pixels."""
    image = Image.new("RGB", (720, 300), "white")
    draw = ImageDraw.Draw(image)
    draw.line((20, 280, 700, 280), fill=INKS[0], width=2)
    for number in range(chance.randint(6, 14)):
        left = 30 + 48 * number
        draw.rectangle(
            (left, 280 - chance.randint(10, 260), left + 34, 279), fill=INKS[1 + number % 3]
        )
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def photograph(chance: Random) -> bytes:
    """Return a JPEG of 900 by 600 pixels and some 60 kB."""
    grain = Image.frombytes("L", (90, 60), chance.randbytes(90 * 60))
    large = grain.resize((900, 600), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))
    fine = Image.frombytes("L", (900, 600), chance.randbytes(900 * 600))
    mixed = Image.blend(large, fine, 0.08)
    toned = Image.merge("RGB", [mixed, mixed.point(_darker), mixed.point(_darkest)])
    file = BytesIO()
    toned.save(file, "JPEG", quality=70)
    return file.getvalue()


def _darker(value: int) -> float:
    return value * 0.86


def _darkest(value: int) -> float:
    return value * 0.7
