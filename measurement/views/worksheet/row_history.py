"""Riwayat baris: what was said of an indicator before, at hand while typing, and what of it may be copied into the row."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.doors import measuring
from measurement.doors.copying import WouldReplace, copy_into
from measurement.figures.calculation import calculate
from measurement.figures.copy_sources import CopySource, copy_sources
from measurement.figures.earlier_rows import EarlierRow, earlier_rows
from measurement.figures.opening_notes import opening_places_of, thing_note
from measurement.figures.rows import row_figures
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.rules.copying import CopyGroup, is_blank
from measurement.rules.numbers import parse_key, show_percent
from measurement.rules.refusals import NotAtThisStep, Refusal
from measurement.rules.row_fields import ROW_TEXTS, TEXT_BY_KEY, VALUE_BY_KEY, Asked

from ..fetch import get_cycle
from ..responses import wants_part
from ..visitor import PersonRequest

REPLACE = "timpa"
SHOWN_TEXTS = [text for text in ROW_TEXTS if text.asked != Asked.WITH_HINTS]


def row_history(request: PersonRequest, pk: int, row: int):
    """The earlier periods of one row, and the buttons that copy from them; asked for as a part, without the frame of a page."""
    cycle = get_cycle(request, pk)
    found = get_object_or_404(cycle.rows.visible_to(request.user).select_related("node"), pk=row)
    found.cycle = cycle
    if request.method == "POST":
        return copy_posted(request, cycle, replace=request.POST.get("replace") == "ya")
    earlier, is_open = earlier_rows(found, cycle), measuring.is_movable(found, cycle, "save", request.user)
    sources = copy_sources(found, earlier, calculate(cycle), request.user) if is_open else []
    context = {
        "cycle": cycle,
        "row": {"key": str(found.pk), "name": found.name, "code": found.node.code, "measure": found.measure},
        "history": [_history_line(then) for then in earlier],
        "opening": _opening_words(found, cycle),
        "copies": [_copy_line(source, found) for source in sources],
        "replacing": _replacing(request.GET.get(REPLACE, ""), sources, found),
        "back": f"{reverse('worksheet', args=[pk])}#baris-{found.pk}",
    }
    template = "worksheet/parts/row_history.html" if wants_part(request) else "worksheet/row_history.html"
    return render(request, template, context)


def copy_posted(request: PersonRequest, cycle: MeasurementCycle, replace: bool = False):
    """Copy what a button names ("12:lalu:angka"): back to the row, or to the question whether what stands there may be replaced."""
    key, _, rest = request.POST.get("copy", "").partition(":")
    source_key, _, group = rest.partition(":")
    row = parse_key(key)
    if group not in set(CopyGroup):
        raise NotAtThisStep("Pilihan salinan ini tidak dikenal; muat ulang halaman.")
    try:
        copied = copy_into(cycle.pk, request.user, row, source_key, CopyGroup(group), replace)
    except WouldReplace:
        return redirect(f"{reverse('row_history', args=[cycle.pk, row])}?{REPLACE}={source_key}:{group}")
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
    else:
        label = CopyGroup(group).label
        messages.success(
            request,
            f"{label} disalin dari {copied.source.label} sebagai draf. Periksa dan sesuaikan sebelum mengirim.",
        )
        if copied.left:
            messages.warning(request, copied.left_words)
    return redirect(f"{reverse('worksheet', args=[cycle.pk])}#baris-{row}")


def _opening_words(row: WorksheetRow, cycle: MeasurementCycle) -> str:
    """What data awal say of the year's earlier periods: "TW I 2026 0; TW II 2026 1. Data awal, menurut …"; empty without any."""
    periods = row_figures(row, cycle.number, cycle.rules).periods
    places = [place for place in opening_places_of(row, cycle) if 0 < place.number <= len(periods)]
    told = [f"{place.name} {row.shown(periods[place.number - 1].realised)}" for place in places]
    return f"{'; '.join(told)}. {thing_note(row)}" if told else ""


def _history_line(then: EarlierRow) -> dict:
    """One earlier period as ready strings."""
    row, figures = then.row, then.figures
    return {
        "period": then.cycle.period,
        "note": "" if then.cycle.is_archived else "belum diarsipkan",
        "target": figures.shown_target,
        "value": row.shown(figures.realised),
        "capaian": show_percent(figures.capaian.value),
        "predicate": figures.predicate or (figures.capaian.gap.value if figures.capaian.gap else ""),
        "texts": [
            {"label": text.label, "value": getattr(row, text.key)}
            for text in SHOWN_TEXTS
            if getattr(row, text.key)
        ],
        "evidence": [item.described for item in row.evidence_items],
    }


def _copy_line(source: CopySource, row: WorksheetRow) -> dict:
    """A source with a button for each group, or why there is none."""
    return {
        "label": source.label,
        "groups": [
            {
                "label": group.label,
                "value": f"{row.pk}:{source.key}:{group}",
                "shown": _shown(source, group, row),
                "why_not": source.why_not(group, row),
            }
            for group in CopyGroup
        ],
    }


def _shown(source: CopySource, group: CopyGroup, row: WorksheetRow) -> str:
    """The figure that a button would fill in."""
    values = source.values(group).values() if group == CopyGroup.FIGURE else ()
    return " ÷ ".join(row.shown(value) for value in values)  # type: ignore[arg-type]  # numbers all


def _replacing(asked: str, sources: list[CopySource], row: WorksheetRow) -> dict | None:
    """What stands in the row beside what would replace it, where the address asks for that."""
    key, _, group = asked.partition(":")
    source = next((source for source in sources if source.key == key), None)
    if source is None or group not in set(CopyGroup):
        return None
    lines = [
        {"label": _label(name), "before": _said(row, name), "after": _said(source.row, name)}
        for name, value in source.values(CopyGroup(group)).items()
        if value != getattr(row, name) and not is_blank(getattr(row, name))
    ]
    return {"label": source.label, "value": f"{row.pk}:{key}:{group}", "lines": lines} if lines else None


def _label(name: str) -> str:
    return (VALUE_BY_KEY.get(name) or TEXT_BY_KEY[name]).label


def _said(row: WorksheetRow, name: str) -> str:
    value = getattr(row, name)
    return row.shown(value) if name in VALUE_BY_KEY else value
