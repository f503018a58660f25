"""Which column of a table of realisasi anggaran is what, from headings in one to three rows: LRA, laporan realisasi belanja, register SP2D."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from measurement.rules.periods import period_named
from measurement.spreadsheets.merged_headings import merged_headings
from measurement.spreadsheets.money_scale import (
    MoneyScale,
    is_row_of_scales,
    scale_above,
    without_scale,
    words_around,
)

from .reach import Reach, reach_in

HEADING_WITHIN, HEADING_ROWS = 30, 3
LEAST_KNOWN = 2
NOT_SPENT = re.compile(
    r"persen|prosen|\bfisik|kinerja|\bsisa|selisih|\blebih|\bkurang|target|\bpagu|tingkat|capaian|serapan|\bkode\b|\bnama\b|\bnomor\b|\bno\b|"
    r"\bspd\b|\bspp\b|\bspm\b|potongan|pajak|\bppn\b|\bpph\b|\biwp\b|uraian|keterangan|tanggal|\btgl\b|jenis|\bkas\b|sumber|\bvolume\b|\bk$|terbilang"
)
SPENT = re.compile(r"realisasi|pencairan|\bspj\b")
OF_PAYMENT = re.compile(
    r"\b(?:nilai|jumlah|nominal|bruto|brutto|netto|neto|kotor|bersih|sp2d|belanja|pengeluaran)\b"
)
NET = re.compile(r"\b(?:netto|neto|bersih)\b")
PARTS = re.compile(r"\b(?:gu|tu|ls|up|gaji)\b")
WHOLE = re.compile(r"\b(?:jumlah|total|bruto|brutto|kotor)\b")
TAKEN_BACK = re.compile(r"pengembalian|kontra|contra|\bsts\b|\bcp\b")
PAGU = re.compile(r"\b(?:pagu|anggaran|dpa|dppa|apbd)\b")
NO_PAGU = re.compile(
    r"realisasi|sisa|\bkas\b|persen|selisih|sumber|\bkode\b|\bnama\b|tahun|serapan|sebelum|semula|murni|\blebih|bertambah|tanggal|\bno\b"
)
TO_DATE = re.compile(r"\b(?:s d|sd|sampai(?: dengan)?|hingga|kumulatif|akumulasi)\b")
BEFORE = re.compile(r"\b(?:lalu|sebelumnya|yang lalu)\b")
NOW = re.compile(r"\b(?P<noun>triwulan|tw|bulan|semester|tahun|periode) ini\b|\b(?P<bare>periode)\b")


YEAR_OF = re.compile(r"\b20[0-9]{2}\b")


class ColumnRole(StrEnum):
    """What a column says that isn't money."""

    PROGRAM, KEGIATAN, SUB = "program", "kegiatan", "sub"
    CODE, ACCOUNT, NAME, SUB_NAME = "code", "account", "name", "sub_name"
    UNIT, UNIT_CODE, OFFICE, YEAR = "unit", "unit_code", "office", "year"
    DAY, NUMBER, KIND, NOTE = "day", "number", "kind", "note"


ROLES = (
    (ColumnRole.SUB, re.compile(r"(?:kode|id) (?:sub ?kegiatan|sub giat)|sub ?kegiatan kode")),
    (ColumnRole.KEGIATAN, re.compile(r"kode (?:kegiatan|giat)")),
    (ColumnRole.PROGRAM, re.compile(r"kode program")),
    (ColumnRole.CODE, re.compile(r"kode|(?:kode|no|nomor) (?:nomenklatur|master|program (?:dan )?kegiatan.*|urusan.*kegiatan)|.*kode.*sub ?kegiatan.*")),
    (ColumnRole.ACCOUNT, re.compile(r"(?:kode|no|nomor) (?:rekening|akun|rek|belanja)(?: belanja)?")),
    (ColumnRole.SUB_NAME, re.compile(r"(?:nama |uraian )?(?:sub ?kegiatan|sub giat)")),
    (ColumnRole.UNIT_CODE, re.compile(r"kode (?:sub skpd|sub opd|sub unit|kelurahan)")),
    (ColumnRole.UNIT, re.compile(r"(?:nama )?(?:sub skpd|sub opd|sub unit(?: kerja)?|kelurahan)")),
    (ColumnRole.OFFICE, re.compile(r"(?:nama )?(?:skpd|opd|perangkat daerah|unit organisasi|satuan kerja)")),
    (ColumnRole.YEAR, re.compile(r"tahun(?: anggaran)?")),
    (ColumnRole.DAY, re.compile(r"(?:tanggal|tgl)\b.*")),
    (ColumnRole.NUMBER, re.compile(r"(?:no|nomor)(?: (?:sp2d|bukti|bku|transaksi))+|sp2d (?:no|nomor)")),
    (ColumnRole.KIND, re.compile(r"(?:jenis|tipe)(?: (?:sp2d|pembayaran|transaksi|belanja|spm|spp))?")),
    (ColumnRole.NAME, re.compile(r"uraian.*|nama|nomenklatur|.*program.*kegiatan.*|urusan.*|nama (?:rekening|akun).*|rekening")),
    (ColumnRole.NOTE, re.compile(r"keterangan|keperluan|untuk keperluan|untuk pembayaran|deskripsi")),
)  # fmt: skip


