"""The columns of the plan's table, as data: what they are called, what people also call them, and in which layouts they come."""

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from measurement.models import Level
from measurement.spreadsheets.money_scale import MoneyScale


@dataclass(frozen=True)
class PlanColumn:
    """A column: the line's attribute, the heading of our template, its name in a sentence, other headings in use, and help."""

    key: str
    heading: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    of_sub_units: bool = False  # only in templates of offices that have any


COLUMNS = (
    PlanColumn(
        "level",
        "tingkat",
        "tingkat",
        ("level", "jenjang", "jenis"),
        True,
        "Salah satu: sasaran, program, kegiatan, sub_kegiatan.",
    ),
    PlanColumn(
        "code",
        "kode",
        "kode",
        ("code", "kode_rekening", "kode_nomenklatur", "kode_master", "no_rekening", "nomor_kode"),
        True,
        "Kode nomenklatur sebagai teks, misalnya 7.01.02.2.01.0001. Sasaran: S1, S2, …",
    ),
    PlanColumn(
        "parent",
        "induk",
        "induk",
        ("parent", "kode_induk"),
        False,
        "Kode induk; bila kosong diambil dari awalan kode.",
    ),
    PlanColumn(
        "name",
        "nomenklatur",
        "nomenklatur",
        ("program_kegiatan", "uraian", "teks_nomenklatur", "nama_nomenklatur", "uraian_nomenklatur"),
        True,
        "Nama sasaran, program, kegiatan, atau sub kegiatan.",
    ),
    PlanColumn(
        "sub_unit",
        "sub_unit",
        "sub unit",
        ("kelurahan", "nama_kelurahan", "nama_sub_unit", "nama_sub_skpd", "sub_skpd", "nama_sub_opd"),
        False,
        "Kelurahan pemilik baris; hanya untuk sub kegiatan. Kode yang sama boleh diulang dengan sub unit lain.",
        of_sub_units=True,
    ),
    PlanColumn(
        "sub_unit_code",
        "kode_sub_unit",
        "kode sub unit",
        ("kode_kelurahan", "kode_sub_skpd", "kode_sub_opd"),
        False,
        "Seperti pada SIPD, misalnya 7.01.0.00.0.00.01.0001; boleh kosong bila nama sub unit terisi.",
        of_sub_units=True,
    ),
    PlanColumn(
        "outcome",
        "hasil",
        "hasil",
        ("hasil_outcome_output", "outcome", "output", "kinerja"),
        False,
        "Hasil (outcome atau output) yang dituju.",
    ),
    PlanColumn(
        "indicator",
        "indikator",
        "indikator",
        ("indicator", "indikator_kinerja", "tolok_ukur_kinerja", "tolok_ukur"),
        True,
        "Satu baris untuk satu indikator; ulangi kode untuk indikator berikutnya. Kosong: program atau kegiatan tanpa indikator; sub kegiatan harus berpagu.",
    ),
    PlanColumn(
        "measure",
        "satuan",
        "satuan",
        ("unit", "unit_of_measure", "sat", "satuan_target", "satuan_ukur", "satuan_indikator"),
        True,
        "%, Dokumen, Laporan, Orang, Nilai, …",
    ),
    PlanColumn(
        "method",
        "arah",
        "arah",
        ("direction", "metode"),
        False,
        "Bila kosong: maksimum (semakin tinggi semakin baik).",
    ),
    PlanColumn(
        "accumulation",
        "sifat",
        "sifat",
        ("akumulasi", "accumulation"),
        False,
        "Bila kosong: posisi_akhir untuk %, indeks, nilai, skor, predikat, orang/bulan, serta menit, jam, dan hari yang arahnya bukan maksimum; selain itu jumlah.",
    ),
    PlanColumn(
        "schedule",
        "jadwal",
        "jadwal",
        ("jadwal_pengukuran", "waktu_pengukuran", "periode_pengukuran", "schedule"),
        False,
        "Kapan indikator diukur: setiap periode, semester, tahunan, atau triwulan tertentu seperti TW II dan IV. Bila kosong: setiap periode.",
    ),
    PlanColumn("low", "batas_bawah", "batas bawah", ("low",), False, "Hanya untuk arah rentang."),
    PlanColumn("high", "batas_atas", "batas atas", ("high",), False, "Hanya untuk arah rentang."),
    PlanColumn(
        "score_scale",
        "skala_skor",
        "skala skor",
        ("score_scale",),
        False,
        "Hanya untuk arah predikat, misalnya WTP=4, WDP=3, TW=2, TMP=1. Targetnya boleh ditulis dengan kata pada skala itu.",
    ),
    PlanColumn(
        "formula",
        "formula",
        "formula",
        (
            "definisi_operasional",
            "definisi_operasional_awal",
            "definisi",
            "rumus",
            "definisi_operasional_dan_formula",
        ),
        False,
        "Definisi operasional dan formula.",
    ),
    PlanColumn("source", "sumber", "sumber data", ("sumber_data", "source"), False, "Sumber data."),
    PlanColumn(
        "evidence_wanted",
        "bukti",
        "bukti yang diminta",
        ("evidence", "bukti_yang_diminta"),
        False,
        "Bukti yang diminta dari penanggung jawab.",
    ),
    PlanColumn(
        "weight",
        "bobot",
        "bobot",
        ("weight",),
        False,
        "Bobot bagian ini di antara yang setingkat; hanya dipakai bila perangkat daerah menghitung tingkat di atasnya berbobot.",
    ),
    PlanColumn(
        "follows",
        "mengikuti",
        "mengikuti",
        ("diikuti_dari",),
        False,
        "Bila realisasinya sama dengan atau jumlah/rata-rata dari indikator lain, misalnya “jumlah: 7.01.03.2.02.0001”; kode # nama bila kodenya "
        "punya beberapa indikator; “-” bila diketik sendiri lagi.",
    ),
    PlanColumn(
        "owner",
        "penanggung_jawab",
        "penanggung jawab",
        ("owner", "pic"),
        False,
        "Nama pengguna (lihat lembar Pegawai) atau NIP sebagai teks.",
    ),
)
KEY_OF = {name: column.key for column in COLUMNS for name in (column.heading, column.key, *column.aliases)}
# by name, or by code where it is ours
OFFICE_HEADING = "kantor"
KEY_OF |= dict.fromkeys(
    (
        OFFICE_HEADING,
        "nama_kantor",
        "kode_kantor",
        "nama_skpd",
        "skpd",
        "nama_opd",
        "opd",
        "nama_perangkat_daerah",
        "perangkat_daerah",
        "nama_unit_organisasi",
        "unit_organisasi",
        "satuan_kerja",
    ),
    "office",
)
KEY_OF |= dict.fromkeys(("tipe_target", "jenis_target"), "kind_of_target")
KEY_OF |= dict.fromkeys(
    ("sasaran", "sasaran_strategis", "sasaran_renja"), "sasaran"
)  # beside the names of what is below it
LABELS = {column.key: column.label for column in COLUMNS} | {"baseline": "kondisi awal"}


