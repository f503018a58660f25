"""When somebody is reminded. Only in the office's working hours, and by working time; keys make any number of runs one message each.

- Once before: when a quarter of the time until the deadline is left, where that is an hour and more.
- When the time is over, and again after every two working days; then the superior, too, is told who is waited for: the Sekcam hears
  what Tim SAKIP and the ASN owe, the Camat hears what the Sekcam owes.
- Papers that wait for an electronic signature: every two working days, one message for all papers of a person.

The deadline is the one of `Stay.deadline`: the office's own schedule and what was extended, else the SOP's standard time; who got more time for
their own rows is reminded by it. Whoever acts for an official (Plt., Plh.) is reminded like the official.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import (
    Extension,
    MeasurementCycle,
    Message,
    PaperSignature,
    PaperSigner,
    Person,
    ScheduledStep,
    Stay,
    Unit,
)
from measurement.models.organisation import load_calendars
from measurement.rules.deadlines import Terms, working_minutes
from measurement.rules.sop import Role

from .follow_up_messages import late_follow_ups
from .notifications import about_signatures, about_step, open_signatures, signature_key
from .outbox import Reminder, untold, write
from .waited_for import OWN_PART, Staff, WaitedFor, people_of_cycles

Kind = Message.Kind
SHORTEST_MINUTES = 60  # a shorter step is over before a reminder would be read
NEAR = -1  # the deadline is near
DAYS_BETWEEN = 2
KEPT_FOR = timedelta(days=365)
SUPERIORS = {Role.ASN: Role.SEKCAM, Role.TIM_SAKIP: Role.SEKCAM, Role.SEKCAM: Role.CAMAT}


def remind(now: datetime) -> int:
    """Write what is due in the offices that are at work now; returns how many messages were new.

    What is due is found with one query each for steps, signatures and follow-ups, for all offices together; where nothing is, nothing more is asked.
    """
    local = timezone.localtime(now)
    units = {unit.pk: unit for unit in Unit.objects.all()}
    load_calendars(units.values())
    at_work = {pk: unit for pk, unit in units.items() if unit.calendar.is_open(local)}
    if not at_work:
        return 0
    due = {
        stay: time
        for stay in _open_stays(at_work)
        if (time := _time_of(stay, stay.terms(), local)) is not None
    }
    found = [
        *_of_steps(due, local),
        *_of_signatures(at_work, local),
        *late_follow_ups(at_work, local.date()),
    ]
    return len(write([reminder.written() for reminder in untold(found)]))


def _open_stays(units: Mapping[int, Unit]) -> list[Stay]:
    stays = list(
        Stay.objects.filter(left_at=None, cycle__unit__in=units).with_terms().select_related("cycle__plan")
    )
    for stay in stays:
        stay.cycle.unit = units[stay.cycle.unit_id]
    return stays


def forget_old(now: datetime) -> int:
    """Messages live for a year: what matters for longer is in the audit trail and on paper."""
    return Message.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def _of_steps(due: Mapping[Stay, int], now: datetime) -> list[Reminder]:
    """What nobody is to be told by the terms of all, somebody with more time isn't either: only cycles with a message due are looked at."""
    cycles = [stay.cycle for stay in due]
    if not cycles:
        return []
    staff = Staff.of({cycle.unit_id for cycle in cycles})
    waited_for = people_of_cycles(cycles, staff)
    _load_terms(cycles)
    return [
        reminder
        for stay, time in due.items()
        for reminder in _step_reminders(stay, time, waited_for[stay.cycle_id], staff, now)
    ]


def _load_terms(cycles: Collection[MeasurementCycle]) -> None:
    """What `extended_days` asks of one cycle, for all of them at once."""
    days = {cycle.pk: list[tuple]() for cycle in cycles}
    planned = ScheduledStep.objects.filter(cycle__in=days).order_by()
    for pk, step, day in planned.values_list("cycle", "step", "date"):
        days[pk].append((step, 0, None, day))
    granted = Extension.objects.granted().filter(cycle__in=days).order_by()
    for pk, *facts in granted.values_list("cycle", "step", "round", "person", "until"):
        days[pk].append(tuple(facts))
    for cycle in cycles:
        cycle.extended_days = days[cycle.pk]


