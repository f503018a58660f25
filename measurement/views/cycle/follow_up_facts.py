"""What is to be followed up, as far as it is counted, sorted and filtered: directions of the Sekcam and the Camat, and what owners promised in their rows.

Somebody who serves in many offices has hundreds of them, of which a page shows few: only those are read whole (follow_up_lines.py).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from measurement.addresses import reverse
from measurement.figures.past_cycles import has_worksheet, speaking_cycles
from measurement.models import FollowUp, FollowUpNote, MeasurementCycle, Person, Prepared, WorksheetRow
from measurement.models.worksheet import RowQuerySet
from measurement.record.promises import open_promises
from measurement.rules.dates import long_date
from measurement.rules.follow_ups import CLOSING, UNANSWERED, Progress, Promise
from measurement.rules.sop import OPEN_ROWS, Role

from ..start.desk import desk_of

PROMISE_COLUMNS = ("cycle", "owner", "state", "promises", "promise_progress", "follow_up")


@dataclass(frozen=True)
class FollowUpFacts:
    """One thing to be done, whoever asked for it. What was answered waits for whoever asked, and what is asked about in a measurement under way or to
    come is not late before it was sent (`is_asked`). `promise`: of an owner, in the row `key`; without one it is the direction `key`."""

    key: int
    due: date
    progress: str
    is_mine: bool
    is_closed: bool
    is_late: bool
    promise: Promise | None = None
    is_asked: bool = False
    is_directed: bool = False
    is_new: bool = False  # promised in the period that was just archived: it waits for the next

    @property
    def is_unanswered(self) -> bool:
        return not self.is_closed and not self.progress


FILTERS: dict[str, tuple[str, Callable[[FollowUpFacts], bool]]] = {
    "": ("Terbuka", lambda facts: not facts.is_closed),
    "lewat": ("Lewat batas", lambda facts: facts.is_late),
    "belum": (UNANSWERED, lambda facts: facts.is_unanswered),
    "saya": ("Untuk saya", lambda facts: facts.is_mine and not facts.is_closed),
    "arahan": ("Arahan", lambda facts: facts.is_directed and not facts.is_closed),
    "indikator": ("Dari kertas kerja", lambda facts: not facts.is_directed and not facts.is_closed),
    "ditutup": ("Ditutup", lambda facts: facts.is_closed),
}


def all_facts(person: Person) -> list[FollowUpFacts]:
    """Of everything that this person may see, what is due first on top; three queries, however much there is."""
    found = [*_of_directions(person), *_of_promises(person)]
    return sorted(found, key=lambda facts: (facts.is_closed, facts.due))


def _told(person: Person, day: date) -> QuerySet[FollowUp, tuple]:
    notes = FollowUpNote.objects.filter(follow_up=OuterRef("pk")).order_by("-pk")
    found = FollowUp.objects.visible_to(person, day).filter(unit_id__in=person.served_units)
    return found.annotate(last=Subquery(notes.values("progress")[:1])).values_list(
        *("pk", "unit", "due", "given_role", "responsible", "responsible_role", "directive__answer", "last")
    )


TOLD = Prepared(_told)


def _of_directions(person: Person) -> Iterator[FollowUpFacts]:
    today = timezone.localdate()
    for key, unit, due, given_role, responsible, role, answer, last in TOLD.rows(person, today):
        mine = answers_for(person, unit, responsible, role)
        yield direction_facts(key, due, given_role, mine, answer or "", last or "")


def direction_facts(
    key: int, due: date, given_role: str, is_mine: bool, answer: str, last: str
) -> FollowUpFacts:
    """Of a direction with its answer and the progress of its last note."""
    is_closed = last in CLOSING
    return FollowUpFacts(
        key,
        due,
        progress=last or (Progress.RUNNING.value if answer else ""),
        is_mine=is_mine,
        is_closed=is_closed,
        is_late=not (is_closed or answer) and due < timezone.localdate(),
        is_asked=bool(answer),
        is_directed=given_role != Role.TIM_SAKIP,
    )


def answers_for(person: Person, unit: int, responsible: int | None, role: str) -> bool:
    """Whether a direction of that unit is for this person, or for a role that they hold there."""
    return responsible == person.pk or role in {held.value for held in person.roles_in(unit)}


def bearing_cycles(person: Person, of_others: bool) -> dict[int, MeasurementCycle]:
    """Of each office with promises the newest cycle with a worksheet: its rows have taken over whatever earlier ones left open. By their keys."""
    by_unit: dict[int, list[MeasurementCycle]] = {}
    for cycle in STANDING.rows(person, of_others):
        cycle.unit = person.brief_unit(cycle.unit_id)
        by_unit.setdefault(cycle.unit_id, []).append(cycle)
    newest: dict[int, MeasurementCycle] = {}
    for cycles in by_unit.values():
        spoken = speaking_cycles(cycle for cycle in cycles if has_worksheet(cycle)).values()
        if last := max(spoken, key=lambda cycle: (cycle.last_day, cycle.pk), default=None):
            newest[last.pk] = last
    return newest


def _promised(person: Person, of_others: bool) -> RowQuerySet:
    """The rows in which something was promised, by anybody or by this person only."""
    rows = WorksheetRow.objects.visible_to(person).exclude(promises=[], follow_up="")
    return rows if of_others else rows.owned_by(person)


def _standing(person: Person, of_others: bool) -> QuerySet[MeasurementCycle]:
    found = MeasurementCycle.objects.listed_by(person).standing()
    return found if of_others else found.filter(unit__in=_promised(person, of_others).values("cycle__unit"))


def _promising(person: Person, cycles: Collection[int], of_others: bool) -> QuerySet[WorksheetRow]:
    return _promised(person, of_others).filter(cycle__in=cycles).only(*PROMISE_COLUMNS)


STANDING, PROMISING = Prepared(_standing), Prepared(_promising)


def _of_promises(person: Person, *, of_others: bool = True) -> Iterator[FollowUpFacts]:
    """What owners promised and have not settled; of a cycle under way also what was just settled in it."""
    cycles, today = bearing_cycles(person, of_others), timezone.localdate()
    for row in PROMISING.rows(person, cycles, of_others) if cycles else ():
        cycle, is_mine = cycles[row.cycle_id], row.owner_id == person.pk
        for kept in row.promises:
            yield _promise_facts(row, Promise.kept(kept), is_mine, today)
        if cycle.is_archived:
            for promise in open_promises(row, cycle):
                if promise.row == row.pk:
                    yield _new_promise_facts(promise, is_mine)


def _promise_facts(row: WorksheetRow, promise: Promise, is_mine: bool, today: date) -> FollowUpFacts:
    """What the row took over from an earlier period, and what was said of it there."""
    progress = row.promise_progress
    is_closed, is_asked = progress in CLOSING, not progress and row.state in OPEN_ROWS
    is_late = not (is_closed or is_asked) and promise.due < today
    return FollowUpFacts(row.pk, promise.due, progress, is_mine, is_closed, is_late, promise, is_asked)


def _new_promise_facts(promise: Promise, is_mine: bool) -> FollowUpFacts:
    running = Progress.RUNNING.value
    return FollowUpFacts(
        promise.row, promise.due, running, is_mine, False, False, promise, is_asked=True, is_new=True
    )


def _own_directions(person: Person) -> list[tuple[date, bool]]:
    """Until when each that is open is to be followed up, and whether it is late."""
    today, mine = timezone.localdate(), desk_of(person).directions
    found = [(date.fromisoformat(due), answer) for due, answer in mine]
    return [(due, not answer and due < today) for due, answer in found]


def _own_promises(person: Person) -> list[tuple[date, bool]]:
    """The same of what this person promised in their own rows; most have none, and nothing more is asked."""
    own = _of_promises(person, of_others=False)
    return [(facts.due, facts.is_late) for facts in own if not facts.is_closed]


def own_line(person: Person) -> dict | None:
    """One line of Tugas saya: how much this person has to follow up, and what of it is late."""
    mine = [*_own_directions(person), *_own_promises(person)]
    if not mine:
        return None
    late, nearest = sum(is_late for _, is_late in mine), min(mine)[0]
    return {
        "url": f"{reverse('follow_ups')}?saring=saya",
        "title": f"{len(mine)} tindak lanjut untuk Anda",
        "words": f"{late} lewat batas" if late else f"yang paling dekat: batas {long_date(nearest)}",
        "is_late": bool(late),
    }


def filter_chips_of(found: Iterable[FollowUpFacts], chosen: str) -> list[dict]:
    seen = list(found)
    counts = {key: sum(map(test, seen)) for key, (_, test) in FILTERS.items()}
    return [
        {"label": f"{label} ({counts[key]})", "url": f"?saring={key}", "current": key == chosen}
        for key, (label, _) in FILTERS.items()
        if counts[key] or key in ("", chosen)
    ]
