"""Things to be followed up as ready lines: a direction, or what an owner promised in a row, with who does it and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import FollowUp, Person, Prepared, SopEdition, WorksheetRow
from measurement.rules.dates import local_date, long_date
from measurement.rules.follow_ups import UNANSWERED, Progress, Promise
from measurement.rules.sop import OPEN_ROWS, Role
from measurement.rules.sop_edition import Sop

from .follow_up_facts import FollowUpFacts, answers_for, direction_facts

GONE = "tidak lagi bertugas"
DIRECTION_COLUMNS = (
    *("unit", "text", "due", "responsible__name", "responsible_role"),
    *("given_by__name", "given_role", "given_as", "given_at"),
    *("directive__text", "directive__answer", "directive__row__name"),
    *("cycle__unit", "cycle__year", "cycle__frequency", "cycle__number"),
)
PROMISE_COLUMNS = ("cycle", "owner__name", "node__code", "name", "state", "promise_note")


@dataclass(frozen=True)
class FollowUpLine:
    """`state`: what was reported last."""

    facts: FollowUpFacts
    words: str
    about: str
    source: str
    who: str
    state: str
    url: str

    @property
    def due_words(self) -> str:
        return long_date(self.facts.due)

    @property
    def is_late(self) -> bool:
        return self.facts.is_late

    @property
    def is_closed(self) -> bool:
        return self.facts.is_closed

    @property
    def shown_state(self) -> dict:
        """Of a closed one: done, or given up."""
        key = "selesai" if self.facts.progress == Progress.DONE else "dikembalikan"
        return {"key": key, "label": self.facts.progress}


def follow_up_lines(found: Sequence[FollowUpFacts], person: Person) -> list[FollowUpLine]:
    """These things in this order; three queries for all of them."""
    keys = {facts.key for facts in found if not facts.promise}
    rows = {facts.key for facts in found if facts.promise}
    directions = {item.pk: item for item in (_directed(keys, person) if keys else ())}
    promising = {row.pk: row for row in (PROMISING_ROWS.rows(rows) if rows else ())}
    return [
        _promise_line(promising[facts.key], facts, facts.promise, person)
        if facts.promise
        else _direction_line(directions[facts.key], facts)
        for facts in found
    ]


def _directions(keys: Iterable[int], day: date) -> QuerySet[FollowUp]:
    facts = SopEdition.objects.of_unit(OuterRef("unit"), day).values("facts")
    found = FollowUp.objects.filter(pk__in=keys).with_notes(day)
    return found.annotate(sop_facts=Subquery(facts)).only(*DIRECTION_COLUMNS)


def _promising_rows(keys: Iterable[int]) -> QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(pk__in=keys).select_related("owner", "node").only(*PROMISE_COLUMNS)


DIRECTIONS, PROMISING_ROWS = Prepared(_directions), Prepared(_promising_rows)


def _directed(keys: set[int], person: Person) -> list[FollowUp]:
    found = DIRECTIONS.rows(keys, timezone.localdate())
    for item in found:
        item.unit = person.brief_unit(item.unit_id)
        item.unit.sop = Sop.read(vars(item)["sop_facts"])
    return found


def direction_line(item: FollowUp, person: Person) -> FollowUpLine:
    """One direction, fetched with its notes."""
    item.unit = person.unit(item.unit_id)
    mine = answers_for(person, item.unit_id, item.responsible_id, item.responsible_role)
    last = item.last_note.progress if item.last_note else ""
    return _direction_line(item, direction_facts(item.pk, item.due, item.given_role, mine, item.answer, last))


def _direction_line(item: FollowUp, facts: FollowUpFacts) -> FollowUpLine:
    note = item.last_note
    said = (
        f"{note.progress}: {note.text}" if note else f"Dijawab: {item.answer}" if item.answer else UNANSWERED
    )
    kind = "Arahan" if facts.is_directed else "Dari kertas kerja, dicatat"
    return FollowUpLine(
        facts,
        words=item.words,
        about=item.about,
        source=f"{kind} {item.given_as}, {local_date(item.given_at)} · {item.cycle}",
        who=_who_answers(item),
        state=said,
        url=reverse("follow_up", args=[item.pk]),
    )


def _who_answers(item: FollowUp) -> str:
    """The person, also one who serves no more, or the role in the words of the office."""
    if item.responsible is None:
        return item.unit.sop.holder(Role(item.responsible_role))
    return item.responsible.name if item.serves else f"{item.responsible.name} ({GONE})"


def _promise_line(row: WorksheetRow, facts: FollowUpFacts, promise: Promise, person: Person) -> FollowUpLine:
    """A promise with what became of it; one of the period that was just archived waits for the next."""
    said = f"{facts.progress}: {row.promise_note}" if row.promise_note else facts.progress
    state = "Ditanyakan pada pengukuran berikutnya" if facts.is_new else said or UNANSWERED
    return FollowUpLine(
        facts,
        words=promise.text,
        about=row.name,
        source=f"Kertas kerja {promise.period} · {row.node.code}",
        who=row.owner.name,
        state=state,
        url=_place_of(row, person),
    )


def _place_of(row: WorksheetRow, person: Person) -> str:
    """The row on its owner's sheet while it takes entries; else its own page."""
    if row.owner_id == person.pk and row.state in OPEN_ROWS:
        return f"{reverse('worksheet', args=[row.cycle_id])}#baris-{row.pk}"
    return reverse("row_thread", args=[row.cycle_id, row.pk])
