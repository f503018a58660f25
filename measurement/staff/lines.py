"""The lines of the table of people, and the django-import-export resource that reads them into plain objects. No row touches the database here."""

from dataclasses import dataclass, field
from datetime import date

import tablib
from django.core.files.uploadedfile import UploadedFile
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader

from measurement.models import Appointment, Person, column_length
from measurement.plan.table_import.cells import TextWidget
from measurement.rules.refusals import BadFile
from measurement.rules.sop_edition import Sop
from measurement.spreadsheets import reading

from .cells import (
    DateWidget,
    GradeWidget,
    KindWidget,
    MailWidget,
    NumberOfPersonWidget,
    RolesWidget,
    TitleWidget,
)
from .columns import COLUMNS, StaffLayout, staff_headings_in, staff_layout
from .role_words import WrittenRole
from .rows import people_rows

MOST_PEOPLE = 3000
NO_PEOPLE = "Berkas ini tidak memuat daftar pegawai: tidak ada baris judul dengan kolom Nama dan NIP, Jabatan, atau Peran. Unduh templat untuk melihat judul kolomnya."


@dataclass
class StaffLine:
    """One line of the file: a person, and the post that they hold in some roles. A blank is "", None or ()."""

    number: int = 0
    nip: str = ""
    name: str = ""
    username: str = ""
    grade: str = ""
    title: str = ""
    roles: tuple[WrittenRole, ...] = ()
    kind: str = ""
    decree: str = ""
    starts: date | None = None
    ends: date | None = None
    email: str = ""


@dataclass(frozen=True)
class WrongStaffCell:
    """One cell that can't be taken, and why."""

    cell: str
    value: str
    sentence: str
    row: int = 0


@dataclass
class StaffReading:
    """What a file says: its good lines, its wrong cells, and what must be said about it."""

    layout: StaffLayout
    lines: list[StaffLine]
    wrong: list[WrongStaffCell]
    remarks: list[str] = field(default_factory=list)


class StaffResource(resources.Resource):
    """Column → attribute, widget."""

    number = Field("number", "number")
    nip = Field("nip", "nip", NumberOfPersonWidget())
    name = Field("name", "name", TextWidget(column_length(Person, "name"), required=True))
    username = Field("username", "username", TextWidget(column_length(Person, "username")))
    grade = Field("grade", "grade", GradeWidget(column_length(Person, "grade")))
    kind = Field("kind", "kind", KindWidget())
    title = Field("title", "title", TitleWidget(column_length(Appointment, "title")))
    decree = Field("decree", "decree", TextWidget(column_length(Appointment, "decree")))
    starts = Field("starts", "starts", DateWidget())
    ends = Field("ends", "ends", DateWidget())
    email = Field("email", "email", MailWidget(column_length(Person, "email")))

    class Meta:
        instance_loader_class = BaseInstanceLoader
        force_init_instance = True
        skip_diff = True
        use_transactions = False
        using_db = "default"

    def __init__(self, sop: Sop):
        super().__init__()
        self.lines: list[StaffLine] = []
        self.fields["roles"] = Field("roles", "roles", RolesWidget(sop))

    def init_instance(self, row=None) -> StaffLine:
        return StaffLine()

    def save_instance(self, instance, is_create, row, **kwargs):
        self.lines.append(instance)


@dataclass
class StaffTable:
    """The rows of a file by key, not read any closer yet."""

    layout: StaffLayout
    rows: list[dict]
    remarks: list[str]


def read_staff(upload: UploadedFile, sop: Sop) -> StaffReading:
    """The table of people in an upload, with roles in the words of the office's SOP. BadFile with a sentence for what is none."""
    table = staff_table(upload, MOST_PEOPLE)
    return staff_lines(table.rows, table.layout, table.remarks, sop)


def staff_table(upload: UploadedFile, most: int, of_offices: bool = False) -> StaffTable:
    """The rows about people; BadFile with a sentence where there are none, or more than are taken."""
    dataset = reading.read_table(upload, staff_headings_in)
    table = [dataset.headers, *dataset]
    layout = staff_layout(table, of_offices)
    if layout is None:
        raise BadFile(NO_PEOPLE)
    rows, left_out = people_rows(table, layout)
    if len(rows) > most:
        raise BadFile(
            f"Berkas ini memuat {len(rows)} baris; paling banyak {most}. Bagi menjadi beberapa berkas."
        )
    remarks = [*dataset.remarks, *left_out]
    if layout.ignored:
        remarks.append(f"Kolom yang tidak dipakai dan diabaikan: {', '.join(layout.ignored)}.")
    return StaffTable(layout, rows, remarks)


def staff_lines(rows: list[dict], layout: StaffLayout, remarks: list[str], sop: Sop) -> StaffReading:
    """The rows of one office through the resource: good lines and wrong cells."""
    keys = ["number", *(column.key for column in COLUMNS)]
    table = tablib.Dataset(*([row.get(key, "") for key in keys] for row in rows), headers=keys)
    resource = StaffResource(sop)
    result = resource.import_data(table)
    for failed in result.error_rows:
        raise failed.errors[0].error
    wrong = [
        WrongStaffCell(
            layout.cell(key, rows[invalid.number - 1]["number"]),
            str(rows[invalid.number - 1].get(key, "")),
            sentences[0],
            rows[invalid.number - 1]["number"],
        )
        for invalid in result.invalid_rows
        for key, sentences in invalid.error_dict.items()
    ]
    return StaffReading(layout, resource.lines, wrong, remarks)
