"""The pictures of a PDF, as made for a screen, in; the same in inks out.

Pictures without colour become pictures of black alone. They are written without loss, so that no
pixel goes over the limit of ink.
"""

import zlib
from typing import Any

import pikepdf
from pikepdf import Name, PdfImage, Stream
from PIL import Image, ImageChops

from reglet.inks import Profile, lightness, limited


def part_pictures(pdf: pikepdf.Pdf, profile: Profile, *, grey: bool) -> None:
    """Turn all pictures into inks; into black alone where the edition is `grey`."""
    masks = {
        item.SMask.objgen
        for item in pdf.objects
        if isinstance(item, Stream) and isinstance(item.get("/SMask"), Stream)
    }
    for item in pdf.objects:
        is_picture = isinstance(item, Stream) and item.get("/Subtype") == Name.Image
        if is_picture and item.objgen not in masks and not item.get("/ImageMask"):
            _part(item, profile, grey=grey)


def _part(item: Any, profile: Profile, *, grey: bool) -> None:
    """Part a picture; one that cannot be read stays, for the proof to tell of."""
    try:
        picture = PdfImage(item).as_pil_image(apply_mask=False)
    except (pikepdf.PikepdfError, OSError, ValueError, NotImplementedError):
        return
    if picture.mode != "CMYK":
        picture = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    if picture.mode == "CMYK" and not grey:
        _put(item, limited(picture, profile.limit), Name.DeviceCMYK)
    elif grey or picture.mode == "L" or _is_grey(picture):
        _put(item, _in_black(picture.convert("L"), profile), Name.DeviceGray)
    else:
        _put(item, limited(profile.parted(picture), profile.limit), Name.DeviceCMYK)


def _put(item: Any, picture: Image.Image, space: Name) -> None:
    for key in ("/DecodeParms", "/Decode", "/Intent"):
        if key in item:
            del item[key]
    item.ColorSpace, item.BitsPerComponent = space, 8
    item.write(zlib.compress(picture.tobytes(), 9), filter=Name.FlateDecode)


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(band.getextrema() == (0, 0) for band in apart)


def _in_black(picture: Image.Image, profile: Profile) -> Image.Image:
    """Turn a grey picture into what black alone prints as light as it is; 0 is all black."""
    shares = (level / 255 for level in range(256))
    levels = [lightness((share, share, share)) for share in shares]
    return picture.point([255 - round(255 * profile.tone(light)) for light in levels])
