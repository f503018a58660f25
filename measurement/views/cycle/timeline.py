"""What happened to a cycle, newest first: acts of the SOP with their reasons and papers, withdrawals, signatures, and counts of what was done to rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import AuditEntry, MeasurementCycle, Paper, Prepared, SignedPaper, Stay
from measurement.record.audit import UNDO
from measurement.rules.dates import clock, long_date, moment, period
from measurement.rules.sop import SEND_BACK, WITHDRAW, WITHDRAWN

AT_ONCE = 12  # what is shown before the rest is folded
ROW_ACTS = {
    "row_send": ("state-terkirim", "baris dikirim"),
    "row_fill_for": ("state-draf", "baris diisi atas nama penanggung jawabnya"),
    "row_accept": ("state-diterima", "baris diterima"),
    "row_return": ("return-arrow", "baris dikembalikan"),
    "rows_assign": ("person", "baris dibagi kepada penilainya"),
    "row_excuse": ("state-dikecualikan", "baris dikecualikan"),
    "row_record": ("state-draf", "baris dicatat di luar rencana"),
    "opening_reached": ("document", "baris dihitung lagi dengan data awal yang disetujui"),
    "correction_taken_over": ("document", "angka dihitung lagi menurut koreksi periode sebelumnya"),
    "directive_answer": ("document", "arahan dijawab"),
    "promise_answer": ("document", "tindak lanjut periode lalu dijawab"),
    "row_remark": ("document", "catatan pada baris ditulis"),
    "follow_up_open": ("document", "arahan untuk ditindaklanjuti dicatat"),
    "follow_up_note": ("document", "perkembangan tindak lanjut dicatat"),
    "follow_up_close": ("check", "tindak lanjut ditutup"),
    "smart_decision": ("check", "indikator yang belum SMART diputuskan"),
    "evidence_attach": ("upload", "bukti dilampirkan"),
    "money_import": ("upload", "berkas realisasi anggaran diterapkan"),
    "row_copy": ("state-draf", "baris diisi dengan salinan"),
    "evidence_detach": ("return-arrow", "bukti dilepas"),
}
# what was asked and answered while the cycle was under way
REQUESTS = {
    "extension_give": ("state-berjalan", "Langkah {number} diperpanjang sampai {until} untuk {whom}"),
    "extension_refuse": ("return-arrow", "Perpanjangan langkah {number} untuk {whom} ditolak"),
    "withdrawal_ask": ("alert", "Pencabutan perintah diminta"),
    "withdrawal_refuse": ("return-arrow", "Pencabutan perintah ditolak"),
    "withdrawal_take_back": ("return-arrow", "Permintaan pencabutan ditarik kembali"),
}
# what is read of an entry of the trail: a row that was sent carries far more
OF_TRAIL = (
    "sequence",
    "action",
    "actor",
    "actor__name",
    "at",
    "data__rows",
    "data__undoes",
    "data__act",
    "data__void",
    "data__title",
    "data__step",
    "data__until",
    "data__whom",
    "data__reason",
    "data__answer",
)


@dataclass(frozen=True)
class Event:
    """One entry of the timeline. Entries of the same moment stand in the order in which they were found."""

    at: datetime
    icon: str
    what: str
    who: str
    when: str
    why: str = ""
    papers: list[dict] = field(default_factory=list)
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class GivenSignature:
    """Who signed a paper, by name and post and by the post alone, and when."""

    paper: Paper
    who: str
    title: str
    at: datetime


def _trail(cycle: MeasurementCycle) -> QuerySet[AuditEntry, dict[str, Any]]:
    acts = AuditEntry.objects.filter(cycle=cycle, action__in=[*ROW_ACTS, *REQUESTS, UNDO])
    return acts.order_by("sequence").values(*OF_TRAIL)


TRAIL = Prepared(_trail)


def events(
    cycle: MeasurementCycle, stays: list[Stay], papers: list[Paper], signed: list[SignedPaper]
) -> dict:
    """The newest entries, and the others to be folded. `signed` has each paper once for every signature that it asks for."""
    given = [
        GivenSignature(paper, f"{paper.signed_by}, {paper.signed_as}", f"{paper.signed_as}", paper.signed_at)
        for paper in signed
        if paper.signed_at
    ]
    trail = TRAIL.rows(cycle)
    undos = [entry for entry in trail if entry["action"] == UNDO]
    void = {number for entry in undos for number in entry["data__void"]}
    found = [
        *_row_acts(trail, stays, {sequence for entry in undos for sequence in entry["data__undoes"]}),
        *_acts(stays, papers, given),
        *_reissues(stays, [paper for paper in papers if paper.number not in void], given),
        *(_undo(cycle, entry) for entry in undos),
        *(_requested(cycle, entry) for entry in trail if entry["action"] in REQUESTS),
        *_withdrawals(papers),
        *_later_signatures(given),
        *_readings(signed),
    ]
    newest_first = sorted(found, key=lambda event: event.at)[::-1]
    return {"newest": newest_first[:AT_ONCE], "older": newest_first[AT_ONCE:]}


# Acts of the SOP and the papers that came of them


def _acts(stays: list[Stay], papers: list[Paper], given: Sequence[GivenSignature]) -> Iterable[Event]:
    for stay in stays:
        if stay.left_at:
            yield _act(stay, [_paper_line(paper, given) for paper in papers if came_of(paper, stay)])


def _act(stay: Stay, lines: list[dict]) -> Event:
    if stay.action == WITHDRAW:
        who = f"{stay.left_by}, {stay.left_as}" if stay.left_as else str(stay.left_by)
        what = f"{WITHDRAWN} pada langkah {stay.sop_step.number}"
        return Event(stay.ended_at, "alert", what, who, moment(stay.ended_at), stay.note)
    returned = stay.action == SEND_BACK
    which_round = f" (putaran {stay.round})" if stay.round > 1 or returned else ""
    return Event(
        at=stay.ended_at,
        icon="return-arrow" if returned else "check",
        what=f"{stay.sop_step.number}. {stay.cycle.sop.action_label(stay.action)}{which_round}",
        who=f"{stay.left_by}, {stay.left_as}" if stay.left_as else str(stay.left_by),
        when=moment(stay.ended_at),
        why=stay.note,
        papers=lines,
        url=reverse("round", args=[stay.cycle_id, stay.round + 1])
        if returned
        else reverse("receipt", args=[stay.cycle_id, stay.pk]),
        link=f"Arahan, jawaban, dan perubahan putaran {stay.round + 1}" if returned else "Tanda terima",
    )


def came_of(paper: Paper, stay: Stay) -> bool:
    """Whether the paper was issued by leaving that stay, not later in place of a withdrawn one."""
    return (
        paper.kind == stay.sop_step.output
        and stay.left_at is not None
        and stay.arrived_at <= paper.issued_at <= stay.left_at
    )


def _paper_line(paper: Paper, given: Sequence[GivenSignature] = ()) -> dict:
    """A paper with the signatures that it got on the day of its issue; later ones are entries of their own."""
    at_once = [s for s in given if s.paper.pk == paper.pk and _is_at_once(s)]
    return {
        "title": paper.title,
        "number": paper.number,
        "url": reverse("paper", args=[paper.pk]),
        "signed": ", ".join(f"{s.title} pukul {clock(s.at)}" for s in at_once),
        "withdrawn": hasattr(paper, "void"),
    }


def _is_at_once(signed: GivenSignature) -> bool:
    return _day(signed.at) == _day(signed.paper.issued_at)


def _day(when: datetime) -> date:
    return timezone.localtime(when).date()


def _reissues(stays: list[Stay], papers: list[Paper], given: Sequence[GivenSignature]) -> Iterable[Event]:
    for paper in papers:
        if not any(came_of(paper, stay) for stay in stays):
            line, when = _paper_line(paper, given), paper.issued_at
            yield Event(
                when,
                "document",
                "Naskah diterbitkan ulang",
                str(paper.issued_by),
                moment(when),
                papers=[line],
            )


def _undo(cycle: MeasurementCycle, entry: dict) -> Event:
    """An act that was taken back by whoever had done it."""
    row_act, at = ROW_ACTS.get(entry["data__act"]), entry["at"]
    what = f"{len(entry['data__rows'])} {row_act[1]}" if row_act else cycle.sop.done_label(entry["data__act"])
    return Event(at, "return-arrow", f"Dibatalkan: {what}", entry["actor__name"], moment(at))


def _requested(cycle: MeasurementCycle, entry: dict) -> Event:
    """More time that was given or refused, a withdrawal that was asked for and came to nothing: each stands alone."""
    icon, words = REQUESTS[entry["action"]]
    step, until, at = cycle.sop.step_by_key.get(entry["data__step"]), entry["data__until"], entry["at"]
    what = words.format(
        number=step.number if step else "",
        until=long_date(date.fromisoformat(until)) if until else "",
        whom=entry["data__whom"],
    )
    who = ", ".join(filter(None, (entry["actor__name"], entry["data__title"])))
    return Event(at, icon, what, who, moment(at), entry["data__answer"] or entry["data__reason"] or "")


def _withdrawals(papers: list[Paper]) -> Iterable[Event]:
    """Not those that became void with the whole order: its own entry says so."""
    for paper in papers:
        if hasattr(paper, "void") and not paper.void.reason.startswith(WITHDRAWN):
            who, when = str(paper.void.voided_by), paper.void.voided_at
            yield Event(
                when, "alert", "Naskah dibatalkan", who, moment(when), paper.void.reason, [_paper_line(paper)]
            )


def _later_signatures(given: Sequence[GivenSignature]) -> Iterable[Event]:
    """What one person signed in one go on a later day, as one entry."""
    later = sorted((one for one in given if not _is_at_once(one)), key=lambda one: one.at)
    for (who, _), group in groupby(later, key=lambda one: (one.who, _day(one.at))):
        papers = list(group)
        what = "Naskah ditandatangani" if len(papers) == 1 else f"{len(papers)} naskah ditandatangani"
        yield Event(
            papers[-1].at,
            "state-draf",
            what,
            who,
            moment(papers[-1].at),
            papers=[_paper_line(one.paper) for one in papers],
        )


def _readings(signed: list[SignedPaper]) -> Iterable[Event]:
    """That the head of the office read the report."""
    for paper in {paper.pk: paper for paper in signed}.values():
        if at := paper.read_at:
            who, lines = f"{paper.read_by}, {paper.read_as}", [_paper_line(paper)]
            yield Event(at, "check", "Laporan dibaca", who, moment(at), papers=lines)


# What was done to rows, as counts


def _row_acts(trail: list[dict], stays: list[Stay], gone: set[int]) -> Iterable[Event]:
    """One entry per stay and kind of act: how many rows, by how many people, on which days; without what was taken back."""
    gathered: dict[tuple, list] = {}
    for entry in trail:
        if entry["action"] not in ROW_ACTS or entry["sequence"] in gone:
            continue
        at, rows = entry["at"], entry["data__rows"]
        stay = max((stay.pk for stay in stays if stay.arrived_at < at), default=None)
        things = set(map(str, rows)) if rows else {f"one-{entry['sequence']}"}
        gathered.setdefault((stay, entry["action"]), []).append((at, entry["actor"], things))
    for (_, action), acts in gathered.items():
        yield _counted(action, acts)


def _counted(action: str, acts: list[tuple]) -> Event:
    icon, what = ROW_ACTS[action]
    first, last = _day(acts[0][0]), _day(acts[-1][0])
    things, people = set().union(*(rows for *_, rows in acts)), {actor for _, actor, _ in acts}
    return Event(acts[-1][0], icon, f"{len(things)} {what}", f"oleh {len(people)} orang", period(first, last))
