"""The five indicators that need the leader, each with its owner and the owner's own words; and how the steps kept their time."""

from collections.abc import Sequence

from measurement.addresses import reverse
from measurement.figures.attention import ATTENTION_RULE, MOST_NEEDED, NeededRow
from measurement.figures.calculation import Sheet
from measurement.figures.step_times import Pace, punctuality, total_spent
from measurement.models import WorksheetRow
from measurement.rules.dates import working_time
from measurement.rules.methods import METHODS
from measurement.rules.numbers import show_percent, show_short
from measurement.rules.predicate_tints import predicate_tint
from measurement.rules.row_fields import CAUSES, REASONS

UNSAID = "Sebabnya belum dituliskan."


def leader_rows(sheet: Sheet, needed: Sequence[NeededRow]) -> dict:
    """The first five with how many there are; what an owner says again is not told twice."""
    told: dict[tuple[str, ...], int] = {}
    figures = [row.counted for row in sheet.rows.values()]
    return {
        "lines": [_line(number, need, sheet, told) for number, need in enumerate(needed[:MOST_NEEDED], 1)],
        "below": sum(figure.is_missed for figure in figures),
        "computed": sum(figure.value is not None for figure in figures),
        "total": len(figures),
        "is_more": len(needed) > MOST_NEEDED,
        "rule": ATTENTION_RULE,
    }


def _line(number: int, need: NeededRow, sheet: Sheet, told: dict[tuple[str, ...], int]) -> dict:
    row, figures, cycle = need.figures.row, need.figures, sheet.cycle
    words = _words(row)
    first = told.setdefault(tuple(word["text"] for word in words), number) if words else number
    return {
        "number": str(number),
        "name": row.name,
        "code": need.branch.node.place,
        "also": ", ".join(need.also),
        "owner": row.owner.name,
        "url": reverse("row_working", args=[cycle.pk, row.pk]),
        "capaian": show_percent(figures.capaian.shown),
        "predicate": figures.predicate,
        "tint": predicate_tint(figures.predicate, cycle.rules.levels),
        "result": f"{show_short(need.distance)} poin di bawah target: realisasi {row.shown(figures.to_date.realised)}"
        f"{METHODS[row.method].against} {figures.shown_target_to_date} {row.measure}",
        "unsaid": "" if need.is_explained else UNSAID,
        "same_as": str(first) if first != number else "",
        "reason": words[0] if words and need.is_explained and first == number else None,
        "more": (words[1:] if need.is_explained else words) if first == number else [],
    }


def _words(row: WorksheetRow) -> list[dict]:
    """What the owner wrote: the reasons first, then what will be done."""
    ordered = [*REASONS, *(key for key in CAUSES if key not in REASONS)]
    texts = {key: getattr(row, key).strip() for key in ordered}
    return [{"label": CAUSES[key], "text": text} for key, text in texts.items() if text]


def pace_summary(found: Sequence[Pace]) -> dict:
    """In a line: how many steps kept their standard time, which did not, and both times in sum."""
    begun = [pace for pace in found if pace.visits and pace.standard]
    on_time = punctuality(found)
    spent = total_spent(visit for pace in begun for visit in pace.visits)
    return {
        "clock": spent is not None,
        "spent": working_time(spent, found[0].per_day),
        "standard": working_time(sum(pace.standard or 0 for pace in begun), found[0].per_day),
        "rounds": max((len(pace.visits) for pace in found), default=1),
        "kept": f"{on_time.kept} dari {on_time.judged}" if spent is not None else "–",
        "late": ", ".join(str(pace.step.number) for pace in found if pace.exceeded),
    }
