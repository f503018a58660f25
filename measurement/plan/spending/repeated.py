"""Rows of a report that speak of the same thing twice: a sub kegiatan in several rows of its own, or an account in rows that are the same in everything."""

from collections import defaultdict

from measurement.rules.numbers import show_money

from .columns_used import ColumnsUsed
from .lines import SpendingLine
from .payments import amount_of
from .questions import Answers
from .summing import spent_on

ADD, ONCE = "jumlahkan", "sekali"
MOST_NAMED = 8


def once_each(lines: list[SpendingLine], used: ColumnsUsed, answers: Answers) -> list[SpendingLine]:
    """Perhaps they stand for several sources of money, perhaps they are printed twice: nobody can tell but the person who has the file."""
    again = _own_rows_again(lines, used) + _same_accounts(lines, used)
    if not again:
        return lines
    rows = ", ".join(str(line.number) for line in again[:MOST_NAMED]) + (
        ", …" if len(again) > MOST_NAMED else ""
    )
    first = again[0]
    sentence = (
        f"{len(again)} baris mengulang sub kegiatan atau rekening yang sudah ada di atasnya (baris {rows}; yang pertama {first.code or first.name} "
        f"{show_money(amount_of(first, used))}). Bagaimana menghitungnya?"
    )
    choices = {
        ADD: "Jumlahkan: barisnya berbeda sumber dana, paket, atau rincian",
        ONCE: "Hitung sekali: barisnya tercetak dua kali",
    }
    answer = answers.ask("berulang", sentence, choices)
    gone = set(again) if answer == ONCE else set()
    return [line for line in lines if line not in gone]


def _own_rows_again(lines: list[SpendingLine], used: ColumnsUsed) -> list[SpendingLine]:
    """Rows of one sub kegiatan that name no account, where none of its rows does."""
    groups: dict[tuple[str, str], list[SpendingLine]] = defaultdict(list)
    for line in lines:
        groups[spent_on(line)].append(line)
    return [
        line
        for group in groups.values()
        if not any(line.account for line in group)
        for line in [line for line in group if amount_of(line, used)][1:]
    ]


def _same_accounts(lines: list[SpendingLine], used: ColumnsUsed) -> list[SpendingLine]:
    seen: set[tuple] = set()
    again = []
    for line in lines:
        key = (*spent_on(line), line.account, line.note, line.pagu, amount_of(line, used))
        if line.account and amount_of(line, used) and key in seen:
            again.append(line)
        seen.add(key)
    return again
