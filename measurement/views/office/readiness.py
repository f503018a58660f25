"""Kesiapan kantor: the task list of an office's own administrator, and what of it step 1 and "Tugas saya" say."""

from dataclasses import dataclass
from itertools import groupby

from django.shortcuts import render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import Appointment, Person, Unit
from measurement.record.office_facts import NEEDED, facts_of, not_ready_to_order
from measurement.rules.permissions import may_manage_people
from measurement.rules.readiness import ROWS, OfficeFacts, Readiness, ReadinessRow, blocks_order
from measurement.rules.sop import Role

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit, query_of, units_where

PLAN = "rencana"
TO_DO = (Readiness.INCOMPLETE, Readiness.MISSING)
LOOKS = {
    Readiness.DONE: "selesai",
    Readiness.INCOMPLETE: "dikembalikan",
    Readiness.OPTIONAL: "dikecualikan",
    Readiness.MISSING: "belum",
}


@dataclass(frozen=True)
class Line:
    """One row of the list for one office."""

    row: ReadinessRow
    facts: OfficeFacts
    readiness: Readiness
    sentence: str
    blocks: bool

    @classmethod
    def of(cls, row: ReadinessRow, facts: OfficeFacts) -> "Line":
        return cls(row, facts, *row.answer(facts), blocks_order(row, facts))

    @property
    def counts(self) -> bool:
        return self.readiness != Readiness.OPTIONAL

    def drawn(self, query: str) -> dict:
        return {
            "title": self.row.title,
            "url": address_of(self.row, self.facts, query),
            "sentence": self.sentence,
            "needed": self.row.needed and self.readiness != Readiness.DONE,
            "state": {"key": LOOKS[self.readiness], "label": self.readiness.label},
        }


def address_of(row: ReadinessRow, facts: OfficeFacts, query: str) -> str:
    url_name = row.first_url_name if row.begins(facts) else row.url_name
    return reverse(url_name) + query if url_name else ""


def readiness_lines(unit: Unit) -> list[Line]:
    facts = facts_of([unit], timezone.now())[unit.pk]
    return [Line.of(row, facts) for row in ROWS]


def readiness(request: PersonRequest):
    """Every row with its state, one sentence and where to go."""
    unit = managed_unit(request)
    lines, choice = readiness_lines(unit), managed_switch(request, unit)
    counted = [line for line in lines if line.counts]
    done = sum(line.readiness == Readiness.DONE for line in counted)
    groups = groupby(lines, key=lambda line: line.row.group)
    context = {
        "unit": unit,
        "done": f"{done} dari {len(counted)} selesai",
        "blocking": [line.row.title for line in lines if line.blocks],
        "groups": [
            {"title": title, "lines": [line.drawn(choice["query"]) for line in group]}
            for title, group in groups
        ],
        "may_add": request.user.is_superuser and not unit.is_demonstration,
        "switch": choice,
    }
    return render(request, "office/readiness.html", context)


def before_order(person: Person, unit: Unit, has_years: bool) -> dict:
    """For step 1: what keeps it from being done, and what should be known. Whoever may mend it gets the links."""
    managed = units_where(person, may_manage_people)
    query = query_of(unit, managed)
    lines = [line for line in readiness_lines(unit) if line.row.for_order and line.readiness in TO_DO]
    blocking = [line for line in lines if line.blocks and (line.row.key != PLAN or not has_years)]
    told = [
        {
            "title": line.row.title,
            "sentence": line.sentence,
            "url": address_of(line.row, line.facts, query) if unit in managed else "",
        }
        for line in lines
    ]
    return {
        "blocking": [one for one, line in zip(told, lines, strict=True) if line in blocking],
        "remarks": [one for one, line in zip(told, lines, strict=True) if line not in blocking],
    }


def readiness_cards(person: Person) -> list[dict]:
    """For "Tugas saya": each office of this administrator's that can't order a measurement yet."""
    managed, today = units_where(person, may_manage_people), timezone.localdate()
    found = not_ready_to_order(
        Appointment.objects.units_of(person, Role.ADMINISTRATOR, today), today, today.year
    )
    lacking = {unit: needed.count(False) for unit, *needed in found.values_list("pk", *NEEDED)}
    return [_card(unit, lacking[unit.pk], query_of(unit, managed)) for unit in managed if unit.pk in lacking]


def _card(unit: Unit, count: int, query: str) -> dict:
    return {
        "title": "Siapkan kantor",
        "cycle": unit.short_name,
        "progress": f"{count} hal masih diperlukan sebelum pengukuran dapat diperintahkan",
        "due": "",
        "state": {"key": "belum", "label": "Belum"},
        "url": reverse("readiness") + query,
        "action": "Lihat kesiapan",
    }
