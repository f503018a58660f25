"""What waits for whom: the tasks of a person over all cycles of their units, with due times."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.actions import OpenStay, OwnActions
from measurement.models import Appointment, MeasurementCycle, Person, Prepared, Stay
from measurement.models.organisation import load_calendars
from measurement.rules.deadlines import Deadline, Terms
from measurement.rules.sop import Role
from measurement.rules.sop_edition import Sop

from .deadline_words import due_words
from .desk import desk_of, read_stay


@dataclass
class Waiting:
    """An open cycle at its step, and what this person may do to it. The due time asks for the calendar only if somebody looks."""

    cycle: MeasurementCycle
    stay: Stay
    actions: OwnActions
    is_mine: bool = False

    @classmethod
    def of(cls, known: OpenStay, cycle: MeasurementCycle, person: Person) -> "Waiting":
        """With the stay as the desk knows it."""
        moment = datetime.fromisoformat(known.arrived)
        arrived = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        stay = Stay(pk=known.key, cycle=cycle, step=known.step_key, round=known.round, arrived_at=arrived)
        stay.know_terms(_day(known.planned), _day(known.extended))
        return cls(cycle, stay, OwnActions(known, person))

    @cached_property
    def mine(self) -> "Waiting":
        """The same by the terms of this person, who may have got more time than the others."""
        return replace(self, is_mine=True)

    @cached_property
    def deadline(self) -> Deadline:
        """For all who are at work on the step, or for this person."""
        of_all = self.stay.terms()
        own = _day(self.actions.stay.extended_own) if self.is_mine else None
        extended = max(filter(None, (of_all.extended, own)), default=None)
        return self.stay.deadline(self.cycle.unit.calendar, Terms(of_all.planned, extended))

    @property
    def due(self) -> datetime | None:
        return self.deadline.at

    @property
    def lacks_clock(self) -> bool:
        """Whether there would be a due time if the office had entered its working hours."""
        return self.stay.lacks_clock(self.cycle.unit.calendar)

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.now()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def waiting_in(cycle: MeasurementCycle, person: Person) -> Waiting | None:
    """A cycle that a page has fetched, as it waits; None where it is over."""
    known = desk_of(person).stays.get(cycle.pk) or read_stay(person, cycle)
    return Waiting.of(known, cycle, person) if known else None


def waiting_at_step(cycle: MeasurementCycle, person: Person) -> Waiting:
    """The same of a cycle that is under way; KeyError for any other."""
    return Waiting.of(desk_of(person).stays[cycle.pk], cycle, person)


def waiting_at(known: Iterable[OpenStay], person: Person) -> list[Waiting]:
    """These cycles under way in their order, for a list: one query for them and one for their calendars, however many they are."""
    stays = list(known)
    keys = [stay.cycle_id for stay in stays]
    found = LISTED.rows(person, keys) if keys else []
    cycles = {cycle.pk: cycle for cycle in found}
    for cycle in found:
        cycle.unit = person.brief_unit(cycle.unit_id)
    load_calendars({cycle.unit_id: cycle.unit for cycle in found}.values())
    return [Waiting.of(stay, cycles[stay.cycle_id], person) for stay in stays]


def _listed(person: Person, keys: Collection[int]) -> QuerySet[MeasurementCycle]:
    return MeasurementCycle.objects.listed_by(person).filter(pk__in=keys)


LISTED = Prepared(_listed)
CardOf = Callable[[Waiting, Person], dict]


def task_cards(item: Waiting, person: Person) -> list[dict]:
    """What this person has to do in one cycle, drawn. Verb first, one button."""
    return [draw(item, person) for draw in cycle_tasks(item.actions)]


def cycle_tasks(actions: OwnActions) -> list[CardOf]:
    """What a person has to do in one cycle, each to be drawn when somebody looks: their own rows, then the step of their role."""
    return [_rows_card] * actions.has_own_rows + [_step_card] * actions.has_step


def _step_card(item: Waiting, person: Person) -> dict:
    cycle, step = item.cycle, item.cycle.current_step
    acting = _acting_as(person, cycle.unit_id, step.actor, cycle.sop)
    return _card(
        item,
        person,
        step.task_title,
        f"langkah {step.of_all}{acting}",
        reverse("step", args=[cycle.pk, step.number]),
    )


def _acting_as(person: Person, unit_id: int, role: Role, sop: Sop) -> str:
    """As what this person acts for somebody else (Plt., Plh.); empty where they hold the role themselves."""
    held = [a for a in person.appointments_by_unit.get(unit_id, ()) if a.role == role]
    return (
        f" · sebagai {held[0].role_named_by(sop)}"
        if held and all(a.kind != Appointment.Kind.DEFINITIVE for a in held)
        else ""
    )


def named_cycle(cycle: MeasurementCycle, person: Person) -> str:
    """The cycle, with its office for somebody who serves in several."""
    return f"{cycle} · {cycle.unit.short_name}" if len(person.unit_ids) > 1 else str(cycle)


def _rows_card(waiting: Waiting, person: Person) -> dict:
    """By this person's own terms."""
    item, own = waiting.mine, waiting.actions.stay
    url = reverse("worksheet", args=[item.cycle.pk])
    if own.returned:
        state = {"key": "dikembalikan", "label": "Dikembalikan"}
        card = _card(item, person, "Lengkapi baris yang dikembalikan", f"{own.returned} indikator", url)
        return card | {"state": state}
    if item.actions.all_filled_in:
        return _card(item, person, "Serahkan hasil pengukuran", "semua baris dan anggaran sudah terisi", url)
    if not own.open:
        return _card(
            item, person, "Isi realisasi anggaran", f"{own.blank_money} sub kegiatan belum diisi", url
        )
    sent = f"{own.total - own.open} dari {own.total} indikator terkirim"
    return _card(item, person, "Isi kertas kerja", sent, url)


def _card(item: Waiting, person: Person, title: str, progress: str, url: str) -> dict:
    state = (
        {"key": "terlambat", "label": "Terlambat"}
        if item.is_late
        else {"key": "berjalan", "label": "Berjalan"}
    )
    return {
        "title": title,
        "cycle": named_cycle(item.cycle, person),
        "progress": progress,
        "due": due_words(item),
        "state": state,
        "url": url,
        "action": "Kerjakan",
    }
