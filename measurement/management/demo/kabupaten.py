"""A kabupaten of seventy demonstration offices: the one that walked its SOP by the real doors, and copies of it at every step of one quarter.

The copies have no papers and no archive: their figures differ, so nothing that was issued would be true of them. Names say that they are examples.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from measurement.models import Government, GovernmentPost, MeasurementCycle, Person, Stay, Unit
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.row_fields import ROW_VALUES
from measurement.rules.sop import MEASURE, STEPS, UNTYPED_ROWS, RowState, Step

from .clock import working_minutes_before
from .copies import OfficeCopy, duplicate
from .office import PASSWORD
from .values import measure, spending

OFFICES = 70
STARTS = date(2025, 1, 1)
POSTS = (
    ("adminkab", "Admin Kabupaten Contoh", GovernmentRole.ADMIN, "Pranata Komputer"),
    ("org", "Bagian Organisasi Contoh", GovernmentRole.ORGANISATION, "Kepala Bagian Organisasi"),
    ("bappeda", "Bappeda Contoh", GovernmentRole.PLANNING, "Kepala Bidang Pengendalian"),
    ("inspektorat", "Inspektorat Contoh", GovernmentRole.INSPECTORATE, "Auditor Madya"),
)
# how far the copies are, by the number of the step: most measure, some are ahead, some have hardly begun
SPREAD = (2, 3, 4, 5, 5, 5, 6, 5, 7, 5, 8, 9, 6, 10, 11)
LATE_EVERY = 4
WHOLE = Decimal(1)


def build_kabupaten(unit: Unit) -> Government:
    """The government over the demonstration office and its copies, with somebody in every post."""
    government = Government.objects.create(name=unit.government, short_name="Kabupaten Mojokerto")
    Unit.objects.filter(pk=unit.pk).update(belongs_to=government)
    for username, name, role, title in POSTS:
        person = Person.objects.create_user(username, password=PASSWORD, name=name, has_posts=True)
        GovernmentPost.objects.create(
            government=government, person=person, role=role.value, title=title, starts=STARTS, decree="Contoh"
        )
    original = unit.cycles.under_way().get()
    for number in range(1, OFFICES):
        _copy_of(original, OfficeCopy(unit, number, government))
    return government


def _copy_of(original: MeasurementCycle, made: OfficeCopy) -> None:
    """One more office with the quarter at a step of its own; before the methodology there is no worksheet."""
    luck, step = Random(made.number), STEPS[SPREAD[made.number % len(SPREAD)] - 1]  # noqa: S311 – an example, not a secret
    cycle = duplicate(original, unit=made.unit, plan=made.plan)
    cycle.__dict__["state"] = (
        step.source.value
    )  # the machine protects the state of a cycle that walks; this one is put where it is
    if step.number < MEASURE.number:
        cycle.predicate_bounds, cycle.opening_missing = [], []
    cycle.save(force_insert=True)
    _stays(cycle, step, made, luck)
    if step.number < MEASURE.number:
        return
    nodes, rows = made.worksheet(original, cycle)
    share = luck.uniform(0.1, 1) if step == MEASURE else 1.0
    for row in rows:
        row.cycle = cycle
        _fill(row, luck, luck.random() < share, step)
    type(rows[0]).objects.bulk_create(rows, batch_size=200)
    for node in nodes:
        if node.carries_money and luck.random() < share:
            node.spent = (spending(node) * Decimal(luck.randint(55, 120)) / 100).quantize(WHOLE)
    type(nodes[0]).objects.bulk_update(nodes, ["spent"], batch_size=400)


def _fill(row, luck: Random, is_sent: bool, step: Step) -> None:
    """A plausible realisasi that differs from office to office; what nobody types keeps its state."""
    if row.state in UNTYPED_ROWS or (row.state == RowState.DIKECUALIKAN and not row.planned):
        return
    for name in (*row.TEXTS, *(field.key for field in ROW_VALUES)):
        setattr(row, name, None if name in row.VALUES else "")
    if not is_sent:
        row.state = RowState.KOSONG.value
        return
    for name, value in measure(row, row.cycle.number).items():
        setattr(row, name, value)
    if row.realised:
        row.realised = max((row.realised * luck.randint(70, 112) / 100).quantize(WHOLE), WHOLE)
    row.state = (RowState.TERKIRIM if step.number <= MEASURE.number + 1 else RowState.DITERIMA).value


def _stays(cycle: MeasurementCycle, here: Step, made: OfficeCopy, luck: Random) -> None:
    """One after another until now; some have been at their step for longer than it takes."""
    calendar, now = cycle.unit.calendar, timezone.localtime()
    waited = luck.randint(900, 2400) if made.number % LATE_EVERY == 0 else luck.randint(5, 30)
    arrived = working_minutes_before(now, waited, calendar)
    found = [Stay(cycle=cycle, step=here.key, round=1, arrived_at=arrived)]
    for step in reversed(STEPS[: here.number - 1]):
        left, arrived = arrived, _before(arrived, step, cycle)
        person = made.people[_who(made, step)]
        found.append(
            Stay(cycle=cycle, step=step.key, round=1, arrived_at=arrived, left_at=left, left_by=person, left_as=made.unit.sop.holder(step.actor), action=step.key)
        )  # fmt: skip
    Stay.objects.bulk_create(reversed(found))
    MeasurementCycle.objects.filter(pk=cycle.pk).update(opened_at=arrived)


def _before(moment: datetime, step: Step, cycle: MeasurementCycle) -> datetime:
    minutes = step.standard_minutes(cycle.unit.minutes_per_day) or 1
    return working_minutes_before(
        timezone.localtime(moment - timedelta(seconds=1)), minutes, cycle.unit.calendar
    )


def _who(made: OfficeCopy, step: Step) -> int:
    """The original's key of whoever takes the step there."""
    held = made.original.appointments.in_force().filter(role=step.actor.value)
    return held.order_by("-chairs", "-pk").values_list("person", flat=True)[0]
