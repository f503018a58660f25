"""What was done lately, in the past tense and in three lines: what I did myself, and the steps that others finished."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from measurement.addresses import reverse
from measurement.models import AuditEntry, MeasurementCycle, Person, Prepared, Stay
from measurement.rules.dates import past_day
from measurement.rules.sop import PAST_BESIDE_STEPS, STEP_BY_KEY

LINES, LOOKED_AT = 3, 30
YOU = "Anda"
# what somebody does to rows and papers, as it is said of them; {count} of the things that are counted
DONE = {
    "row_send": "mengirim {count} indikator",
    "row_fill_for": "mengisi {count} indikator untuk rekan",
    "row_accept": "menerima {count} indikator",
    "row_return": "mengembalikan {count} indikator",
    "row_excuse": "mengecualikan {count} indikator",
    "directive_answer": "menjawab {count} arahan",
    "evidence_attach": "melampirkan {count} bukti",
    "money_import": "mengisi realisasi anggaran dari berkas",
    "sign": "menandatangani {count} naskah",
    "void_paper": "membatalkan {count} naskah",
    "report_read": "membaca laporan hasil",
}


@dataclass
class Deed:
    """One line: who did what in which cycle; the same thing on the same day is counted together."""

    cycle: MeasurementCycle
    person: Person
    words: str
    at: datetime
    who: str
    count: int = 1

    def drawn(self, reader: Person, since: datetime | None) -> dict:
        is_own = self.person.pk == reader.pk
        what = f"{YOU if is_own else self.who} {self.words.format(count=self.count)}"
        return {
            "text": f"{what}, {past_day(self.at)}",
            "cycle": self.cycle.period_of_year.short + f" {self.cycle.year}",
            "url": reverse("cycle", args=[self.cycle.pk]),
            "is_new": bool(since and self.at > since and not is_own),
        }


def history_of(person: Person, since: datetime | None) -> dict:
    """The newest lines, and how many steps of others there are besides since the person was last here."""
    lines = [deed.drawn(person, since) for deed in _deeds(person)]
    return {"history": lines[:LINES], "more_news": sum(line["is_new"] for line in lines[LINES:])}


def _deeds(person: Person) -> list[Deed]:
    """The steps that anybody finished, and what this person did beside them; of many offices only the steps."""
    return _steps_of_many(person) if person.serves_in_many else _audited(person)


def _audited(person: Person) -> list[Deed]:
    """What the audit trails tell, the newest first; what is done to rows and papers is counted by day and cycle."""
    found: dict[tuple, Deed] = {}
    for entry in ENTRIES.rows(person):
        key = entry.cycle_id, entry.action, past_day(entry.at) if entry.action in DONE else entry.pk
        if key in found:
            found[key].count += _count_of(entry)
        elif entry.actor:
            entry.cycle.unit = person.brief_unit(entry.cycle.unit_id)
            words = DONE.get(entry.action) or entry.cycle.sop.past_label(entry.action)
            who = entry.data.get("title") or str(entry.actor)
            found[key] = Deed(entry.cycle, entry.actor, words, entry.at, who, _count_of(entry))
    return list(found.values())


def _entries(person: Person) -> QuerySet[AuditEntry]:
    told = Q(action__in=[*STEP_BY_KEY, *PAST_BESIDE_STEPS]) | Q(action__in=DONE, actor=person)
    entries = AuditEntry.objects.filter(told, cycle__unit_id__in=person.served_units).exclude(actor=None)
    return entries.select_related("cycle", "actor").order_by("-at", "-sequence")[:LOOKED_AT]


def _steps_of_many(person: Person) -> list[Deed]:
    """The same steps as the stays tell: the trails of many offices hold too much besides to be gone through for a few lines. A step that was taken back is
    told by the trail alone."""
    found = []
    for stay in STEPS_OF_MANY.rows(person):
        stay.cycle.unit = person.brief_unit(stay.cycle.unit_id)
        words, by = stay.cycle.sop.past_label(stay.action), cast("Person", stay.left_by)
        found.append(Deed(stay.cycle, by, words, stay.ended_at, stay.left_as or str(by)))
    return found


def _left_stays(person: Person) -> QuerySet[Stay]:
    visible = MeasurementCycle.objects.visible_to(person).filter(pk=OuterRef("cycle"))
    stays = Stay.objects.filter(Exists(visible)).exclude(left_by=None).select_related("cycle", "left_by")
    return stays.order_by("-left_at")[:LOOKED_AT]


ENTRIES, STEPS_OF_MANY = Prepared(_entries), Prepared(_left_stays)


def _count_of(entry: AuditEntry) -> int:
    return len(entry.data.get("rows") or [entry])
