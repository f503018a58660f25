"""A register of payments: which of its rows were spent in the cycle's period, and which take something back. Doubts are asked."""

import re
from dataclasses import replace
from decimal import Decimal

from measurement.rules.numbers import show_money

from .columns_used import ColumnsUsed, Wanted
from .headings import plain_title
from .lines import SpendingLine
from .questions import Answers

ADVANCE = re.compile(r"\b(?:up|uang persediaan)\b")
SETTLED = re.compile(r"\bnihil\b")
BACK = re.compile(r"pengembalian|kontra|contra|\bsts\b|\bcp\b|\bsetoran\b")
COUNT, LEAVE, SUBTRACT = "hitung", "lewati", "kurangi"


def amount_of(line: SpendingLine, used: ColumnsUsed) -> Decimal | None:
    """What a row says was spent; None where its cells are blank."""
    added = [line.amounts[number] for number in used.added if number in line.amounts]
    off = [abs(line.amounts[number]) for number in used.taken_off if number in line.amounts]
    return sum(added, Decimal(0)) - sum(off, Decimal(0)) if added or off else None


def payments_of_period(
    lines: list[SpendingLine], used: ColumnsUsed, wanted: Wanted, answers: Answers
) -> tuple[list[SpendingLine], list[str]]:
    """The rows of the period, with returns below 0; and remarks on what was left out."""
    inside = [line for line in lines if line.day and wanted.reach.begin <= line.day <= wanted.reach.end]
    dated = [line for line in lines if line.day]
    remarks = _outside(dated, used, wanted)
    inside, more = without_advances(inside, used)
    inside = _settled(inside, used, answers)
    inside = _returns(inside, used, answers)
    return _once(inside, used, answers), [*remarks, *more]


def _but(lines: list[SpendingLine], left_out: list[SpendingLine]) -> list[SpendingLine]:
    gone = set(left_out)
    return [line for line in lines if line not in gone]


def _told(lines: list[SpendingLine], used: ColumnsUsed) -> str:
    return f"{len(lines)} baris ({show_money(_sum(lines, used))})"


def _sum(lines: list[SpendingLine], used: ColumnsUsed) -> Decimal:
    return sum((amount_of(line, used) or Decimal(0) for line in lines), Decimal(0))


def _outside(dated: list[SpendingLine], used: ColumnsUsed, wanted: Wanted) -> list[str]:
    earlier = [line for line in dated if line.day and line.day < wanted.reach.begin]
    later = [line for line in dated if line.day and line.day > wanted.reach.end]
    return [
        f"{_told(lines, used)} bertanggal {word} {wanted.name} dan tidak dihitung."
        for lines, word in ((earlier, "sebelum"), (later, "sesudah"))
        if lines
    ]


def without_advances(lines: list[SpendingLine], used: ColumnsUsed) -> tuple[list[SpendingLine], list[str]]:
    """Uang persediaan is no spending yet: what is spent of it comes with GU."""
    advances = [
        line
        for line in lines
        if ADVANCE.fullmatch(plain_title(line.kind)) or plain_title(line.kind) == "sp2d up"
    ]
    rest = _but(lines, advances)
    return rest, (
        [
            f"{_told(advances, used)} berjenis UP (uang persediaan), belum merupakan belanja, dan tidak dihitung."
        ]
        if advances
        else []
    )


def _settled(lines: list[SpendingLine], used: ColumnsUsed, answers: Answers) -> list[SpendingLine]:
    """GU and TU nihil tell what was spent of an advance that may be counted already."""
    found = [
        line
        for line in lines
        if SETTLED.search(plain_title(f"{line.kind} {line.note}")) and amount_of(line, used)
    ]
    if not found:
        return lines
    sentence = f"{_told(found, used)} adalah pengesahan nihil (GU/TU nihil). Apakah belanjanya belum tercantum pada baris GU/TU yang lain?"
    choices = {LEAVE: "Sudah tercantum: jangan dihitung lagi", COUNT: "Belum tercantum: ikut dihitung"}
    return lines if answers.ask("nihil", sentence, choices) == COUNT else _but(lines, found)


def _returns(lines: list[SpendingLine], used: ColumnsUsed, answers: Answers) -> list[SpendingLine]:
    """What the kind of a row says to be a return is taken off; where only its words say so, that is asked."""
    certain = [line for line in lines if BACK.search(plain_title(line.kind))]
    doubtful = [
        line
        for line in lines
        if not BACK.search(plain_title(line.kind))
        and BACK.search(plain_title(line.note))
        and (amount_of(line, used) or 0) > 0
    ]
    back = set(certain)
    if doubtful:
        sentence = f"{_told(doubtful, used)} menyebut pengembalian atau setoran pada uraiannya, tetapi nilainya tidak negatif. Bagaimana menghitungnya?"
        choices = {SUBTRACT: "Kurangkan dari realisasi", COUNT: "Tambahkan seperti pembayaran lain"}
        back |= set(doubtful) if answers.ask("kembali", sentence, choices) == SUBTRACT else set()
    return [_taken_back(line) if line in back else line for line in lines]


def _taken_back(line: SpendingLine) -> SpendingLine:
    return replace(line, amounts={number: -abs(amount) for number, amount in line.amounts.items()})


def _once(lines: list[SpendingLine], used: ColumnsUsed, answers: Answers) -> list[SpendingLine]:
    """Rows that say the same in everything, their receipt as well."""
    seen: set[tuple] = set()
    again = []
    for line in lines:
        what = (line.code, line.name, line.account, line.unit, line.note, amount_of(line, used))
        key = (line.receipt, line.day, *what)
        if line.receipt and key in seen:
            again.append(line)
        seen.add(key)
    if not again:
        return lines
    rows = ", ".join(str(line.number) for line in again[:8])
    sentence = f"{_told(again, used)} sama persis dengan baris sebelumnya, termasuk nomornya (baris {rows}). Bagaimana menghitungnya?"
    choices = {LEAVE: "Hitung sekali", COUNT: "Hitung semuanya"}
    return lines if answers.ask("ganda", sentence, choices) == COUNT else _but(lines, again)
