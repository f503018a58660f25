"""Step 9: what the Sekcam looks at before approving or returning, and the arahan that were written."""

from .. import rounds
from ..calculation import calculate
from ..forms.texts import posted_text
from ..models import Level, MeasurementCycle
from ..numbers import parse_key, show_percent
from ..rounds import Arahan
from ..sop import ROW_MOVES
from .sheet import headline, recap_lines


def context(request, cycle: MeasurementCycle) -> dict:
    sheet = calculate(cycle)
    posted = request.POST
    open_to_arahan = [
        figures for figures in sheet.rows.values() if figures.row.planned and figures.row.state in ROW_MOVES["reopen"].sources
    ]
    below = sorted(open_to_arahan, key=lambda f: (f.capaian.value is None, f.capaian.value))
    lines = recap_lines(sheet)
    return {
        "headline": headline(sheet),
        "programs": [line for line in lines if line["level"] in (Level.SASARAN, Level.PROGRAM, "total")],
        "differences": rounds.differences(cycle),
        "directives": cycle.current_directives,
        "general": posted.get("arahan", ""),
        "picks": [
            {
                "key": str(f.row.pk),
                "name": f.row.name,
                "remark": f"capaian {show_percent(f.capaian.value)} · {f.predicate or f.capaian.gap} · {f.row.owner}",
                "text": posted.get(f"arahan-{f.row.pk}", ""),
            }
            for f in below
        ],
    }


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
