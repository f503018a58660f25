"""What a cell of money says: whole rupiah, with what must be said about it."""

import re
from decimal import Decimal

from measurement.rules.numbers import AmbiguousNumber, NumberError, keepable, parse_money, show_plain
from measurement.rules.written import is_dash
from measurement.spreadsheets.reading import ShownPercent


def read_amount(value, scale: int = 1) -> tuple[Decimal, str]:
    """Whole rupiah, below 0 with a minus before or behind it or in brackets; what must be said about it. A dash is 0. NumberError for anything else."""
    if isinstance(value, ShownPercent):
        raise NumberError(f"Sel ini menampilkan {show_plain(value)}%, bukan uang.")
    if isinstance(value, Decimal):
        amount = keepable(value * scale)
        if amount != amount.to_integral_value():
            raise NumberError(
                f"{show_plain(amount)} bukan rupiah penuh. Bulatkan menjadi rupiah penuh tanpa sen."
            )
        return amount, ""
    text = str(value).strip()
    if is_dash(text):
        return Decimal(0), ""
    bare = re.sub(
        r"^\((.*)\)$|^[-−](.*)$|^(.*[0-9])[-−]$", lambda found: next(filter(None, found.groups()), ""), text
    ).strip()
    sign = -1 if bare != text else 1
    if bare.endswith((",-", ",-.")) and sign < 0 and not text.startswith(("(", "-", "−")):
        bare, sign = text, 1
    try:
        parsed = parse_money(bare, scale)
    except AmbiguousNumber as asked:
        if not asked.certain:
            raise NumberError(asked.in_file) from None
        return sign * asked.value, asked.doubt
    return sign * (parsed or Decimal(0)), ""
