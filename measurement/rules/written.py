"""Numbers as people write them: every reading that a text may have, the likely one first, with the places, the unit and the words beside it.

This is the one reader behind forms, worksheets, imports, planning documents and the checker of published tables. It decides nothing: a lone
group of three ("1.157", "1,157") has two readings, and what had to be assumed is said in `remark`. What must be confirmed before it is kept is
decided in `numbers` (strict: what is typed or imported), and by nobody where nothing is kept (`published.printed`). Pure; standard library only.
"""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

LONGEST = 200
MOST_DIGITS, MOST_PLACES = 18, 10
COMMA, POINT = ",", "."

# Spaces, dashes and apostrophes of word processors; \x96 and \x97 are the dashes of a text read in a wrong code page.
PLAINER = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\x96\x97", "-")
    | dict.fromkeys("\u2018\u2019\u00b4`", "'")
    | dict.fromkeys("\u200b\u200e\u200f\ufeff\u00ad", None)
    | {"\uff05": "%"}
)
FRAME = re.compile(
    r"(?P<mark>[<>=≤≥±~≈]{0,2}) ?(?P<sign>[-+]?) ?(?P<open>\(?) ?(?:(?:Rp|IDR) ?\.? ?:?)? ?(?P<inner>[-+]?) ?(?P<inside>\(?) ?"
    r"(?P<core>[0-9.,][0-9., ']*)(?P<rest>.*)",
    re.IGNORECASE,
)
WORD_FIRST = re.compile(
    r"(?!(?:Rp|IDR)\b)(?P<word>[A-Za-z][A-Za-z ]{0,29}?) ?\((?P<number>[0-9][0-9.,]*)\)", re.IGNORECASE
)
RUPIAH = re.compile(r"(?:Rp|IDR) ?\.? ?", re.IGNORECASE)
TRAILING_DASH = re.compile(r"[-=]{1,2}")
EXPONENT = re.compile(r"E([-+][0-9]{1,2})(?![0-9])", re.IGNORECASE)
PERCENT = re.compile(r"(?:%|persen\b|prosen\b|percent\b) ?", re.IGNORECASE)
SCALE = re.compile(r"(ribu|rb|juta|jt|miliar|milyar|triliun|trilyun)\b\.? ?", re.IGNORECASE)
POWERS = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12}
MONEY_SCALE = re.compile(r"(m|t)\.?$", re.IGNORECASE)
MONEY_POWERS = {"m": 9, "t": 12}
SQUARE = re.compile(r"(?<=m)[23²³](?![0-9])", re.IGNORECASE)
NO_UNIT = set("-:;<>=+&×_~|\\‰^")

HEAD = r"[1-9][0-9]{0,2}"
SPACED = re.compile(HEAD + r"(?:[ '][0-9]{3}){1,6}(?:[.,][0-9]{1,20})?")
BY_DOTS = re.compile(HEAD + r"(?:\.[0-9]{3}){1,6}")
BY_COMMAS = re.compile(HEAD + r"(?:,[0-9]{3}){1,6}")
USUAL = re.compile(
    r"[0-9]{1,18}(?:,[0-9]{1,6})?|"
    + HEAD
    + r"(?:\.[0-9]{3}){1,6}(?:,[0-9]{1,6})?|"
    + HEAD
    + r"(?: [0-9]{3}){1,6}(?:,[0-9]{1,6})?"
)
GROUPED = {POINT: BY_DOTS, COMMA: BY_COMMAS}
OTHER = {POINT: COMMA, COMMA: POINT}


class NumberKind(Enum):
    """What a column holds: it decides which reading of a lone group of three is the likely one."""

    FIGURE = "figure"
    PERCENT = "percent"
    MONEY = "money"


@dataclass(frozen=True)
class NumberReading:
    """One value that a text may mean. `decimal` is the sign of its notation, empty where both notations would print it so."""

    value: Decimal
    places: int = 0
    decimal: str = ""
    percent: bool = False
    remark: str = ""
    unit: str = ""  # "Laporan" of "12 Laporan", "(A)" of "91,5 (A)"
    word: str = ""  # "BB" of "BB (85,5)"
    usual: bool = True  # written as people here write numbers: 1.234,56
    is_scaled: bool = False  # in thousands or millions, as its heading says: who knows the heading sets it

    @property
    def shown(self) -> Decimal:
        """The value at the places that are printed (a workbook's cell may hold more)."""
        return _rounded(self.value, self.places)

    @property
    def plain(self) -> str:
        """The value in words of a sentence: 1157; 1,157."""
        return _plain(self.value)