class Counted(StrEnum):
    """What the money of a column is counted over, as its heading says."""

    NOW, TO_DATE, BEFORE, PERIOD, BARE = "ini", "sampai", "lalu", "periode", "tidak disebut"


@dataclass(frozen=True)
class SpentColumn:
    """A column of money that was spent. `noun` is whose "ini" it is; `reach` what its heading names."""

    number: int
    heading: str
    basis: Counted
    noun: str = ""
    reach: Reach | None = None
    is_net: bool = False
    is_part: bool = False
    is_taken_back: bool = False


@dataclass
class SpendingColumns:
    """Where a table's headings begin and end (the index of its first row of data), and what its columns are."""

    first: int = 0
    top: int = 0
    end: int = 0  # of the headings alone: a row of scales may follow
    roles: dict[ColumnRole, int] = field(default_factory=dict)
    spent: list[SpentColumn] = field(default_factory=list)
    pagu: int | None = None
    scales: dict[int, MoneyScale] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)

    @property
    def known(self) -> int:
        return len(self.roles) + bool(self.spent) + (self.pagu is not None)

    @property
    def is_table(self) -> bool:
        """Whether it names money, and what it was spent on."""
        named = self.roles.keys() & {
            ColumnRole.SUB,
            ColumnRole.CODE,
            ColumnRole.SUB_NAME,
            ColumnRole.NAME,
            ColumnRole.ACCOUNT,
        }
        return bool(self.spent) and bool(named)

    @property
    def is_register(self) -> bool:
        """Whether it lists payments, each with its day."""
        return ColumnRole.DAY in self.roles

    def scale_of(self, number: int) -> MoneyScale:
        return self.scales.get(number, MoneyScale())


def find_columns(rows: Sequence[Sequence], year: int) -> SpendingColumns:
    """The headings that are understood best; without any, the result is no table."""
    best = SpendingColumns()
    for top in range(min(len(rows), HEADING_WITHIN)):
        for height in range(1, HEADING_ROWS + 1):
            if top + height >= len(rows):
                break
            found = _columns(rows, top, height, year)
            if found.is_table and (
                not best.is_table
                or found.known > best.known
                or len(found.spent) > len(best.spent)
                and found.known == best.known
            ):
                best = found
    if best.is_table:
        _read_scales(best, rows)
    return best


def _columns(rows: Sequence[Sequence], top: int, height: int, year: int) -> SpendingColumns:
    if sum(bool(str(value).strip()) for value in rows[top]) < LEAST_KNOWN or not _are_words(
        rows[top : top + height]
    ):
        return SpendingColumns()
    headings = joined_headings(rows[top : top + height])
    found = SpendingColumns(top + height, top, top + height, headings=headings)
    while found.first < len(rows) and is_row_of_scales(rows[found.first]):
        found.first += 1
    for number, heading in enumerate(headings):
        _place(found, number, heading, year)
    _settle(found)
    return found


def _read_scales(found: SpendingColumns, rows: Sequence[Sequence]) -> None:
    """Money in thousands: said by its own heading, else by the titles and notes around the table."""
    around = scale_above(words_around(rows, found.end))
    for number in [*(column.number for column in found.spent), found.pagu]:
        if number is not None:
            own = scale_above([[row[number]] for row in rows[found.top : found.first]])
            if (scale := own if own.words else around).words:
                found.scales[number] = scale


