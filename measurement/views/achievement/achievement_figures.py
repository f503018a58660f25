"""The figures of Capaian as ready strings: the four on top, programs, what is red and why, and the time that the steps took."""

from itertools import groupby

from django.urls import reverse

from measurement.figures.calculation import BranchFigures, Sheet
from measurement.figures.explain_branches import efficiency_points
from measurement.figures.recap import efficiency_word, recap_line
from measurement.figures.rows import RowFigures
from measurement.figures.step_times import Pace, Punctuality, punctuality, total_spent
from measurement.models import Level, MeasurementCycle
from measurement.papers.analysis import is_short
from measurement.papers.comparison import change
from measurement.papers.tables import in_order
from measurement.rules.dates import working_time
from measurement.rules.deadlines import NO_HOURS
from measurement.rules.figure import Figure
from measurement.rules.numbers import show_money, show_percent, show_short
from measurement.rules.periods import first_of_year
from measurement.rules.row_fields import CAUSES
from measurement.rules.sent_rows import ENOUGH_SENT

from ..bars import bar_width, is_beyond_bar

MOST_RED = 10
TARGET = "100 %"
NOT_THEN = "belum ada"  # what a later plan brought
TOO_FEW = f"angka, predikat, dan efisiensi tampil mulai {show_short(ENOUGH_SENT * 100)} % baris dikirim"
JUDGED_LATER = (
    "capaian dan serapan setahun dibandingkan pada akhir tahun, atau lebih awal bila anggaran kas diisi"
)


def previous_words(cycle: MeasurementCycle, before: MeasurementCycle | None) -> str:
    """With which period the figures are compared, or why with none."""
    if before:
        return f"Dibandingkan dengan {before.period} yang telah diarsipkan."
    if cycle.number == 1:
        return first_of_year(cycle.period_of_year, cycle.year)
    return f"Belum ada {cycle.period_of_year.noun} sebelumnya pada tahun {cycle.year} yang diarsipkan untuk dibandingkan."


# The four figures


def achievement_headline(
    sheet: Sheet, past: Sheet | None, pace: list[Pace], past_pace: list[Pace] | None
) -> list[dict]:
    """Capaian, serapan, efisiensi and ketepatan waktu, each with its target and the last period's value; efisiensi only where there is a capaian."""
    office, last = sheet.office, _Last(past)
    then = past.office if past else None
    on_time, on_time_then = punctuality(pace), punctuality(past_pace) if past_pace else None
    money = f"{show_money(office.spent_to_date)} dari {show_money(office.pagu)}"
    return [
        _capaian(sheet, last, then),
        {
            "label": "Serapan anggaran",
            "is_sentence": False,
            "value": show_percent(office.serapan.shown),
            "remark": money,
            "target": f"{TARGET} dari pagu setahun",
            "last": last.compared(office.serapan, then.serapan if then else None),
        },
        *([_efficiency_card(sheet, past, last)] if sheet.sent.is_enough else []),
        {
            "label": "Ketepatan waktu",
            "is_sentence": False,
            "value": show_percent(on_time.figure.shown),
            "remark": _on_time_words(on_time, pace),
            "target": TARGET,
            "last": last.compared(on_time.figure, on_time_then.figure if on_time_then else None),
        },
    ]


def _capaian(sheet: Sheet, last: "_Last", then: BranchFigures | None) -> dict:
    """The headline; while too few rows were sent, only how many were."""
    office, told = sheet.office, sheet.told(sheet.office)
    figure = show_percent(told.shown)
    remarks = [office.predicate, recap_line(office)["counted"], sheet.sent.left_words]
    return {
        "label": "Capaian kinerja",
        "is_sentence": not sheet.sent.is_enough,
        "value": figure if sheet.sent.is_enough else sheet.sent.too_few_words,
        "remark": "; ".join(filter(None, remarks)) if sheet.sent.is_enough else TOO_FEW,
        "target": TARGET,
        "last": last.compared(told, then.capaian.figure if then else None),
    }


