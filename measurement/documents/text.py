"""Words of a paper: Indonesian dates and times, paragraphs, and text that can be printed."""

import re
import unicodedata
from datetime import date, datetime

from django.utils import timezone

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
LIST_ITEM = re.compile(r"([0-9]{1,2}[.)]|[a-z][.)]|[-–•*])\s+(.*)")
DIRECTION = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def long_date(day: date) -> str:
    """5 Oktober 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def local_date(moment: datetime) -> str:
    return long_date(timezone.localtime(moment))


def day_and_date(moment: datetime) -> str:
    """Kamis, 5 Oktober 2023."""
    here = timezone.localtime(moment)
    return f"{DAYS[here.weekday()]}, {long_date(here)}"


def clock(moment: datetime) -> str:
    """16.00 WIB, in the office's own zone."""
    here = timezone.localtime(moment)
    return f"{here:%H.%M} {here.tzname()}"


def paragraphs(text: str) -> list[dict]:
    """Non-empty lines; one that begins like a list item has its mark apart, so that it can be printed hanging."""
    lines = filter(None, (line.strip() for line in text.splitlines()))
    found = []
    for line in lines:
        item = LIST_ITEM.fullmatch(line)
        found.append({"mark": item[1], "text": item[2]} if item else {"mark": "", "text": line})
    return found


def printable(value):
    """The same content without what no paper and no database can hold: control, direction and surrogate characters in any text."""
    match value:
        case str():
            return "".join(char for char in value if _prints(char))
        case dict():
            return {key: printable(item) for key, item in value.items()}
        case list() | tuple():
            return [printable(item) for item in value]
    return value


def _prints(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cs"):
        return char == "\n"
    return unicodedata.bidirectional(char) not in DIRECTION
