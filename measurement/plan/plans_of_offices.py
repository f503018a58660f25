"""Plans of many offices from one file of their government: each row names its office, and each office's rows are a file of its own for its plan.

Each office is written in a transaction of its own, by the same code as its own import: one with a fault gets nothing, and the others go on. Sent
again, what is written already stays as it is.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from measurement.models import Government, Person, Plan, SettingChange, Unit
from measurement.record.setting_changes import record_setting
from measurement.rules.refusals import BadFile, Refusal, Stale
from measurement.spreadsheets.reading import UploadedTable

from .beginning import NewPlan, begin_plan
from .revising import Basis
from .table_import import ImportChoices, Preview, preview, read_plan_table, write_plan
from .table_import.layouts import office_heading
from .table_import.offices import CODE_BEFORE, letters, offices_of_rows

NO_COLUMN = "Berkas ini tidak memuat kolom kantor. Unduh templat untuk melihat judul kolomnya."
NO_NAME = "Kantor wajib diisi, dengan kode atau namanya."
UNKNOWN = "Tidak ada kantor ini di {government}. Samakan kode atau namanya dengan daftar kantor."
SEVERAL = "Ada {count} kantor bernama ini di {government}. Tulis kodenya: {codes}."
NO_PLAN = "Kantor ini belum mempunyai rencana tahun {years}. Isi rencana baru di bawah, atau mintalah kantornya membuatnya."
CHANGED = "Rencana kantor ini atau berkasnya sudah berubah sejak perbedaan ditampilkan. Periksa berkasnya sekali lagi."
SAME = "Sudah sama dengan berkas ini."
FROM_ABOVE = "diisi dari berkas {government}: {counts}"
MOST_ROWS_TOLD = 8


@dataclass(frozen=True)
class UnknownOffice:
    """What stands in the column of the office and names none: in which rows, and why it is none."""

    name: str
    rows: list[int]
    sentence: str

    @property
    def told_rows(self) -> str:
        more = len(self.rows) - MOST_ROWS_TOLD
        return ", ".join(map(str, self.rows[:MOST_ROWS_TOLD])) + (f", dan {more} lainnya" if more > 0 else "")


@dataclass
class PlansReading:
    """What the file says of each office, and which offices it names that are none."""

    government: Government
    years: list[int]
    tables: list[tuple[Unit, UploadedTable]]
    unknown: list[UnknownOffice]
    remarks: list[str]


@dataclass
class PlanShare:
    """What one office would get; `plan` is None where it would be made, or can't be."""

    unit: Unit
    plan: Plan | None = None
    preview: Preview | None = None
    refusals: list[str] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return self.preview is None or bool(self.preview.wrong)

    @property
    def changes_nothing(self) -> bool:
        return bool(self.preview and self.plan and self.preview.changes_nothing)

    @property
    def digest(self) -> str:
        return share_digest(self.preview, is_new=self.plan is None) if self.preview else ""


@dataclass
class PlansPreview:
    """What a file would do to the plans of all offices."""

    years: list[int]
    shares: list[PlanShare]
    unknown: list[UnknownOffice]
    remarks: list[str]


@dataclass(frozen=True)
class PlanOutcome:
    """What came of one office: written or not, and how it is said."""

    unit: Unit
    is_written: bool
    words: list[str]


@dataclass(frozen=True)
class PlansDone:
    """What came of a file."""

    outcomes: list[PlanOutcome]


@dataclass(frozen=True)
class PlansOrder:
    """What whoever sends the file decides for all offices: the year of headings that name none, a plan for offices without one, the basis of
    revisions, and whether losses are meant so."""

    year: int | None = None
    new_plan: NewPlan | None = None
    basis: Basis | None = None
    losses_confirmed: bool = False

    @property
    def choices(self) -> ImportChoices:
        return ImportChoices(losses_confirmed=self.losses_confirmed)


def share_digest(seen: Preview, is_new: bool) -> str:
    """What was shown of one office; a plan that is to be made has no number yet."""
    if is_new:
        return hashlib.sha256(repr((seen.new, seen.branches, seen.sub_units)).encode()).hexdigest()
    return seen.digest


def read_plans_of_offices(upload: UploadedFile, government: Government) -> PlansReading:
    """The file, its rows by office. BadFile for what is no plan with a column for the office."""
    table = read_plan_table(upload)
    rows = [table.headers, *table]
    top, header, column, years = office_heading(rows)
    if column is None:
        raise BadFile(NO_COLUMN)
    numbers: dict[str, list[int]] = defaultdict(list)
    for index, name in offices_of_rows(rows, header, column):
        numbers[name].append(index)
    found = Offices(government)
    own: dict[int, list[int]] = defaultdict(list)
    unknown = []
    for name, indexes in numbers.items():
        unit, sentence = found.named(name)
        if unit:
            own[unit.pk] += indexes
        else:
            unknown.append(UnknownOffice(name, [index + 1 for index in indexes], sentence))
    bare = [_without(row, column) for row in rows]
    heads = [*rows[:top], *bare[top:header]]
    tables = [(found.by_key[key], _own_table(heads, bare, sorted(indexes))) for key, indexes in own.items()]
    return PlansReading(government, years, tables, unknown, list(table.remarks))


def _without(row: Sequence, column: int) -> list:
    return [*row[:column], "", *row[column + 1 :]]


