"""Step 6: Tim SAKIP accepts or returns every row, and answers the arahan of the round."""

from django.contrib import messages
from django.db.models import Q
from django.utils import timezone

from measurement.doors import assigning, directive_answers, evaluating, measuring, undoing
from measurement.figures.calculation import calculate
from measurement.figures.second_looks import Look, second_looks
from measurement.forms.texts import posted_text
from measurement.models import AuditEntry, MeasurementCycle, Person
from measurement.record import rounds
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Incomplete

from ..cycle.undo import undo_lines
from ..visitor import PersonRequest
from ..worksheet.worksheet_lines import SheetView
from .judged_rows import ALWAYS, BY_DEFAULT, FILTERS, Judged, judged_sections, neighbours, reason_problem
from .sent_again_lines import add_sent_again

PROBLEMS = "Setiap baris yang dikembalikan memerlukan alasan, paling sedikit 10 huruf, dan alasan hanya untuk baris yang dikembalikan:"
FEW = 6  # so many rows need no closed pieces


def evaluation_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    person, posted, sheet, trail = request.user, request.POST, calculate(cycle), _trail(cycle, request.user)
    judgeable = {
        pk for pk, figures in sheet.rows.items() if measuring.is_movable(figures.row, cycle, "return", person)
    }
    looks = second_looks(sheet, person, evaluating.filled_rows(trail, person))
    judged = Judged(sheet, person, looks, rounds.differences(cycle), judgeable)
    found, chosen = judged.found(), _chosen(request)
    marked = {pk for pk in judgeable if posted.get(f"verdict-{pk}") or posted.get(f"reason-{pk}")}
    alone = None if marked else _asked_row(request, sheet.rows)
    shown = {alone} if alone else found[chosen] | marked
    groups = SheetView(sheet, shown=shown).groups()
    rows = [row for group in groups for row in group["rows"]]
    add_sent_again(groups, cycle, judged.differences)
    for row in rows:
        judged.add_verdict(row, posted, chosen)
    chips = _chips(found, chosen)
    return {
        "one": _one_alone(judged, groups, found[chosen], chosen) if alone else None,
        "sections": judged_sections(judged, groups, opened=len(shown) <= FEW),
        "explained": True,
        "filters": [chip for chip in chips if chip["current"] or chip["key"] not in set(Look)],
        "nothing": FILTERS[chosen][1],
        "refused_at": [
            {"id": f"reason-{row['key']}", "text": f"{row['name']}: {row['reason_problem']}"} for row in rows if row["reason_problem"]
        ],
        "advice": _advice(found, looks),
        "looks": [chip for chip in chips if chip["key"] in set(Look)],
        "plain": len((found["belum"] & found[chosen]) - looks.keys()),
        "first_url": _row_url(next((pk for pk in judged.order() if pk in found[chosen]), None), chosen),
        "left": len(found["belum"]),
        "returned": len(found["dikembalikan"]),
        "later": len(found["belum-waktunya"]),
        "directives": _directives(cycle, posted),
        "undos": undo_lines(cycle, person, trail),
        "period": cycle.period_of_year.words,
    }  # fmt: skip


def _trail(cycle: MeasurementCycle, person: Person) -> list[AuditEntry]:
    """What of the trail the page needs: the last minutes, and what this person wrote for others."""
    lately = Q(at__gt=timezone.now() - undoing.WINDOW)
    return list(cycle.audit.filter(lately | Q(action=evaluating.FILLED, actor=person)).order_by("sequence"))


def _chosen(request: PersonRequest) -> str:
    asked = request.GET.get("saring", "")
    return asked if asked in FILTERS else BY_DEFAULT


def _asked_row(request: PersonRequest, rows) -> int | None:
    """The row that the address asks for alone."""
    asked = parse_key(request.GET.get("baris", ""))
    return asked if asked in rows else None


def _row_url(pk: int | None, chosen: str) -> str:
    """The page of one row among those of a filter; that of the filter where there is none."""
    return f"?saring={chosen}&baris={pk}" if pk else f"?saring={chosen}"


