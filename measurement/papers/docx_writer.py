"""How an editable Word document of the office is built: styles, real headings, captioned tables with repeated heads, page numbers, Indonesian.

The only module that knows python-docx. What is said comes from elsewhere, as plain texts.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from .text import printable

FONT, LANGUAGE = "Arial", "id-ID"
SIZES = {"A4": (210, 297), "F4": (215, 330)}  # mm
MARGINS = {"top": 20, "bottom": 20, "left": 25, "right": 20}  # mm
HEADINGS = {1: 14, 2: 12, 3: 11, 4: 11}  # level → points
# points, and those after it
OWN_STYLES: dict[str, tuple[float, float]] = {
    "Isi Tabel": (8.5, 0),
    "Sesudah Tabel": (4, 4),
    "Catatan": (9, 4),
    "Pengantar Daftar": (11, 2),
}
HEAD_FILL, STRONG_FILL = "E7E7E7", "F3F3F3"
# the noncharacters that XML 1.0 forbids; control characters and surrogates go before
NOT_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True)
class WordColumn:
    """A column: heading, width as a share of the text's width, and whether it holds numbers."""

    heading: str
    width: int
    is_figure: bool = False


@dataclass(frozen=True)
class WordLine:
    """A row of a table; a strong one belongs to a branch of the plan."""

    texts: Sequence[str]
    strong: bool = False


class WordDocument:
    """A document that grows from top to bottom."""

    def __init__(self, title: str, author: str, paper_size: str, header: str, footer: str):
        self.document = Document()
        self.width, height = SIZES[paper_size]
        self.tables = 0
        _set_styles(self.document)
        _set_page(self.document.sections[0], self.width, height)
        _set_properties(self.document, title, author)
        self._set_header(header)
        self._set_footer(footer)

    def heading(self, level: int, text: str) -> None:
        self.document.add_heading(clean_text(text), level)

    def paragraph(self, text: str, style: str = "Normal") -> None:
        self.document.add_paragraph(clean_text(text), style)

    def bullets(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.paragraph(text, "List Bullet")

    def table(self, caption: str, columns: Sequence[WordColumn], lines: Iterable[WordLine]) -> None:
        """A table with its numbered caption above it."""
        self._caption(caption)
        lines = list(lines)
        table = self.document.add_table(rows=1 + len(lines), cols=len(columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = self._widths(columns)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        head, *body = table.rows
        _set_head(head, columns)
        for row, line in zip(body, lines, strict=True):
            _set_row(row, columns, line)
        for row in table.rows:
            _keep_whole(row, widths)
        self.paragraph("", "Sesudah Tabel")

    def _widths(self, columns: Sequence[WordColumn]) -> list[Mm]:
        room, shares = (
            self.width - MARGINS["left"] - MARGINS["right"],
            sum(column.width for column in columns),
        )
        return [Mm(room * column.width / shares) for column in columns]

    def _caption(self, text: str) -> None:
        """The number is a field, so that Word counts on when tables are added."""
        self.tables += 1
        paragraph = self.document.add_paragraph("Tabel 3.", "Caption")
        _add_field(paragraph, "SEQ Tabel \\* ARABIC", str(self.tables))
        paragraph.add_run(f" {clean_text(text)}")

    def _set_header(self, text: str) -> None:
        self.document.sections[0].header.paragraphs[0].text = clean_text(text)

    def _set_footer(self, text: str) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.text = f"{clean_text(text)} · halaman "
        _add_field(paragraph, "PAGE", "1")
        paragraph.add_run(" dari ")
        _add_field(paragraph, "NUMPAGES", "1")

    def content(self) -> bytes:
        """The docx."""
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


def clean_text(text: str) -> str:
    """What a Word file can hold of a text that somebody typed."""
    return NOT_XML.sub("", printable(text))


def _set_styles(document) -> None:
    normal = document.styles["Normal"]
    _set_font(normal, 11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    _set_language(document.styles)
    for level, size in HEADINGS.items():
        style = document.styles[f"Heading {level}"]
        _set_font(style, size, bold=True)
        style.font.italic = False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(4)
        style.paragraph_format.keep_with_next = True
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption = document.styles["Caption"]
    _set_font(caption, 10, bold=True)
    caption.paragraph_format.keep_with_next, caption.paragraph_format.space_after = True, Pt(3)
    for name, (points, after) in OWN_STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_font(style, points)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(after), 1
    document.styles["Pengantar Daftar"].paragraph_format.keep_with_next = True
    _set_frame(document.styles["Catatan"])
    for name in ("Header", "Footer"):
        _set_font(document.styles[name], 8.5)


def _set_frame(style) -> None:
    """A thin line around what must not be overlooked."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="4", color="000000"))
    style.element.get_or_add_pPr().append(borders)


def _set_font(style, size: float, bold: bool | None = None) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # a theme's font would win over the one named
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)


def _set_language(styles) -> None:
    """The language of everything: spelling is checked in it, and it is read aloud in it."""
    language = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), LANGUAGE)


def _set_page(section, width: int, height: int) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, size in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(size))


def _set_properties(document, title: str, author: str) -> None:
    found = document.core_properties
    found.title, found.author, found.language, found.comments = (
        clean_text(title),
        clean_text(author),
        LANGUAGE,
        "",
    )


def _set_head(row, columns: Sequence[WordColumn]) -> None:
    """The head stands on each page of its table, and stays with the first row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, column in zip(row.cells, columns, strict=True):
        paragraph = _write(cell, column.heading, strong=True)
        paragraph.alignment, paragraph.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
        _fill(cell, HEAD_FILL)


def _set_row(row, columns: Sequence[WordColumn], line: WordLine) -> None:
    for cell, column, text in zip(row.cells, columns, line.texts, strict=True):
        paragraph = _write(cell, text, line.strong)
        if column.is_figure:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if line.strong:
            _fill(cell, STRONG_FILL)


def _write(cell: _Cell, text: str, strong: bool) -> Paragraph:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Isi Tabel"
    paragraph.add_run(clean_text(text)).bold = strong or None
    return paragraph


def _fill(cell: _Cell, colour: str) -> None:
    shading = _element("w:shd", val="clear", color="auto", fill=colour)
    cell._tc.get_or_add_tcPr().append(shading)


def _keep_whole(row, widths: Sequence[Mm]) -> None:
    """A row doesn't break across pages; some programs read widths only from its cells."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width


def _element(name: str, **attributes: str):
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word computes, showing `shown` until it does."""
    field, run, text = _element("w:fldSimple", instr=instruction), OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
