"""Dates and times where a number is expected: Excel makes them of "7-8", "7/8" and "7:8" without asking. Pure."""

import re

DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?: [0-9]{2}:[0-9]{2}:[0-9]{2})?")
SHORT_DATE = re.compile(r"[0-9]{1,2}[-/][a-z]{3}(?:[-/][0-9]{2,4})?|[a-z]{3}-[0-9]{2}", re.IGNORECASE)
TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}")
MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "mei",
    "may",
    "jun",
    "jul",
    "agu",
    "aug",
    "sep",
    "okt",
    "oct",
    "nov",
    "des",
    "dec",
]
SLASHED_DATE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{2}|[0-9]{4})")
REPAIR = "Excel mengubah isian seperti 7-8 menjadi tanggal. Ubah format selnya menjadi Teks, lalu tulis lagi"


def misread_date(text: str) -> str:
    """The sentence that says what to write instead; empty for a text that is no date."""
    if found := DATE.fullmatch(text):
        low, high = sorted((int(found["day"]), int(found["month"])))
        day = f"{int(found['day'])}-{int(found['month'])}-{found['year']}"
        return f"Sel ini berisi tanggal {day}, bukan angka: {REPAIR}, misalnya {low}–{high}."
    named = SHORT_DATE.fullmatch(text) and any(month in text.casefold() for month in MONTHS)
    if named or TIME.fullmatch(text):
        return f"“{text}” adalah tanggal atau waktu, bukan angka: {REPAIR}."
    return ""


def is_date(text: str) -> bool:
    """Whether a text is what a workbook or its csv shows of a date."""
    return bool(misread_date(text) or SLASHED_DATE.fullmatch(text))