def next_row(request: PersonRequest) -> str:
    """After one row was judged alone the next one; else the page as it was."""
    if "then" not in request.POST:
        return request.get_full_path()
    return request.path + _row_url(parse_key(request.POST["then"]), _chosen(request))


def _one_alone(judged: Judged, groups: list[dict], shown: set[int], chosen: str) -> dict:
    """One row with nothing beside it, and the ways on."""
    [(group, row)] = [(group, row) for group in groups for row in group["rows"]]
    before, following, place = neighbours(judged.order(), shown, int(row["key"]))
    return {
        "row": row,
        "branch": f"{group['code']} {group['name']}",
        "place": place,
        "filter": FILTERS[chosen][0],
        "before_url": _row_url(before, chosen) if before else "",
        "next_url": _row_url(following, chosen) if following else "",
        "then": str(following or ""),
        "list_url": _row_url(None, chosen),
    }


def _chips(found: dict[str, set[int]], chosen: str) -> list[dict]:
    """The filters that show something, and those that are always there."""
    return [
        {
            "key": key,
            "label": f"{label} ({len(found[key])})",
            "url": f"?saring={key}",
            "current": key == chosen,
        }
        for key, (label, _) in FILTERS.items()
        if found[key] or key in (chosen, *ALWAYS)
    ]


def _advice(found: dict[str, set[int]], looks: dict[int, list[Look]]) -> str:
    """One sentence: what is left to do here, and what can be done at once."""
    left, returned = len(found["belum"]), len(found["dikembalikan"])
    alone = len(found["belum"] & looks.keys())
    if left and alone:
        rest = f"; {left - alone} lainnya dapat diterima sekaligus" if left > alone else ""
        return f"{left} baris belum dinilai. {alone} baris dinilai satu per satu{rest}."
    if left:
        return f"{left} baris belum dinilai, dan semuanya dapat diterima sekaligus."
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
    """Write the answers and verdicts that were posted. A return without its reason, or a reason without its return, writes nothing."""
    data, person = request.POST, request.user
    for directive in cycle.current_directives:
        text = posted_text(data, f"answer-{directive.pk}")
        if text and text != directive.answer:
            directive_answers.answer(cycle.pk, person, directive.pk, text)
    versions = {parse_key(name[8:]): parse_key(data[name]) for name in data if name.startswith("version-")}
    verdicts = {pk: data.get(f"verdict-{pk}", "") for pk in versions}
    typed = {pk: posted_text(data, f"reason-{pk}") for pk in versions}
    if any(reason_problem(verdicts[pk], reason) for pk, reason in typed.items()):
        raise Incomplete(PROBLEMS)
    reasons = {pk: typed[pk] for pk in versions if verdicts[pk] == "return"}
    at_once = data.get("action") == "accept_shown"
    chosen = {pk: versions[pk] for pk in versions if verdicts[pk] == "accept"}
    unjudged = {pk: versions[pk] for pk in versions if at_once and not verdicts[pk]}
    if chosen or unjudged:
        _tell(request, evaluating.accept_at_once(cycle.pk, person, unjudged, chosen))
    for pk, reason in reasons.items():
        measuring.give_back(cycle.pk, person, pk, versions[pk], reason)
    if "offer" in data:
        colleague = assigning.offer(cycle.pk, person, parse_key(data["offer"]))
        messages.success(request, f"Baris itu menjadi bagian {colleague}, yang diberi tahu.")


def _tell(request: PersonRequest, done: evaluating.AcceptedAtOnce) -> None:
    """What was not accepted, and why; what was stands above the page, with the button that takes it back."""
    if done.outcome.stale:
        messages.warning(
            request,
            f"{len(done.outcome.stale)} baris berubah sejak halaman dibuka dan belum diterima; periksa lagi.",
        )
    if done.left_words:
        messages.warning(request, done.left_words)
