"""What is to be followed up, as ready lines: directions of the Sekcam and the Camat, and what owners promised in their rows."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from measurement.addresses import reverse
from measurement.figures.past_cycles import has_worksheet, speaking_cycles
from measurement.models import FollowUp, MeasurementCycle, Person, Prepared, SopEdition, WorksheetRow
from measurement.models.worksheet import RowQuerySet
from measurement.record.promises import open_promises
from measurement.rules.dates import local_date, long_date
from measurement.rules.follow_ups import CLOSING, UNANSWERED, Progress, Promise
from measurement.rules.sop import OPEN_ROWS, Role
from measurement.rules.sop_edition import Sop

from ..start.desk import desk_of

GONE = "tidak lagi bertugas"
DIRECTION_COLUMNS = (
    *(
        "unit",
        "text",
        "responsible__name",
        "responsible_role",
        "due",
        "given_by__name",
        "given_role",
        "given_as",
        "given_at",
    ),
    *("directive__text", "directive__answer", "directive__row__name"),
    *("cycle__unit", "cycle__year", "cycle__frequency", "cycle__number"),
)
PROMISE_COLUMNS = (
    *("cycle", "owner__name", "node__code", "name", "state"),
    *("promises", "promise_progress", "promise_note", "follow_up"),
)


@dataclass(frozen=True)
class FollowUpLine:
    """One thing to be done, whoever asked for it."""

    words: str
    about: str
    source: str
    who: str
    due: date
    state: str  # what was reported last
    progress: str
    url: str
    is_mine: bool
    is_direction: bool
    is_closed: bool = False
    # what was answered waits for whoever asked; what is asked about in a measurement under way or to come is not late before it was sent
    is_asked: bool = False

    @property
    def due_words(self) -> str:
        return long_date(self.due)

    @property
    def is_late(self) -> bool:
        return not (self.is_closed or self.is_asked) and self.due < timezone.localdate()

    @property
    def shown_state(self) -> dict:
        """Of a closed one: done, or given up."""
        key = "selesai" if self.progress == Progress.DONE else "dikembalikan"
        return {"key": key, "label": self.progress}

    @property
    def is_unanswered(self) -> bool:
        return not self.is_closed and not self.progress


FILTERS: dict[str, tuple[str, Callable[[FollowUpLine], bool]]] = {
    "": ("Terbuka", lambda line: not line.is_closed),
    "lewat": ("Lewat batas", lambda line: line.is_late),
    "belum": (UNANSWERED, lambda line: line.is_unanswered),
    "saya": ("Untuk saya", lambda line: line.is_mine and not line.is_closed),
    "arahan": ("Arahan", lambda line: line.is_direction and not line.is_closed),
    "indikator": ("Dari kertas kerja", lambda line: not line.is_direction and not line.is_closed),
    "ditutup": ("Ditutup", lambda line: line.is_closed),
}


def all_lines(person: Person) -> list[FollowUpLine]:
    """Everything that this person may see, what is due first on top; five queries at most, however much there is."""
    directions = DIRECTIONS.rows(person, timezone.localdate())
    for item in directions:
        item.unit = person.brief_unit(item.unit_id)
        item.unit.sop = Sop.read(vars(item)["sop_facts"])
    lines = [_direction_line(item, person) for item in directions]
    return sorted([*lines, *promise_lines(person)], key=lambda line: (line.is_closed, line.due))


def _directions(person: Person, day: date) -> QuerySet[FollowUp]:
    facts = SopEdition.objects.of_unit(OuterRef("unit"), day).values("facts")
    visible = FollowUp.objects.visible_to(person, day).filter(unit_id__in=person.served_units)
    return visible.with_notes(day).annotate(sop_facts=Subquery(facts)).only(*DIRECTION_COLUMNS)


DIRECTIONS = Prepared(_directions)


def direction_line(item: FollowUp, person: Person) -> FollowUpLine:
    item.unit = person.unit(item.unit_id)
    return _direction_line(item, person)


def _direction_line(item: FollowUp, person: Person) -> FollowUpLine:
    note, closing = item.last_note, item.closing
    said = (
        f"{note.progress}: {note.text}" if note else f"Dijawab: {item.answer}" if item.answer else UNANSWERED
    )
    directed = item.given_role != Role.TIM_SAKIP
    kind = "Arahan" if directed else "Dari kertas kerja, dicatat"
    return FollowUpLine(
        words=item.words,
        about=item.about,
        source=f"{kind} {item.given_as}, {local_date(item.given_at)} · {item.cycle}",
        who=who_answers(item),
        due=item.due,
        state=said,
        progress=note.progress if note else Progress.RUNNING.value if item.answer else "",
        url=reverse("follow_up", args=[item.pk]),
        is_mine=answers_for(person, item),
        is_direction=directed,
        is_asked=bool(item.answer),
        is_closed=closing is not None,
    )


def who_answers(item: FollowUp) -> str:
    """The person, also one who serves no more, or the role in the words of the office."""
    if item.responsible is None:
        return item.unit.sop.holder(Role(item.responsible_role))
    return item.responsible.name if item.serves else f"{item.responsible.name} ({GONE})"


def answers_for(person: Person, item: FollowUp) -> bool:
    roles = {role.value for role in person.roles_in(item.unit_id)}
    return item.responsible_id == person.pk or item.responsible_role in roles


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
    rows = _promised(person, of_others).values("cycle__unit")
    return MeasurementCycle.objects.listed_by(person).standing().filter(unit__in=rows)


def _promising(person: Person, cycles: Collection[int], of_others: bool) -> QuerySet[WorksheetRow]:
    found = _promised(person, of_others).filter(cycle__in=cycles).select_related("owner", "node")
    return found.only(*PROMISE_COLUMNS)


STANDING, PROMISING = Prepared(_standing), Prepared(_promising)


def promise_lines(person: Person, *, of_others: bool = True) -> list[FollowUpLine]:
    """What owners promised and have not settled; of a cycle under way also what was just settled in it."""
    cycles = bearing_cycles(person, of_others)
    found: list[FollowUpLine] = []
    for row in PROMISING.rows(person, cycles, of_others) if cycles else ():
        cycle = cycles[row.cycle_id]
        settled = row.promise_progress in CLOSING
        taken = [Promise.kept(facts) for facts in row.promises]
        found += [_promise_line(row, promise, person, settled) for promise in taken]
        if cycle.is_archived:
            own = [promise for promise in open_promises(row, cycle) if promise.row == row.pk]
            found += [_promise_line(row, promise, person, False, is_new=True) for promise in own]
    return found


def _promise_line(
    row: WorksheetRow, promise: Promise, person: Person, settled: bool, is_new: bool = False
) -> FollowUpLine:
    """A promise with what became of it; one of the period that was just archived waits for the next."""
    progress = "" if is_new else row.promise_progress
    is_asked = is_new or (not progress and row.state in OPEN_ROWS)
    note = f"{progress}: {row.promise_note}" if row.promise_note and not is_new else progress
    return FollowUpLine(
        words=promise.text,
        about=row.name,
        source=f"Kertas kerja {promise.period} · {row.node.code}",
        who=row.owner.name,
        due=promise.due,
        state=note or ("Ditanyakan pada pengukuran berikutnya" if is_new else UNANSWERED),
        progress=progress or (Progress.RUNNING.value if is_new else ""),
        url=_place_of(row, person),
        is_mine=row.owner_id == person.pk,
        is_direction=False,
        is_closed=settled,
        is_asked=is_asked,
    )


def _place_of(row: WorksheetRow, person: Person) -> str:
    """The row on its owner's sheet while it takes entries; else its own page."""
    if row.owner_id == person.pk and row.state in OPEN_ROWS:
        return f"{reverse('worksheet', args=[row.cycle_id])}#baris-{row.pk}"
    return reverse("row_thread", args=[row.cycle_id, row.pk])


def _own_directions(person: Person) -> list[tuple[date, bool]]:
    """Until when each that is open is to be followed up, and whether it is late."""
    today, mine = timezone.localdate(), desk_of(person).directions
    found = [(date.fromisoformat(due), answer) for due, answer in mine]
    return [(due, not answer and due < today) for due, answer in found]


def _own_promises(person: Person) -> list[tuple[date, bool]]:
    """The same of what this person promised in their own rows; most have none, and nothing more is asked."""
    own = promise_lines(person, of_others=False)
    return [(line.due, line.is_late) for line in own if not line.is_closed]


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


def filter_chips_of(lines: Iterable[FollowUpLine], chosen: str) -> list[dict]:
    seen = list(lines)
    counts = {key: sum(test(line) for line in seen) for key, (_, test) in FILTERS.items()}
    return [
        {"label": f"{label} ({counts[key]})", "url": f"?saring={key}", "current": key == chosen}
        for key, (label, _) in FILTERS.items()
        if counts[key] or key in ("", chosen)
    ]
