"""The columns of the table of people, as data: what they are called, what people also call them, and what belongs in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from measurement.plan.table_import.columns import plain_heading

HEADINGS_WITHIN = 15


@dataclass(frozen=True)
class StaffColumn:
    """The key of a column, the heading of our template, other headings in use (as `plain_heading` spells them), its width and help."""

    key: str
    heading: str
    aliases: tuple[str, ...]
    width: int
    help: str


COLUMNS = (
    StaffColumn(
        "nip", "NIP", ("nip_ni_pppk", "nip_nippppk", "nip_nipppk", "nomor_induk_pegawai", "nip_baru"), 24,
        "NIP atau NI PPPK, 18 angka, diketik sebagai teks; boleh memakai spasi. Kosong bagi pegawai tanpa NIP.",
    ),
    StaffColumn(
        "name", "Nama dengan gelar", ("nama", "nama_lengkap", "nama_pegawai", "nama_asn", "nama_dan_gelar"), 38,
        "Seperti dicetak pada naskah, misalnya ASN Contoh 03, S.E.",
    ),
    StaffColumn(
        "username", "Nama pengguna", ("username", "user", "akun"), 24,
        "Boleh kosong: dibuat dari nama. Pegawai yang ber-NIP masuk dengan NIP-nya.",
    ),
    StaffColumn(
        "grade", "Pangkat, golongan",
        ("pangkat_gol", "pangkat_golongan_ruang", "pangkat_gol_ruang", "pangkat_dan_golongan", "gol_pangkat", "pangkat_gol_ru", "golongan_pangkat"), 30,
        "Misalnya Penata Tingkat I, III/d. Golongan saja dilengkapi pangkatnya.",
    ),
    StaffColumn("title", "Jabatan", ("nama_jabatan", "jabatan_terakhir"), 38, "Tanpa Plt. atau Plh. di depannya."),
    StaffColumn(
        "roles", "Peran", ("peran_sakip", "peran_dalam_sakip", "role", "tugas_sakip", "hak_akses"), 30,
        "Satu atau beberapa, dipisahkan koma. Kosong: ASN, atau perannya sekarang bila sudah terdaftar.",
    ),
    StaffColumn("kind", "Sifat", ("sifat_penugasan", "status_jabatan"), 14, "Definitif, Plt., atau Plh.; kosong: definitif."),
    StaffColumn(
        "decree", "Nomor SK atau surat perintah", ("nomor_sk", "no_sk", "sk", "surat_perintah", "nomor_surat_perintah"), 28, "Boleh kosong.",
    ),
    StaffColumn(
        "starts", "Mulai", ("tmt", "tmt_jabatan", "mulai_bertugas", "tanggal_mulai", "mulai_tanggal"), 18,
        "Tanggal mulai penugasan, misalnya 1 Januari 2026 atau 01-01-2026. Kosong: hari ini.",
    ),
    StaffColumn("ends", "Sampai", ("tanggal_akhir", "berakhir", "selesai", "sampai_tanggal"), 18, "Hari terakhir bertugas; boleh kosong."),
    StaffColumn("email", "Surel", ("email", "e_mail", "alamat_email", "alamat_surel"), 32, "Boleh kosong."),
)  # fmt: skip
# what offices keep in columns of their own: pangkat and golongan apart, and the numbers of PPPK beside those of civil servants
RANK, GROUP, OTHER_NUMBER = "rank", "group", "other_number"
HALVES = {
    "pangkat": RANK,
    "golongan": GROUP,
    "gol": GROUP,
    "gol_ruang": GROUP,
    "golongan_ruang": GROUP,
    "gol_ru": GROUP,
    **dict.fromkeys(("ni_pppk", "nippppk", "nipppk", "nomor_induk_pppk"), OTHER_NUMBER),
}
# where a fault is shown whose own column the file lacks; the name is always there
BESIDE = {
    "grade": (RANK, GROUP),
    "nip": (OTHER_NUMBER,),
    "kind": ("roles", "title"),
    "roles": ("title",),
    "title": ("roles",),
}
KEY_OF = HALVES | {
    word: column.key for column in COLUMNS for word in (plain_heading(column.heading), *column.aliases)
}
HEADING_OF = {column.key: column.heading for column in COLUMNS}
NOT_NEEDED = {"no", "nomor", "no_urut", ""}  # a running number needs no remark


@dataclass(frozen=True)
class StaffLayout:
    """Where the headings stand, which column is which, and the headings that mean nothing here."""

    header: int  # the row of the headings, as people count
    columns: dict[str, int]
    ignored: list[str]
    other_numbers: set[int] = field(default_factory=set)  # rows whose number stands in the column for PPPK

    def cell(self, key: str, row: int) -> str:
        """The address of a cell; where the file has no such column, of the one that it belongs to."""
        keys = (
            (OTHER_NUMBER,)
            if key == "nip" and row in self.other_numbers
            else (key, *BESIDE.get(key, ()), "name")
        )
        number = next(self.columns[one] for one in keys if one in self.columns)
        return f"{get_column_letter(number + 1)}{row}"


def staff_headings_in(rows: Sequence[Sequence]) -> int:
    """How many of our headings the best of these rows holds."""
    return max((len(_keys(row)) for row in rows), default=0)


def _keys(row: Sequence) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, heading in enumerate(row):
        key = KEY_OF.get(plain_heading(heading)) if isinstance(heading, str) else None
        if key:
            found.setdefault(key, number)
    return found


def staff_layout(table: Sequence[Sequence]) -> StaffLayout | None:
    """The row with most of our headings among the first; None where no row names people and something about them."""
    best = max(range(min(len(table), HEADINGS_WITHIN)), key=lambda index: len(_keys(table[index])), default=0)
    columns = _keys(table[best]) if table else {}
    if "name" not in columns or len(columns) < 2:
        return None
    ignored = [
        " ".join(str(heading).split())
        for number, heading in enumerate(table[best])
        if number not in columns.values() and plain_heading(heading) not in NOT_NEEDED
    ]
    return StaffLayout(best + 1, columns, ignored)
