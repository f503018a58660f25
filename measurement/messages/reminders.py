"""When somebody is reminded. Only in the office's working hours, and by working time; keys make any number of runs one message each.

- Once before: when a quarter of the time until the deadline is left, where that is an hour and more.
- When the time is over, and again after every two working days; then the superior, too, is told who is waited for: the Sekcam hears
  what Tim SAKIP and the ASN owe, the Camat hears what the Sekcam owes.
- Papers that wait for an electronic signature: every two working days, one message for all papers of a person.

The deadline is the one of `Stay.deadline`: the office's own schedule and what was extended, else the SOP's standard time; who got more time for
their own rows is reminded by it. Whoever acts for an official (Plt., Plh.) is reminded like the official.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import Message, PaperSignature, Person, Stay, Unit
from measurement.rules.deadlines import Terms, working_minutes
from measurement.rules.sop import Role

from .follow_up_messages import late_follow_ups
from .notifications import about_signatures, about_step, open_signatures, signature_key, write
from .waited_for import OWN_PART, WaitedFor, people_waited_for

Kind = Message.Kind
SHORTEST_MINUTES = 60  # a shorter step is over before a reminder would be read
NEAR = -1  # the deadline is near
DAYS_BETWEEN = 2
KEPT_FOR = timedelta(days=365)
SUPERIORS = {Role.ASN: Role.SEKCAM, Role.TIM_SAKIP: Role.SEKCAM, Role.SEKCAM: Role.CAMAT}


def remind(now: datetime) -> int:
    """Write what is due in the offices that are at work now; returns how many messages were new."""
    local = timezone.localtime(now)
    return sum(_remind(unit, local) for unit in Unit.objects.all() if unit.calendar.is_open(local))


def _remind(unit: Unit, now: datetime) -> int:
    stays = Stay.objects.filter(left_at=None, cycle__unit=unit).select_related("cycle__plan")
    messages = signature_reminders(unit, now) + late_follow_ups(unit, now.date())
    for stay in stays:
        stay.cycle.unit = unit
        messages += step_reminders(stay, now)
    return len(write(messages))


def forget_old(now: datetime) -> int:
    """Messages live for a year: what matters for longer is in the audit trail and on paper."""
    return Message.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def step_reminders(stay: Stay, now: datetime) -> list[Message]:
    waited_for = people_waited_for(stay.cycle)
    messages, late = [], []
    for to in waited_for:
        terms = stay.terms(to.person if to.part == OWN_PART else None)
        time = _time_of(stay, terms, now)
        if time is not None and time >= 0:
            late.append(to)
        if time is not None and to.serves:
            messages.append(_reminded(stay, to, time, terms))
    of_all = _time_of(stay, stay.terms(), now)
    if of_all is not None and of_all >= 0 and (late or not waited_for):
        messages += _to_superiors(stay, late, of_all)
    return messages


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


def _reminded(stay: Stay, to: WaitedFor, time: int, terms: Terms) -> Message:
    """Before the deadline, or the first, second … message after it. More time makes them new messages."""
    more = f":{terms.extended:%Y%m%d}" if terms.extended else ""
    if time == NEAR:
        key, what = f"pengingat:{stay.pk}:{to.part}{more}", "batas waktu sudah dekat"
        return about_step("emails/reminder.txt", Kind.REMINDER, key, what, stay, to)
    key = f"terlambat:{stay.pk}:{to.part}{more}:{time}"
    return about_step("emails/late.txt", Kind.LATE, key, "batas waktu sudah lewat", stay, to)


def _to_superiors(stay: Stay, late: list[WaitedFor], time: int) -> list[Message]:
    """Who is waited for, to their superior; not whoever got more time."""
    role, url = SUPERIORS.get(stay.sop_step.actor), reverse("cycle", args=[stay.cycle_id])
    owing, people = {to.person for to in late}, [owing_line(to) for to in late]
    above = Person.objects.holding(role, stay.cycle.unit) if role else []
    extended = stay.terms().extended
    key = f"terlambat:{stay.pk}:atasan" + (f":{extended:%Y%m%d}" if extended else "") + f":{time}"
    return [
        about_step(
            "emails/overdue.txt",
            Kind.LATE,
            key,
            "terlambat",
            stay,
            WaitedFor(person, url, [], []),
            people=people,
        )
        for person in above
        if owing != {person}
    ]


def owing_line(to: WaitedFor) -> str:
    gone = "" if to.serves else " (tidak lagi bertugas di kantor ini; serahkan tugasnya kepada pegawai lain)"
    return f"{to.person}{gone}" + (f": {to.counted}" if to.counted else "")


def signature_reminders(unit: Unit, now: datetime) -> list[Message]:
    """What has waited longest sets the rhythm: when it is signed, the next paper starts its own."""
    before = (
        PaperSignature.objects.filter(signer__paper=OuterRef("paper"))
        .order_by("-signed_at")
        .values("signed_at")[:1]
    )
    waiting = defaultdict(list)
    for signer in (
        open_signatures(unit)
        .annotate(since=Coalesce(Subquery(before), "paper__issued_at"))
        .order_by("since", "pk")
    ):
        waiting[signer.person].append(signer)
    messages, between = [], DAYS_BETWEEN * unit.calendar.minutes_on(now.date())
    for person, signers in waiting.items():
        times = working_minutes(timezone.localtime(signers[0].since), now, unit.calendar) // between
        if times:
            key, subject = (
                f"{signature_key(signers[0])}:{times}",
                f"{len(signers)} naskah masih menunggu tanda tangan Anda",
            )
            messages.append(
                about_signatures(person, [signer.paper for signer in signers], Kind.REMINDER, key, subject)
            )
    return messages
