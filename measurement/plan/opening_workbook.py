"""The templat of data awal: every indicator and sub kegiatan on a line of its own, a column for each place, filled in with what a set says already."""

from dataclasses import dataclass

from openpyxl.styles import PatternFill

from measurement.rules.opening import Place, spoken
from measurement.spreadsheets.book import Book, BookPage
from measurement.spreadsheets.styles import (
    BOLD_LOOK,
    GRID,
    HEADING,
    RIGHT,
    SHORT,
    TITLE_LOOK,
    WHOLE,
    WRAP,
    CellLook,
)
from measurement.spreadsheets.tables import fit_to_width, text_height

from .opening import OpeningLine, OpeningTable, field_label

KEY_HEADING = "Kunci (jangan diubah)"
NOT_ASKED = CellLook(PatternFill("solid", fgColor="E4E4E4"), GRID)
TEXT, WORD, FIGURE = CellLook(WRAP, GRID), CellLook(GRID), CellLook(RIGHT, GRID)
SHEETS = {False: "Indikator", True: "Anggaran"}
FIXED = (("Kode", 20), ("Program/Kegiatan/Sub Kegiatan", 34), ("Uraian", 40), ("Satuan", 12))
HOW = (
    "Isi sel yang putih, simpan sebagai .xlsx, lalu unggah; perbedaannya ditampilkan dahulu.",
    "Sel kosong berarti belum ada data; tulis 0 bila memang nol. Indikator rasio: isi pembilang dan penyebutnya.",
)


@dataclass(frozen=True)
class OpeningColumn:
    """One value of one place."""

    field: str
    place: Place

    @property
    def heading(self) -> str:
        unit = " (Rp)" if self.field == "spent" else ""
        return f"{field_label(self.field)} {self.place.name}{unit}"


def columns_of(lines: list[OpeningLine], places: list[Place]) -> list[OpeningColumn]:
    """What these lines ask for, place by place."""
    fields = list(dict.fromkeys(name for line in lines for name in line.fields))
    return [OpeningColumn(name, place) for place in places for name in fields]


def line_key(table: OpeningTable, line: OpeningLine) -> str:
    """By which a line is known again: it names its plan, so that no other plan's file is taken for it."""
    return f"rencana-{table.opening.plan_id}-{line.key}"


def opening_workbook(table: OpeningTable) -> bytes:
    book = Book()
    for is_money, name in SHEETS.items():
        lines = [line for line in table.lines if (line.indicator is None) == is_money]
        _write_sheet(book.page(name), table, lines)
    return book.content()


def _write_sheet(page: BookPage, table: OpeningTable, lines: list[OpeningLine]) -> None:
    titles = [
        f"Data awal {table.opening.plan.unit.name}: {spoken(table.places)}",
        f"Menurut {table.opening}.",
        *HOW,
    ]
    for row, title in enumerate(titles, 1):
        page.put_text(row, 1, title, TITLE_LOOK if row == 1 else BOLD_LOOK)
    columns, header = columns_of(lines, table.places), len(titles) + 2
    widths = [*FIXED, *((column.heading, 18) for column in columns), (KEY_HEADING, 26)]
    for number, (heading, width) in enumerate(widths, 1):
        page.put_text(header, number, heading, HEADING)
        page.set_width(number, width)
    page.set_height(header, text_height((width, heading) for heading, width in widths) + 15)
    for row, line in enumerate(lines, header + 1):
        _write_line(page, row, table, line, columns)
    page.sheet.freeze_panes = f"D{header + 1}"
    page.sheet.print_title_rows = f"{header}:{header}"
    fit_to_width(page.sheet, page.sheet.PAPERSIZE_A4)


def _write_line(
    page: BookPage, row: int, table: OpeningTable, line: OpeningLine, columns: list[OpeningColumn]
) -> None:
    measure = line.indicator.measure if line.indicator else "Rp"
    texts = (line.branch.code, line.branch.title, line.name, measure)
    for number, text in enumerate(texts, 1):
        page.put_text(row, number, text, TEXT)
    for number, column in enumerate(columns, len(texts) + 1):
        _write_value(page, row, number, table, line, column)
    page.put_text(row, len(texts) + len(columns) + 1, line_key(table, line), WORD)
    page.set_height(row, text_height(zip((20, 34, 40, 12), texts, strict=True)))


def _write_value(
    page: BookPage, row: int, number: int, table: OpeningTable, line: OpeningLine, column: OpeningColumn
) -> None:
    if column.field not in line.fields:
        page.put_blank(row, number, NOT_ASKED)
        return
    value = table.stored(line, column.place)[column.field]
    text = line.typed(column.field, value)
    if line.scores and text:
        page.put_text(row, number, text, WORD)
        return
    page.put_number(row, number, value, FIGURE, WHOLE if line.indicator is None else SHORT)
