"""Numbers as published documents print them: every reading that a text may have, with the places that are printed.

Wider than `numbers.parse_number`, which keeps what people enter: here nothing is stored, a document is taken as it is. A lone group of three
("1.157", "95,500") has two readings; a blank, a dash and a misprint like "89,3405,300" have none and are told apart. Pure; standard library only.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from measurement.rules.numbers import decimal_places, round_half_up, show_plain

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
GROUPED = {POINT: BY_DOTS, COMMA: BY_COMMAS}
OTHER = {POINT: COMMA, COMMA: POINT}


class PrintedKind(Enum):
    """What a column holds: it decides which reading of a lone group of three is the likely one."""

    FIGURE = "figure"
    PERCENT = "percent"
    MONEY = "money"


class PrintedState(Enum):
    """What stands in a cell. A blank and a dash are not 0, and not the same."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PrintedReading:
    """One value that a text may mean. `decimal` is the sign of its notation, empty where both notations would print it so."""

    value: Decimal
    places: int = 0
    decimal: str = ""
    percent: bool = False
    remark: str = ""

    @property
    def shown(self) -> Decimal:
        """The value at the places that are printed (a workbook's cell may hold more)."""
        return round_half_up(self.value, self.places)


@dataclass(frozen=True)
class Printed:
    """A cell as it is printed, and its readings, the likely one first."""

    text: str
    state: PrintedState
    readings: tuple[PrintedReading, ...] = ()


BLANK = Printed("", PrintedState.BLANK)


def of_number(text: str, value: Decimal, places: int, percent: bool = False) -> Printed:
    """The cell of a workbook that holds a real number; `places` are those that its format shows."""
    return Printed(
        text,
        PrintedState.NUMBER,
        (PrintedReading(_bounded(value), min(places, MOST_PLACES), percent=percent),),
    )


def read_printed(text: str, kind: PrintedKind = PrintedKind.FIGURE) -> Printed:
    """What a printed text may mean; it never raises."""
    plain = " ".join(text[: LONGEST + 1].translate(PLAINER).split()).lstrip("'")
    if not plain:
        return BLANK
    if "-" in plain and not RUPIAH.sub("", plain, count=1).strip("- "):
        return Printed(text, PrintedState.DASH)
    readings = _read(plain, kind) if len(plain) <= LONGEST else ()
    return Printed(text, PrintedState.NUMBER if readings else PrintedState.UNREADABLE, readings)


def _read(plain: str, kind: PrintedKind) -> tuple[PrintedReading, ...]:
    found = FRAME.fullmatch(plain)
    if not found or (found["sign"] and found["inner"]) or (found["open"] and found["inside"]):
        return ()
    core, rest = found["core"], found["rest"]
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
    return tuple(
        _finished(reading, negative, power, tail.percent, remarks)
        for reading in readings
        if abs(power) <= MOST_DIGITS
    )


def _finished(
    reading: PrintedReading, negative: bool, power: int, percent: bool, remarks: list[str]
) -> PrintedReading:
    value = (-reading.value if negative else reading.value).scaleb(power)
    remark = "; ".join(filter(None, [*remarks, reading.remark]))
    return replace(
        reading,
        value=_bounded(value),
        places=min(max(0, reading.places - power), MOST_PLACES),
        percent=percent,
        remark=remark,
    )


def _bounded(value: Decimal) -> Decimal:
    """Without the noise that binary fractions leave far behind the point."""
    return round_half_up(value, MOST_PLACES) if decimal_places(value) > MOST_PLACES else value


@dataclass(frozen=True)
class Tail:
    percent: bool = False
    power: int = 0


def _tail(core: str, rest: str, in_brackets: bool, kind: PrintedKind) -> Tail | None:
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
    elif kind == PrintedKind.MONEY and (short := MONEY_SCALE.fullmatch(rest)):
        power, rest = MONEY_POWERS[short[1].lower()], ""
    if rest[:1] in NO_UNIT or any(char.isdigit() for char in SQUARE.sub("", rest) if char not in "¹²³"):
        return None
    return Tail(percent, power)


def _core(core: str, kind: PrintedKind) -> tuple[PrintedReading, ...]:
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


def _spaced(core: str) -> tuple[PrintedReading, ...]:
    """Thousands apart by spaces or apostrophes: 2 562 626 955,00."""
    digits = core.replace(" ", "").replace("'", "")
    decimal = next((sign for sign in (COMMA, POINT) if sign in digits), "")
    return (_decimal(digits, decimal) if decimal else PrintedReading(Decimal(digits)),)


def _separated(core: str, kind: PrintedKind) -> list[PrintedReading]:
    used = [sign for sign in (POINT, COMMA) if sign in core]
    if not used:
        return [PrintedReading(Decimal(core))]
    if len(used) == 2:
        return _both(core)
    return _lone(core, used[0], kind) if core.count(used[0]) == 1 else _repeated(core, used[0], kind)


def _both(core: str) -> list[PrintedReading]:
    """1.234,56 or 1,234.56: the sign that comes last and once is the decimal one."""
    decimal = max(POINT, COMMA, key=core.rfind)
    whole = core.partition(decimal)[0]
    if core.count(decimal) > 1 or not GROUPED[OTHER[decimal]].fullmatch(whole):
        return []
    return [_decimal(core.replace(OTHER[decimal], ""), decimal)]


def _repeated(core: str, sign: str, kind: PrintedKind) -> list[PrintedReading]:
    """2.562.626.955; rupiah also with cents behind the same sign, if those are nought: 2,562,626,955,00."""
    if GROUPED[sign].fullmatch(core):
        return [PrintedReading(Decimal(core.replace(sign, "")), decimal=OTHER[sign])]
    head, _, cents = core.rpartition(sign)
    if kind == PrintedKind.MONEY and cents == "00" and GROUPED[sign].fullmatch(head):
        return [PrintedReading(Decimal(head.replace(sign, "")), remark=f"“{core}” dibaca dengan sen 00")]
    return []


def _lone(core: str, sign: str, kind: PrintedKind) -> list[PrintedReading]:
    """One sign: a decimal one, or, before three digits, perhaps one of thousands: in rupiah always, elsewhere a dot is the likelier one."""
    decimal = _decimal(core, sign)
    if not GROUPED[sign].fullmatch(core):
        return [decimal]
    thousands = PrintedReading(Decimal(core.replace(sign, "")), decimal=OTHER[sign])
    by_thousands = replace(thousands, remark=f"“{core}” dibaca {show_plain(thousands.value)} (ribuan)")
    if kind == PrintedKind.MONEY:
        return [thousands if sign == POINT else by_thousands]
    by_decimals = replace(decimal, remark=f"“{core}” dibaca {show_plain(decimal.value)} (desimal)")
    return (
        [by_thousands, by_decimals]
        if kind == PrintedKind.FIGURE and sign == POINT
        else [by_decimals, by_thousands]
    )


def _decimal(digits: str, sign: str) -> PrintedReading:
    whole, _, fraction = digits.partition(sign)
    return PrintedReading(Decimal(f"{whole or '0'}.{fraction}"), len(fraction), sign)
