"""Reading an uploaded table: what csv and xlsx are taken, and what hostile ones are refused."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.files import office
from measurement.plan.table_import import template_workbook
from measurement.rules.refusals import BadFile
from measurement.spreadsheets import reading
from measurement.spreadsheets.sheet_parser import SheetParser
from tests.support.workbooks import as_others_write_it


def table(text: str | bytes, name: str = "rencana.csv"):
    return reading.read_table(SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text))


def as_xlsx(rows: list[list]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_csv_of_every_make_is_read(delimiter, encoding):
    dataset = table(f"kode{delimiter}nama\n1{delimiter}Ketertiban é\n".encode(encoding))

    assert (dataset.headers, dataset[0]) == (["kode", "nama"], ("1", "Ketertiban é"))


def test_unicode_text_of_excel_is_read():
    dataset = table("kode\tnama\n1\tKetertiban, é\n".encode("utf-16"))

    assert (dataset.headers, dataset[0]) == (["kode", "nama"], ("1", "Ketertiban, é"))


def test_percent_formatted_cell_is_read_as_it_is_shown():
    book = openpyxl.Workbook()
    book.active.append(["kode", "target_2026"])
    book.active.append(["7.01", 0.955])
    book.active["B2"].number_format = "0.0%"
    file = io.BytesIO()
    book.save(file)

    assert table(file.getvalue(), "a.xlsx")[0] == ("7.01", Decimal("95.5"))


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        (95, '0"%"', "95"),
        (95, "0\\%", "95"),
        (0.95, "0%", "95"),
        (95.5, '0.0" %"', "95.5"),
        (12, '0" Laporan"', "12"),
    ],
)
def test_a_percent_sign_that_is_only_printed_does_not_multiply(value, number_format, read):
    book = openpyxl.Workbook()
    book.active.append(["kode", "target_2026"])
    book.active.append(["7.01", value])
    book.active["B2"].number_format = number_format

    assert table(saved(book), "a.xlsx")[0] == ("7.01", Decimal(read))


def test_hidden_rows_and_columns_are_read_and_said():
    book = openpyxl.Workbook()
    for row in (["kode", "nama", "a", "b"], *([str(n), "x", 1, 2] for n in range(5))):
        book.active.append(row)
    for row in (3, 4, 6):
        book.active.row_dimensions[row].hidden = True
    book.active.column_dimensions["C"].hidden = True

    found = table(saved(book), "a.xlsx")

    assert len(found) == 5
    assert found.remarks == (
        "Baris yang tersembunyi ikut dibaca: 3–4, 6.",
        "Kolom yang tersembunyi ikut dibaca: C.",
    )


def test_of_several_sheets_the_one_with_the_headings_is_read():
    book = openpyxl.Workbook()
    book.active.append(["Petunjuk"])
    book.active.append(["Isi lembar berikutnya."])
    book.create_sheet("Data 2026").append(["kode", "nama"])
    book["Data 2026"].append(["7.01", "x"])
    upload = SimpleUploadedFile("a.xlsx", saved(book))

    found = reading.read_table(upload, lambda rows: sum("kode" in row for row in rows))

    assert (found.headers, found.remarks) == (["kode", "nama"], ("Yang dibaca lembar “Data 2026”.",))


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rencana.exe", b"MZ\x90\x00"),
        ("rencana.xlsx", b"MZ\x90\x00" * 10),
        ("rencana.csv", b"MZ\x90\x00\x03" * 10),
        ("rencana.xlsx", b"PK\x03\x04not a zip"),
        ("rencana.csv", b""),
        ("rencana.csv", b"kode,nama\n"),
    ],
)
def test_what_is_no_table_is_refused(name, content):
    with pytest.raises(BadFile):
        table(content, name)


def test_formula_without_a_result_is_refused_with_its_cell():
    with pytest.raises(BadFile, match="Sel B2 berisi rumus tanpa hasil. Buka di Excel"):
        table(as_xlsx([["kode", "target_2026"], ["7.01", "=10+2"]]), "rencana.xlsx")


def test_formula_that_gave_an_empty_text_is_a_blank():
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><f>1+2</f><v>3</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>'

    found = table(
        zipped("xl/worksheets/sheet1.xml", start + rows + b"</sheetData></worksheet>"), "rencana.xlsx"
    )

    assert found[0] == (Decimal(3), "")


def test_a_sheet_is_parsed_once_whatever_is_asked_of_it(monkeypatch):
    book, parsed, parse = openpyxl.Workbook(), [], SheetParser.parse
    book.active.append(["kode", "=1+1"])
    book.create_sheet("Data").append(["kode", "nama"])
    book["Data"].append(["1", "x"])
    upload = SimpleUploadedFile("rencana.xlsx", saved(book))
    monkeypatch.setattr(SheetParser, "parse", lambda self: parsed.append(self) or parse(self))

    reading.read_table(upload, lambda rows: sum(map(len, rows)))
    reading.read_table(upload, lambda rows: sum("nama" in row for row in rows))

    assert len(parsed) == 2


SMALL = as_xlsx([["kode"], ["1"]])
SHARED = as_others_write_it(SMALL)


def zipped(name: str, content: bytes, of: bytes = SMALL) -> bytes:
    """A workbook with one of its parts replaced."""
    original, file = zipfile.ZipFile(io.BytesIO(of)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in original.namelist():
            archive.writestr(entry, content if entry == name else original.read(entry))
    return file.getvalue()


def test_zip_bomb_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(reading, "opened_book", lambda *a, **k: pytest.fail("opened"))

    with pytest.raises(BadFile, match="mengembang"):
        table(zipped("xl/worksheets/sheet1.xml", b" " * 70_000_000), "rencana.xlsx")


def test_one_endless_row_is_refused_before_it_is_held(monkeypatch):
    monkeypatch.setattr(reading, "opened_book", lambda *a, **k: pytest.fail("opened"))
    monkeypatch.setattr(reading, "MAX_RATIO", 10_000)
    monkeypatch.setattr(office, "MOST_RATIO", 10_000)

    with pytest.raises(BadFile, match="terlalu lebar"):
        table(
            zipped("xl/worksheets/sheet1.xml", b"<sheetData><row>" + b"<c><v>1</v></c>" * 200_000),
            "rencana.xlsx",
        )


ENTITIES = {
    "a bomb": b'<!DOCTYPE a [<!ENTITY b "bbbb">]>',
    "a file": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
    "a parameter": b'<!DOCTYPE a [<!ENTITY % b "bbbb"> %b;]>',
}


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("declared", ENTITIES)
def test_entities_are_refused(part, declared):
    bomb = b'<?xml version="1.0"?>' + ENTITIES[declared] + b"<worksheet>&b;</worksheet>"

    assert openpyxl.DEFUSEDXML
    with pytest.raises(BadFile, match="tidak dapat dibaca"):
        table(zipped(part, bomb, of=SHARED), "rencana.xlsx")


def test_forged_dimension_is_not_believed():
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    sheet = start + row % (1, 1) + row % (2, 2) + b"</sheetData></worksheet>"

    assert table(zipped("xl/worksheets/sheet1.xml", sheet), "rencana.xlsx").height == 1


def test_too_many_rows_or_columns_are_refused():
    with pytest.raises(BadFile, match="baris"):
        table("a,b\n" + "1,2\n" * (reading.MAX_ROWS + 1))
    with pytest.raises(BadFile, match="kolom"):
        table(",".join("a" * (reading.MAX_COLUMNS + 1)) + "\n1\n")


def test_template_is_read_back_and_has_drop_downs():
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))

    headings = [cell.value for cell in book["Rencana"][1]]
    assert {"tingkat", "kode", "nomenklatur", "indikator", "satuan", "target_2026", "pagu_2030"} <= set(
        headings
    )
    assert len(book["Rencana"].data_validations.dataValidation) == 3
    assert book.sheetnames == ["Rencana", "Petunjuk"]
