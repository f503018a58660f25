"""What is asked before an order goes out, because it is rarely meant: a period that is not over, or one that was over long ago. Pure."""

from collections.abc import Iterator
from datetime import date

from .dates import long_date
from .periods import Period

LONG_AGO = 365  # days after its end: by then the year's report is out
NOT_OVER = "{period} {year} belum berakhir: hari terakhirnya {last}, jadi realisasinya belum lengkap. Periksa tahun dan periodenya."
NOT_BEGUN = "{period} {year} bahkan belum dimulai: hari pertamanya {first}. Periksa tahun dan periodenya."
OVER_LONG_AGO = (
    "{period} {year} sudah berakhir sejak {last}, lebih dari setahun lalu. Periksa tahun dan periodenya."
)


def order_questions(year: int, period: Period, today: date, is_correction: bool = False) -> list[str]:
    """Sentences to be confirmed; none for a period that ended within the last year, and for the correction of one that is archived."""
    return [] if is_correction else list(_questions(year, period, today))


def _questions(year: int, period: Period, today: date) -> Iterator[str]:
    first, last = period.first_day(year), period.last_day(year)
    facts = {"period": period.name, "year": year, "first": long_date(first), "last": long_date(last)}
    if first > today:
        yield NOT_BEGUN.format(**facts)
    elif last >= today:
        yield NOT_OVER.format(**facts)
    elif (today - last).days > LONG_AGO:
        yield OVER_LONG_AGO.format(**facts)
