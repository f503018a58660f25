"""What is to be followed up, as ready lines: directions of the Sekcam and the Camat, and what owners promised in their rows."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from measurement.addresses import reverse
from measurement.figures.past_cycles import has_worksheet, speaking_cycles
from measurement.models import FollowUp, MeasurementCycle, Person, Prepared, WorksheetRow
from measurement.record.promises import open_promises
from measurement.rules.dates import local_date, long_date
from measurement.rules.follow_ups import CLOSING, UNANSWERED, Progress, Promise
from measurement.rules.sop import OPEN_ROWS, Role

GONE = "tidak lagi bertugas"


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
    """Everything that this person may see, what is due first on top; four queries, however much there is."""
    lines = [direction_line(item, person) for item in DIRECTIONS.rows(person, timezone.localdate())]
    return sorted([*lines, *promise_lines(person)], key=lambda line: (line.is_closed, line.due))


def _directions(person: Person, day: date) -> QuerySet[FollowUp]:
    return FollowUp.objects.visible_to(person, day).with_notes(day)


DIRECTIONS = Prepared(_directions)


def direction_line(item: FollowUp, person: Person) -> FollowUpLine:
    item.unit = person.unit(item.unit_id)
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


def bearing_cycles(person: Person) -> list[MeasurementCycle]:
    """Of each office the newest cycle with a worksheet: its rows have taken over whatever earlier ones left open."""
    newest: dict[int, MeasurementCycle] = {}
    for unit_id in person.unit_ids:
        cycles = [cycle for cycle in _cycles(person) if cycle.unit_id == unit_id and has_worksheet(cycle)]
        spoken = speaking_cycles(cycles).values()
        if last := max(spoken, key=lambda cycle: (cycle.last_day, cycle.pk), default=None):
            newest[unit_id] = last
    return list(newest.values())


def _cycles(person: Person) -> list[MeasurementCycle]:
    kept: dict[str, list[MeasurementCycle]] = person.__dict__
    if "_followed_cycles" not in kept:
        kept["_followed_cycles"] = STANDING.rows(person)
        for cycle in kept["_followed_cycles"]:
            cycle.unit = person.unit(cycle.unit_id)
    return kept["_followed_cycles"]


def _standing(person: Person) -> QuerySet[MeasurementCycle]:
    return MeasurementCycle.objects.visible_to(person).standing()


STANDING = Prepared(_standing)


def promise_lines(person: Person) -> list[FollowUpLine]:
    """What owners promised and have not settled; of a cycle under way also what was just settled in it."""
    cycles = {cycle.pk: cycle for cycle in bearing_cycles(person)}
    found: list[FollowUpLine] = []
    for row in PROMISING.rows(person, cycles):
        cycle = cycles[row.cycle_id]
        settled = row.promise_progress in CLOSING
        taken = [Promise.kept(facts) for facts in row.promises]
        found += [_promise_line(row, promise, person, settled) for promise in taken]
        if cycle.is_archived:
            own = [promise for promise in open_promises(row, cycle) if promise.row == row.pk]
            found += [_promise_line(row, promise, person, False, is_new=True) for promise in own]
    return found


def _promising(person: Person, cycles: Collection[int]) -> QuerySet[WorksheetRow]:
    rows = WorksheetRow.objects.visible_to(person).filter(cycle__in=cycles).exclude(promises=[], follow_up="")
    return rows.select_related("owner", "node")


PROMISING = Prepared(_promising)


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


def own_line(person: Person) -> dict | None:
    """One line of Tugas saya: how much this person has to follow up, and what of it is late."""
    mine = [line for line in all_lines(person) if line.is_mine and not line.is_closed]
    if not mine:
        return None
    late = sum(line.is_late for line in mine)
    nearest = min(mine, key=lambda line: line.due)
    return {
        "url": f"{reverse('follow_ups')}?saring=saya",
        "title": f"{len(mine)} tindak lanjut untuk Anda",
        "words": f"{late} lewat batas" if late else f"yang paling dekat: batas {nearest.due_words}",
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
