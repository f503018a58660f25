"""The table that people fill in, empty or with the plan as it is: headings, drop-downs, who may be responsible, and a sheet of instructions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from django.utils import timezone
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from measurement.models import Level
from measurement.rules.accumulations import ACCUMULATION_CHOICES
from measurement.rules.methods import METHOD_CHOICES
from measurement.rules.periods import ROMAN, Frequency
from measurement.rules.units import is_percent
from measurement.spreadsheets.book import Book, BookPage
from measurement.spreadsheets.reading import MAX_ROWS, SHEET
from measurement.spreadsheets.styles import (
    BOLD,
    BOLD_LOOK,
    HEADER_FILL,
    ON_TOP,
    PLAIN,
    PLAIN_HEADING,
    SHORT,
    WHOLE,
    WRAPPED,
    CellLook,
)

from .columns import COLUMNS, OFFICE_HEADING, PlanColumn

PEOPLE, OFFICES, INSTRUCTIONS = "Pegawai", "Kantor", "Petunjuk"
USUAL_YEARS = 5  # those of an RPJMD
OF_OFFICES = "Kode atau nama kantor pemilik baris, seperti pada lembar Kantor."
CHOICES = {
    "level": [level.value for level in Level],
    "method": [value for value, _ in METHOD_CHOICES],
    "accumulation": [value for value, _ in ACCUMULATION_CHOICES],
}
LONG = {"follows", "name", "outcome", "indicator", "formula", "source", "evidence_wanted"}
TEXT = "@"
WIDE, NARROW = 42, 17
# letters that fit a wide column, points; the rest of a long text is read in the cell
LETTERS, LINE_HEIGHT, MOST_LINES = 38, 15, 5
LETTERS_OF_HELP = 90
PEOPLE_HEADING = CellLook(BOLD, HEADER_FILL)
RULES = (
    "Lembar “Rencana” diisi mulai baris 2; satu baris untuk satu indikator.",
    "Indikator kedua dan seterusnya dari program/kegiatan yang sama: ulangi kodenya di baris baru. Pagu hanya pada baris pertama.",
    "Sasaran, program, atau kegiatan tanpa indikator: satu baris dengan indikator, satuan, dan target kosong. Sub kegiatan tanpa indikator: isi pagunya.",
    "Pagu disimpan pada sub kegiatan. Pagu program dan kegiatan hanya dicocokkan dengan jumlah sub kegiatannya.",
    "Tulis angka seperti 1234,56 atau 1.234,56; rupiah penuh tanpa sen. Kode dan NIP diketik sebagai teks.",
    "Target 0 dengan pagu 0 berarti tidak direncanakan pada tahun itu. Target kosong berarti belum ditetapkan.",
    "Target indikator berarah rentang boleh ditulis sebagai rentang, misalnya 80–90, berbeda tiap tahun dan tiap periode.",
    "Target indikator berarah predikat boleh ditulis dengan kata pada skala skornya, misalnya BB.",
    "Sel kosong tidak mengubah isi yang sudah tersimpan. Indikator yang tidak ada lagi di berkas ditandai tidak dipakai, tidak dihapus.",
    "Target tiap periode (misalnya tw1_… sampai tw4_…) boleh dikosongkan semuanya; lalu dibagi dari target setahun.",
    "Terisi hanya pada sebagian periode: indikator dibaca diukur pada periode itu saja, sisanya belum waktunya. Jadwal dapat juga ditulis pada kolom jadwal.",
    "Perubahan target, pagu, induk, satuan, arah, sifat, jadwal, rentang, atau skala skor tahun yang sudah ditetapkan dicatat sebagai revisi; dasarnya diisi saat impor.",
)


@dataclass(frozen=True)
class Contents:
    """What a template holds: the plan's years, the year with periods and how often it is measured, people as (user name, name, post), and rows as values by heading."""

    years: range = range(2026, 2031)
    periods_of: tuple[Frequency, int] | None = None
    people: Sequence[tuple[str, str, str]] = ()
    rows: Sequence[dict[str, str | Decimal | None]] = field(default=())
    sub_units: Sequence[str] = ()
    offices: Sequence[tuple[str, str]] = ()  # code and name, of a table for many

    @property
    def columns(self) -> list[PlanColumn]:
        """The columns of the plan; those of sub units only where the office has any."""
        return [column for column in COLUMNS if self.sub_units or not column.of_sub_units]

    @property
    def period_headings(self) -> list[str]:
        """tw1_2026 … tw4_2026; none of a year that is measured once."""
        if self.periods_of is None:
            return []
        frequency, year = self.periods_of
        return [f"{period.key}_{year}" for period in frequency.periods] if frequency.size > 1 else []


def template_workbook(contents: Contents = Contents()) -> bytes:
    """The table as xlsx."""
    book = Book()
    page, headings = book.page(SHEET), headings_of(contents)
    _fill_headings(page, headings)
    _fill_rows(page, headings, contents)
    _add_choices(page, contents)
    _fill_instructions(book.page(INSTRUCTIONS), contents)
    if contents.people:
        _fill_list(book.page(PEOPLE), ("Nama pengguna", "Nama", "Jabatan"), contents.people)
    if contents.offices:
        _fill_list(book.page(OFFICES), ("Kode", "Kantor"), contents.offices)
    return book.content()


def offices_template(offices: Sequence[tuple[str, str]]) -> bytes:
    """The table for many offices: each row names its office, whose codes stand on a sheet of their own."""
    first = timezone.localdate().year
    years = range(first, first + USUAL_YEARS)
    return template_workbook(Contents(years, (Frequency.QUARTERLY, first), offices=offices, sub_units=("",)))


