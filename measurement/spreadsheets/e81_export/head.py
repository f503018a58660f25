"""The head of Form E.81: titles, and four rows of headings with the numbers of the form's columns."""

from measurement.figures.calculation import Sheet

from ..book import BookPage
from ..styles import BOLD, CENTER, GRID, HEADER_FILL, TITLE, CellLook
from .layout import (
    CENTERED,
    INDICATOR,
    MEASURE,
    NO,
    PROGRAM,
    SASARAN,
    SMALL,
    STRONG,
    UNIT,
    k_column,
    put_merged,
)

FORM = "Formulir E.81 – Evaluasi Terhadap Hasil Renja Perangkat Daerah Lingkup Kabupaten"
HEAD_HEIGHT = 40
MAIN_TITLE, FURTHER_TITLE = CellLook(TITLE, CENTERED), CellLook(BOLD, CENTERED)
HEAD, HEAD_NUMBER = (CellLook(font, CENTER, GRID, HEADER_FILL) for font in (STRONG, SMALL))
FORMULAS = {13: "13 = 9 + 10 + 11 + 12", 14: "14 = 7 + 13", 15: "15 = 14 ÷ 6 × 100"}


def put_titles(page: BookPage, sheet: Sheet) -> int:
    cycle = sheet.cycle
    titles = [
        FORM,
        f"Renja {cycle.unit.name}, {cycle.unit.government}",
        f"Periode Pelaksanaan: {cycle.period}",
        str(cycle.plan),
    ]
    for row, title in enumerate(titles, 1):
        put_merged(page, row, 1, UNIT, title, MAIN_TITLE if row == 1 else FURTHER_TITLE)
    return len(titles) + 2


def put_head(page: BookPage, sheet: Sheet, top: int) -> int:
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
        _heading(page, (top + 3, column, top + 3, column), str(number), HEAD_NUMBER)
    for number, heading in _split_headings(sheet).items():
        column, row = k_column(number), top + 1 if 9 <= number <= 12 else top
        _heading(page, (row, column, top + 1, column + 1), heading)
        _heading(page, (top + 2, column, top + 2, column), "K")
        _heading(page, (top + 2, column + 1, top + 2, column + 1), "Rp")
        _heading(page, (top + 3, column, top + 3, column + 1), FORMULAS.get(number, str(number)), HEAD_NUMBER)
    _heading(
        page,
        (top, k_column(9), top, k_column(12) + 1),
        f"Realisasi Kinerja dan Anggaran pada Triwulan Tahun {sheet.cycle.year}",
    )
    for row in (top, top + 1):
        page.set_height(row, HEAD_HEIGHT)
    return top + 4


def _split_headings(sheet: Sheet) -> dict[int, str]:
    cycle = sheet.cycle
    office = "Perangkat Daerah"
    return {
        6: f"Target Renstra {office} pada Tahun {cycle.plan.end_year} (Akhir Periode Renstra)",
        7: f"Realisasi Capaian Kinerja Renstra {office} s.d. Renja {office} Tahun Lalu ({cycle.year - 1})",
        8: f"Target Kinerja dan Anggaran Renja {office} Tahun Berjalan ({cycle.year})",
        9: "I", 10: "II", 11: "III", 12: "IV",
        13: f"Realisasi Capaian Kinerja dan Anggaran Renja {office} yang Dievaluasi ({cycle.year})",
        14: f"Realisasi Kinerja dan Anggaran Renstra {office} {cycle.period_of_year.to_date} {cycle.year}",
        15: f"Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra {cycle.period_of_year.to_date} {cycle.year} (%)",
    }  # fmt: skip


def _heading(page: BookPage, area: tuple[int, int, int, int], text: str, look: CellLook = HEAD) -> None:
    top, left, bottom, right = area
    page.merge(top, left, bottom, right, look)
    page.put_text(top, left, text, look)
