"""The data and the picture of each chart of Capaian, for whoever sees the chart: a csv, and an SVG that says by itself what it shows."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from measurement.rules.dates import long_date

from ..responses import made_file, sandboxed
from ..visitor import PersonRequest
from .achievement_page import achievement_charts
from .chart_parts import Chart
from .chart_picture import picture_of
from .plots import PAGE
from .trends import trend_charts
from .years import year_charts

CHARTS: dict[str, Callable[[PersonRequest, str], Chart | None]] = {
    PAGE: achievement_charts,
    "tren": trend_charts,
    "tahun": year_charts,
}


def chart_data(request: PersonRequest, page: str, key: str):
    """What the table of a chart says, as csv."""
    from measurement.spreadsheets.csv_cells import csv_file  # noqa: PLC0415 – as all files that are written on demand

    chart = _chart(request, page, key)
    return made_file(csv_file(*chart.data), _name(chart, "csv"), "csv")


def chart_picture(request: PersonRequest, page: str, key: str):
    """The chart with title, office, period and source, to be opened anywhere."""
    chart = _chart(request, page, key)
    made = f"Sumber: kertas kerja pengukuran kinerja, dibuat {long_date(timezone.localdate())}"
    drawn = render_to_string("achievement/chart_picture.html", picture_of(chart, made))
    response = HttpResponse(drawn.strip(), content_type="image/svg+xml")
    response["Content-Disposition"] = content_disposition_header(True, _name(chart, "svg"))
    return sandboxed(response)


def _chart(request: PersonRequest, page: str, key: str) -> Chart:
    """404 for what is no chart, or none of this person's."""
    chart = CHARTS[page](request, key) if page in CHARTS else None
    if chart is None or chart.is_empty:
        raise Http404
    return chart


def _name(chart: Chart, kind: str) -> str:
    title, period = slugify(chart.title), slugify(chart.period)
    return f"{(title if period in title else f'{title}-{period}')[:90]}.{kind}"