def _own_table(heads: list, rows: list[list], indexes: list[int]) -> UploadedTable:
    """The headings and one office's rows, the others blank, so that numbers stay those that people see."""
    blank = [""] * len(rows[0])
    kept = [*heads, *([blank] * (indexes[-1] + 1 - len(heads)))]
    for index in indexes:
        kept[index] = rows[index]
    return UploadedTable(*kept[1:], headers=kept[0])


class Offices:
    """Those of a government, by what people write for them."""

    def __init__(self, government: Government):
        self.government = government
        self.by_key = {unit.pk: unit for unit in government.offices.order_by("name", "pk")}
        self._codes = {letters(unit.code): unit for unit in self.by_key.values()}
        self._names = _by_word(self.by_key.values(), "name")
        self._short_names = _by_word(self.by_key.values(), "short_name")

    def named(self, name: str) -> tuple[Unit | None, str]:
        """The office of this code or name; or none and the reason."""
        if not name:
            return None, NO_NAME
        if unit := self._codes.get(letters(name)):
            return unit, ""
        word = letters(CODE_BEFORE.sub("", name))
        found = self._names.get(word) or self._short_names.get(word) or []
        if len(found) == 1:
            return found[0], ""
        if found:
            codes = ", ".join(unit.code for unit in found)
            return None, SEVERAL.format(count=len(found), government=self.government, codes=codes)
        return None, UNKNOWN.format(government=self.government)


def _by_word(units: Iterable[Unit], name: str) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[letters(getattr(unit, name))].append(unit)
    return found


def compare_plans_of_offices(reading: PlansReading, order: PlansOrder) -> PlansPreview:
    """What `write_plan_of_office` would do to each. Nothing is kept."""
    years = reading.years or [order.year or timezone.localdate().year]
    plans = plans_of(reading.government)
    shares = [
        _share(unit, _plan_for(plans.get(unit.pk, []), years), table, years, order)
        for unit, table in reading.tables
    ]
    return PlansPreview(years, shares, reading.unknown, reading.remarks)


def plans_of(government: Government) -> Mapping[int, list[Plan]]:
    found: dict[int, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.filter(unit__belongs_to=government).select_related("unit"):
        found[plan.unit_id].append(plan)
    return found


def _plan_for(plans: Iterable[Plan], years: Sequence[int]) -> Plan | None:
    """The one that holds most of these years, the later one of two alike; None where none holds any."""
    held = [(sum(year in plan.years for year in years), plan.start_year, plan) for plan in plans]
    count, _, best = max(held, key=lambda each: each[:2], default=(0, 0, None))
    return best if count else None


def _share(
    unit: Unit, plan: Plan | None, table: UploadedTable, years: Sequence[int], order: PlansOrder
) -> PlanShare:
    if plan is None and order.new_plan is None:
        return PlanShare(unit, refusals=[NO_PLAN.format(years=", ".join(map(str, years)))])
    try:
        if plan:
            return PlanShare(unit, plan, preview(plan, table, order.year, order.choices))
        with transaction.atomic():
            made = Plan.objects.create(unit=unit, **_columns(order.new_plan))
            seen = preview(made, table, order.year, order.choices)
            transaction.set_rollback(True)  # the plan was only there to be looked at
        return PlanShare(unit, None, seen)
    except Refusal as refusal:
        return PlanShare(unit, plan, refusals=refusal.sentences)


def _columns(new: NewPlan | None) -> dict:
    return {"name": new.name, "start_year": new.start_year, "end_year": new.end_year} if new else {}


def write_plan_of_office(
    reading: PlansReading, unit: Unit, table: UploadedTable, actor: Person, order: PlansOrder, shown: str
) -> PlanOutcome:
    """Write one office whole, or nothing of it; what is written already is said and left. PermissionDenied to whoever doesn't keep the government."""
    if not actor.keeps_government(reading.government.pk) or unit.belongs_to_id != reading.government.pk:
        raise PermissionDenied
    years = reading.years or [order.year or timezone.localdate().year]
    plan = _plan_for(unit.plans.select_related("unit"), years)
    try:
        return PlanOutcome(unit, True, [_written(reading.government, unit, plan, table, actor, order, shown)])
    except Stale as refusal:
        if plan and preview(plan, table, order.year, order.choices).changes_nothing:
            return PlanOutcome(unit, True, [SAME])
        return PlanOutcome(unit, False, refusal.sentences)
    except Refusal as refusal:
        return PlanOutcome(unit, False, refusal.sentences)


@transaction.atomic
def _written(
    government: Government,
    unit: Unit,
    plan: Plan | None,
    table: UploadedTable,
    actor: Person,
    order: PlansOrder,
    shown: str,
) -> str:
    is_new = plan is None
    if plan is None:
        if order.new_plan is None:
            raise Stale(CHANGED)
        plan = begin_plan(unit, actor, order.new_plan)
    done = write_plan(plan, table, actor, order.year, order.basis, None, order.choices)
    if share_digest(done, is_new) != shown:
        raise Stale(CHANGED)
    after = FROM_ABOVE.format(government=government, counts=done.summary.removesuffix("."))
    record_setting(unit, actor, SettingChange.Part.PLAN, {}, {str(plan): after})
    return done.summary
