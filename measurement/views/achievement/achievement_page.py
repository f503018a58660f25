"""Capaian: where the cycles stand, what was achieved against target and the period before, what is red and why, and the report to download."""

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from measurement.figures.past_cycles import archived_before, has_worksheet, sheets_of
from measurement.figures.step_times import paces
from measurement.models import MeasurementCycle, ReportedCycle
from measurement.rules.sop import MEASURING, REPORT_TO_CAMAT

from ..cycle.cycles import state_of
from ..start.deadline_words import turn_words
from ..start.tasks import open_cycles
from ..visitor import PersonRequest
from . import achievement_figures as figures
from . import indicator_lines
from .cycle_choice import Choice, choose, page_chips, period_chips, unit_chips, year_chips


def achievement_page(request: PersonRequest):
    """One cycle's figures: the one that the address names, else the newest that has any."""
    choice = choose(request)
    shown = choice.asked or next(iter(choice.seen), None)
    standing = {waiting.cycle.pk: waiting for waiting in open_cycles(request.user)}
    under_way = [standing[cycle.pk] for cycle in choice.cycles if cycle.pk in standing and cycle != shown]
    context = {
        "shown": shown,
        "pages": page_chips(choice, "achievement"),
        "units": unit_chips(choice, "achievement"),
        "years": year_chips(choice, shown),
        "periods": period_chips(choice, shown),
        "under_way": [_standing_line(waiting) for waiting in under_way],
        **(_about(shown, standing.get(shown.pk)) if shown else {}),
        **(_figures(shown, choice) if shown in choice.seen else {"closed": _why_closed(shown)}),
    }
    return render(request, "achievement/achievement.html", context)


def _standing_line(waiting) -> dict:
    """Where another cycle stands, in one sentence."""
    url = reverse("cycle", args=[waiting.cycle.pk])
    return {
        "title": str(waiting.cycle),
        "url": url,
        "sentence": turn_words(waiting),
        "state": state_of(waiting),
    }


def _about(cycle: ReportedCycle, waiting) -> dict:
    """What stands over the figures: state, sentence and the report."""
    return {
        "period": cycle.period,
        "state": state_of(waiting),
        "sentence": turn_words(waiting) if waiting else "Siklus ini sudah diarsipkan; angkanya tetap.",
        "report": reverse("paper", args=[cycle.report_id]) if cycle.report_id else "",
        "report_comes": _report_comes(cycle),
    }


def _report_comes(cycle: ReportedCycle) -> str:
    """When there will be a report; nothing where there is one."""
    if cycle.report_id:
        return ""
    if _waits_for_report(cycle):
        when = f"setelah langkah {REPORT_TO_CAMAT.number}, saat {{sekcam}} melaporkan kepada {{camat}}"
        return cycle.sop.say(f"Laporan Hasil dapat diunduh {when}.")
    return "Laporan Hasil siklus ini dibatalkan dan belum diterbitkan kembali."


def _waits_for_report(cycle: MeasurementCycle) -> bool:
    return cycle.step is not None and cycle.step.number <= REPORT_TO_CAMAT.number


def _why_closed(cycle: MeasurementCycle | None) -> str:
    """Why there are no figures to show."""
    if cycle is None:
        return "Angka tampil di sini setelah metodologi siklus pertama ditetapkan dan pengukuran dimulai."
    if has_worksheet(cycle):
        return "Pengukuran dan evaluasi masih berjalan. Angkanya terbuka bagi seluruh pegawai setelah evaluasi selesai."
    return "Metodologinya belum ditetapkan, jadi belum ada yang diukur. Pilih periode lain untuk melihat angkanya."


def _figures(cycle: MeasurementCycle, choice: Choice) -> dict:
    before = archived_before(cycle, choice.cycles)
    sheets = sheets_of([cycle, before] if before else [cycle], of_camat=True)
    sheet, past = sheets[cycle.pk], sheets[before.pk] if before else None
    pace = _paces([sheet.cycle for sheet in sheets.values()], cycle.unit.calendar)
    return {
        "measured": any(row.counted.value is not None for row in sheet.rows.values())
        or sheet.office.spent_to_date is not None,
        "empty_title": sheet.sent.too_few_words if not sheet.sent.is_enough else "Belum ada yang diukur",
        "provisional": cycle.state in MEASURING,
        "previous": figures.previous_words(cycle, before),
        "headline": figures.achievement_headline(
            sheet, past, pace[cycle.pk], pace[before.pk] if before else None
        ),
        "outliers": indicator_lines.outlier_lines(sheet),
        "sent_lines": None if sheet.sent.is_enough else indicator_lines.sent_lines(sheet),
        "own_lines": indicator_lines.camat_lines(sheet),
        "programs": figures.programs(sheet, past),
        "red": figures.indicators_below_target(sheet),
        "pace": figures.pace_lines(pace[cycle.pk], cycle),
        "source_note": cycle.plan.source_note,
    }


def _paces(cycles: list[MeasurementCycle], calendar) -> dict:
    """Cycle id → the steps with the time they took; one query for all."""
    prefetch_related_objects(cycles, "stays")
    return {cycle.pk: paces(cycle.stays.all(), cycle.sop, calendar, timezone.now()) for cycle in cycles}