def _efficiency_card(sheet: Sheet, past: Sheet | None, last: "_Last") -> dict:
    word = efficiency_word(sheet.office)
    without = "capaian atau serapan belum ada" if word == "–" else JUDGED_LATER
    return {
        "label": "Efisiensi",
        "is_sentence": not sheet.office.efficiency,
        "value": word,
        "remark": _efficiency(sheet) or without,
        "target": f"efisien, di atas {show_short(sheet.cycle.rules.threshold)} poin",
        "last": last.said(_efficiency(past) if past else ""),
    }


def _efficiency(sheet: Sheet) -> str:
    """102,50 − 23,30 = 79,20 poin; empty without an efficiency."""
    return efficiency_points(sheet.office) if sheet.office.efficiency else ""


class _Last:
    """How the last period's value is told beside this one's."""

    def __init__(self, past: Sheet | None):
        self.name = past.cycle.period_of_year.short if past else ""

    def said(self, words: str) -> str:
        return f"{self.name} {words}" if self.name and words else ""

    def compared(self, now: Figure, then: Figure | None) -> str:
        """TW I 98,10 % (+4,40 poin); empty without a figure then."""
        return self.said(_with_change(now, then))


def _with_change(now: Figure, then: Figure | None) -> str:
    """98,10 % (+4,40 poin)."""
    if then is None or then.shown is None:
        return ""
    moved = change([then.shown, now.shown])
    return f"{show_percent(then.shown)} ({moved} poin)" if now.shown is not None else show_percent(then.shown)


# Programs


def programs(sheet: Sheet, past: Sheet | None) -> list[dict]:
    """Every program and the office as the last: capaian beside serapan, each with the last period's."""
    then = {branch.node.plan_node_id: branch for branch in past.of_level(Level.PROGRAM)} if past else {}
    last = _Last(past)
    lines = [
        _program(sheet, branch, then.get(branch.node.plan_node_id), last)
        for branch in sheet.of_level(Level.PROGRAM)
    ]
    total = {"is_total": True, "working": reverse("office_working", args=[sheet.cycle.pk])}
    return [*lines, _program(sheet, sheet.office, past.office if past else None, last) | total]


def _program(sheet: Sheet, branch: BranchFigures, past: BranchFigures | None, last: _Last) -> dict:
    node, capaian, line = branch.node, sheet.told(branch), recap_line(branch)
    return {
        "leads": _leads(line) if sheet.sent.is_enough else "",
        "code": node.code if node else "",
        "name": node.read_name if node else "Seluruh perangkat daerah",
        "working": reverse("branch_working", args=[node.cycle_id, node.pk]) if node else "",
        "bars": [_bar("Capaian", "value", capaian), _bar("Serapan", "serapan", branch.serapan)],
        "capaian": percent_or_why(capaian),
        "capaian_then": last.compared(capaian, past.capaian.figure if past else None),
        "predicate": sheet.told_predicate(branch) or "–",
        "serapan": show_percent(branch.serapan.shown),
        "serapan_then": last.compared(branch.serapan, past.serapan if past else None),
        "spent": show_money(branch.spent_to_date),
        "pagu": show_money(branch.pagu),
        "efficiency": line["efficiency"] if sheet.sent.is_enough else "–",
    }


def _leads(line: dict) -> str:
    """What leads, and what stands beside it."""
    beside = f"{line['beside_name']} {line['beside']}" if line["beside_name"] else ""
    return "; ".join(filter(None, (line["lead"], beside)))


def _bar(label: str, kind: str, figure: Figure) -> dict:
    """A bar with its words beside it; without a value only the reason."""
    words = percent_or_why(figure)
    return {
        "label": label,
        "kind": kind,
        "width": bar_width(figure),
        "cut": is_beyond_bar(figure),
        "value": words,
    }


def percent_or_why(figure: Figure) -> str:
    """A percentage, or the reason why there is none."""
    return str(figure.gap) if figure.gap else show_percent(figure.value)


# What is red and why


