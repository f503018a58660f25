"""What is typed is saved while it is typed: cell by cell, never over somebody else's value, and no step ends by it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.figures.hints import HintKind
from measurement.models import WorksheetRow
from measurement.rules.sop import RowState, State
from measurement.views.worksheet import autosave
from tests.support.characters import fresh, row_values
from tests.support.pages import logged_in, words
from tests.support.sheets import first_row, money_node, rows_of

MOST_TO_SAVE = 13  # with the session, the person, the lock, and both ends of the transaction


@pytest.fixture
def address(measuring_office) -> str:
    return reverse("autosave", args=[measuring_office.cycle.pk])


def typed(row: WorksheetRow, version: int | None = None, **cells) -> dict:
    """The cells of one row as the page's script posts them."""
    return {f"version-{row.pk}": version or row.version} | {
        f"{name}-{row.pk}": value for name, value in cells.items()
    }


def test_a_cell_is_saved_and_the_answer_shows_what_it_means(measuring_office, asn, address):
    row = first_row(measuring_office)
    answer = asn.post(address, typed(row, realised="3")).json()
    row.refresh_from_db()
    assert (row.realised, row.state, row.version) == (3, RowState.DRAF, 2)
    assert answer["versions"] == {f"version-{row.pk}": "2"}
    assert answer["stored"] == {f"realised-{row.pk}": "3"}
    assert "100,00 %" in answer["fragments"][f"hasil-{row.pk}"]
    assert "Draf" in answer["fragments"][f"keadaan-{row.pk}"]
    assert "Masih kurang" in answer["fragments"][f"kurang-{row.pk}"]


def test_the_same_post_again_after_a_lost_answer_changes_nothing_and_tells_the_version(
    measuring_office, asn, address
):
    row = first_row(measuring_office)
    asn.post(address, typed(row, realised="3"))
    again = asn.post(address, typed(row, realised="3")).json()
    assert (again["stale"], again["versions"]) == ([], {f"version-{row.pk}": "2"})


def test_a_bad_cell_does_not_hold_up_the_others(measuring_office, asn, address):
    first, second = rows_of(measuring_office.asn)
    answer = asn.post(
        address, typed(first, realised="12%", analysis="Sudah sesuai jadwal.") | typed(second, realised="2")
    ).json()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.realised, first.analysis, second.realised) == (None, "Sudah sesuai jadwal.", 2)
    assert list(answer["errors"]) == [f"realised-{first.pk}"]


def test_a_number_with_two_readings_comes_back_with_the_likely_one(measuring_office, asn, address):
    row = first_row(measuring_office)
    answer = asn.post(address, typed(row, realised="1.234")).json()
    assert answer["likely"] == {f"realised-{row.pk}": "1234"}
    assert first_row(measuring_office).realised is None


def test_a_stale_row_is_not_written_and_both_values_are_known(measuring_office, asn, address):
    row = first_row(measuring_office)
    measuring.save(
        measuring_office.cycle.pk,
        measuring_office.asn,
        [SheetChange(row.pk, row.version, {"realised": Decimal(5)})],
    )
    answer = asn.post(address, typed(row, realised="3")).json()
    row.refresh_from_db()
    assert row.realised == 5
    assert answer["stale"] == [f"version-{row.pk}"]
    assert answer["stored"][f"realised-{row.pk}"] == "5"
    assert f"analysis-{row.pk}" in answer["stored"], (
        "every cell of a stale row is told, so that the page can take over the rest"
    )


def test_stale_money_leaves_the_rows_beside_it(measuring_office, asn, address):
    row, node = first_row(measuring_office), money_node(measuring_office)
    measuring.save(
        measuring_office.cycle.pk,
        measuring_office.asn,
        [],
        [SheetChange(node.pk, node.version, {"spent": Decimal(5)})],
    )
    data = typed(row, realised="3") | {f"spent-{node.pk}": "9", f"node_version-{node.pk}": node.version}
    answer = asn.post(address, data).json()
    row.refresh_from_db()
    assert (row.realised, money_node(measuring_office).spent) == (3, 5)
    assert answer["stale"] == [f"node_version-{node.pk}"]


def test_money_tells_the_new_serapan(measuring_office, asn, address):
    node = money_node(measuring_office)
    answer = asn.post(address, {f"spent-{node.pk}": "1000", f"node_version-{node.pk}": node.version}).json()
    assert "%" in answer["fragments"][f"serapan-{node.pk}"]
    assert money_node(measuring_office).spent == 1000


