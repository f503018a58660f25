"""The people of an office as a workbook in the columns of the import: empty to fill in, or as they are; imported again, it changes nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from openpyxl.utils import get_column_letter

from measurement.models import Appointment, Person, Unit
from measurement.rules.dates import long_date
from measurement.rules.sop import Role
from measurement.rules.sop_edition import Sop
from measurement.spreadsheets.book import Book, BookPage
from measurement.spreadsheets.book_of_sheets import BookSheet
from measurement.spreadsheets.styles import BOLD_LOOK, PLAIN, PLAIN_HEADING, WRAPPED

from .columns import COLUMNS
from .role_words import CHAIR, role_label

SHEET, INSTRUCTIONS = "Pegawai", "Petunjuk"
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
    book = Book()
    page = book.page(SHEET)
    _fill_headings(page)
    rows = list(staff_rows(unit)) if filled else []
    for number in range(2, max(ROWS_FOR_TYPING, len(rows) + 2)):
        # not every program follows the format of a column
        page.put_blank(number, 1, PLAIN, TEXT)
        for column, value in enumerate(rows[number - 2].values() if number - 2 < len(rows) else (), 1):
            _put(page, number, column, value)
    _fill_instructions(book.page(INSTRUCTIONS), unit, filled)
    return book.content()


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


def _fill_headings(page: BookPage) -> None:
    for number, column in enumerate(COLUMNS, 1):
        page.put_text(1, number, column.heading, PLAIN_HEADING)
        page.set_width(number, column.width)
        if column.key not in ("starts", "ends"):
            page.sheet.column_dimensions[get_column_letter(number)].number_format = TEXT
    page.sheet.freeze_panes = "C2"


def _put(page: BookPage, row: int, column: int, value: str | date | None) -> None:
    if isinstance(value, date):
        page.put_number(row, column, value, PLAIN, DATE)
    elif value:
        page.put_text(row, column, value, PLAIN, TEXT)


def _fill_instructions(page: BookPage, unit: Unit, filled: bool) -> None:
    roles = ", ".join([*(role_label(role, False, unit.sop) for role in Role), CHAIR])
    what = "Pegawai yang bertugas" if filled else "Templat pegawai"
    rows = [(f"{what} {unit.name} per {long_date(timezone.localdate())}", "")]
    rows += [("", rule.format(roles=roles)) for rule in RULES]
    rows += [("", ""), ("Kolom", "Keterangan"), *((column.heading, column.help) for column in COLUMNS)]
    for number, (name, text) in enumerate(rows, 1):
        page.put_text(number, 1, name, BOLD_LOOK)
        page.put_text(number, 2, text, WRAPPED)
    page.set_width(1, 34)
    page.set_width(2, 110)
