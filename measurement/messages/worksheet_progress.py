"""The coverage of a worksheet: person × indicator × state, and a text for everybody who is late with something."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef

from measurement.models import MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.rules.dates import dated_moment
from measurement.rules.sop import ACTORS, OPEN_ROWS, RowState

from .waited_for import blank_money

NAMED = 5


@dataclass
class PersonProgress:
    """What one person answers for in a cycle: their rows, and the sub kegiatan whose money nobody entered."""

    person: Person
    serves: bool
    rows: list[WorksheetRow] = field(default_factory=list)
    money: list[WorksheetNode] = field(default_factory=list)

    @property
    def open(self) -> list[WorksheetRow]:
        return [row for row in self.rows if row.state in OPEN_ROWS]

    @property
    def is_late(self) -> bool:
        """Whether anything still waits for this person."""
        return bool(self.open or self.money)

    @property
    def last_saved(self) -> datetime | None:
        return max((row.saved_at for row in self.rows if row.saved_at), default=None)

    @property
    def missing(self) -> str:
        """ "3 indikator dan 1 sub kegiatan"."""
        counts = ((len(self.open), "indikator"), (len(self.money), "anggaran sub kegiatan"))
        return " dan ".join(f"{number} {thing}" for number, thing in counts if number)


@dataclass(frozen=True)
class ServingPerson:
    """Somebody who serves in the office today, in one of their roles; and whether they answer for anything in a cycle."""

    pk: int
    name: str
    role: str
    has_part: bool


def serving_people(cycle: MeasurementCycle) -> list[ServingPerson]:
    rows, nodes = cycle.rows.filter(owner=OuterRef("person")), cycle.nodes.filter(owner=OuterRef("person"))
    held = cycle.unit.appointments.in_force().filter(person__is_active=True)
    parted = held.annotate(has_part=Exists(rows) | Exists(nodes))
    return [
        ServingPerson(*facts) for facts in parted.values_list("person", "person__name", "role", "has_part")
    ]


def without_indicator(people: Iterable[ServingPerson]) -> list[str]:
    """Who serves as one of the SOP's actors and answers for nothing in the cycle, neither an indicator nor money."""
    return sorted({one.name for one in people if one.role in ACTORS and not one.has_part})


def worksheet_progress(cycle: MeasurementCycle, people: Iterable[ServingPerson]) -> list[PersonProgress]:
    """Everybody who owns planned rows or blank money, those with most left to do first. Two queries, however large the office."""
    serving = {one.pk for one in people}
    parts: dict[int, PersonProgress] = {}

    def part_of(owner: Person) -> PersonProgress:
        return parts.setdefault(owner.pk, PersonProgress(owner, owner.pk in serving))

    for row in cycle.rows.to_fill_in().select_related("owner"):
        part_of(row.owner).rows.append(row)
    for node in blank_money(cycle):
        if node.owner:
            part_of(node.owner).money.append(node)
    return sorted(parts.values(), key=lambda part: (-len(part.open) - len(part.money), part.person.name))


def not_due(cycle: MeasurementCycle) -> int:
    """How many indicators wait for nobody, because they are measured in another period."""
    return cycle.rows.filter(state=RowState.BELUM_WAKTUNYA).count()


def reminder(part: PersonProgress, cycle: MeasurementCycle, due: datetime | None, address: str) -> str:
    """What to send to one late person, as plain text for a messenger."""
    lines = [f"{row.name}{' (dikembalikan)' if row.verdict_note else ''}" for row in part.open]
    lines += [f"Realisasi anggaran {node.name}" for node in part.money]
    named = [f"• {line}" for line in lines[:NAMED]] + (
        [f"• dan {len(lines) - NAMED} lainnya"] if len(lines) > NAMED else []
    )
    return "\n".join(
        [
            f"Yth. {part.person.name},",
            f"{cycle} masih menunggu {part.missing} dari Anda:",
            *named,
            *_due_lines(due),
            f"Silakan isi dan kirim di {address}",
            "Terima kasih.",
        ]
    )


def common_reminder(
    late: list[PersonProgress], cycle: MeasurementCycle, due: datetime | None, address: str
) -> str:
    """One text for a group: everybody who is late, with how much."""
    return "\n".join(
        [
            f"Yth. Bapak/Ibu, {cycle} masih menunggu isian dari:",
            *(f"• {part.person.name}: {part.missing}" for part in late),
            *_due_lines(due),
            f"Silakan isi dan kirim di {address}",
            "Terima kasih.",
        ]
    )


def _due_lines(due: datetime | None) -> list[str]:
    return [f"Batas: {dated_moment(due)}."] if due else []
