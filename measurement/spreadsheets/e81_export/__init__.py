"""Form E.81 as a workbook to be printed and signed: four head rows, sixteen columns of which ten are split into K and Rp, the closing rows.

What stands in the cells comes from `figures.e81`; here is only where it stands and how it looks.
"""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from measurement.figures import e81
from measurement.figures.calculation import Sheet
from measurement.models import Unit

from ..book import Book
from ..tables import fit_to_width
from .body import put_lines, put_totals
from .closing import put_closing, put_notes, put_signature
from .head import put_head, put_titles
from .layout import MEASURE, set_widths

FOLIO = "14"  # 8,5 × 13 inch, as programs call F4
PAPERS = {Unit.PaperSize.A4: Worksheet.PAPERSIZE_A4, Unit.PaperSize.F4: FOLIO}


def e81_workbook(sheet: Sheet) -> bytes:
    """The xlsx of a cycle's Form E.81."""
    book = Book()
    page = book.page("E.81")
    lines = list(e81.form_lines(sheet))
    widths = set_widths(page, lines, sheet)
    first = put_head(page, sheet, put_titles(page, sheet))
    row = put_lines(page, first, lines, sheet, widths)
    row = put_totals(page, row, sheet)
    row = put_closing(page, row, sheet, sum(widths.values()))
    row = put_notes(page, row + 1, sheet, lines, sum(widths.values()))
    put_signature(page, row + 1, sheet.cycle.unit)
    _set_up(page.sheet, first, sheet.cycle.unit)
    return book.content()


def _set_up(sheet: Worksheet, first: int, unit: Unit) -> None:
    sheet.freeze_panes = f"{get_column_letter(MEASURE)}{first}"
    sheet.print_title_rows = f"{first - 4}:{first - 1}"
    sheet.page_margins = PageMargins(left=0.25, right=0.25, top=0.4, bottom=0.5, header=0.2, footer=0.2)
    fit_to_width(sheet, PAPERS[Unit.PaperSize(unit.paper_size)])