def _are_words(rows: Sequence[Sequence]) -> bool:
    """Headings hold no money: what looks like a row of data is none of them."""
    texts = [str(value).strip() for row in rows[1:] for value in row]
    return not any(re.fullmatch(r"(?:Rp\s*)?[0-9][0-9.,]{4,}", text) for text in texts)


def joined_headings(rows: Sequence[Sequence]) -> list[str]:
    """One heading per column: "Realisasi" merged over "TW I" and "TW II" gives "Realisasi TW I" and "Realisasi TW II"."""
    return [
        " ".join(dict.fromkeys(filter(None, texts))) for texts in zip(*merged_headings(rows), strict=True)
    ]


def plain_title(heading: str) -> str:
    """A heading in small letters and blanks: "Realisasi s/d TW. II (Rp)" is "realisasi s d tw ii rp"."""
    return re.sub(r"[^0-9a-z]+", " ", without_scale(heading).lower().replace("%", " persen ")).strip()


def _place(found: SpendingColumns, number: int, heading: str, year: int) -> None:
    plain = re.sub(r" (?:rp|rupiah)$", "", plain_title(heading))
    if not plain:
        return
    role = next((role for role, pattern in ROLES if pattern.fullmatch(plain)), None)
    if role:
        if role not in found.roles or (
            role == ColumnRole.DAY
            and _tells_payment(plain)
            and not _tells_payment(plain_title(found.headings[found.roles[role]]))
        ):
            found.roles[role] = number
    elif column := _spent_column(number, heading, plain, year):
        found.spent.append(column)
    elif (
        PAGU.search(plain)
        and not NO_PAGU.search(plain)
        and (found.pagu is None or re.search("perubahan|setelah|menjadi|dppa", plain))
    ):
        found.pagu = number


def _tells_payment(plain: str) -> bool:
    return "sp2d" in plain or "cair" in plain


def _spent_column(number: int, heading: str, plain: str, year: int) -> SpentColumn | None:
    taken_back = bool(TAKEN_BACK.search(plain)) and not NOT_SPENT.search(plain)
    is_spent = SPENT.search(plain) or taken_back or (OF_PAYMENT.search(plain) and not PAGU.search(plain))
    if NOT_SPENT.search(plain) or not is_spent:
        return None
    told = YEAR_OF.findall(plain)
    if told and str(year) not in told:
        return None
    basis, noun = _basis(plain)
    reach = reach_in(heading, year) or _bare_period(plain, year)
    if basis == Counted.BARE and reach:
        basis = (
            Counted.TO_DATE
            if reach.certain and reach.from_new_year and TO_DATE.search(plain)
            else Counted.PERIOD
        )
    return SpentColumn(
        number,
        heading,
        basis,
        noun,
        reach,
        bool(NET.search(plain)),
        bool(PARTS.search(plain)) and not WHOLE.search(plain),
        taken_back,
    )


def _bare_period(plain: str, year: int) -> Reach | None:
    """ "realisasi jan": a short name as the last word."""
    period = period_named(plain.rpartition(" ")[2])
    return Reach(period.first_day(year), period.last_day(year), certain=False) if period else None


def _basis(plain: str) -> tuple[Counted, str]:
    if BEFORE.search(plain):
        return Counted.BEFORE, ""
    now = NOW.search(plain)
    noun = (now["noun"] or now["bare"] or "").replace("tw", "triwulan") if now else ""
    if TO_DATE.search(plain):
        return Counted.TO_DATE, noun
    return (Counted.NOW, noun) if now and now["noun"] else (Counted.BARE, "")


def _settle(found: SpendingColumns) -> None:
    """Gross goes before net, a whole before its parts; an account's code is that of all levels where no other column has one."""
    gross = [column for column in found.spent if not column.is_net]
    found.spent = gross or found.spent
    whole = [column for column in found.spent if not column.is_part and not column.is_taken_back]
    found.spent = [column for column in found.spent if not column.is_part or not whole]
    if (
        ColumnRole.CODE not in found.roles
        and ColumnRole.SUB not in found.roles
        and ColumnRole.ACCOUNT in found.roles
    ):
        found.roles[ColumnRole.CODE] = found.roles.pop(ColumnRole.ACCOUNT)
