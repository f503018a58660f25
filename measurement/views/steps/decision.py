"""Step 9: what the Sekcam looks at before approving or returning, and the arahan that were written."""

from collections.abc import Iterable

from measurement.figures.calculation import Sheet, calculate
from measurement.figures.hints import hints_of, is_explained
from measurement.figures.opening_notes import opening_notes
from measurement.figures.pagu_notes import pagu_notes
from measurement.figures.rows import RowFigures
from measurement.forms.texts import posted_text
from measurement.models import Level, MeasurementCycle
from measurement.record import rounds
from measurement.record.rounds import Arahan
from measurement.rules.numbers import parse_key, show_percent
from measurement.rules.sop import REWORK, ROW_MOVES

from ..visitor import PersonRequest
from ..worksheet.worksheet_lines import hint_line, recap_headline, recap_lines

HINTED_SHOWN = 10


def decision_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    sheet = calculate(cycle)
    open_rows = {
        pk: f
        for pk, f in sheet.rows.items()
        if (f.row.planned or f.row.is_outside_plan) and f.row.state in ROW_MOVES["reopen"].sources
    }
    typed = {pk: request.POST.get(f"arahan-{pk}", "") for pk in open_rows}
    hinted = hinted_rows(sheet, typed)
    beside = {row["key"] for row in hinted[:HINTED_SHOWN]}
    return {
        "explained": True,
        "headline": recap_headline(sheet),
        "hinted": hinted[:HINTED_SHOWN],
        "hinted_more": len(hinted[HINTED_SHOWN:]),
        "programs": [
            line for line in recap_lines(sheet) if line["level"] in (Level.SASARAN, Level.PROGRAM, "total")
        ],
        "opening_notes": opening_notes(sheet),
        "pagu_notes": pagu_notes(sheet),
        "differences": rounds.differences(cycle),
        "directives": cycle.current_directives,
        "general": request.POST.get("arahan", ""),
        "picks": [
            _pick(figures, typed)
            for figures in _lowest_first(open_rows.values())
            if str(figures.row.pk) not in beside
        ],
        "next_round": cycle.round + 1,
        "rework": REWORK,
    }


def _lowest_first(rows: Iterable[RowFigures]) -> list[RowFigures]:
    return sorted(rows, key=lambda f: (f.capaian.value is None, f.capaian.value))


def _pick(figures: RowFigures, typed: dict[int, str]) -> dict:
    row = figures.row
    return {
        "key": str(row.pk),
        "name": row.name,
        "remark": f"capaian {show_percent(figures.capaian.value)} · {figures.predicate or figures.capaian.gap} · {row.owner}",
        "text": typed[row.pk],
    }


def hinted_rows(sheet: Sheet, typed: dict[int, str]) -> list[dict]:
    """The rows with hints, what their owners say about them and what was typed as their arahan; those without a word first."""
    hints = hints_of(sheet)
    found = [
        (figures.row, branch.node)
        for _, branch in sheet.nodes()
        for figures in branch.rows
        if figures.row.pk in hints
    ]
    return [
        {
            "key": str(row.pk) if row.pk in typed else "",
            "name": row.name,
            "remark": f"{node.place} · {row.owner}",
            "hints": [hint_line(hint) for hint in hints[row.pk]],
            "answer": row.hint_answer,
            "text": typed.get(row.pk, ""),
        }
        for row, node in sorted(found, key=lambda pair: is_explained(pair[0]))
    ]


def posted_arahan(data) -> list[Arahan]:
    """The directions that were written: a general one, and one for every row with words beside it."""
    general = posted_text(data, "arahan")
    found = [Arahan(general)] if general else []
    for name in data:
        key = name.removeprefix("arahan-")
        text = posted_text(data, name) if key != name else ""
        if text:
            found.append(Arahan(text, parse_key(key)))
    return found
