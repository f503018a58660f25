"""Files of people as an office has them, and what the administrator does with them."""

import io
from datetime import date

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.support.pages import form_of, logged_in

HEADINGS = ("No", "Nama", "NIP", "Pangkat/Gol", "Jabatan", "Peran", "TMT", "E-mail")
ROWS = (
    (1, "ASN Contoh 11, S.E.", "19850115 201001 1 003", "III/d", "Kepala Seksi Contoh", "Ketua Tim SAKIP", date(2024, 1, 2), "contoh11@example.org"),
    (2, "ASN Contoh 12", "199203142024211002", "IX", "Pengelola Data", "", "1 Maret 2024", ""),
    (3, "ASN Contoh 13", "", "", "Tenaga Administrasi", "ASN, Administrator", "02-01-2025", ""),
)  # fmt: skip


ONE = ROWS[0]
NUMBER = "198501152010011003"


def people_file(*rows, headings=HEADINGS) -> SimpleUploadedFile:
    """An xlsx with a title above the headings."""
    book = openpyxl.Workbook()
    for row in (["DAFTAR PEGAWAI"], [], headings, *rows):
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("pegawai.xlsx", file.getvalue())


def preview_of(client, file: SimpleUploadedFile):
    return client.post(reverse("people_import"), {"action": "preview", "file": file})


def applied(client, response):
    """What was shown, applied; the page that follows."""
    values = form_of(response) | {"action": "apply", "seen": response.context["preview"].digest}
    return client.post(reverse("people_import"), values, follow=True)


def imported(office, *rows, headings=HEADINGS):
    """The file through the page, looked at and applied."""
    client = logged_in(office.administrator)
    response = preview_of(client, people_file(*rows, headings=headings))
    preview = response.context["preview"]
    assert not preview.wrong, preview.wrong
    assert not preview.questions
    return applied(client, response)


def changed(**cells) -> tuple:
    """The first row with other cells, by heading."""
    return tuple(
        cells.get(heading.lower().replace("/", "_").replace("-", "_"), value)
        for heading, value in zip(HEADINGS, ONE, strict=True)
    )


def wrong_cells(made, *rows, headings=HEADINGS) -> list[tuple[str, str]]:
    response = preview_of(logged_in(made.administrator), people_file(*rows, headings=headings))
    return [(cell.cell, cell.sentence) for cell in response.context["preview"].wrong]
