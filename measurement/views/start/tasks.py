"""What waits for whom: the tasks of a person over all cycles of their units, with due times."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import cast

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.actions import CountedStay, CycleActions
from measurement.models import (
    Appointment,
    CorrectionEffect,
    Extension,
    MeasurementCycle,
    Message,
    OrderSchedule,
    OversightNote,
    Person,
    Plan,
    ReportReceipt,
    Stay,
    Withdrawal,
    WorksheetNode,
    WorksheetRow,
)
from measurement.models.history import last_day
from measurement.models.json_list import listed_as_json
from measurement.models.prepared import Prepared
from measurement.rules.deadlines import Deadline, Terms
from measurement.rules.sop import OPEN_ROWS, Role, RowState
from measurement.signing.waiting import signatures_waiting_for as signatures_of

from .count_columns import count_column, number_column
from .deadline_words import due_words


@dataclass
class Waiting:
    """An open cycle at its step, and what this person may do to it. The due time asks for the calendar only if somebody looks."""

    cycle: MeasurementCycle
    stay: CountedStay
    actions: CycleActions
    is_mine: bool = False

    @cached_property
    def mine(self) -> "Waiting":
        """The same by the terms of this person, who may have got more time than the others."""
        return replace(self, is_mine=True)

    @cached_property
    def deadline(self) -> Deadline:
        """For all who are at work on the step, or for this person."""
        stay = self.stay
        extended = [stay.extended, stay.extended_own] if self.is_mine else [stay.extended]
        terms = Terms(stay.planned, max(filter(None, extended), default=None))
        return stay.deadline(self.cycle.unit.calendar, terms)

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


def open_cycles(person: Person) -> list[Waiting]:
    """Every cycle under way in this person's units, looked up once and kept on the person while the request lasts."""
    kept: dict[str, list[Waiting]] = person.__dict__
    if "_open_cycles" not in kept:
        kept["_open_cycles"] = _open_cycles(person)
    return kept["_open_cycles"]


def _open_cycles(person: Person) -> list[Waiting]:
    stays = STAYS.rows(person, timezone.localdate()) if person.unit_ids else []
    for stay in stays:
        stay.cycle.unit = person.unit(stay.cycle.unit_id)
    return [Waiting(stay.cycle, stay, CycleActions(stay.cycle, person, stay)) for stay in stays]


def waiting_of(cycle: MeasurementCycle, person: Person) -> Waiting | None:
    """Where one cycle stands, None once it is over. That of an office which the person only reads is looked up alone."""
    own = next((item for item in open_cycles(person) if item.cycle.pk == cycle.pk), None)
    if own or not cycle.is_under_way or cycle.unit_id in person.unit_ids:
        return own
    stay = _stays_with_counts(person, timezone.localdate(), Q(cycle=cycle)).get()
    stay.cycle.unit = cycle.unit
    return Waiting(stay.cycle, stay, CycleActions(stay.cycle, person, stay))


def _counted_stays(person: Person, day: date) -> QuerySet[CountedStay]:
    """One query: a cycle under way has exactly one open stay, and this person's part of its worksheet is counted beside it."""
    return _stays_with_counts(person, day, Q(cycle__unit_id__in=person.unit_ids))


def _stays_with_counts(person: Person, day: date, where: Q) -> QuerySet[CountedStay]:
    everybody = WorksheetRow.objects.to_fill_in().filter(cycle=OuterRef("cycle"))
    rows = everybody.filter(owner=person)
    blank = WorksheetNode.objects.filter(cycle=OuterRef("cycle")).with_blank_money()
    of_stay = Extension.objects.filter(
        cycle=OuterRef("cycle"), step=OuterRef("step"), round=OuterRef("round")
    )
    asked = of_stay.waiting().exclude(asked_by=person)
    found = (
        Stay.objects.filter(where, left_at=None)
        .select_related("cycle")
        .with_terms()
        .annotate(
            total=count_column(rows),
            open=count_column(rows.filter(state__in=OPEN_ROWS)),
            returned=count_column(rows.filter(state=RowState.DIKEMBALIKAN)),
            blank_money=count_column(blank.filter(owner=person)),
            left_of_all=count_column(everybody.filter(state__in=OPEN_ROWS)) + count_column(blank),
            extended_own=last_day(of_stay.granted().filter(person=person), "until"),
            extensions=count_column(asked.filter(person=None)),
            extensions_of_people=count_column(asked.filter(person__isnull=False)),
            withdrawals=count_column(Withdrawal.objects.filter(cycle=OuterRef("cycle"), answered_at=None)),
            **_own_numbers(person, day),
        )
        .order_by("-cycle__year", "-cycle__number")
    )
    return cast("QuerySet[CountedStay]", found)


