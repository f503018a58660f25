"""Money is entered once per sub kegiatan, by its owner, and beyond the pagu only with a reason."""

from decimal import Decimal

import pytest

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.sheets import complete, first_row, money_node


def test_asn_can_enter_money_with_thousands(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    assert submit(asn, sheet, **{f"spent-{node.pk}": "2.500.000"}).status_code == 302
    assert money_node(measuring_office).spent == 2_500_000


def test_spending_more_than_the_pagu_asks_for_a_reason(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    refused = submit(asn, sheet, **{f"spent-{node.pk}": "10.000.001"})
    assert refused.status_code == 422
    assert "melebihi pagu" in words(refused)
    assert f"overspend_reason-{node.pk}" in form_of(refused)
    assert money_node(measuring_office).spent is None


def test_spending_more_than_the_pagu_is_kept_with_its_reason(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    refused = submit(asn, sheet, **{f"spent-{node.pk}": "10.000.001"})
    reason = {f"overspend_reason-{node.pk}": "Perubahan anggaran menyusul."}
    assert asn.post(sheet, form_of(refused) | reason).status_code == 302
    kept = money_node(measuring_office)
    assert (kept.spent, kept.overspend_reason) == (10_000_001, "Perubahan anggaran menyusul.")


@pytest.mark.parametrize("amount", ["-1", "1.500,50", "Rp1.000,50", "1e6"])
def test_money_that_is_no_amount_is_refused(measuring_office, asn, sheet, amount):
    node = money_node(measuring_office)
    assert submit(asn, sheet, **{f"spent-{node.pk}": amount}).status_code == 422
    assert money_node(measuring_office).spent is None


def test_money_of_a_stale_page_is_refused_and_kept_on_the_page(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    opened = form_of(asn.get(sheet))
    measuring.save(
        measuring_office.cycle.pk,
        measuring_office.asn,
        [],
        [SheetChange(node.pk, node.version, {"spent": Decimal(5)})],
    )
    response = asn.post(sheet, opened | {f"spent-{node.pk}": "9"})
    assert (response.status_code, money_node(measuring_office).spent) == (409, 5)
    assert form_of(response)[f"spent-{node.pk}"] == "9"


def test_stale_money_takes_the_rows_back_with_it(measuring_office, asn, sheet):
    node, row = money_node(measuring_office), first_row(measuring_office)
    opened = form_of(asn.get(sheet))
    measuring.save(
        measuring_office.cycle.pk,
        measuring_office.asn,
        [],
        [SheetChange(node.pk, node.version, {"spent": Decimal(5)})],
    )
    asn.post(sheet, opened | complete(row) | {f"spent-{node.pk}": "9"})
    row.refresh_from_db()
    assert row.realised is None


def test_a_colleague_cannot_enter_somebody_elses_money(measuring_office, sheet):
    node = money_node(measuring_office)
    submit(
        logged_in(measuring_office.colleague),
        sheet,
        **{f"spent-{node.pk}": "9", f"node_version-{node.pk}": "1"},
    )
    assert money_node(measuring_office).spent is None
