"""A style in, what Pango needs to know of it out, found out once for all texts of the style.

WeasyPrint 70.0 finds it out for each line that it tries, sets or draws.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.text import line_break as engine
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description

from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.styles import facts_of

_FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip
_ASKED = (
    *_FEATURES, "font_style", "font_stretch", "font_weight", "font_size",
    "font_variation_settings", "font_language_override", "lang", "direction",
)  # fmt: skip
_LINES = ("ascent", "underline_position", "strikethrough_position")
_MEASURES = (*_LINES, "underline_thickness", "strikethrough_thickness")


@dataclass(frozen=True, slots=True)
class Face:
    """What Pango lays the texts of a style out with; `lines` says where lines over them run."""

    context: Any
    description: Any
    language: Any
    features: bytes
    lines: dict[str, float | None]


_engine_key = engine._font_style_cache_key


@contextmanager
def kept_faces() -> Iterator[None]:
    """Let the engine lay texts out with what is known of their styles while the context lasts."""
    with (
        in_place_of(engine.Layout, "setup", _set_up),
        in_place_of(engine, "_font_style_cache_key", _key),
        in_place_of(engine, "unicode_to_char_p", _characters),
    ):
        yield


def _characters(text: str) -> tuple[bytes, bytes]:
    """Return what Pango is to read, which need not be copied for it; called by the engine."""
    data = text.encode().replace(b"\0", b"")
    return data, data


def _key(style: Any, include_size: bool = False) -> str:
    """Return what the engine keeps a style's measures under; called by the engine."""
    facts, name = facts_of(style), "key with size" if include_size else "key"
    if name not in facts:
        facts[name] = _engine_key(style, include_size)
    key: str = facts[name]
    return key


def _set_up(layout: Any, style: Any) -> None:
    """Make a Pango layout for a text of a style; called by the engine."""
    face = face_of(style)
    layout.style, layout.first_line_direction, layout.language = style, 0, face.language
    vars(layout).update(face.lines)
    layout.layout = ffi.gc(pango.pango_layout_new(face.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, face.description)
    if face.features:
        # a list of its own, to which the engine adds the spacing of the text's words
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(face.features))
        pango.pango_layout_set_attributes(layout.layout, attributes)


def face_of(style: Any) -> Face:
    """Return the face of a style; styles that ask for the same share it."""
    facts = facts_of(style)
    if "face" not in facts:
        known = vars(style.font_config).setdefault("faces", {})
        lined = style["text_decoration_line"] != "none"
        asked = (lined, tuple(style["font_family"]), *(style[name] for name in _ASKED))
        if asked not in known:
            known[asked] = _face(style, lined=lined)
        facts["face"] = known[asked]
    face: Face = facts["face"]
    return face


def _face(style: Any, *, lined: bool) -> Face:
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    name = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if name:
        language = pango.pango_language_from_string(name.encode())
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    description = get_font_description(style)
    asked = font_features(*(style[name] for name in _FEATURES))
    features = ",".join(f"{key} {value}" for key, value in asked.items()).encode()
    lines = _lines(context, description, language) if lined else dict.fromkeys(_LINES)
    return Face(context, description, language, features, lines)


def _lines(context: Any, description: Any, language: Any) -> dict[str, float | None]:
    """Return where the lines of a decorated text run; CSS px."""
    metrics = ffi.gc(
        pango.pango_context_get_metrics(context, description, language),
        pango.pango_font_metrics_unref,
    )
    return {
        name: FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics)
        for name in _MEASURES
    }
