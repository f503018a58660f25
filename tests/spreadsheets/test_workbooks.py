"""The workbooks say what the calculation says, and text stays text."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.models import Indicator, WorksheetRow
from measurement.rules.sop import RowState
from measurement.spreadsheets import recap_export, worksheet_export
from tests.support.characters import add_indicator, cycle_at, fill, fresh
from tests.support.pages import logged_in
from tests.support.workbooks import Workbook

FORMULA = '=cmd|" /C calc"!A1'


@pytest.fixture
def cycle(kecamatan):
    """A cycle with filled rows, one of them with a hostile text and a figure that doesn't come out even."""
    cycle = cycle_at(kecamatan, "measure")
    fill(kecamatan, cycle)
    WorksheetRow.objects.filter(cycle=cycle, position=0).update(
        analysis=FORMULA, realised=Decimal("2.5"), obstacle="@SUM(1;1)"
    )
    return cycle


def table_of(content: bytes) -> tuple[list, list[dict]]:
    """The sheet's cells as dictionaries by heading; the header is the frozen row."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    header = int("".join(filter(str.isdigit, sheet.freeze_panes))) - 1
    headings = [cell.value for cell in sheet[header]]
    return sheet, [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=header + 1)]


def test_worksheet_numbers_are_those_of_the_calculation(cycle):
    calculated = calculate(cycle)

    _, rows = table_of(worksheet_export.worksheet_workbook(calculated))

    shown = {row["Indikator"].value: row for row in rows if row["Indikator"].value}
    assert len(shown) == len(calculated.rows)
    for figures in calculated.rows.values():
        row = shown[figures.row.name]
        assert row["Capaian s.d. TW (%)"].value == pytest.approx(float(figures.capaian.value))
        assert row["Realisasi TW"].value == pytest.approx(float(figures.realised))
        assert row["Capaian s.d. TW (%)"].number_format == "#,##0.00"


def test_a_remark_says_nothing_twice(kecamatan):
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(schedule="4")
    cycle = cycle_at(kecamatan, "measure", 2)

    _, rows = table_of(worksheet_export.worksheet_workbook(calculate(cycle)))

    remarks = [row["Keterangan"].value for row in rows if row["Indikator"].value]
    assert remarks == ["Belum waktunya: diukur setahun sekali (TW IV).", "Belum diisi"]


def test_recap_numbers_are_those_of_the_calculation(cycle):
    cycle.rows.update(state=RowState.TERKIRIM)
    calculated = calculate(fresh(cycle))

    _, rows = table_of(recap_export.recap_workbook(calculated))

    branches = [branch for _, branch in calculated.nodes()] + [calculated.office]
    assert len(rows) == len(branches)
    for row, branch in zip(rows, branches, strict=True):
        assert row["Capaian s.d. TW (%)"].value == pytest.approx(float(branch.capaian.figure.value))
        assert (row["Pagu (Rp)"].value, row["Realisasi TW (Rp)"].value) == (branch.pagu, branch.spent)


def test_formula_in_a_text_stays_text(cycle):
    _, rows = table_of(worksheet_export.worksheet_workbook(calculate(cycle)))

    cell = next(row["Analisis"] for row in rows if row["Analisis"].value)
    assert (cell.value, cell.data_type) == (FORMULA, "s")


def test_control_characters_and_surrogates_do_not_break_the_workbook(cycle):
    WorksheetRow.objects.filter(cycle=cycle, position=0).update(analysis="a\x01b\x0b😀 مرحبا")

    _, rows = table_of(worksheet_export.worksheet_workbook(calculate(cycle)))

    assert "ab😀 مرحبا" in [row["Analisis"].value for row in rows]


def test_missing_figure_is_a_dash_with_its_reason(cycle):
    WorksheetRow.objects.filter(cycle=cycle, position=0).update(realised=None)

    _, rows = table_of(worksheet_export.worksheet_workbook(calculate(cycle)))

    row = next(row for row in rows if row["Indikator"].value == "Jumlah laporan 1")
    assert (row["Capaian s.d. TW (%)"].value, row["Realisasi TW"].value) == ("–", None)
    assert row["Keterangan"].value == "Belum diisi"


def test_worksheet_of_one_person_has_only_their_rows(cycle, kecamatan):
    WorksheetRow.objects.filter(cycle=cycle, position=0).update(owner=kecamatan.tim)

    _, rows = table_of(worksheet_export.worksheet_workbook(calculate(cycle), kecamatan.tim))

    assert [row["Indikator"].value for row in rows if row["Indikator"].value] == ["Jumlah laporan 1"]
    assert {row["Pagu (Rp)"].value for row in rows} == {None}


def test_titles_name_office_period_and_source(cycle):
    sheet, _ = table_of(worksheet_export.worksheet_workbook(calculate(cycle)))

    titles = [sheet.cell(row, 1).value for row in (1, 2, 3)]
    assert titles == [
        "Kertas Kerja Pengukuran Data Kinerja Triwulan I 2026",
        "Kecamatan 416-317, Pemerintah Kabupaten Uji",
        "Angka uji.",
    ]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$5:$5")


def test_form_to_fill_in_shows_a_quotient_of_earlier_periods_as_a_number(kecamatan):
    cycle = cycle_at(kecamatan, "measure", 2)
    earlier = [{"realised": None, "numerator": "2", "denominator": "3"}]
    WorksheetRow.objects.filter(cycle=cycle, position=0).update(accumulation="rasio", earlier=earlier)

    answer = logged_in(kecamatan.asn).get(reverse("worksheet_form", args=[cycle.pk]))

    before = Workbook(answer.content).cell("Realisasi s.d. TW lalu")
    assert (before.value, before.number_format) == (pytest.approx(200 / 3), "#,##0.00")
    assert before.alignment.horizontal == "right"


def test_worksheet_costs_the_same_queries_for_more_rows(kecamatan):
    for number in range(8):
        add_indicator(kecamatan, f"Jumlah dokumen {number}", 10 + number)
    cycle = cycle_at(kecamatan, "measure")
    sheet = calculate(cycle)

    with CaptureQueriesContext(connection) as found:
        worksheet_export.worksheet_workbook(sheet)

    assert len(found) == 0


def test_a_quotient_keeps_its_value_and_shows_two_decimals(cycle):
    WorksheetRow.objects.filter(cycle=cycle, position=0).update(
        accumulation="rasio", numerator=1, denominator=3
    )
    calculated = calculate(cycle)
    _, rows = table_of(worksheet_export.worksheet_workbook(calculated))
    row = next(row for row in rows if row["Pembilang"].value)
    assert row["Realisasi TW"].value == pytest.approx(100 / 3)
    assert row["Realisasi TW"].number_format == row["Capaian s.d. TW (%)"].number_format == "#,##0.00"
    assert row["Pembilang"].number_format == "#,##0"
