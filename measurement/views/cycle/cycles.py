"""Siklus: those under way with how far they are and whose turn it is, the archive by year, and the opening by the Camat (step 1)."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
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
    Withdrawal,
    with_reports,
)
from measurement.rules.dates import local_date
from measurement.rules.permissions import is_camat
from measurement.rules.refusals import Refusal
from measurement.rules.sop import ORDER, STEPS

from ..office.office_choice import LED, chosen_unit, office_chips, units_where
from ..office.readiness import before_order
from ..paging import PagedList, PreparedList
from ..start.deadline_words import turn_words
from ..start.desk import desk_of
from ..start.order_tasks import prepared_order, prepared_words
from ..start.tasks import Waiting, named_cycle, waiting_at
from ..steps.draft_paper import DRAFT, draft_file
from ..visitor import PersonRequest
from .cycle_page import state_of
from .receipts import after_step

PER_PAGE = 20
DOT_WIDTH, DOT_MIDDLE = 14, 7  # of the drawing of the steps, in its own units


def cycles(request: PersonRequest):
    """All cycles of my units: those under way, the archive, and what was withdrawn, each a page at a time."""
    person = request.user
    under_way = PagedList.of(list(desk_of(person).stays.values()), request, PER_PAGE)
    archived, withdrawn = _archived(request), _withdrawn(request)
    context = {
        "under_way": [_open_line(item, person) for item in waiting_at(under_way.page, person)],
        "under_way_pages": under_way,
        "years": _by_year(list(archived.page), person),
        "archive_pages": archived,
        "withdrawn": [_withdrawn_line(one, person) for one in withdrawn.page],
        "withdrawn_pages": withdrawn,
        "may_open": bool(units_where(person, is_camat)),
    }
    return render(request, "cycle/cycles.html", context)


def _open_line(item: Waiting, person: Person) -> dict:
    here = item.cycle.current_step.number
    look = {
        step.number: "done" if step.number < here else "here" if step.number == here else "" for step in STEPS
    }
    return {
        "cycle": named_cycle(item.cycle, person),
        "url": reverse("cycle", args=[item.cycle.pk]),
        "sentence": turn_words(item),
        "state": state_of(item),
        "dots": [{"x": DOT_MIDDLE + DOT_WIDTH * (number - 1), "look": key} for number, key in look.items()],
        "width": DOT_WIDTH * len(STEPS),
    }


def _archived(request: PersonRequest) -> PagedList:
    """The newest periods first, each with its report and whether a later cycle corrected it."""
    return PagedList.of(PreparedList(ARCHIVED, _archived_of, request.user), request, PER_PAGE, "arsip")


def _by_year(cycles: Sequence[ReportedCycle], person: Person) -> list[dict]:
    """The newest year first; where one cycle corrects another, both say so."""
    reports = Paper.objects.defer("content", "words").in_bulk([cycle.report_id for cycle in cycles])
    for cycle in cycles:
        cycle.unit = person.brief_unit(cycle.unit_id)
    return [
        {
            "year": str(year),
            "lines": [_archived_line(cycle, reports.get(cycle.report_id), person) for cycle in group],
        }
        for year, group in groupby(cycles, key=lambda cycle: cycle.year)
    ]


def _withdrawn(request: PersonRequest) -> PagedList:
    """Cycles that count nowhere any more: still to be read, the newest first."""
    return PagedList.of(PreparedList(WITHDRAWN, _withdrawals_of, request.user), request, PER_PAGE, "dicabut")


def _withdrawn_line(one: Withdrawal, person: Person) -> dict:
    """With why."""
    one.cycle.unit = person.brief_unit(one.cycle.unit_id)
    url = reverse("cycle", args=[one.cycle_id])
    return {"cycle": named_cycle(one.cycle, person), "url": url, "words": one.words}


def _archived_of(person: Person) -> QuerySet[ReportedCycle]:
    archived = MeasurementCycle.objects.archived()
    found = with_reports(archived.listed_by(person).order_by("-year", "-number", "-opened_at", "-pk"))
    return found.annotate(is_corrected=Exists(archived.filter(amends=OuterRef("pk"))))


def _newest_archived(person: Person) -> QuerySet[ReportedCycle]:
    return _archived_of(person)[: PER_PAGE + 1]


def _withdrawals_of(person: Person) -> QuerySet[Withdrawal]:
    found = Withdrawal.objects.filter(granted=True, cycle__in=MeasurementCycle.objects.served_by(person))
    return found.select_related("cycle", "asked_by", "answered_by").order_by("-answered_at", "-pk")


def _newest_withdrawals(person: Person) -> QuerySet[Withdrawal]:
    return _withdrawals_of(person)[: PER_PAGE + 1]


ARCHIVED, WITHDRAWN = Prepared(_newest_archived), Prepared(_newest_withdrawals)


def _archived_line(cycle: ReportedCycle, report: Paper | None, person: Person) -> dict:
    is_corrected = bool(vars(cycle)["is_corrected"])
    return {
        "cycle": named_cycle(cycle, person),
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
    prepared = prepared_order(request, unit)
    form = OpeningForm(
        request.POST or None,
        frequencies=dict(sorted(frequencies.items())),
        today=timezone.localdate(),
        archived=set(unit.cycles.archived().values_list("year", "number")),
        prepared=prepared,
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
            "prepared": prepared_words(prepared),
            "choices": office_chips(request, unit, units, LED),
            **before_order(request.user, unit, has_years=bool(frequencies)),
        },
        status=status,
    )
