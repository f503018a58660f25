"""What was probably meant by a text that can't be taken as it is: the text to write instead → the words on its button.

Every correction has been through the rule that refused the text, so that a button never leads to the next refusal. Pure.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from .numbers import (
    MAX_DECIMALS,
    AmbiguousNumber,
    NumberError,
    round_half_up,
    show_money,
    show_plain,
    show_rupiah,
)
from .units import LIKE_A_NUMBER
from .written import NumberKind, plain_text, read_number

Corrections = dict[str, str]
Parse = Callable[[str], Decimal | None]

MOST = 3  # buttons beside one field
LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
NUMBERS = re.compile(r"-?[0-9][0-9.,]*")
REPEATED = re.compile(r"([.,])\1+")
A_THOUSAND = 1000


def confirmed(asked: AmbiguousNumber) -> Corrections:
    """The readings of what must be confirmed; a single one is said yes to."""
    if len(asked.choices) > 1:
        return asked.choices
    return {text: f"Ya, {words}" for text, words in asked.choices.items()}


def number_corrections(text: str, parse: Parse, may_be_negative: bool = True) -> Corrections:
    """For a text that is no number, or that may not be negative."""
    found: Corrections = {}
    for candidate in _candidates(plain_text(text)):
        found |= _taken(candidate if may_be_negative else candidate.lstrip("-"), parse)
    found.pop(text.strip(), None)
    return dict(list(found.items())[:MOST])


def _candidates(text: str) -> Iterator[str]:
    """Rounded, without doubled signs, with digits for letters that look like them, or only the numbers that stand in it."""
    yield text
    readings = read_number(text, NumberKind.FIGURE)
    if readings and readings[0].places > MAX_DECIMALS:
        yield show_plain(round_half_up(readings[0].value))
    written = text.translate(LETTERS) if LIKE_A_NUMBER.fullmatch(text) else text
    numbers = [REPEATED.sub(r"\1", number).strip(".,") for number in NUMBERS.findall(written)]
    if len(numbers) == 1:
        yield numbers[0]
    elif len(numbers) == 2:
        yield from (number.lstrip("-") for number in numbers)


def _taken(candidate: str, parse: Parse) -> Corrections:
    """The candidate, or what it may mean, if it would be taken."""
    try:
        value = parse(candidate)
    except AmbiguousNumber as asked:
        return {text: f"Pakai {words}" for text, words in asked.choices.items()}
    except NumberError:
        return {}
    return {} if value is None else {show_plain(value): f"Pakai {show_plain(value)}"}


def money_corrections(text: str, parse: Parse) -> Corrections:
    """For a text that is no amount of whole rupiah."""
    found: Corrections = {}
    readings = read_number(text, NumberKind.MONEY)
    whole = [show_rupiah(round_half_up(readings[0].value, 0))] if readings else []
    for candidate in (*whole, *_candidates(plain_text(text))):
        try:
            value = parse(candidate.lstrip("-"))
        except NumberError:
            continue
        if value is not None:
            found[show_rupiah(value)] = f"Pakai {show_money(value)}"
    return dict(list(found.items())[:MOST])


def overspent_corrections(spent: Decimal, before: Decimal, pagu: Decimal) -> Corrections:
    """For an amount that goes beyond the pagu: what was typed to date instead of for the period, or with a thousand too many."""
    since = spent - before
    likely = {}
    if before and since >= 0 and before + since <= pagu:
        likely[show_rupiah(since)] = f"{show_money(since)}, bila yang diketik sejak awal tahun"
    if not spent % A_THOUSAND and before + spent / A_THOUSAND <= pagu:
        fewer = spent / A_THOUSAND
        likely[show_rupiah(fewer)] = f"{show_money(fewer)}, bila kelebihan tiga nol"
    return likely
