"""Where everything stands on the picture of a chart: title, office and period above it, the source below. Units are pixels."""

from decimal import Decimal

from measurement.rules.text_width import wrap_text

from .chart_parts import Chart

EDGE, TITLE_FONT, TITLE_LINE = 24, Decimal(20), 26
LEAST_WIDTH, MOST_TITLE = 720, 3
GAP = 24
PROVISIONAL = "angka sementara"


def picture_of(chart: Chart, made: str) -> dict:
    """What the template of the picture takes; a line chart is drawn as wide as the picture."""
    drawing = chart.plots[-1] if chart.plots else chart.line
    wide, high = int(drawing["width"]), int(drawing["height"])
    scale = max(1.0, LEAST_WIDTH / wide)
    width = round(wide * scale)
    title = wrap_text(chart.title, Decimal(width), TITLE_FONT, MOST_TITLE)
    below_title = EDGE + TITLE_LINE * len(title)
    top = below_title + GAP + GAP // 2
    bottom = top + round(high * scale)
    return {
        "chart": chart,
        "drawing": drawing,
        "is_plot": bool(chart.plots),
        "edge": str(EDGE),
        "width": str(width + 2 * EDGE),
        "height": str(bottom + 2 * GAP),
        "title": [{"text": text, "y": str(EDGE + TITLE_LINE * n - 6)} for n, text in enumerate(title, 1)],
        "about": " · ".join(
            filter(None, (chart.office, chart.period, PROVISIONAL if chart.is_provisional else ""))
        ),
        "about_y": str(below_title + 14),
        "top": str(top),
        "scale": f"{scale:.3f}",
        "made": made,
        "made_y": str(bottom + GAP),
    }
