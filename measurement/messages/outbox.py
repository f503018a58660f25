"""Messages on their way: nobody is told the same thing twice, and what is told is mailed once it is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from django.db import transaction

from measurement.models import Message, Person

from . import mailing

KEYS_AT_ONCE = 5000  # looked up in one query


@dataclass(frozen=True)
class Reminder:
    """A message that it is time for: to whom, by which key they were told it or not, and how it is written if they were not."""

    person: Person
    key: str
    written: Callable[[], Message]


class ToBeTold(Protocol):
    """A message or what is to become one: to whom, and by which key they know it."""

    @property
    def person(self) -> Person: ...

    @property
    def key(self) -> str: ...


Telling = TypeVar("Telling", bound=ToBeTold)


def untold(found: Iterable[Telling]) -> list[Telling]:
    """Those of which these people were not told yet, each once."""
    keys = {(one.person.pk, one.key): one for one in found}
    texts = sorted({key for _, key in keys})
    told: set[tuple[int, str]] = set()
    for first in range(0, len(texts), KEYS_AT_ONCE):
        some = Message.objects.filter(key__in=texts[first : first + KEYS_AT_ONCE])
        told.update(some.values_list("person_id", "key"))
    return [one for key, one in keys.items() if key not in told]


def write(messages: Iterable[Message]) -> list[Message]:
    """Keep what these people were not told yet; returns what was new."""
    new = untold(messages)
    Message.objects.bulk_create(new, ignore_conflicts=True)
    return new


def write_and_mail(messages: Iterable[Message]) -> None:
    people = [message.person_id for message in write(messages)]
    if people:
        transaction.on_commit(partial(mailing.mail_people.enqueue, people), robust=True)
