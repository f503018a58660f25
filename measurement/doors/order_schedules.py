"""A period is prepared for all offices of a government at once. Each head of an office is told, and orders in their own name with one click."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import Appointment, Government, MeasurementCycle, Message, OrderSchedule, Person
from measurement.rules.dates import long_date
from measurement.rules.government_posts import SCHEDULING
from measurement.rules.periods import Period
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said
from measurement.rules.sop import Role

ALREADY = "Perintah untuk {name} sudah disiapkan; tarik dahulu yang lama bila isinya keliru."
NO_WORDS = "Tuliskan isi perintah, paling sedikit 10 huruf."
PAST = "Tanggal paling lambat tidak boleh sebelum hari ini."
WITHDRAWN = "Perintah yang disiapkan ini sudah ditarik."


def may_schedule(person: Person, government: Government) -> bool:
    """Bagian Organisasi, and the administrator of the government."""
    return bool(person.government_roles(government.pk) & SCHEDULING)


@transaction.atomic
def schedule_orders(
    government: Government, year: int, period: Period, instruction: str, due: date, actor: Person
) -> OrderSchedule:
    """Prepare the order of a period; the heads of all offices without a cycle of it are told."""
    if not may_schedule(actor, government):
        raise PermissionDenied
    gaps = [] if is_said(instruction) else [NO_WORDS]
    gaps += [PAST] if due < timezone.localdate() else []
    of_period = {"year": year, "frequency": period.frequency, "number": period.number}
    if OrderSchedule.objects.standing().filter(government=government, **of_period).exists():
        gaps.append(ALREADY.format(name=f"{period.name} {year}"))
    if gaps:
        raise Incomplete(*gaps)
    post = next(post for post in actor.posts_in_force if post.government_id == government.pk)
    made = OrderSchedule.objects.create(
        government=government, instruction=instruction.strip(), due=due, made_by=actor, made_as=post.printed,
        made_at=timezone.now(), **of_period,
    )  # fmt: skip
    _tell_heads(made)
    return made


def _tell_heads(made: OrderSchedule) -> None:
    """One message each, written at once for all."""
    ordered = MeasurementCycle.objects.standing().filter(
        year=made.year, number=made.number, frequency=made.frequency, unit__belongs_to=made.government
    )
    heads = Appointment.objects.in_force().filter(
        unit__belongs_to=made.government, role=Role.CAMAT, person__is_active=True
    )
    found = heads.exclude(unit__in=ordered.values("unit")).values_list("person", "unit").order_by("person")
    text = f"{made.made_as} menyiapkan perintahnya. Periksa isinya, lalu perintahkan paling lambat {long_date(made.due)}."
    Message.objects.bulk_create(
        Message(
            person_id=person, kind=Message.Kind.TURN, key=f"{_key(made)}:{unit}", text=text,
            subject=f"{made} menunggu Anda", url=order_url(made.pk, unit),
        )
        for person, unit in found
    )  # fmt: skip


def _key(schedule: OrderSchedule) -> str:
    return f"jadwal:{schedule.pk}"


def order_url(schedule: int, unit: int) -> str:
    """The page of step 1 with what was prepared."""
    return reverse("open_cycle", query={"unit": unit, "jadwal": schedule})


@transaction.atomic
def withdraw_schedule(schedule: OrderSchedule, actor: Person) -> None:
    """What was ordered already stays ordered; nobody is asked any more."""
    if not may_schedule(actor, schedule.government):
        raise PermissionDenied
    if not OrderSchedule.objects.standing().filter(pk=schedule.pk).update(withdrawn_at=timezone.now()):
        raise NotAtThisStep(WITHDRAWN)
    Message.objects.filter(key__startswith=f"{_key(schedule)}:").mark_read()
