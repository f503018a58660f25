"""Step 6: Tim SAKIP accepts or returns every row, and answers the arahan of the round."""

from itertools import groupby

from django.contrib import messages

from measurement.doors import directive_answers, measuring
from measurement.figures.calculation import Sheet, calculate
from measurement.figures.hints import unexplained
from measurement.forms.texts import posted_text
from measurement.models import Level, MeasurementCycle, WorksheetRow
from measurement.record import rounds
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Incomplete
from measurement.rules.requirements import is_said
from measurement.rules.sop import SETTLED_ROWS, RowState

from ..cycle.undo import undo_lines
from ..visitor import PersonRequest
from ..worksheet.worksheet_lines import SheetView
from .sent_again_lines import add_sent_again

SENT, RETURNED = RowState.TERKIRIM, RowState.DIKEMBALIKAN


def needs_a_look(row: WorksheetRow, changed: set[int], unsaid: set[int]) -> bool:
    """Whether a row is returned, or waits for its verdict and changed since the last round or has hints without a word about them."""
    return row.state == RETURNED or (row.state not in SETTLED_ROWS and row.pk in changed | unsaid)


# Key → label, whether it shows a row, and what is said where it shows none.
FILTERS = {
    "": ("Semua", lambda row, changed, unsaid: True, "Tidak ada baris yang dinilai pada siklus ini."),
    "perhatian": ("Perlu perhatian", needs_a_look, "Tidak ada baris yang perlu perhatian."),
    "berubah": ("Berubah", lambda row, changed, unsaid: row.pk in changed, "Tidak ada baris yang berubah sejak putaran sebelumnya."),
    "dikirim-ulang": ("Dikirim ulang", lambda row, changed, unsaid: row.state == SENT and bool(row.reply), "Tidak ada baris yang dikirim ulang dan belum dinilai."),
    "dikembalikan": ("Dikembalikan", lambda row, changed, unsaid: row.state == RETURNED, "Tidak ada baris yang sedang dilengkapi."),
    "belum-waktunya": ("Belum waktunya", lambda row, changed, unsaid: not row.is_due, "Semua indikator diukur pada periode ini."),
    "belum": ("Belum dinilai", lambda row, changed, unsaid: row.state == SENT, "Semua baris yang terkirim sudah dinilai."),
}  # fmt: skip
LACKING = "Setiap baris yang dikembalikan memerlukan alasan, paling sedikit 10 huruf:"


def evaluation_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    sheet, posted = calculate(cycle), request.POST
    differences = rounds.differences(cycle)
    changed, unsaid = {item.row_id for item in differences if item.row_id}, set(unexplained(sheet))
    rows = [figures.row for figures in sheet.rows.values()]
    found = {
        key: {row.pk for row in rows if test(row, changed, unsaid)} for key, (_, test, _) in FILTERS.items()
    }
    asked = request.GET.get("saring", "")
    chosen = asked if asked in FILTERS else ""
    judgeable = {row.pk for row in rows if measuring.is_movable(row, cycle, "return", request.user)}
    groups = SheetView(
        sheet, shown=found[chosen] | {pk for pk in judgeable if posted.get(f"verdict-{pk}")}
    ).groups()
    add_sent_again(groups, cycle, differences)
    for group in groups:
        for row in group["rows"]:
            _add_verdict(row, judgeable, posted, [d for d in differences if d.row_id == int(row["key"])])
            row["doubt"] = row["state"]["key"] == SENT and int(row["key"]) in unsaid
    return {
        "sections": _sections(sheet, groups, found, folds=not chosen),
        "explained": True,
        "filters": [{"label": f"{label} ({len(found[key])})", "url": f"?saring={key}", "current": key == chosen}
                    for key, (label, *_) in FILTERS.items()],
        "nothing": FILTERS[chosen][2],
        "refused_at": [
            {"id": f"reason-{row['key']}", "text": f"Tuliskan alasan untuk “{row['name']}”."}
            for group in groups for row in group["rows"] if row["lacks_reason"]
        ],
        "advice": _advice(found),
        "left": len(found["belum"]),
        "returned": len(found["dikembalikan"]),
        "later": len(found["belum-waktunya"]),
        "directives": _directives(cycle, posted),
        "undos": undo_lines(cycle, request.user),
        "period": cycle.period_of_year.short,
    }  # fmt: skip


def _add_verdict(row: dict, judgeable: set[int], posted, differences: list) -> None:
    key = row["key"]
    row["judgeable"] = int(key) in judgeable
    row["verdict"] = posted.get(f"verdict-{key}", "")
    row["typed_reason"] = posted.get(f"reason-{key}", "")
    row["lacks_reason"] = row["verdict"] == "return" and not is_said(row["typed_reason"])
    row["differences"] = differences
    row[
        "facts"
    ] = []  # all definitions of a sheet would make the page heavier than everything else on it; they stand beside the working


