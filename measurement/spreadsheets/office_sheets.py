"""What an office has, table by table, for the one workbook of everything: hours, days off, targets, pagu, papers, data awal, arahan."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils import timezone

from measurement.models import (
    Directive,
    Holiday,
    Indicator,
    OpeningFigure,
    Pagu,
    Paper,
    PlanNode,
    Target,
    Unit,
    WorksheetNode,
)
from measurement.rules.opening import WHOLE_YEAR
from measurement.rules.periods import Frequency, Period
from measurement.rules.spans import Aim, Span

from .book_of_sheets import BookSheet, Value

PERIODS = tuple(f"Periode {number}" for number in Frequency.MONTHLY.numbers)
CASH = tuple(f"Anggaran kas TW {roman}" for roman in ("I", "II", "III", "IV"))
WITHDRAWN, REPLACED, VALID = "dibatalkan", "digantikan", "berlaku"


def settings_sheets(unit: Unit) -> list[BookSheet]:
    """Working hours, and the days off that count here."""
    spans = unit.work_spans.all()
    days = Holiday.objects.filter(Q(unit=None) | Q(unit=unit)).order_by("date")
    return [
        BookSheet(
            "Jam kerja",
            "Jam kerja tiap hari, dasar hitungan waktu baku.",
            ("Hari", "Mulai", "Selesai"),
            ((span.get_weekday_display(), span.begins, span.ends) for span in spans),
        ),
        BookSheet(
            "Hari libur",
            "Libur nasional dan cuti bersama, serta libur kantor ini sendiri.",
            ("Tanggal", "Nama", "Berlaku untuk"),
            ((day.date, day.name, "kantor ini" if day.unit_id else "semua kantor") for day in days),
            frozenset({"Nama"}),
        ),
    ]


def plan_figure_sheets(unit: Unit) -> list[BookSheet]:
    """Targets and pagu of all plans, one line for each year."""
    return [
        BookSheet(
            "Target",
            "Target tiap indikator, satu baris tiap tahun; periode menurut frekuensi pengukuran tahun itu.",
            ("Rencana", "Kode", "Program/kegiatan/sub kegiatan", "Indikator", "Satuan", "Dipakai", "Tahun", "Target setahun", *PERIODS),
            _target_rows(unit),
            frozenset({"Program/kegiatan/sub kegiatan", "Indikator"}),
        ),
        BookSheet(
            "Pagu",
            "Pagu tiap sub kegiatan, satu baris tiap tahun, dengan anggaran kas tiap triwulan bila diisi.",
            ("Rencana", "Kode", "Sub kegiatan", "Sub unit", "Tahun", "Pagu", *CASH),
            _pagu_rows(unit),
            frozenset({"Sub kegiatan"}),
            frozenset({"Pagu", *CASH}),
        ),
    ]  # fmt: skip


def _target_rows(unit: Unit) -> Iterator[Sequence[Value]]:
    found = Target.objects.filter(indicator__node__plan__unit=unit).select_related("indicator__node__plan")
    order = ("indicator__node__plan", "indicator__node__position", "indicator__position", "year")
    for target in found.order_by(*order):
        indicator: Indicator = target.indicator
        plan = indicator.node.plan
        annual, *periods = target.aims(plan.frequency_in(target.year))
        yield (
            str(plan), indicator.node.code, indicator.node.name, indicator.name, indicator.measure,
            "tidak" if indicator.retired else "ya", str(target.year), _aim(annual),
            *(_aim(aim) for aim in (*periods, *[None] * (len(PERIODS) - len(periods)))),
        )  # fmt: skip


def _aim(aim: Aim | None) -> Value:
    return str(aim) if isinstance(aim, Span) else aim


def _pagu_rows(unit: Unit) -> Iterator[Sequence[Value]]:
    found = Pagu.objects.filter(node__plan__unit=unit).select_related("node__plan", "node__sub_unit")
    for pagu in found.order_by("node__plan", "node__position", "year"):
        node: PlanNode = pagu.node
        sub_unit = node.sub_unit.name if node.sub_unit else ""
        cash = (pagu.cash_1, pagu.cash_2, pagu.cash_3, pagu.cash_4)
        yield str(node.plan), node.code, node.name, sub_unit, str(pagu.year), pagu.amount, *cash


def paper_sheet(unit: Unit) -> BookSheet:
    """The list of papers; the papers themselves are in the archive."""
    return BookSheet(
        "Daftar naskah",
        "Semua naskah yang diterbitkan, juga yang dibatalkan; berkasnya ada pada Arsip.",
        ("Nomor", "Judul", "Periode", "Diterbitkan", "Oleh", "Keadaan", "Ditandatangani", "Diminta", "Kode verifikasi"),
        _paper_rows(unit),
        frozenset({"Judul", "Nomor"}),
    )  # fmt: skip


def _paper_rows(unit: Unit) -> Iterator[Sequence[Value]]:
    for paper in Paper.objects.filter(unit=unit).listed().select_related("cycle").order_by("issued_at", "pk"):
        state = WITHDRAWN if hasattr(paper, "void") else REPLACED if hasattr(paper, "replaced_by") else VALID
        issued = timezone.localtime(paper.issued_at)
        yield (
            paper.number, paper.title, paper.cycle.period, issued, paper.issued_by.name, state, paper.signed, paper.asked, paper.code,
        )  # fmt: skip


def opening_sheet(unit: Unit) -> BookSheet:
    """Data awal, with the document of each figure."""
    return BookSheet(
        "Data awal",
        "Realisasi sebelum kantor mulai memakai sistem, menurut dokumennya; dipakai sesudah disetujui.",
        (
            "Dokumen", "Tanggal dokumen", "Disetujui", "Disetujui oleh", "Kode", "Indikator atau sub kegiatan", "Tahun", "Periode",
            "Realisasi", "Pembilang", "Penyebut", "Realisasi anggaran",
        ),
        _opening_rows(unit),
        frozenset({"Dokumen", "Indikator atau sub kegiatan"}),
        frozenset({"Realisasi anggaran"}),
    )  # fmt: skip


def _opening_rows(unit: Unit) -> Iterator[Sequence[Value]]:
    found = OpeningFigure.objects.filter(opening__plan__unit=unit)
    found = found.select_related("opening__approved_by", "opening__plan", "indicator__node", "node")
    for figure in found.order_by("opening", "year", "number", "pk"):
        opening = figure.opening
        node = figure.indicator.node if figure.indicator else figure.node
        frequency = opening.plan.frequency_in(figure.year)
        whole = figure.number == WHOLE_YEAR or figure.number > frequency.size
        yield (
            opening.document, opening.dated, timezone.localtime(opening.approved_at) if opening.approved_at else "belum",
            opening.approved_by.name if opening.approved_by else "", node.code if node else "",
            figure.indicator.name if figure.indicator else (node.name if node else ""), str(figure.year),
            "setahun" if whole else Period(frequency, figure.number).name,
            figure.realised, figure.numerator, figure.denominator, figure.spent,
        )  # fmt: skip


def directive_sheet(unit: Unit) -> BookSheet:
    """Arahan with which rounds were sent back, and what became of them."""
    return BookSheet(
        "Arahan",
        "Arahan saat hasil dikembalikan, dan jawabannya. Tindak lanjut tiap indikator ada pada lembar Hasil indikator.",
        ("Periode", "Putaran", "Kode", "Indikator", "Arahan", "Diberikan oleh", "Tanggal", "Jawaban", "Dijawab oleh", "Tanggal jawaban"),
        _directive_rows(unit),
        frozenset({"Indikator", "Arahan", "Jawaban"}),
    )  # fmt: skip


def _directive_rows(unit: Unit) -> Iterator[Sequence[Value]]:
    found = Directive.objects.filter(cycle__in=unit.cycles.standing())
    found = found.select_related("cycle", "row__node", "given_by", "answered_by")
    for arahan in found.order_by("cycle__year", "cycle__number", "cycle", "round", "pk"):
        node: WorksheetNode | None = arahan.row.node if arahan.row else None
        yield (
            arahan.cycle.period, arahan.round, node.code if node else "", arahan.row.name if arahan.row else "seluruhnya", arahan.text,
            arahan.given_by.name, timezone.localtime(arahan.given_at), arahan.answer, arahan.answered_by.name if arahan.answered_by else "",
            timezone.localtime(arahan.answered_at) if arahan.answered_at else "belum",
        )  # fmt: skip
