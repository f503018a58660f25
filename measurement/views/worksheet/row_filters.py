"""Which rows of a sheet are shown: the chips above it, each with its count."""

from measurement.figures.rows import RowFigures
from measurement.rules.figure import Gap
from measurement.rules.sop import OPEN_ROWS, RowState

from ..visitor import PersonRequest
from .worksheet_lines import is_unfinished

EVERY = ("Semua", lambda figures: True)
RETURNED = ("Dikembalikan", lambda figures: figures.row.state == RowState.DIKEMBALIKAN)
NOT_DUE = ("Belum waktunya", lambda figures: not figures.row.is_due)
UNPLANNED = ("Tidak direncanakan", lambda figures: figures.capaian.gap == Gap.NOT_PLANNED)
STOPPED = ("Dihentikan", lambda figures: figures.row.stopped)
OUTSIDE_PLAN = ("Di luar rencana", lambda figures: figures.row.is_outside_plan)
MY_FILTERS = {
    "": EVERY,
    "belum": ("Belum lengkap", is_unfinished),
    "dikembalikan": RETURNED,
    "belum-waktunya": NOT_DUE,
    "tidak-direncanakan": UNPLANNED,
    "dihentikan": STOPPED,
    "di-luar-rencana": OUTSIDE_PLAN,
}
ALL_FILTERS = {
    "": EVERY,
    "belum": ("Belum terkirim", lambda figures: figures.row.state in OPEN_ROWS),
    "dikembalikan": RETURNED,
    "dikecualikan": (
        "Dikecualikan",
        lambda figures: figures.row.planned and figures.row.state == RowState.DIKECUALIKAN,
    ),
    "belum-waktunya": NOT_DUE,
    "tidak-direncanakan": UNPLANNED,
    "dihentikan": STOPPED,
    "di-luar-rencana": OUTSIDE_PLAN,
}


def chosen_filter(request: PersonRequest, filters: dict) -> str:
    """The filter that the address asks for; "" for all rows."""
    asked = request.GET.get("saring", "")
    return asked if asked in filters else ""


def filter_chips(filters: dict, rows: list[RowFigures], chosen: str) -> list[dict]:
    """The chips above a sheet: those that would hide some rows, and the one that is on."""
    counts = {key: sum(test(figures) for figures in rows) for key, (_, test) in filters.items()}
    offered = [key for key in filters if key == chosen or not key or 0 < counts[key] < len(rows)]
    chips = [
        {"label": f"{filters[key][0]} ({counts[key]})", "url": f"?saring={key}", "current": key == chosen}
        for key in offered
    ]
    return chips if len(chips) > 1 else []
