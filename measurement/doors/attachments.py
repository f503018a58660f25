"""How evidence comes onto a row of the worksheet and goes off again, under the same lock as what is measured."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from measurement import files
from measurement.models import Evidence, MeasurementCycle, Person, WorksheetRow
from measurement.record import audit
from measurement.rules.evidence_links import LinkError, check_link, link_name
from measurement.rules.refusals import BadFile, NotAtThisStep
from measurement.rules.sop import RowState

from .measuring import lock_for, movable


@transaction.atomic
def attach(
    cycle_id: int, actor: Person, row_id: int, upload: UploadedFile, page: str = "", dated: date | None = None
) -> Evidence:
    """Attach evidence to an open row; the same bytes again are the same evidence, whose date may be put right so. BadFile for a bad file."""
    cycle, row = _open_row(cycle_id, actor, row_id)
    stored = files.store_upload(cycle.unit, upload)
    words = {"name": files.clean_name(upload.name), "page": page.strip(), "dated": dated}
    defaults = {**words, "uploaded_by": actor, "uploaded_at": timezone.now()}
    evidence, is_new = Evidence.objects.get_or_create(row=row, file=stored, defaults=defaults)
    _attached(cycle, actor, evidence, is_new, {"sha256": stored.sha256}, dated)
    return evidence


@transaction.atomic
def attach_link(
    cycle_id: int, actor: Person, row_id: int, url: str, page: str = "", dated: date | None = None
) -> Evidence:
    """Attach the address of something that lies elsewhere, judged by what the office allows today. BadFile for one that it doesn't allow."""
    cycle, row = _open_row(cycle_id, actor, row_id)
    try:
        kept = check_link(url, cycle.unit.linkable_hosts)
    except LinkError as error:
        raise BadFile(str(error)) from None
    words = {"name": link_name(kept), "page": page.strip(), "dated": dated}
    defaults = {**words, "uploaded_by": actor, "uploaded_at": timezone.now()}
    evidence, is_new = Evidence.objects.get_or_create(row=row, url=kept, defaults=defaults)
    _attached(cycle, actor, evidence, is_new, {"url": kept}, dated)
    return evidence


def _open_row(cycle_id: int, actor: Person, row_id: int) -> tuple[MeasurementCycle, WorksheetRow]:
    cycle = lock_for(cycle_id, "save", actor)
    row = movable(cycle, "save", actor).filter(pk=row_id).first()
    if row is None:
        raise NotAtThisStep("Bukti tidak dapat ditambahkan: baris ini sudah dikirim.")
    return cycle, row


def _attached(
    cycle: MeasurementCycle, actor: Person, evidence: Evidence, is_new: bool, what: dict, dated: date | None
) -> None:
    """Tell the trail of what came; what was there already gets its date put right."""
    if is_new:
        audit.record(cycle, actor, "evidence_attach", row=evidence.row_id, name=evidence.name, **what)
    elif dated:
        Evidence.objects.filter(pk=evidence.pk).update(dated=dated)
    touched = movable(cycle, "save", actor).filter(pk=evidence.row_id, state=RowState.KOSONG)
    touched.update(state=RowState.DRAF)


@transaction.atomic
def detach(cycle_id: int, actor: Person, evidence_id: int) -> None:
    """Take evidence off an open row again; the stored bytes stay, and so does what an earlier round was decided on."""
    cycle = lock_for(cycle_id, "save", actor)
    found = Evidence.objects.filter(pk=evidence_id, row__in=movable(cycle, "save", actor)).first()
    if found is None:
        raise NotAtThisStep("Bukti tidak dapat dilepas: baris ini sudah dikirim.")
    if (
        cycle.round > 1
        and found.uploaded_at < cycle.stays.filter(round=cycle.round).earliest("arrived_at").arrived_at
    ):
        raise NotAtThisStep(
            "Bukti dari putaran sebelumnya tetap tersimpan; tambahkan bukti yang baru di sampingnya."
        )
    audit.record(cycle, actor, "evidence_detach", row=found.row_id, name=found.name)
    found.delete()
