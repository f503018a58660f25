"""Step 4: the indicators that are not SMART, apart from the others, with the chair's decision on each and what was decided last time."""

from measurement.addresses import reverse
from measurement.doors.smart_decisions import Judgement, decide_smart
from measurement.forms.steps.smart_form import SmartForm
from measurement.models import IndicatorDefinition, IndicatorToMeasure, MeasurementCycle, SmartDecision
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_decide_smart
from measurement.rules.refusals import Incomplete
from measurement.rules.schedules import is_due, schedule_words
from measurement.rules.smart import decided_with, not_smart, undecided

from ..visitor import PersonRequest

PREFIX = "smart-"


def smart_context(request: PersonRequest, cycle: MeasurementCycle) -> dict | None:
    """What the page says of the gate: its lines and who decides; None where every indicator is SMART."""
    listed = not_smart(cycle)
    if not listed:
        return None
    kept = {found.indicator_id: found for found in cycle.smart_history if found.cycle_id == cycle.pk}
    last = {found.indicator_id: found for found in cycle.smart_history if found.cycle_id != cycle.pk}
    decides = may_decide_smart(request.user, cycle)
    lines = [
        _line(indicator, cycle, listed, kept.get(indicator.pk), last.get(indicator.pk))
        | {
            "form": _form(indicator, kept.get(indicator.pk) or last.get(indicator.pk), request)
            if decides
            else None
        }
        for indicator in listed
        if decided_with(indicator, listed) is None
    ]
    return {
        "lines": lines,
        "chairs": ", ".join(cycle.unit.team_chairs),
        "left": len(undecided(cycle)),
        "decides": decides,
        "count": len(listed),
    }


def button_label(cycle: MeasurementCycle, label: str) -> str:
    """ "Tetapkan metodologi, 2 indikator belum SMART": who presses it knows what is set with it."""
    count = len(not_smart(cycle))
    return f"{label.partition(' dan ')[0]}, {count} indikator belum SMART" if count else label


def _line(
    indicator: IndicatorToMeasure,
    cycle: MeasurementCycle,
    listed: list[IndicatorToMeasure],
    kept: SmartDecision | None,
    last: SmartDecision | None,
) -> dict:
    due = is_due(indicator.schedule, cycle.period_of_year.months)
    return {
        "key": str(indicator.pk),
        "code": indicator.node.place,
        "name": indicator.name,
        "url": f"{reverse('indicator', args=[indicator.pk])}?siklus={cycle.pk}&tahun={cycle.year}",
        "lacks": ", ".join(IndicatorDefinition.SMART[key] for key in indicator.smart_lacks),
        "why": indicator.smart_reason,
        "waits": ""
        if due
        else f"Diukur {schedule_words(indicator.schedule, cycle.period_of_year.frequency)}.",
        "same": [
            f"{other.node.place} {other.name}" for other in listed if decided_with(other, listed) == indicator
        ],
        "kept": kept.told if kept else "",
        "more": bool(kept and not set(indicator.smart_lacks) <= set(kept.lacks)),
        "last": f"{last.cycle.period_of_year.short} {last.cycle.year}: {last.told}" if last else "",
    }


def _form(indicator: IndicatorToMeasure, known: SmartDecision | None, request: PersonRequest) -> SmartForm:
    """What was typed; else what is kept, or as a proposal what was decided last time."""
    prefix = f"{PREFIX}{indicator.pk}"
    if f"{prefix}-reason" in request.POST:
        return SmartForm(request.POST, prefix=prefix)
    initial = {name: getattr(known, name) for name in SmartForm.base_fields} if known else {}
    return SmartForm(initial=initial, prefix=prefix)


def keep_decisions(request: PersonRequest, cycle: MeasurementCycle) -> None:
    """Hand on what the chair decided. Nothing where the page had no fields for it; PermissionDenied for anybody else who sends them."""
    posted = [
        name.removeprefix(PREFIX).removesuffix("-reason")
        for name in request.POST
        if name.startswith(PREFIX) and name.endswith("-reason")
    ]
    judgements, gaps = [], []
    for key in posted:
        form = SmartForm(request.POST, prefix=f"{PREFIX}{key}")
        if not form.is_valid():
            gaps += [
                f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors
            ]
        elif not form.is_blank():
            said = form.cleaned_data
            judgements.append(Judgement(parse_key(key), said["verdict"], said["reason"], said["revise_by"]))
    if gaps:
        raise Incomplete(*gaps)
    if judgements:
        decide_smart(cycle.pk, request.user, judgements)
