"""The rows of one table of realisasi anggaran: what was spent on which sub kegiatan and account, sums that are printed, and rows that say neither.

Nothing is added up here. A row that leaves blank what merged cells say once has it from the row above.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from measurement.rules.cell_errors import cell_error
from measurement.rules.numbers import NumberError
from measurement.rules.written_dates import read_date

from ..table_import.code_columns import CodesInColumns, following_code_columns, joined_code
from ..table_import.columns import WrongPlanCell
from .amounts import NO_MONEY, NONE_SPENT, is_word, may_be_money, read_amount
from .codes import CodeKind, ReadCode, read_code, split_cell
from .headings import ColumnRole, SpendingColumns, plain_title

TOTAL = re.compile(r"(?:sub ?|grand ?)?(?:total|jumlah)\b.*")
SECTION = re.compile(
    r"(?P<word>kelurahan|sub unit(?: kerja)?|sub skpd|sub opd)\b\s*:?\s*(?P<name>.+)", re.IGNORECASE
)
COLUMN_NUMBER = re.compile(r"\(?[0-9]{1,2}\)?(?:\s*=.*)?")
OFFICE_ITSELF = ".0000"


@dataclass(eq=False)  # a row is itself, whatever another row says
class SpendingLine:
    """One row that says what was spent, column by column; a blank cell is not in `amounts`."""

    number: int
    sheet: str = ""
    code: str = ""
    account: str = ""
    name: str = ""
    unit: str = ""
    unit_code: str = ""
    office: str = ""
    office_code: str = ""
    year: str = ""
    amounts: dict[int, Decimal] = field(default_factory=dict)
    pagu: Decimal | None = None
    day: date | None = None
    receipt: str = ""
    kind: str = ""
    note: str = ""
    is_whole: bool = False  # a row of the sub kegiatan itself, above those of its accounts

    @property
    def place(self) -> str:
        return f"baris {self.number}" + (f" ({self.sheet})" if self.sheet else "")


@dataclass
class PrintedSum:
    """A sum that the table prints: of a program or kegiatan (by its code), or a row "Jumlah"."""

    line: SpendingLine
    code: str
    after: int  # how many lines stood above it


@dataclass
class SpendingTable:
    """What one sheet says."""

    columns: SpendingColumns
    titles: list[str] = field(default_factory=list)
    lines: list[SpendingLine] = field(default_factory=list)
    sums: list[PrintedSum] = field(default_factory=list)
    unplaced: list[SpendingLine] = field(default_factory=list)
    wrong: list[WrongPlanCell] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)


class TableReader:
    """Goes through the rows of one sheet and remembers what stood above."""

    def __init__(self, rows: Sequence[Sequence], columns: SpendingColumns, sheet: str):
        self.rows, self.columns, self.sheet = rows, columns, sheet
        self.table = SpendingTable(columns, _titles(rows[: columns.top]))
        self.code = self.name = self.unit = self.unit_code = ""
        self.above = SpendingLine(0)
        self.section = "", ""
        self.office = ""
        self.is_line = False  # notes and signatures below a table hold digits, too
        found = columns.roles.get(ColumnRole.CODE)
        below = rows[columns.first :]
        self.pieces = following_code_columns(columns.headings, below, found) if found is not None else []
        self.joiner = CodesInColumns(self.pieces, below) if self.pieces[1:] else None
        self.headings = [[str(value).strip() for value in row] for row in rows[: columns.first]]

    def read(self) -> SpendingTable:
        for number, row in enumerate(self.rows[self.columns.first :], self.columns.first + 1):
            texts = [str(value).strip() for value in row]
            if any(texts) and texts not in self.headings and not _counts_columns(texts):
                self._row(number, row)
        return self.table

    def _text(self, row: Sequence, role: ColumnRole) -> str:
        column = self.columns.roles.get(role)
        return " ".join(str(row[column]).split()) if column is not None else ""

    def _row(self, number: int, row: Sequence) -> None:
        first = next(text for value in row if (text := str(value).strip()))
        read, name = self._code_of(row)
        line = SpendingLine(number, self.sheet, name=name, account=read.account)
        is_total = read.kind == CodeKind.NONE and bool(TOTAL.match(plain_title(first)))
        if section := self._section(row, read, name, first):
            self.unit, self.unit_code = section
            self.code = self.name = ""
            return
        self.is_line = (
            read.kind != CodeKind.NONE or is_total or bool(line.account or self._text(row, ColumnRole.DAY))
        )
        self._say(line, row)
        if read.office:
            line.office_code, _, last = read.office.rpartition(".")
            line.unit_code = line.unit_code or ("" if f".{last}" == OFFICE_ITSELF else read.office)
        if read.kind in (CodeKind.PROGRAM, CodeKind.KEGIATAN):
            self.code = self.name = ""
            if line.amounts and not line.account:
                self.table.sums.append(PrintedSum(line, read.code, len(self.table.lines)))
                return
        elif read.kind == CodeKind.SUB or (read.kind == CodeKind.ACCOUNT and read.code):
            self.code, self.name = read.code, name if read.kind == CodeKind.SUB else self.name
        elif read.kind == CodeKind.FIELD:
            return
        if self.columns.is_register:
            self._leave_payment(line, read, name)
        if is_total:
            self.table.sums.append(PrintedSum(line, "", len(self.table.lines)))
        elif line.amounts or line.pagu is not None or line.day:
            self._take(line, read)

    def _leave_payment(self, line: SpendingLine, read: ReadCode, name: str) -> None:
        """Another payment doesn't belong to the sub kegiatan of the one above it, unless that stands in a row of its own."""
        if read.code and read.kind == CodeKind.SUB and not (line.day or line.receipt):
            self.section = read.code, name
        elif not read.code and line.receipt and line.receipt != self.above.receipt:
            self.code, self.name = self.section

    def _take(self, line: SpendingLine, read: ReadCode) -> None:
        """A line of the sub kegiatan that its row, or a row above it, names."""
        named = self._text(self.rows[line.number - 1], ColumnRole.SUB_NAME)
        by_name = not self.columns.roles.keys() & {ColumnRole.SUB, ColumnRole.CODE}
        if by_name:
            self.name = named or line.name or self.name
        line.code = self.code
        line.name = named or (self.name if line.account else line.name) or self.name
        line.is_whole = read.kind == CodeKind.SUB and not line.account
        placed = bool(line.code or (by_name and line.name))
        told = read.kind in (CodeKind.SUB, CodeKind.ACCOUNT) or line.account or line.day or by_name
        if read.kind == CodeKind.OTHER:
            line.code, placed = read.code, True
        if placed and (told or read.kind == CodeKind.OTHER):
            self.table.lines.append(line)
            self.above = line
        elif line.amounts:
            self.table.unplaced.append(line)

    def _code_of(self, row: Sequence) -> tuple[ReadCode, str]:
        """The deepest code of a row, and the name beside it."""
        joined, named = "", self._text(row, ColumnRole.NAME)
        for role in (ColumnRole.PROGRAM, ColumnRole.KEGIATAN, ColumnRole.SUB):
            text, name = split_cell(self._text(row, role)) if role in self.columns.roles else ("", "")
            text, name = (text, name) if text else (name, "")
            joined, named = (joined_code(joined, text.rstrip(".")) if text else joined), name or named
        if not joined and self.pieces:
            joined = self._joined(row)
        if not joined:
            for role in (ColumnRole.CODE, ColumnRole.SUB_NAME, ColumnRole.NAME):
                code, name = split_cell(self._text(row, role))
                if code:
                    joined, named = code, name
                    break
        code, rest = split_cell(joined)
        read = read_code(code or joined)
        account = self._text(row, ColumnRole.ACCOUNT)
        if account and read.kind in (CodeKind.SUB, CodeKind.NONE, CodeKind.KEGIATAN, CodeKind.PROGRAM):
            found = read_code(split_cell(account)[0] or account)
            read = ReadCode(read.kind, read.code, found.account or account)
        return read, rest if code else named

    def _joined(self, row: Sequence) -> str:
        pieces = ["".join(str(row[column]).split()).rstrip(".") for column in self.pieces]
        whole = ".".join(filter(None, pieces))
        if self.joiner is None or read_code(whole).kind in (CodeKind.SUB, CodeKind.ACCOUNT, CodeKind.OFFICE):
            return " ".join(str(row[self.pieces[0]]).split()) if self.joiner is None else whole
        return self.joiner.code_of(row)

    def _section(self, row: Sequence, read: ReadCode, name: str, first: str) -> tuple[str, str] | None:
        """The sub unit that the rows below belong to."""
        if read.kind == CodeKind.OFFICE:
            if not read.code.endswith(OFFICE_ITSELF):
                return name, read.code
            self.office = name or read.code
            return "", ""
        found = SECTION.fullmatch(first)
        alone = sum(bool(str(value).strip()) for value in row) <= 2 + len(self.columns.spent)
        if (
            read.kind != CodeKind.NONE
            or not found
            or not alone
            or self.columns.roles.get(ColumnRole.UNIT) is not None
        ):
            return None
        code, told = split_cell(found["name"])
        return (f"{found['word']} {told}" if found["word"].lower() == "kelurahan" else told), code

    def _say(self, line: SpendingLine, row: Sequence) -> None:
        """What stands beside the code: money, day, receipt, sub unit. Where a payment has several rows, the first one says its day."""
        line.unit = self._text(row, ColumnRole.UNIT) or self.unit
        line.unit_code = self._text(row, ColumnRole.UNIT_CODE) or (
            "" if self._text(row, ColumnRole.UNIT) else self.unit_code
        )
        line.office = self._text(row, ColumnRole.OFFICE) or self.office
        line.year = self._text(row, ColumnRole.YEAR)
        line.receipt, line.kind = self._text(row, ColumnRole.NUMBER), self._text(row, ColumnRole.KIND)
        line.note = self._text(row, ColumnRole.NOTE) or self._text(row, ColumnRole.NAME)
        day = self._text(row, ColumnRole.DAY)
        for column in [*(spent.number for spent in self.columns.spent), self.columns.pagu]:
            if column is not None and (amount := self._money(line, column, row[column])) is not None:
                if column == self.columns.pagu:
                    line.pagu = amount
                else:
                    line.amounts[column] = amount
        if self.columns.is_register:
            self._say_day(line, day)

    def _say_day(self, line: SpendingLine, text: str) -> None:
        line.day = read_date(text) if text else None
        if text and line.day is None and line.amounts:
            sentence = (
                f"“{text[:30]}” tidak terbaca sebagai tanggal. Tulis seperti 31/03/2026 atau 31 Maret 2026."
            )
            self._refuse(line.number, self.columns.roles[ColumnRole.DAY], text, sentence)
        elif (
            not text
            and line.amounts
            and (line.account or line.receipt)
            and (not line.receipt or line.receipt == self.above.receipt)
        ):
            line.day, line.receipt = self.above.day, line.receipt or self.above.receipt
            line.kind = line.kind or self.above.kind
            line.unit, line.unit_code = line.unit or self.above.unit, line.unit_code or self.above.unit_code
        elif not text and line.amounts and line.receipt:
            sentence = "Tanggal pembayaran ini kosong, jadi tidak diketahui periodenya. Isi tanggalnya."
            self._refuse(line.number, self.columns.roles[ColumnRole.DAY], "", sentence)

    def _money(self, line: SpendingLine, column: int, value) -> Decimal | None:
        if is_word(value):
            return self._word(line, column, value.strip())
        try:
            amount, remark = read_amount(value, self.columns.scale_of(column).factor)
        except NumberError as error:
            if isinstance(value, Decimal) or self.is_line or may_be_money(str(value)):
                self._refuse(line.number, column, str(value)[:40], str(error))
            return None
        if remark:
            self.table.remarks[f"{line.place[0].upper()}{line.place[1:]}: {remark}"] = None
        return amount

    def _word(self, line: SpendingLine, column: int, word: str) -> Decimal | None:
        """A word where money is expected: never passed over in a row that is counted."""
        counts = self.is_line and column != self.columns.pagu
        if NONE_SPENT.fullmatch(word):
            self.table.remarks[f"{line.place[0].upper()}{line.place[1:]}: “{word}” dibaca Rp0."] = None
            return Decimal(0)
        if sentence := cell_error(word) or (NO_MONEY.format(word=word[:30]) if counts and word else ""):
            self._refuse(line.number, column, word[:40], sentence)
        return None

    def _refuse(self, number: int, column: int, value: str, sentence: str) -> None:
        cell = f"{get_column_letter(column + 1)}{number}"
        cell = f"{cell} ({self.sheet})" if self.sheet else cell
        self.table.wrong.append(WrongPlanCell(cell, value, sentence))


def _titles(rows: Sequence[Sequence]) -> list[str]:
    return [" ".join(" ".join(str(value).split()) for value in row if str(value).strip()) for row in rows]


def _counts_columns(texts: Sequence[str]) -> bool:
    """(1) (2) (3) … below the headings."""
    said = [text for text in texts if text]
    numbers = [text.strip("()").partition("=")[0].strip() for text in said if COLUMN_NUMBER.fullmatch(text)]
    return (
        len(said) > 3
        and len(numbers) == len(said)
        and numbers == sorted(numbers, key=int)
        and int(numbers[-1]) < 40
    )
