"""The SOP as the machine walks it: the order, the right actor only, completeness, the return, and what every step leaves behind."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed, can_proceed

from measurement.doors import workflow
from measurement.models import MeasurementCycle, Stay, Unit
from measurement.record import audit
from measurement.record.rounds import Arahan
from measurement.rules.permissions import may_perform
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.sop import ACTIONS, SEND_BACK, STEPS, WITHDRAW, Role, State, step_of
from tests.support.characters import ALL_STEPS, cycle_at, fresh, open_cycle, prepare, store_papers, walk


def test_the_machine_is_the_table():
    field = MeasurementCycle._meta.get_field("state")
    machine = {(t.name, t.source, t.target) for t in field.get_all_transitions(MeasurementCycle)}
    table = {(step.key, step.source, step.target) for step in STEPS}
    returns = {(SEND_BACK, step.source, step.returns_to) for step in STEPS if step.returns_to}
    taken_back = {(WITHDRAW, step.source, State.DICABUT) for step in STEPS}
    assert machine == table | returns | taken_back


def test_a_cycle_travels_from_the_order_to_the_archive(kecamatan):
    cycle = walk(kecamatan, open_cycle(kecamatan))
    assert cycle.state == State.ARSIP
    assert [stay.step for stay in cycle.stays.all()] == ALL_STEPS
    assert [paper.kind for paper in cycle.papers.all()] == [step.output for step in STEPS]
    assert audit.trail_faults(cycle) == []


def test_an_action_is_possible_only_at_its_step():
    possible = {
        (action, state)
        for action in ACTIONS
        for state in State
        if can_proceed(getattr(MeasurementCycle(state=state.value), action))
    }
    assert possible == {(action, step_of(action).source) for action in ACTIONS}


def at_step_of(action: str, unit: Unit) -> MeasurementCycle:
    return MeasurementCycle(unit=unit, state=step_of(action).source.value)


def test_only_the_sops_actor_may_perform(kecamatan):
    allowed = {
        action: {
            role
            for role in Role
            if may_perform(action, kecamatan.actor(role), at_step_of(action, kecamatan.unit))
        }
        for action in ACTIONS
    }
    actors = {action: step_of(action).actor for action in ACTIONS}
    assert allowed == {
        action: set(Role) if actor == Role.ASN else {actor} for action, actor in actors.items()
    }


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_from_another_unit_may_perform(kecamatan, neighbour, action):
    cycle = at_step_of(action, kecamatan.unit)
    assert not may_perform(action, neighbour.actor(step_of(action).actor), cycle)


@pytest.mark.parametrize(
    "step",
    [step for step in STEPS if step.number in (2, 3, 4, 6, 7, 8, 9, 10, 11)],
    ids=lambda step: step.key,
)
def test_the_door_refuses_everybody_else(kecamatan, step):
    cycle = cycle_at(kecamatan, step.key)
    before = (cycle.version, cycle.audit.count())
    for role in set(Role) - {step.actor}:
        with pytest.raises(PermissionDenied):
            workflow.perform(cycle, step.key, kecamatan.actor(role))
    assert (fresh(cycle).version, cycle.audit.count()) == before


def test_a_step_out_of_order_is_refused_and_writes_nothing(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    with pytest.raises(NotAtThisStep, match="Siklus sekarang pada langkah 3"):
        workflow.perform(cycle, "report", kecamatan.tim)
    assert cycle.papers.count() == 2


def test_a_step_done_twice_names_who_was_faster(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    with pytest.raises(NotAtThisStep, match=f"sudah diselesaikan oleh {kecamatan.sekcam}"):
        workflow.perform(cycle, "brief", kecamatan.sekcam)


@pytest.mark.parametrize(
    "step",
    [
        "brief",
        "plan_activities",
        "prepare_method",
        "measure",
        "evaluate",
        "recapitulate",
        "report",
        "report_to_camat",
        "archive",
    ],
)
def test_a_step_with_gaps_is_refused_with_sentences(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    with pytest.raises(Incomplete) as refusal:
        workflow.perform(cycle, step, kecamatan.actor(step_of(step).actor))
    assert all(sentence.endswith(".") for sentence in refusal.value.sentences)
    assert fresh(cycle).state == cycle.state


def test_a_prepared_step_moves_on(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    prepare(kecamatan, cycle)
    assert workflow.perform(cycle, "brief", kecamatan.sekcam).state == State.RENCANA


def test_the_database_refuses_a_return_without_a_reason(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    stay = cycle.stays.get(left_at=None)
    stay.left_at, stay.left_by, stay.action, stay.note = timezone.now(), kecamatan.sekcam, SEND_BACK, ""
    with pytest.raises(IntegrityError), transaction.atomic():
        stay.save()


def test_the_database_refuses_two_open_stays(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(cycle=cycle, step="plan_activities", round=1, arrived_at=timezone.now())


def test_the_database_refuses_a_stay_left_by_nobody(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    with pytest.raises(IntegrityError), transaction.atomic():
        cycle.stays.filter(left_at=None).update(left_at=timezone.now(), action="brief")


def test_one_open_cycle_per_quarter(kecamatan):
    open_cycle(kecamatan)
    with pytest.raises(Incomplete, match="sudah berjalan"):
        open_cycle(kecamatan)


def test_the_state_cannot_be_set_by_hand(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    with pytest.raises(AttributeError):
        cycle.state = State.ARSIP
    cycle.refresh_from_db()
    assert cycle.state == State.ARAHAN
    with pytest.raises(TransitionNotAllowed):
        cycle.archive()


def test_a_correction_names_what_it_amends_and_starts_from_it(kecamatan):
    first = cycle_at(kecamatan, None)
    second = walk(kecamatan, open_cycle(kecamatan), "measure")
    assert second.amends == first
    assert list(second.rows.values_list("realised", flat=True)) == list(
        first.rows.values_list("realised", flat=True)
    )


def test_twenty_rounds_are_kept_and_the_last_decides(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    row = cycle.rows.first()
    for number in range(2, 22):
        workflow.perform(
            cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan(f"Lengkapi bukti putaran {number}.", row.pk)]
        )
        cycle = walk(kecamatan, fresh(cycle), "approve")
    cycle = workflow.perform(cycle, "approve", kecamatan.sekcam)
    assert (cycle.round, cycle.directives.count(), cycle.snapshots.count()) == (21, 20, 21)
    assert audit.trail_faults(cycle) == []


def test_an_archive_waits_for_its_papers(kecamatan):
    cycle = cycle_at(kecamatan, "archive")
    prepare(kecamatan, cycle)
    with pytest.raises(Incomplete, match="naskah masih dibuat"):
        workflow.perform(cycle, "archive", kecamatan.tim)
    store_papers(cycle)
    assert workflow.perform(cycle, "archive", kecamatan.tim).is_archived
