"""What each cell of the plan's table must be: widgets turn cells into values or raise the sentence that the person reads."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from import_export.widgets import Widget

from measurement.models import Level
from measurement.rules.accumulations import ACCUMULATION_CHOICES, ACCUMULATIONS, Accumulation, AccumulationRow
from measurement.rules.cell_errors import cell_error
from measurement.rules.methods import METHOD_CHOICES, METHODS, Method, MethodRow, Need
from measurement.rules.misread_dates import is_date
from measurement.rules.numbers import (
    AmbiguousNumber,
    NumberError,
    doubtful_fraction,
    keepable,
    parse_file_number,
    parse_money,
    parse_scores,
    show_plain,
)
from measurement.rules.schedules import parse_schedule
from measurement.rules.score_words import EXAMPLE, YES_NO
from measurement.rules.spans import parse_span
from measurement.rules.units import is_doubtful_fraction
from measurement.rules.written import is_dash
from measurement.spreadsheets.reading import ShownPercent

from .columns import plain_heading

STATES = re.compile(r"%|persen|indeks|index|nilai|skor|rasio|predikat|orang\s*/\s*bulan", re.IGNORECASE)
HEAVIEST = 10_000
DATE_FOR_CODE = "Excel mengubah kode ini menjadi tanggal. Ubah format kolomnya menjadi Teks, lalu ketik ulang kodenya, misalnya 7.01.02."
WHOLE_RUPIAH = "Tulis rupiah penuh, tidak negatif, misalnya 1.500.000."
MOST_WORDS = 10
DIGIT = re.compile(r"[0-9]")
Words = Mapping[tuple[str, str], Mapping[str, Decimal]]  # by code and indicator
DURATIONS = re.compile(r"\b(?:detik|menit|jam|hari)\b", re.IGNORECASE)
NOT_APPLICABLE = re.compile(r"n\.?/?a\.?|nihil|tdk ada|belum ada|tbd|\?+|\.{2,}|…", re.IGNORECASE)
WORD_FIRST = re.compile(r"(?!Rp\b|IDR\b|Rp[. ]?[0-9])[^\W\d_]", re.IGNORECASE)
LONE_GROUP = re.compile(r"-?[0-9]+[.,][0-9]{3}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def default_accumulation(measure: str, method: str = "") -> Accumulation:
    """Percentages, indices, predicates and the like are positions, and so is time that is not to grow; things that are counted add up."""
    lasts = DURATIONS.search(measure) and method not in ("", Method.MAXIMIZE)
    is_word = bool(method) and METHODS[method].needs == Need.SCORES
    return Accumulation.LAST if lasts or is_word or STATES.search(measure) else Accumulation.SUM


def choices(labels: dict, **also) -> dict[str, str]:
    """What people write for a choice: its value, its label, or the label without what stands in brackets."""
    found: dict[str, str] = {}
    for value, label in labels.items():
        found |= {
            plain_heading(value): str(value),
            plain_heading(label): str(value),
            plain_heading(str(label).split("(")[0]): str(value),
        }
    return found | {key: str(value) for key, value in also.items()}


def _also_written(table: Mapping[str, MethodRow | AccumulationRow]) -> dict[str, str]:
    return {word: key for key, row in table.items() for word in row.also_written}


LEVELS = choices(dict(Level.choices), subkegiatan=Level.SUB_KEGIATAN, sub=Level.SUB_KEGIATAN)
METHOD_WORDS = choices(dict(METHOD_CHOICES), **_also_written(METHODS))
ACCUMULATION_WORDS = choices(dict(ACCUMULATION_CHOICES), **_also_written(ACCUMULATIONS))


class TextWidget(Widget):
    """Clean text, no longer than its column in the database; whatever it begins with, it stays text. `is_kept` where it is more than compared."""

    def __init__(
        self,
        longest: int | None = None,
        required: bool = False,
        paragraphs: bool = False,
        is_kept: bool = True,
    ):
        super().__init__()
        self.longest, self.required, self.paragraphs, self.is_kept = longest, required, paragraphs, is_kept

    def clean(self, value, row=None, **kwargs):
        text = CONTROL.sub("", format(value, "f") if isinstance(value, Decimal) else str(value))
        if self.is_kept and (failed := cell_error(text)):
            raise ValueError(failed)
        lines = [" ".join(line.split()) for line in text.split("\n")]
        text = ("\n" if self.paragraphs else " ").join(filter(None, lines))
        if self.required and not text:
            raise ValueError("Kolom ini wajib diisi.")
        if self.longest and len(text) > self.longest:
            raise ValueError(f"Terlalu panjang: {len(text)} huruf, paling banyak {self.longest}.")
        return text


class CodeWidget(TextWidget):
    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        if self.is_kept and is_date(text):
            raise ValueError(DATE_FOR_CODE)
        return text.replace(" ", "").rstrip(".")


CODE, TEXT = CodeWidget(is_kept=False), TextWidget(is_kept=False)


class ChoiceWidget(Widget):
    def __init__(self, values: dict[str, str], required: bool = False):
        super().__init__()
        self.values, self.required = values, required

    def clean(self, value, row=None, **kwargs):
        found = self.values.get(plain_heading(value), "")
        if not found and (self.required or str(value).strip()):
            raise ValueError(f"Pilih salah satu: {', '.join(dict.fromkeys(self.values.values()))}.")
        return found


class OwnerWidget(Widget):
    """A person of the unit by user name or NIP."""

    def __init__(self, people: dict[str, int]):
        super().__init__()
        self.people = people

    def clean(self, value, row=None, **kwargs):
        key = "".join(str(value).split()).lower()
        if key and key not in self.people:
            raise ValueError(
                "Tidak ada pegawai unit ini dengan NIP atau nama pengguna itu. Tulis NIP sebagai teks, 18 angka."
            )
        return self.people.get(key)


class ScaleWidget(TextWidget):
    """Word → score, as `numbers.parse_scores` reads it."""

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        parse_scores(text)
        return text


class ScheduleWidget(Widget):
    """The quarters in which an indicator is due, from the words that people use; None for a blank."""

    def clean(self, value, row=None, **kwargs):
        text = TEXT.clean(value)
        return parse_schedule(text) if text else None


class WeightWidget(Widget):
    """How much a branch weighs; None for a blank."""

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, Decimal) and is_dash(value):
            return None
        weight = value if isinstance(value, Decimal) else parse_file_number(value, "")[0]
        if weight is not None and not 0 <= weight < HEAVIEST:
            raise ValueError(f"Tulis bobot sebagai angka dari 0 sampai di bawah {HEAVIEST}.")
        return weight


class NumberWidget(Widget):
    """A target, or a span like 80–90. A lone thousand like 1.157 is read as such where whole things are counted, and said; elsewhere it is asked back.

    A word of the indicator's score scale is its score; `words` holds the stored ones by code and indicator.
    """

    def __init__(self, remark: Callable[[int, str], None], words: Words):
        super().__init__()
        self.remark, self.words = remark, words

    def clean(self, value, row=None, **kwargs):
        measure = str(row["measure"]).strip()
        if isinstance(value, Decimal):
            return self._counted(value, measure, row)
        if is_dash(value):
            return None
        try:
            if span := parse_span(value, measure):
                return span
            number, remark = parse_file_number(value, measure, self._words(row))
        except AmbiguousNumber as asked:
            number, remark = asked.value, _thousands(asked, value.strip(), measure)
        except NumberError:
            if DIGIT.search(value) or cell_error(value):
                raise
            raise ValueError(_unknown_word(value.strip(), self._words(row))) from None
        if remark:
            self.remark(row["number"], remark)
        return number

    def _counted(self, value: Decimal, measure: str, row) -> Decimal:
        """A number of a workbook: 0,95 in a row of per cent is asked, and 1 beside it, unless its cell shows a percent sign."""
        beside_fractions = value == 1 and any(_is_fraction(other, measure) for other in row.values())
        if _is_fraction(value, measure) or (beside_fractions and not isinstance(value, ShownPercent)):
            raise ValueError(doubtful_fraction(value).in_file)
        return keepable(value)

    def _words(self, row) -> Mapping[str, Decimal]:
        if METHOD_WORDS.get(plain_heading(row.get("method", ""))) == Method.YES_NO:
            return YES_NO
        stored = self.words.get((CODE.clean(row["code"]), TEXT.clean(row["indicator"])), {})
        return scores_of(str(row.get("score_scale") or "")) or stored


def scores_of(text: str) -> dict[str, Decimal]:
    """Word → score; none where the scale can't be read, which is said at the scale itself."""
    try:
        return parse_scores(text)
    except NumberError:
        return {}