def headings_of(contents: Contents) -> list[str]:
    year = contents.periods_of[1] if contents.periods_of else None
    cash = [f"kas_tw{quarter}_{year}" for quarter in ROMAN] if year else []
    figures = [f"{kind}_{year}" for kind in ("target", "pagu") for year in contents.years]
    return [
        *([OFFICE_HEADING] if contents.offices else []),
        *(column.heading for column in contents.columns),
        f"baseline_{contents.years.start - 1}",
        *contents.period_headings,
        *figures,
        *cash,
    ]


# what would be asked when the file comes back: 0,5 in a row of per cent
SAID_PERCENT = f'{SHORT}"%"'


def _fill_headings(page: BookPage, headings: list[str]) -> None:
    wide = {column.heading for column in COLUMNS if column.key in LONG}
    for number, heading in enumerate(headings, 1):
        page.put_text(1, number, heading, PLAIN_HEADING)
        page.set_width(number, WIDE if heading in wide else NARROW)
        page.sheet.column_dimensions[get_column_letter(number)].number_format = _format(heading)
    page.sheet.freeze_panes = "C2"


def _format(heading: str) -> str:
    if heading.startswith(("pagu_", "kas_")):
        return WHOLE
    return (
        TEXT if heading in (OFFICE_HEADING, "kode", "induk", "kode_sub_unit", "penanggung_jawab") else SHORT
    )


def _fill_rows(page: BookPage, headings: list[str], contents: Contents) -> None:
    wide = {column.heading for column in COLUMNS if column.key in LONG}
    formats = {heading: _format(heading) for heading in headings}
    for row, values in enumerate(contents.rows, 2):
        for number, heading in enumerate(headings, 1):
            value, look = values.get(heading), WRAPPED if heading in wide else ON_TOP
            if isinstance(value, Decimal):
                doubtful = (
                    abs(value) <= 1
                    and is_percent(str(values.get("satuan") or ""))
                    and formats[heading] == SHORT
                )
                page.put_number(row, number, value, look, SAID_PERCENT if doubtful else formats[heading])
            elif value:
                page.put_text(row, number, value, look, formats[heading])
        longest = max((len(str(values.get(heading) or "")) for heading in wide), default=0)
        page.set_height(row, LINE_HEIGHT * min(max(1, ceil(longest / LETTERS)), MOST_LINES))


def _add_choices(page: BookPage, contents: Contents) -> None:
    if contents.offices:
        _add_list(page, 1, f"{OFFICES}!$A$2:$A${len(contents.offices) + 1}", OF_OFFICES, strict=False)
    for number, column in enumerate(contents.columns, 2 if contents.offices else 1):
        if column.key in CHOICES:
            _add_list(
                page, number, f'"{",".join(CHOICES[column.key])}"', "Pilih salah satu nilai dari daftar."
            )
        elif column.key == "owner" and contents.people:
            source = f"{PEOPLE}!$A$2:$A${len(contents.people) + 1}"
            _add_list(
                page,
                number,
                source,
                "Pilih nama pengguna dari lembar Pegawai, atau tulis NIP sebagai teks.",
                strict=False,
            )


def _add_list(page: BookPage, number: int, source: str, sentence: str, strict: bool = True) -> None:
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorStyle = "stop" if strict else "warning"
    rule.errorTitle, rule.error = "Pilihan tidak dikenal", sentence
    page.sheet.add_data_validation(rule)
    letter = get_column_letter(number)
    rule.add(f"{letter}2:{letter}{MAX_ROWS + 1}")


def _fill_list(page: BookPage, headings: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> None:
    for number, row in enumerate([headings, *lines], 1):
        for column, text in enumerate(row, 1):
            page.put_text(number, column, text, PEOPLE_HEADING if number == 1 else PLAIN, TEXT)
    for column, width in zip(range(1, len(headings) + 1), (24, 52, 52), strict=False):
        page.set_width(column, width)
    page.sheet.freeze_panes = "A2"


def _fill_instructions(page: BookPage, contents: Contents) -> None:
    rows = [
        ("Petunjuk pengisian rencana", ""),
        *(("", rule) for rule in RULES),
        ("", ""),
        ("Kolom", "Keterangan"),
    ]
    rows += [(OFFICE_HEADING, f"Kolom wajib. {OF_OFFICES}")] if contents.offices else []
    rows += [
        (column.heading, f"{'Kolom wajib. ' if column.required else ''}{column.help}")
        for column in contents.columns
    ]
    rows += [(f"baseline_{contents.years.start - 1}", "Kondisi awal.")]
    if contents.periods_of and (headings := contents.period_headings):
        frequency, year = contents.periods_of
        rows += [(f"{headings[0]} … {headings[-1]}", f"Target tiap {frequency.noun} tahun {year}.")]
    if contents.periods_of:
        year = contents.periods_of[1]
        rows += [
            (
                f"kas_tw1_{year} … kas_tw4_{year}",
                f"Anggaran kas tiap triwulan tahun {year} menurut DPA; boleh kosong. Jumlahnya tidak melebihi pagu.",
            )
        ]
    rows += [
        (f"target_{year}, pagu_{year}", f"Kolom wajib. Target dan pagu tahun {year}.")
        for year in contents.years
    ]
    for number, (name, text) in enumerate(rows, 1):
        page.put_text(number, 1, name, BOLD_LOOK)
        page.put_text(number, 2, text, WRAPPED)
        page.set_height(number, LINE_HEIGHT * max(1, ceil(len(text) / LETTERS_OF_HELP)))
    page.set_width(1, 32)
    page.set_width(2, 100)
