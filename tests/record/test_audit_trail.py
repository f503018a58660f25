"""The audit trail is append-only, gapless and chained: whatever is changed or cut off in it is noticed."""

import pytest
from django.utils import timezone

from measurement.models import MeasurementCycle, triggers
from measurement.record import audit
from tests.support.characters import cycle_at, open_cycle
from tests.support.database import refused, without


def forge(cycle: MeasurementCycle, sequence: int, **values) -> None:
    without("fixed_auditentry_update")
    cycle.audit.filter(sequence=sequence).update(**values)


def test_a_sound_trail_has_no_faults(kecamatan):
    assert audit.trail_faults(cycle_at(kecamatan, "evaluate")) == []


@pytest.mark.parametrize(
    "values",
    [
        {"action": "approve"},
        {"data": {"note": "lain"}},
        {"at": timezone.now()},
        {"actor": None},
        {"digest": "0" * 64},
    ],
)
def test_a_changed_entry_is_named(kecamatan, values):
    cycle = cycle_at(kecamatan, "evaluate")
    forge(cycle, 3, **values)
    assert f"{cycle}: catatan 3 ({values.get('action', 'plan_activities')}) berubah." in audit.trail_faults(
        cycle
    )


def test_a_changed_entry_with_a_digest_of_its_own_breaks_the_next_one(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    entry = cycle.audit.get(sequence=3)
    entry.action = "approve"
    forge(cycle, 3, action="approve", digest=entry.computed_digest())
    assert audit.trail_faults(cycle)[0] == f"{cycle}: catatan 4 (prepare_method) berubah."


def test_an_entry_taken_out_is_noticed(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    without("fixed_auditentry_delete")
    cycle.audit.filter(sequence=2).delete()
    assert audit.trail_faults(cycle) == [f"{cycle}: catatan 2 hilang."]


def test_a_tail_cut_off_is_noticed(kecamatan):
    """The issued papers are the anchor outside the log."""
    cycle = cycle_at(kecamatan, "evaluate")
    without("fixed_auditentry_delete")
    cycle.audit.filter(sequence__gt=2).delete()
    assert audit.trail_faults(cycle) != []


def test_sequences_have_no_gap_and_no_double(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    assert list(cycle.audit.values_list("sequence", flat=True)) == list(range(1, cycle.audit.count() + 1))
    entry = cycle.audit.last()
    entry.pk = None
    with refused("(?i)unique"):
        entry.save(force_insert=True)


def test_the_audit_trail_is_append_only_from_the_start(kecamatan):
    cycle = open_cycle(kecamatan)
    with refused(triggers.FIXED):
        cycle.audit.update(action="lain")
    with refused(triggers.FIXED):
        cycle.audit.all().delete()
