"""Pembagian baris: who of Tim SAKIP judges which rows; the chair shares them out, everybody of the team reads it."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors import assigning
from measurement.models import Level, MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import is_tim_sakip
from measurement.rules.sop import MEASURING, SETTLED_ROWS

from ..fetch import get_cycle
from ..visitor import PersonRequest

KEEP = ""


@dataclass(eq=False)
class Share:
    """A kegiatan, or what stands above it with rows of its own: the branches whose rows are shared out together."""

    node: WorksheetNode
    nodes: set[int] = field(default_factory=set)
    rows: list[WorksheetRow] = field(default_factory=list)

    @property
    def examiner(self) -> int | None:
        """Who has all of them; None where nobody has, or several."""
        found = {row.examiner_id for row in self.rows}
        return found.pop() if len(found) == 1 else None


def assignment_page(request: PersonRequest, pk: int):
    """The rows that are still to be judged, by kegiatan, and who judges them."""
    cycle = get_cycle(request, pk)
    if not is_tim_sakip.test(request.user, cycle):
        raise PermissionDenied
    if request.method == "POST":
        return _assign(request, cycle)
    team, shares = assigning.judges(cycle), _shares(cycle)
    load = Counter(row.examiner_id for share in shares for row in share.rows)
    context = {
        "cycle": cycle,
        "cycle_url": reverse("cycle", args=[cycle.pk]),
        "may_assign": cycle.state in MEASURING and assigning.may_assign(request.user, cycle),
        "lines": [_line(share, team) for share in shares],
        "load": [{"name": member.name, "count": load[member.pk]} for member in team],
        "unassigned": load[None],
        "total": load.total(),
    }
    return render(request, "steps/assignment.html", context)


def _shares(cycle: MeasurementCycle) -> list[Share]:
    cycle.load_worksheet()
    nodes = {node.pk: node for node in cycle.nodes.all()}
    found: dict[int, Share] = {}
    for row in sorted(cycle.rows.all(), key=lambda row: (nodes[row.node_id].position, row.position)):
        if not row.is_to_fill_in or row.state in SETTLED_ROWS or row.round != cycle.round:
            continue
        node = nodes[row.node_id]
        top = nodes[node.parent_id] if node.level == Level.SUB_KEGIATAN and node.parent_id else node
        share = found.setdefault(top.pk, Share(top))
        share.nodes.add(node.pk)
        share.rows.append(row)
    return list(found.values())


def _line(share: Share, team: list[Person]) -> dict:
    names = Counter(row.examiner.name for row in share.rows if row.examiner)
    left = len(share.rows) - names.total()
    words = [f"{name} {count}" for name, count in names.items()] + ([f"belum dibagi {left}"] if left else [])
    return {
        "name": f"penilai-{share.node.pk}",
        "code": share.node.code,
        "title": share.node.read_name,
        "count": len(share.rows),
        "now": ", ".join(words),
        "options": [
            {"value": str(member.pk), "label": member.name, "chosen": member.pk == share.examiner}
            for member in team
        ],
    }


def _assign(request: PersonRequest, cycle: MeasurementCycle):
    if request.POST.get("action") == "share":
        found = assigning.share_out(cycle.pk, request.user)
    else:
        chosen = {
            share: parse_key(request.POST.get(f"penilai-{share.node.pk}", KEEP))
            for share in _posted(request, cycle)
        }
        found = assigning.assign_rows(
            cycle.pk,
            request.user,
            {node: member for share, member in chosen.items() for node in share.nodes if member},
        )
    messages.success(request, _words(found) if found else "Tidak ada baris yang dibagi.")
    return redirect("assignment", cycle.pk)


def _posted(request: PersonRequest, cycle: MeasurementCycle) -> list[Share]:
    """The kegiatan for which somebody else was chosen than has all of its rows now."""
    return [
        share
        for share in _shares(cycle)
        if parse_key(request.POST.get(f"penilai-{share.node.pk}", KEEP)) not in (None, share.examiner)
    ]


def _words(found: dict[int, int]) -> str:
    people = dict(Person.objects.filter(pk__in=found.values()).values_list("pk", "name"))
    counts = Counter(people[member] for member in found.values())
    return f"{len(found)} baris dibagi: {', '.join(f'{name} {count}' for name, count in counts.items())}."
