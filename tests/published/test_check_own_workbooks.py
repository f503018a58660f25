"""Our own recap, kertas kerja and Form E.81, given back to the checker: their figures agree, and a changed one is found."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.base import ContentFile

from measurement.figures.calculation import calculate
from measurement.models import PlanNode, WorksheetRow
from measurement.published.comparing import FigureVerdict
from measurement.published.table_check import check_table
from measurement.rules.sop import RowState
from measurement.spreadsheets import e81_export, recap_export, worksheet_export
from tests.spreadsheets.test_workbooks import cycle
from tests.support.characters import add_indicator, cycle_at

WORKBOOKS = {
    "rekap": recap_export.recap_workbook,
    "kertas kerja": worksheet_export.worksheet_workbook,
    "E.81": e81_export.e81_workbook,
}
__all__ = ["cycle"]  # a fixture

LAST = {"accumulation": "posisi_akhir"}
OTHER_INDICATORS = (
    ("sasaran", {"method": "maksimum", **LAST}),
    ("program", {"method": "minimum"}),
    ("kegiatan", {"method": "rentang_turun", "low": 7, "high": 8, "accumulation": "rata_rata"}),
    ("kegiatan", {"accumulation": "rasio", "measure": "%"}),
    ("sub_kegiatan", {"method": "ya_tidak", **LAST}),
    ("sub_kegiatan", {"method": "stabil"}),
    ("sub_kegiatan", {"method": "minimum_rasio"}),
)


@pytest.fixture
def sheet(cycle):
    """The figures once everything is sent: drafts enter no mean."""
    WorksheetRow.objects.filter(cycle=cycle).update(state=RowState.TERKIRIM)
    return calculate(cycle)


def given_back(content: bytes):
    return check_table(ContentFile(content, "kembali.xlsx"))


def changed(content: bytes, value, new) -> bytes:
    """The workbook with the first cell of this value replaced."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell for row in book.active.iter_rows() for cell in row)
    next(
        cell for cell in cells if isinstance(cell.value, float) and abs(cell.value - value) < 0.001
    ).value = new
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", WORKBOOKS)
def test_our_own_workbook_agrees(sheet, name):
    found = given_back(WORKBOOKS[name](sheet))

    assert found.counts[FigureVerdict.DIFFERENT] == found.counts[FigureVerdict.ROUNDED] == 0
    assert found.counts[FigureVerdict.EQUAL] >= 10
    assert found.counts[FigureVerdict.UNCOMPUTABLE] <= 1


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("rekap", 91.6667, "rata-rata di bawahnya"),
        ("kertas kerja", 83.3333, "capaian s.d. TW"),
        ("E.81", 20.8333, "capaian"),
    ],
)
def test_a_changed_figure_of_our_own_workbook_is_found(sheet, name, value, what):
    found = given_back(changed(WORKBOOKS[name](sheet), value, 99.9))

    differing = [
        one.title for row in found.rows for one in row.given if one.check.verdict == FigureVerdict.DIFFERENT
    ]
    assert what in differing


def test_branches_with_indicators_and_methods_of_every_kind_agree(kecamatan):
    nodes = {node.level: node for node in PlanNode.objects.filter(plan=kecamatan.sub.plan)}
    for place, (level, values) in enumerate(OTHER_INDICATORS, 20):
        add_indicator(kecamatan, f"Indikator {place}", place, nodes[level], **values)
    measured = cycle_at(kecamatan, "measure")
    WorksheetRow.objects.filter(cycle=measured).update(
        state=RowState.TERKIRIM, realised=Decimal("2.5"), numerator=1, denominator=50
    )
    found = {name: given_back(make(calculate(measured))) for name, make in WORKBOOKS.items()}

    for table in found.values():
        assert table.counts[FigureVerdict.DIFFERENT] == table.counts[FigureVerdict.ROUNDED] == 0
    assert found["kertas kerja"].counts[FigureVerdict.EQUAL] == 22  # 9 indicators twice, 4 branches
    assert found["E.81"].counts[FigureVerdict.EQUAL] >= 25
