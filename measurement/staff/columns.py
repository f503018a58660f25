"""The columns of the table of people, as data: what they are called, what people also call them, and what belongs in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from measurement.plan.table_import.columns import plain_heading
from measurement.spreadsheets.merged_headings import merged_headings

HEADINGS_WITHIN, HEADING_ROWS, LEAST_KNOWN = 15, 3, 2
SPACED = re.compile(r"[A-Za-z](?: [A-Za-z])+")


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
        "name", "Nama dengan gelar",
        ("nama", "nama_lengkap", "nama_pegawai", "nama_asn", "nama_dan_gelar", "nama_nip", "nama_dan_nip", "nip_nama", "nip_dan_nama"), 38,
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
# in a file about many offices alone
OFFICE = StaffColumn(
    "office", "Kode kantor", ("kode_unit", "kode_unit_kerja", "kode_perangkat_daerah", "kode_opd", "kode_skpd", "kode_kecamatan"), 18,
    "Kantor orang ini, seperti kodenya pada daftar kantor; wajib pada berkas untuk banyak kantor.",
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
    word: column.key
    for column in (OFFICE, *COLUMNS)
    for word in (plain_heading(column.heading), *column.aliases)
}
HEADING_OF = {column.key: column.heading for column in COLUMNS}
# below a heading that is merged over several columns, what their own headings mean there
OF_GRADE = {RANK: RANK, GROUP: GROUP, "grade": "grade"}
OF_TITLE = {key: key for key in ("title", "starts", "ends", "decree", "kind")} | {"name": "title"}
BELOW = {"grade": OF_GRADE, RANK: OF_GRADE, GROUP: OF_GRADE, "title": OF_TITLE}
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
    return max((len(keys) for _, keys, _ in _candidates(rows)), default=0)


def staff_layout(table: Sequence[Sequence], of_offices: bool = False) -> StaffLayout | None:
    """The headings in one to three rows that are understood best; None where none name people and something about them.

    Of one office's file the column of the office is ignored: it says nothing there.
    """
    header, columns, headings = max(
        _candidates(table[: HEADINGS_WITHIN + HEADING_ROWS]),
        key=lambda found: len(found[1]),
        default=(0, {}, []),
    )
    if not of_offices:
        columns.pop(OFFICE.key, None)
    if "name" not in columns or len(columns) < LEAST_KNOWN:
        return None
    ignored = [
        heading
        for number, heading in enumerate(headings)
        if number not in columns.values() and plain_heading(heading) not in NOT_NEEDED
    ]
    return StaffLayout(header, columns, ignored)


def _candidates(rows: Sequence[Sequence]) -> Iterator[tuple[int, dict[str, int], list[str]]]:
    """For each place where headings may stand: their last row as people count, key → column, and the heading of each column."""
    for top in range(min(len(rows), HEADINGS_WITHIN)):
        for height in range(1, HEADING_ROWS + 1):
            levels = rows[top : top + height]
            if len(levels) < height or (height > 1 and not _may_be_headings(levels)):
                break
            columns = list(zip(*merged_headings(levels), strict=True))
            found: dict[str, int] = {}
            for number, told in enumerate(columns):
                if key := _key_of([text for text in dict.fromkeys(told) if text]):
                    found.setdefault(key, number)
            yield top + height, found, [" ".join(dict.fromkeys(filter(None, told))) for told in columns]


def _may_be_headings(levels: Sequence[Sequence]) -> bool:
    """Several rows belong together where the first names more than one column, and all of them are words."""
    named = sum(bool(str(value).strip()) for value in levels[0])
    return named > 1 and all(
        isinstance(value, str) and not value.strip().isdecimal() for row in levels for value in row
    )


def _plain(text: str) -> str:
    """ "N A M A" is nama."""
    return plain_heading(text.replace(" ", "") if SPACED.fullmatch(text) else text)


def _key_of(told: Sequence[str]) -> str:
    """What a column is, from its headings of one to three rows, the highest first: TMT below Jabatan is not that below Pangkat."""
    words = [_plain(text) for text in told]
    if len(words) < LEAST_KNOWN:
        return KEY_OF.get(words[0], "") if words else ""
    if whole := KEY_OF.get("_".join(words)) or KEY_OF.get("_".join(reversed(words))):
        return whole
    above, own = next(filter(None, map(KEY_OF.get, words[:-1])), ""), KEY_OF.get(words[-1], "")
    if above in BELOW:
        return BELOW[above].get(own, "" if own else above)
    return own or above
