"""Everything of an office in one workbook: text stays text, figures are those of the pages, and nothing of another office is in it."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.models import Person
from measurement.rules.numbers import round_half_up
from tests.support.characters import Office, cycle_at, fresh, office, walk
from tests.support.pages import logged_in

HEAD = 4


def book_of(made: Office) -> openpyxl.Workbook:
    """As the administrator gets it: ordered, made, and downloaded from the page of the order."""
    client = logged_in(made.administrator)
    order = client.post(reverse("office_export"))
    response = client.get(f"{order.url}berkas/")
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def records(book: openpyxl.Workbook, name: str) -> list[dict]:
    rows = list(book[name].iter_rows(min_row=HEAD, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture
def measured(kecamatan) -> Office:
    cycle = cycle_at(kecamatan, "measure")
    kecamatan.cycle = fresh(walk(kecamatan, cycle))
    return kecamatan


def test_every_sheet_says_what_it_is_and_as_of_when(measured):
    book = book_of(measured)
    assert [row[0].value for row in book["Tentang"].iter_rows(min_row=8)] == book.sheetnames[1:]
    assert all("Keadaan " in book[name]["A2"].value for name in book.sheetnames[1:])


def test_a_number_of_a_person_is_text(kecamatan):
    Person.objects.filter(pk=kecamatan.asn.pk).update(nip="198501152010011003")
    book = book_of(kecamatan)
    cell = next(row[0] for row in book["Pegawai"].iter_rows(min_row=HEAD + 1) if row[0].value)
    assert (cell.value, cell.data_type) == ("198501152010011003", "s")


def test_what_looks_like_a_formula_stays_text(kecamatan):
    Person.objects.filter(pk=kecamatan.asn.pk).update(name="=1+1")
    names = [row[1] for row in book_of(kecamatan)["Pegawai"].iter_rows(min_row=HEAD + 1)]
    assert [(cell.data_type, cell.quotePrefix) for cell in names if cell.value == "=1+1"] == [("s", True)]


def test_results_are_those_of_the_calculation(measured):
    sheet = calculate(measured.cycle, sent_only=True)
    shown = {line["Indikator"]: line for line in records(book_of(measured), "Hasil indikator")}
    for figures in sheet.rows.values():
        line = shown[figures.row.name]
        assert line["Capaian s.d. (%)"] == pytest.approx(float(round_half_up(figures.counted.value)))
        assert line["Realisasi s.d."] == figures.to_date.realised
        assert line["Keadaan siklus"] == "arsip"


def test_money_and_the_headline_are_those_of_the_calculation(measured):
    office_figures = calculate(measured.cycle, sent_only=True).office
    line = records(book_of(measured), "Hasil dan anggaran")[-1]
    assert (line["Uraian"], line["Pagu (Rp)"]) == ("Seluruh kantor", office_figures.pagu)
    assert line["Realisasi s.d. (Rp)"] == office_figures.spent_to_date


def test_what_is_still_being_measured_is_named_and_not_shown(kecamatan):
    cycle_at(kecamatan, "measure")
    book = book_of(kecamatan)
    assert records(book, "Hasil indikator") == []
    assert "masih diukur: Triwulan I 2026" in book["Hasil indikator"]["A2"].value


def test_papers_are_listed_with_their_numbers(measured):
    numbers = {line["Nomor"] for line in records(book_of(measured), "Daftar naskah")}
    assert numbers == set(measured.cycle.papers.values_list("number", flat=True))


def test_the_plan_comes_in_the_columns_of_its_import(measured):
    lines = records(book_of(measured), "Rencana 2026-2026")
    assert {line["kode"] for line in lines} >= {"7.01.02.2.01.0001"}
    assert {"tingkat", "indikator", "target_2026", "pagu_2026"} <= set(lines[0])


def test_nothing_of_another_office_is_in_it(kecamatan):
    other = office("416-999")
    cycle_at(other, "measure")
    text = "\n".join(str(row) for sheet in book_of(kecamatan) for row in sheet.iter_rows(values_only=True))
    assert "416-999" not in text


def test_only_the_administrator_exports(kecamatan):
    for somebody in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim, kecamatan.asn):
        for method in ("get", "post"):
            assert getattr(logged_in(somebody), method)(reverse("office_export")).status_code == 403


def test_more_periods_take_as_many_queries(measured):
    def queries() -> int:
        client = logged_in(measured.administrator)
        with CaptureQueriesContext(connection) as captured:
            client.post(reverse("office_export"))
        return len(captured)

    before = queries()
    cycle_at(measured, None, 2)
    assert len({line["Periode"] for line in records(book_of(measured), "Hasil indikator")}) == 2
    assert queries() == before <= 50
