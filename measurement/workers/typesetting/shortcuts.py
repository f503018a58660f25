"""Shorter ways through WeasyPrint 70 for what a paper repeats: the same bytes, for less.

A table prints the same words in many cells: units, names, predicates, and its head on every page. WeasyPrint measures and draws each of them anew, which is
two fifths of its time. Whatever stands here replaces a function by one that gives the same; tests/papers/test_shortcuts.py compares the bytes of every
paper with and without, and looks whether the key of a text still names all that WeasyPrint asks of its style.
"""

import sys
import zlib

import pydyf
from weasyprint.draw import border as borders
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure.boxes import Box, LineBox, PageBox, TextBox
from weasyprint.layout import inline, percent
from weasyprint.text import line_break

# what a text's measures depend on
ASKED = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size", "font_stretch", "font_style",
    "font_variant_alternates", "font_variant_caps", "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone",
    "hyphens", "lang", "letter_spacing", "line_height", "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip

# what layout finds out about a box from its style and the box around it
USED = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top", "padding_bottom",
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
# what a box is, whatever its place
OWN = {"element", "element_tag", "style", "remove_decoration_sides", "children"}
OWN |= {"first_letter_style", "first_line_style", "text"}
PLAIN = OWN | {*USED, *BORDERS, "position_x", "position_y", "text_indent"}

measure, draw, measure_strut = line_break.split_first_line, drawing.draw_first_line, line_break.strut
reactivate, deactivate = line_break.Layout.reactivate, line_break.Layout.deactivate
lay_out_lines, resolve = inline.iter_line_boxes, percent.resolve_percentages
draw_border_line, to_bytes = borders.draw_line, pydyf._to_bytes


def text_style(style) -> str:
    """What a style says about text; kept with it, since many cells share a style."""
    try:
        return style.text_style
    except AttributeError:
        style.text_style = repr([style[name] for name in ASKED])
        return style.text_style


