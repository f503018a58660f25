"""The recap of all offices of a government, to be printed: a table, no paper of any office, so neither numbered nor signed."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import timezone

from measurement.figures.office_stands import OfficeStand
from measurement.rules.dates import dated_moment
from measurement.rules.numbers import show_money, show_percent

from .render import html_to_pdf


def government_pdf(government: str, period: str, stands: Sequence[OfficeStand]) -> bytes:
    """A4 landscape, comparable offices together. PaperFailed if it can't be made."""
    kinds = dict.fromkeys(stand.kind for stand in stands)
    context = {
        "government": government,
        "period": period,
        "date": timezone.now().isoformat(timespec="seconds"),
        "made": dated_moment(timezone.now()),
        "groups": [
            {"title": kind.label, "lines": [_line(stand) for stand in stands if stand.kind == kind]}
            for kind in kinds
        ],
    }
    return html_to_pdf(render_to_string("print/government_recap.html", context))


def _line(stand: OfficeStand) -> dict[str, str]:
    totals = stand.totals
    figures = (
        {
            "capaian": show_percent(totals.capaian.value)
            if totals.capaian.value is not None
            else totals.sent.words,
            "predicate": totals.predicate or "–",
            "pagu": show_money(totals.pagu),
            "spent": show_money(totals.spent),
            "serapan": show_percent(totals.serapan.value),
        }
        if totals
        else dict.fromkeys(("capaian", "predicate", "pagu", "spent", "serapan"), "–")
    )
    return {
        "name": stand.unit.name,
        "where": stand.where + (", terlambat" if stand.is_late else ""),
        **figures,
    }
