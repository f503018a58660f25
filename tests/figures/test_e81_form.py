"""The workbook of form E.81: its lines and columns, closing rows, notes, signature and print."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from measurement.figures import e81
from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, Unit
from measurement.spreadsheets.e81_export.layout import k_column
from tests.figures.test_e81 import earlier, the_row, third_quarter
from tests.support.characters import add_indicator, cycle_at, fresh
from tests.support.pages import logged_in, words

FIRST_ROW = 10
INDICATOR = 4


def page_of(client, cycle):
    response = client.get(reverse("e81_xlsx", args=[cycle.pk]))
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


@pytest.fixture
def cycle(kecamatan) -> MeasurementCycle:
    return kecamatan.once(third_quarter)


@pytest.fixture
def page(cycle, kecamatan):
    """Read the workbook as it is now."""
    return lambda: page_of(logged_in(kecamatan.tim), fresh(cycle))


def texts_of(page) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def line_of(page, text: str) -> int:
    """The number of the line that has this text."""
    return next(cell.row for row in page.iter_rows() for cell in row if cell.value == text)


def test_the_line_of_the_sub_kegiatan_stands_as_real_numbers(cycle, page):
    the_row(cycle, target_plan=Decimal("60.5"), earlier=earlier("2", "3"))
    sheet = page()
    line = line_of(sheet, "Jumlah laporan 1")
    assert [sheet.cell(line, k_column(number)).value for number in (6, 7, 8, 9, 10, 11, 12, 13)] == [
        60.5,
        "–",
        12,
        2,
        3,
        3,
        "–",
        8,
    ]
    assert [sheet.cell(line, k_column(number)).number_format for number in (6, 13, 15)] == [
        "#,##0.0",
        "#,##0",
        "#,##0.00",
    ]
    assert (sheet.cell(line, k_column(8) + 1).value, sheet.cell(line, k_column(13) + 1).value) == (
        10_000_000,
        2_000_000,
    )


def test_a_further_indicator_repeats_neither_branch_nor_money(page):
    sheet = page()
    line = line_of(sheet, "Jumlah laporan 2")
    assert [sheet.cell(line, column).value for column in (2, 3)] == [None, None]
    assert [sheet.cell(line, k_column(number) + 1).value for number in range(6, 16)] == [None] * 10


def test_sixteen_columns_are_numbered_and_their_formulas_printed(page):
    numbers = [cell.value for cell in page()[FIRST_ROW - 1] if cell.value]
    assert numbers == [
        *map(str, range(1, 13)),
        "13 = 9 + 10 + 11 + 12",
        "14 = 7 + 13",
        "15 = 14 ÷ 6 × 100",
        "16",
    ]


def test_closing_rows_give_mean_serapan_and_predicates(cycle, page):
    cycle.rows.update(state="terkirim")  # a draft is no part of what the office reached
    sheet, office = page(), calculate(fresh(cycle)).office
    line = line_of(sheet, "Capaian kinerja perangkat daerah s.d. Triwulan III 2026 (%)")
    at = k_column(13)
    assert sheet.cell(line, at).value == pytest.approx(float(office.capaian.figure.value))
    assert sheet.cell(line, at + 1).value == 20
    assert sheet.cell(line, at + 2).value == "1 dari 1 sasaran dihitung"
    assert [sheet.cell(line + 1, column).value for column in (at, at + 1)] == [
        office.predicate,
        "Sangat Rendah",
    ]


def test_closing_texts_stand_once_with_their_codes(cycle, page):
    MeasurementCycle.objects.filter(pk=cycle.pk).update(suggestions="Tambah petugas.\n\nPerbaiki register.")
    the_row(cycle, obstacle="", follow_up="")
    cycle.rows.update(obstacle="")
    found = texts_of(page())
    assert found.count("7.01.02.2.01.0001: Kerja sama yang baik.") == 1
    assert found[found.index("Faktor penghambat pencapaian kinerja:") + 1] == "–"
    assert {"Tambah petugas.", "Perbaiki register."} <= set(found)


def test_many_and_long_texts_stay_readable(cycle, kecamatan):
    sheet = calculate(fresh(cycle))
    sheet.cycle.suggestions = "\n".join(f"Saran {number} " + "kata " * 200 for number in range(20))
    found = e81.suggestions(sheet)
    assert len(found) == 13
    assert max(map(len, found)) <= e81.LONGEST + 2
    assert found[-1] == "… dan 8 catatan lain, selengkapnya pada kertas kerja."


def test_notes_name_the_lines_that_are_not_as_the_form_says(cycle):
    the_row(cycle, method="minimum", accumulation="rata_rata", years_before={"2025": "1"})
    sheet = calculate(fresh(cycle))
    notes = " ".join(e81.form_notes(sheet, list(e81.form_lines(sheet))))
    assert "Kolom 7: realisasi tahun 2025 menurut arsip akhir tahun." in notes
    assert "Kolom 13 dan 14 untuk nomor 4:" in notes
    assert "Kolom 15 untuk nomor 4:" in notes


def test_notes_say_that_no_year_before_is_known(cycle):
    sheet = calculate(fresh(cycle))
    notes = e81.form_notes(sheet, list(e81.form_lines(sheet)))
    assert "Kolom 7: belum ada tahun sebelumnya yang diarsipkan." in notes
    assert not [note for note in notes if "untuk nomor" in note]


def test_text_that_begins_like_a_formula_stays_text(cycle, page):
    the_row(cycle, name='=cmd|" /C calc"!A1', measure="@SUM(1)")
    MeasurementCycle.objects.filter(pk=cycle.pk).update(suggestions="=1+1")
    sheet = page()
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "@"))]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]


def test_a_range_and_a_predicate_are_shown_as_people_read_them(cycle, page):
    the_row(cycle, method="rentang", low=6, high=7)
    cycle.rows.filter(position=1).update(
        method="predikat", score_scale="WTP=4, WDP=3", target_plan=4, realised=3, accumulation="posisi_akhir"
    )
    sheet = page()
    span, word = line_of(sheet, "Jumlah laporan 1"), line_of(sheet, "Jumlah laporan 2")
    assert sheet.cell(span, k_column(6)).value == "6–7"
    assert [sheet.cell(word, k_column(number)).value for number in (6, 11, 15)] == ["WTP (4)", "WDP (3)", 75]


def test_the_camat_signs_with_post_and_nip(cycle, page, kecamatan):
    kecamatan.camat.nip = "197006261990031006"
    kecamatan.camat.save()
    found = texts_of(page())
    assert found[-4].startswith("Uji, ")
    assert found[-3:] == ["Camat", kecamatan.camat.name, "NIP 19700626 199003 1 006"]


@pytest.mark.parametrize(("size", "code"), [("A4", 9), ("F4", 14)])
def test_it_prints_landscape_on_the_offices_paper_with_its_head_on_every_page(cycle, page, size, code):
    Unit.objects.update(paper_size=size)
    sheet = page()
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", code)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$6:$9", "E10")


def test_long_names_and_large_numbers_do_not_break_it(cycle, page):
    Unit.objects.update(name="K" * 120)
    the_row(cycle, name="Panjang " * 75, target_plan=Decimal("123456789012345"))
    sheet = page()
    assert sheet.row_dimensions[line_of(sheet, "Panjang " * 75)].height > 200
    assert sheet.column_dimensions["F"].width > len("123.456.789.012.345") * 0.85


def test_branch_without_indicator_and_owner_keeps_its_money_line(cycle, page):
    cycle.nodes.filter(level="program").update(owner=None)
    sheet = page()
    line = line_of(sheet, "7.01.02 program uji")
    assert (
        sheet.cell(line, INDICATOR).value,
        sheet.cell(line, k_column(8) + 1).value,
        sheet.cell(line, 26).value,
    ) == (
        None,
        10_000_000,
        "–",
    )


def test_recap_and_cycle_page_lead_to_it(cycle, kecamatan):
    client, address = logged_in(kecamatan.camat), reverse("e81_xlsx", args=[cycle.pk])
    for name in ("recap", "cycle"):
        response = client.get(reverse(name, args=[cycle.pk]))
        assert address in response.content.decode()
        assert "Formulir E.81" in words(response)


def test_a_stranger_finds_no_form(cycle, neighbour):
    assert logged_in(neighbour.camat).get(reverse("e81_xlsx", args=[cycle.pk])).status_code == 404


def test_a_new_indicator_is_one_more_line(kecamatan):
    add_indicator(kecamatan, "Jumlah dokumen", 10)
    sheet = page_of(logged_in(kecamatan.tim), cycle_at(kecamatan, "measure"))
    assert sheet.cell(line_of(sheet, "Jumlah dokumen"), 1).value == "6"
