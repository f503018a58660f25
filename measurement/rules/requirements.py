"""What is missing: per step a list of sentences, empty when the step may be left.

The same list stands under the disabled button and in the server's refusal. Each check takes the cycle and yields sentences.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.utils import timezone

from .cycle_requirements import earlier_periods_are_archived, withdrawal_is_answered
from .dates import dated_moment
from .methods import METHODS, Need
from .order_requirements import BEFORE_ORDER
from .sentences import ended
from .smart import smart_is_decided
from .sop import (
    APPROVE,
    ARCHIVE,
    BRIEF,
    EVALUATE,
    MEASURE,
    OPEN_ROWS,
    ORDER,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    RECAPITULATE,
    REFERENCE_DOCUMENTS,
    REPORT,
    REPORT_TO_CAMAT,
    SCHEDULED_SPAN,
    SCHEDULED_STEPS,
    SEND_BACK,
    SETTLED_ROWS,
    RowState,
)

if TYPE_CHECKING:  # what is asked about: the rules read it and need nothing of it to run
    from measurement.models import IndicatorDefinition, MeasurementCycle

    Check = Callable[[MeasurementCycle], Iterator[str]]

SHORTEST_REASON = 10
SHORTEST_PLACE = 3  # "R 2", "Rak A"
SHOWN = 8
ELECTRONIC_METHODS = ("lokal", "bsre")


def is_said(text: str, at_least: int = SHORTEST_REASON) -> bool:
    """Whether a text has that many visible characters; blanks, control and zero-width characters don't count."""
    visible = (char for char in text if not unicodedata.category(char).startswith(("Z", "C")))
    return sum(1 for _ in islice(visible, at_least)) == at_least


def missing(cycle: MeasurementCycle, action: str) -> list[str]:
    """What has to be done before this action; the sentences name what and where."""
    return [sentence for check in CHECKS[action] for sentence in check(cycle)]


def text_required(field: str, sentence: str, at_least: int = SHORTEST_REASON) -> Check:
    def check(cycle: MeasurementCycle) -> Iterator[str]:
        if not is_said(getattr(cycle, field), at_least):
            yield sentence

    return check


def meeting_is_set(cycle: MeasurementCycle) -> Iterator[str]:
    meeting = cycle.meeting
    if not meeting.starts_at:
        yield "Isi hari dan jam rapat."
    if not is_said(meeting.place, SHORTEST_PLACE):
        yield "Isi tempat rapat."
    if not is_said(meeting.agenda, 5):
        yield "Isi acara rapat."
    if not is_said(meeting.briefing):
        yield "Tuliskan arahan pelaksanaan pengukuran."


def minutes_are_written(cycle: MeasurementCycle) -> Iterator[str]:
    meeting = cycle.meeting
    if meeting.starts_at and meeting.starts_at > timezone.now():
        yield f"Rapat baru dimulai {dated_moment(meeting.starts_at)}; notulennya ditetapkan sesudah itu."
    if not is_said(meeting.discussion):
        yield "Tuliskan pembahasan rapat pada notulen."
    if not is_said(meeting.decisions):
        yield "Tuliskan keputusan rapat pada notulen."
    if not meeting.has_attendees:
        yield "Catat peserta rapat."


def schedule_is_complete(cycle: MeasurementCycle) -> Iterator[str]:
    planned = cycle.planned_dates
    dates = [planned[step.key] for step in SCHEDULED_STEPS if step.key in planned]
    if len(dates) < len(SCHEDULED_STEPS):
        yield f"Lengkapi rencana kegiatan: tanggal selesai untuk {SCHEDULED_SPAN}."
    elif dates != sorted(dates):
        yield f"Tanggal pada rencana kegiatan harus berurutan dari {SCHEDULED_SPAN}."


def references_are_settled(cycle: MeasurementCycle) -> Iterator[str]:
    cycle.load_references()
    settled = {document.kind for document in cycle.reference_documents.all() if document.is_settled}
    for kind, label in REFERENCE_DOCUMENTS.items():
        if kind not in settled:
            yield f"Unggah {label}, atau jelaskan mengapa tidak ada."


