"""Step 9: what the Sekcam looks at before approving or returning, row by row where an arahan may be written, and the arahan that were written."""

from collections.abc import Iterator

from measurement.addresses import reverse
from measurement.figures.calculation import NodeFigures, Sheet, calculate
from measurement.figures.hints import Hint, hints_of, is_explained
from measurement.figures.opening_notes import opening_notes
from measurement.figures.pagu_notes import pagu_notes
from measurement.figures.recap import recap_line
from measurement.figures.rows import RowFigures
from measurement.forms.texts import posted_text
from measurement.models import Level, MeasurementCycle, WorksheetNode
from measurement.record import rounds
from measurement.record.rounds import Arahan
from measurement.rules.numbers import parse_key, show_percent
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import APPROVE, REWORK, ROW_MOVES, SEND_BACK

from ..visitor import PersonRequest
from ..worksheet.worksheet_lines import hint_line
from .recap import head_words
from .recap_lines import recap_headline

SHOWN_AT_ONCE = 10
ARAHAN_WRITTEN = "Anda menulis {count} arahan, dan arahan hanya berlaku bila rekapitulasi dikembalikan. Kembalikan, atau kosongkan arahannya lalu setujui."
NOTE_WRITTEN = "Catatan persetujuan hanya disimpan bila disetujui. Pindahkan ke arahan, atau kosongkan catatannya lalu kembalikan."


def decision_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    sheet, differences = calculate(cycle), rounds.differences(cycle)
    lines = row_lines(sheet, request.POST, {item.row_id for item in differences})
    asked = request.POST.get("cari", request.GET.get("cari", "")).strip()
    first = sorted((line for line in lines if line["look"] and not asked), key=lambda line: line["look"])
    rest = [line for line in lines if line not in first and (not asked or line["text"] or says(line, asked))]
    return {
        "headline": recap_headline(sheet),
        "asked": asked,
        "first": first[:SHOWN_AT_ONCE],
        "first_more": first[SHOWN_AT_ONCE:],
        "sections": [] if asked else decision_sections(sheet, rest),
        "matches": rest if asked else [],
        "picked": [line for line in lines if line["text"]],
        "opening_notes": opening_notes(sheet),
        "pagu_notes": pagu_notes(sheet),
        "differences": differences,
        "directives": cycle.current_directives,
        "general": request.POST.get("arahan", ""),
        "next_round": cycle.round + 1,
        "rework": REWORK,
    }


def row_lines(sheet: Sheet, posted, changed: set[int | None]) -> list[dict]:
    """The rows that may be given an arahan, lowest capaian first, each with what was typed for it."""
    hints = hints_of(sheet)
    found = [
        _row_line(figures, branch.node, hints.get(figures.row.pk, []), figures.row.pk in changed)
        | {"top": top.node.pk, "text": posted.get(f"arahan-{figures.row.pk}", "")}
        for top, branch in with_tops(sheet)
        for figures in branch.rows
        if (figures.row.planned or figures.row.is_outside_plan)
        and figures.row.state in ROW_MOVES["reopen"].sources
    ]
    return sorted(found, key=lambda line: line["lowest_first"])


def with_tops(sheet: Sheet) -> Iterator[tuple[NodeFigures, NodeFigures]]:
    """Every branch, after the sasaran or program below which it stands."""
    top = None
    for _, branch in sheet.nodes():
        top = branch if top is None or branch.node.level in (Level.SASARAN, Level.PROGRAM) else top
        yield top, branch


def _row_line(figures: RowFigures, node: WorksheetNode, hints: list[Hint], changed: bool) -> dict:
    row, capaian = figures.row, figures.capaian
    unsaid = bool(hints) and not is_explained(row)
    why = (unsaid, changed, capaian.is_missed, hints)
    marks = [hint.kind.value for hint in hints] + (["berubah"] if changed else [])
    return {
        "key": str(row.pk),
        "name": row.name,
        "remark": f"{node.place} · {row.owner}",
        "capaian": show_percent(capaian.value),
        "word": str(figures.predicate or capaian.gap or ""),
        "marks": " · ".join(dict.fromkeys(marks)),
        "hints": [hint_line(hint) for hint in hints],
        "answer": row.hint_answer,
        # 1: nobody explained a hint, 2: it changed, 3: below its target, 4: explained hints; 0: none of them
        "look": next((rank for rank, holds in enumerate(why, 1) if holds), 0),
        "lowest_first": (capaian.value is None, capaian.value or 0),
        "url": reverse("row_behind", args=[row.cycle_id, row.pk]),
    }


def says(line: dict, asked: str) -> bool:
    """Whether a row has every word that is looked for."""
    text = f"{line['name']} {line['remark']} {line['word']} {line['marks']}".casefold()
    return all(word in text for word in asked.casefold().split())


def decision_sections(sheet: Sheet, lines: list[dict]) -> list[dict]:
    """Every sasaran and program with its figures, and the rows below it that are not shown above."""
    tops = {top.node.pk: top for top, _ in with_tops(sheet)}
    inside = {pk: [line for line in lines if line["top"] == pk] for pk in tops}
    return [
        {
            "code": top.node.code,
            "name": top.node.read_name,
            "words": head_words(recap_line(top)),
            "rows": inside[pk],
            "is_open": any(line["text"] for line in inside[pk]),
        }
        for pk, top in tops.items()
    ]


def check_choice(request: PersonRequest, cycle: MeasurementCycle) -> None:
    """What was written for the other of the two choices would be lost: it is asked for before anything is decided."""
    action = request.POST.get("action", "")
    arahan = posted_arahan(request.POST)
    if action == APPROVE.key and arahan:
        raise Incomplete(ARAHAN_WRITTEN.format(count=len(arahan)))
    if action == SEND_BACK and posted_text(request.POST, "decision_note"):
        raise Incomplete(NOTE_WRITTEN)


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
