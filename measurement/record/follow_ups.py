"""Writing down directions to be followed up, and what was reported of them."""

from datetime import date

from django.utils import timezone

from measurement.models import FollowUp, FollowUpNote, MeasurementCycle, Person
from measurement.rules.deadlines import due
from measurement.rules.follow_ups import Progress
from measurement.rules.permissions import may_direct
from measurement.rules.sop import REWORK, Role

from . import audit
from .promises import left_promises

LEFT_PROMISE = "{text} (Dijanjikan pada {period} untuk “{name}”, yang tidak diukur lagi.)"


def direction(
    cycle: MeasurementCycle, giver: Person, until: date, responsible: Person | None = None, role: Role | None = None,
    given_in: Role | None = None, **words,
) -> FollowUp:  # fmt: skip
    """A direction that is not kept yet, with the post in which it is given: the highest that the giver holds, if none is named."""
    given_role = given_in or giver.leading_role_in(cycle.unit_id)
    assert given_role, f"{giver} leads nothing here"
    return FollowUp(
        unit_id=cycle.unit_id,
        cycle=cycle,
        responsible=responsible,
        responsible_role=role.value if role else "",
        due=until,
        given_by=giver,
        given_role=given_role.value,
        given_as=giver.title_in(cycle.unit_id, given_role),
        given_at=timezone.now(),
        **words,
    )


def note_on(follow_up: FollowUp, by: Person, progress: Progress, text: str) -> FollowUpNote:
    """What is reported of a direction, not kept yet."""
    return FollowUpNote(
        follow_up=follow_up,
        progress=progress.value,
        text=text,
        by=by,
        by_title=by.leading_title_in(follow_up.unit_id),
        at=timezone.now(),
    )


def follow_directives(cycle: MeasurementCycle, begins: int, giver: Person) -> list[FollowUp]:
    """The arahan with which the round `begins` begins are followed up like every other direction: those on a row by its owner, general ones by
    Tim SAKIP; until the evaluation's standard time is over."""
    if not may_direct.test(giver, cycle):
        return []
    directives = cycle.directives.filter(round=begins).select_related("row__owner")
    until = end_of_rework(cycle)
    made = [
        direction(cycle, giver, until, directive=item, responsible=item.row.owner)
        if item.row
        else direction(cycle, giver, until, directive=item, role=Role.TIM_SAKIP)
        for item in directives
    ]
    return FollowUp.objects.bulk_create(made)


def follow_left_promises(cycle: MeasurementCycle, keeper: Person) -> None:
    """What was promised for an indicator that the worksheet has no more is followed up by itself, so that somebody closes it: by who promised it,
    or by Tim SAKIP where they serve no more. Once, however often the worksheet is made. The caller holds the lock on the cycle."""
    serving = set(cycle.staff.values_list("person", flat=True))
    kept = set(FollowUp.objects.filter(unit=cycle.unit_id, directive=None).values_list("text", flat=True))
    for row, promise in left_promises(cycle):
        text = LEFT_PROMISE.format(text=promise.text, period=promise.period, name=row.name)
        if text in kept:
            continue
        answers = {"responsible": row.owner} if row.owner_id in serving else {"role": Role.TIM_SAKIP}
        made = direction(cycle, keeper, promise.due, text=text, given_in=Role.TIM_SAKIP, **answers)
        made.save(force_insert=True)
        facts = {"follow_up": made.pk, "text": text, "due": promise.due.isoformat()}
        audit.record(cycle, keeper, "follow_up_open", **facts)


def end_of_rework(cycle: MeasurementCycle) -> date:
    """The day on which the evaluation's standard time is over if it begins now; today where the office has no working hours."""
    now, calendar = timezone.localtime(), cycle.unit.calendar
    minutes = REWORK.standard_minutes(calendar.minutes_on(now.date()))
    try:
        return due(now, minutes, calendar).date() if minutes else now.date()
    except ValueError:
        return now.date()
