"""First passwords: made for people of an office, shown once on a sheet to be cut apart, kept only as their digests and never in the log."""

import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from measurement.models import Person, Unit

logger = logging.getLogger(__name__)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike on paper
GROUPS, LENGTH = 3, 4
MOST = 100  # people of one sheet; a digest takes some 60 ms


@dataclass(frozen=True)
class Slip:
    """What one person is handed."""

    name: str
    username: str
    has_number: bool
    password: str


@dataclass(frozen=True)
class HandoverSheet:
    """The slips, and the names of those who get none."""

    slips: list[Slip]
    left_out: list[str]


def temporary_password() -> str:
    """Shown once, to be changed at first use."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))


@sensitive_variables()
@transaction.atomic
def hand_out_passwords(unit: Unit, actor: Person, chosen: Collection[int]) -> HandoverSheet:
    """A new temporary password for each of these people whom the office keeps; earlier ones are worth nothing from now on.

    Not for oneself, for accounts that are not active, and for people whom another office keeps, too.
    """
    found = list(Person.objects.of_unit(unit).filter(pk__in=chosen).order_by("name")[:MOST])
    kept = set(
        Person.objects.kept_by(unit).filter(pk__in=chosen, is_active=True).values_list("pk", flat=True)
    )
    kept.discard(actor.pk)
    given = [person for person in found if person.pk in kept]
    slips = []
    for person in given:
        password = temporary_password()
        person.set_password(password)
        person.must_change_password = True
        slips.append(Slip(person.name, person.username, bool(person.nip), password))
    Person.objects.bulk_update(given, ["password", "must_change_password"])
    logger.info("unit %s: first passwords for %s people by %s", unit.pk, len(given), actor.pk)
    return HandoverSheet(slips, [person.name for person in found if person.pk not in kept])