@dataclass(frozen=True)
class WrongPlanCell:
    """One cell that can't be taken, and why."""

    cell: str
    value: str
    sentence: str

    @property
    def row(self) -> int:
        return int("".join(filter(str.isdigit, self.cell)) or 0)


@dataclass
class PlanLayout:
    """How a file's columns were understood: key → column number from 0, of one level or of all; what was ignored and what is wrong."""

    kind: str = ""
    header: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    of_level: dict[str, dict[str, int]] = field(default_factory=dict)
    code_columns: list[int] = field(default_factory=list)
    field_columns: list[int] = field(default_factory=list)  # urusan, bidang urusan before pieces of codes
    scales: dict[int, MoneyScale] = field(default_factory=dict)
    by_account: bool = False
    account_column: int | None = None
    office_column: int | None = None
    ignored: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    wrong: list[WrongPlanCell] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """The years with a target or a pagu, in order."""
        found = [key for columns in (self.columns, *self.of_level.values()) for key in columns]
        return sorted({int(key[-4:]) for key in found if key.startswith(("target_", "pagu_"))})

    @property
    def levels(self) -> set[str]:
        """The levels whose indicators the file would hold: what is missing there is gone."""
        if not self.of_level:
            return {level.value for level in Level} if "indicator" in self.columns else set()
        named = {level for level, columns in self.of_level.items() if "indicator" in columns}
        return named | ({Level.SUB_KEGIATAN.value} if "indicator" in self.columns else set())

    def columns_of(self, level: str) -> dict[str, int]:
        """Where the levels stand side by side, columns that name no level are those of the sub kegiatan."""
        common = self.columns if level == Level.SUB_KEGIATAN else {}
        return common | self.of_level.get(level, {})

    def scale_of(self, key: str) -> int:
        """What the money under this key is multiplied with."""
        columns = [*self.of_level.values(), self.columns]
        return next((self.scales[found[key]].factor for found in columns if found.get(key) in self.scales), 1)

    def cell(self, key: str, row: int, level: str = "") -> str:
        """The address of a value; if it has no column, the address of the code or name that it belongs to."""
        columns = self.columns_of(level) if self.of_level else self.columns
        number = next((columns[name] for name in (key, "code", "name") if name in columns), 0)
        return f"{get_column_letter(number + 1)}{row}"


def plain_heading(text) -> str:
    """A heading or a choice without capitals, blanks and signs, so that spellings compare."""
    return re.sub(r"[^0-9a-z]+", "_", str(text).lower()).strip("_")