def _own_numbers(person: Person, day: date) -> dict:
    """What waits for this person beside the steps, as columns that cost no query of their own."""
    return {
        "signatures": number_column(signatures_of(person)),
        "unread": number_column(Message.objects.visible_to(person).unread()),
        "reports": number_column(ReportReceipt.objects.waiting_for(person, day)),
        "corrections": number_column(CorrectionEffect.objects.waiting_for(person, day), "cycle"),
        "oversight": number_column(OversightNote.objects.waiting_for(person, day)),
        **_for_orders(Appointment.objects.units_of(person, Role.CAMAT, day)),
    }


def _for_orders(units: QuerySet) -> dict:
    """Of the offices that this person leads: how the plans measure, and which periods were ordered."""
    plans, cycles, scheduled = (
        Plan.objects.filter(unit__in=units),
        MeasurementCycle.objects.standing().filter(unit__in=units),
        OrderSchedule.objects.standing().filter(government__offices__in=units),
    )
    return {
        "plans": listed_as_json(plans, "unit", "start_year", "end_year", "chosen_frequencies"),
        "ordered": listed_as_json(cycles, "unit", "year", "number"),
        "scheduled": listed_as_json(
            scheduled, "pk", "government__offices", "year", "frequency", "number", "due"
        ),
    }


STAYS = Prepared(_counted_stays)


@dataclass(frozen=True)
class OwnCounts:
    """What waits for a person beside the steps: signatures, unread messages, reports put before them, cycles to be corrected, notes to be answered; and for orders."""

    signatures: int
    unread: int
    reports: int
    corrections: int
    oversight: int
    plans: list[list] | None
    ordered: list[list] | None
    scheduled: list[list] | None

    @classmethod
    def of(cls, counted) -> "OwnCounts":
        """From a row that has them as columns."""
        return cls(*(getattr(counted, column.name) for column in fields(cls)))


def own_counts(person: Person) -> OwnCounts:
    """An open cycle has them along, else they are one query; kept on the person for the length of the request."""
    if items := open_cycles(person):
        return OwnCounts.of(items[0].stay)
    kept: dict[str, OwnCounts] = person.__dict__
    if "_own_counts" not in kept:
        kept["_own_counts"] = OwnCounts.of(COUNTED.rows(person, timezone.localdate())[0])
    return kept["_own_counts"]


def _counted_person(person: Person, day: date) -> QuerySet[Person]:
    return Person.objects.filter(pk=person.pk).annotate(**_own_numbers(person, day))


COUNTED = Prepared(_counted_person)


def task_cards(item: Waiting, person: Person) -> list[dict]:
    """What this person has to do in one cycle, drawn. Verb first, one button."""
    return [draw() for draw in cycle_tasks(item, person)]


def cycle_tasks(item: Waiting, person: Person) -> list[Callable[[], dict]]:
    """What this person has to do in one cycle, each to be drawn when somebody looks: their own rows, then the step of their role."""
    found: list[Callable[[], dict]] = []
    if item.actions.has_own_rows:
        found.append(partial(_rows_card, item.mine, person))
    if item.actions.has_step:
        found.append(partial(_step_card, item, person))
    return found


def _step_card(item: Waiting, person: Person) -> dict:
    cycle, step = item.cycle, item.cycle.current_step
    acting = _acting_as(person, cycle.unit_id, step.actor)
    return _card(
        item,
        person,
        step.task_title,
        f"langkah {step.of_all}{acting}",
        reverse("step", args=[cycle.pk, step.number]),
    )


def _acting_as(person: Person, unit_id: int, role: Role) -> str:
    """As what this person acts for somebody else (Plt., Plh.); empty where they hold the role themselves."""
    held = [a for a in person.appointments_in_force if a.unit_id == unit_id and a.role == role]
    return (
        f" · sebagai {held[0].printed_role}"
        if held and all(a.kind != Appointment.Kind.DEFINITIVE for a in held)
        else ""
    )


def named_cycle(cycle: MeasurementCycle, person: Person) -> str:
    """The cycle, with its office for somebody who serves in several."""
    return f"{cycle} · {cycle.unit.short_name}" if len(person.unit_ids) > 1 else str(cycle)


def _rows_card(item: Waiting, person: Person) -> dict:
    url, total, still_open, returned = (
        reverse("worksheet", args=[item.cycle.pk]),
        item.stay.total,
        item.stay.open,
        item.stay.returned,
    )
    if returned:
        state = {"key": "dikembalikan", "label": "Dikembalikan"}
        return _card(item, person, "Lengkapi baris yang dikembalikan", f"{returned} indikator", url) | {
            "state": state
        }
    if item.actions.all_filled_in:
        return _card(item, person, "Serahkan hasil pengukuran", "semua baris dan anggaran sudah terisi", url)
    if not still_open:
        return _card(
            item, person, "Isi realisasi anggaran", f"{item.stay.blank_money} sub kegiatan belum diisi", url
        )
    return _card(
        item, person, "Isi kertas kerja", f"{total - still_open} dari {total} indikator terkirim", url
    )


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