def _unknown_word(text: str, words: Mapping[str, Decimal]) -> str:
    if NOT_APPLICABLE.fullmatch(text):
        return f"“{text}” bukan angka. Tulis “-” bila tidak ada target, atau 0 bila targetnya memang nol."
    if words:
        return f"“{text[:30]}” tidak ada pada skala indikator ini; tulis salah satu: {', '.join(list(words)[:MOST_WORDS])}."
    if text.casefold() in YES_NO:
        return f"“{text[:30]}” bukan angka. Tulis ya_tidak pada kolom arah bila indikatornya terlaksana atau tidak; selain itu tulis angkanya."
    return (
        f"“{text[:30]}” bukan angka. Bila itu predikat, tulis predikat pada kolom arah dan skalanya pada kolom skala_skor, "
        f"misalnya {EXAMPLE}; selain itu tulis angkanya, atau “-” bila tidak ada target."
    )


def _is_fraction(value, measure: str) -> bool:
    return (
        isinstance(value, Decimal)
        and not isinstance(value, ShownPercent)
        and is_doubtful_fraction(value, measure)
    )


def _thousands(asked: AmbiguousNumber, text: str, measure: str) -> str:
    """The remark on a lone dot that is read as thousands. ValueError for whatever must be written otherwise."""
    if not LONE_GROUP.fullmatch(text):
        raise ValueError(asked.in_file)
    thousands, fraction = sorted(asked.choices, key=lambda choice: "ribuan" not in asked.choices[choice])
    if "," in text or default_accumulation(measure) != Accumulation.SUM:
        bare = fraction.rstrip("0").rstrip(",") if "," in fraction else fraction
        raise ValueError(f"Dapat berarti {thousands} atau {bare}; tulis {thousands} atau {fraction}.")
    return f"“{text}” dengan satuan {measure} dibaca {thousands}; bila maksudnya pecahan, tulis {fraction}."


class MoneyWidget(Widget):
    """Whole rupiah, in a table that prints thousands multiplied by these; what can mean one thing only is taken and said. A dash says that there is none."""

    def __init__(self, remark: Callable[[int, str], None], scale: int = 1):
        super().__init__()
        self.remark, self.scale = remark, scale

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, Decimal) and is_dash(value):
            return None
        if isinstance(value, ShownPercent):
            raise ValueError(f"Sel ini menampilkan {show_plain(value)}%, bukan uang. {WHOLE_RUPIAH}")
        try:
            amount = (
                keepable(value * self.scale) if isinstance(value, Decimal) else parse_money(value, self.scale)
            )
        except AmbiguousNumber as asked:
            if asked.value < 0 or not asked.certain or WORD_FIRST.match(value.strip()):
                raise ValueError(WHOLE_RUPIAH if asked.value < 0 else asked.in_file) from None
            amount = asked.value
            self.remark(row["number"], asked.doubt)
        if amount is not None and (amount < 0 or amount != amount.to_integral_value()):
            raise ValueError(WHOLE_RUPIAH)
        return amount
