"""Capaian: what was found and who must act, the figures, the rows that need the leader, and how everything stands to its target."""

from django.shortcuts import render

from measurement.addresses import reverse
from measurement.figures.attention import rows_in_need
from measurement.figures.past_cycles import has_worksheet
from measurement.figures.standing import standing_of
from measurement.models import MeasurementCycle, ReportedCycle
from measurement.rules.headline import headline
from measurement.rules.sop import MEASURING, REPORT_TO_CAMAT

from ..cycle.cycles import state_of
from ..office.office_choice import office_chips
from ..start.deadline_words import turn_words
from ..start.tasks import waiting_in
from ..visitor import PersonRequest
from . import indicator_lines, lead_figures
from .chart_parts import Chart
from .cycle_choice import Choice, chip, choose, page_chips, period_chips, year_chips
from .cycle_reading import cycle_reading
from .leader_rows import leader_rows, pace_summary
from .plots import INDICATORS, LEVEL_NAMES, TIMES


def achievement_page(request: PersonRequest):
    """One cycle's figures: the one that the address names, else the newest that has any."""
    choice = choose(request)
    shown = choice.asked or next(iter(choice.seen), None)
    standing = {cycle.pk: waiting for cycle in choice.cycles if (waiting := waiting_in(cycle, request.user))}
    under_way = [standing[cycle.pk] for cycle in choice.cycles if cycle.pk in standing and cycle != shown]
    level = request.GET.get("bagan", "")
    level = level if level in LEVEL_NAMES else next(iter(LEVEL_NAMES))
    context = {
        "shown": shown,
        "pages": page_chips(choice, "achievement"),
        "units": office_chips(request, choice.unit, choice.units),
        "years": year_chips(choice, shown),
        "periods": period_chips(choice, shown),
        "under_way": [_standing_line(waiting) for waiting in under_way],
        **(_about(shown, standing.get(shown.pk)) if shown else {}),
        **(_figures(shown, choice, level) if shown in choice.seen else {"closed": _why_closed(shown)}),
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


def _figures(cycle: MeasurementCycle, choice: Choice, level: str) -> dict:
    reading = cycle_reading(cycle, choice)
    sheet, needed = reading.sheet, rows_in_need(reading.sheet)
    return {
        "measured": any(row.counted.value is not None for row in sheet.rows.values())
        or sheet.office.spent_to_date is not None,
        "headline": headline(standing_of(sheet, needed)),
        "provisional": cycle.state in MEASURING,
        "head": cycle.sop.head.short,
        "lead": lead_figures.leading_figure(sheet, reading.before, reading.year),
        "others": lead_figures.other_figures(
            sheet, reading.before, reading.year, reading.pace, reading.pace_before, reading.by_schedule
        ),
        "previous": lead_figures.previous_words(cycle, reading.before),
        "withheld": "" if sheet.sent.is_enough else lead_figures.TOO_FEW,
        "rows": leader_rows(sheet, needed),
        "all_url": _level_url(cycle, INDICATORS),
        "levels": [chip(name, _level_url(cycle, key), key == level) for key, name in LEVEL_NAMES.items()],
        "chart": reading.chart(level),
        "outliers": indicator_lines.outlier_lines(sheet),
        "sent_lines": None if sheet.sent.is_enough else indicator_lines.sent_lines(sheet),
        "own": indicator_lines.camat_indicators(sheet),
        "pace": pace_summary(reading.pace),
        "times": reading.chart(TIMES),
        "source_note": cycle.plan.source_note,
        "pages": page_chips(choice, "achievement", reading.years),
    }


def _level_url(cycle: MeasurementCycle, level: str) -> str:
    """The page with the chart of that level, at the chart."""
    return f"{reverse('achievement', query={'siklus': cycle.pk, 'bagan': level})}#bagan"


def achievement_charts(request: PersonRequest, key: str) -> Chart | None:
    """One chart of the cycle that the address names, if its figures are this person's to see."""
    choice = choose(request)
    shown = choice.asked or next(iter(choice.seen), None)
    if shown not in choice.seen or key not in (*LEVEL_NAMES, TIMES):
        return None
    return cycle_reading(shown, choice).chart(key)
