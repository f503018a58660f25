"""Whom a cycle waits for now, and for what exactly: the owners of what is left to fill in, or those who hold the step's role."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from measurement.models import MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.rules.sop import OPEN_ROWS, Role, RowState, State

SHOWN = 20
OWN_PART = "baris"  # what of a step is one person's own


@dataclass
class WaitedFor:
    """One person, where their job is done, and what of the worksheet they still have to fill in (nothing for a step of a role)."""

    person: Person
    url: str
    rows: list[WorksheetRow]
    money: list[WorksheetNode]
    serves: bool = True

    @property
    def part(self) -> str:
        """Somebody with two roles may be asked for both in one step."""
        return OWN_PART if self.rows or self.money else "langkah"

    @property
    def counted(self) -> str:
        """ "3 indikator dan 1 sub kegiatan"; "" for a step of a role."""
        counts = ((len(self.rows), "indikator"), (len(self.money), "sub kegiatan"))
        return " dan ".join(f"{number} {thing}" for number, thing in counts if number)

    @property
    def work(self) -> list[str]:
        """One line for each thing that is left, the first ones in full."""
        lines = [
            *map(_row_line, self.rows),
            *(f"Realisasi anggaran belum diisi: {node}" for node in self.money),
        ]
        more = [f"dan {len(lines) - SHOWN} hal lain pada kertas kerja Anda"] if len(lines) > SHOWN else []
        return lines[:SHOWN] + more


def _row_line(row: WorksheetRow) -> str:
    named = f"{row.name} ({row.node.place})"
    return (
        f"Indikator dikembalikan: {named} – {row.verdict_note}"
        if row.state == RowState.DIKEMBALIKAN
        else f"Indikator belum dikirim: {named}"
    )


def people_waited_for(cycle: MeasurementCycle) -> list[WaitedFor]:
    """Everybody whom a cycle under way waits for. Owners who serve no more are among them, so that others see it, and marked."""
    if cycle.state == State.PENGUKURAN:
        return owners_waited_for(cycle, OPEN_ROWS) or _to_hand_on(cycle)
    returned = owners_waited_for(cycle, {RowState.DIKEMBALIKAN}) if cycle.state == State.EVALUASI else []
    return holders_waited_for(cycle, cycle.current_step.actor) + returned


def names_waited_for(cycle: MeasurementCycle) -> list[str]:
    """Only the names of those whom a measurement waits for, in their order, and nothing of what is left."""
    rows = cycle.rows.measured().filter(state__in=OPEN_ROWS).values("owner")
    money = cycle.nodes.with_blank_money().exclude(owner=None).values("owner")
    owners = Person.objects.filter(Q(pk__in=rows) | Q(pk__in=money))
    return sorted(owners.values_list("name", flat=True) or (one.person.name for one in _to_hand_on(cycle)))


def holders_waited_for(cycle: MeasurementCycle, role: Role) -> list[WaitedFor]:
    """Those who hold a role today, also acting; the step's own page is their place."""
    url = reverse("step", args=[cycle.pk, cycle.current_step.number])
    return [WaitedFor(person, url, [], []) for person in Person.objects.holding(role, cycle.unit)]


def owners_waited_for(cycle: MeasurementCycle, states: Collection[RowState]) -> list[WaitedFor]:
    """Who owns rows in these states or, while all measure, money that nobody entered."""
    rows = cycle.rows.measured().filter(state__in=states).select_related("owner", "node")
    staff = set(cycle.staff.values_list("person", flat=True))
    found: dict[int, WaitedFor] = {}

    def part_of(owner: Person) -> WaitedFor:
        return found.setdefault(owner.pk, _owner(cycle, owner, staff))

    for row in rows:
        part_of(row.owner).rows.append(row)
    for node in blank_money(cycle) if cycle.state == State.PENGUKURAN else ():
        if node.owner:
            part_of(node.owner).money.append(node)
    return list(found.values())


def _owner(cycle: MeasurementCycle, person: Person, staff: set[int]) -> WaitedFor:
    return WaitedFor(person, reverse("worksheet", args=[cycle.pk]), [], [], serves=person.pk in staff)


def blank_money(cycle: MeasurementCycle) -> QuerySet[WorksheetNode]:
    """The sub kegiatan whose realisasi somebody still has to enter, with their owners."""
    return cycle.nodes.with_blank_money().exclude(owner=None).select_related("owner")


def _to_hand_on(cycle: MeasurementCycle) -> list[WaitedFor]:
    """Everything is filled in but nobody handed it on: any owner may."""
    staff = cycle.staff
    people = Person.objects.filter(worksheet_rows__in=cycle.rows.to_fill_in(), pk__in=staff).distinct()
    return [_owner(cycle, person, {person.pk}) for person in people]
