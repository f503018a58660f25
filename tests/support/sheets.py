"""What a person types into a worksheet, and the rows it goes into."""

from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.management.demo.pdf import small_pdf
from measurement.models import WorksheetNode, WorksheetRow
from tests.support.characters import Office, row_values

PDF = small_pdf(["Bukti"])
TEXTS = {key: value for key, value in row_values().items() if key != "realised"}


def rows_of(owner) -> list[WorksheetRow]:
    return list(WorksheetRow.objects.filter(owner=owner).order_by("position"))


def first_row(office: Office) -> WorksheetRow:
    return rows_of(office.asn)[0]


def complete(row: WorksheetRow, realised: str = "3") -> dict:
    """What a person types into one row to make it complete."""
    return {f"realised-{row.pk}": realised} | {f"{name}-{row.pk}": text for name, text in TEXTS.items()}


def upload(name: str = "bukti.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def money_node(office: Office) -> WorksheetNode:
    return office.cycle.nodes.get(level="sub_kegiatan")
