"""Days as people and workbooks write them: one reader for imports of people, settings and payments. Pure.

Read are 31/12/2026, 31-12-26, 31.12.2026, 31 Desember 2026, 31-Des-26, "Kamis, 31 Desember 2026", 2026-12-31 00:00:00, and the number by which Excel
keeps a day. Never the month first: what can only be that is no day.
"""

import re
from datetime import date, datetime, time, timedelta

from .dates import DAYS, MONTHS
from .periods import OTHER_MONTHS

ENGLISH = {"may": 5, "aug": 8, "oct": 10, "dec": 12}
WEEKDAY = re.compile(rf"(?:{'|'.join(DAYS)}|jum['’`]at|ahad)\b\s*[,/]?\s*", re.IGNORECASE)
ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[ T][0-9:.]+)?")
DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<apart>[-/. ])(?P<month>[0-9]{1,2})(?P=apart)(?P<year>[0-9]{4}|[0-9]{2})"
)
IN_WORDS = re.compile(
    r"(?P<day>[0-9]{1,2})[-/. ]+(?P<month>[A-Za-z]{3,9})\.?[-/. ,]+(?P<year>[0-9]{4}|[0-9]{2})"
)
AT = re.compile(
    r"(?:,?\s*(?:pukul|jam)\s*|[ T]|,\s*)(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?:[.:]00)?(?:\s*(?P<zone>WIB|WITA|WIT))?",
    re.IGNORECASE,
)
SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_050  # 1950 to 2099
NIGHT_BEFORE = date(1899, 12, 30)
LAST_SHORT_YEAR = 50  # 50 is 2050, 51 is 1951


def _months() -> dict[str, int]:
    found = ENGLISH | {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    found |= {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
    return found | {name: number for number, names in OTHER_MONTHS.items() for name in names} | {"peb": 2}


NUMBER_OF_MONTH = _months()


def read_date(text: str) -> date | None:
    """The day that a text names; None for anything else."""
    plain = WEEKDAY.sub("", " ".join(text.split()), count=1).strip()
    if SERIAL.fullmatch(plain):
        days = int(plain.partition(".")[0])
        return NIGHT_BEFORE + timedelta(days=days) if FIRST_SERIAL <= days <= LAST_SERIAL else None
    found = ISO.fullmatch(plain) or DAY_FIRST.fullmatch(plain) or IN_WORDS.fullmatch(plain)
    if not found:
        return None
    month = found["month"]
    try:
        return date(
            _year(found["year"]),
            int(month) if month.isdecimal() else NUMBER_OF_MONTH.get(month.lower(), 0),
            int(found["day"]),
        )
    except ValueError:
        return None


def read_moment(text: str, zone: str) -> datetime | None:
    """The moment that a text names, a day and then the hour: 30/11/2026 09.00, "Senin, 30 November 2026 pukul 9.00 WIB". None for anything else, and for
    the hour of another time zone than `zone`."""
    plain = " ".join(text.split())
    found = next((each for each in AT.finditer(plain) if each.end() == len(plain)), None)
    day = read_date(plain[: found.start()]) if found else None
    if not found or not day or (found["zone"] or zone).upper() != zone.upper():
        return None
    try:
        return datetime.combine(day, time(int(found["hour"]), int(found["minute"])))
    except ValueError:
        return None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year <= LAST_SHORT_YEAR else 1900)