def read_number(text: str, kind: NumberKind = NumberKind.FIGURE) -> tuple[NumberReading, ...]:
    """What a text may mean, the likely reading first; nothing for a blank, a dash, and what is no number."""
    plain = plain_text(text)
    return _read(plain, kind) if len(plain) <= LONGEST else ()


def plain_text(text: str) -> str:
    """A text with ordinary blanks, dashes and signs."""
    return " ".join(text[: LONGEST + 1].translate(PLAINER).split()).lstrip("'")


def is_dash(text: str) -> bool:
    """Whether the text says that there is nothing: "-", "Rp -"."""
    plain = plain_text(text)
    return "-" in plain and not RUPIAH.sub("", plain, count=1).strip("- ")


def _read(plain: str, kind: NumberKind) -> tuple[NumberReading, ...]:
    if worded := WORD_FIRST.fullmatch(plain):
        readings = _read(worded["number"], kind)
        return tuple(replace(reading, word=worded["word"]) for reading in readings)
    found = FRAME.fullmatch(plain)
    if not found or (found["sign"] and found["inner"]) or (found["open"] and found["inside"]):
        return ()
    core, rest = found["core"], found["rest"]
    core = re.sub(r" +,$", ",", core)  # 1.000.000 ,-
    exponent = EXPONENT.match(rest)
    if exponent:
        rest = rest[exponent.end() :]
    tail = _tail(core, rest, bool(found["open"] or found["inside"]), kind)
    readings = _core(core.strip(" '"), kind)
    if tail is None or not readings:
        return ()
    negative = bool(found["open"] or found["inside"]) or "-" in (found["sign"], found["inner"])
    power = tail.power + (int(exponent[1]) if exponent else 0)
    remarks = [f"tanda “{found['mark']}” diabaikan"] if found["mark"] else []
    usual = not power and _is_usual(found, kind)
    return tuple(
        replace(
            _finished(reading, negative, power, remarks), percent=tail.percent, unit=tail.unit, usual=usual
        )
        for reading in readings
        if abs(power) <= MOST_DIGITS
    )


def _is_usual(found: re.Match[str], kind: NumberKind) -> bool:
    """Whether a person here writes it so: 1.234,56; in rupiah also with Rp before and ",-" behind."""
    signs = found["mark"] or found["open"] or found["inside"] or "+" in (found["sign"], found["inner"])
    core = found["core"].strip(" '").removesuffix(POINT)
    if core.endswith(COMMA) and found["rest"].startswith("-"):
        core = core[:-1]
    foreign = kind != NumberKind.MONEY and RUPIAH.search(found[0])
    return not signs and not foreign and bool(USUAL.fullmatch(core))


def _finished(reading: NumberReading, negative: bool, power: int, remarks: list[str]) -> NumberReading:
    value = (-reading.value if negative else reading.value).scaleb(power)
    remark = "; ".join(filter(None, [*remarks, reading.remark]))
    return replace(
        reading,
        value=bounded(value),
        places=min(max(0, reading.places - power), MOST_PLACES),
        remark=remark,
    )


def bounded(value: Decimal) -> Decimal:
    """Without the noise that binary fractions leave far behind the point."""
    return _rounded(value, MOST_PLACES) if -int(value.as_tuple().exponent) > MOST_PLACES else value


@dataclass(frozen=True)
class Tail:
    percent: bool = False
    power: int = 0
    unit: str = ""


def _tail(core: str, rest: str, in_brackets: bool, kind: NumberKind) -> Tail | None:
    """What follows the digits: ",-", ")", "%", "juta", a unit. None if it makes the number doubtful ("3/4", "80-90", "12 (100%)")."""
    if core.rstrip().endswith((POINT, COMMA)):
        rest = TRAILING_DASH.sub("", rest, count=1) if TRAILING_DASH.match(rest) else rest
    percent = bool(PERCENT.match(rest))
    rest = PERCENT.sub("", rest, count=1) if percent else rest
    if in_brackets:
        if not rest.startswith(")"):
            return None
        rest = rest[1:].lstrip()
    after = PERCENT.match(rest)
    percent, rest = percent or bool(after), rest[after.end() :] if after else rest
    scale, power = SCALE.match(rest), 0
    if scale:
        power, rest = POWERS[scale[1].lower()], rest[scale.end() :]
    elif kind == NumberKind.MONEY and (short := MONEY_SCALE.fullmatch(rest)):
        power, rest = MONEY_POWERS[short[1].lower()], ""
    if rest[:1] in NO_UNIT or any(char.isdigit() for char in SQUARE.sub("", rest) if char not in "¹²³"):
        return None
    return Tail(percent, power, rest.strip())