def measure_once(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False):
    """The first line of a text, of each text once for each document."""
    if context is None:  # in a picture
        return measure(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    key = (text, text_style(style), max_width, justification_spacing, is_line_start, minimum)
    known = context.__dict__.setdefault("known_lines", {})
    if key not in known:
        known[key] = measure(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    return known[key]


class Recorder:
    """Takes what is drawn of a line, but for its place."""

    def __init__(self, stream):
        self.stream, self.operations = stream, []
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self.add_font = stream.add_font

    def set_text_matrix(self, *values):
        pass

    def __getattr__(self, name):
        return lambda *values: self.operations.append((name, values))


def draw_once(stream, textbox, text_overflow, block_ellipsis, matrix):
    """The first line of a text box, made of what was drawn when the same line was drawn before."""
    layout = textbox.pango_layout
    if text_overflow == "ellipsis" or block_ellipsis != "none" or not textbox.text.strip():
        return draw(stream, textbox, text_overflow, block_ellipsis, matrix)
    operations, emojis = getattr(layout, "operations", None), []
    if operations is None:
        recorder = Recorder(stream)
        emojis = draw(recorder, textbox, text_overflow, block_ellipsis, matrix)
        operations = recorder.operations
        if not emojis:
            layout.operations = operations
    if operations:
        stream.set_text_matrix(*matrix.values)
    for name, values in operations:
        getattr(stream, name)(*values)
    return emojis


def wake_up(layout, style):
    """A line that was drawn needs no Pango any more."""
    if not hasattr(layout, "operations"):
        reactivate(layout, style)


def fall_asleep(layout):
    if hasattr(layout, "layout"):
        deactivate(layout)


def strut_once(style):
    """Height and baseline of a line in this style."""
    if not hasattr(style, "strut"):
        style.strut = measure_strut(style)
    return style.strut


def resolve_once(box, containing_block):
    """Used lengths, of each style once for each size of the box around it; borders are each box's own, since they collapse."""
    if isinstance(box, PageBox) or box.style["box_sizing"] != "content-box":
        return resolve(box, containing_block)
    around = containing_block
    size = (around.width, around.height) if isinstance(around, Box) else tuple(around)
    style, own = box.style, box.__dict__
    known = style.__dict__.setdefault("used_lengths", {})
    if size not in known:
        resolve(box, containing_block)
        known[size] = {name: own[name] for name in USED}
        return None
    own |= known[size]
    collapse = style["border_collapse"] == "collapse"
    for border in BORDERS:
        if not (collapse and border in own):
            own[border] = style[border]
    return None


class KnownLines:
    """The lines of a text in a width, to be set again elsewhere. It keeps the styles, so that no other gets their number."""

    def __init__(self, styles: tuple, x: float, y: float):
        self.styles, self.x, self.y = styles, x, y
        self.lines: list[tuple] = []

    def add(self, line: LineBox, resume_at) -> None:
        """Before anybody moves it."""
        (text,) = line.children
        self.lines.append((self._found(line), self._found(text), text.text, resume_at))

    @staticmethod
    def _found(box) -> dict:
        return {name: value for name, value in box.__dict__.items() if name not in OWN}

    def at(self, line: LineBox, text: TextBox, x: float, y: float):
        for found, found_text, words, resume_at in self.lines:
            new_text = text.copy()
            new_text.__dict__ |= found_text
            new_text.text = words
            new_line = line.copy_with_children([new_text])
            new_line.__dict__ |= found
            for box in (new_line, new_text):
                box.position_x += x - self.x
                box.position_y += y - self.y
            yield new_line, resume_at


def lines_once(context, box, position_y, bottom_space, skip_stack, containing_block, *others):
    """The lines of a box that holds nothing but a text, of each text once for each style and width."""
    lines = lay_out_lines(context, box, position_y, bottom_space, skip_stack, containing_block, *others)
    *_, first_letter_style, first_line_style = others
    if (
        skip_stack
        or first_letter_style
        or first_line_style
        or context.excluded_shapes
        or [type(child) for child in box.children] != [TextBox]
        or not (box.__dict__.keys() <= PLAIN and box.children[0].__dict__.keys() <= PLAIN)
    ):
        yield from lines
        return
    (text,) = box.children
    known = context.__dict__.setdefault("known_boxes", {})
    key = (text.text, id(box.style), id(text.style), containing_block.width)
    x = containing_block.content_box_x()
    if key in known:
        yield from known[key].at(box, text, x, position_y)
        return
    new = KnownLines((box.style, text.style), x, position_y)
    for line, resume_at in lines:
        new.add(line, resume_at)
        yield line, resume_at
    known[key] = new


def draw_solid_line(stream, x1, y1, x2, y2, thickness, style, color, offset=0):
    """A table's border: what sets its colour is looked up once for each colour of a document."""
    known = stream._resources.__dict__.setdefault("known_strokes", {})
    if style != "solid" or stream._current_color_stroke or stream._current_alpha_stroke:
        return draw_border_line(stream, x1, y1, x2, y2, thickness, style, color, offset)
    stream.push_state()
    operations = stream.stream
    if id(color) in known:
        operations.extend(known[id(color)][0])
    else:
        before = len(operations)
        stream.set_color(color, stroke=True)
        known[id(color)] = operations[before:], color  # which keeps its number
    stream.set_line_width(thickness)
    stream.move_to(x1, y1)
    stream.line_to(x2, y2)
    stream.stroke()
    stream.pop_state()
    return None


def bytes_of(item) -> bytes:
    """As pydyf writes it, by the kinds that are most."""
    kind = type(item)
    if kind is bytes:
        return item
    if kind is float and not item.is_integer():
        return f"{item:f}".rstrip("0").encode("ascii")
    if kind is str:
        return item.encode("ascii")
    return to_bytes(item)


def stream_bytes(stream) -> bytes:
    """A stream as pydyf writes it."""
    content = b"\n".join([item if type(item) is bytes else bytes_of(item) for item in stream.stream])
    extra = pydyf.Dictionary(dict(stream.extra))
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, level=9)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


class ManyPages(pydyf.PDF):
    """The references to all pages, which each element of the structure asks for, are made once."""

    @property
    def page_references(self):
        if len(self.__dict__.get("known_references", ())) * 3 != len(self.pages["Kids"]):
            self.known_references = super().page_references
        return self.known_references


def take() -> None:
    """Put the shorter ways in the place of the others, wherever WeasyPrint has imported them."""
    instead = {
        measure: measure_once,
        measure_strut: strut_once,
        resolve: resolve_once,
        lay_out_lines: lines_once,
        draw: draw_once,
        draw_border_line: draw_solid_line,
    }
    modules = [module for name, module in sys.modules.items() if name.startswith("weasyprint.")]
    for module in modules:
        for name, value in list(vars(module).items()):
            if callable(value) and value in instead:
                setattr(module, name, instead[value])
    line_break.Layout.reactivate, line_break.Layout.deactivate = wake_up, fall_asleep
    pydyf.PDF, pydyf._to_bytes, pydyf.Stream.data = ManyPages, bytes_of, property(stream_bytes)
