"""Form E.81 as a workbook to be printed and signed: four head rows, sixteen columns of which ten are split into K and Rp, the closing rows.

What stands in the cells comes from `e81`; here is only where it stands and how it looks.
"""

import io
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from measurement.figures import e81
from measurement.figures.calculation import Sheet
from measurement.figures.recap import recap_line
from measurement.models import QUARTER_SHORT, Level, Unit
from measurement.record.officials import post_holder, posts
from measurement.rules.dates import long_date
from measurement.rules.formulas import predicate
from measurement.rules.numbers import show_short
from measurement.rules.sop import Role

from .styles import BOLD, CENTER, GRID, HEADER_FILL, NUMBER, TITLE, WHOLE, put_number, put_text, short_format
from .tables import DASH, fit_to_width, text_height

FORM = "Formulir E.81 – Evaluasi Terhadap Hasil Renja Perangkat Daerah Lingkup Kabupaten"
NO, SASARAN, PROGRAM, INDICATOR, MEASURE, UNIT = 1, 2, 3, 4, 5, 26
SPLIT = range(6, 16)  # the form's columns that have K and Rp
WIDTHS = {NO: 4.5, SASARAN: 15, PROGRAM: 22, INDICATOR: 24, MEASURE: 9, UNIT: 13}
NARROW_K, NARROW_RP, NARROW_LEVEL = 6.5, 9, 8
TEXT, STRONG, SMALL = (
    Font(name="Calibri", size=9),
    Font(name="Calibri", size=9, bold=True),
    Font(name="Calibri", size=8, italic=True),
)
NAME = Font(name="Calibri", size=9, bold=True, underline="single")
LEFT, MIDDLE = (
    Alignment(wrap_text=True, vertical="top"),
    Alignment(horizontal="center", vertical="top", wrap_text=True),
)
NUMBERS = Alignment(horizontal="right", vertical="top", shrink_to_fit=True)
CENTERED = Alignment(horizontal="center")
LINE_HEIGHT, DENSITY, CAPITALS = 12, 1.05, 0.8  # for text in 9 points; capitals fill a line sooner
HEAD_HEIGHT = 40
FOLIO = "14"  # 8,5 × 13 inch, as programs call F4
PAPERS = {Unit.PaperSize.A4: Worksheet.PAPERSIZE_A4, Unit.PaperSize.F4: FOLIO}


def k_column(number: int) -> int:
    """Where K of one of the form's split columns stands; Rp is the next."""
    return 2 * number - 6


def e81_workbook(sheet: Sheet) -> bytes:
    """The xlsx of a cycle's Form E.81."""
    book = Workbook()
    page = book.active
    page.title = "E.81"
    lines = list(e81.form_lines(sheet))
    widths = _set_widths(page, lines, sheet)
    first = _head(page, sheet, _titles(page, sheet))
    row = _body(page, first, lines, sheet, widths)
    row = _totals(page, row, sheet)
    row = _closing(page, row, sheet, sum(widths.values()))
    row = _notes(page, row + 1, sheet, lines, sum(widths.values()))
    _signature(page, row + 1, sheet.cycle.unit)
    _set_up(page, first, sheet.cycle.unit)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _set_widths(page: Worksheet, lines: list[e81.FormLine], sheet: Sheet) -> dict[int, float]:
    """Every number fits its column: as wide as the longest, in units of the program."""
    office = e81.form_money(sheet.office, sheet.cycle.quarter)
    words = [word for _, label in sheet.cycle.rules.levels for word in label.split()]
    widths = dict(WIDTHS)
    for number in SPLIT:
        k = [
            *(_target_text(line, number) or show_short(line.k.get(number)) for line in lines),
            *(words if number == 13 else []),
        ]
        rp = [_money_text(number, values) for values in (office, *(line.rp for line in lines))]
        narrow_k, narrow_rp = (NARROW_LEVEL, NARROW_LEVEL) if number == 15 else (NARROW_K, NARROW_RP)
        widths[k_column(number)], widths[k_column(number) + 1] = (
            max(narrow_k, _width(k)),
            max(narrow_rp, _width(rp)),
        )
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = width
    return widths


def _width(texts: Iterable[str]) -> float:
    return max(map(len, texts), default=0) * 0.85 + 1.5


def _money_text(number: int, values: dict) -> str:
    value = values.get(number)
    return show_short(value) if number == 15 or value is None else f"{value:,.0f}"


def _titles(page: Worksheet, sheet: Sheet) -> int:
    cycle = sheet.cycle
    titles = [
        FORM,
        f"Renja {cycle.unit.name}, {cycle.unit.government}",
        f"Periode Pelaksanaan: {cycle.period}",
        str(cycle.plan),
    ]
    for row, title in enumerate(titles, 1):
        _merged(page, row, 1, UNIT, title, TITLE if row == 1 else BOLD, CENTERED)
    return len(titles) + 2