def _core(core: str, kind: NumberKind) -> tuple[NumberReading, ...]:
    """The readings of digits with separators; none if the groups are not right."""
    remark = ""
    core = core[:-1] if core[-1:] in (POINT, COMMA) else core
    if " " in core or "'" in core:
        if SPACED.fullmatch(core):
            return _spaced(core)
        core, remark = re.sub(r" ?([.,]) ?", r"\1", core), "spasi di dalam angka diabaikan"
        if " " in core or "'" in core:
            return ()
    if not any(char.isdigit() for char in core):
        return ()
    found = _separated(core, kind)
    fits = [reading for reading in found if reading.value.adjusted() < MOST_DIGITS]
    return tuple(
        replace(reading, remark="; ".join(filter(None, [remark, reading.remark]))) for reading in fits
    )


def _spaced(core: str) -> tuple[NumberReading, ...]:
    """Thousands apart by spaces or apostrophes: 2 562 626 955,00."""
    digits = core.replace(" ", "").replace("'", "")
    decimal = next((sign for sign in (COMMA, POINT) if sign in digits), "")
    return (_decimal(digits, decimal) if decimal else NumberReading(Decimal(digits)),)


def _separated(core: str, kind: NumberKind) -> list[NumberReading]:
    used = [sign for sign in (POINT, COMMA) if sign in core]
    if not used:
        return [NumberReading(Decimal(core))]
    if len(used) == 2:
        return _both(core)
    return _lone(core, used[0], kind) if core.count(used[0]) == 1 else _repeated(core, used[0], kind)


def _both(core: str) -> list[NumberReading]:
    """1.234,56 or 1,234.56: the sign that comes last and once is the decimal one."""
    decimal = max(POINT, COMMA, key=core.rfind)
    whole = core.partition(decimal)[0]
    if core.count(decimal) > 1 or not GROUPED[OTHER[decimal]].fullmatch(whole):
        return []
    return [_decimal(core.replace(OTHER[decimal], ""), decimal)]


def _repeated(core: str, sign: str, kind: NumberKind) -> list[NumberReading]:
    """2.562.626.955; rupiah also with cents behind the same sign, if those are nought: 2,562,626,955,00."""
    if GROUPED[sign].fullmatch(core):
        return [NumberReading(Decimal(core.replace(sign, "")), decimal=OTHER[sign])]
    head, _, cents = core.rpartition(sign)
    if kind == NumberKind.MONEY and cents == "00" and GROUPED[sign].fullmatch(head):
        return [NumberReading(Decimal(head.replace(sign, "")), remark=f"“{core}” dibaca dengan sen 00")]
    return []


def _lone(core: str, sign: str, kind: NumberKind) -> list[NumberReading]:
    """One sign: a decimal one, or, before three digits, perhaps one of thousands: in rupiah always, elsewhere a dot is the likelier one."""
    decimal = _decimal(core, sign)
    if not GROUPED[sign].fullmatch(core):
        return [decimal]
    thousands = NumberReading(Decimal(core.replace(sign, "")), decimal=OTHER[sign])
    by_thousands = replace(thousands, remark=f"“{core}” dibaca {_plain(thousands.value)} (ribuan)")
    if kind == NumberKind.MONEY:
        return [thousands if sign == POINT else by_thousands]
    by_decimals = replace(decimal, remark=f"“{core}” dibaca {_plain(decimal.value)} (desimal)")
    return (
        [by_thousands, by_decimals]
        if kind == NumberKind.FIGURE and sign == POINT
        else [by_decimals, by_thousands]
    )


def _decimal(digits: str, sign: str) -> NumberReading:
    whole, _, fraction = digits.partition(sign)
    return NumberReading(Decimal(f"{whole or '0'}.{fraction}"), len(fraction), sign)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(POINT, COMMA)
