"""What WeasyPrint asks again and again while it lays out, answered sooner: the same answers, from tables or from the last time.

A third of the time of laying a task sheet out went into values that no style sheet gives, into lengths that are no percentage, and into
what a style asks of Pango. Each of these has a short way here for the usual case; everything else goes WeasyPrint's own way, and so
does all of it with a WeasyPrint that is built otherwise (``fits``).
"""

from __future__ import annotations

from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any

from weasyprint import css
from weasyprint.css import computed_values, functions, properties
from weasyprint.layout import percent
from weasyprint.text import ffi as libraries
from weasyprint.text import fonts, line_break

if TYPE_CHECKING:
    from collections.abc import Callable

#: Properties whose value depends on others, or is handed down in a way of its own.
_SPECIAL = frozenset({"float", "display", "position", "page"})
_HANDED_DOWN = ("text_decoration_", "__")
#: Kinds of values in which nothing is to be computed.
_PLAIN = (str, int, float, type(None))
_DIRECTIONS = ("ltr", "rtl")
#: The C types of what WeasyPrint makes while it lays out and writes, and how a name is declared to be of them.
TYPES = {
    "FcChar8 **": "FcChar8 **{}",
    "FcResult *": "FcResult *{}",
    "PangoFcFontMap *": "PangoFcFontMap *{}",
    "PangoLogAttr[]": "PangoLogAttr {}[]",
    "PangoRectangle *": "PangoRectangle *{}",
    "char[4]": "char {}[4]",
    "char[]": "char {}[]",
    "hb_tag_t[100]": "hb_tag_t {}[100]",
    "unsigned int *": "unsigned int *{}",
}


def fits() -> bool:
    """Whether WeasyPrint has all that is shortened here, as it is known."""
    asked = (
        (css, "ComputedStyle", "INHERITED", "INITIAL_VALUES", "INITIAL_NOT_COMPUTED"),
        (computed_values, "PHYSICAL_FUNCTIONS"),
        (functions, "check_math"),
        (properties, "Dimension"),
        (percent, "resolve_one_percentage"),
        (fonts, "get_font_description"),
        (line_break, "Layout", "PANGO_DIRECTION", "_font_style_cache_key"),
    )
    return all(hasattr(module, name) for module, *names in asked for name in names)


def install() -> None:
    """Shorten the ways, once for this process; each short way has the usual one as its ``__wrapped__``."""
    if fits() and not hasattr(css.ComputedStyle.__missing__, "__wrapped__"):
        css.ComputedStyle.__missing__ = _computed(css.ComputedStyle.__missing__)
        percent.resolve_one_percentage = _resolved(percent.resolve_one_percentage)
        line_break.Layout.setup = _set_up(line_break.Layout.setup)
        line_break._font_style_cache_key = _key(line_break._font_style_cache_key)  # noqa: SLF001 - as all of this
        with suppress(Exception):  # then each is read when it is asked for
            _read_types(libraries.ffi)


def _read_types(ffi: Any) -> None:  # noqa: ANN401 - cffi has no types
    """Read the C types all at once: for each, cffi would read the names of all types anew."""
    names = {kind: f"workplan_{place}" for place, kind in enumerate(TYPES)}
    ffi.cdef("".join(f"typedef {TYPES[kind].format(name)};" for kind, name in names.items()))
    with ffi._lock:  # noqa: SLF001 - as all of this
        for kind, name in names.items():
            declared, _ = ffi._parser._declarations[f"typedef {name}"]  # noqa: SLF001 - likewise
            ffi._parsed_types.setdefault(kind, (ffi._get_cached_btype(declared), False))  # noqa: SLF001 - likewise


def _computed(usual: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """The computed value of a property that no rule gives: what it begins with, or what the parent has."""
    inherited, initial, to_compute = css.INHERITED, css.INITIAL_VALUES, css.INITIAL_NOT_COMPUTED
    simple = frozenset(key for key in initial if key not in _SPECIAL and not key.startswith(_HANDED_DOWN))
    logical = {
        key: {direction: name(block="ttb", inline=direction) for direction in _DIRECTIONS}
        for key, name in computed_values.PHYSICAL_FUNCTIONS.items()
    }

    @wraps(usual)
    def missing(self: Any, key: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        given = self.cascaded
        if key not in simple or key in given or (key in logical and logical[key][self["direction"]] in given):
            return usual(self, key)
        if key in inherited:
            if self.parent_style is None:
                return usual(self, key)
            value = self.parent_style[key]
            if type(value) not in _PLAIN and functions.check_math(value):
                return usual(self, key)
        elif key in to_compute:
            return usual(self, key)
        else:
            value = initial[key]
        self[key] = value
        return value

    return missing


def _resolved(usual: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    """The used value of a length that is no percentage."""

    @wraps(usual)
    def resolve(box: Any, name: str, refer_to: Any) -> None:  # noqa: ANN401 - as above
        value = box.style[name]
        if type(value) is properties.Dimension and value.unit not in ("%", None):
            setattr(box, name, value.value)
        else:
            usual(box, name, refer_to)

    return resolve


def _key(usual: Callable[..., str]) -> Callable[..., str]:
    """What tells the typefaces of two styles apart, put together once for each style."""

    @wraps(usual)
    def key(style: Any, include_size: bool = False) -> str:  # noqa: ANN401, FBT001, FBT002 - as WeasyPrint has it
        kept: dict[bool, str] = style.__dict__.setdefault("workplan_keys", {})
        if include_size not in kept:
            kept[include_size] = usual(style, include_size)
        return kept[include_size]

    return key


def _set_up(usual: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Pango's layout for a style; its context and its description of the typeface serve all styles that ask for the same."""
    ffi, pango, gobject = libraries.ffi, libraries.pango, libraries.gobject

    def made(layout: Any, style: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as above
        """What can be kept of a layout that was set up in the usual way; nothing where it has attributes."""
        if pango.pango_layout_get_attributes(layout.layout) != ffi.NULL:
            return ()
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003 - C has no keywords
        pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
        if style["font_language_override"] != "normal" or style["lang"]:
            pango.pango_context_set_language(context, layout.language)
        return context, fonts.get_font_description(style), layout.language

    @wraps(usual)
    def set_up(self: Any, style: Any) -> None:  # noqa: ANN401 - as above
        key = (line_break._font_style_cache_key(style), style["font_size"], style["direction"], style["font_kerning"])  # noqa: SLF001 - likewise
        kept: dict[Any, tuple[Any, ...]] = style.font_config.__dict__.setdefault("workplan_layouts", {})
        if style["text_decoration_line"] != "none" or not kept.get(key):
            usual(self, style)
            if key not in kept:
                kept[key] = made(self, style)
            return
        context, description, self.language = kept[key]
        self.style = style
        self.first_line_direction = 0
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003 - likewise
        pango.pango_layout_set_font_description(self.layout, description)
        self.ascent = self.underline_position = self.strikethrough_position = None

    return set_up
