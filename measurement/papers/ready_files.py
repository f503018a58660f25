"""The files inside a paper, made before anybody holds the cycle: its workbooks take longer than all the rest of a step.

Once the cycle is held they are taken only if nothing was written since they were begun; else they are made again, outside of the lock.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Aggregate, Count, Max, Model, OuterRef, QuerySet, Subquery, Sum

from measurement.models import AuditEntry, MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.models.prepared import Prepared
from measurement.rules.refusals import Stale

from .kind import Attachment, nothing_attached
from .registry import KINDS

Done = TypeVar("Done")
ATTEMPTS = 3
BUSY = "Isian siklus ini sedang ditulis orang lain, sehingga berkas di dalam naskahnya belum dapat dibuat. Tidak ada yang diubah; coba sekali lagi."
Foresee = Callable[[MeasurementCycle], None]


class Outdated(Exception):
    """Something was written between the making of the files and the lock, or they were not made at all."""


@dataclass(frozen=True)
class ReadyFiles:
    """The files inside a paper, and what had been written of its cycle when they were begun."""

    files: Sequence[Attachment] = ()
    written: tuple = ()


def _written(cycle_id: int) -> QuerySet[MeasurementCycle, tuple[int | str, ...]]:
    """Whoever writes raises one of these: the cycle's version, its trail, or the number or the versions of its rows and branches."""
    return (
        MeasurementCycle.objects.order_by()
        .filter(pk=cycle_id)
        .values_list(
            "version",
            "state",
            _all_in_all(AuditEntry, Max("sequence")),
            _all_in_all(WorksheetRow, Count("pk")),
            _all_in_all(WorksheetRow, Sum("version")),
            _all_in_all(WorksheetNode, Count("pk")),
            _all_in_all(WorksheetNode, Sum("version")),
        )
    )


def _all_in_all(model: type[Model], whole: Aggregate) -> Subquery:
    of_cycle = model._default_manager.filter(cycle=OuterRef("pk")).order_by().values("cycle")
    return Subquery(of_cycle.annotate(whole=whole).values("whole"))


WRITTEN = Prepared(_written)


def has_files(key: str) -> bool:
    """Whether papers of this kind have files inside."""
    return KINDS[key].attach is not nothing_attached


def make_files(cycle_id: int, key: str, actor: Person, foresee: Foresee | None = None) -> ReadyFiles:
    """Make them from what is stored now. `foresee` changes what the paper's own step will have changed before it is issued."""
    if not has_files(key):
        return ReadyFiles()
    [written] = WRITTEN.rows(cycle_id)  # before anything else is read
    cycle = MeasurementCycle.objects.select_related("unit__predicate_scale", "plan").get(pk=cycle_id)
    if foresee:
        foresee(cycle)
    return ReadyFiles(KINDS[key].attach(cycle, actor), written)


def confirmed_files(ready: ReadyFiles, cycle: MeasurementCycle, key: str) -> Sequence[Attachment]:
    """The files, if they are still right; asked while the cycle is held, before anything is written. Outdated otherwise."""
    if has_files(key) and [ready.written] != WRITTEN.rows(cycle.pk):
        raise Outdated
    return ready.files


def with_files(make: Callable[[], ReadyFiles], act: Callable[[ReadyFiles], Done]) -> Done:
    """Make the files and do what takes them; again where somebody wrote in between."""
    for _ in range(ATTEMPTS):
        with suppress(Outdated):
            return act(make())
    raise Stale(BUSY)
