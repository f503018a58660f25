"""Cara hitung: the working of one figure on a page of its own – of an indicator, of a branch, of the whole office."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from measurement.addresses import reverse
from measurement.figures.calculation import BranchFigures, Sheet, calculate
from measurement.figures.explain import SERAPAN, Working, WorkingPart, row_workings, to_date_title
from measurement.figures.explain_branches import branch_name, branch_workings
from measurement.figures.opening_notes import SIGN, signed
from measurement.figures.rows import RowFigures
from measurement.models import MeasurementCycle, Person, WorksheetNode
from measurement.rules.numbers import show_percent
from measurement.rules.office_rules import scale_words
from measurement.rules.permissions import may_see_figures

from ..fetch import get_cycle
from ..visitor import PersonRequest
from .row_facts import definition_facts

UNSENT = "; belum dikirim, jadi belum ikut dihitung"


def row_working(request: PersonRequest, pk: int, row: int):
    """How one indicator's figures came about."""
    cycle = get_cycle(request, pk)
    figures = calculate(cycle).rows.get(row)
    if figures is None or not may_see_row(request.user, cycle, figures.row):
        raise Http404
    context = {
        "name": figures.row.name,
        "under": branch_name(figures.row.node),
        "up": reverse("branch_working", args=[pk, figures.row.node_id])
        if may_see_figures(request.user, cycle)
        else "",
        "to_date": to_date_title(cycle.period_of_year),
        "result": show_percent(figures.capaian.value),
        "word": f"{figures.predicate or figures.capaian.gap}{UNSENT if figures.is_draft else ''}",
        "workings": [
            _lines(working, cycle) for working in row_workings(figures, cycle.period_of_year, cycle.rules)
        ],
        "periods": period_lines(figures, cycle),
        "facts": definition_facts(figures.row),
    }
    return render(
        request, "worksheet/working.html", {"cycle": cycle, "note": scale_words(cycle.rules), **context}
    )


def period_lines(figures: RowFigures, cycle: MeasurementCycle) -> list[dict]:
    """Target and realisasi of each period of the year, one after the other."""
    row = figures.row
    return [
        {
            "name": signed(cycle.period_of_year.at(number).short, SIGN if str(number) in row.opening else ""),
            "target": row.shown_target(row.span_in(number) or values.target),
            "realised": row.shown(values.realised),
            "parts": [row.shown(values.numerator), row.shown(values.denominator)] if row.is_ratio else [],
        }
        for number, values in enumerate(figures.periods, 1)
    ]


def branch_working(request: PersonRequest, pk: int, node: int = 0):
    """How a branch's figures came about; without a node, the figures of the whole office."""
    cycle = get_cycle(request, pk)
    if not may_see_figures(request.user, cycle):
        raise PermissionDenied
    sheet = calculate(cycle, sent_only=True, whole=False)
    branch: BranchFigures | None = sheet.office
    if node:
        branch = next((found for _, found in sheet.nodes() if found.node.pk == node), None)
    if branch is None:
        raise Http404
    parent = _parent(sheet, branch)
    context = {
        "name": branch_name(branch.node),
        "under": branch_name(parent.node) if parent else cycle.unit.name,
        "up": _branch_url(cycle, parent.node) if parent else "",
        "to_date": to_date_title(cycle.period_of_year),
        "result": show_percent(sheet.told(branch).value)
        if sheet.sent.is_enough
        else sheet.sent.too_few_words,
        "word": sheet.told_predicate(branch) or sheet.told(branch).gap,
        "workings": [
            _lines(working, cycle)
            for working in branch_workings(branch, cycle.rules)
            if sheet.sent.is_enough or working.title == SERAPAN
        ],
    }
    return render(
        request, "worksheet/working.html", {"cycle": cycle, "note": scale_words(cycle.rules), **context}
    )


def _parent(sheet: Sheet, branch: BranchFigures) -> BranchFigures | None:
    """One level higher in the tree; nothing is above the office."""
    parents = (sheet.office, *(above for _, above in sheet.nodes()))
    return next((above for above in parents if branch in above.children), None)


def _branch_url(cycle: MeasurementCycle, node: WorksheetNode | None) -> str:
    return (
        reverse("branch_working", args=[cycle.pk, node.pk])
        if node
        else reverse("office_working", args=[cycle.pk])
    )


def may_see_row(person: Person, cycle: MeasurementCycle, row) -> bool:
    return row.owner_id == person.pk or may_see_figures(person, cycle)


def _lines(working: Working, cycle: MeasurementCycle) -> dict:
    """A working as ready strings, its parts with links to their own workings."""
    return {
        "title": working.title,
        "result": working.result,
        "formula": working.formula,
        "conditions": working.conditions,
        "parts": [
            {"name": part.name, "value": part.value, "remark": part.remark, "url": _url(part, cycle)}
            for part in working.parts
        ],
    }


def _url(part: WorkingPart, cycle: MeasurementCycle) -> str:
    if part.node_id:
        return reverse("branch_working", args=[cycle.pk, part.node_id])
    return reverse("row_working", args=[cycle.pk, part.row_id])
