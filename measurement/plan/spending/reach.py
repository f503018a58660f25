"""What stretch of a year words speak of: "s.d. Triwulan II", "1 April 2026 s.d. 30 Juni 2026", "bulan Maret". Pure."""

import re
from dataclasses import dataclass
from datetime import date

from measurement.rules.dates import MONTHS
from measurement.rules.periods import MONTHS_OF_YEAR, OTHER_MONTHS, Frequency, Period

TO_DATE = r"(?:s\s*[./]?\s*d\b\.?|sampai(?:\s+dengan)?\b|hingga\b|kumulatif\b)"
AS_OF = rf"(?:{TO_DATE}|\bper\b|\bposisi\b|\bkeadaan\b)"
NUMBER_OF_MONTH = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {
    name: number for number, names in OTHER_MONTHS.items() for name in names if len(name) > 4
}
MONTH = "|".join(sorted(NUMBER_OF_MONTH, key=len, reverse=True))
DAY = re.compile(
    rf"\b(?P<day>[0-3]?[0-9])\s*(?:[-/.]|\s)\s*(?P<month>{MONTH}|[01]?[0-9])\b(?:\s*(?:[-/.]|\s)\s*(?P<year>20[0-9]{{2}})\b)?"
)
NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
PART = re.compile(
    r"\b(?P<word>triwulan|tribulan|tw|semester|smt)\W*(?:ke\W*)?(?P<number>iv|i{1,3}|[1-4]|pertama|kedua|ketiga|keempat)\b"
    rf"|\b(?P<month>{MONTH})\b"
)
YEAR = re.compile(r"\b20[0-9]{2}\b")


@dataclass(frozen=True)
class Reach:
    """From a day to a day. `certain`: the words say from when; "Triwulan II" above a table may mean the quarter or the year up to its end."""

    begin: date
    end: date
    certain: bool

    @property
    def from_new_year(self) -> bool:
        return (self.begin.month, self.begin.day) == (1, 1)


def reach_in(text: str, year: int) -> Reach | None:
    """The stretch that a text names; None where it names none, and for a lone date, which may be that of printing."""
    plain = " ".join(text.lower().split())
    return _of_days(plain, year) or _of_parts(plain, year)


def _of_days(plain: str, year: int) -> Reach | None:
    found = [(match, day) for match in DAY.finditer(plain) if (day := _day(match, year))]
    if len(found) > 1:
        ends = found[0][1], found[-1][1]
        if "year" in found[0][0].groupdict() and not found[0][0]["year"]:
            ends = ends[0].replace(year=ends[1].year), ends[1]
        return Reach(*ends, certain=True) if ends[0] <= ends[1] else None
    if found and re.search(rf"{AS_OF}\s*(?:tanggal|tgl)?\W*$", plain[: found[0][0].start()]):
        return Reach(date(found[0][1].year, 1, 1), found[0][1], certain=True)
    return None


def _day(match: re.Match, year: int) -> date | None:
    month = match["month"]
    number = NUMBER_OF_MONTH.get(month) or int(month)
    told = int(match["year"] or year)
    try:
        return date(told, number, int(match["day"]))
    except ValueError:
        return None


def _of_parts(plain: str, year: int) -> Reach | None:
    found = [
        match
        for match in PART.finditer(plain)
        if not DAY.search(plain[max(0, match.start() - 3) : match.end()])
    ]
    if not found:
        return None
    told = YEAR.search(plain)
    year = int(told[0]) if told else year
    first, last = _period(found[0]), _period(found[-1])
    if len(found) > 1:
        return Reach(first.first_day(year), last.last_day(year), certain=True) if not last < first else None
    if re.search(rf"{TO_DATE}\W*(?:akhir\s+)?(?:bulan)?\W*$", plain[: found[0].start()]):
        return Reach(date(year, 1, 1), last.last_day(year), certain=True)
    return Reach(first.first_day(year), last.last_day(year), certain=False)


def _period(match: re.Match) -> Period:
    if match["month"]:
        return Period(Frequency.MONTHLY, NUMBER_OF_MONTH[match["month"]])
    number = NUMERALS.get(match["number"]) or int(match["number"])
    halves = match["word"].startswith("s")
    return Period(Frequency.HALF_YEARLY, min(number, 2)) if halves else Period(Frequency.QUARTERLY, number)


def months_of(reach: Reach) -> range:
    return (
        range(reach.begin.month, reach.end.month + 1)
        if reach.begin.year == reach.end.year
        else range(1, MONTHS_OF_YEAR + 1)
    )
