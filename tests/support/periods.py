"""Periods by their number, as most tests speak of them."""

from measurement.rules.periods import Frequency, Period


def quarter_of(number: int) -> Period:
    return Period(Frequency.QUARTERLY, number)
