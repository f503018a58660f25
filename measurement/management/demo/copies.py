"""Copies of the demonstration office: the same plan and the same people under other names, written in bulk."""

from collections.abc import Iterable
from copy import copy
from typing import Any, TypeVar

from django.db import models

from measurement.models import (
    Appointment,
    Government,
    Indicator,
    Level,
    MeasurementCycle,
    Pagu,
    Person,
    Plan,
    PlanNode,
    SopEdition,
    Target,
    Unit,
    WorksheetNode,
    WorksheetRow,
    WorkSpan,
)

Row = TypeVar("Row", bound=models.Model)
Made = dict[int, Any]  # the original's key → its copy
FROM_TOP = list(Level)


def duplicate(original: Row, **changed: object) -> Row:
    """The same row once more, not saved yet."""
    made = copy(original)
    made._state = models.base.ModelState()
    made.pk = None
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def save_copies(made: dict[int, Row]) -> dict[int, Row]:
    """Write many rows of one kind at once; each then has its key."""
    if made:
        next(iter(made.values()))._meta.default_manager.bulk_create(made.values(), batch_size=400)  # type: ignore[union-attr]
    return made


class OfficeCopy:
    """One office made after another: its people, its plan, and the worksheet of a cycle."""

    def __init__(self, original: Unit, number: int, government: Government):
        self.original, self.number = original, number
        name = f"Kecamatan Contoh {number:02}"
        self.unit = duplicate(
            original, code=f"900-{number:03}", name=name, short_name=f"Contoh {number:02}", town="Contoh",
            government=government.name, belongs_to=government, address=f"Jalan Contoh {number}", emblem=None,
        )  # fmt: skip
        self.unit.save(force_insert=True)
        self.people: Made = {}
        self.nodes: Made = {}
        self.indicators: Made = {}
        self._settings()
        self._people()
        self._plan()

    def _settings(self) -> None:
        for model in (SopEdition, WorkSpan):
            rows = model._default_manager.filter(unit=self.original)
            save_copies({row.pk: duplicate(row, unit=self.unit) for row in rows})

    def _people(self) -> None:
        """User names end in the number of the office: camat.07."""
        originals = Person.objects.of_unit(self.original).order_by("pk")
        self.people = save_copies({p.pk: self._person(p, place) for place, p in enumerate(originals, 1)})
        posts = Appointment.objects.filter(unit=self.original)
        save_copies({p.pk: duplicate(p, unit=self.unit, person=self.people[p.person_id]) for p in posts})

    def _person(self, original: Person, place: int) -> Person:
        years, month = divmod(self.number, 12)
        return duplicate(
            original, username=f"{original.username}.{self.number:02}", nip=f"19700101{1990 + years}{month + 1:02}1{place:03}",
            is_staff=False, is_superuser=False, has_posts=False, email="",
        )  # fmt: skip

    def _plan(self) -> None:
        plan = Plan.objects.get(unit=self.original)
        self.plan = duplicate(plan, unit=self.unit)
        self.plan.save(force_insert=True)
        nodes = PlanNode.objects.filter(plan=plan)
        for level in FROM_TOP:
            self.nodes |= save_copies({n.pk: self._node(n) for n in nodes if n.level == level})
        found = Indicator.objects.filter(node__plan=plan)
        self.indicators = save_copies(
            {i.pk: duplicate(i, node=self.nodes[i.node_id], owner=self._owner(i)) for i in found}
        )
        links = Indicator.follows.through
        pairs = links._default_manager.filter(from_indicator__in=self.indicators)
        save_copies({link.pk: self._link(link) for link in pairs})
        targets = Target.objects.filter(indicator__node__plan=plan)
        save_copies({t.pk: duplicate(t, indicator=self.indicators[t.indicator_id]) for t in targets})
        pagu = Pagu.objects.filter(node__plan=plan)
        save_copies({p.pk: duplicate(p, node=self.nodes[p.node_id]) for p in pagu})

    def _link(self, link: Any) -> Any:
        taker, giver = self.indicators[link.from_indicator_id], self.indicators[link.to_indicator_id]
        return duplicate(link, from_indicator=taker, to_indicator=giver)

    def _node(self, node: PlanNode) -> PlanNode:
        parent = self.nodes[node.parent_id] if node.parent_id else None
        return duplicate(node, plan=self.plan, parent=parent, owner=self._owner(node))

    def _owner(self, owned: Any) -> Person | None:
        return self.people[owned.owner_id] if owned.owner_id else None

    def worksheet(self, original: MeasurementCycle, cycle: MeasurementCycle) -> tuple[list, list]:
        """The branches and rows of the original's worksheet for a cycle of this office; the rows are not saved yet."""
        made: Made = {}
        branches = list(original.nodes.all())
        for level in FROM_TOP:
            made |= save_copies({b.pk: self._branch(b, cycle, made) for b in branches if b.level == level})
        rows = [self._row(row, cycle, made) for row in original.rows.all()]
        return list(made.values()), rows

    def _branch(self, branch: WorksheetNode, cycle: MeasurementCycle, made: Made) -> WorksheetNode:
        parent = made[branch.parent_id] if branch.parent_id else None
        return duplicate(
            branch, cycle=cycle, parent=parent, plan_node=self.nodes[branch.plan_node_id], owner=self._owner(branch), spent=None
        )  # fmt: skip

    def _row(self, row: WorksheetRow, cycle: MeasurementCycle, made: Made) -> WorksheetRow:
        examiner = self.people[row.examiner_id] if row.examiner_id else None
        return duplicate(
            row, cycle=cycle, node=made[row.node_id], indicator=self.indicators[row.indicator_id], owner=self._owner(row),
            examiner=examiner, promises=[], follows=self._followed(row.follows),
        )  # fmt: skip

    def _followed(self, follows: Iterable[dict]) -> list[dict]:
        return [entry | {"indicator": self.indicators[entry["indicator"]].pk} for entry in follows]
