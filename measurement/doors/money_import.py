"""Realisasi anggaran from a file goes through the door of what is typed; the file stays with the cycle as what the amounts rest on."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from measurement import files
from measurement.models import MeasurementCycle, MoneyFile, Person
from measurement.record import audit
from measurement.rules.refusals import Incomplete

from . import measuring
from .measuring import SheetChange

MOVE = "fill_for"
NOTHING = "Tidak ada realisasi anggaran yang berbeda; tidak ada yang ditulis."


@dataclass(frozen=True)
class MoneySource:
    """The file that was applied, and how it was read."""

    upload: UploadedFile
    read_as: str


def import_money(cycle_id: int, actor: Person, money: list[SheetChange], source: MoneySource) -> MoneyFile:
    """Write every amount or none; Stale where somebody changed one meanwhile."""
    with transaction.atomic():
        cycle = measuring.lock_for(cycle_id, MOVE, actor)
        if not money:
            raise Incomplete(NOTHING)
        used = _remember(cycle, actor, money, source)
        measuring.save_into(cycle, actor, [], money, MOVE)
    measuring.complete_measurement(cycle_id, actor)
    return used


def _remember(
    cycle: MeasurementCycle, actor: Person, money: list[SheetChange], source: MoneySource
) -> MoneyFile:
    stored = files.store_table(cycle.unit, source.upload)
    amounts = {str(change.pk): str(change.values["spent"]) for change in money if "spent" in change.values}
    used = MoneyFile.objects.create(
        cycle=cycle,
        file=stored,
        name=files.clean_name(source.upload.name)[:200],
        read_as=source.read_as,
        amounts=amounts,
        applied_by=actor,
        applied_at=timezone.now(),
    )
    told = {"name": used.name, "sha256": stored.sha256, "read_as": used.read_as, "money": amounts}
    audit.record(cycle, actor, "money_import", **told)
    return used
