"""The plan import: a table is compared with the plan, shown, and written whole or not at all.

A blank cell never changes what is stored; what the file lacks is retired, never deleted. Few queries, whatever the number of rows.
"""

import hashlib
import logging
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

import tablib
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from measurement.models import Person, Plan
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import BadFile, Incomplete, Stale
from measurement.rules.requirements import shorten
from measurement.spreadsheets import reading as uploads

from ..revising import Basis, approved_years, record_revision
from .accounts import sum_accounts
from .branches import complete_branches
from .changes import Named, PlanChange, Stored
from .checks import check_lines, parents
from .choices import ImportChoices
from .columns import PlanLayout, WrongPlanCell
from .followers import Followers
from .layout_rows import rows_of
from .layouts import KINDS, NOTHING_FITS, headings_in, understand
from .leaving import leave_out
from .lines import PlanReading, read_lines
from .losses import Loss, losses_of
from .merge import Merge
from .offices import repeated_rows, rows_of_office
from .score_cells import add_common_scales
from .sub_units import SubUnitQuestion, SubUnits, assign
from .twins import Twin, link_twins, twins_of
from .writing import long_statements, write_merged

__all__ = ["PlanChange", "Named", "Preview", "WrongPlanCell", "apply", "preview", "read_plan_table"]

logger = logging.getLogger(__name__)
UNREGISTERED = "Sub unit “{name}” belum terdaftar: centang supaya dibuat, atau perbaiki namanya pada berkas."
LOSSES = "Berkas ini menghilangkan pagu atau indikator yang sudah terealisasi. Periksa daftarnya, lalu nyatakan bahwa itu memang benar."


@dataclass
class Preview:
    """What a file would do to a plan. It can be applied when nothing is wrong."""

    layout: str = ""
    years: list[int] = field(default_factory=list)
    new: list[Named] = field(default_factory=list)
    branches: list[Named] = field(default_factory=list)
    changed: list[PlanChange] = field(default_factory=list)
    gone: list[Named] = field(default_factory=list)
    wrong: list[WrongPlanCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    pagu: dict[int, Decimal] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    sub_units: list[str] = field(default_factory=list)
    questions: list[SubUnitQuestion] = field(default_factory=list)
    source: str = field(default="", compare=False)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.branches or self.changed or self.gone or self.wrong)

    @property
    def summary(self) -> str:
        """What came of it, once it is applied."""
        revisions = sum(self.revisions.values())
        recorded = f" {revisions} perubahan dicatat sebagai revisi." if revisions else ""
        counts = f"{len(self.new)} indikator baru, {len(self.changed)} isian berubah, {len(self.gone)} tidak dipakai lagi"
        return f"Rencana diperbarui: {counts}.{recorded}"

    @property
    def digest(self) -> str:
        """What was shown, of which file and plan, so that nothing else is applied."""
        return hashlib.sha256(
            repr(
                (self.source, self.new, self.branches, self.changed, self.gone, self.sub_units, self.losses)
            ).encode()
        ).hexdigest()


def read_plan_table(upload: UploadedFile) -> uploads.UploadedTable:
    """The table in an upload, on the sheet with the headings of a plan."""
    return uploads.read_table(upload, headings_in)


def preview(
    plan: Plan, dataset: tablib.Dataset, year: int | None = None, choices: ImportChoices | None = None
) -> Preview:
    """What `apply` would do. Nothing is written. `year` is that of a file whose headings name none."""
    return _compare(plan, dataset, year, choices or ImportChoices())[0]


def apply(
    plan: Plan,
    dataset: tablib.Dataset,
    actor: Person,
    year: int | None = None,
    basis: Basis | None = None,
    shown: str | None = None,
    choices: ImportChoices | None = None,
) -> Preview:
    """Write the file into the plan as `write_plan` does; PermissionDenied without the role."""
    if not may_keep_plan.test(actor, plan):
        raise PermissionDenied
    return write_plan(plan, dataset, actor, year, basis, shown, choices)