def _head(page: Worksheet, sheet: Sheet, top: int) -> int:
    """The four head rows from `top` on; the first row below them."""
    headings = {
        NO: (1, "No"),
        SASARAN: (2, "Sasaran"),
        PROGRAM: (3, "Urusan/ Program/ Kegiatan/ Sub Kegiatan"),
        INDICATOR: (4, "Indikator Kinerja"),
    }
    headings |= {MEASURE: (5, "Satuan"), UNIT: (16, "Unit Penanggung Jawab")}
    for column, (number, heading) in headings.items():
        _heading(page, (top, column, top + 2, column), heading)
        _heading(page, (top + 3, column, top + 3, column), str(number), SMALL)
    for number, heading in _split_headings(sheet).items():
        column, row = k_column(number), top + 1 if 9 <= number <= 12 else top
        _heading(page, (row, column, top + 1, column + 1), heading)
        _heading(page, (top + 2, column, top + 2, column), "K")
        _heading(page, (top + 2, column + 1, top + 2, column + 1), "Rp")
        _heading(page, (top + 3, column, top + 3, column + 1), FORMULAS.get(number, str(number)), SMALL)
    _heading(
        page,
        (top, k_column(9), top, k_column(12) + 1),
        f"Realisasi Kinerja dan Anggaran pada Triwulan Tahun {sheet.cycle.year}",
    )
    page.row_dimensions[top].height = page.row_dimensions[top + 1].height = HEAD_HEIGHT
    return top + 4


FORMULAS = {13: "13 = 9 + 10 + 11 + 12", 14: "14 = 7 + 13", 15: "15 = 14 ÷ 6 × 100"}


def _split_headings(sheet: Sheet) -> dict[int, str]:
    cycle = sheet.cycle
    office = "Perangkat Daerah"
    return {
        6: f"Target Renstra {office} pada Tahun {cycle.plan.end_year} (Akhir Periode Renstra)",
        7: f"Realisasi Capaian Kinerja Renstra {office} s.d. Renja {office} Tahun Lalu ({cycle.year - 1})",
        8: f"Target Kinerja dan Anggaran Renja {office} Tahun Berjalan ({cycle.year})",
        9: "I", 10: "II", 11: "III", 12: "IV",
        13: f"Realisasi Capaian Kinerja dan Anggaran Renja {office} yang Dievaluasi ({cycle.year})",
        14: f"Realisasi Kinerja dan Anggaran Renstra {office} s.d. {QUARTER_SHORT[cycle.quarter]} {cycle.year}",
        15: f"Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra s.d. {QUARTER_SHORT[cycle.quarter]} {cycle.year} (%)",
    }  # fmt: skip


def _heading(page: Worksheet, area: tuple[int, int, int, int], text: str, font: Font = STRONG) -> None:
    top, left, bottom, right = area
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            page.cell(row, column).border, page.cell(row, column).fill = GRID, HEADER_FILL
    cell = put_text(page, top, left, text)
    cell.font, cell.alignment = font, CENTER
    page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _body(
    page: Worksheet, first: int, lines: list[e81.FormLine], sheet: Sheet, widths: dict[int, float]
) -> int:
    titles = posts(sheet.cycle.unit)
    for row, line in enumerate(lines, first):
        texts = _texts(line, titles)
        for column in range(1, UNIT + 1):
            page.cell(row, column).border = GRID
        for column, text in texts.items():
            cell = put_text(page, row, column, text)
            cell.font = STRONG if _is_strong(line) and column in (SASARAN, PROGRAM) else TEXT
            cell.alignment = MIDDLE if column in (NO, MEASURE) else LEFT
        for number in SPLIT:
            if line.row:
                _put_k(page, row, k_column(number), line, number)
            if line.is_first:
                _put_value(
                    page, row, k_column(number) + 1, line.rp.get(number), NUMBER if number == 15 else WHOLE
                )
        page.row_dimensions[row].height = _height((widths[column], text) for column, text in texts.items())
    return first + len(lines)


def _height(texts: Iterable[tuple[float, str]]) -> float:
    return text_height(
        ((width * (CAPITALS if text.isupper() else 1), text) for width, text in texts), LINE_HEIGHT, DENSITY
    )


def _is_strong(line: e81.FormLine) -> bool:
    return line.branch.node.level in (Level.SASARAN, Level.PROGRAM)


def _texts(line: e81.FormLine, titles: dict[int, str]) -> dict[int, str]:
    node = line.branch.node
    owner = line.row.row.owner if line.row else node.owner
    texts = {NO: str(line.number), UNIT: titles.get(owner.pk, owner.name) if owner else DASH}
    if line.is_first:
        texts[SASARAN if node.level == Level.SASARAN else PROGRAM] = f"{node.code} {node.name}"
    if line.row:
        texts |= {INDICATOR: line.row.row.name, MEASURE: line.row.row.measure}
    return texts


def _target_text(line: e81.FormLine, number: int) -> str:
    """A value that people read as a word or a span: the bounds of a range, a predicate's name; "" for a plain number."""
    definition = line.row.row if line.row else None
    if definition is None:
        return ""
    if definition.has_bounds and number in (6, 8):
        return definition.shown_target(None)
    return definition.shown(line.k.get(number)) if definition.scores and number < 15 else ""


