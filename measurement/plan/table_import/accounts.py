"""Rows per account: SIPD prints a sub kegiatan once per rekening, source of money or package; its pagu is their sum.

Accounts that have others below them are sums themselves, and so is a row of the sub kegiatan that names no account: they are held against the
deepest ones and never counted twice.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from measurement.models import Level
from measurement.rules.accumulations import total
from measurement.rules.numbers import show_money

from .columns import PlanLayout, WrongPlanCell, plain_heading
from .lines import PlanLine, PlanReading
from .sub_units import spelled_sub_unit

ACCOUNT = re.compile(r"(?:kode|nama|uraian|nomor|no)?_?(?:rekening|akun|sumber_dana|paket|objek)(?:_.*)?")
MONEY = ("pagu", "kas1", "kas2", "kas3", "kas4")
CODE_OF_ACCOUNT = re.compile(r"(?:(?:kode|nomor|no)_(?:rekening|akun)(?:_.*)?|rekening_kode|akun_kode)")


def names_account(headings: Iterable[str]) -> bool:
    """Whether a table says to which account each of its rows belongs."""
    return any(ACCOUNT.fullmatch(plain_heading(heading)) for heading in headings)


def account_column(headings: Sequence[str]) -> int | None:
    """The column of the accounts' codes."""
    found = (number for number, text in enumerate(headings) if CODE_OF_ACCOUNT.fullmatch(plain_heading(text)))
    return next(found, None)


def sum_accounts(reading: PlanReading, layout: PlanLayout) -> tuple[list[WrongPlanCell], list[str]]:
    """Keep one line per sub kegiatan with the sum of its rows; cells whose printed sum is another, and a remark where there was anything to sum."""
    if not layout.by_account:
        return [], []
    groups: dict[tuple, list[PlanLine]] = defaultdict(list)
    for line in reading.lines:
        key = (line.level, line.code, line.sub_unit_code, spelled_sub_unit(line.sub_unit), line.indicator)
        groups[key].append(line)
    wrong = [cell for lines in groups.values() for cell in _sum_group(lines, layout)]
    rows, subs = _sub_kegiatan(reading.lines), sum(key[0] == Level.SUB_KEGIATAN for key in groups)
    reading.lines = [lines[0] for lines in groups.values()]
    said = f"{rows} baris per rekening dijumlahkan menjadi {subs} sub kegiatan."
    return wrong, [said] if rows > subs else []


def _sub_kegiatan(lines: Iterable[PlanLine]) -> int:
    return sum(line.level == Level.SUB_KEGIATAN for line in lines)


def _sum_group(lines: list[PlanLine], layout: PlanLayout) -> Iterator[WrongPlanCell]:
    """The first line takes the sums of all years: pagu, and anggaran kas by quarter."""
    for year in layout.years:
        for kind in MONEY:
            rows = [(line.account, line.figure(kind, year)) for line in lines]
            amount, unequal = sum_of_accounts(rows)
            if unequal:
                own = next(line for line in lines if not line.account)
                yield WrongPlanCell(layout.cell(f"{kind}_{year}", own.number, own.level), "", unequal)
            if amount is not None:
                setattr(lines[0], f"{kind}_{year}", amount)


def sum_of_accounts(rows: Sequence[tuple[str, Decimal | None]]) -> tuple[Decimal | None, str]:
    """The sum of a branch's deepest accounts, "" being its own rows; and the sentence that says where those print another one."""
    accounts = {account for account, _ in rows if account}
    deepest = [
        amount
        for account, amount in rows
        if account and not any(other.startswith(f"{account}.") for other in accounts)
    ]
    summed, printed = total(deepest), total(amount for account, amount in rows if not account)
    if summed is None or printed is None or summed == printed:
        return (printed if summed is None else summed), ""
    told = f"Tertulis {show_money(printed)}, jumlah rekeningnya {show_money(summed)}. Perbaiki salah satunya."
    return summed, told
