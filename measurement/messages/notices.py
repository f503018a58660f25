"""What is told when an order is withdrawn or asked to be, and when somebody gets more time. Texts in templates/emails/."""

from collections.abc import Iterable

from django.db.models import Q

from measurement.addresses import reverse
from measurement.models import Extension, MeasurementCycle, Message, Person, Withdrawal
from measurement.rules.dates import weekday_and_date
from measurement.rules.permissions import may_extend
from measurement.rules.sop import LEADING, Role

from .notifications import about_cycle, settle_all, tell_others
from .waited_for import people_waited_for

Kind = Message.Kind


def tell_withdrawn(cycle: MeasurementCycle, asked: Withdrawal, actor: Person) -> None:
    """Everybody whom the cycle concerned so far; what it still asked of them is settled."""
    concerned = people_concerned(cycle)
    settle_all(cycle)
    _tell(
        cycle, asked, actor, "dicabut", concerned, "perintah dicabut", url=reverse("cycle", args=[cycle.pk])
    )


def tell_withdrawal_asked(cycle: MeasurementCycle, asked: Withdrawal, actor: Person) -> None:
    who = Person.objects.holding(Role.SEKCAM, cycle.unit)
    _tell(cycle, asked, actor, "diminta", who, "pencabutan menunggu persetujuan Anda")


def tell_withdrawal_refused(cycle: MeasurementCycle, asked: Withdrawal, actor: Person) -> None:
    who = {asked.asked_by, *Person.objects.holding(Role.CAMAT, cycle.unit)}
    _tell(cycle, asked, actor, "ditolak", who, "pencabutan tidak disetujui")


def tell_withdrawal_taken_back(cycle: MeasurementCycle, asked: Withdrawal, actor: Person) -> None:
    who = Person.objects.holding(Role.SEKCAM, cycle.unit)
    _tell(cycle, asked, actor, "ditarik", who, "permintaan pencabutan ditarik kembali")


def people_concerned(cycle: MeasurementCycle) -> list[Person]:
    """Those who lead or evaluate, the owners of rows, and whoever was told anything about the cycle or left a step of it."""
    leaders = [Person.objects.holding(role, cycle.unit).values("pk") for role in LEADING]
    known = Q(messages__cycle=cycle) | Q(worksheet_rows__cycle=cycle)
    for people in leaders:
        known |= Q(pk__in=people)
    staff = cycle.unit.appointments.in_force().values("person")
    return list(Person.objects.filter(known, is_active=True, pk__in=staff).distinct().order_by("pk"))


def _tell(
    cycle: MeasurementCycle,
    asked: Withdrawal,
    actor: Person,
    what: str,
    people: Iterable[Person],
    subject: str,
    url: str = "",
) -> None:
    """One text for all that becomes of a withdrawal; `what` says which, and is part of the key."""
    if what != "diminta":
        cycle.messages.filter(key=f"pencabutan:{asked.pk}:diminta").mark_read()
    place = url or reverse("withdrawal", args=[cycle.pk])
    facts = {"asked": asked, "actor": actor, "what": what}
    key = f"pencabutan:{asked.pk}:{what}"
    tell_others(
        about_cycle("emails/withdrawal.txt", Kind.WITHDRAWAL, key, subject, cycle, people, place, **facts),
        actor,
    )


def tell_extension_asked(asked: Extension, actor: Person) -> None:
    """Those who may grant it."""
    cycle, step = asked.cycle, asked.sop_step
    leaders = {person for role in LEADING for person in Person.objects.holding(role, cycle.unit)}
    able = [person for person in leaders if may_extend(step, asked.person_id is not None, person, cycle)]
    _tell_extension(asked, actor, "diminta", able, f"perpanjangan langkah {step.number} diminta")


def tell_extension_given(made: Extension, actor: Person) -> None:
    """Who got the time, who asked for it, and for a whole step all whom it waits for. Reminders of the old deadline are settled."""
    cycle, step = made.cycle, made.sop_step
    _settle_asked(made)
    concerned = {made.person} if made.person else {to.person for to in people_waited_for(cycle) if to.serves}
    if made.person is None and step != cycle.current_step:
        concerned = set(Person.objects.holding(step.actor, cycle.unit))
    reminders = cycle.messages.filter(kind__in=(Kind.REMINDER, Kind.LATE), person__in=concerned)
    if step == cycle.current_step:
        reminders.mark_read()
    _tell_extension(
        made, actor, "diberikan", concerned | {made.asked_by}, f"langkah {step.number} diperpanjang"
    )


def tell_extension_refused(asked: Extension, actor: Person) -> None:
    _settle_asked(asked)
    number = asked.sop_step.number
    _tell_extension(asked, actor, "ditolak", [asked.asked_by], f"perpanjangan langkah {number} ditolak")


def _settle_asked(asked: Extension) -> None:
    asked.cycle.messages.filter(key=f"perpanjangan:{asked.pk}:diminta").mark_read()


def _tell_extension(
    made: Extension, actor: Person, what: str, people: Iterable[Person], subject: str
) -> None:
    cycle = made.cycle
    facts = {"extension": made, "until": weekday_and_date(made.until), "actor": actor, "what": what}
    key, url = f"perpanjangan:{made.pk}:{what}", reverse("extensions", args=[cycle.pk])
    tell_others(
        about_cycle("emails/extension.txt", Kind.EXTENSION, key, subject, cycle, people, url, **facts), actor
    )
