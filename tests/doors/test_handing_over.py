"""Handing over: indicators, money and open rows go to somebody else with a reason, and nothing typed is lost on the way."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from measurement.doors import handing_over, measuring
from measurement.doors.measuring import SheetChange
from measurement.models import (
    Appointment,
    Handover,
    Indicator,
    MeasurementCycle,
    Message,
    WorksheetRow,
)
from measurement.record import audit
from measurement.rules.refusals import Incomplete, Stale
from measurement.rules.sop import RowState
from tests.support.characters import (
    add_indicator,
    cycle_at,
    fill,
    office,
    person,
    row_values,
)
from tests.support.racing import ROUNDS, alone, at_once, own_database, switch_locks_off
from tests.support.sheets import first_row, money_node, rows_of

REASON = "Pindah tugas ke kecamatan lain."


def everything(made, giver) -> dict[str, list[int]]:
    return {
        name: [thing.pk for thing in things]
        for name, things in handing_over.holdings(made.unit, giver).items()
    }


def hand_over(made, taker, picked=None, giver=None, actor=None, reason=REASON) -> Handover:
    giver = giver or made.asn
    return handing_over.hand_over(
        made.unit, giver, taker, actor or made.tim, picked or everything(made, giver), reason
    )


def page(made) -> str:
    return reverse("hand_over", args=[made.asn.pk])


# What moves


def test_everything_open_goes_to_the_taker_with_what_was_typed(filled):
    typed = first_row(filled)
    hand_over(filled, filled.colleague)
    typed.refresh_from_db()
    assert (typed.owner, typed.realised, typed.state) == (filled.colleague, 3, RowState.DRAF)
    assert money_node(filled).owner == filled.colleague
    assert not any(everything(filled, filled.asn).values())
    assert measuring.movable(filled.cycle, "save", filled.colleague).filter(pk=typed.pk).exists()


def test_only_what_is_picked_moves(measuring_office):
    row, other = rows_of(measuring_office.asn)
    hand_over(measuring_office, measuring_office.colleague, {"rows": [row.pk]})
    assert WorksheetRow.objects.get(pk=row.pk).owner == measuring_office.colleague
    assert WorksheetRow.objects.get(pk=other.pk).owner == measuring_office.asn
    assert row.indicator.owner == measuring_office.asn


def test_settled_rows_and_archived_cycles_stay_with_whoever_measured_them(kecamatan):
    colleague = person("rekan", kecamatan.unit)
    archived, cycle = cycle_at(kecamatan, None), cycle_at(kecamatan, "evaluate", quarter=2)
    accepted = cycle.rows.first()
    measuring.accept(cycle.pk, kecamatan.tim, {accepted.pk: accepted.version})
    hand_over(kecamatan, colleague)
    owners = dict(cycle.rows.values_list("state", "owner__name"))
    assert owners == {RowState.DITERIMA: kecamatan.asn.name, RowState.TERKIRIM: colleague.name}
    assert {row.owner for row in archived.rows.all()} == {kecamatan.asn}


def test_the_next_cycle_begins_with_the_new_owner(kecamatan):
    colleague = person("rekan", kecamatan.unit)
    hand_over(kecamatan, colleague)
    cycle = cycle_at(kecamatan, "measure")
    assert {row.owner for row in cycle.rows.all()} == {colleague}
    assert {node.owner for node in cycle.nodes.all()} == {colleague}


def test_the_taker_fills_in_and_sends_what_came(measuring_office):
    hand_over(measuring_office, measuring_office.colleague)
    measuring_office.asn = measuring_office.colleague
    fill(measuring_office, measuring_office.cycle)
    assert measuring.send(measuring_office.cycle.pk, measuring_office.colleague).gaps == {}


# What stays on record


def test_the_record_and_the_trail_name_what_moved(measuring_office):
    done = hand_over(measuring_office, measuring_office.colleague)
    assert {name: len(things) for name, things in done.moved.items()} == {
        "indicators": 2,
        "nodes": 4,
        "rows": 2,
        "money": 4,
    }
    assert {thing["name"] for thing in done.moved["rows"]} == {"Jumlah laporan 1", "Jumlah laporan 2"}
    entry = measuring_office.cycle.audit.get(action="hand_over")
    assert (entry.actor, entry.data["reason"], len(entry.data["rows"])) == (measuring_office.tim, REASON, 2)
    assert audit.trail_faults(measuring_office.cycle) == []


def test_the_record_cannot_be_changed_or_deleted(measuring_office):
    done = hand_over(measuring_office, measuring_office.colleague)
    for change in (lambda: Handover.objects.update(reason="Lain."), done.delete):
        with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
            change()


def test_giver_and_taker_are_told(measuring_office):
    hand_over(measuring_office, measuring_office.colleague)
    told = Message.objects.filter(kind=Message.Kind.HANDOVER)
    assert {message.person for message in told} == {measuring_office.asn, measuring_office.colleague}
    assert all(REASON in message.text for message in told)


# What is refused


@pytest.mark.parametrize("reason", ["", "  ", "pindah", "\u200b" * 20])
def test_a_handover_without_a_reason_is_refused(measuring_office, reason):
    with pytest.raises(Incomplete, match="alasan"):
        hand_over(measuring_office, measuring_office.colleague, reason=reason)
    assert not Handover.objects.exists()


def test_the_taker_measures_here_today(measuring_office, neighbour):
    gone = person("lama", measuring_office.unit)
    Appointment.objects.filter(person=gone).update(ends=timezone.localdate() - timedelta(days=1))
    only_administrator = person("pengelola", measuring_office.unit, "administrator")
    only_administrator.appointments.filter(role="asn").delete()
    for taker in (gone, only_administrator, neighbour.asn, measuring_office.asn):
        with pytest.raises(Incomplete, match="Penerima harus pegawai lain"):
            hand_over(measuring_office, taker)


def test_nothing_picked_is_refused(measuring_office):
    with pytest.raises(Incomplete, match="Pilih paling sedikit satu"):
        hand_over(measuring_office, measuring_office.colleague, {"rows": []} | {"indicators": ()})


@pytest.mark.parametrize("who", ["camat", "sekcam", "asn"])
def test_nobody_but_tim_sakip_and_the_administrator_may(measuring_office, who):
    with pytest.raises(PermissionDenied):
        hand_over(measuring_office, measuring_office.colleague, actor=getattr(measuring_office, who))


def test_what_moved_on_meanwhile_stops_the_whole(measuring_office):
    picked = everything(measuring_office, measuring_office.asn)
    Indicator.objects.filter(pk=picked["indicators"][0]).update(owner=measuring_office.tim)
    with pytest.raises(Stale):
        hand_over(measuring_office, measuring_office.colleague, picked)
    assert len(rows_of(measuring_office.asn)) == 2
    assert not Handover.objects.exists()


def test_things_of_another_office_or_person_cannot_be_picked(measuring_office, neighbour):
    theirs = cycle_at(neighbour, "measure").rows.first()
    for row in (theirs, rows_of(measuring_office.colleague)[0]):
        with pytest.raises(Stale):
            hand_over(measuring_office, measuring_office.colleague, {"rows": [row.pk]})
    theirs.refresh_from_db()
    assert theirs.owner == neighbour.asn


def race_world():
    made = office()
    made.colleague = person("rekan", made.unit)
    add_indicator(made, "Jumlah kunjungan", 9)
    made.cycle = cycle_at(made, "measure")
    return made


def filling_and_handing_over(made) -> list[list]:
    """Tim SAKIP writes for owners, now into the row that goes there and back, now into another; all of it stands in the trail."""

    def fill(number: int):
        row = made.cycle.rows.first() if number % 2 else made.cycle.rows.last()
        return measuring.save(
            made.cycle.pk,
            made.tim,
            [SheetChange(row.pk, row.version, row_values(number + 1))],
            move="fill_for",
        ).done

    def move(number: int):
        giver, taker = (made.asn, made.colleague) if number % 2 == 0 else (made.colleague, made.asn)
        return hand_over(made, taker, {"rows": [made.cycle.rows.last().pk]}, giver)

    return at_once(fill, move)


def writes_and_faults(made) -> tuple[int, list]:
    """How often the rows were written, and what is wrong with the trail."""
    cycle = MeasurementCycle.objects.get(pk=made.cycle.pk)
    return sum(row.version - 1 for row in cycle.rows.all()), audit.trail_faults(cycle)


@pytest.fixture
def race(transactional_db, tmp_path, monkeypatch):
    """Between the look and the write there is time for somebody else."""
    move = handing_over._move
    monkeypatch.setattr(handing_over, "_move", lambda *args: (time.sleep(0.002), move(*args))[1])
    with own_database(tmp_path):
        yield alone(race_world)


def test_of_filling_and_handing_over_at_once_each_is_whole(race):
    filled, moved = filling_and_handing_over(race)
    written, faults = alone(lambda: writes_and_faults(race))
    assert [result for result in moved if not isinstance(result, Handover)] == []
    assert written == sum(bool(done) for done in filled if isinstance(done, list)) + ROUNDS
    assert faults == []


def test_without_the_lock_that_race_would_be_noticed(race, monkeypatch):
    switch_locks_off(monkeypatch)
    filled, moved = filling_and_handing_over(race)
    broken = [result for result in (*filled, *moved) if isinstance(result, Exception)]
    assert broken or alone(lambda: writes_and_faults(race))[1]
