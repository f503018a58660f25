"""A file of realisasi anggaran: its tables read, its doubts asked, and what it says of each sub kegiatan.

What is read: a laporan realisasi anggaran by sub kegiatan or account, a laporan realisasi belanja with columns of periods, and a register of SP2D.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from measurement.models import Unit
from measurement.rules.numbers import show_money
from measurement.rules.refusals import BadFile
from measurement.spreadsheets.reading import read_rows

from ..table_import.columns import WrongPlanCell
from ..table_import.offices import names_of_unit
from .codes import split_cell
from .columns_used import TO_DATE, ColumnsUsed, Wanted, columns_used
from .headings import ColumnRole
from .lines import SpendingLine, SpendingTable, TableReader
from .payments import amount_of, payments_of_period, without_advances
from .questions import Answers, SpendingQuestion
from .repeated import once_each
from .sheets import SpendingSheet, sheet_readers, sheets_used
from .summing import SpentOn, add_own_pagu, add_up, check_printed_sums, leaves, spent_on

OFFICE = re.compile(
    r"(?:skpd|opd|perangkat daerah|unit organisasi|organisasi|satuan kerja)\s*:?\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
SUB_UNIT = re.compile(
    r"(?:sub unit(?: organisasi| kerja)?|sub skpd|sub opd|kelurahan)\s*:\s*(?P<name>\S.*)", re.IGNORECASE
)
NO_SUB_KEGIATAN = "“{name}” tidak memuat kode atau nama sub kegiatan pada baris-barisnya, jadi realisasinya tidak dapat dibagi. Unduh laporan per sub kegiatan."
MOST_REMARKS = 60
ZERO = Decimal(0)


@dataclass
class Spending:
    """What a file says. `spent` is empty as long as a question is open that decides what counts."""

    kind: str = ""
    is_to_date: bool = False
    spent: list[SpentOn] = field(default_factory=list)
    wrong: list[WrongPlanCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    questions: list[SpendingQuestion] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        return not self.wrong and not any(question.is_open for question in self.questions)


def read_spending(upload: UploadedFile, wanted: Wanted, unit: Unit, given: Mapping[str, str]) -> Spending:
    """BadFile with a sentence for a file that holds nothing of the period."""
    answers = Answers(given)
    found = Spending(questions=answers.questions)
    sheets = read_rows(upload, sheet_readers(wanted.year))
    used_sheets = sheets_used(sheets, answers)
    for sheet in used_sheets:
        _read_sheet(sheet, wanted, unit, answers, found)
    if len(used_sheets) == 1 and len(sheets) > 1:
        found.remarks.insert(0, f"Yang dibaca lembar “{used_sheets[0].title}”.")
    if used_sheets and not found.spent and not found.wrong and answers.are_complete:
        raise BadFile(NO_SUB_KEGIATAN.format(name=upload.name))
    found.spent = _merged(found.spent)
    found.remarks = list(dict.fromkeys(found.remarks))[:MOST_REMARKS]
    return found


def _merged(spent: list[SpentOn]) -> list[SpentOn]:
    """One entry per sub kegiatan and sub unit, where several sheets speak of it."""
    first: dict[tuple, SpentOn] = {}
    for item in spent:
        kept = first.setdefault((item.code or item.name, item.unit_code or item.unit), item)
        if kept is not item:
            kept.amount = item.amount if kept.amount is None else kept.amount + (item.amount or 0)
            kept.rows += item.rows
    return list(first.values())


def _read_sheet(sheet: SpendingSheet, wanted: Wanted, unit: Unit, answers: Answers, found: Spending) -> None:
    table = TableReader(sheet.rows, sheet.columns, sheet.title).read()
    found.remarks += [*sheet.remarks, *table.remarks, *_scales(sheet)]
    used = columns_used(sheet.columns, table.titles, wanted, answers)
    found.kind = "register SP2D" if sheet.columns.is_register else "laporan realisasi anggaran"
    found.wrong += table.wrong
    lines, remarks = _of_office(table, wanted, unit, answers)
    found.remarks += remarks
    if used is None or table.wrong:
        return
    found.is_to_date = used.basis == TO_DATE
    if sheet.columns.is_register:
        day = sheet.columns.headings[sheet.columns.roles[ColumnRole.DAY]]
        found.remarks.append(f"Periode tiap baris menurut kolom “{day}”.")
        found.remarks += check_printed_sums(table, lines, used)
        counted, remarks = payments_of_period(lines, used, wanted, answers)
        more = []
        found.spent += _paid_in_other_periods(lines, counted)
    else:
        lines = once_each(lines, used, answers)
        counted, remarks = leaves(lines, used)
        more = check_printed_sums(table, counted, used)
    found.remarks += [*remarks, *more]
    found.remarks += _ask_unplaced(table, used, answers)
    spent = add_up(counted, used)
    add_own_pagu(spent, lines)
    found.spent += spent


def _paid_in_other_periods(lines: list[SpendingLine], counted: list[SpendingLine]) -> list[SpentOn]:
    """A sub kegiatan that is paid in other periods only was spent on, and nothing of it in this one."""
    paid = {spent_on(line) for line in counted}
    return [
        SpentOn(line.code, line.name, line.unit, line.unit_code, ZERO)
        for line in lines
        if line.day and spent_on(line) not in paid
    ]


def _scales(sheet: SpendingSheet) -> list[str]:
    return [scale.remark for scale in sheet.columns.scales.values()]


def _ask_unplaced(table: SpendingTable, used: ColumnsUsed, answers: Answers) -> list[str]:
    """Ask about money without a sub kegiatan; remarks on what needs none."""
    found, remarks = without_advances([line for line in table.unplaced if amount_of(line, used)], used)
    if not found:
        return remarks
    told = show_money(sum((amount_of(line, used) or ZERO for line in found), ZERO))
    rows = ", ".join(str(line.number) for line in found[:8]) + (", …" if len(found) > 8 else "")
    answers.ask(
        "tanpa-kode",
        f"{len(found)} baris berisi uang (seluruhnya {told}) tetapi tidak menyebut sub kegiatan: baris {rows}. Baris itu tidak dapat dihitung.",
        {"lanjut": "Lanjutkan tanpa baris itu"},
    )
    return remarks


def _of_office(
    table: SpendingTable, wanted: Wanted, unit: Unit, answers: Answers
) -> tuple[list[SpendingLine], list[str]]:
    """The rows of this office and year; another office's are left out, and a name that is not ours is asked."""
    lines, remarks = table.lines, []
    told = [line for line in lines if line.year.isdecimal() and line.year != str(wanted.year)]
    if told:
        remarks.append(
            f"{len(told)} baris tahun {', '.join(sorted({line.year for line in told}))} tidak dihitung."
        )
        lines = [line for line in lines if not line.year.isdecimal() or line.year == str(wanted.year)]
    named = {line.office for line in lines if line.office}
    foreign = named - names_of_unit(named, unit)
    if foreign and named - foreign:
        left = [line for line in lines if line.office in foreign]
        remarks.append(f"{len(left)} baris milik {', '.join(sorted(foreign)[:4])} tidak dihitung.")
        lines = [line for line in lines if line.office not in foreign]
    lines = _of_one_code(lines, answers)
    titled = [match["name"] for title in table.titles if (match := OFFICE.fullmatch(title))]
    others = (
        sorted(foreign)
        if foreign and not named - foreign
        else [name for name in titled if not names_of_unit([name], unit)]
    )
    if others:
        sentence = f"Berkas ini menyebut perangkat daerah “{others[0][:80]}”, bukan “{unit.name}”. Apakah itu perangkat daerah ini?"
        answers.ask("perangkat-daerah", sentence, {"ya": f"Ya, itu {unit.name}"})
    _name_sub_unit(table, lines)
    return lines, remarks


def _of_one_code(lines: list[SpendingLine], answers: Answers) -> list[SpendingLine]:
    """Where codes begin with those of several perangkat daerah, the person says which one is theirs."""
    codes = sorted({line.office_code for line in lines if line.office_code})
    if len(codes) < 2:
        return lines
    sentence = f"Berkas ini memuat {len(codes)} perangkat daerah menurut kodenya. Kode mana yang milik perangkat daerah ini?"
    answer = answers.ask("kode-perangkat-daerah", sentence, {code: code for code in codes[:40]})
    return [line for line in lines if line.office_code in ("", answer)]


def _name_sub_unit(table: SpendingTable, lines: list[SpendingLine]) -> None:
    """A sub unit that the titles name owns the rows that name none."""
    found = next((match["name"] for title in table.titles if (match := SUB_UNIT.fullmatch(title))), "")
    code, name = split_cell(found)
    for line in lines if found and not code.endswith(".0000") else ():
        if not line.unit:
            line.unit, line.unit_code = name, code
