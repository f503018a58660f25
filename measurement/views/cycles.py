"""Siklus: the list, the opening by the Camat (step 1), and the SOP as a table for one cycle."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from .. import measuring, rounds, workflow
from ..deadlines import working_minutes
from ..forms.steps import OpeningForm
from ..models import MeasurementCycle, Plan, Unit
from ..permissions import may_see_all_rows, may_see_figures
from ..refusals import Refusal
from ..signing.waiting import signing_state
from ..sop import ACTORS, APPROVED, DECISION, SEND_BACK, STEPS, State, action_label
from ..words import long_date, moment, worked
from .signatures import after_step
from .tasks import finished_quarter, may_order, open_cycles, task_cards, turn_words
from .voiding import void_url
from .worksheet import get_cycle


def cycles(request):
    """All cycles of my units: those under way with whose turn it is, then the archive."""
    under_way = [{"cycle": str(w.cycle), "url": reverse("cycle", args=[w.cycle.pk]), "sentence": turn_words(w), "late": w.is_late}
                 for w in open_cycles(request.user)]  # fmt: skip
    archived = MeasurementCycle.objects.visible_to(request.user).archived()
    lines = [{"cycle": str(cycle), "url": reverse("cycle", args=[cycle.pk]), "amends": cycle.amends_id is not None} for cycle in archived]
    may_open = any(may_order(request.user, unit) for unit in Unit.objects.visible_to(request.user))
    return render(request, "measurement/cycles.html", {"under_way": under_way, "archived": lines, "may_open": may_open})


def open_cycle(request):
    """Step 1: the Camat orders, and that opens the cycle."""
    unit = next((u for u in Unit.objects.visible_to(request.user) if may_order(request.user, u)), None)
    if unit is None:
        raise PermissionDenied
    plans = list(Plan.objects.visible_to(request.user).filter(unit=unit))
    years = sorted({year for plan in plans for year in plan.years})
    form = OpeningForm(request.POST or None, years=years, period=finished_quarter(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        plan = next(plan for plan in plans if data["year"] in plan.years)
        try:
            cycle = workflow.open_cycle(
                unit, plan, data["year"], data["quarter"], request.user, data["instruction"], data["correction_reason"]
            )
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, f"Perintah {cycle} diterbitkan. Sekarang giliran Sekcam untuk rapat dengan Tim SAKIP.")
            return after_step(request, cycle.pk)
    status = 422 if form.is_bound else 200
    return render(request, "measurement/open_cycle.html", {"form": form, "step": STEPS[0]}, status=status)


def cycle(request, pk: int):
    """The SOP page of one cycle."""
    found = get_cycle(request, pk)
    waiting = next((item for item in open_cycles(request.user) if item.cycle.pk == pk), None)
    tasks = task_cards(waiting, request.user) if waiting else []
    stays = list(found.stays.select_related("left_by"))
    issued = found.papers.listed().select_related("replaced_by").defer("replaced_by__content", "replaced_by__words")
    papers = [paper_line(paper) | {"void_url": void_url(paper, request.user)} for paper in issued]
    context = {
        "cycle": found,
        "sentence": turn_words(waiting) if waiting else "Seluruh langkah selesai; siklus ini sudah diarsipkan dan tidak dapat diubah.",
        "state": state_of(waiting),
        "tasks": tasks,
        "actors": [actor.label for actor in ACTORS],
        "steps": [_step_line(found, step, stays, papers) for step in STEPS],
        "events": [_event(stay) for stay in reversed(stays) if stay.left_at],
        "papers": papers,
        "rounds": _rounds(found),
        "links": _links(found, request.user),
        "may_see_all": may_see_all_rows.test(request.user, found),
    }
    return render(request, "measurement/cycle.html", context)


def state_of(waiting) -> dict:
    if waiting is None:
        return {"key": "selesai", "label": "Selesai"}
    return {"key": "terlambat", "label": "Terlambat"} if waiting.is_late else {"key": "berjalan", "label": "Berjalan"}


def _step_line(cycle: MeasurementCycle, step, stays: list, papers: list) -> dict:
    """One row of the SOP with its four actor columns, as on the printed paper."""
    current = cycle.step == step
    state = "berjalan" if current else "selesai" if _is_done(cycle, step) else "belum"
    icon, word = {
        "selesai": ("dot-full", "sudah melaksanakan"),
        "berjalan": ("dot-current", "sedang melaksanakan"),
        "belum": ("dot-empty", "akan melaksanakan"),
    }[state]
    paper = next((p for p in reversed(papers) if p["kind"] == step.output and not p["withdrawn"]), None)
    return {
        "number": step.number,
        "activity": step.activity,
        "url": reverse("step", args=[cycle.pk, step.number]) if state != "belum" else "",
        "current": current,
        "actors": [{"label": actor.label, "icon": icon if actor == step.actor else "", "word": word} for actor in ACTORS],
        "standard": step.standard_label,
        "actual": _actual(cycle, [stay for stay in stays if stay.step == step.key]),
        "output": step.output_name,
        "paper": paper["url"] if paper else "",
        "state": {"key": state, "label": state.capitalize()},
        "remark": _remark(cycle, step, current),
    }


def _is_done(cycle: MeasurementCycle, step) -> bool:
    return cycle.step is None or step.number < cycle.step.number


def _actual(cycle: MeasurementCycle, stays: list) -> str:
    """Working time really spent at the step, over all rounds."""
    if not stays:
        return "–"
    calendar, now = cycle.unit.calendar, timezone.now()
    spent = sum(working_minutes(timezone.localtime(s.arrived_at), timezone.localtime(s.left_at or now), calendar) for s in stays)
    return worked(spent, calendar.minutes_per_day)


def _remark(cycle: MeasurementCycle, step, current: bool) -> str:
    if current and cycle.state in (State.PENGUKURAN, State.EVALUASI):
        done, total = measuring.progress(cycle)
        return f"{done} dari {total} indikator terkirim"
    return "setuju → 10 · kembali → 6" if step == DECISION else ""


def _event(stay) -> dict:
    returned = stay.action == SEND_BACK
    return {
        "icon": "return-arrow" if returned else "check",
        "what": f"{stay.sop_step.number}. {action_label(stay.action)}" + (f" (putaran {stay.round})" if stay.round > 1 or returned else ""),
        "who": f"{stay.left_by} ({stay.left_as})",
        "when": moment(stay.left_at),
        "why": stay.note,
    }


def paper_line(paper) -> dict:
    return {
        "title": paper.title,
        "kind": paper.kind,
        "number": paper.number,
        "date": long_date(timezone.localtime(paper.issued_at)),
        "signer": str(paper.issued_by),
        "withdrawn": paper.void.reason if hasattr(paper, "void") else "",
        "signing": signing_state(paper),
        "url": reverse("paper", args=[paper.pk]),
        "verify_url": reverse("verify_paper", args=[paper.code]),
    }


def _rounds(cycle: MeasurementCycle) -> list[dict]:
    """Every return: its arahan with their answers, and what changed until the next report to the Sekcam."""
    if cycle.round == 1:
        return []
    snapshots = {snapshot.round: snapshot for snapshot in cycle.snapshots.all()}
    directives = list(cycle.directives.select_related("row", "given_by", "answered_by"))
    found = []
    for number in range(2, cycle.round + 1):
        older, newer = snapshots.get(number - 1), snapshots.get(number)
        changes = rounds.between(older, newer) if newer else []
        found.append({"number": number, "directives": [d for d in directives if d.round == number], "differences": changes})
    return found


def _links(cycle: MeasurementCycle, person) -> list[dict]:
    """Places to look at once the worksheet exists."""
    if cycle.step and cycle.step.number <= 4:
        return []
    places = (
        ("overview", "Seluruh kertas kerja"),
        ("recap", "Rekap capaian"),
        ("worksheet_xlsx", "Kertas kerja (Excel)"),
        ("recap_xlsx", "Rekap (Excel)"),
        *([("e81_xlsx", "Formulir E.81 (Excel)")] if may_see_figures(person, cycle) else []),
        *([("lkjip_docx", "Bahan LKjIP Bab III (Word)")] if cycle.state in APPROVED else []),
    )
    return [{"label": label, "url": reverse(name, args=[cycle.pk])} for name, label in places]
