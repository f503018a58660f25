"""Step 9: what the Sekcam looks at before approving or returning, and the arahan that were written."""

from .. import rounds
from ..calculation import Sheet, calculate
from ..forms.texts import posted_text
from ..hints import hints_of, is_explained
from ..models import Level, MeasurementCycle
from ..numbers import parse_key, show_percent
from ..rounds import Arahan
from ..sop import ROW_MOVES
from .sheet import headline, hint_line, recap_lines

HINTED_SHOWN = 10


def context(request, cycle: MeasurementCycle) -> dict:
    sheet = calculate(cycle)
    posted = request.POST
    open_to_arahan = [
        figures for figures in sheet.rows.values() if figures.row.planned and figures.row.state in ROW_MOVES["reopen"].sources
    ]
    hints = hints_of(sheet)
    below = sorted(open_to_arahan, key=lambda f: (f.row.pk not in hints, f.capaian.value is None, f.capaian.value))
    lines, hinted = recap_lines(sheet), hinted_rows(sheet)
    return {
        "explained": True,
        "headline": headline(sheet),
        "hinted": hinted[:HINTED_SHOWN],
        "hinted_more": len(hinted[HINTED_SHOWN:]),
        "programs": [line for line in lines if line["level"] in (Level.SASARAN, Level.PROGRAM, "total")],
        "differences": rounds.differences(cycle),
        "directives": cycle.current_directives,
        "general": posted.get("arahan", ""),
        "picks": [
            {
                "key": str(f.row.pk),
                "name": f.row.name,
                "remark": f"capaian {show_percent(f.capaian.value)} · {f.predicate or f.capaian.gap}"
                f"{' · ada petunjuk' if f.row.pk in hints else ''} · {f.row.owner}",
                "text": posted.get(f"arahan-{f.row.pk}", ""),
            }
            for f in below
        ],
    }


def hinted_rows(sheet: Sheet) -> list[dict]:
    """The rows with hints and what their owners say about them; those without a word first."""
    hints = hints_of(sheet)
    found = [(figures.row, branch.node) for _, branch in sheet.nodes() for figures in branch.rows if figures.row.pk in hints]
    return [
        {
            "name": row.name,
            "remark": f"{node.code} · {row.owner}",
            "hints": [hint_line(hint) for hint in hints[row.pk]],
            "answer": row.hint_answer,
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
