"""Indicators and branches of the plan in Cari."""

from collections.abc import Collection, Sequence

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from measurement.addresses import reverse
from measurement.models import (
    Indicator,
    Level,
    MeasurementCycle,
    Person,
    Plan,
    PlanNode,
    Prepared,
    WorksheetRow,
)
from measurement.rules.permissions import may_see_figures
from measurement.rules.search_terms import mark_terms, says_all

CYCLE = ("unit", "state", "year", "frequency", "number")


def indicators_found(person: Person, terms: list[str]) -> QuerySet[Indicator]:
    """By name, definition and source in the plan, or by a name that a cycle has frozen; those that say it in their name first."""
    found = Indicator.objects.filter(node__plan__in=Plan.objects.visible_to(person))
    named = Q()
    for term in terms:
        frozen = _rows(person).filter(name__says=term).values("indicator")
        of_plan = Q(name__says=term) | Q(formula__says=term) | Q(source__says=term)
        found = found.filter(of_plan | Q(pk__in=frozen))
        named &= Q(name__says=term)
    best = found.alias(is_named=Case(When(named, then=0), default=1))
    return best.select_related("node__sub_unit").order_by("is_named", "name", "pk")


def _rows(person: Person) -> QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(cycle__in=MeasurementCycle.objects.visible_to(person).standing())


def indicator_lines(person: Person, indicators: Sequence[Indicator], terms: list[str]) -> list[dict]:
    """Each with the row of the latest cycle."""
    rows: dict[int, list[WorksheetRow]] = {}
    for row in ROWS_OF.rows(person, [one.pk for one in indicators]):
        rows.setdefault(row.indicator_id, []).append(row)
    return [_line(person, one, rows.get(one.pk, []), terms) for one in indicators]


def _rows_of(person: Person, keys: Collection[int]) -> QuerySet[WorksheetRow]:
    newest = _rows(person).order_by("-cycle__year", "-cycle__number", "-cycle__opened_at")
    columns = ("name", "indicator", "owner", *(f"cycle__{name}" for name in CYCLE))
    return newest.filter(indicator__in=keys).select_related("cycle").only(*columns)


ROWS_OF = Prepared(_rows_of)


def _line(person: Person, found: Indicator, rows: list[WorksheetRow], terms: list[str]) -> dict:
    visible = [row for row in rows if row.owner_id == person.pk or may_see_figures(person, row.cycle)]
    is_named = says_all([found.name], terms)
    other_names = (row.name for row in rows if row.name != found.name and says_all([row.name], terms))
    said = "" if is_named else next(other_names, "")
    why = f"Dalam siklus: {said}" if said else "" if is_named else found.formula
    return {
        "title": mark_terms(found.name, terms),
        "url": reverse("indicator", args=[found.pk]),
        "facts": str(found.node),
        "why": mark_terms(why, terms),
        "more": [
            {"label": f"Baris {row.cycle}", "url": reverse("row_working", args=[row.cycle_id, row.pk])}
            for row in visible[:1]
        ],
    }


def branches_found(person: Person, terms: list[str]) -> QuerySet[PlanNode]:
    """By code, name with sub unit, and level."""
    of_sub_unit = Concat("name", Value(" ("), "sub_unit__name", Value(")"), output_field=TextField())
    title = Case(When(sub_unit=None, then=F("name")), default=of_sub_unit, output_field=TextField())
    found = PlanNode.objects.filter(plan__in=Plan.objects.visible_to(person)).alias(said_title=title)
    for term in terms:
        levels = [level for level in Level if says_all([level.label], [term])]
        found = found.filter(Q(code__says=term) | Q(said_title__says=term) | Q(level__in=levels))
    return found.select_related("plan", "sub_unit")


def branch_lines(person: Person, nodes: Sequence[PlanNode], terms: list[str]) -> list[dict]:
    return [
        {
            "title": mark_terms(f"{node.code} {node.read_title}", terms),
            "url": f"{reverse('plan')}?rencana={node.plan_id}#cabang-{node.pk}",
            "facts": f"{node.get_level_display()} · {node.plan}",
        }
        for node in nodes
    ]
