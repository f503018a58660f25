"""What had been promised and directed before, and what became of it; and what was said about single rows. As papers print it."""

from collections.abc import Iterator

from measurement.figures.calculation import Sheet
from measurement.models import FollowUp, MeasurementCycle
from measurement.record.row_threads import ThreadEntry, without_withdrawn
from measurement.rules.dates import local_date, long_date
from measurement.rules.follow_ups import UNANSWERED, Promise, progress_told
from measurement.rules.sop import Role, State

from . import tables
from .analysis import numbering


def promised(sheet: Sheet) -> list[dict]:
    """The indicators with something promised in an earlier period, and what their owners answered."""
    numbers = numbering(sheet)
    rows = [figures.row for figures in tables.in_order(sheet) if figures.row.promises]
    return [
        {
            "number": str(numbers[row.pk]),
            "name": row.name,
            "owner": row.owner.name,
            "promises": [Promise.kept(facts).words for facts in row.promises],
            "progress": progress_told(row.promise_progress),
            "note": row.promise_note,
        }
        for row in rows
    ]


def directions(cycle: MeasurementCycle) -> list[dict]:
    """Directions that were open when the cycle began or were given in it, but its own arahan, which stand with its rounds."""
    found = (
        FollowUp.objects.filter(unit=cycle.unit_id)
        .exclude(directive__cycle=cycle)
        .exclude(directive__isnull=False, cycle__state=State.DICABUT)
        .with_notes()
    )
    lines = [item for item in found if item.closing is None or item.closing.at >= cycle.opened_at]
    return [_direction(cycle, item, position) for position, item in enumerate(lines, start=1)]


def _direction(cycle: MeasurementCycle, item: FollowUp, position: int) -> dict:
    note = item.last_note
    said = note.progress if note else ("Dijawab" if item.answer else UNANSWERED)
    return {
        "number": str(position),
        "text": item.words,
        "about": item.about,
        "given": f"{item.given_as or item.given_by.name}, {local_date(item.given_at)}",
        "who": item.responsible.name if item.responsible else cycle.sop.holder(Role(item.responsible_role)),
        "due": long_date(item.due),
        "progress": said,
        "note": note.text if note else item.answer,
    }


def replies(threads: dict[int, list[ThreadEntry]]) -> dict[int, list[str]]:
    """Row id → for each return of Tim SAKIP in its order the answer that came after it; "" where none did."""
    found: dict[int, list[str]] = {}
    for row, entries in threads.items():
        answers: list[str] = []
        for entry, answered in with_returns(entries):
            if entry.is_return:
                answers.append("")
            elif entry.answers and answered and answered.is_return:
                answers[-1] = entry.text
        found[row] = answers
    return found


def with_returns(entries: list[ThreadEntry]) -> Iterator[tuple[ThreadEntry, ThreadEntry | None]]:
    """Each entry that counts, with the last return before it."""
    last = None
    for entry in without_withdrawn(entries):
        yield entry, last
        last = entry if entry.returns else last


def row_remarks(sheet: Sheet, threads: dict[int, list[ThreadEntry]]) -> list[dict]:
    """What was said on rows beside the reasons of Tim SAKIP and their answers, row by row in the order of the plan: remarks, and the answers of
    owners to an arahan of the Sekcam."""
    numbers = numbering(sheet)
    found = []
    for figures in tables.in_order(sheet):
        row = figures.row
        lines = [
            f"{entry.by}, {local_date(entry.at)}: {entry.text}"
            for entry, answered in with_returns(threads.get(row.pk, []))
            if entry.is_remark or (entry.answers and answered and not answered.is_return)
        ]
        if lines:
            found.append({"number": str(numbers[row.pk]), "name": row.name, "lines": lines})
    return found
