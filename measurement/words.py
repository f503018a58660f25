"""Moments and spans of time in the words that people use: "hari ini pukul 16.00 WIB", "2 jam lagi", "0,6 hari". The same on screen and paper."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from .numbers import show_short

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


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


def moment(when: datetime) -> str:
    """5 Oktober 2023 pukul 16.00 WIB; today and its neighbours by name."""
    local, today = timezone.localtime(when), timezone.localdate()
    near = {0: "hari ini", 1: "besok", -1: "kemarin"}.get((local.date() - today).days)
    return f"{near or long_date(local)} pukul {clock(when)}"


def until(when: datetime, now: datetime) -> str:
    """How long still, or how long ago: "2 jam lagi", "lewat 3 hari"."""
    distance = when - now
    return f"{span(distance)} lagi" if distance >= timedelta() else f"lewat {span(-distance)}"


def span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)} menit"
    return f"{minutes // 60} jam" if minutes < 60 * 48 else f"{minutes // 1440} hari"


def worked(minutes: int, minutes_per_day: int) -> str:
    """Working time as the SOP counts it: "45 menit", and from half a day on "0,6 hari"."""
    if minutes * 2 < minutes_per_day:
        return f"{minutes} menit"
    return f"{show_short(round(Decimal(minutes) / minutes_per_day, 1))} hari"
