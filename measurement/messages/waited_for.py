"""Whom a cycle waits for now, and for what exactly: the owners of what is left to fill in, or those who hold the step's role."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from measurement.addresses import reverse
from measurement.models import Appointment, MeasurementCycle, Person, WorksheetNode, WorksheetRow
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


@dataclass(frozen=True)
class Staff:
    """Who serves in some offices today with an account that works: by office, and there by role. One query for all of them."""

    by_role: Mapping[tuple[int, str], list[Person]]
    by_unit: Mapping[int, set[int]]

    @classmethod
    def of(cls, units: Collection[int]) -> "Staff":
        held = Appointment.objects.in_force().filter(unit__in=units, person__is_active=True)
        by_role: dict[tuple[int, str], dict[int, Person]] = defaultdict(dict)
        by_unit: dict[int, set[int]] = defaultdict(set)
        for post in held.select_related("person").order_by("person__name", "person"):
            by_role[post.unit_id, post.role].setdefault(post.person_id, post.person)
            by_unit[post.unit_id].add(post.person_id)
        return cls({key: list(people.values()) for key, people in by_role.items()}, by_unit)

    def holding(self, role: Role, unit_id: int) -> list[Person]:
        """Those who hold a role today, also acting."""
        return self.by_role.get((unit_id, role.value), [])

    def serves(self, person_id: int, unit_id: int) -> bool:
        return person_id in self.by_unit.get(unit_id, ())


def people_waited_for(cycle: MeasurementCycle) -> list[WaitedFor]:
    """Everybody whom a cycle under way waits for. Owners who serve no more are among them, so that others see it, and marked."""
    return people_of_cycles([cycle], Staff.of([cycle.unit_id]))[cycle.pk]


def people_of_cycles(cycles: Collection[MeasurementCycle], staff: Staff) -> dict[int, list[WaitedFor]]:
    """The same of many cycles by their keys, with three queries for all of them."""
    measuring = [cycle for cycle in cycles if cycle.state == State.PENGUKURAN]
    evaluated = [cycle for cycle in cycles if cycle.state == State.EVALUASI]
    owners = _owners(measuring, OPEN_ROWS, staff) | _owners(evaluated, {RowState.DIKEMBALIKAN}, staff)
    filled = [cycle for cycle in measuring if not owners[cycle.pk]]
    owners |= _to_hand_on(filled, staff)
    holders = {
        cycle.pk: holders_waited_for(cycle, cycle.current_step.actor, staff)
        for cycle in cycles
        if cycle.state != State.PENGUKURAN
    }
    return {cycle.pk: holders.get(cycle.pk, []) + owners.get(cycle.pk, []) for cycle in cycles}


def names_waited_for(cycle: MeasurementCycle) -> list[str]:
    """Only the names of those whom a measurement waits for, in their order, and nothing of what is left."""
    rows = cycle.rows.measured().filter(state__in=OPEN_ROWS).values("owner")
    money = cycle.nodes.with_blank_money().exclude(owner=None).values("owner")
    owners = Person.objects.filter(Q(pk__in=rows) | Q(pk__in=money))
    names = owners.values_list("name", flat=True)
    return sorted(names or (one.person.name for one in people_waited_for(cycle)))


def holders_waited_for(cycle: MeasurementCycle, role: Role, staff: Staff | None = None) -> list[WaitedFor]:
    """Those who hold a role today, also acting; the step's own page is their place."""
    url = reverse("step", args=[cycle.pk, cycle.current_step.number])
    found = (staff or Staff.of([cycle.unit_id])).holding(role, cycle.unit_id)
    return [WaitedFor(person, url, [], []) for person in found]


def _owners(
    cycles: Collection[MeasurementCycle], states: Collection[RowState], staff: Staff
) -> dict[int, list[WaitedFor]]:
    """By cycle who owns rows in these states or, while all measure, money that nobody entered."""
    if not cycles:
        return {}
    known = {cycle.pk: cycle for cycle in cycles}
    found: dict[int, dict[int, WaitedFor]] = {pk: {} for pk in known}

    def part_of(cycle_id: int, owner: Person) -> WaitedFor:
        return found[cycle_id].setdefault(owner.pk, _owner(known[cycle_id], owner, staff))

    rows = WorksheetRow.objects.measured().filter(cycle__in=known, state__in=states)
    for row in rows.select_related("owner", "node").order_by("cycle", "position"):
        part_of(row.cycle_id, row.owner).rows.append(row)
    measuring = [pk for pk, cycle in known.items() if cycle.state == State.PENGUKURAN]
    money = WorksheetNode.objects.with_blank_money().filter(cycle__in=measuring).exclude(owner=None)
    for node in money.select_related("owner").order_by("cycle", "position") if measuring else ():
        part_of(node.cycle_id, node.owner).money.append(node)
    return {pk: list(parts.values()) for pk, parts in found.items()}


def _owner(cycle: MeasurementCycle, person: Person, staff: Staff) -> WaitedFor:
    serves = staff.serves(person.pk, cycle.unit_id)
    return WaitedFor(person, reverse("worksheet", args=[cycle.pk]), [], [], serves=serves)


def blank_money(cycle: MeasurementCycle) -> QuerySet[WorksheetNode]:
    """The sub kegiatan whose realisasi somebody still has to enter, with their owners."""
    return cycle.nodes.with_blank_money().exclude(owner=None).select_related("owner")


def _to_hand_on(cycles: Collection[MeasurementCycle], staff: Staff) -> dict[int, list[WaitedFor]]:
    """Everything is filled in but nobody handed it on: any owner who serves may."""
    rows = WorksheetRow.objects.to_fill_in().filter(cycle__in=[cycle.pk for cycle in cycles])
    owners: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in (
        rows.select_related("owner").order_by("owner__name", "owner").only("cycle", "owner") if cycles else ()
    ):
        owners[row.cycle_id][row.owner_id] = row.owner
    return {
        cycle.pk: [
            _owner(cycle, person, staff)
            for person in owners[cycle.pk].values()
            if staff.serves(person.pk, cycle.unit_id)
        ]
        for cycle in cycles
    }
