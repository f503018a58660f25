"""Workbooks as people hand them back: opened, changed by heading, saved by openpyxl or by LibreOffice."""

import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

from measurement.spreadsheets.worksheet_columns import KEY_HEADING
from tests.support.pages import form_of, logged_in, words
from tests.support.sheets import upload

OFFICE = shutil.which("soffice")


class Workbook:
    """A downloaded workbook in a person's hands."""

    def __init__(self, content: bytes):
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def sheet(self, heading: str) -> Worksheet:
        """The sheet that has this heading."""
        return next(
            sheet
            for sheet in self.book
            if any(heading == cell.value for row in sheet.iter_rows() for cell in row)
        )

    def place(self, heading: str) -> tuple[Worksheet, int, int]:
        """Sheet, line of the header, and column of a heading."""
        sheet = self.sheet(heading)
        header = next(
            row[0].row for row in sheet.iter_rows() if any(cell.value == KEY_HEADING for cell in row)
        )
        return sheet, header, next(cell.column for cell in sheet[header] if cell.value == heading)

    def cell(self, heading: str, line: int = 1):
        """The cell of a column on the first, second … line below the header."""
        sheet, header, column = self.place(heading)
        return sheet.cell(header + line, column)

    def key(self, line: int = 1):
        """The key of a line of indicators."""
        sheet, header, _ = self.place("Realisasi")
        column = next(cell.column for cell in sheet[header] if cell.value == KEY_HEADING)
        return sheet.cell(header + line, column)

    def saved(self) -> bytes:
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def through_libreoffice(content: bytes, folder) -> bytes:
    """The same workbook, opened and saved by LibreOffice. Skips where there is none."""
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed: the round trip through it was NOT tested")
    source, target = folder / "isian.xlsx", folder / "keluar"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profil'}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(target),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (target / "isian.xlsx").read_bytes()


def as_others_write_it(content: bytes) -> bytes:
    """The same workbook with what other programs do differently: shared strings instead of inline ones, no styles, a wrong dimension."""
    shared: list[str] = []

    def share(found: re.Match) -> str:
        shared.append(found[2])
        return f'<c r="{found[1]}" s="0" t="s"><v>{len(shared) - 1}</v></c>'

    source, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    parts = {name: source.read(name).decode() for name in source.namelist()}
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            text = re.sub(
                r'<c r="([A-Z]+[0-9]+)"[^>]* t="inlineStr"><is>(.*?)</is></c>',
                share,
                parts[name],
                flags=re.DOTALL,
            )
            parts[name] = re.sub(
                r'<dimension ref="[^"]*"', '<dimension ref="A1:A1"', re.sub(r' s="[0-9]+"', "", text)
            )
    items = "".join(f"<si>{text}</si>" for text in shared)
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", override)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    assert shared
    return file.getvalue()


def download(office, who=None, query: str = "") -> Workbook:
    response = logged_in(who or office.asn).get(reverse("worksheet_form", args=[office.cycle.pk]) + query)
    assert response.status_code == 200
    return Workbook(response.content)


def changed(office) -> Workbook:
    """The downloaded workbook with one new realisasi on its second line."""
    book = download(office)
    book.cell("Realisasi", 2).value = 7
    return book


def preview(client, page: str, content: bytes):
    return client.post(page, {"file": upload("isian.xlsx", content), "action": "preview"})


def comparison(client, page: str, content: bytes):
    response = preview(client, page, content)
    assert response.status_code == 200, words(response)
    return response.context["comparison"]


def apply(client, page: str, content: bytes, **values):
    """Look at the file, then apply what the page shows."""
    return client.post(
        page, {"seen": form_of(preview(client, page, content))["seen"], "action": "apply"} | values
    )


def labels(found) -> list[str]:
    return [cell.label for line in found.lines for cell in line.cells]
