"""The colours of a PDF's pages, as written for a screen, in; inks for the press out.

Text, rules and gradients alike: every operator and function that names red, green and blue names
four inks instead. Pictures are `reglet.formats.pdf.press.pictures`'s.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Stream

from reglet.inks import Inks, Screen

Part = Callable[[Screen], Inks]
"""Parts a colour of the screen into inks."""

_FROM_RGB = {"rg": "k", "RG": "K"}
_FROM_GREY = {"g": "k", "G": "K"}
_MARKED = frozenset({"BDC", "BMC", "EMC", "MP", "DP"})


def recolour(pdf: pikepdf.Pdf, part: Part) -> None:
    """Turn all colours of what is drawn, but for pictures, into inks."""
    for _, stream in drawings(pdf):
        stream.write(_recoloured(stream, part))
    for item in pdf.objects:
        if isinstance(item, (Dictionary, Stream)):
            if "/ShadingType" in item:
                _recolour_shading(item, part)
            group = item.get("/Group")
            if isinstance(group, Dictionary) and group.get("/CS") == Name.DeviceRGB:
                group.CS = Name.DeviceCMYK


def drawings(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Yield all streams that draw, those of pages, forms and tiles, behind what they belong to."""
    for page in pdf.pages:
        contents = page.obj.get("/Contents", Array())
        for stream in contents if isinstance(contents, Array) else [contents]:
            yield page.obj, stream
    for item in pdf.objects:
        if isinstance(item, Stream) and (
            item.get("/Subtype") == Name.Form or item.get("/PatternType") == 1
        ):
            yield item, item


def _recoloured(stream: Any, part: Part) -> bytes:
    written: list[Any] = []
    for found in pikepdf.parse_content_stream(stream):
        operator = str(found.operator)
        if operator in _FROM_RGB or operator in _FROM_GREY:
            values = [float(value) for value in found.operands]
            red, green, blue = values if operator in _FROM_RGB else values * 3
            name = (_FROM_RGB | _FROM_GREY)[operator]
            written.append(_setting(part((red, green, blue)), name))
        elif operator not in _MARKED:
            written.append(found)
    return pikepdf.unparse_content_stream(written)


def _setting(inks: Inks, operator: str) -> ContentStreamInstruction:
    return ContentStreamInstruction([round(ink, 4) for ink in inks], Operator(operator))


def _recolour_shading(shading: Any, part: Part) -> None:
    if shading.get("/ColorSpace") != Name.DeviceRGB:
        return
    shading.ColorSpace = Name.DeviceCMYK
    function = shading.get("/Function")
    if function is not None:
        _recolour_function(function, part)


def _recolour_function(function: Any, part: Part) -> None:
    """Turn the colours at both ends of a function (ISO 32000-1 §7.10.3), or of its pieces."""
    for piece in function.get("/Functions", ()):
        _recolour_function(piece, part)
    for key in ("/C0", "/C1"):
        if key in function:
            red, green, blue = (float(value) for value in function[key])
            function[key] = Array([round(ink, 4) for ink in part((red, green, blue))])
