"""Units beside numbers: whether "12 Laporan" agrees with the unit of its row, and what a fraction of a percentage may mean. Pure."""

import re
from decimal import Decimal

from .written import NumberReading, read_number

LEAST_SHORT = 3
LIKE_A_NUMBER = re.compile(r"-?[OolI|.,]*[0-9][0-9OolI|.,]*")  # letters that look like digits count as such
SHORT_UNITS = {
    "org": "orang",
    "bln": "bulan",
    "thn": "tahun",
    "th": "tahun",
    "pkt": "paket",
    "kl": "kali",
    "lap": "laporan",
}


def is_percent(measure: str) -> bool:
    """Whether a unit says per cent."""
    return "%" in measure or "persen" in measure.casefold()


def is_doubtful_fraction(value: Decimal, measure: str) -> bool:
    """0,95 in a row of per cent may be 0,95 % or 95 %."""
    return is_percent(measure) and 0 < abs(value) < 1


def unit_disagreement(reading: NumberReading, measure: str) -> str:
    """What is wrong with the unit that stands behind a number; empty where it agrees, or is only an explanation in brackets."""
    if reading.percent and not is_percent(measure):
        return f"bertanda %, sedangkan satuannya {measure}"
    unit = bare_unit(reading.unit)
    if unit and not same_unit(unit, measure):
        return f"bersatuan “{unit}”, sedangkan satuannya {measure}"
    return ""


def has_letters_for_digits(text: str, measure: str) -> bool:
    """Whether "1O" is a mistyped 10: letters among the digits that are no beginning of the row's unit, as l is of Liter."""
    letters = "".join(re.findall(r"[OolI|]", text)).casefold()
    starts = bool(letters) and measure.casefold().startswith(letters)
    return bool(letters) and not starts and bool(LIKE_A_NUMBER.fullmatch(text))


def same_unit(unit: str, measure: str) -> bool:
    """Whether two units are one: capitals don't count, and "Dok." is short for Dokumen."""
    one, other = (" ".join(re.findall(r"[^\W_]+|%", text.casefold())) for text in (unit, measure))
    one = SHORT_UNITS.get(one, one)
    return one == other or (len(one) >= LEAST_SHORT and other.startswith(one))


def bare_unit(unit: str) -> str:
    """Without "(dua belas)" and "(A)"."""
    return re.sub(r"\([^)]*\)", "", unit).strip(" .")


def unit_in(text: str) -> str:
    """The unit that stands behind a number in the text: "%" or "Laporan"; empty where none does."""
    readings = read_number(text)
    if not readings:
        return ""
    return "%" if readings[0].percent else bare_unit(readings[0].unit)
