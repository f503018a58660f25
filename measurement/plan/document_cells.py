"""What each cell of a planning document's table is: a value, or the sentence that says what to write instead.

A document is read as leniently as it may: nothing of it becomes a figure of the plan, it is only held against it. So a lone group of three is
taken by its likely reading and said, as is a unit that doesn't agree; only money like 500,000 and a fraction of a percentage must be written
plainly, for there both readings are likely.
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from measurement.models import DocumentLine, column_length
from measurement.rules.cell_errors import cell_error
from measurement.rules.numbers import (
    AmbiguousNumber,
    NumberError,
    doubtful_fraction,
    keepable,
    parse_file_number,
    parse_money,
)
from measurement.rules.score_words import YES_NO
from measurement.rules.spans import TO, Span, parse_span
from measurement.rules.units import is_doubtful_fraction, is_percent, unit_in
from measurement.rules.written import is_dash, plain_text
from measurement.spreadsheets.reading import ShownPercent

from .table_import.cells import NOT_APPLICABLE
from .table_import.nomenclature import full_code

PREDICATE = re.compile(r"[A-Z]{1,4}")
GRADE = re.compile(
    r"(?:(?i:predikat|opini|kategori|nilai) )?(?:[A-Z]{1,4}[-+]?|(?i:(?:sangat |cukup |kurang |tidak )?"
    r"(?:baik|tinggi|rendah|sedang|cukup|kurang|puas|memuaskan|memadai|wajar(?: (?:tanpa|dengan) pengecualian)?)))"
)
MORE_THAN_A_NUMBER = re.compile(r"[^\W\d_]|[0-9] ?%? ?[-–—~] ?[0-9]")
LONE_GROUP = re.compile(r"-?[0-9]+[.,][0-9]{3}")


def cell_text(value) -> str:
    """Clean text on one line, without control and invisible characters."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return " ".join(
        "".join(c for c in text if c.isspace() or not unicodedata.category(c).startswith("C")).split()
    )


def _limited(name: str, change: Callable[[str], str] = str) -> Callable:
    longest = column_length(DocumentLine, name) or 0

    def read(value) -> str:
        text = change(cell_text(value))
        if failed := cell_error(text):
            raise ValueError(failed)
        if len(text) > longest:
            raise ValueError(f"Terlalu panjang: {len(text)} huruf, paling banyak {longest}.")
        return text

    return read


def read_target(value, measure: str) -> tuple[Decimal | None, str]:
    """A number with what must be said about it; 95,5% is 95,5, and "-" says that there is none."""
    if isinstance(value, Decimal):
        if is_doubtful_fraction(value, measure) and not isinstance(value, ShownPercent):
            raise NumberError(doubtful_fraction(value).in_file)
        return keepable(value), ""
    text = cell_text(value)
    if NOT_APPLICABLE.fullmatch(text):
        return None, f"target “{text}” bukan angka, jadi tidak dibandingkan."
    if PREDICATE.fullmatch(text):
        return None, f"target “{text}” berupa predikat, jadi tidak dibandingkan."
    if GRADE.fullmatch(text) or text.casefold() in YES_NO:
        return (
            None,
            f"target “{text}” berupa kata; dibandingkan hanya bila indikatornya diukur dengan kata itu.",
        )
    if not text or is_dash(text) or span_in(text, measure):
        return None, ""
    return _number(text, measure)


def _number(text: str, measure: str) -> tuple[Decimal | None, str]:
    unit = unit_in(text)
    foreign = bool(measure) and unit == "%" and not is_percent(measure)
    try:
        number, remark = parse_file_number(text, unit if foreign or not measure else measure)
    except AmbiguousNumber as asked:
        if not LONE_GROUP.fullmatch(text):
            raise NumberError(asked.in_file) from None
        likely, other = asked.choices
        means = "ribuan" if "ribuan" in asked.choices[other] else "pecahan"
        bare = other.rstrip("0").rstrip(",") if "," in other else other
        return asked.value, f"“{text}” dibaca {likely}; bila maksudnya {means}, tulis {bare}."
    if foreign:
        remark = f"“{text}” bertanda %, sedangkan satuannya {measure}."
    return number, remark


def span_in(text: str, measure: str = "") -> Span | None:
    """The range that a target is; the unit is that of the row, else whatever stands behind it."""
    try:
        return parse_span(text, measure or unit_in(TO.split(plain_text(text), maxsplit=1)[-1]))
    except AmbiguousNumber as asked:
        raise NumberError(asked.in_file) from None


def words_of_target(value) -> str:
    """The target as the document prints it, where it is more than a number: "BB (85,5)", "80–90"; a blank for a mere number."""
    if isinstance(value, Decimal) or is_dash(value):
        return ""
    text = cell_text(value)
    return text[: column_length(DocumentLine, "target_text")] if MORE_THAN_A_NUMBER.search(text) else ""


def read_pagu(value, scale: int = 1) -> Decimal | None:
    """Whole rupiah, with Rp before it or not."""
    amount: Decimal | None
    if isinstance(value, Decimal):
        amount = keepable(value * scale)
    else:
        try:
            amount = None if is_dash(value) else parse_money(cell_text(value), scale)
        except AmbiguousNumber as asked:
            raise NumberError(asked.in_file) from None
    if amount is not None and (amount < 0 or amount != amount.to_integral_value()):
        raise NumberError("Tulis rupiah penuh, tidak negatif, misalnya 1.500.000.")
    return amount


TEXT_READERS = {
    "code": _limited("code", lambda text: full_code(text.replace(" ", "").rstrip("."))),
    "name": _limited("name"),
    "indicator": _limited("indicator"),
    "measure": _limited("measure"),
    "person": _limited("person"),
}
