"""What was done lately, in the past tense and in three lines: what I did myself, and the steps that others finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from measurement.models import AuditEntry, MeasurementCycle, Person, Stay
from measurement.rules.dates import past_day

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
    deeds = sorted([*_steps(person), *_own_deeds(person)], key=lambda deed: deed.at, reverse=True)
    lines = [deed.drawn(person, since) for deed in deeds]
    return {"history": lines[:LINES], "more_news": sum(line["is_new"] for line in lines[LINES:])}


def _steps(person: Person) -> Iterator[Deed]:
    stays = Stay.objects.filter(cycle__unit_id__in=person.unit_ids).exclude(left_at=None)
    for stay in stays.select_related("cycle", "left_by").order_by("-left_at")[:LOOKED_AT]:
        stay.cycle.unit = person.unit(stay.cycle.unit_id)
        if by := stay.left_by:
            words = stay.cycle.sop.past_label(stay.action)
            yield Deed(stay.cycle, by, words, stay.ended_at, stay.left_as or str(by))


def _own_deeds(person: Person) -> list[Deed]:
    """What this person did beside the steps, counted by day and cycle."""
    entries = AuditEntry.objects.filter(actor=person, action__in=DONE, cycle__unit_id__in=person.unit_ids)
    found: dict[tuple, Deed] = {}
    for entry in entries.select_related("cycle").order_by("-at")[:LOOKED_AT]:
        rows = entry.data.get("rows")
        count = len(rows) if rows else 1
        key = entry.cycle_id, entry.action, past_day(entry.at)
        if key in found:
            found[key].count += count
        else:
            found[key] = Deed(entry.cycle, person, DONE[entry.action], entry.at, YOU, count)
    return list(found.values())
