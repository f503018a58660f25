"""The periods in which an office measures: how often (frequency), and which one of a year. Pure.

A period knows its months, its names and what "s.d." means. Nothing else speaks of quarters, unless a law does (Form E.81).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from .dates import MONTHS

MONTHS_OF_YEAR = 12
MONTHS_OF_QUARTER = 3
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
OTHER_MONTHS = {2: ("pebruari",), 8: ("agt", "ags"), 9: ("sept",), 11: ("nop", "nopember")}


class Frequency(StrEnum):
    """How often an office measures in a year."""

    MONTHLY = "bulanan"
    QUARTERLY = "triwulan"
    HALF_YEARLY = "semester"
    YEARLY = "tahunan"

    @property
    def label(self) -> str:
        return WORDS[self].label

    @property
    def noun(self) -> str:
        """One of its periods in a sentence: "bulan", "triwulan", "semester", "tahun"."""
        return WORDS[self].noun

    @property
    def every(self) -> str:
        """ "tiap triwulan", "sekali setahun"."""
        return "sekali setahun" if self is Frequency.YEARLY else f"tiap {self.noun}"

    @property
    def all_of_them(self) -> str:
        """ "keempat triwulan", "kedua belas bulan"."""
        return f"{COLLECTIVE[self.size]} {self.noun}"

    @property
    def short(self) -> str:
        """One of its periods at the head of a column: "TW"."""
        return WORDS[self].short

    @property
    def to_date(self) -> str:
        """What was reached by the end of one of its periods, no matter which: "s.d. triwulan"."""
        return YEAR_TO_DATE if self is Frequency.YEARLY else f"s.d. {self.noun}"

    @property
    def to_date_short(self) -> str:
        return YEAR_TO_DATE if self is Frequency.YEARLY else f"s.d. {self.short}"

    def worded(self, heading: str) -> str:
        """A heading that is written for quarters ("Target s.d. TW"), in the words of this frequency."""
        return re.sub(r"s\.d\. TW(?! lalu)", self.to_date_short, heading).replace("TW", self.short)

    @property
    def size(self) -> int:
        """How many of its periods make a year."""
        return len(WORDS[self].names)

    @property
    def numbers(self) -> range:
        return range(1, self.size + 1)

    @property
    def periods(self) -> "tuple[Period, ...]":
        return _periods_of(self)


@cache
def _periods_of(frequency: Frequency) -> "tuple[Period, ...]":
    return tuple(Period(frequency, number) for number in frequency.numbers)


@dataclass(frozen=True)
class FrequencyWords:
    """How the periods of one frequency are called."""

    label: str
    noun: str
    short: str
    names: Mapping[int, str]
    short_names: Mapping[int, str]


YEAR_TO_DATE = "s.d. akhir tahun"
WORDS = {
    Frequency.MONTHLY: FrequencyWords(
        "Bulanan",
        "bulan",
        "bulan",
        {n: f"Bulan {name}" for n, name in enumerate(MONTHS, 1)},
        dict(enumerate(MONTHS_SHORT, 1)),
    ),
    Frequency.QUARTERLY: FrequencyWords(
        "Triwulan",
        "triwulan",
        "TW",
        {n: f"Triwulan {roman}" for n, roman in ROMAN.items()},
        {n: f"TW {roman}" for n, roman in ROMAN.items()},
    ),
    Frequency.HALF_YEARLY: FrequencyWords(
        "Semester",
        "semester",
        "Smt",
        {1: "Semester I", 2: "Semester II"},
        {1: "Smt I", 2: "Smt II"},
    ),
    Frequency.YEARLY: FrequencyWords("Tahunan", "tahun", "tahun", {1: "Tahun"}, {1: "Tahun"}),
}
COLLECTIVE = {12: "kedua belas", 4: "keempat", 2: "kedua", 1: "satu"}
FREQUENCY_CHOICES = [(frequency.value, WORDS[frequency].label) for frequency in Frequency]


@cache
def frequency_of(count: int) -> Frequency:
    """How often a year of that many periods is measured."""
    return next(frequency for frequency in Frequency if frequency.size == count)


@dataclass(frozen=True)
class Period:
    """One period of a year: of which kind, and which one. In order of its last month, the shorter first."""

    frequency: Frequency
    number: int

    def __post_init__(self) -> None:
        if self.number not in self.frequency.numbers:
            raise ValueError(f"{self.frequency} has no period {self.number}")

    def __lt__(self, other: "Period") -> bool:
        return (self.last_month, len(self.months)) < (other.last_month, len(other.months))

    @property
    def name(self) -> str:
        """ "Triwulan II", "Bulan Februari", "Semester I", "Tahun": before a year."""
        return WORDS[self.frequency].names[self.number]

    @property
    def name_within(self) -> str:
        """Within a sentence: "triwulan II", "bulan Februari"."""
        return self.name[0].lower() + self.name[1:]

    @property
    def short(self) -> str:
        return WORDS[self.frequency].short_names[self.number]

    @property
    def to_date(self) -> str:
        """ "s.d. TW II": what was reached from the beginning of the year to its end."""
        return YEAR_TO_DATE if self.frequency is Frequency.YEARLY else f"s.d. {self.short}"

    @property
    def words(self) -> dict[str, str]:
        """How heads of tables name it."""
        return {"short": self.short, "noun": self.noun, "to_date": self.to_date}

    @property
    def until(self) -> str:
        """What stands after "s.d." in a heading: "Triwulan II", "akhir tahun"."""
        return self.name if self.frequency.size > 1 else YEAR_TO_DATE.removeprefix("s.d. ")

    @property
    def to_date_in_full(self) -> str:
        """ "s.d. Triwulan II", as formal papers write it outside the heads of tables."""
        return f"s.d. {self.until}"

    @property
    def noun(self) -> str:
        return self.frequency.noun

    @property
    def key(self) -> str:
        """In addresses, names of files and columns of a plan's table: "tw2", "feb", "smt1", "tahun"."""
        if self.frequency in (Frequency.QUARTERLY, Frequency.HALF_YEARLY):
            return f"{self.frequency.short.lower()}{self.number}"
        return self.short.lower()

    @property
    def months(self) -> range:
        length = MONTHS_OF_YEAR // self.frequency.size
        return range(length * (self.number - 1) + 1, length * self.number + 1)

    @property
    def last_month(self) -> int:
        return self.months[-1]

    def first_day(self, year: int) -> date:
        return date(year, self.months[0], 1)

    def last_day(self, year: int) -> date:
        return date(
            year + self.last_month // MONTHS_OF_YEAR, self.last_month % MONTHS_OF_YEAR + 1, 1
        ) - timedelta(days=1)

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether the year ends with it."""
        return self.number == self.frequency.size

    @property
    def before(self) -> "list[Period]":
        """Those of the year before it, in order."""
        return [self.at(number) for number in range(1, self.number)]

    @property
    def so_far(self) -> "list[Period]":
        """Those of the year up to this one, in order."""
        return [*self.before, self]

    @property
    def quarter(self) -> int:
        """The quarter in which it ends, as Form E.81 asks for quarters."""
        return (self.last_month - 1) // MONTHS_OF_QUARTER + 1

    @property
    def ends_quarter(self) -> bool:
        """Whether a quarter is over with it."""
        return self.last_month % MONTHS_OF_QUARTER == 0

    def at(self, number: int) -> "Period":
        """The period of the same kind with that number."""
        return Period(self.frequency, number)


def first_of_year(period: Period, year: int) -> str:
    """Why nothing of the year stands before its first period."""
    if period.is_last:
        return f"Tahun {year} diukur sekali; tidak ada periode sebelumnya pada tahun itu untuk dibandingkan."
    return f"{period.name} adalah {period.noun} pertama tahun {year}; belum ada {period.noun} sebelumnya untuk dibandingkan."


def _spellings() -> dict[str, Period]:
    """How periods are written, in small letters without blanks and signs: "triwulanii", "tw2", "feb", "pebruari", "bulan02", "smti"."""
    found: dict[str, Period] = {}
    for number in Frequency.MONTHLY.numbers:
        month = Period(Frequency.MONTHLY, number)
        names = {MONTHS[number - 1], month.short, *OTHER_MONTHS.get(number, ())}
        found |= {f"{before}{name.lower()}": month for name in names for before in ("", "bulan", "bln")}
        numerals = {str(number), f"{number:02d}"}
        found |= {f"{word}{numeral}": month for word in ("bulan", "bln") for numeral in numerals}
    for frequency, words in {
        Frequency.QUARTERLY: ("triwulan", "tw", "tribulan"),
        Frequency.HALF_YEARLY: ("semester", "smt", "sem"),
    }.items():
        for period in frequency.periods:
            numerals = {str(period.number), ROMAN[period.number].lower()}
            found |= {f"{word}{numeral}": period for word in words for numeral in numerals}
    return found


SPELLINGS = _spellings()


def period_named(text: str) -> Period | None:
    """The period that a text is the name of, however it is written; a year as a whole is none."""
    return SPELLINGS.get(re.sub(r"[^0-9a-z]+", "", text.lower()))


KEYS = {period.key: period for frequency in Frequency for period in frequency.periods}


def period_of_key(key: str) -> Period:
    """The period with this key; KeyError where there is none."""
    return KEYS[key]


def last_finished(frequency: Frequency, today: date) -> tuple[int, Period]:
    """The last period that is over, with its year."""
    over = [period for period in frequency.periods if period.last_day(today.year) < today]
    return (today.year, over[-1]) if over else (today.year - 1, frequency.periods[-1])
