"""Rows per account in a planning document (DPA): they are the money of the sub kegiatan above them, never branches of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from measurement.models import DocumentLine

from .table_import.accounts import sum_of_accounts
from .table_import.columns import WrongPlanCell, plain_heading
from .table_import.layout_rows import ACCOUNT, COMPOSITE, SHORT_ACCOUNT
from .table_import.nomenclature import full_code

if TYPE_CHECKING:
    from .planning_documents import DocumentReading

TOTAL = re.compile(
    r"(?:grand_|sub_?)?(?:total|jumlah)(?:_(?:belanja|anggaran|pagu|keseluruhan|seluruhnya|program|kegiatan))*"
)
PARTS_OF_SUB_KEGIATAN = 6


@dataclass(frozen=True)
class AccountRow:
    """The sub kegiatan that an account belongs to, and the account."""

    code: str
    name: str
    account: str


def is_total(row: Sequence) -> bool:
    """A row Jumlah, whatever column the word stands in; not one of an indicator that is called so, for that has words behind it."""
    texts = [plain_heading(value) for value in row if isinstance(value, str) and value.strip()]
    return (
        bool(texts)
        and bool(TOTAL.fullmatch(texts[0]))
        and len(texts) <= 1 + sum(text[:2] == "rp" or text[:1].isdigit() for text in texts)
    )


def account_of(code: str, above: DocumentLine) -> AccountRow | None:
    """5.1.02.… below a sub kegiatan, or behind its code in the same cell."""
    plain = code.replace(" ", "").rstrip(".")
    if composite := COMPOSITE.fullmatch(plain):
        sub = full_code(composite["code"])
        return AccountRow(sub, above.name if above.code == sub else "", composite["account"])
    below = len(above.code.split(".")) == PARTS_OF_SUB_KEGIATAN
    if ACCOUNT.fullmatch(plain) or (below and SHORT_ACCOUNT.fullmatch(plain)):
        return AccountRow(above.code if below else "", above.name if below else "", plain)
    return None


def add_up_accounts(reading: "DocumentReading") -> None:
    """One line per sub kegiatan with the sum of its accounts; a printed sum that is another one is a wrong cell."""
    groups: dict[str, list[DocumentLine]] = {}
    for line in reading.lines:
        if line.account:
            groups.setdefault(line.code, [])
    own = [line for line in reading.lines if not line.account]
    counted = len(reading.lines) - len(own)
    for line in reading.lines:
        if line.code in groups and (line.account or not line.indicator or line.pagu is not None):
            groups[line.code].append(line)
    for code, lines in groups.items():
        rows = [(line.account, line.pagu) for line in lines]
        summed, unequal = sum_of_accounts(rows)
        kept = next((line for line in lines if not line.account), lines[0])
        if unequal:
            reading.wrong.append(WrongPlanCell(f"baris {kept.number}", code, unequal))
        if code and kept.account:
            kept.account = ""
            own.append(kept)
        kept.pagu = summed
    reading.lines = sorted(own, key=lambda line: line.number)
    if counted > len(groups):
        reading.remarks.append(f"{counted} baris per rekening dijumlahkan pada sub kegiatannya.")
