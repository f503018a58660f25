"""What is asked before an order goes out, because it is rarely meant: a period that is not over, one that was over long ago, or one before what is archived. Pure."""

from collections.abc import Collection, Iterator
from datetime import date

from .dates import long_date
from .periods import Period

LONG_AGO = 365  # days after its end: by then the year's report is out
NOT_OVER = "{period} {year} belum berakhir: hari terakhirnya {last}, jadi realisasinya belum lengkap. Periksa tahun dan periodenya."
NOT_BEGUN = "{period} {year} bahkan belum dimulai: hari pertamanya {first}. Periksa tahun dan periodenya."
OVER_LONG_AGO = (
    "{period} {year} sudah berakhir sejak {last}, lebih dari setahun lalu. Periksa tahun dan periodenya."
)
BEFORE_ARCHIVED = (
    "{period} {year} lebih awal daripada {later}, yang sudah diarsipkan; sampai selesai ia menahan pengukuran sesudahnya. "
    "Periksa tahun dan periodenya."
)


def order_questions(
    year: int, period: Period, today: date, archived: Collection[tuple[int, int]] = ()
) -> list[str]:
    """Sentences to be confirmed, given the (year, number) of what is archived; none for a correction, and for a period that ended within the last
    year with nothing after it."""
    if (year, period.number) in archived:
        return []
    return [*_questions(year, period, today), *_before_archived(year, period, archived)]


def _before_archived(year: int, period: Period, archived: Collection[tuple[int, int]]) -> Iterator[str]:
    later = [one for one in period.frequency.periods if one > period and (year, one.number) in archived]
    if later:
        yield BEFORE_ARCHIVED.format(period=period.name, year=year, later=later[-1].name)


def _questions(year: int, period: Period, today: date) -> Iterator[str]:
    first, last = period.first_day(year), period.last_day(year)
    facts = {"period": period.name, "year": year, "first": long_date(first), "last": long_date(last)}
    if first > today:
        yield NOT_BEGUN.format(**facts)
    elif last >= today:
        yield NOT_OVER.format(**facts)
    elif (today - last).days > LONG_AGO:
        yield OVER_LONG_AGO.format(**facts)
