"""Siklus: those under way with how far they are and whose turn it is, the archive by year, and the opening by the Camat (step 1)."""

from functools import partial
from itertools import groupby

from django.db.models import QuerySet
from django.shortcuts import render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors import workflow
from measurement.doors.drafting import draft_order
from measurement.forms.steps.step_forms import OpeningForm
from measurement.models import (
    MeasurementCycle,
    Paper,
    Person,
    Plan,
    Prepared,
    ReportedCycle,
    Unit,
    Withdrawal,
    with_reports,
)
from measurement.rules.dates import local_date
from measurement.rules.permissions import is_camat
from measurement.rules.refusals import Refusal
from measurement.rules.sop import ORDER, STEPS

from ..office.office_choice import chosen_unit, switch, units_where
from ..office.readiness import before_order
from ..start.deadline_words import turn_words
from ..start.order_tasks import may_order
from ..start.tasks import open_cycles
from ..steps.draft_paper import DRAFT, draft_file
from ..visitor import PersonRequest
from .cycle_page import state_of
from .receipts import after_step

DOT_WIDTH, DOT_MIDDLE = 14, 7  # of the drawing of the steps, in its own units


def cycles(request: PersonRequest):
    """All cycles of my units."""
    context = {
        "under_way": [_open_line(item) for item in open_cycles(request.user)],
        "years": _archive(request.user),
        "withdrawn": _withdrawn(request.user),
        "may_open": any(may_order(request.user, unit) for unit in Unit.objects.visible_to(request.user)),
    }
    return render(request, "cycle/cycles.html", context)


def _open_line(item) -> dict:
    here = item.cycle.step.number
    look = {
        step.number: "done" if step.number < here else "here" if step.number == here else "" for step in STEPS
    }
    return {
        "cycle": str(item.cycle),
        "url": reverse("cycle", args=[item.cycle.pk]),
        "sentence": turn_words(item),
        "state": state_of(item),
        "dots": [{"x": DOT_MIDDLE + DOT_WIDTH * (number - 1), "look": key} for number, key in look.items()],
        "width": DOT_WIDTH * len(STEPS),
    }


def _archive(person: Person) -> list[dict]:
    """The archived cycles by year, the newest year first, each with its report; where one corrects another, both say so."""
    found = ARCHIVED.rows(person)
    reports = Paper.objects.defer("content", "words").in_bulk([cycle.report_id for cycle in found])
    corrected = {cycle.amends_id for cycle in found}
    years = groupby(found, key=lambda cycle: cycle.year)
    return [
        {
            "year": str(year),
            "lines": [
                _archived_line(cycle, reports.get(cycle.report_id), cycle.pk in corrected) for cycle in group
            ],
        }
        for year, group in years
    ]


def _withdrawn(person: Person) -> list[dict]:
    """Cycles that count nowhere any more, with why: still to be read, the newest first."""
    return [
        {"cycle": str(one.cycle), "url": reverse("cycle", args=[one.cycle_id]), "words": one.words}
        for one in WITHDRAWN.rows(person)
    ]


def _archived_of(person: Person) -> QuerySet[ReportedCycle]:
    return with_reports(MeasurementCycle.objects.visible_to(person).archived())


def _withdrawals_of(person: Person) -> QuerySet[Withdrawal]:
    found = Withdrawal.objects.filter(granted=True, cycle__in=MeasurementCycle.objects.visible_to(person))
    return found.select_related("cycle", "asked_by", "answered_by").order_by("-answered_at")


ARCHIVED, WITHDRAWN = Prepared(_archived_of), Prepared(_withdrawals_of)


def _archived_line(cycle: MeasurementCycle, report: Paper | None, is_corrected: bool) -> dict:
    return {
        "cycle": str(cycle),
        "url": reverse("cycle", args=[cycle.pk]),
        "remark": "sudah dikoreksi oleh siklus yang lebih baru"
        if is_corrected
        else "koreksi atas siklus terdahulu"
        if cycle.amends_id
        else "",
        "report": reverse("paper", args=[report.pk]) if report else "",
        "facts": f"Laporan Hasil nomor {report.number}, {local_date(report.issued_at)}"
        if report
        else "Laporan Hasil belum ada.",
    }


def order_page(request: PersonRequest):
    """Step 1: the Camat orders, and that opens the cycle."""
    units = units_where(request.user, is_camat)
    unit = chosen_unit(request, units)
    plans = list(Plan.objects.visible_to(request.user).filter(unit=unit))
    frequencies = {year: plan.frequency_in(year) for plan in reversed(plans) for year in plan.years}
    form = OpeningForm(
        request.POST or None,
        frequencies=dict(sorted(frequencies.items())),
        today=timezone.localdate(),
        archived=set(unit.cycles.archived().values_list("year", "number")),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        plan = next(plan for plan in plans if data["year"] in plan.years)
        order = partial(
            workflow.open_cycle,
            unit,
            plan,
            data["year"],
            data["period"].number,
            request.user,
            data["instruction"],
            data["correction_reason"],
        )
        try:
            if request.POST.get("action") == DRAFT:
                return draft_file(ORDER, draft_order(order))
            cycle = order()
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            return after_step(cycle)
    status = 422 if form.is_bound else 200
    return render(
        request,
        "cycle/open_cycle.html",
        {
            "form": form,
            "step": ORDER,
            "sop": unit.sop,
            "choices": switch(unit, units)["choices"],
            **before_order(request.user, unit, has_years=bool(frequencies)),
        },
        status=status,
    )
