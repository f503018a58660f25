"""How data awal are marked wherever their figures stand: the sign, and the note with the document they rest on."""

from collections.abc import Iterable

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.opening import Place, missing_words, spoken

from .calculation import Sheet

SIGN = "†"
LAST_PERIOD = 12  # what is kept of a row names periods by their number and years by four digits


def opening_places_of(thing: WorksheetRow | WorksheetNode, year: int) -> dict[Place, str]:
    """The places that a frozen row or branch of this year has from data awal, with their documents."""
    found = {int(key): mark["source"] for key, mark in thing.opening.items()}
    return {
        Place(year, key) if key <= LAST_PERIOD else Place(key): source
        for key, source in sorted(found.items())
    }


def period_sign(thing: WorksheetRow | WorksheetNode | None) -> str:
    """The sign beside a figure to date, where any of its periods comes from data awal."""
    return SIGN if thing and any(int(key) <= LAST_PERIOD for key in thing.opening) else ""


def year_sign(thing: WorksheetRow | WorksheetNode | None) -> str:
    """The sign beside what earlier years came to."""
    return SIGN if thing and any(int(key) > LAST_PERIOD for key in thing.opening) else ""


def thing_note(thing: WorksheetRow | WorksheetNode, year: int) -> str:
    """ "Data awal, menurut Laporan …, 5 Januari 2026: TW I 2026 dan TW II 2026." for one row or branch; empty without any."""
    return " ".join(_notes([opening_places_of(thing, year)]))


def opening_notes(sheet: Sheet) -> list[str]:
    """The same about a whole worksheet, one sentence for each document."""
    things = [
        *(figures.row for figures in sheet.rows.values()),
        *(branch.node for _, branch in sheet.nodes()),
    ]
    return _notes(opening_places_of(thing, sheet.cycle.year) for thing in things)


def _notes(found: Iterable[dict[Place, str]]) -> list[str]:
    by_source: dict[str, set[Place]] = {}
    for places in found:
        for place, source in places.items():
            by_source.setdefault(source, set()).add(place)
    return [f"Data awal, menurut {source}: {spoken(sorted(places))}." for source, places in by_source.items()]


def marked_notes(sheet: Sheet) -> list[str]:
    """What stands below a table: the sign and what it means, and what is missing."""
    missing = opening_gap(sheet.cycle)
    return [*(f"{SIGN} {note}" for note in opening_notes(sheet)), *([missing] if missing else [])]


def opening_gap(cycle: MeasurementCycle) -> str:
    """The sentence on data awal that this cycle began without; empty where nothing is missing."""
    return missing_words(cycle.opening_missing)
