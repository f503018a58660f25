"""What a cell of money says: whole rupiah, with what must be said about it."""

import re
from decimal import Decimal

from measurement.rules.numbers import AmbiguousNumber, NumberError, keepable, parse_money, show_plain
from measurement.rules.written import is_dash
from measurement.spreadsheets.reading import ShownPercent

NONE_SPENT = re.compile(r"nihil|nol", re.IGNORECASE)
NO_MONEY = "“{word}” bukan uang. Tulis angkanya, atau “-” bila tidak ada."
NUMBER_ALONE = re.compile(r"[-(\s]*(?:Rp\.?)?[\s(]*[0-9][0-9., ]*[-%)\s]*")
DIGIT = re.compile(r"[0-9]")
DIGITS_OF_NIP = 18


def is_word(value) -> bool:
    """Whether a cell of money holds neither a number nor a dash."""
    return isinstance(value, str) and not is_dash(value) and not DIGIT.search(value)


def may_be_money(text: str) -> bool:
    """Whether digits alone, below a table, may be money; as many as a NIP has are the number of who signs."""
    return bool(NUMBER_ALONE.fullmatch(text.strip())) and len(DIGIT.findall(text)) != DIGITS_OF_NIP


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
