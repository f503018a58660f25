"""Rows per account: SIPD prints a sub kegiatan once per rekening, source of money or package; its pagu is their sum."""

import re
from collections.abc import Iterable

from measurement.models import Level

from .columns import PlanLayout, plain_heading
from .lines import PlanLine, PlanReading
from .sub_units import spelled_sub_unit

ACCOUNT = re.compile(r"(?:kode|nama|uraian|nomor|no)?_?(?:rekening|akun|sumber_dana|paket|objek)(?:_.*)?")


def names_account(headings: Iterable[str]) -> bool:
    """Whether a table says to which account each of its rows belongs."""
    return any(ACCOUNT.fullmatch(plain_heading(heading)) for heading in headings)


def sum_accounts(reading: PlanReading, layout: PlanLayout) -> list[str]:
    """Keep one line per sub kegiatan with the sum of its rows; a remark where there was anything to sum."""
    if not layout.by_account:
        return []
    first: dict[tuple, PlanLine] = {}
    for line in reading.lines:
        key = (line.level, line.code, line.sub_unit_code, spelled_sub_unit(line.sub_unit), line.indicator)
        kept = first.setdefault(key, line)
        if kept is not line:
            _add(kept, line, layout.years)
    rows, subs = _sub_kegiatan(reading.lines), _sub_kegiatan(first.values())
    reading.lines = list(first.values())
    return [f"{rows} baris per rekening dijumlahkan menjadi {subs} sub kegiatan."] if rows > subs else []


def _sub_kegiatan(lines: Iterable[PlanLine]) -> int:
    return sum(line.level == Level.SUB_KEGIATAN for line in lines)


def _add(kept: PlanLine, line: PlanLine, years: list[int]) -> None:
    for year in years:
        amount, more = kept.figure("pagu", year), line.figure("pagu", year)
        if more is not None:
            setattr(kept, f"pagu_{year}", more + (amount or 0))
