"""Data awal, in words: the places that it may fill (a period of a year, or a whole year), and what is said where it is missing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypedDict

from .periods import Frequency, Period

WHOLE_YEAR = 0


@dataclass(frozen=True, order=True)
class Place:
    """What a figure is about: a period of a year, or the year as a whole."""

    year: int
    number: int = WHOLE_YEAR
    frequency: Frequency = field(default=Frequency.QUARTERLY, compare=False)  # how its year is measured

    @property
    def is_year(self) -> bool:
        return self.number == WHOLE_YEAR

    @property
    def period(self) -> Period:
        """The period of its year; a year as a whole has none."""
        return Period(self.frequency, self.number)

    def is_before(self, year: int, number: int) -> bool:
        """Whether it lies before that period, and is part of what was reached by then."""
        return self.year < year if self.is_year else self.year == year and self.number < number

    @property
    def key(self) -> str:
        """In addresses: "2026-1", or "2025" for the whole year."""
        return str(self.year) if self.is_year else f"{self.year}-{self.number}"

    @property
    def name(self) -> str:
        return f"Tahun {self.year}" if self.is_year else f"{self.period.short} {self.year}"


class MissingOpening(TypedDict):
    """What lacks data awal: in one place, how many indicators and sub kegiatan. JSON, as a cycle keeps it."""

    year: int
    number: int
    indicators: int
    branches: int


def place_of(key: str, places: Iterable[Place]) -> Place | None:
    return next((place for place in places if place.key == key), None)


def spoken(places: Iterable[Place]) -> str:
    """ "TW I 2026, TW II 2026, dan tahun 2025": the places one after the other."""
    names = [f"tahun {place.year}" if place.is_year else place.name for place in places]
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def missing_words(missing: Iterable[MissingOpening], frequency: Frequency) -> str:
    """One sentence on what is missing and what that does to the figures; empty where nothing is."""
    places: dict[str, list[Place]] = {}
    for part in missing:
        places.setdefault(_counts(part), []).append(Place(part["year"], part["number"], frequency))
    parts = [
        f"{spoken(found)} ({'masing-masing ' if len(found) > 1 else ''}{counts})"
        for counts, found in places.items()
    ]
    if not parts:
        return ""
    return f"Data awal belum lengkap: {'; '.join(parts)}. Angka s.d. periode ini dan realisasi rencana belum memuatnya."


def _counts(part: MissingOpening) -> str:
    """ "3 indikator, 1 anggaran sub kegiatan": what lacks data in one place."""
    counted = ((part["indicators"], "indikator"), (part["branches"], "anggaran sub kegiatan"))
    return ", ".join(f"{count} {word}" for count, word in counted if count)
