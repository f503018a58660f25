"""The recap of capaian: as a page at any time after the methodology was set, and where a step shows it. In pieces to fold, one for each sasaran
and program: what leads stands on the fold, what is below it behind it."""

from django.shortcuts import render

from measurement.figures.calculation import calculate
from measurement.figures.opening_notes import opening_notes
from measurement.figures.pagu_notes import pagu_notes
from measurement.figures.sub_units import has_sub_units
from measurement.models import Level, MeasurementCycle
from measurement.rules.permissions import may_see_figures
from measurement.rules.sop import MEASURING

from ..fetch import get_cycle
from ..visitor import PersonRequest
from .recap_lines import recap_headline, recap_lines
from .writing import beside

HEADS = (Level.SASARAN, Level.PROGRAM, "total")


def recap_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    sheet = calculate(cycle, sent_only=True, whole=False)
    return {
        "sections": recap_sections(recap_lines(sheet)),
        "opening_notes": opening_notes(sheet),
        "pagu_notes": pagu_notes(sheet),
        "headline": recap_headline(sheet),
        "beside": beside(sheet),
        "has_sub_units": has_sub_units(sheet),
        "explained": may_see_figures(request.user, cycle),
        "provisional": cycle.state in MEASURING,
    }


def writing_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    """For a step at which only words are written: the figures alone."""
    return {"beside": beside(calculate(cycle, sent_only=True, whole=False))}


def recap_sections(lines: list[dict]) -> list[dict]:
    """The lines in pieces, each with what its first line says; the office last, in a piece of its own."""
    found: list[dict] = []
    for line in lines:
        if line["level"] in HEADS or not found:
            found.append({"head": line, "words": head_words(line), "lines": []})
        found[-1]["lines"].append(line)
    return found


def head_words(line: dict) -> str:
    """ "97,20 % · Sangat Tinggi · serapan 47,10 %"."""
    serapan = f"serapan {line['serapan']}" if line["has_money"] else ""
    predicate = line["predicate"] if line["predicate"] != "–" else ""
    return " · ".join(filter(None, (line["capaian"], predicate, serapan)))


def recap_page(request: PersonRequest, pk: int):
    """Rekap capaian, folded; all of it open where that is asked for, to be read through or printed."""
    cycle = get_cycle(request, pk)
    all_open = request.GET.get("buka") == "semua"
    context = {
        "cycle": cycle,
        "all_open": all_open,
        "ways": [
            {"label": "Ringkas", "url": "?", "current": not all_open},
            {"label": "Buka semua", "url": "?buka=semua", "current": all_open},
        ],
        **recap_context(request, cycle),
    }
    return render(request, "steps/recap.html", context)