def _sections(sheet: Sheet, groups: list[dict], found: dict[str, set[int]], folds: bool) -> list[dict]:
    """The sheet in pieces, one for each sasaran and program with what belongs to it; those with nothing left to judge are folded."""
    top, tops = None, {}
    for _, branch in sheet.nodes():
        top = branch.node if top is None or branch.node.level in (Level.SASARAN, Level.PROGRAM) else top
        tops[str(branch.node.pk)] = top
    return [
        _section(node, list(inside), found, folds)
        for node, inside in groupby(groups, key=lambda group: tops[group["key"]])
    ]


def _section(node, groups: list[dict], found: dict[str, set[int]], folds: bool) -> dict:
    rows = [row for group in groups for row in group["rows"]]
    left, doubtful = (len({int(row["key"]) for row in rows} & found[key]) for key in ("belum", "perhatian"))
    serapan = next(
        (
            f"serapan {group['serapan']}"
            for group in groups
            if group["key"] == str(node.pk) and group["has_money"]
        ),
        "",
    )
    words = [
        serapan,
        f"{len(rows)} baris",
        f"{left} belum dinilai" if left else "",
        f"{doubtful} perlu perhatian" if doubtful else "",
    ]
    return {
        "key": str(node.pk),
        "code": node.code,
        "name": node.read_name,
        "words": " · ".join(filter(None, words)),
        "is_open": bool(left or doubtful or not folds or any(row["verdict"] for row in rows)),
        "groups": groups,
    }


def _advice(found: dict[str, set[int]]) -> str:
    """One sentence: what is left to do here, and what can be done at once."""
    left, returned, alone = (
        len(found["belum"]),
        len(found["dikembalikan"]),
        len(found["perhatian"] & found["belum"]),
    )
    if left and alone:
        return (
            f"{alone} baris perlu perhatian: lihat dahulu satu per satu. Baris lain dapat diterima sekaligus."
        )
    if left:
        return "Tidak ada baris terkirim yang perlu perhatian. Baris yang tampil dapat diterima sekaligus."
    if returned:
        return f"Menunggu {returned} baris yang dikembalikan; evaluasi dapat diselesaikan setelah baris itu dikirim lagi dan diterima."
    return "Semua baris sudah dinilai. Selesaikan evaluasi untuk melanjutkan ke rekap."


def _directives(cycle: MeasurementCycle, posted) -> list:
    """The arahan of the round with what was typed as their answers."""
    found = cycle.current_directives
    for directive in found:
        directive.answer = posted.get(f"answer-{directive.pk}", directive.answer)
    return found


def judge_rows(request: PersonRequest, cycle: MeasurementCycle) -> None:
    """Write the answers and verdicts that were posted: some rows accepted, others returned. A return without its reason writes nothing."""
    data, person = request.POST, request.user
    for directive in cycle.current_directives:
        text = posted_text(data, f"answer-{directive.pk}")
        if text and text != directive.answer:
            directive_answers.answer(cycle.pk, person, directive.pk, text)
    versions = {parse_key(name[8:]): parse_key(data[name]) for name in data if name.startswith("version-")}
    verdicts = {pk: data.get(f"verdict-{pk}", "") for pk in versions}
    reasons = {pk: posted_text(data, f"reason-{pk}") for pk in versions if verdicts[pk] == "return"}
    if not all(is_said(reason) for reason in reasons.values()):
        raise Incomplete(LACKING)
    accepted, doubtful = {pk for pk in versions if verdicts[pk] == "accept"}, set()
    if data.get("action") == "accept_shown":
        unjudged = {pk for pk in versions if not verdicts[pk]}
        doubtful = _doubtful(cycle) & unjudged
        accepted |= unjudged - doubtful
    outcome = (
        measuring.accept(cycle.pk, person, {pk: versions[pk] for pk in accepted})
        if accepted
        else measuring.Outcome()
    )
    for pk, reason in reasons.items():
        measuring.give_back(cycle.pk, person, pk, versions[pk], reason)
    _tell(request, outcome, len(reasons), len(doubtful))


def _doubtful(cycle: MeasurementCycle) -> set[int]:
    """Rows that wait for a verdict of their own: they have hints without a word about them."""
    sheet = calculate(cycle)
    return {pk for pk in unexplained(sheet) if sheet.rows[pk].row.state == SENT}


def _tell(request: PersonRequest, outcome: measuring.Outcome, returned: int, doubtful: int) -> None:
    """Say what came of the verdicts; only after the last of them, because one refusal takes all of them back."""
    if outcome.done:
        messages.success(request, f"{len(outcome.done)} baris diterima.")
    if outcome.stale:
        messages.warning(
            request,
            f"{len(outcome.stale)} baris berubah sejak halaman dibuka dan belum diterima; periksa lagi.",
        )
    if doubtful:
        messages.warning(
            request,
            f"{doubtful} baris mempunyai petunjuk tanpa penjelasan dan tidak ikut diterima: nilai satu per satu.",
        )
    if returned:
        messages.success(request, f"{returned} baris dikembalikan kepada penanggung jawabnya dengan alasan.")
