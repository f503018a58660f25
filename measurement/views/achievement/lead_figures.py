"""The figures on top of Capaian: one that leads, with its predicate, its change and its way through the year, and three beside it."""

from collections.abc import Mapping

from measurement.addresses import reverse
from measurement.figures.calculation import Sheet
from measurement.figures.explain_branches import efficiency_points
from measurement.figures.recap import efficiency_word, recap_line
from measurement.figures.sparkline import SparkPoint, sparkline
from measurement.figures.step_times import Pace, Punctuality, punctuality
from measurement.models import MeasurementCycle
from measurement.rules.deadlines import NO_HOURS
from measurement.rules.figure import Figure
from measurement.rules.numbers import show, show_money, show_percent, show_short
from measurement.rules.periods import first_of_year
from measurement.rules.predicate_tints import predicate_tint
from measurement.rules.sent_rows import ENOUGH_SENT
from measurement.rules.sop import MEASURING

TOO_FEW = f"Angka, predikat, dan efisiensi tampil mulai {show_short(ENOUGH_SENT * 100)} % baris dikirim."
JUDGED_LATER = "lebih awal bila anggaran kas diisi"


def previous_words(cycle: MeasurementCycle, before: Sheet | None) -> str:
    """With which period the figures are compared, or why with none."""
    if before:
        return f"Dibandingkan dengan {before.cycle.period} yang telah diarsipkan."
    if cycle.number == 1:
        return first_of_year(cycle.period_of_year, cycle.year)
    return f"Belum ada {cycle.period_of_year.noun} sebelumnya pada tahun {cycle.year} yang diarsipkan untuk dibandingkan."


def leading_figure(sheet: Sheet, before: Sheet | None, year: Mapping[int, Sheet]) -> dict:
    """Capaian of the office. While too few rows were sent it is withheld, and the last archived one stands in its place, said so."""
    office, told = sheet.office, sheet.told(sheet.office)
    line, then = recap_line(office), before.office.capaian.figure if before else None
    is_partial = office.capaian.counted < office.capaian.total
    remarks = [line["counted"] if is_partial else "", sheet.sent.left_words]
    predicate = sheet.told_predicate(office)
    return {
        "label": f"Capaian kinerja {sheet.cycle.period_of_year.to_date}",
        "value": show(told.shown) if told.shown is not None else "",
        "working": reverse("office_working", args=[sheet.cycle.pk]),
        "instead": str(told.gap or "").capitalize(),
        "last": _last_words(before),
        "predicate": predicate,
        "tint": predicate_tint(predicate, sheet.cycle.rules.levels),
        "change": change_of(told, then, before),
        "remark": "; ".join(filter(None, remarks)) if sheet.sent.is_enough else "",
        "is_provisional": sheet.cycle.state in MEASURING,
        "spark": _spark("Capaian kinerja", sheet, year, lambda then: then.told(then.office)),
    }


def _last_words(before: Sheet | None) -> str:
    """ "TW I: 98,15 %, Sangat Tinggi"; empty without a period before."""
    if before is None or before.office.capaian.figure.shown is None:
        return ""
    office = before.office
    words = ", ".join(filter(None, (show_percent(office.capaian.figure.shown), office.predicate)))
    return f"{before.cycle.period_of_year.short}: {words}"


def other_figures(
    sheet: Sheet,
    before: Sheet | None,
    year: Mapping[int, Sheet],
    pace: list[Pace],
    pace_before: list[Pace] | None,
    by_schedule: Punctuality,
) -> list[dict]:
    """Serapan, efisiensi (only where there is a capaian) and ketepatan waktu."""
    office, on_time = sheet.office, punctuality(pace)
    on_time_then = punctuality(pace_before).figure if pace_before else None
    then = before.office.serapan if before else None
    return [
        _figure(
            "Serapan anggaran",
            office.serapan,
            f"{show_money(office.spent_to_date)} dari pagu setahun {show_money(office.pagu)}",
            change_of(office.serapan, then, before),
            _spark("Serapan anggaran", sheet, year, lambda then: then.office.serapan),
        )
        | {"is_provisional": sheet.cycle.state in MEASURING, "is_first": True},
        *([_efficiency(sheet)] if sheet.sent.is_enough else []),
        _figure(
            "Ketepatan waktu",
            on_time.figure,
            _on_time_words(on_time, pace, by_schedule),
            change_of(on_time.figure, on_time_then, before),
        ),
    ]


def _figure(label: str, figure: Figure, remark: str, change: dict, spark: dict | None = None) -> dict:
    shown = figure.shown
    return {
        "label": label,
        "value": "–" if shown is None else show(shown),
        "unit": "" if shown is None else "%",
        "remark": remark,
        "change": change,
        "spark": spark,
        "is_provisional": False,
        "is_first": False,
    }


def _efficiency(sheet: Sheet) -> dict:
    """A word, and the difference that it rests on."""
    word = efficiency_word(sheet.office)
    without = "capaian atau serapan belum ada" if word == "–" else JUDGED_LATER
    points = efficiency_points(sheet.office) if sheet.office.efficiency else ""
    return {
        "label": "Efisiensi",
        "value": word,
        "unit": "",
        "remark": points or without,
        "change": {},
        "spark": None,
        "is_provisional": False,
        "is_first": False,
    }


def change_of(now: Figure, then: Figure | None, before: Sheet | None) -> dict:
    """An arrow and a word: how far from the last period, of both as they are shown; nothing without both."""
    if before is None or then is None or then.shown is None or now.shown is None:
        return {}
    points = now.shown - then.shown
    arrow, word = ("→", "tetap") if not points else ("↑", "naik") if points > 0 else ("↓", "turun")
    moved = f"{word} {show(abs(points))} poin" if points else word
    return {"arrow": arrow, "words": f"{moved} dari {before.cycle.period_of_year.short}"}


def _spark(name: str, sheet: Sheet, year: Mapping[int, Sheet], figure_of) -> dict | None:
    """The periods of the year up to this one; one that is not archived or known by data awal is a gap."""
    points = [
        SparkPoint(
            period.short,
            figure_of(year[period.number]).shown if period.number in year else None,
            period.number == sheet.cycle.number and sheet.cycle.state in MEASURING,
        )
        for period in sheet.cycle.period_of_year.so_far
    ]
    return sparkline(name, points)


def _on_time_words(on_time: Punctuality, pace: list[Pace], by_schedule: Punctuality) -> str:
    """By the SOP's standard times, and by the office's own schedule where it has one."""
    if any(visit.spent is None for found in pace for visit in found.visits):
        return NO_HOURS
    told = f"{on_time.kept} dari {on_time.judged} langkah dalam waktu baku"
    own = (
        f"; {by_schedule.kept} dari {by_schedule.judged} menurut jadwal kantor" if by_schedule.judged else ""
    )
    return told + own
