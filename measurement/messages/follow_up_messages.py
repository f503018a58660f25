"""What people are told of directions: once when they are to follow one up, once when it was reported on or closed."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

from measurement.addresses import reverse
from measurement.models import FollowUp, FollowUpNote, Message, Person
from measurement.rules.dates import long_date
from measurement.rules.sop import Role

from .notifications import make_message
from .outbox import Reminder, write_and_mail
from .waited_for import Staff


def tell_opened(directions: Iterable[FollowUp], actor: Person) -> None:
    """Those who answer for the directions, one message each however many came at once."""
    found: dict[Person, list[FollowUp]] = {}
    for item in directions:
        for person in those_who_answer(item):
            found.setdefault(person, []).append(item)
    write_and_mail(_opened(person, items) for person, items in found.items() if person != actor)


def _opened(person: Person, items: list[FollowUp]) -> Message:
    first = items[0]
    count = f"{len(items)} arahan" if len(items) > 1 else "arahan"
    context = {
        "giver": first.given_by.name,
        "title": first.given_as,
        "lines": [_line(item) for item in items],
    }
    return make_message(
        "emails/follow_up.txt",
        context,
        person,
        kind=Message.Kind.FOLLOW_UP,
        key=f"tindak-lanjut:{first.pk}",
        subject=f"{count.capitalize()} untuk Anda tindak lanjuti",
        url=reverse("follow_up", args=[first.pk]) if len(items) == 1 else reverse("follow_ups"),
        cycle=first.cycle,
    )


def _line(item: FollowUp) -> str:
    about = f" ({item.about})" if item.about else ""
    return f"{item.words}{about}. Batas: {long_date(item.due)}."


def tell_noted(note: FollowUpNote, actor: Person) -> None:
    """The giver hears that something was reported; those who answer for it that it was closed."""
    item = note.follow_up
    people = {item.given_by, *those_who_answer(item)} - {actor}
    made = partial(
        make_message,
        "emails/follow_up_note.txt",
        {"note": note, "words": item.words},
        kind=Message.Kind.FOLLOW_UP,
        key=f"kemajuan:{note.pk}",
        subject=f"Tindak lanjut arahan: {note.progress.lower()}",
        url=reverse("follow_up", args=[item.pk]),
        cycle=item.cycle,
    )
    write_and_mail([made(person) for person in people])


def late_follow_ups(units: Collection[int], day: date) -> list[Reminder]:
    """Once for each direction of these offices whose day is over while it is open: to those who answer for it, and to whoever gave it. Of the arahan of
    a return the reminders of the evaluation speak."""
    late = FollowUp.objects.filter(unit__in=units, due__lt=day, directive=None).still_open()
    found = list(late.select_related("cycle", "responsible", "given_by"))
    staff = Staff.of({item.unit_id for item in found}) if found else Staff({}, {})
    return [_late(item, person) for item in found for person in {item.given_by, *_answering(item, staff)}]


def _late(item: FollowUp, person: Person) -> Reminder:
    key, url = f"tindak-lanjut:{item.pk}:lewat", reverse("follow_up", args=[item.pk])
    written = partial(
        make_message,
        "emails/follow_up_late.txt",
        {"words": item.words, "due": long_date(item.due)},
        person,
        kind=Message.Kind.FOLLOW_UP,
        key=key,
        subject="Tindak lanjut lewat batas",
        url=url,
        cycle=item.cycle,
    )
    return Reminder(person, key, written)


def _answering(item: FollowUp, staff: Staff) -> list[Person]:
    """As `those_who_answer`."""
    return (
        [item.responsible] if item.responsible else staff.holding(Role(item.responsible_role), item.unit_id)
    )


def those_who_answer(item: FollowUp) -> list[Person]:
    """The person, or everybody who holds the role today."""
    if item.responsible:
        return [item.responsible]
    return list(Person.objects.holding(Role(item.responsible_role), item.unit))