def definition_gaps(indicator: IndicatorDefinition) -> list[str]:
    """What an indicator still lacks before it can be measured with. One that follows others has their data and evidence."""
    asked = [("satuan", indicator.measure), ("definisi dan formula", indicator.formula)]
    if not indicator.follow_rule:
        asked += [("sumber data", indicator.source), ("bukti yang diminta", indicator.evidence_wanted)]
    gaps = [label for label, value in asked if not value.strip()]
    needed = METHODS[indicator.method].needs
    if needed == Need.BOUNDS and None in (indicator.low, indicator.high):
        gaps.append(needed)
    if needed == Need.SCORES and not indicator.score_scale.strip():
        gaps.append(needed)
    if None in indicator.smart_answers:
        gaps.append("penilaian SMART")
    elif False in indicator.smart_answers and not is_said(indicator.smart_reason):
        gaps.append("alasan penilaian SMART “tidak”")
    return gaps


def scale_is_in_force(cycle: MeasurementCycle) -> Iterator[str]:
    yield from cycle.unit.predicate_scale.gaps(cycle.last_day)


def indicators_are_defined(cycle: MeasurementCycle) -> Iterator[str]:
    indicators = cycle.indicators_to_measure
    if not indicators:
        yield f"Rencana belum memuat indikator dengan target tahun {cycle.year}."
    elif not any(indicator.annual for indicator in indicators):
        yield f"Semua target tahun {cycle.year} nol: tidak ada yang dapat diukur."
    incomplete = []
    for indicator in indicators:
        gaps = definition_gaps(indicator) + (
            [] if indicator.owner_serves else ["penanggung jawab yang masih bertugas"]
        )
        if gaps:
            incomplete.append(f"Indikator “{indicator.name}” belum lengkap: {', '.join(gaps)}.")
    yield from shorten(incomplete, "indikator")


def followed_are_measured(cycle: MeasurementCycle) -> Iterator[str]:
    """An indicator that follows others takes its realisasi from at least one that is measured this year."""
    measured = {indicator.pk for indicator in cycle.indicators_to_measure}
    yield from shorten(
        [
            f"“{indicator.name}” ({indicator.node.place}) mengikuti indikator yang tidak diukur tahun {cycle.year}. Pilih yang lain, atau "
            "kosongkan isian “mengikuti” pada rencana."
            for indicator in cycle.indicators_to_measure
            if indicator.follow_rule and measured.isdisjoint(source.pk for source in indicator.follows.all())
        ],
        "indikator",
    )


def money_has_owners(cycle: MeasurementCycle) -> Iterator[str]:
    """Money is entered by the owner of its sub kegiatan, so each needs one who serves here."""
    carrying = cycle.plan.nodes.select_related("sub_unit").filter(pagu__year=cycle.year, pagu__amount__gt=0)
    nodes = carrying.exclude(owner__in=cycle.staff)
    orphans = [
        f"Sub kegiatan {node.place} berpagu tetapi tidak mempunyai penanggung jawab yang masih bertugas."
        for node in nodes
    ]
    yield from shorten(orphans, "sub kegiatan")


def rows_are_sent(cycle: MeasurementCycle) -> Iterator[str]:
    cycle.load_worksheet()
    waiting = Counter(row.owner.name for row in cycle.rows.all() if row.state in OPEN_ROWS)
    if waiting:
        people = [f"{name} ({count} indikator)" for name, count in sorted(waiting.items())]
        yield from shorten([ended(f"Belum dikirim: {person}") for person in people], "pegawai")


def _over_pagu(cycle: MeasurementCycle) -> list[str]:
    """The places where more was spent than the pagu and nobody said why. What was stopped is asked nothing."""
    cycle.load_worksheet()
    return [
        f"{node.place} melebihi pagu tanpa alasan"
        for node in cycle.nodes.all()
        if node.spent and node.spent_before + node.spent > node.pagu and not is_said(node.overspend_reason)
    ]


def money_is_within_pagu(cycle: MeasurementCycle) -> Iterator[str]:
    """Once more at the decision: a correction of an earlier period may have come in since step 6."""
    yield from shorten(
        [
            f"Realisasi anggaran {place} sesudah koreksi periode sebelumnya. Kembalikan dengan arahan pada indikatornya supaya alasannya ditulis."
            for place in _over_pagu(cycle)
        ],
        "sub kegiatan",
    )