def test_an_amount_above_the_pagu_waits_for_its_reason(measuring_office, asn, address):
    node = money_node(measuring_office)
    above = {f"spent-{node.pk}": str(node.pagu + 1), f"node_version-{node.pk}": node.version}
    assert "melebihi pagu" in asn.post(address, above).json()["errors"][f"spent-{node.pk}"]
    assert money_node(measuring_office).spent is None
    asn.post(address, above | {f"overspend_reason-{node.pk}": "Pergeseran anggaran belum dicatat."})
    assert money_node(measuring_office).spent == node.pagu + 1


def test_the_last_amount_does_not_end_the_step_while_it_is_typed(measuring_office, asn, address, sheet):
    """ "1" may become "1.500.000": the step ends with a button, and whoever has rows is asked to press it."""
    cycle = measuring_office.cycle
    for row in WorksheetRow.objects.filter(cycle=cycle).select_related("owner"):
        measuring.save(cycle.pk, row.owner, [SheetChange(row.pk, row.version, row_values())])
        measuring.send(cycle.pk, row.owner)
    for node in cycle.nodes.filter(level="sub_kegiatan").select_related("owner"):
        logged_in(node.owner).post(
            address, {f"spent-{node.pk}": "1", f"node_version-{node.pk}": node.version}
        )
    assert fresh(cycle).state == State.PENGUKURAN
    assert "Serahkan hasil pengukuran" in words(asn.get(reverse("inbox")))
    asn.post(sheet, {"action": "send"})
    assert fresh(cycle).state == State.EVALUASI


def test_a_row_that_was_sent_meanwhile_is_named_as_closed(measuring_office, asn, address):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(state=RowState.TERKIRIM)
    answer = asn.post(address, typed(row, realised="3")).json()
    assert "sudah dikirim, diserahkan, atau ditutup" in answer["closed"][f"version-{row.pk}"]
    assert first_row(measuring_office).realised is None


def test_nobody_saves_into_another_persons_row(measuring_office, address):
    row = first_row(measuring_office)
    answer = logged_in(measuring_office.colleague).post(address, typed(row, realised="3")).json()
    assert (list(answer["closed"]), first_row(measuring_office).realised) == ([f"version-{row.pk}"], None)


def test_a_step_that_is_past_refuses_with_a_sentence(measuring_office, asn, address):
    cycle = measuring_office.cycle
    type(cycle).objects.filter(pk=cycle.pk).update(state=State.REKAPITULASI)
    response = asn.post(address, typed(first_row(measuring_office), realised="3"))
    assert (response.status_code, response["Content-Type"]) == (409, "application/json")
    assert "sudah ditutup" in response.json()["refused"][0]


def test_a_stranger_finds_nothing_and_reading_is_no_saving(measuring_office, neighbour, asn, address):
    assert logged_in(neighbour.asn).post(address, {}).status_code == 404
    assert asn.get(address).status_code == 405


def test_a_hint_comes_with_the_value_and_its_explanation_waits_closed_until_then(
    measuring_office, asn, sheet, address
):
    row = first_row(measuring_office)
    box = f'name="hint_answer-{row.pk}" rows="2" disabled'
    assert box in asn.get(sheet).content.decode()
    answer = asn.post(address, typed(row, realised="900")).json()
    assert "<li><strong>" in answer["fragments"][f"petunjuk-{row.pk}"]
    assert box not in asn.get(sheet).content.decode()


def test_the_answer_is_what_the_whole_calculation_would_say(measuring_office, asn, address, monkeypatch):
    (first, second), node = rows_of(measuring_office.asn), money_node(measuring_office)
    data = typed(first, realised="1", analysis="Baru sebagian.") | typed(second, realised="3")
    data |= {f"spent-{node.pk}": str(node.pagu), f"node_version-{node.pk}": node.version}
    asn.post(address, data)
    answer = asn.post(address, data).json()
    assert HintKind.MONEY.value in answer["fragments"][f"petunjuk-{first.pk}"]
    monkeypatch.setattr(autosave, "touched_sheet", lambda cycle, *given: calculate(cycle))
    assert asn.post(address, data).json() | {"saved": ""} == answer | {"saved": ""}


def test_a_save_asks_at_most_thirteen_times_however_many_rows_it_has(measuring_office, asn, address):
    first, second = rows_of(measuring_office.asn)
    assert saving_queries(asn, address, typed(first, realised="1")) <= MOST_TO_SAVE
    both = typed(first, 2, realised="2") | typed(second, realised="3")
    assert saving_queries(asn, address, both) <= MOST_TO_SAVE


def saving_queries(client, address: str, data: dict) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert not client.post(address, data).json()["stale"]
    return len(captured)
