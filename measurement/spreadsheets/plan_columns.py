"""The columns of the plan's table, as data: what they are called, what people also call them, and which ones must be there."""

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


@dataclass(frozen=True)
class Column:
    """A column: the line's attribute, the heading of our template, other headings in use, and help for the person who fills it in."""

    key: str
    heading: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    help: str = ""


COLUMNS = (
    Column("level", "tingkat", ("level",), True, "sasaran, program, kegiatan, atau sub_kegiatan."),
    Column("code", "kode", ("code", "kode_rekening"), True, "Kode nomenklatur sebagai teks, misalnya 7.01.02.2.01.0001. Sasaran: S1, S2, …"),
    Column("parent", "induk", ("parent", "kode_induk"), False, "Kode induk; bila kosong diambil dari awalan kode."),
    Column("name", "nomenklatur", ("program_kegiatan", "uraian"), True, "Nama sasaran, program, kegiatan, atau sub kegiatan."),
    Column("outcome", "hasil", ("hasil_outcome_output", "outcome", "output"), False, "Hasil (outcome atau output) yang dituju."),
    Column("indicator", "indikator", ("indicator", "indikator_kinerja"), True, "Satu baris untuk satu indikator; ulangi kode untuk indikator berikutnya."),
    Column("measure", "satuan", ("unit", "unit_of_measure"), True, "%, Dokumen, Laporan, Orang, Nilai, …"),
    Column("method", "arah", ("direction", "metode"), False, "Bila kosong: maksimum (semakin tinggi semakin baik)."),
    Column("accumulation", "sifat", ("akumulasi", "accumulation"), False, "Bila kosong: posisi_akhir untuk %, indeks, nilai, skor, orang/bulan; selain itu jumlah."),
    Column("low", "batas_bawah", ("low",), False, "Hanya untuk arah rentang."),
    Column("high", "batas_atas", ("high",), False, "Hanya untuk arah rentang."),
    Column("formula", "formula", ("definisi_operasional", "definisi", "rumus", "definisi_operasional_dan_formula"), False, "Definisi operasional dan formula."),
    Column("source", "sumber", ("sumber_data", "source"), False, "Sumber data."),
    Column("evidence_wanted", "bukti", ("evidence", "bukti_yang_diminta"), False, "Bukti yang diminta dari penanggung jawab."),
    Column("owner", "penanggung_jawab", ("owner", "pic"), False, "NIP (sebagai teks) atau nama pengguna pegawai unit ini."),
)  # fmt: skip
YEAR_HEADINGS = {
    "target": re.compile(r"(?:target)_(?P<year>20\d\d)"),
    "pagu": re.compile(r"(?:pagu|anggaran)_(?P<year>20\d\d)(?:_rp)?"),
    "tw": re.compile(r"(?:target_)?tw_?(?P<quarter>[1-4]|iv|i{1,3})_(?P<year>20\d\d)"),
    "baseline": re.compile(r"(?:baseline|kondisi_awal)(?:_(?P<year>20\d\d))?"),
}
KEY_OF = {name: column.key for column in COLUMNS for name in (column.heading, column.key, *column.aliases)}
LABELS = {column.key: column.heading for column in COLUMNS} | {"baseline": "kondisi awal"}


@dataclass(frozen=True)
class Wrong:
    """One cell that can't be taken, and why."""

    cell: str
    value: str
    sentence: str


@dataclass
class Layout:
    """How a file's columns were understood: key → column number from 0; the years it has; what was ignored and what is wrong."""

    columns: dict[str, int] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """The years with a target or a pagu, in order."""
        return sorted({int(key[-4:]) for key in self.columns if key.startswith(("target_", "pagu_"))})

    def cell(self, key: str, row: int) -> str:
        return f"{get_column_letter(self.columns.get(key, 0) + 1)}{row}"


def plain(text) -> str:
    """A heading or a choice without capitals, blanks and signs, so that spellings compare."""
    return re.sub(r"[^0-9a-z]+", "_", str(text).lower()).strip("_")


def key_of(heading: str) -> str:
    """Our key for a heading as people write it ("Target 2026", "TW I 2026", "Nomenklatur"); "" if it is none of ours."""
    name = plain(heading)
    if name in KEY_OF:
        return KEY_OF[name]
    for kind, pattern in YEAR_HEADINGS.items():
        if found := pattern.fullmatch(name):
            if kind == "baseline":
                return kind
            parts = found.groupdict()
            quarter = parts.get("quarter", "")
            return f"{kind}{ROMAN.get(quarter, quarter)}_{parts['year']}"
    return ""


def understand(headings: list[str], years: range) -> Layout:
    """The layout of a file for a plan of these years."""
    layout = Layout()
    keys = [key_of(heading) for heading in headings]
    for number, (key, heading) in enumerate(zip(keys, headings, strict=True)):
        if not key or (key[-4:].isdecimal() and int(key[-4:]) not in years):
            layout.ignored += [heading] if heading.strip() else []
        elif key in layout.columns:
            cell = f"{get_column_letter(number + 1)}1"
            layout.wrong.append(Wrong(cell, heading, f"Kolom “{heading}” ada dua kali; sisakan satu."))
        else:
            layout.columns[key] = number
    layout.wrong += _absent(layout, years)
    return layout


def _absent(layout: Layout, years: range) -> list[Wrong]:
    absent = [column.heading for column in COLUMNS if column.required and column.key not in layout.columns]
    for kind in ("target", "pagu"):
        if not any(key.startswith(f"{kind}_") for key in layout.columns):
            absent.append(f"{kind}_{years.start}")
    return [Wrong("A1", name, f"Kolom “{name}” tidak ditemukan. Unduh templat untuk melihat judul kolom yang dipakai.") for name in absent]
