"""Small files of realisasi anggaran as SIPD and offices print them, and what is read of them."""

import io
from decimal import Decimal

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.doors.measuring import SheetChange
from measurement.doors.money_import import MoneySource, import_money
from measurement.models import MeasurementCycle, MoneyFile, Unit
from measurement.plan.spending import Spending, Wanted, read_spending
from measurement.rules.periods import Frequency, Period
from tests.support.characters import Office

YEAR = 2026
SUB, OTHER = "7.01.02.2.01.0001", "7.01.02.2.01.0002"
UNIT = Unit(name="Kecamatan Contoh", short_name="Contoh")


def book(*sheets: list[list], merged: tuple[str, ...] = (), titles: tuple[str, ...] = ()) -> bytes:
    """A workbook of these sheets; `merged` ranges are those of the first one."""
    made = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = made.active if number == 0 else made.create_sheet()
        sheet.title = titles[number] if titles else f"Sheet{number + 1}"
        for row in rows:
            sheet.append(row)
    for area in merged:
        made.worksheets[0].merge_cells(area)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def upload(content: bytes, name: str = "lra.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def spending_of(content: bytes, quarter: int = 1, name: str = "lra.xlsx", **answers: str) -> Spending:
    """What is read of a file for a quarter; answers by key with _ for -."""
    wanted = Wanted(YEAR, Period(Frequency.QUARTERLY, quarter))
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    return read_spending(upload(content, name), wanted, UNIT, given)


def taken_over(office: Office, cycle: MeasurementCycle) -> MoneyFile:
    """A file that Tim SAKIP applied to a cycle at step 5."""
    node = cycle.nodes.get(level="sub_kegiatan")
    source = MoneySource(upload(b"Kode;Realisasi", "lra.csv"), "laporan realisasi anggaran")
    return import_money(
        cycle.pk, office.tim, [SheetChange(node.pk, node.version, {"spent": Decimal(1)})], source
    )


def amounts(spending: Spending) -> dict[str, Decimal | None]:
    """Code, or name, with its sub unit → amount."""
    return {f"{item.code or item.name} {item.unit}".strip(): item.amount for item in spending.spent}


def asked(spending: Spending) -> set[str]:
    return {question.key for question in spending.questions if question.is_open}
