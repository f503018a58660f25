"""Numbers as people write and read them in Indonesia: one strict parser and one way to print, for form, paste, Excel, screen and paper.

The only unambiguous form is 1.234,56. A lone "1.234" is a thousand in one published table and a decimal in the next: it is never guessed
silently, `AmbiguousNumber` carries the likely reading so that the caller can show it back. Pure; standard library only.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

HINT = "Tulis angka seperti 1234,56 atau 1.234,56: koma untuk desimal, tanpa huruf, spasi, % atau Rp."
Number = Decimal | Fraction  # what was typed, and what was computed from it

MAX_DIGITS = 15
MAX_DECIMALS = 6

PLAIN = re.compile(r"-?[0-9]{1,18}(?:,[0-9]{1,6})?")
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,6}(?:,[0-9]{1,6})?")
KEY = re.compile(r"[0-9]{1,18}")
LONE_DOT = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


class NumberError(ValueError):
    """The text is no number; the message says what to write instead."""


class AmbiguousNumber(NumberError):
    """The text has two readings; `value` is the likely one, to be shown back before it is kept."""

    def __init__(self, text: str, value: Decimal):
        self.value = value
        decimal_reading = text.replace(".", ",")
        super().__init__(
            f"“{text}” dibaca {show_plain(value)} (ribuan). Simpan sekali lagi bila benar; bila maksudnya pecahan, tulis {decimal_reading}."
        )


def parse_number(text: str) -> Decimal | None:
    """The number that a person wrote, None for a blank. Raises NumberError, and AmbiguousNumber for a lone thousand like 1.234."""
    text = text.strip()
    if not text:
        return None
    if LONE_DOT.fullmatch(text):
        raise AmbiguousNumber(text, Decimal(text.replace(".", "")))
    return _read(text)


def parse_money(text: str) -> Decimal | None:
    """Whole rupiah; a lone 500.000 can only mean thousands here. None for a blank, NumberError for anything else."""
    text = text.strip()
    if not text:
        return None
    value = _read(text)
    if value != value.to_integral_value():
        raise NumberError("Tulis rupiah penuh tanpa sen, misalnya 1.500.000.")
    return value


def parse_key(text: str) -> int:
    """An identifier or version that a page posted back; 0, which none is, for anything else."""
    return int(text) if KEY.fullmatch(text) else 0


def parse_scores(text: str) -> dict[str, Decimal]:
    """Word → score of a scale written as "WTP=4, WDP=3, TW=2, TMP=1"; empty for a blank. NumberError for anything else."""
    scores: dict[str, Decimal] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";" if ";" in text else ","))):
        word, sign, number = (piece.strip() for piece in part.partition("="))
        if not (word and sign and PLAIN.fullmatch(number)) or word in scores:
            raise NumberError(
                "Tulis skala skor seperti WTP=4, WDP=3, TW=2, TMP=1 (angka pecahan: pisahkan dengan titik koma)."
            )
        scores[word] = Decimal(number.replace(",", "."))
    return scores


def _read(text: str) -> Decimal:
    if not (PLAIN.fullmatch(text) or GROUPED.fullmatch(text)):
        raise NumberError(f"“{text[:30]}” bukan angka yang dapat dibaca. {HINT}")
    return keepable(Decimal(text.replace(".", "").replace(",", ".")))


def keepable(value: Decimal) -> Decimal:
    """The same value, if every database keeps it exactly (SQLite: 15 digits). NumberError otherwise."""
    if value.adjusted() >= MAX_DIGITS or len(value.normalize().as_tuple().digits) > MAX_DIGITS:
        raise NumberError(f"Angka terlalu panjang: paling banyak {MAX_DIGITS} angka.")
    return value


def round_half_up(value: Number, places: int = 2) -> Decimal:
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole = int(abs(value) * Fraction(10) ** places + Fraction(1, 2))
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def typed(value: Number) -> Decimal | None:
    """The number as somebody may have typed it, without zeros at the end; None where a division left more decimals than anybody types."""
    rounded = round_half_up(value, MAX_DECIMALS)
    return rounded.normalize() if rounded == value else None


def storable(value: Number) -> Decimal:
    """The number as a column keeps it: at most six decimals, none that say nothing."""
    return round_half_up(value, MAX_DECIMALS).normalize()


def nearly_exact(value: Number) -> Decimal:
    """The number for a file that knows no fractions: exact, or its first 28 digits, which round as it does."""
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)


def as_shown(value: Number) -> Decimal:
    """What `show_short` shows of a number, as a number: what was typed in full, two decimals of what a division left."""
    whole = typed(value)
    return round_half_up(value) if whole is None else whole


def show(value: Number | None, places: int = 2) -> str:
    """1.234,50 – always `places` decimals, rounded half up; "–" where there is no value; a proper minus sign."""
    if value is None:
        return "–"
    rounded = round_half_up(value, places)
    text = f"{abs(rounded):,.{places}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"−{text}" if rounded < 0 else text


def decimal_places(value: Decimal) -> int:
    """How many digits stand behind the comma; below 0 for a normalised number that ends in zeros. ValueError for what is no number."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, str):
        raise ValueError(f"{value} is no number")
    return -exponent


def show_short(value: Number | None) -> str:
    """Like `show`, without decimals that say nothing: 12; 95,5; 1.157. More decimals than anybody types come from a division: two of them."""
    if value is None:
        return "–"
    shown = as_shown(value).normalize()
    return show(shown, max(0, decimal_places(shown)))


def show_exactly(value: Number | None) -> str:
    """A number as it stands in a formula: all decimals that were typed, but 6 where it comes from a division."""
    if value is None:
        return "–"
    whole = typed(value)
    if whole is not None:
        return show(whole, max(0, decimal_places(whole)))
    leading = 0 if abs(Fraction(value)) >= 1 else len(str(int(1 / abs(Fraction(value))))) - 1
    return show(value, MAX_DECIMALS + leading)  # a small divisor keeps six digits that count


def show_sum(values: Sequence[Number]) -> str:
    """The summands as they stand in a formula: (21 + 29), or the one number."""
    text = " + ".join(map(show_exactly, values))
    return f"({text})" if len(values) > 1 else text


def show_plain(value: Decimal | None) -> str:
    """What stands in an input field: no grouping, so that it reads back as the same number."""
    return "" if value is None else format(Decimal(value).normalize(), "f").replace(".", ",")


def show_rupiah(value: Decimal | None) -> str:
    """What stands in a money field: 1.500.000, grouped and without Rp; it reads back as the same amount."""
    return "" if value is None else show(value, 0)


def show_percent(value: Number | None, places: int = 2) -> str:
    return "–" if value is None else f"{show(value, places)} %"


def show_money(value: Decimal | None) -> str:
    """Rp1.234.567; "–" where nothing was entered."""
    if value is None:
        return "–"
    return f"−Rp{show(-value, 0)}" if value < 0 else f"Rp{show(value, 0)}"