def _step_reminders(
    stay: Stay, time: int, waited_for: list[WaitedFor], staff: Staff, now: datetime
) -> list[Reminder]:
    reminders, late = [], []
    for to in waited_for:
        terms = stay.terms(to.person if to.part == OWN_PART else None)
        own = _time_of(stay, terms, now)
        if own is not None and own >= 0:
            late.append(to)
        if own is not None and to.serves:
            reminders.append(_reminded(stay, to, own, terms))
    if time >= 0 and (late or not waited_for):
        reminders += _to_superiors(stay, late, time, staff)
    return reminders


def _time_of(stay: Stay, terms: Terms, now: datetime) -> int | None:
    """Which message it is time for: 0, 1 … those after the deadline, NEAR the one before it; None for none."""
    calendar = stay.cycle.unit.calendar
    until, arrived = stay.deadline(calendar, terms).at, timezone.localtime(stay.arrived_at)
    if until is None:
        return None
    if now >= until:
        return working_minutes(until, now, calendar) // (DAYS_BETWEEN * stay.minutes_per_day(calendar))
    whole, left = working_minutes(arrived, until, calendar), working_minutes(now, until, calendar)
    return NEAR if whole >= SHORTEST_MINUTES and left <= whole // 4 else None


def _reminded(stay: Stay, to: WaitedFor, time: int, terms: Terms) -> Reminder:
    """Before the deadline, or the first, second … message after it. More time makes them new messages."""
    more = f":{terms.extended:%Y%m%d}" if terms.extended else ""
    if time == NEAR:
        key, what = f"pengingat:{stay.pk}:{to.part}{more}", "batas waktu sudah dekat"
        written = partial(about_step, "emails/reminder.txt", Kind.REMINDER, key, what, stay, to)
        return Reminder(to.person, key, written)
    key = f"terlambat:{stay.pk}:{to.part}{more}:{time}"
    written = partial(about_step, "emails/late.txt", Kind.LATE, key, "batas waktu sudah lewat", stay, to)
    return Reminder(to.person, key, written)


def _to_superiors(stay: Stay, late: list[WaitedFor], time: int, staff: Staff) -> list[Reminder]:
    """Who is waited for, to their superior; not whoever got more time."""
    role, url = SUPERIORS.get(stay.sop_step.actor), reverse("cycle", args=[stay.cycle_id])
    owing, people = {to.person for to in late}, [owing_line(to) for to in late]
    above = staff.holding(role, stay.cycle.unit_id) if role else []
    extended = stay.terms().extended
    key = f"terlambat:{stay.pk}:atasan" + (f":{extended:%Y%m%d}" if extended else "") + f":{time}"
    said = partial(about_step, "emails/overdue.txt", Kind.LATE, key, "terlambat", stay, people=people)
    return [
        Reminder(person, key, partial(said, WaitedFor(person, url, [], [])))
        for person in above
        if owing != {person}
    ]


def owing_line(to: WaitedFor) -> str:
    gone = "" if to.serves else " (tidak lagi bertugas di kantor ini; serahkan tugasnya kepada pegawai lain)"
    return f"{to.person}{gone}" + (f": {to.counted}" if to.counted else "")


def _of_signatures(units: Mapping[int, Unit], now: datetime) -> list[Reminder]:
    """What has waited longest sets the rhythm: when it is signed, the next paper starts its own."""
    signed = PaperSignature.objects.filter(signer__paper=OuterRef("paper")).order_by("-signed_at")
    since = Coalesce(Subquery(signed.values("signed_at")[:1]), "paper__issued_at")
    waiting: dict[tuple[int, Person], list[PaperSigner]] = defaultdict(list)
    for signer in open_signatures(units).annotate(since=since).order_by("since", "pk"):
        waiting[signer.paper.unit_id, signer.person].append(signer)
    found = [_about_signers(units[unit], person, signers, now) for (unit, person), signers in waiting.items()]
    return [reminder for reminder in found if reminder]


def _about_signers(unit: Unit, person: Person, signers: list[PaperSigner], now: datetime) -> Reminder | None:
    since = timezone.localtime(vars(signers[0])["since"])
    times = working_minutes(since, now, unit.calendar) // (
        DAYS_BETWEEN * unit.calendar.minutes_on(now.date())
    )
    key = f"{signature_key(signers[0])}:{times}"
    subject = f"{len(signers)} naskah masih menunggu tanda tangan Anda"
    papers = [signer.paper for signer in signers]
    written = partial(about_signatures, person, papers, Kind.REMINDER, key, subject)
    return Reminder(person, key, written) if times else None
