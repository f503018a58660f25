"""What waits for whom: the tasks of a person over all cycles of their units, with due times."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from ..deadlines import due
from ..models import QUARTERS, MeasurementCycle, Stay, Unit
from ..permissions import may_perform
from ..sop import OPEN_ROWS, STEPS, Role, RowState, State
from ..words import moment, until


@dataclass
class Waiting:
    """An open cycle at its step, and when that step is due."""

    cycle: MeasurementCycle
    stay: Stay
    due: datetime | None
    own_open: int
    own_returned: int
    own_total: int

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.now()


def open_cycles(person) -> list[Waiting]:
    """Every cycle under way in this person's units, kept on the person for the length of the request."""
    if not hasattr(person, "_open_cycles"):
        mine = Q(rows__owner=person, rows__planned=True)
        cycles = (
            MeasurementCycle.objects.visible_to(person)
            .under_way()
            .select_related("unit")
            .prefetch_related(Prefetch("stays", Stay.objects.filter(left_at=None), to_attr="open_stays"))
            .annotate(
                own_open=Count("rows", filter=mine & Q(rows__state__in=OPEN_ROWS)),
                own_returned=Count("rows", filter=mine & Q(rows__state=RowState.DIKEMBALIKAN)),
                own_total=Count("rows", filter=mine),
            )
        )
        calendars = {}
        person._open_cycles = [_waiting(cycle, calendars) for cycle in cycles]
    return person._open_cycles


def _waiting(cycle: MeasurementCycle, calendars: dict) -> Waiting:
    stay = cycle.open_stays[0]
    calendar = calendars.setdefault(cycle.unit_id, cycle.unit.calendar)
    minutes = stay.sop_step.standard_minutes(calendar.minutes_per_day)
    deadline = due(timezone.localtime(stay.arrived_at), minutes, calendar) if minutes else None
    return Waiting(cycle, stay, deadline, cycle.own_open, cycle.own_returned, cycle.own_total)


def is_waiting_for(item: Waiting, person) -> bool:
    """Whether this person has something to do in the cycle now."""
    if item.cycle.state == State.PENGUKURAN:
        return bool(item.own_open)
    if item.cycle.state == State.EVALUASI and item.own_returned:
        return True
    return may_perform(item.cycle.step.key, person, item.cycle)


def waiting_for(person) -> list[Waiting]:
    """The cycles that wait for this person, the earliest due first."""
    waiting = [item for item in open_cycles(person) if is_waiting_for(item, person)]
    return sorted(waiting, key=lambda item: (item.due is None, item.due or item.stay.arrived_at))


def task_card(item: Waiting, person) -> dict:
    """One card of "Tugas saya": verb first, one button."""
    cycle, step = item.cycle, item.cycle.step
    state = {"key": "terlambat", "label": "Terlambat"} if item.is_late else {"key": "berjalan", "label": "Berjalan"}
    card = {
        "title": step.action,
        "cycle": str(cycle),
        "progress": f"langkah {step.number} dari 11",
        "due": due_words(item),
        "state": state,
        "url": reverse("step", args=[cycle.pk, step.number]),
        "action": "Kerjakan",
    }
    if cycle.state in (State.PENGUKURAN, State.EVALUASI) and item.own_open:
        filled = item.own_total - item.own_open
        title = "Lengkapi baris yang dikembalikan" if item.own_returned else "Isi kertas kerja"
        card |= {"title": title, "progress": f"{filled} dari {item.own_total} indikator terkirim", "url": reverse("worksheet", args=[cycle.pk])}
        if item.own_returned:
            card["state"] = {"key": "dikembalikan", "label": "Dikembalikan"}
    return card


def due_words(item: Waiting) -> str:
    """"hari ini pukul 16.00 WIB · 2 jam lagi"; nothing where the SOP gives no standard time."""
    return f"{moment(item.due)} · {until(item.due, timezone.now())}" if item.due else ""


def turn_words(item: Waiting) -> str:
    """One sentence: where the cycle stands, whose turn, due when."""
    step = item.cycle.step
    deadline = f" Batas: {moment(item.due)}." if item.due else ""
    again = f", putaran {item.cycle.round}" if item.cycle.round > 1 else ""
    return f"Langkah {step.number} dari 11{again}. Giliran: {step.actor.label}.{deadline}"


def finished_quarter(today: date) -> tuple[int, int]:
    """Year and number of the last quarter that is over."""
    quarter = (today.month - 1) // 3
    return (today.year, quarter) if quarter else (today.year - 1, 4)


def order_cards(person) -> list[dict]:
    """For a Camat: the quarter that is over and that nobody has ordered to be measured yet."""
    year, quarter = finished_quarter(timezone.localdate())
    units = [unit for unit in Unit.objects.visible_to(person).filter(plans__start_year__lte=year, plans__end_year__gte=year) if may_order(person, unit)]
    ordered = set(MeasurementCycle.objects.filter(unit__in=units, year=year, quarter=quarter).values_list("unit_id", flat=True))
    return [
        {
            "title": STEPS[0].action,
            "cycle": f"{QUARTERS[quarter]} {year}",
            "progress": "triwulan sudah berakhir",
            "due": "",
            "state": {"key": "belum", "label": "Belum"},
            "url": reverse("open_cycle"),
            "action": "Buat perintah",
        }
        for unit in units
        if unit.pk not in ordered
    ]


def may_order(person, unit: Unit) -> bool:
    return Role.CAMAT in person.roles_in(unit.pk)
