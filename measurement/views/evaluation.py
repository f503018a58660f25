"""Step 6: Tim SAKIP accepts or returns every row, and answers the arahan of the round."""

from django.contrib import messages

from .. import measuring, rounds
from ..calculation import calculate
from ..forms.texts import posted_text
from ..hints import unexplained
from ..models import MeasurementCycle
from ..numbers import parse_key
from ..requirements import is_said
from ..sop import RowState
from .sheet import SheetView

FILTERS = {
    "": ("Semua", lambda row, changed, unsaid: True),
    "perhatian": ("Perlu perhatian", lambda row, changed, unsaid: row.pk in changed | unsaid or row.state == RowState.DIKEMBALIKAN),
    "berubah": ("Berubah", lambda row, changed, unsaid: row.pk in changed),
    "dikembalikan": ("Dikembalikan", lambda row, changed, unsaid: row.state == RowState.DIKEMBALIKAN),
    "belum": ("Belum dinilai", lambda row, changed, unsaid: row.state == RowState.TERKIRIM),
}


def context(request, cycle: MeasurementCycle) -> dict:
    sheet = calculate(cycle)
    differences = rounds.differences(cycle)
    changed = {item.row_id for item in differences if item.row_id}
    rows = [figures.row for figures in sheet.rows.values()]
    chosen = request.GET.get("saring", "")
    chosen = chosen if chosen in FILTERS else ""
    unsaid = set(unexplained(sheet))
    shown = {row.pk for row in rows if FILTERS[chosen][1](row, changed, unsaid)}
    judgeable = {row.pk for row in rows if measuring.is_movable(row, cycle, "return", request.user)}
    groups = SheetView(sheet, shown=shown).groups()
    for group in groups:
        for row in group["rows"]:
            _add_verdict(row, judgeable, request.POST, [d for d in differences if d.row_id == int(row["key"])])
    return {
        "groups": groups,
        "explained": True,
        "filters": [{"label": f"{label} ({sum(test(row, changed, unsaid) for row in rows)})", "url": f"?saring={key}", "current": key == chosen}
                    for key, (label, test) in FILTERS.items()],
        "without_reason": [row for group in groups for row in group["rows"] if row["lacks_reason"]],
        "judged": sum(row.state in (RowState.DITERIMA, RowState.DIKECUALIKAN) for row in rows),
        "left": sum(row.state == RowState.TERKIRIM for row in rows),
        "total": len(rows),
        "directives": cycle.current_directives,
        "quarter": cycle.get_quarter_display().replace("Triwulan", "TW"),
    }  # fmt: skip


def _left_in_doubt(cycle: MeasurementCycle, in_doubt: set[int], chosen: dict[int, str]) -> int:
    """How many of the rows shown wait for a verdict of their own."""
    return cycle.rows.filter(pk__in=[pk for pk in in_doubt if chosen.get(pk) == ""], state=RowState.TERKIRIM).count()


def _add_verdict(row: dict, judgeable: set[int], posted, differences: list) -> None:
    key = row["key"]
    row["judgeable"] = int(key) in judgeable
    row["verdict"] = posted.get(f"verdict-{key}", "")
    row["typed_reason"] = posted.get(f"reason-{key}", "")
    row["lacks_reason"] = row["verdict"] == "return" and not is_said(row["typed_reason"])
    row["differences"] = differences


def handle(request, cycle: MeasurementCycle) -> None:
    """Write the answers and verdicts that were posted. Refusals of single rows are told; the rest is kept."""
    data, person = request.POST, request.user
    for directive in cycle.directives.filter(round=cycle.round):
        text = posted_text(data, f"answer-{directive.pk}")
        if text and text != directive.answer:
            measuring.answer(cycle.pk, person, directive.pk, text)
    wants_all = data.get("action") == "accept_shown"
    verdicts = {parse_key(name[8:]): parse_key(data[name]) for name in data if name.startswith("version-")}
    chosen = {pk: data.get(f"verdict-{pk}", "") for pk in verdicts}
    in_doubt = set(unexplained(calculate(cycle))) if wants_all else set()
    accepted = {pk: version for pk, version in verdicts.items()
                if chosen[pk] == "accept" or wants_all and not chosen[pk] and pk not in in_doubt}  # fmt: skip
    outcome = measuring.accept(cycle.pk, person, accepted) if accepted else measuring.Outcome()
    returned = {pk: version for pk, version in verdicts.items() if chosen[pk] == "return"}
    for pk, version in returned.items():
        measuring.give_back(cycle.pk, person, pk, version, posted_text(data, f"reason-{pk}"))
    _tell(request, outcome, len(returned), _left_in_doubt(cycle, in_doubt, chosen))


def _tell(request, outcome: measuring.Outcome, returned: int, in_doubt: int) -> None:
    """What came of the verdicts; said after the last of them, because one refusal takes all of them back."""
    if outcome.done:
        messages.success(request, f"{len(outcome.done)} baris diterima.")
    if outcome.stale:
        messages.warning(request, f"{len(outcome.stale)} baris berubah sejak halaman dibuka dan belum diterima; periksa lagi.")
    if in_doubt:
        messages.warning(request, f"{in_doubt} baris mempunyai petunjuk tanpa penjelasan dan tidak ikut diterima: nilai satu per satu.")
    if returned:
        messages.success(request, f"{returned} baris dikembalikan kepada penanggung jawabnya dengan alasan.")
