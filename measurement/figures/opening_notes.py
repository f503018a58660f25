"""How data awal are marked wherever their figures stand: the sign, and the note with the document they rest on."""

from collections.abc import Iterable

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.opening import Place, spoken

from .calculation import BranchFigures, Sheet
from .pagu_notes import pagu_notes
from .rows import RowFigures

SIGN = "†"
LAST_PERIOD = 12  # what is kept of a row names periods by their number and years by four digits


def opening_places_of(thing: WorksheetRow | WorksheetNode, cycle: MeasurementCycle) -> dict[Place, str]:
    """The places that a frozen row or branch of the cycle has from data awal, with their documents."""
    found = {int(key): mark["source"] for key, mark in thing.opening.items()}
    return {
        Place(cycle.year, key, cycle.period_of_year.frequency) if key <= LAST_PERIOD else Place(key): source
        for key, source in sorted(found.items())
    }


def to_date_sign(figures: RowFigures) -> str:
    """The sign beside realisasi to date, where data awal are part of it; a position is that of one period only."""
    return _sign_of(figures, len(figures.periods))


def before_sign(figures: RowFigures) -> str:
    """The sign beside realisasi up to the period before."""
    return _sign_of(figures, len(figures.periods) - 1)


def _sign_of(figures: RowFigures, periods: int) -> str:
    filled = [
        number for number, value in enumerate(figures.periods[:periods], 1) if value.realised is not None
    ]
    used = filled[-1:] if ACCUMULATIONS[figures.row.accumulation].is_position else filled
    return SIGN if any(str(number) in figures.row.opening for number in used) else ""


def signed(text: str, sign: str) -> str:
    """A figure with the sign behind it."""
    return f"{text} {sign}" if sign else text


def money_sign(branch: BranchFigures) -> str:
    """The sign beside money to date, of a sub kegiatan or of any below."""
    if branch.purse:
        return SIGN if any(int(key) <= LAST_PERIOD for key in branch.purse.opening) else ""
    return SIGN if any(money_sign(child) for child in branch.children) else ""


def opening_years(sheet: Sheet) -> list[str]:
    """The earlier years about which data awal speak."""
    things = things_of(sheet)
    return sorted({key for thing in things for key in thing.opening if int(key) > LAST_PERIOD})


def things_of(sheet: Sheet) -> list[WorksheetRow | WorksheetNode]:
    """Whatever data awal may be about."""
    return [*(figures.row for figures in sheet.rows.values()), *(branch.node for _, branch in sheet.nodes())]


def thing_note(thing: WorksheetRow | WorksheetNode) -> str:
    """ "Data awal, menurut Laporan …, 5 Januari 2026: TW I 2026 dan TW II 2026." for one row or branch; empty without any."""
    return " ".join(_notes([opening_places_of(thing, thing.cycle)])) if thing.opening else ""


def opening_notes(*sheets: Sheet) -> list[str]:
    """The same about whole worksheets, one sentence for each document."""
    return _notes(opening_places_of(thing, sheet.cycle) for sheet in sheets for thing in things_of(sheet))


def _notes(found: Iterable[dict[Place, str]]) -> list[str]:
    by_source: dict[str, set[Place]] = {}
    for places in found:
        for place, source in places.items():
            by_source.setdefault(source, set()).add(place)
    return [f"Data awal, menurut {source}: {spoken(sorted(places))}." for source, places in by_source.items()]


def marked_notes(sheet: Sheet) -> list[str]:
    """What stands below a table: the sign and what it means, what is missing, what corrections changed, and pagu murni."""
    missing = sheet.cycle.opening_gap
    told = [*([missing] if missing else []), *sheet.cycle.correction_notes, *pagu_notes(sheet)]
    return [*(f"{SIGN} {note}" for note in opening_notes(sheet)), *told]
