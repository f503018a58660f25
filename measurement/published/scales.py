"""Targets and realisasi that are printed as words: the score scales that they belong to, done or not, and ranges like "80 s.d. 90".

The scales are those in common use; an office may have another one, and what was assumed is said. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from measurement.rules.methods import Method
from measurement.rules.score_words import YES_NO

from .printed import Printed, PrintedReading, PrintedState, read_printed


def _falling(*words: str) -> dict[str, Decimal]:
    """Word → score, the last 1; words of one score stand apart by a stroke."""
    return {word: Decimal(len(words) - place) for place, same in enumerate(words) for word in same.split("|")}


SCALES: Mapping[str, Mapping[str, Decimal]] = {
    "opini": _falling(
        "wtp|wajar tanpa pengecualian",
        "wdp|wajar dengan pengecualian",
        "tw|tidak wajar|adverse",
        "tmp|tidak memberikan pendapat|menolak memberikan opini|disclaimer",
    ),
    "nilai SAKIP": _falling("aa", "a", "bb", "b", "cc", "c", "d"),
    "mutu pelayanan": _falling("a", "b", "c", "d"),
    "lima tingkat": _falling(
        "sangat baik", "baik", "cukup|cukup baik|sedang", "kurang|kurang baik|buruk", "sangat kurang|tidak baik|sangat buruk"
    ),
    "empat tingkat": _falling("sangat baik", "baik", "kurang baik|cukup|cukup baik", "tidak baik|kurang"),
    "lima tingkat (tinggi–rendah)": _falling(
        "sangat tinggi", "tinggi", "sedang|cukup", "rendah", "sangat rendah"
    ),
    "lima tingkat (puas)": _falling(
        "sangat puas|sangat memuaskan", "puas|memuaskan", "cukup|cukup puas|cukup memuaskan", "kurang puas|kurang memuaskan|kurang", "tidak puas|tidak memuaskan"
    ),
}  # fmt: skip
BEFORE_WORD = re.compile(r"^(?:opini|predikat|nilai|kategori|kriteria|peringkat|status|mutu)\b[ :]*")
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
WORD_AND_NUMBER = re.compile(
    r"[A-Za-z][A-Za-z ]{0,40}? ?(?:[(\[/:=] ?|- )(?P<number>[0-9][0-9.,]{0,11}) ?[)\]]?"
)
NUMBER_AND_WORD = re.compile(r"[0-9][0-9.,]{0,11} ?[(\[/] ?(?P<word>[A-Za-z][A-Za-z ]{0,40}) ?[)\]]?")
AT_LEAST = r"minimal|minimum|min|paling (?:sedikit|kurang|rendah)|sekurang-kurangnya|(?:di ?)?atas|(?:tidak|tdk) kurang dari|lebih(?: besar)? dari|lebih besar"
AT_MOST = (
    r"maksimal|maksimum|maks|max|paling (?:banyak|lambat|lama|tinggi|besar)|selambat-lambatnya|setinggi-tingginya|(?:di ?)?bawah"
    r"|(?:tidak|tdk) (?:lebih|melebihi)(?: dari)?|kurang dari|lebih kecil dari|lebih rendah dari"
)
BEFORE_NUMBER = re.compile(rf"^(?:{AT_LEAST}|{AT_MOST})\b\.?(?: sama dengan)? ?", re.IGNORECASE)
MARKED = {
    Method.MAXIMIZE: re.compile(rf"(?:[>≥]|(?:{AT_LEAST})\b)|.*\b(?:ke ?atas|atau lebih)$", re.IGNORECASE),
    Method.MINIMIZE: re.compile(rf"(?:[<≤]|(?:{AT_MOST})\b)|.*\b(?:ke ?bawah|atau kurang)$", re.IGNORECASE),
}
LONGEST_RANGE = 80
BOUND = r"(-?[0-9][0-9.,]*)"
UNIT_BETWEEN = r"(?: ?(?:%|persen|[a-z]{2,12}))?"
TO = r"(?:-|~|s\.? ?/? ?d\.?|sampai(?: dengan)?|hingga|to)"
RANGE = re.compile(
    rf"(?:antara ?)?{BOUND}{UNIT_BETWEEN} ?(?:{TO}|dan) ?{BOUND}(?P<unit>[^0-9]*)", re.IGNORECASE
)
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\x96\x97", "-") | {"\u00a0": " "})


@dataclass(frozen=True)
class Bounds:
    """A range that a target names."""

    low: PrintedReading
    high: PrintedReading


def plain_words(text: str) -> str:
    return " ".join(text.translate(DASHES).split())


def bounds_of(target: Printed) -> Bounds | None:
    """The range of "80-90", "7 – 8 hari", "80 s.d. 90", "antara 80 dan 90"; None for anything else."""
    text = plain_words(target.text)
    found = RANGE.fullmatch(text) if len(text) <= LONGEST_RANGE else None
    if not found or target.state == PrintedState.NUMBER:
        return None
    low, high = (read_printed(found[place].rstrip(".,")).readings for place in (1, 2))
    return Bounds(low[0], high[0]) if low and high and low[0].value <= high[0].value else None


def number_beside_word(cell: Printed) -> Printed:
    """The cell read as the number that it holds beside a word: "BB (72,5)", "minimal 80"; itself where there is none."""
    if cell.state != PrintedState.UNREADABLE:
        return cell
    plain = plain_words(cell.text)
    beside = WORD_AND_NUMBER.fullmatch(plain)
    found = read_printed(beside["number"] if beside else BEFORE_NUMBER.sub("", plain, count=1))
    return Printed(cell.text, found.state, found.readings) if found.readings else cell


def marked_direction(text: str) -> Method | None:
    """Which way is better, as a target says it itself: "< 5 %" and "maksimal 3 hari", "≥ 90" and "minimal 80"."""
    plain = plain_words(text)
    if not any(char.isdigit() for char in plain):
        return None
    return next((method for method, pattern in MARKED.items() if pattern.match(plain)), None)


def word_of(cell: Printed) -> str:
    """The word of a cell without what stands beside it: "BB (Sangat Baik)", "85,5 (A)" and "Opini WTP" are bb, a and wtp."""
    plain = plain_words(cell.text)
    beside = NUMBER_AND_WORD.fullmatch(plain)
    bare = beside["word"] if beside else BRACKETS.sub(" ", plain)
    return BEFORE_WORD.sub("", " ".join(bare.casefold().split()).strip(" .:"))


def done(cell: Printed) -> bool | None:
    """Whether a word says that something was done; None for no such word."""
    score = YES_NO.get(word_of(cell))
    return None if score is None else bool(score)
