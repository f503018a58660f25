"""Autosave: what is typed on a worksheet is written while its owner is typing, and the page is told what came of it."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from measurement.doors import attachments, measuring
from measurement.figures.calculation import Sheet, calculate
from measurement.figures.touched import own_rows, some_own_rows, touched_sheet
from measurement.forms.worksheet.grid import Grid, input_name
from measurement.models import MeasurementCycle, Person
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_see_figures
from measurement.rules.refusals import Refusal

from ..fetch import get_cycle
from ..visitor import PersonRequest
from .worksheet_lines import SheetView, progress_words

NOTHING_CHOSEN = "Pilih berkas atau tempel tautan lebih dahulu."
CLOSED = "Baris ini sudah dikirim, diserahkan, atau ditutup; ketikan terakhir tidak disimpan."


@require_POST
def autosave_cells(request: PersonRequest, pk: int):
    """Takes the cells that changed and the versions of their rows; answers in JSON.

    `saved` is the time of day, `versions` and `stored` say what the server has now, by input name; `stale` names the versions that were too old,
    `errors` the cells that were not understood, `places` their rows, `likely` what some of them probably mean,
    `choices` all that they may mean in words, `closed` the versions of rows that take nothing any more;
    `fragments` are pieces of the page by id.
    """
    cycle, person = get_cycle(request, pk), request.user
    posted = some_own_rows(cycle, person, _posted(request, "version"))
    rows = [row for row in posted if measuring.is_movable(row, cycle, "save", person)]
    money = _posted(request, "node_version")
    nodes = list(measuring.open_money(cycle, person).filter(pk__in=money)) if money else []
    grid = Grid(request.POST).read(rows, nodes)
    try:
        outcome = measuring.save_while_typing(cycle.pk, person, grid.rows, grid.money)
    except Refusal as refusal:
        return JsonResponse({"refused": refusal.sentences}, status=refusal.status)
    row_ids, node_ids = [row.pk for row in rows], [node.pk for node in nodes]
    view = SheetView(_saved_sheet(cycle, person, row_ids, node_ids), row_ids, node_ids)
    return JsonResponse(_answer(request, view, grid, outcome, row_ids, node_ids))


def _posted(request: PersonRequest, name: str) -> list[int]:
    """The keys of the rows, or of the branches, whose versions came along."""
    return [
        parse_key(key) for place, _, key in (name_.partition("-") for name_ in request.POST) if place == name
    ]


def _saved_sheet(cycle: MeasurementCycle, person: Person, row_ids: list[int], node_ids: list[int]) -> Sheet:
    """What is there now of a person's rows and of the money that was posted."""
    own = own_rows(cycle, person)
    if not set(row_ids) <= {row.pk for row in own}:
        return calculate(cycle)  # handed over in this very moment
    money = cycle.nodes.filter(pk__in=node_ids) if node_ids else []
    return touched_sheet(cycle, person, own, row_ids, money)


@require_POST
def attach_evidence(request: PersonRequest, pk: int, row: int):
    """One file or link for one row, by the names of the worksheet's own inputs; answers like `autosave_cells`, with the row's list of evidence anew."""
    cycle, person = get_cycle(request, pk), request.user
    target = get_object_or_404(cycle.rows.owned_by(person), pk=row)
    grid = Grid(request.POST, request.FILES)
    try:
        grid.read_file(target)
        for _, upload, page, dated in grid.files:
            attachments.attach(cycle.pk, person, row, upload, page, dated)
        for _, link, page, dated in grid.links:
            attachments.attach_link(cycle.pk, person, row, link, page, dated)
    except Refusal as refusal:
        return JsonResponse({"refused": refusal.sentences}, status=refusal.status)
    if grid.errors or not (grid.files or grid.links):
        return JsonResponse({"refused": list(grid.errors.values()) or [NOTHING_CHOSEN]}, status=422)
    view = SheetView(_saved_sheet(cycle, person, [row], []), [row])
    line = view.row(view.sheet.rows[row])
    fragments = _fragments(request, view, [line], [])
    fragments[f"bukti-{row}"] = render_to_string("worksheet/parts/evidence_parts.html", {"row": line})
    fragments[f"jumlah-bukti-{row}"] = f"· {len(line['evidence'])} bukti"
    return JsonResponse({"versions": {line["version_name"]: line["version"]}, "fragments": fragments})


def _answer(
    request: PersonRequest, view: SheetView, grid: Grid, outcome, row_ids: list[int], node_ids: list[int]
) -> dict:
    lines = {input_name("version", pk): view.row(view.sheet.rows[pk]) for pk in row_ids}
    groups = {
        input_name("node_version", branch.node.pk): view.group(depth, branch)
        for depth, branch in view.sheet.nodes()
        if branch.node.pk in node_ids
    }
    stale = {input_name("version", pk) for pk in outcome.stale} | {
        input_name("node_version", pk) for pk in outcome.stale_money
    }
    cells = [
        cell
        for name, line in lines.items()
        for cell in _row_cells(line)
        if cell["name"] in grid.typed or name in stale
    ]
    cells += [
        cell
        for name, group in groups.items()
        for cell in group["cells"]
        if cell["name"] in grid.typed or name in stale
    ]
    posted = {name for name in request.POST if name.startswith(("version-", "node_version-"))}
    return {
        "saved": f"{timezone.localtime():%H.%M}",
        "versions": {name: item["version"] for name, item in (lines | groups).items()},
        "stored": {cell["name"]: cell["stored"] for cell in cells},
        "stale": sorted(stale),
        "errors": grid.errors,
        "places": {name: grid.place_of(name) for name in grid.errors},
        "likely": grid.likely,
        "choices": grid.choices,
        "closed": dict.fromkeys(sorted(posted - lines.keys() - groups.keys()), CLOSED),
        "fragments": _fragments(request, view, lines.values(), groups.values()),
    }


def _row_cells(line: dict) -> list[dict]:
    return [*line["inputs"], *line["texts"], line["hint_answer"], *line["answers"]]


def _fragments(request: PersonRequest, view: SheetView, lines, groups) -> dict[str, str]:
    """What depends on the values: results and state of the rows, serapan of the branches, how much is left."""
    cycle = view.sheet.cycle
    explained = may_see_figures(request.user, cycle)
    found = {"kemajuan": progress_words(view.sheet, request.user)}
    for line in lines:
        context = {"row": line, "state": line["state"], "explained": explained}
        found[f"hasil-{line['key']}"] = render_to_string("worksheet/parts/row_result.html", context)
        found[f"keadaan-{line['key']}"] = render_to_string("components/row_state.html", context)
        found[f"kurang-{line['key']}"] = render_to_string("worksheet/parts/row_gaps.html", context)
        found[f"salinan-{line['key']}"] = render_to_string("worksheet/parts/copied.html", context)
        found[f"petunjuk-{line['key']}"] = render_to_string("parts/hint_lines.html", context)
    for group in groups:
        context = {"url": group["working"], "value": group["serapan"], "explained": explained}
        found[f"serapan-{group['key']}"] = render_to_string("components/working_link.html", context)
    return found
