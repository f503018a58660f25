"""What can't be taken of a worksheet: named by its row, across the whole width, with the likely correction; the rest is saved."""

from measurement.models import WorksheetRow
from measurement.rules.sop import RowState
from tests.support.pages import form_of, submit, words
from tests.support.sheets import TEXTS, complete, first_row, money_node, rows_of


def test_one_bad_cell_keeps_all_that_was_typed_and_the_rest_is_saved(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    response = submit(asn, sheet, **complete(first), **{f"realised-{second.pk}": "12%"})
    assert response.status_code == 422
    values = form_of(response)
    assert (values[f"realised-{first.pk}"], values[f"realised-{second.pk}"]) == ("3", "12%")
    assert values[f"obstacle-{first.pk}"] == TEXTS["obstacle"]
    assert [row.realised for row in rows_of(measuring_office.asn)] == [3, None]
    assert "1 isian perlu diperbaiki. Isian lain sudah tersimpan." in words(response)


def test_one_bad_cell_sends_nothing(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    submit(asn, sheet, **complete(first), **{f"realised-{second.pk}": "12%"}, action="send", checked="ya")
    assert RowState.TERKIRIM not in {row.state for row in rows_of(measuring_office.asn)}


def test_the_sentence_stands_at_the_bad_cell(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    page = submit(asn, sheet, **{f"realised-{row.pk}": "12%"}).content.decode()
    assert f'aria-describedby="realised-{row.pk}-error"' in page
    place = f"7.01.02.2.01.0001 {row.name}"
    assert (
        f'<div class="problem" id="realised-{row.pk}-error"><strong>{place}:</strong> “12%” bukan angka'
        in page
    )
    assert f'<a href="#realised-{row.pk}">{place}</a>: “12%” bukan angka' in page


def test_a_problem_spans_its_row_with_the_likely_correction_as_a_button(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    page = submit(asn, sheet, **{f"realised-{row.pk}": "12 kali"})
    assert '<tr class="problems">\n  <td colspan="6">' in page.content.decode()
    assert f'value="realised-{row.pk}=12"' in page.content.decode()
    asn.post(sheet, form_of(page) | {"reading": f"realised-{row.pk}=12"})
    assert first_row(measuring_office).realised == 12


def test_a_letter_for_a_digit_is_never_taken_for_a_unit(measuring_office, asn, sheet):
    """It offered 1, and kept 1 when the page was saved once more."""
    row = first_row(measuring_office)
    page = submit(asn, sheet, **{f"realised-{row.pk}": "1O"})
    assert f'value="realised-{row.pk}=10"' in page.content.decode()
    asn.post(sheet, form_of(page))
    assert first_row(measuring_office).realised is None
    asn.post(sheet, form_of(page) | {"reading": f"realised-{row.pk}=10"})
    assert first_row(measuring_office).realised == 10


def test_money_beyond_the_pagu_offers_what_was_probably_meant(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    page = submit(asn, sheet, **{f"spent-{node.pk}": "5.000.000.000"})
    assert f'value="spent-{node.pk}=5.000.000"' in page.content.decode()
    asn.post(sheet, form_of(page) | {"reading": f"spent-{node.pk}=5.000.000"})
    assert money_node(measuring_office).spent == 5_000_000


def test_a_page_that_refuses_never_says_that_nothing_was_saved(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    page = words(submit(asn, sheet, **{f"realised-{row.pk}": "x"}))
    assert "Belum ada yang disimpan" not in page


def test_parts_the_wrong_way_round_can_be_exchanged_with_one_press(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(accumulation="rasio", measure="%")
    submit(asn, sheet, **{f"numerator-{row.pk}": "40", f"denominator-{row.pk}": "30"})
    page = asn.get(sheet)
    assert "Tukar pembilang dan penyebut" in words(page)
    asn.post(sheet, form_of(page) | {"swap": str(row.pk)})
    row.refresh_from_db()
    assert (row.numerator, row.denominator) == (30, 40)
