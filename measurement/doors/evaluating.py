"""Accepting many rows at once: those that ask for a look of their own are left, and it is said which and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from measurement.figures.calculation import calculate
from measurement.figures.second_looks import LOOK_WORDS, Look, second_looks
from measurement.models import AuditEntry, MeasurementCycle, Person

from . import measuring

FILLED = "row_fill_for"


@dataclass(frozen=True)
class AcceptedAtOnce:
    """What was accepted, and why the rest was not: row id → looks."""

    outcome: measuring.Outcome
    left: dict[int, list[Look]]

    @property
    def left_words(self) -> str:
        """ "3 baris menunggu penilaian satu per satu: 1 milik Anda sendiri; 2 di bawah target tanpa berkas bukti."; empty if nothing is left."""
        if not self.left:
            return ""
        counts = Counter(look for looks in self.left.values() for look in looks)
        why = "; ".join(f"{counts[look]} {LOOK_WORDS[look][2]}" for look in Look if counts[look])
        return f"{len(self.left)} baris tidak ikut diterima dan dinilai satu per satu: {why}."


@transaction.atomic
def accept_at_once(
    cycle_id: int, actor: Person, rows: dict[int, int], chosen: dict[int, int]
) -> AcceptedAtOnce:
    """Accept these rows (id → version) but those that ask for a look of their own, and with them the rows that were `chosen` one by one."""
    cycle = measuring.lock_for(cycle_id, "accept", actor)
    looks = second_looks(calculate(cycle), actor, filled_in_by(cycle, actor))
    left = {pk: looks[pk] for pk in rows if pk in looks}
    plain = {pk: version for pk, version in rows.items() if pk not in left}
    return AcceptedAtOnce(measuring.accept(cycle_id, actor, plain | chosen), left)


def filled_in_by(cycle: MeasurementCycle, person: Person) -> set[int]:
    """The rows that this person filled in for their owners."""
    return filled_rows(cycle.audit.filter(action=FILLED), person)


def filled_rows(entries: Iterable[AuditEntry], person: Person) -> set[int]:
    """The same from entries of the trail that are at hand."""
    mine = [entry for entry in entries if entry.action == FILLED and entry.actor_id == person.pk]
    return {int(pk) for entry in mine for pk in entry.data["rows"]}