def _put_k(page: Worksheet, row: int, column: int, line: e81.FormLine, number: int) -> None:
    text, value = _target_text(line, number), line.k.get(number)
    if text:
        cell = put_text(page, row, column, text)
        cell.font, cell.alignment = TEXT, NUMBERS
    else:
        _put_value(page, row, column, value, NUMBER if number == 15 else short_format(value))


def _put_value(
    page: Worksheet, row: int, column: int, value: Decimal | None, number_format: str, font: Font = TEXT
) -> None:
    cell = (
        put_text(page, row, column, DASH)
        if value is None
        else put_number(page, row, column, value, number_format)
    )
    cell.font, cell.alignment, cell.border = font, NUMBERS, GRID


def _totals(page: Worksheet, row: int, sheet: Sheet) -> int:
    """Sum of the money, mean capaian and serapan with their predicates; the mean says what it counted."""
    office, rules, at = sheet.office, sheet.cycle.rules, k_column(13)
    _merged(page, row, 1, MEASURE, "Jumlah", STRONG, LEFT, GRID)
    money = e81.form_money(office, sheet.cycle.quarter)
    for column in range(MEASURE + 1, UNIT + 1):
        page.cell(row, column).border = GRID
    for number in SPLIT:
        _put_value(
            page, row, k_column(number) + 1, money.get(number), NUMBER if number == 15 else WHOLE, STRONG
        )
    labels = (
        f"Rata-rata capaian kinerja dan serapan anggaran s.d. {sheet.cycle.period} (%)",
        "Predikat kinerja",
    )
    remarks = (recap_line(office)["counted"], f"Skala predikat: {rules.scale}")
    for line, (label, remark) in enumerate(zip(labels, remarks, strict=True), row + 1):
        _merged(page, line, 1, at - 1, label, STRONG, LEFT, GRID)
        _merged(page, line, at + 2, UNIT, remark, TEXT, LEFT, GRID)
        page.row_dimensions[line].height = 2 * LINE_HEIGHT
    for column, figure in enumerate((office.capaian.figure, office.serapan), at):
        _put_value(page, row + 1, column, figure.value, NUMBER, STRONG)
        cell = put_text(page, row + 2, column, predicate(figure, rules.levels) or DASH)
        cell.font, cell.alignment, cell.border = STRONG, MIDDLE, GRID
    return row + 3


def _closing(page: Worksheet, row: int, sheet: Sheet, width: float) -> int:
    """The four texts that end the form, each under its own line."""
    sections = {
        "Faktor pendorong keberhasilan pencapaian kinerja": e81.form_remarks(sheet, "driver"),
        "Faktor penghambat pencapaian kinerja": e81.form_remarks(sheet, "obstacle"),
        "Tindak lanjut yang diperlukan dalam triwulan berikutnya": e81.form_remarks(sheet, "follow_up"),
        "Tindak lanjut yang diperlukan dalam Renja Perangkat Daerah Kabupaten berikutnya": e81.suggestions(
            sheet
        ),
    }
    for heading, texts in sections.items():
        for text in (f"{heading}:", *(texts or [DASH])):
            _merged(page, row, 1, UNIT, text, STRONG if text == f"{heading}:" else TEXT, LEFT, GRID)
            page.row_dimensions[row].height = _height([(width, text)])
            row += 1
    return row


def _notes(page: Worksheet, first: int, sheet: Sheet, lines: list[e81.FormLine], width: float) -> int:
    for row, note in enumerate(["Keterangan:", *e81.form_notes(sheet, lines)], first):
        _merged(page, row, 1, UNIT, note, SMALL, LEFT)
        page.row_dimensions[row].height = _height([(width, note)])
    return row + 1


def _signature(page: Worksheet, row: int, unit: Unit) -> None:
    """Town, date and whoever is Camat today; the room between is for the signature."""
    signed = post_holder(unit, Role.CAMAT)
    left, lines = (
        k_column(13),
        [
            f"{unit.town}, {long_date(timezone.localdate())}",
            signed["title"],
            "",
            "",
            "",
            signed["name"],
            signed["grade"],
        ],
    )
    if signed["nip"]:
        lines.append(f"NIP {signed['nip']}")
    for place, text in enumerate(lines):
        _merged(page, row + place, left, UNIT, text, NAME if place == 5 else TEXT, CENTER)


def _set_up(page: Worksheet, first: int, unit: Unit) -> None:
    page.freeze_panes = page.cell(first, MEASURE).coordinate
    page.print_title_rows = f"{first - 4}:{first - 1}"
    page.page_margins = PageMargins(left=0.25, right=0.25, top=0.4, bottom=0.5, header=0.2, footer=0.2)
    fit_to_width(page, PAPERS[Unit.PaperSize(unit.paper_size)])


def _merged(
    page: Worksheet,
    row: int,
    left: int,
    right: int,
    text: str,
    font: Font,
    alignment: Alignment,
    border: Border | None = None,
) -> None:
    """A text across several columns of one row."""
    if border:
        for column in range(left, right + 1):
            page.cell(row, column).border = border
    cell = put_text(page, row, left, text)
    cell.font, cell.alignment = font, alignment
    page.merge_cells(start_row=row, start_column=left, end_row=row, end_column=right)