def indicators_below_target(sheet: Sheet) -> dict:
    """The sent indicators below their target, the worst first and grouped by predicate, with the words of those who answer for them."""
    rows = in_order(sheet)
    short = sorted(filter(is_short, rows), key=lambda figures: figures.capaian.known_value)
    codes = {figures.row.pk: branch.node.code for _, branch in sheet.nodes() for figures in branch.rows}
    told: dict[tuple, int] = {}
    lines = [
        _red_line(number, figures, sheet.cycle, told) | {"code": codes[figures.row.pk]}
        for number, figures in enumerate(short[:MOST_RED], 1)
    ]
    return {
        "groups": [
            {"predicate": name, "lines": list(found)}
            for name, found in groupby(lines, key=lambda line: line["predicate"])
        ],
        "count": len(short),
        "shown": len(lines),
        "computed": sum(figures.counted.shown is not None for figures in rows),
        "total": len(rows),
        "more": max(len(short) - MOST_RED, 0),
        "all_url": reverse("overview", args=[sheet.cycle.pk]),
    }


def _red_line(number: int, figures: RowFigures, cycle: MeasurementCycle, told: dict[tuple, int]) -> dict:
    """One indicator in sentences. The same words of an owner are not repeated."""
    row, so_far = figures.row, figures.to_date
    words = {label: getattr(row, field).strip() for field, label in CAUSES.items()}
    first = told.setdefault(tuple(words.values()), number)
    repeated = first != number and any(words.values())
    return {
        "number": str(number),
        "name": row.name,
        "owner": row.owner.name,
        "url": reverse("row_working", args=[cycle.pk, row.pk]),
        "predicate": figures.predicate,
        "result": f"Realisasi {row.shown(so_far.realised)} dari target {figures.shown_target_to_date} {row.measure} "
        f"{cycle.period_of_year.to_date}: capaian {show_percent(figures.capaian.shown)}.",
        "causes": []
        if repeated
        else [{"label": label, "text": text} for label, text in words.items() if text],
        "same_as": str(first) if repeated else "",
    }


# Standard time and real time


def _on_time_words(on_time: Punctuality, pace: list[Pace]) -> str:
    if any(visit.spent is None for found in pace for visit in found.visits):
        return NO_HOURS
    return f"{on_time.kept} dari {on_time.judged} langkah selesai dalam waktu bakunya"


def pace_lines(found: list[Pace], cycle: MeasurementCycle) -> dict:
    """The steps against their standard times, and both in sum over the steps that have one and were begun."""
    begun = [pace for pace in found if pace.visits and pace.standard]
    on_time = punctuality(found)
    spent = total_spent(visit for pace in begun for visit in pace.visits)
    standard = sum(pace.standard or 0 for pace in begun)
    late = [str(pace.step.number) for pace in found if pace.exceeded]
    return {
        "lines": [_pace_line(pace, cycle) for pace in found],
        "clock": spent is not None,
        "spent": working_time(spent, found[0].per_day),
        "standard": working_time(standard, found[0].per_day),
        "rounds": max((len(pace.visits) for pace in found), default=1),
        "kept": f"{on_time.kept} dari {on_time.judged}" if spent is not None else "–",
        "late": ", ".join(late),
    }


def _pace_line(pace: Pace, cycle: MeasurementCycle) -> dict:
    spent = working_time(pace.spent, pace.per_day) if pace.visits else "–"
    standard = working_time(pace.standard, pace.per_day) if pace.standard else "–"
    label, verdict = f"{pace.step.number}. {pace.step.task_title}", _verdict(pace)
    told = f"{spent} dari {standard} · {verdict.lower()}" if pace.standard else f"{spent}, tanpa waktu baku"
    return {
        "number": str(pace.step.number),
        "activity": pace.step.activity,
        "actor": cycle.sop.label(pace.step.actor),
        "visits": f"{len(pace.visits)} kali" if len(pace.visits) > 1 else "",
        "standard": standard,
        "spent": spent,
        "bar": {
            "label": label,
            "kind": "value",
            "width": bar_width(pace.share),
            "cut": is_beyond_bar(pace.share),
            "value": told,
        },
        "is_begun": bool(pace.visits),
        "verdict": verdict,
    }


def _verdict(pace: Pace) -> str:
    if not pace.visits:
        return "Belum"
    if pace.exceeded:
        return "Melampaui"
    judged = [visit for visit in pace.visits if visit.kept is not None]
    if not pace.standard or pace.spent is None:
        return "Tidak dinilai"
    return "Sesuai" if len(judged) == len(pace.visits) else "Berjalan"