@transaction.atomic
def write_plan(
    plan: Plan,
    dataset: tablib.Dataset,
    actor: Person,
    year: int | None = None,
    basis: Basis | None = None,
    shown: str | None = None,
    choices: ImportChoices | None = None,
) -> Preview:
    """Write the file into the plan, with a revision for every change of an approved year; whoever calls it has asked who may.

    Incomplete if anything is wrong or a revision lacks its basis; Stale if it is no longer what was `shown` (a preview's digest). Then nothing
    was written.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    choices = choices or ImportChoices()
    seen, followers = _compare(plan, dataset, year, choices)
    if followers is None or seen.wrong:
        raise Incomplete(*shorten([f"{wrong.cell}: {wrong.sentence}" for wrong in seen.wrong], "sel"))
    if shown is not None and seen.digest != shown:
        raise Stale(
            "Rencana atau berkasnya sudah berubah sejak perbedaan ditampilkan. Periksa perbedaan yang sekarang, lalu terapkan lagi."
        )
    if seen.losses and choices.losses_confirmed is False:
        raise Incomplete(LOSSES)
    if unknown := choices.unregistered(seen.sub_units):
        raise Incomplete(*(UNREGISTERED.format(name=name) for name in unknown))
    link_twins(followers, seen.twins, choices.twins)
    with long_statements():
        write_merged(followers.merge)
        followers.write()
        record_revision(plan, actor, basis, followers.merge.revised)
    logger.info("plan %s: %s by %s", plan.pk, seen.counts, actor.pk)
    return seen


def _compare(
    plan: Plan, dataset: tablib.Dataset, year: int | None, choices: ImportChoices
) -> tuple[Preview, Followers | None]:
    table = [dataset.headers, *dataset]
    layout = understand(table, plan.years, year)
    if any(cell.sentence == NOTHING_FITS for cell in layout.wrong):
        raise BadFile(NOTHING_FITS)
    if layout.wrong:
        return Preview(layout=KINDS[layout.kind], wrong=layout.wrong), None
    stored, approved = Stored.of(plan), approved_years(plan)
    rows, remarks = _own_rows(table, layout, plan)
    rows, more = complete_branches(rows, layout, stored)
    remarks = [*getattr(dataset, "remarks", ()), *remarks, *more, *add_common_scales(rows, stored)]
    reading = read_lines(rows, layout, people_of(plan.unit), stored.words)
    unequal, more = sum_accounts(reading, layout)
    reading.wrong += unequal
    remarks += more
    units = SubUnits(plan.unit)
    untold, more = assign(reading, layout, units, stored, choices.sub_units)
    remarks += more
    _leave_wrong_lines(reading, untold)
    wrong, more = check_lines(reading, layout, stored, approved)
    remarks += reading.remarks + more
    if layout.ignored:
        remarks.append(f"Kolom yang tidak dipakai dan diabaikan: {', '.join(layout.ignored)}.")
    parent_of = parents(reading.lines, reading.codes, stored)
    seen = Preview(
        KINDS[layout.kind],
        layout.years,
        wrong=sorted(reading.wrong + untold + wrong, key=lambda cell: (cell.row, cell.cell)),
    )
    answers = sorted(choices.sub_units.items())
    seen.source = hashlib.sha256(repr((plan.pk, year, table, *answers)).encode()).hexdigest()
    _leave_wrong_lines(reading, seen.wrong)
    merge = Merge(plan, stored, layout.years, layout.levels, approved, units.by_name())
    merge.take(reading, parent_of)
    _leave_out(merge, reading)
    seen.losses = losses_of(merge)
    followers = Followers.of(merge, layout)
    followers.read(reading.lines)
    seen.wrong += followers.wrong
    seen.twins = twins_of(merge)
    remarks += followers.remarks()
    if reading.codeless:
        remarks.append("Ada baris yang kodenya tidak terbaca, jadi yang tidak ada lagi belum ditampilkan.")
    _tell(seen, merge, remarks)
    used = {line.sub_unit for line in reading.lines}
    seen.sub_units, seen.questions = sorted(units.new.keys() & used), units.questions
    seen.counts = _counts(reading, seen)
    return seen, followers


def _own_rows(table: list, layout: PlanLayout, plan: Plan) -> tuple[list[dict], list[str]]:
    """The rows of the plan's office, and remarks on the others and on those that stand there twice."""
    own, of_offices = rows_of_office(table, layout, plan.unit)
    rows, remarks = rows_of(own, layout)
    return rows, [*remarks, *of_offices, *repeated_rows(own, layout)]


def _leave_out(merge: Merge, reading: PlanReading) -> None:
    """What the file no longer has is gone; as long as a code can't be read, nobody knows what that is."""
    if reading.codeless:
        return
    kept = {(line.key, line.indicator) for line in reading.lines}
    leave_out(merge, kept, {line.key for line in reading.lines}, reading.unsure)


def _leave_wrong_lines(reading: PlanReading, wrong: list[WrongPlanCell]) -> None:
    """Only good lines are compared; nothing that stands under the codes of the others is said to be gone."""
    rows = {cell.row for cell in wrong}
    reading.unsure |= {line.code for line in reading.lines if line.number in rows}
    reading.lines = [line for line in reading.lines if line.number not in rows]


def _tell(seen: Preview, merge: Merge, remarks: list[str]) -> None:
    seen.new, seen.branches, seen.changed, seen.gone = merge.new, merge.branches, merge.changed, merge.gone
    if merge.staying:
        remarks.append(
            f"{merge.staying} indikator tidak ada di berkas, tetapi punya target pada tahun lain; tidak diubah."
        )
    seen.remarks = remarks + merge.remarks
    seen.pagu = {
        year: sum((p.amount for p in merge.stored.pagu.values() if p.year == year), Decimal(0))
        for year in merge.years
    }
    seen.revisions = dict(sorted(Counter(revised.year for revised in merge.revised).items()))


def _counts(reading: PlanReading, seen: Preview) -> dict[str, int]:
    return {
        "lines": len(reading.lines),
        "nodes": len({line.key for line in reading.lines}),
        "new": len(seen.new),
        "changed": len({change.row for change in seen.changed}),
        "gone": len(seen.gone),
        "wrong": len(seen.wrong),
    }


def people_of(unit) -> dict[str, int]:
    """User names and NIP of the people of a unit."""
    found: dict[str, int] = {}
    people = Person.objects.filter(is_active=True, appointments__in=unit.appointments.in_force()).distinct()
    for pk, username, nip in people.values_list("pk", "username", "nip"):
        found |= {username.lower(): pk} | ({nip: pk} if nip else {})
    return found
