"""Where the columns of a planning document's table stand: titles above, years below a heading, codes in several columns, a second table below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from measurement.rules.refusals import BadFile
from measurement.spreadsheets.money_scale import (
    MoneyScale,
    is_row_of_scales,
    scale_above,
    without_scale,
    words_around,
)

from .table_import.code_columns import following_code_columns
from .table_import.columns import plain_heading
from .table_import.heading_keys import heading_key
from .table_import.heading_words import SUM_OF_DPA

HEADING_ROWS = 10
# attribute of the line → the heading as the page names it, and what stands on documents besides what the plan import understands
COLUMNS = {
    "code": (
        "Kode",
        ("kode_program", "kode_sub_kegiatan", "kode_nomenklatur", "kode_program_kegiatan_sub_kegiatan"),
    ),
    "name": (
        "Nomenklatur",
        (
            "nama",
            "sasaran",
            "sasaran_strategis",
            "program_kegiatan_sub_kegiatan",
            "program_kegiatan_dan_sub_kegiatan",
            "program",
            "kegiatan",
            "sub_kegiatan",
            "program_kegiatan",
            "program_dan_kegiatan",
        ),
    ),
    "indicator": ("Indikator", ("indikator_kinerja_utama", "indikator_kinerja_individu", "iku", "iki")),
    "measure": ("Satuan", ()),
    "target": (
        "Target",
        (
            "target_kinerja",
            "target_setahun",
            "target_tahunan",
        ),
    ),
    "pagu": (
        "Pagu",
        (
            "anggaran",
            "pagu_rp",
            "anggaran_rp",
            "pagu_indikatif",
            "pagu_anggaran",
            "jumlah_anggaran",
            "jumlah_anggaran_rp",
        ),
    ),
    "person": (
        "Pegawai",
        ("nama_pegawai", "nama_asn", "nama_pejabat", "nama_nip", "nama_dan_nip"),
    ),
}
ATTRIBUTES = {
    alias: name for name, (heading, also) in COLUMNS.items() for alias in (plain_heading(heading), *also)
}
CHANGED_TARGET = {
    "target_menjadi",
    "target_perubahan",
    "target_setelah_perubahan",
}  # goes before the first one
YEAR = re.compile(r"20\d\d")
OF_PEOPLE = {"jabatan", "nip", "nip_jabatan", "pangkat_golongan"}  # beside these, "Nama" is a person


@dataclass
class DocumentLayout:
    """Attribute → column from 0, in a table whose first line of data has that index; whether it has other years, what wasn't understood."""

    columns: dict[str, int]
    first: int
    other_years: bool
    ignored: list[str]
    code_columns: list[int] = field(default_factory=list)
    scale: MoneyScale = MoneyScale()

    @property
    def known(self) -> int:
        return len(self.columns)

    def check(self, year: int) -> None:
        """BadFile for a table that names no indicator and no code, or says nothing of the year."""
        if self.known < 2 or not self.columns.keys() & {"code", "indicator"}:
            raise BadFile(
                "Judul kolom tidak ditemukan pada sepuluh baris pertama. Harus ada kolom Kode atau Indikator, dan Satuan, Target, atau Pagu."
            )
        if not self.columns.keys() & {"target", "pagu"} and self.other_years:
            raise BadFile(f"Berkas ini tidak memuat kolom target atau pagu tahun {year}.")


def best_layout(rows: Sequence[Sequence], year: int) -> DocumentLayout:
    """The row among the first ten whose headings are best understood."""
    found = [_read_headings(rows, index, year) for index in range(min(HEADING_ROWS, len(rows)))]
    return max(found, key=lambda layout: layout.known)


def next_table(rows: Sequence[Sequence], index: int, year: int) -> DocumentLayout | None:
    """The layout of a further table whose headings stand in this row; None where the row is none of headings."""
    texts = [str(value).strip() for value in rows[index]]
    said = [text for text in texts if text]
    if (
        len(said) < 2
        or not all(isinstance(value, str) for value in rows[index])
        or any(map(_has_digits, said))
    ):
        return None
    found = _read_headings(rows, index, year)
    names = {"name", "indicator", "code"} & found.columns.keys()
    figures = {"target", "pagu"} & found.columns.keys()
    return found if names and figures and found.known + len(found.ignored) == len(said) else None


def _has_digits(text: str) -> bool:
    return any(char.isdigit() for char in YEAR.sub("", text))


def _read_headings(rows: Sequence[Sequence], index: int, year: int) -> DocumentLayout:
    """A row as headings. A column of the year goes before one that names no year; if two are alike, the first is read."""
    headings, first = [str(value).strip() for value in rows[index]], index + 1
    below = [str(value).strip() for value in rows[first]] if first < len(rows) else []
    if any(below) and all(YEAR.fullmatch(value) for value in below if value):
        headings, first = _with_years(headings, below), first + 1
    scales: list[Sequence] = []
    while first < len(rows) and is_row_of_scales(rows[first]):
        scales, first = [*scales, rows[first]], first + 1
    dated: dict[str, int] = {}
    bare: dict[str, int] = {}
    others: set[int] = set()
    for column, heading in enumerate(headings):
        key = heading_key(heading)
        if key in (f"target_{year}", f"pagu_{year}"):
            dated.setdefault(key.partition("_")[0], column)
        elif plain_heading(heading) in CHANGED_TARGET:
            dated.setdefault("target", column)
        elif name := ATTRIBUTES.get(plain_heading(without_scale(heading))) or (key if key in COLUMNS else ""):
            bare.setdefault(name, column)
        elif key.startswith(("target_", "pagu_")):
            others.add(column)
    plain = {plain_heading(heading) for heading in headings}
    if "nama" in plain and plain & OF_PEOPLE and "indicator" in bare:
        bare["person"] = [plain_heading(heading) for heading in headings].index("nama")
        bare = {name: column for name, column in bare.items() if name != "name" or column != bare["person"]}
    columns = bare | dated
    if not others and not columns.keys() & {"target", "pagu", "indicator"}:
        names = [plain_heading(without_scale(heading)) for heading in headings]
        columns |= next(({"pagu": names.index(name)} for name in SUM_OF_DPA if name in names), {})
    read = {*columns.values(), *others}
    codes = following_code_columns(headings, rows[first:], columns["code"]) if "code" in columns else []
    top = max(0, index - HEADING_ROWS)
    return DocumentLayout(
        columns,
        first,
        bool(others),
        [heading for column, heading in enumerate(headings) if heading and column not in read],
        codes,
        scale_above([headings, *scales, *words_around(rows[top:], index - top)]),
    )


def _with_years(headings: list[str], below: list[str]) -> list[str]:
    """ "Target" over 2026, 2027 becomes Target 2026, Target 2027."""
    joined, over = [], ""
    for heading, sub in zip(headings, below, strict=True):
        over = heading or over
        joined.append(f"{over} {sub}" if YEAR.fullmatch(sub) else heading)
    return joined
