"""Moments and spans of time in the words that people use: "hari ini pukul 16.00 WIB", "2 jam lagi", "2 hari 35 menit". The same on screen and paper."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from .deadlines import NO_HOURS

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
SIZES = ((1000, "ribu"), (100, "ratus"), (10, "puluh"))


def long_date(day: date) -> str:
    """5 Oktober 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def local_date(moment: datetime) -> str:
    return long_date(timezone.localtime(moment))


def day_and_date(moment: datetime) -> str:
    """Kamis, 5 Oktober 2023."""
    return weekday_and_date(timezone.localtime(moment))


def weekday_and_date(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def date_in_words(day: date) -> str:
    """Senin tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam, as a berita acara begins."""
    return f"{DAYS[day.weekday()]} tanggal {number_in_words(day.day)} bulan {MONTHS[day.month - 1]} tahun {number_in_words(day.year)}"


def number_in_words(number: int) -> str:
    """dua ribu dua puluh enam; from 0 to 999.999."""
    if not 0 <= number < 1_000_000:
        raise ValueError(number)
    if number < len(ONES):
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    size, name = next((size, name) for size, name in SIZES if number >= size)
    count, rest = divmod(number, size)
    head = f"se{name}" if count == 1 else f"{number_in_words(count)} {name}"
    return f"{head} {number_in_words(rest)}" if rest else head


def count_in_words(number: int, thing: str) -> str:
    """2 (dua) berkas, as letters count."""
    return f"{number} ({number_in_words(number)}) {thing}"


def clock(moment: datetime) -> str:
    """16.00 WIB, in the office's own zone."""
    here = timezone.localtime(moment)
    return f"{here:%H.%M} {here.tzname()}"


def dated_moment(when: datetime) -> str:
    """Kamis, 5 Oktober 2023 pukul 16.00 WIB, for what is read later."""
    return f"{day_and_date(when)} pukul {clock(when)}"


def moment(when: datetime) -> str:
    """5 Oktober 2023 pukul 16.00 WIB; today and its neighbours by name."""
    local, today = timezone.localtime(when), timezone.localdate()
    near = {0: "hari ini", 1: "besok", -1: "kemarin"}.get((local.date() - today).days)
    return f"{near or long_date(local)} pukul {clock(when)}"


def past_day(when: datetime) -> str:
    """The day alone, for what is over: "hari ini", "kemarin", "3 Oktober", with its year where that is not the present one."""
    day, today = timezone.localtime(when).date(), timezone.localdate()
    near = {0: "hari ini", -1: "kemarin"}.get((day - today).days)
    return near or (f"{day.day} {MONTHS[day.month - 1]}" if day.year == today.year else long_date(day))


def until(when: datetime, now: datetime) -> str:
    """How long still, or how long ago: "2 jam lagi", "lewat 3 hari"."""
    distance = when - now
    return f"{span(distance)} lagi" if distance >= timedelta() else f"lewat {span(-distance)}"


def span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)} menit"
    return f"{minutes // 60} jam" if minutes < 60 * 48 else f"{minutes // 1440} hari"


def working_time(minutes: int | None, minutes_per_day: int) -> str:
    """Working time as the SOP counts it, in working days and minutes: "45 menit", "2 hari 35 menit". None: there are no working hours."""
    if minutes is None:
        return NO_HOURS
    days, rest = divmod(minutes, minutes_per_day)
    parts = [f"{days} hari" if days else "", f"{rest} menit" if rest or not days else ""]
    return " ".join(filter(None, parts))


def period(first: date, last: date) -> str:
    """5 Oktober 2026, 5–6 Oktober 2026, or 30 September – 2 Oktober 2026; the year is said once if it is the same."""
    if first == last:
        return long_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{long_date(last)}"
    begins = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else long_date(first)
    return f"{begins} – {long_date(last)}"
