"""Numbers as people write and read them in Indonesia: what must be confirmed before it is kept, and one way to print.

Texts are read by `written`, the one reader of the project; here lies the strictness of whatever is kept. The only unambiguous form is 1.234,56.
A lone "1.234" is a thousand in one published table and a decimal in the next, and so is "1,234": neither is ever guessed silently,
`AmbiguousNumber` carries the likely reading and its rivals, so that the caller can show them back. Pure; standard library only.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from .cell_errors import cell_error
from .misread_dates import misread_date
from .units import bare_unit, has_letters_for_digits, is_doubtful_fraction, is_percent, unit_disagreement
from .written import NumberKind, NumberReading, plain_text, read_number

HINT = "Tulis angka seperti 1234,56 atau 1.234,56: koma untuk desimal, tanpa huruf, spasi, % atau Rp."
Number = Decimal | Fraction  # what was typed, and what was computed from it

MAX_DIGITS = 15
MAX_DECIMALS = 6
EXACT = Context(prec=100)  # digits; more than any sum of ours has

PLAIN = re.compile(r"-?[0-9]{1,18}(?:,[0-9]{1,6})?")
KEY = re.compile(r"[0-9]{1,18}")
LONE_GROUP = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
FOREIGN_GROUPS = re.compile(
    r"[0-9],[0-9]{3}(?![0-9])"
)  # where these are thousands, so are the lone commas of the same file
LONE_COMMA_ENDS_IN_NOUGHT = re.compile(r"[1-9][0-9]{0,2},000")


class NumberError(ValueError):
    """The text is no number; the message says what to write instead."""


class AmbiguousNumber(NumberError):
    """The text must be confirmed before it is kept. `value` is the likely reading; `choices` what may be written instead, the likely first → its
    meaning in words. `certain`: it can mean nothing else, so that a file that is shown before it is kept need not be corrected."""

    def __init__(self, doubt: str, value: Decimal, choices: dict[str, str], certain: bool = False):
        self.doubt, self.value, self.choices, self.certain = doubt, value, choices, certain
        super().__init__(f"{doubt} {'Pilih salah satu.' if len(choices) > 1 else 'Benarkah itu?'}")

    @property
    def in_file(self) -> str:
        """The sentence where no button can be pressed: what to write instead."""
        return f"{self.doubt} Tulis {' atau '.join(self.choices)}."


def parse_number(
    text: str, measure: str | None = None, scores: Mapping[str, Decimal] | None = None
) -> Decimal | None:
    """The number that a person wrote, None for a blank. `measure` is the unit that it counts: where it is known, it may stand behind the number.
    `scores` is the scale of an indicator with words: a word is its score.

    Raises NumberError for what is no number, and AmbiguousNumber for what must be confirmed: a lone group of three ("1.157", "1,157"), a
    notation that isn't ours, a unit that doesn't agree, a fraction where the unit is %.
    """
    if not plain_text(text):
        return None
    if (score := score_of(text, scores or {})) is not None:
        return score
    of_percent = is_percent(measure or "")
    if misread := cell_error(text) or misread_date(plain_text(text)):
        raise NumberError(misread)
    readings = read_number(text, NumberKind.PERCENT if of_percent else NumberKind.FIGURE)
    told = bool(readings) and bool(readings[0].unit or readings[0].word or readings[0].percent)
    mistyped = told and (measure is None or has_letters_for_digits(plain_text(text), measure))
    if not readings or mistyped or (readings[0].percent and not of_percent):
        raise NumberError(f"“{text.strip()[:30]}” bukan angka yang dapat dibaca. {HINT}")
    values = [_entered(reading.value) for reading in readings]
    if doubt := _doubt(text.strip(), readings, measure or ""):
        raise doubt
    return values[0]


def parse_file_number(
    text: str, measure: str, scores: Mapping[str, Decimal] | None = None
) -> tuple[Decimal | None, str]:
    """The number in a file whose content is shown before it is kept, and what must be said about it: only what has rivals must be confirmed."""
    try:
        return parse_number(text, measure, scores), ""
    except AmbiguousNumber as asked:
        if not asked.certain:
            raise
        return asked.value, asked.doubt


def parse_money(text: str, scale: int = 1) -> Decimal | None:
    """Whole rupiah; a lone 500.000 can only mean thousands here, and 500,000 is asked. None for a blank, NumberError for anything else.

    `scale` is 1000 in a table that prints thousands of rupiah.
    """
    if not plain_text(text):
        return None
    if misread := cell_error(text) or misread_date(plain_text(text)):
        raise NumberError(misread)
    readings = read_number(text, NumberKind.MONEY)
    if not readings or readings[0].percent or bare_unit(readings[0].unit).casefold() not in ("", "rupiah"):
        raise NumberError(f"“{text.strip()[:30]}” bukan angka yang dapat dibaca. {HINT}")
    value = _entered(readings[0].value * scale)
    if value != value.to_integral_value():
        raise NumberError("Tulis rupiah penuh tanpa sen, misalnya 1.500.000.")
    if readings[0].remark or readings[0].word or not readings[0].usual:
        sentence = f"“{text.strip()}” dibaca {show_money(value)}."
        choices = {show_rupiah(value): show_money(value)}
        certain = not FOREIGN_GROUPS.search(text)
        if LONE_COMMA_ENDS_IN_NOUGHT.fullmatch(plain_text(text)):
            rupiah = Decimal(plain_text(text).partition(",")[0])
            sentence = f"“{text.strip()}” dapat dibaca {show_money(value)} atau {show_money(rupiah)}."
            choices[show_rupiah(rupiah)] = show_money(rupiah)
        raise AmbiguousNumber(sentence, value, choices, certain)
    return value


def score_of(text: str, scores: Mapping[str, Decimal]) -> Decimal | None:
    """The score of a word as people write it, "bb" or "BB (85,5)"; None for what is no word of the scale."""
    plain = plain_text(text).casefold()
    worded = read_number(text)
    words = {plain, worded[0].word.casefold() if worded else plain}
    return next(
        (keepable(score) for word, score in scores.items() if plain_text(word).casefold() in words), None
    )


def _doubt(text: str, readings: Sequence[NumberReading], measure: str) -> AmbiguousNumber | None:
    """What must be confirmed before the likely reading is kept."""
    first = readings[0]
    if len(readings) > 1:
        words = {show_plain(reading.value): reading_words(reading) for reading in readings}
        return AmbiguousNumber(f"“{text}” dapat dibaca {' atau '.join(words.values())}.", first.value, words)
    if is_doubtful_fraction(first.value, measure) and not first.percent:
        return doubtful_fraction(first.value)
    likely = {show_plain(first.value): first.plain}
    if disagreement := unit_disagreement(first, measure):
        doubt = f"“{text}” dibaca {first.plain}, tetapi {disagreement}."
        return AmbiguousNumber(doubt, first.value, likely, certain=True)
    if not first.usual and FOREIGN_GROUPS.search(text):
        doubt = f"“{text}” bukan angka dalam bentuk 1.234,56; dibaca {first.plain}."
        return AmbiguousNumber(doubt, first.value, likely)
    if first.word or first.remark or not first.usual:
        return AmbiguousNumber(f"“{text}” dibaca {first.plain}.", first.value, likely, certain=True)
    return None


def doubtful_fraction(value: Decimal) -> AmbiguousNumber:
    """0,95 where the unit is per cent: 0,95 % or 95 %?"""
    as_it_is, hundredfold = show_plain(value), show_plain(value * 100)
    words = {f"{as_it_is}%": f"{as_it_is} %", hundredfold: f"{hundredfold} %"}
    return AmbiguousNumber(f"{' atau '.join(words.values())}?", value, words)


def reading_words(reading: NumberReading) -> str:
    """1157 (ribuan), 1,157 (pecahan)"""
    return f"{reading.plain} ({'pecahan' if reading.places else 'ribuan'})"


def _entered(value: Decimal) -> Decimal:
    """A value with no more digits than a person enters."""
    if decimal_places(value.normalize()) > MAX_DECIMALS:
        raise NumberError(
            f"Angka terlalu panjang: paling banyak {MAX_DECIMALS} angka di belakang koma. {HINT}"
        )
    return keepable(value)


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


def keepable(value: Decimal) -> Decimal:
    """The same value, if every database keeps it exactly (SQLite: 15 digits). NumberError otherwise."""
    if value.adjusted() >= MAX_DIGITS or len(value.normalize().as_tuple().digits) > MAX_DIGITS:
        raise NumberError(f"Angka terlalu panjang: paling banyak {MAX_DIGITS} angka.")
    return value


def round_half_up(value: Number, places: int = 2) -> Decimal:
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    below, parts = value.denominator, 2 * 10**places  # in whole numbers: fractions take ten times as long
    whole = (abs(value.numerator) * parts + below) // (2 * below)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def typed(value: Number) -> Decimal | None:
    """The number as somebody may have typed it, without zeros at the end; None where a division left more decimals than anybody types."""
    numerator, denominator = value.as_integer_ratio()
    if 10**MAX_DECIMALS % denominator:
        return None
    return EXACT.divide(Decimal(numerator), Decimal(denominator)).normalize(EXACT)


def storable(value: Number) -> Decimal:
    """The number as a column keeps it: at most six decimals, none that say nothing."""
    return round_half_up(value, MAX_DECIMALS).normalize()


def kept_text(value: Number) -> str:
    """The number as a text that loses nothing: what was typed as its digits, what a division left as "546/9"."""
    whole = typed(value)
    return str(Fraction(value)) if whole is None else format(whole, "f")


def kept_number(text: str) -> Number:
    """What `kept_text` kept."""
    return Fraction(text) if "/" in text else Decimal(text)


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
    return "–" if value is None else show(as_shown(value), decimals_shown(value))


def decimals_shown(value: Number) -> int:
    """How many decimals `show_short` shows of a number."""
    return max(0, decimal_places(as_shown(value).normalize()))


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
    """What stands in an input field: no grouping, so that it reads back as the same number; 1,1570, because 1,157 alone would be asked."""
    if value is None:
        return ""
    text = format(Decimal(value).normalize(), "f").replace(".", ",")
    return f"{text}0" if LONE_GROUP.fullmatch(text) else text


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
