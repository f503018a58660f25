"""Files of realisasi anggaran as offices have them, through the page: nothing is dropped, and what is wrong is named by its cell."""

import pytest
from django.urls import reverse

from tests.support.pages import logged_in, words
from tests.support.spending_files import OTHER, SUB, book, upload

TITLE = ["Realisasi 1 Januari 2026 s.d. 31 Maret 2026"]
HEAD = ["Kode", "Uraian", "Anggaran", "Realisasi"]
PAID = [SUB, "sub_kegiatan uji", 10_000_000, 2_500_000]
REGISTER = ["No", "Nomor SP2D", "Tanggal SP2D", "Jenis", "Kode Sub Kegiatan", "Uraian", "Nilai SP2D"]


@pytest.fixture
def look(measuring_office):
    """The comparison that the page shows of a workbook with these rows."""

    def compare(*rows):
        page = reverse("money_import", args=[measuring_office.cycle.pk])
        response = logged_in(measuring_office.tim).post(page, {"file": upload(book(list(rows)))})
        return response.context["comparison"] or words(response)

    return compare


def wrong(comparison) -> list[tuple[str, str]]:
    return [(cell.cell, cell.sentence) for cell in comparison.wrong]


@pytest.mark.parametrize("shown", ["#REF!", "#DIV/0!", "#N/A"])
def test_a_failed_formula_among_accounts_is_named_and_never_left_out_of_the_sum(look, shown):
    found = look(
        TITLE, HEAD, PAID, ["5.1.02.01.01.0024", "ATK", 6_000_000, 1_500_000], ["5.1.02.01.01.0026", "Cetak", 4_000_000, shown]
    )  # fmt: skip

    assert [cell for cell, _ in wrong(found)] == ["D5"]
    assert f"gagal ({shown})" in wrong(found)[0][1]


def test_a_word_where_money_is_expected_is_named(look):
    found = look(TITLE, HEAD, [SUB, "x", 10_000_000, "n/a"])

    assert wrong(found) == [("D3", "“n/a” bukan uang. Tulis angkanya, atau “-” bila tidak ada.")]


def test_nihil_is_read_as_nothing_spent_and_said(look):
    found = look(TITLE, HEAD, [SUB, "x", 10_000_000, "Nihil"])

    assert found.lines[0].shown["told"] == "Rp0"
    assert "Baris 3: “Nihil” dibaca Rp0." in found.remarks


@pytest.mark.parametrize("nip", ["198501152010011003", "19850115 201001 1 003", "NIP 19850115 201001 1 003"])
def test_the_number_of_who_signs_below_the_table_is_no_money(look, nip):
    found = look(TITLE, HEAD, PAID, [], ["", "", "", "Kepala Dinas Contoh"], ["", "", "", nip])

    assert not found.wrong
    assert found.lines[0].shown["told"] == "Rp2.500.000"


@pytest.mark.parametrize("day", ["15-Jan-26", "15 Jan 2026", "Kamis, 15 Januari 2026", 46037, "15/01/2026"])
def test_days_of_payments_are_read_as_registers_write_them(look, day):
    found = look(["Register SP2D"], REGISTER, [1, "001", day, "LS", SUB, "a", 1_000_000])

    assert not found.wrong
    assert found.lines[0].shown["told"] == "Rp1.000.000"


def test_a_day_with_the_month_first_is_named(look):
    found = look(["Register SP2D"], REGISTER, [1, "001", "01/15/2026", "LS", SUB, "a", 1_000_000])

    assert [cell for cell, _ in wrong(found)] == ["C3"]


def test_uang_persediaan_names_no_sub_kegiatan_and_is_not_asked_about(look):
    found = look(
        ["Register SP2D"],
        REGISTER,
        [1, "001", "15/01/2026", "UP", "", "Uang persediaan", 5_000_000],
        [2, "002", "20/02/2026", "GU", SUB, "b", 1_500_000],
    )

    assert not [question.key for question in found.questions if question.is_open]
    assert any("UP (uang persediaan)" in remark for remark in found.remarks)


def test_columns_of_months_below_realisasi_are_added_up(look):
    found = look(
        ["Realisasi 2026"],
        ["Kode", "Uraian", "Pagu", "Realisasi", "", "", ""],
        ["", "", "", "Januari", "Februari", "Maret", "April"],
        [SUB, "x", 10_000_000, 1_000_000, 1_000_000, 500_000, 9],
    )

    assert found.lines[0].shown["told"] == "Rp2.500.000"


def test_a_sub_kegiatan_that_the_worksheet_lacks_is_asked_about_with_its_money(look):
    found = look(TITLE, HEAD, PAID, [OTHER, "Lain", 5_000_000, 1_000_000])

    asked = next(question for question in found.questions if question.key == "tidak-dikenal")
    assert "Rp1.000.000" in asked.sentence
