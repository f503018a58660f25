"""How data awal are entered, approved by Tim SAKIP's chair, and thrown away while nobody has approved them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from measurement import files
from measurement.models import MeasurementCycle, OpeningFigure, OpeningSet, Person, Plan, StoredFile
from measurement.plan.opening import OpeningChange, OpeningTable
from measurement.plan.revising import document_gaps
from measurement.record import audit
from measurement.record.renewing import renew_past
from measurement.rules.permissions import may_approve_opening, may_enter_opening
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.sop import MEASURING, Role, State

from . import workflow

APPROVED = "Data awal ini sudah disetujui dan tidak dapat diubah. Catat perubahannya sebagai data awal baru dengan dokumennya."
STALE = "Data awal ini sudah diubah orang lain sejak halaman dibuka. Periksa isinya yang baru, lalu ulangi."
BEFORE_RECAP = MEASURING | {State.REKAPITULASI}
AFTER_RECAP = {State.PELAPORAN, State.KEPUTUSAN, State.LAPORAN, State.PENGARSIPAN, State.ARSIP}
NOTHING_TO_APPROVE = "Belum ada angka yang berbeda dari yang berlaku, jadi belum ada yang disetujui."


@dataclass(frozen=True)
class OpeningDocument:
    """The document that a set rests on; `upload` only where its file was chosen."""

    name: str
    dated: date | None
    upload: UploadedFile | None = None


@transaction.atomic
def begin_opening(plan: Plan, actor: Person, document: OpeningDocument) -> OpeningSet:
    """A new set that rests on this document; it says nothing yet."""
    if not may_enter_opening.test(actor, plan):
        raise PermissionDenied
    opening = OpeningSet(plan=plan, entered_by=actor, entered_at=timezone.now())
    _name_document(opening, document)
    opening.save(force_insert=True)
    return opening


def _name_document(opening: OpeningSet, document: OpeningDocument) -> None:
    gaps = document_gaps(document.name, document.dated)
    if gaps or document.dated is None:
        raise Incomplete(*gaps.values())
    opening.document, opening.dated = document.name.strip(), document.dated
    if document.upload:
        opening.file = _stored(opening.plan, document.upload)
        opening.file_name = files.clean_name(document.upload.name)


def _stored(plan: Plan, upload: UploadedFile) -> StoredFile:
    return files.store_upload(plan.unit, upload)


def _lock(pk: int, version: int) -> OpeningSet:
    """The set as it is now, held until the transaction ends. A set that was approved or changed meanwhile is refused."""
    opening = (
        OpeningSet.objects.select_for_update(of=("self",)).select_related("plan__unit").filter(pk=pk).first()
    )
    if opening is None:
        raise NotAtThisStep("Data awal ini sudah dibuang.")
    if opening.is_approved:
        raise NotAtThisStep(APPROVED)
    if opening.version != version:
        raise Stale(STALE)
    return opening


@transaction.atomic
def save_opening(
    pk: int,
    actor: Person,
    version: int,
    changes: list[OpeningChange],
    document: OpeningDocument | None = None,
) -> OpeningSet:
    """Keep what was filled in. A value that holds already is no part of the set."""
    opening = _lock(pk, version)
    if not may_enter_opening.test(actor, opening):
        raise PermissionDenied
    if document:
        _name_document(opening, document)
    table = OpeningTable(opening)
    for change in changes:
        _keep(opening, table, change, actor)
    opening.version += 1
    opening.save()
    return opening


def _keep(opening: OpeningSet, table: OpeningTable, change: OpeningChange, actor: Person) -> None:
    of: dict[str, Any] = {"year": change.place.year, "number": change.place.number}
    of |= {"indicator": change.line.indicator} if change.line.indicator else {"node": change.line.branch}
    if dict(change.values) == dict(table.holds(change.line, change.place)):
        opening.figures.filter(**of).delete()
    else:
        OpeningFigure.objects.update_or_create(
            opening=opening, **of, defaults={**change.values, "entered_by": actor}
        )


@transaction.atomic
def discard_opening(pk: int, actor: Person, version: int) -> None:
    """Throw a set away that nobody has approved."""
    opening = _lock(pk, version)
    if not may_enter_opening.test(actor, opening):
        raise PermissionDenied
    opening.delete()


@transaction.atomic
def approve_opening(pk: int, actor: Person, version: int) -> OpeningSet:
    """From now on the set counts, and never changes. Whoever approves what they alone filled in has that said beside every figure."""
    opening = _lock(pk, version)
    if not may_approve_opening(actor, opening):
        raise PermissionDenied
    authors = set(opening.figures.values_list("entered_by", flat=True))
    if not authors:
        raise Incomplete(NOTHING_TO_APPROVE)
    opening.own_work = authors == {actor.pk}
    opening.approved_by, opening.approved_at = actor, timezone.now()
    opening.approved_as = actor.title_in(opening.unit_id, Role.TIM_SAKIP)
    opening.version += 1
    opening.save()
    for cycle in opening.plan.unit.cycles.under_way().order_by("pk"):
        _reach(opening, cycle.pk, actor)
    return opening


def _reach(opening: OpeningSet, cycle_id: int, actor: Person) -> None:
    """A worksheet under way takes over what was approved, as long as its recap was not made: later its papers have told other figures."""
    cycle = workflow.lock(cycle_id)
    if cycle.plan_id != opening.plan_id or cycle.state not in BEFORE_RECAP:
        return
    renewed = renew_past(cycle)
    if renewed.rows or renewed.money:
        facts = {
            "opening": opening.pk,
            "document": str(opening),
            "rows": renewed.rows,
            "money": renewed.money,
        }
        audit.record(cycle, actor, "opening_reached", **facts)
        MeasurementCycle.objects.filter(pk=cycle.pk).update(
            opening_missing=cycle.opening_missing, version=F("version") + 1
        )


def told_already(opening: OpeningSet) -> list[str]:
    """The cycles of the office whose papers have told figures without this set: those after the recap, and archived ones that it is about."""
    places = {figure.place for figure in opening.figures.all()}
    return [
        str(cycle)
        for cycle in opening.plan.unit.cycles.standing()
        .filter(plan=opening.plan_id)
        .order_by("year", "number", "pk")
        if cycle.state in AFTER_RECAP and any(place.is_before(cycle.year, cycle.number) for place in places)
    ]
