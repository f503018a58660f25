"""Filling in a row from an earlier period or from its twin: never over what is there without asking, and never further than a draft."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from measurement.figures.calculation import calculate
from measurement.figures.copy_sources import CopySource, copy_sources
from measurement.figures.earlier_rows import earlier_rows
from measurement.models import Evidence, MeasurementCycle, Person, WorksheetRow
from measurement.record import audit
from measurement.rules.copying import CopyGroup, copy_mark, is_blank
from measurement.rules.evidence_links import ASK, is_allowed
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.sop import RowState

from .measuring import CHANGED_MEANWHILE, lock_for, movable

LEFT = "Tidak ikut disalin, karena situsnya tidak diizinkan lagi: {links}. {ask}"


@dataclass(frozen=True)
class Copied:
    """From where a row was filled in, and what was left there: links to sites that the office allows no more."""

    source: CopySource
    left: list[str]

    @property
    def left_words(self) -> str:
        return LEFT.format(links=", ".join(self.left), ask=ASK) if self.left else ""


class WouldReplace(Stale):
    """What was typed stands where the copy would go: ask first."""


@transaction.atomic
def copy_into(
    cycle_id: int, actor: Person, row_id: int, source_key: str, group: CopyGroup, replace: bool = False
) -> Copied:
    """Fill in a group of an open row; from where it came. WouldReplace where something else stands there, unless `replace`."""
    cycle = lock_for(cycle_id, "save", actor)
    row = movable(cycle, "save", actor).select_related("node").filter(pk=row_id).first()
    if row is None:
        raise NotAtThisStep("Baris ini tidak dapat diisi lagi pada langkah sekarang.")
    source = _source(cycle, actor, row, source_key)
    if reason := source.why_not(group, row):
        raise Incomplete(f"{group.label} tidak dapat disalin dari {source.label}: {reason}.")
    values = {name: value for name, value in source.values(group).items() if value != getattr(row, name)}
    if not replace and any(not is_blank(getattr(row, name)) for name in values):
        raise WouldReplace(f"“{row.name}” sudah berisi {group.label.lower()} lain.")
    _write(cycle, actor, row, values, source.label)
    added, left = _attach_again(cycle, actor, row, source) if group == CopyGroup.EVIDENCE else ([], [])
    if values or added:
        audit.record(
            cycle, actor, "row_copy", row=row.pk, origin=source.label, fields=sorted(values), evidence=added
        )
    elif left:
        raise Incomplete(Copied(source, left).left_words)
    return Copied(source, left)


def _source(cycle: MeasurementCycle, actor: Person, row: WorksheetRow, key: str) -> CopySource:
    sources = copy_sources(row, earlier_rows(row, cycle), calculate(cycle), actor)
    found = next((source for source in sources if source.key == key), None)
    if found is None:
        raise NotAtThisStep("Asal salinan itu tidak ada lagi; muat ulang halaman.")
    return found


def _write(cycle: MeasurementCycle, actor: Person, row: WorksheetRow, values: dict, origin: str) -> None:
    marks = row.copied | {name: copy_mark(value, origin) for name, value in values.items()}
    target = movable(cycle, "save", actor).filter(pk=row.pk, version=row.version)
    state = RowState.DRAF if row.state == RowState.KOSONG else row.state
    if not target.update(
        **values, copied=marks, state=state, version=F("version") + 1, saved_at=timezone.now()
    ):
        raise Stale(CHANGED_MEANWHILE.format(name=row.name))


def _attach_again(
    cycle: MeasurementCycle, actor: Person, row: WorksheetRow, source: CopySource
) -> tuple[list[str], list[str]]:
    """The same stored files and the same links, each once: the names of those that were not there yet, and of links that the office allows no
    more, which are left."""
    there, hosts = {item.source for item in row.evidence.all()}, cycle.unit.linkable_hosts
    added, left = [], []
    for item in source.row.evidence.all():
        if item.source in there:
            continue
        if item.url and not is_allowed(item.url, hosts):
            left.append(item.name)
            continue
        Evidence.objects.create(
            row=row, file=item.file, url=item.url, name=item.name, page=item.page, dated=item.dated, uploaded_by=actor,
            uploaded_at=timezone.now(), copied_from=source.label,
        )  # fmt: skip
        what = {"sha256": item.file.sha256} if item.file else {"url": item.url}
        audit.record(cycle, actor, "evidence_attach", row=row.pk, name=item.name, **what)
        added.append(item.name)
    return added, left
