"""The people of an office as a workbook in the columns of the import: empty to fill in, or as they are; imported again, it changes nothing."""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from measurement.models import Appointment, Person, Unit
from measurement.rules.dates import long_date
from measurement.rules.sop import Role
from measurement.rules.sop_edition import Sop
from measurement.spreadsheets.book_of_sheets import BookSheet
from measurement.spreadsheets.styles import BOLD, HEADER_FILL, WRAP, dress, put_number, put_text

from .columns import COLUMNS, OFFICE, StaffColumn
from .role_words import CHAIR, role_label

SHEET, OFFICES, INSTRUCTIONS = "Pegawai", "Kantor", "Petunjuk"
DATE, TEXT = "dd-mm-yyyy", "@"
ROWS_FOR_TYPING = 500
RULES = (
    "Satu baris untuk satu orang; orang yang memegang beberapa jabatan boleh menempati beberapa baris dengan NIP yang sama.",
    "NIP dan NI PPPK diketik sebagai teks. Kolomnya sudah berformat Teks; jangan diubah menjadi angka, karena Excel membuang angka terakhirnya.",
    "Sel kosong tidak mengubah apa yang tersimpan. Pegawai yang tidak ada pada berkas tidak diubah dan tidak dihapus.",
    "Jabatan yang berubah: penugasan lama berakhir sehari sebelum tanggal Mulai, dan yang baru dimulai pada tanggal itu.",
    "Peran yang dikenal: {roles}. Beberapa peran dipisahkan koma. Nama jabatan seperti Sekretaris juga dibaca.",
    "Kata sandi tidak ada pada berkas ini. Sesudah impor, buat lembar kata sandi pertama pada halaman Pegawai.",
)
Row = dict[str, str | date | None]


def staff_workbook(unit: Unit, filled: bool) -> bytes:
    """The xlsx to fill in, or with who serves now or will serve."""
    book = Workbook()
    sheet = book.active
    _fill_headings(sheet)
    for number, row in enumerate(staff_rows(unit) if filled else (), 2):
        for column, value in enumerate(row.values(), 1):
            _put(sheet, number, column, value)
    _fill_instructions(book.create_sheet(INSTRUCTIONS), unit, filled)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def offices_workbook(offices: Sequence[Unit]) -> bytes:
    """The xlsx to fill in for many offices: their codes first, and the list of them on a sheet of its own."""
    book = Workbook()
    sheet = book.active
    _fill_headings(sheet, (OFFICE, *COLUMNS))
    listed = book.create_sheet(OFFICES)
    for number, row in enumerate(
        [(OFFICE.heading, "Kantor"), *((unit.code, unit.name) for unit in offices)], 1
    ):
        for column, text in enumerate(row, 1):
            put_text(listed, number, column, text).number_format = TEXT
    listed.column_dimensions["A"].width, listed.column_dimensions["B"].width = 24, 60
    rows = [(f"Templat pegawai banyak kantor per {long_date(timezone.localdate())}", "")]
    _fill_rules(book.create_sheet(INSTRUCTIONS), rows, Sop(), (OFFICE, *COLUMNS))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def staff_sheet(unit: Unit) -> BookSheet:
    """Everybody who has or had a post here, for the workbook of everything."""
    return BookSheet(
        "Pegawai",
        "Pegawai dan penugasannya, juga yang sudah berakhir, dalam kolom impor pegawai.",
        [column.heading for column in COLUMNS],
        (list(row.values()) for row in staff_rows(unit, ended=True)),
        frozenset(column.heading for column in COLUMNS if column.width > 25),
    )


def staff_rows(unit: Unit, ended: bool = False) -> Iterator[Row]:
    """One row for each post of a person, by the keys of the columns; the roles that go with one post stand together."""
    held = unit.appointments.select_related("person").order_by("person__name", "person_id", "starts", "pk")
    today = timezone.localdate()
    posts: dict[tuple, list[Appointment]] = defaultdict(list)
    for post in held:
        if ended or post.ends is None or post.ends >= today:
            posts[post.person_id, post.title, post.kind, post.decree, post.starts, post.ends].append(post)
    for together in posts.values():
        yield _row(together[0].person, together, unit.sop)


def _row(person: Person, posts: list[Appointment], sop: Sop) -> Row:
    first = posts[0]
    return {
        "nip": person.nip or "",
        "name": person.name,
        "username": person.username,
        "grade": person.grade,
        "title": first.title,
        "roles": ", ".join(role_label(Role(post.role), post.chairs, sop) for post in posts),
        "kind": first.get_kind_display(),
        "decree": first.decree,
        "starts": first.starts,
        "ends": first.ends,
        "email": person.email,
    }


def _fill_headings(sheet: Worksheet, columns: Sequence[StaffColumn] = COLUMNS) -> None:
    sheet.title = SHEET
    for number, column in enumerate(columns, 1):
        dress(put_text(sheet, 1, number, column.heading), BOLD, HEADER_FILL, WRAP)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        if column.key not in ("starts", "ends"):
            sheet.column_dimensions[letter].number_format = TEXT
    for row in range(2, ROWS_FOR_TYPING):
        sheet.cell(row, 1).number_format = TEXT  # not every program follows the format of a column
    sheet.freeze_panes = "C2"


def _put(sheet: Worksheet, row: int, column: int, value: str | date | None) -> None:
    if isinstance(value, date):
        put_number(sheet, row, column, value, DATE)
    elif value:
        put_text(sheet, row, column, value).number_format = TEXT


def _fill_instructions(sheet: Worksheet, unit: Unit, filled: bool) -> None:
    what = "Pegawai yang bertugas" if filled else "Templat pegawai"
    title = f"{what} {unit.name} per {long_date(timezone.localdate())}"
    _fill_rules(sheet, [(title, "")], unit.sop, COLUMNS)


def _fill_rules(
    sheet: Worksheet, rows: list[tuple[str, str]], sop: Sop, columns: Sequence[StaffColumn]
) -> None:
    roles = ", ".join([*(role_label(role, False, sop) for role in Role), CHAIR])
    rows += [("", rule.format(roles=roles)) for rule in RULES]
    rows += [("", ""), ("Kolom", "Keterangan"), *((column.heading, column.help) for column in columns)]
    for number, (name, text) in enumerate(rows, 1):
        dress(put_text(sheet, number, 1, name), BOLD)
        dress(put_text(sheet, number, 2, text), WRAP)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 110