def money_is_entered(cycle: MeasurementCycle) -> Iterator[str]:
    cycle.load_worksheet()
    blank = [node for node in cycle.nodes.all() if node.has_blank_money]
    yield from shorten([f"Realisasi anggaran {place}." for place in _over_pagu(cycle)], "sub kegiatan")
    yield from shorten(
        [
            f"Realisasi anggaran {node.place} belum diisi oleh {node.owner or 'penanggung jawab'}."
            for node in blank
        ],
        "sub kegiatan",
    )


def rows_are_settled(cycle: MeasurementCycle) -> Iterator[str]:
    cycle.load_worksheet()
    states = Counter(row.state for row in cycle.rows.all() if row.state not in SETTLED_ROWS)
    if states[RowState.TERKIRIM]:
        yield f"{states[RowState.TERKIRIM]} baris belum dievaluasi: terima atau kembalikan."
    returned = sum(states.values()) - states[RowState.TERKIRIM]
    if returned:
        yield f"{returned} baris masih dilengkapi oleh penanggung jawabnya."


def directives_are_answered(cycle: MeasurementCycle) -> Iterator[str]:
    for directive in cycle.current_directives:
        if directive.answered_at is None:
            yield f"Jawab arahan {cycle.sop.secretary.short}: “{directive.text[:80]}”."


def papers_are_stored(cycle: MeasurementCycle) -> Iterator[str]:
    pending = cycle.papers.filter(file=None).count()
    if pending:
        yield f"{pending} naskah masih dibuat berkasnya. Muat ulang halaman ini sesaat lagi."


def report_is_valid(cycle: MeasurementCycle) -> Iterator[str]:
    if cycle.valid_report is None:
        who = cycle.sop.secretary.short
        yield f"Belum ada Laporan Hasil yang berlaku: yang terbit sudah dibatalkan. Minta {who} menerbitkannya lagi."


def report_is_signed(cycle: MeasurementCycle) -> Iterator[str]:
    """The valid report must be signed where its method is electronic; signatures in ink may come later."""
    unsigned = cycle.papers.valid_reports().filter(
        signers__signature=None, signers__method__in=ELECTRONIC_METHODS
    )
    for number, title in unsigned.order_by("signers__position").values_list("number", "signers__title"):
        yield f"Laporan Hasil nomor {number} belum ditandatangani oleh {title}."


def shorten(sentences: list[str], what: str) -> list[str]:
    """The first sentences and how many more there are."""
    rest = len(sentences) - SHOWN
    return sentences if rest <= 0 else [*sentences[:SHOWN], f"… dan {rest} {what} lainnya."]


CHECKS: dict[str, tuple[Check, ...]] = {
    ORDER.key: (*BEFORE_ORDER, text_required("instruction", "Tuliskan isi perintah.")),
    BRIEF.key: (meeting_is_set,),
    PLAN_ACTIVITIES.key: (minutes_are_written, schedule_is_complete),
    PREPARE_METHOD.key: (
        earlier_periods_are_archived,
        scale_is_in_force,
        references_are_settled,
        indicators_are_defined,
        smart_is_decided,
        followed_are_measured,
        money_has_owners,
    ),
    MEASURE.key: (rows_are_sent, money_is_entered),
    EVALUATE.key: (rows_are_settled, money_is_entered, directives_are_answered),
    RECAPITULATE.key: (
        rows_are_settled,
        text_required("recap_note", "Tuliskan catatan rekap: apa yang menonjol pada hasil ini."),
    ),
    REPORT.key: (text_required("cover_note", "Tuliskan pengantar rekapitulasi."),),
    APPROVE.key: (money_is_within_pagu,),
    SEND_BACK: (),
    REPORT_TO_CAMAT.key: (
        text_required("conclusion", "Tuliskan simpulan laporan."),
        text_required("suggestions", "Tuliskan saran laporan."),
    ),
    ARCHIVE.key: (
        withdrawal_is_answered,
        text_required("storage_location", "Tuliskan lokasi simpan berkas.", SHORTEST_PLACE),
        papers_are_stored,
        report_is_valid,
        report_is_signed,
    ),
}
