"""What other systems of the government ask for, from one cycle, in the order in which their forms ask: SIPD, esr, e-Kinerja; SRIKANDI comes from the archive.

None of them has a public format of a file for these data: what is typed or uploaded there is typed or uploaded by hand. So these are tables to copy from,
and each sheet says so.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.rows import RowFigures
from measurement.models import Level, Paper, ReferenceDocument
from measurement.rules.dates import local_date
from measurement.rules.figure import Figure
from measurement.rules.numbers import round_half_up

from .book_of_sheets import BookSheet, Value, book_of_sheets
from .tables import DASH

PLACES = 2
BY_HAND = "Sistem itu tidak mempunyai format berkas yang terbuka untuk data ini; tabel ini untuk disalin ke isiannya."
SIPD_HEADINGS = (
    "Kode sub kegiatan", "Sub kegiatan", "Sub unit", "Indikator", "Satuan", "Target setahun", "Target s.d.", "Realisasi s.d.", "Capaian s.d. (%)",
    "Pagu (Rp)", "Realisasi anggaran s.d. (Rp)", "Serapan (%)", "Faktor pendorong", "Faktor penghambat", "Tindak lanjut",
)  # fmt: skip
EKINERJA_HEADINGS = (
    "NIP", "Nama", "Program/kegiatan/sub kegiatan", "Indikator", "Satuan", "Target setahun", "Target s.d.", "Realisasi s.d.", "Capaian s.d. (%)",
    "Keadaan",
)  # fmt: skip
ESR_HEADINGS = ("Dokumen", "Nomor", "Tanggal", "Berkas", "SHA-256", "Keterangan")
REPORT_TITLE = "Laporan Hasil"
MONEY = frozenset(heading for heading in SIPD_HEADINGS if heading.endswith("(Rp)"))
WIDE = frozenset(
    {
        "Sub kegiatan",
        "Indikator",
        "Program/kegiatan/sub kegiatan",
        "Faktor pendorong",
        "Faktor penghambat",
        "Tindak lanjut",
        "Berkas",
        "Hal",
    }
)


def neighbours_workbook(
    sheet: Sheet, srikandi_headings: Sequence[str], srikandi_lines: Iterable[Sequence[str]]
) -> bytes:
    """The xlsx; what SRIKANDI asks for comes from whoever knows the archive."""
    cycle = sheet.cycle
    sheets = [
        BookSheet(
            "SIPD",
            f"Kinerja dan anggaran tiap sub kegiatan. {BY_HAND}",
            SIPD_HEADINGS,
            _sipd(sheet),
            WIDE,
            MONEY,
        ),
        BookSheet(
            "e-Kinerja",
            f"Indikator tiap pegawai, urut NIP. {BY_HAND}",
            EKINERJA_HEADINGS,
            _ekinerja(sheet),
            WIDE,
        ),
        BookSheet(
            "esr",
            f"Dokumen yang diunggah satu per satu sebagai PDF. {BY_HAND}",
            ESR_HEADINGS,
            _esr(sheet),
            WIDE,
        ),
        BookSheet(
            "SRIKANDI",
            f"Naskah siklus ini; PDF-nya diunggah satu per satu. {BY_HAND}",
            srikandi_headings,
            srikandi_lines,
            WIDE,
        ),
    ]
    notes = (
        f"{cycle.period}, {cycle.unit.name}.",
        "Memuat NIP: bagikan seperlunya. Angka sama dengan halaman dan naskah.",
    )
    return book_of_sheets(f"Untuk sistem lain {cycle}", notes, sheets)


def _sipd(sheet: Sheet) -> Iterator[list[Value]]:
    """One line an indicator; the money of a sub kegiatan stands once, on its first."""
    for branch in sheet.of_level(Level.SUB_KEGIATAN):
        money = _money(branch)
        for figures in branch.rows:
            row = figures.row
            place: list[Value] = [
                branch.node.code,
                branch.node.name,
                branch.node.sub_unit,
                row.name,
                row.measure,
            ]
            yield [*place, *_reached(figures), *money, row.driver, row.obstacle, row.follow_up]
            money = [None] * len(money)


def _money(branch: NodeFigures) -> list[Value]:
    return [branch.pagu, branch.spent_to_date, _percent(branch.serapan)]


def _reached(figures: RowFigures) -> list[Value]:
    row, so_far = figures.row, figures.to_date
    return [
        row.shown_target(row.target_year),
        figures.shown_target_to_date,
        row.shown(so_far.realised),
        _percent(figures.counted),
    ]


def _ekinerja(sheet: Sheet) -> Iterator[list[Value]]:
    names = {branch.node.pk: f"{branch.node.code} {branch.node.name}" for _, branch in sheet.nodes()}
    for figures in sorted(
        sheet.rows.values(), key=lambda figures: (figures.row.owner.nip or "", figures.row.position)
    ):
        row = figures.row
        yield [
            row.owner.nip or DASH,
            row.owner.name,
            names[row.node_id],
            row.name,
            row.measure,
            *_reached(figures),
            row.state_label,
        ]


def _esr(sheet: Sheet) -> Iterator[list[Value]]:
    """The documents of step 4, then the report; what is missing is said."""
    documents: QuerySet[ReferenceDocument] = sheet.cycle.reference_documents.select_related("file")
    for document in documents:
        digest = document.file.sha256 if document.file else ""
        yield [
            document.get_kind_display(),
            "",
            "",
            document.name,
            digest,
            document.explanation or ("" if digest else "belum ada"),
        ]
    report: Paper | None = sheet.cycle.papers.valid_reports().select_related("file").last()
    if report is None:
        yield [REPORT_TITLE, "", "", "", "", "belum terbit"]
        return
    file = getattr(report, "file", None)
    digest = file.sha256 if file else ""
    yield [
        report.title,
        report.number,
        local_date(report.issued_at),
        f"{report.title}.pdf",
        digest,
        "unduh dari halaman siklus",
    ]


def _percent(figure: Figure) -> Value:
    return DASH if figure.value is None else round_half_up(figure.value, PLACES)
