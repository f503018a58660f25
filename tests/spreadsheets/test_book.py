"""A workbook is written from the top down; whatever is put into it stands there when a program opens it."""

import io
import zipfile
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from measurement.spreadsheets.book import LONGEST_TEXT, OPEN_ROWS, Book
from measurement.spreadsheets.styles import BOLD, GRID, HEADING, PLAIN, CellLook

GRIDDED = CellLook(GRID, BOLD)


def opened(book: Book) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(book.content()))


def of_numbers(*values) -> list:
    """What stands in the cells of a row into which these were put."""
    book = Book()
    page = book.page("Angka")
    for column, value in enumerate(values, 1):
        page.put_number(1, column, value, PLAIN, "dd-mm-yyyy hh:mm" if isinstance(value, date | time) else "")
    return [cell.value for cell in opened(book).active[1]]


def of_texts(*texts: str) -> list:
    book = Book()
    page = book.page("Teks")
    for row, text in enumerate(texts, 1):
        page.put_text(row, 1, text)
    return [row[0] for row in opened(book).active.iter_rows(min_row=1, max_row=len(texts))]


def test_numbers_stay_what_they_are():
    assert of_numbers(3, Decimal("0.125"), Decimal("999999999999999"), Fraction(1, 3), -2.5, True) == [
        3, 0.125, 999999999999999, pytest.approx(1 / 3), -2.5, True,
    ]  # fmt: skip


def test_dates_and_times_stay_what_they_are():
    day, moment = of_numbers(date(2026, 3, 1), time(7, 30))
    assert (day.date(), day.time(), moment) == (date(2026, 3, 1), time(), time(7, 30))


@pytest.mark.parametrize(
    "text", ["=1+1", "+62", "@SUM(1;1)", "-", "\tTab", "<b>&amp; “q” ]]>", "  spasi  ", "baris\r\ndua\n", "😀 مرحبا", "#N/A", "1" * 18],
)  # fmt: skip
def test_a_text_stays_that_text(text):
    (cell,) = of_texts(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@\t\r")


def test_what_no_file_can_hold_is_left_out_of_a_text():
    assert [cell.value for cell in of_texts("a\x01b\x0b", "\ud800", "x" * (LONGEST_TEXT + 9))] == [
        "ab", None, "x" * LONGEST_TEXT,
    ]  # fmt: skip


def test_cells_may_be_put_in_any_order_into_the_last_rows():
    book = Book()
    page = book.page("Judul")
    page.merge(1, 2, OPEN_ROWS, 2, HEADING)
    page.put_text(1, 2, "Judul", HEADING)
    page.put_text(OPEN_ROWS, 1, "kiri")
    page.put_text(1, 1, "atas")
    sheet = opened(book).active
    assert [str(area) for area in sheet.merged_cells.ranges] == [f"B1:B{OPEN_ROWS}"]
    assert [sheet["A1"].value, sheet["B1"].value, sheet[f"A{OPEN_ROWS}"].value] == ["atas", "Judul", "kiri"]
    assert sheet["B1"].font.bold


def test_a_row_that_was_written_takes_nothing_more():
    page = Book().page("Rencana")
    for row in range(1, OPEN_ROWS + 2):
        page.put_text(row, 1, "x")
    for late in (lambda: page.put_text(1, 2, "terlambat"), lambda: page.set_height(1, 30)):
        with pytest.raises(ValueError, match="row 1 is written"):
            late()


def test_a_look_fills_only_cells_that_hold_nothing():
    book = Book()
    page = book.page("Isi")
    page.put_text(1, 2, "ada", HEADING)
    page.fill(1, 1, 3, GRIDDED)
    cells = opened(book).active[1]
    assert [cell.value for cell in cells] == [None, "ada", None]
    assert [cell.border.left.style for cell in cells] == ["thin"] * 3
    assert [cell.fill.fill_type for cell in cells] == [None, "solid", None]


def test_a_sheet_says_how_far_it_reaches():
    book = Book()
    book.page("Kosong")
    book.page("Isi").put_text(70, 28, "x")
    with zipfile.ZipFile(io.BytesIO(book.content())) as parts:
        sheets = [parts.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
    assert '<dimension ref="A1:A1"' in sheets[0]
    assert '<dimension ref="A1:AB70"' in sheets[1]


def test_the_same_look_is_kept_once():
    book = Book()
    page = book.page("Tabel")
    for row in range(1, 2000):
        page.put_text(row, 1, "x", GRIDDED)
        page.put_number(row, 2, row, GRIDDED, "0.00")
    assert len(opened(book)._cell_styles) == 3
