"""Rekap per sub unit: what each kelurahan reached and spent. There is no such page for offices without sub units."""

from django.http import Http404
from django.shortcuts import render

from measurement.addresses import reverse
from measurement.figures.calculation import BranchFigures, Sheet, calculate
from measurement.figures.opening_notes import opening_notes
from measurement.figures.pagu_notes import pagu_notes
from measurement.figures.recap import recap_line
from measurement.figures.sub_units import by_sub_unit, has_sub_units
from measurement.models import MeasurementCycle
from measurement.rules.permissions import may_see_figures
from measurement.rules.sop import MEASURING

from ..fetch import get_cycle
from ..visitor import PersonRequest
from .recap import recap_sections
from .recap_lines import WITHHELD


def sub_unit_recap(request: PersonRequest, pk: int):
    """Each sub unit with its sub kegiatan, the whole office last."""
    cycle = get_cycle(request, pk)
    sheet = divided_sheet(cycle)
    context = {
        "sections": recap_sections(_lines(sheet)),
        "opening_notes": opening_notes(sheet),
        "pagu_notes": pagu_notes(sheet),
        "explained": may_see_figures(request.user, cycle),
        "provisional": cycle.state in MEASURING,
    }
    return render(request, "steps/sub_unit_recap.html", {"cycle": cycle, **context})


def divided_sheet(cycle: MeasurementCycle) -> Sheet:
    """The calculation of an office with sub units; 404 for one without."""
    sheet = calculate(cycle, sent_only=True, whole=False)
    if not has_sub_units(sheet):
        raise Http404
    return sheet


def _lines(sheet: Sheet) -> list[dict]:
    office = reverse("office_working", args=[sheet.cycle.pk])
    lines = []
    for name, sub_unit in by_sub_unit(sheet):
        lines.append(_line(sub_unit, "program", "") | {"name": name, "counted": _counted(sub_unit)})
        lines += [
            _line(branch, "sub", reverse("branch_working", args=[sheet.cycle.pk, branch.node.pk]))
            for branch in sub_unit.children
        ]
    total = _line(sheet.office, "total", office)
    return [*lines, total if sheet.sent.is_enough else total | WITHHELD]


def _counted(sub_unit: BranchFigures) -> str:
    return f"{sub_unit.capaian.counted} dari {sub_unit.capaian.total} sub kegiatan dihitung"


def _line(branch: BranchFigures, level: str, working: str) -> dict:
    return recap_line(branch) | {"level": level, "working": working, "is_part": False, "bar": None}
