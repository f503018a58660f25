"""The plan as it is, in the columns of the template: edited and imported again, only what was edited changes."""

from decimal import Decimal

from django.db.models import prefetch_related_objects

from measurement.models import Indicator, Level, Pagu, Plan, PlanNode, Target, Unit
from measurement.rules.periods import Frequency
from measurement.rules.schedules import schedule_words
from measurement.rules.spans import Aim, Span
from measurement.spreadsheets.book_of_sheets import BookSheet

from .changes import DEFINITION
from .columns import COLUMNS
from .followers import follow_cell
from .measuring_times import lacks_due
from .template import LONG, Contents, headings_of, template_workbook

HEADINGS = {column.key: column.heading for column in COLUMNS}
WIDE_HEADINGS = frozenset(HEADINGS[key] for key in LONG)
OF_INDICATOR = tuple(
    name for name in DEFINITION if name not in ("schedule", "baseline")
)  # told in words, and not at all


def plan_workbook(plan: Plan, year: int, filled: bool) -> bytes:
    """The template for this plan, with the periods of one year; `filled` with what is stored."""
    sub_units = [sub_unit.name for sub_unit in plan.unit.sub_units.all()]
    return template_workbook(
        Contents(
            plan.years,
            (plan.frequency_in(year), year),
            _people(plan.unit),
            _rows(plan, year) if filled else (),
            sub_units,
        )
    )


def plan_sheets(unit: Unit, year: int) -> list[BookSheet]:
    """Each plan of the office in the columns of its import, for the workbook of everything; periods are those of the year, where it is the plan's."""
    sheets = []
    for plan in unit.plans.select_related("unit"):
        own_year = year if year in plan.years else plan.start_year
        rows = _rows(plan, own_year)
        contents = Contents(plan.years, (plan.frequency_in(own_year), own_year), (), rows, ("",))
        headings = headings_of(contents)
        note = f"{plan}, dalam kolom impor rencana; target periode dan anggaran kas tahun {own_year}."
        values = ([row.get(heading) for heading in headings] for row in rows)
        sheets.append(
            BookSheet(f"Rencana {plan.start_year}-{plan.end_year}", note, headings, values, WIDE_HEADINGS)
        )
    return sheets


def _people(unit: Unit) -> list[tuple[str, str, str]]:
    """User name, name and post of whoever may be responsible; the NIP, which holds a birth date, stays out of the file."""
    found: dict[str, tuple[str, str, str]] = {}
    for appointment in unit.appointments.in_force().filter(person__is_active=True).select_related("person"):
        person = appointment.person
        found.setdefault(person.username, (person.username, person.name, appointment.printed_title))
    return sorted(found.values())


def _rows(plan: Plan, year: int) -> list[dict]:
    """One row per indicator in use, and one per branch that has none but may stand alone."""
    indicators: dict[int, list[Indicator]] = {}
    for indicator in Indicator.objects.filter(node__plan=plan, retired=False).select_related("owner"):
        indicators.setdefault(indicator.node_id, []).append(indicator)
    following = [one for own in indicators.values() for one in own if one.follow_rule]
    prefetch_related_objects(following, "follows__node__sub_unit")
    targets: dict[int, list[Target]] = {}
    for target in Target.objects.filter(indicator__node__plan=plan):
        targets.setdefault(target.indicator_id, []).append(target)
    pagu: dict[int, dict[str, Decimal | None]] = {}
    for found in Pagu.objects.filter(node__plan=plan):
        amounts = pagu.setdefault(found.node_id, {})
        amounts[f"pagu_{found.year}"] = found.amount
        if found.year == year:
            amounts |= {f"kas_tw{number}_{year}": amount for number, amount in enumerate(found.cash, 1)}
    rows = []
    for node in plan.nodes.select_related("parent", "owner", "sub_unit"):
        own = indicators.get(node.pk, [])
        amounts = pagu.get(node.pk, {})
        for number, indicator in enumerate(own):
            figures = _figures(indicator, targets.get(indicator.pk, []), year, plan.frequency_in(year))
            rows.append(
                _branch(node) | _definition(plan, indicator) | figures | (amounts if number == 0 else {})
            )
        if not own and (node.level != Level.SUB_KEGIATAN or amounts):
            rows.append(
                _branch(node) | {HEADINGS["owner"]: node.owner.username if node.owner else ""} | amounts
            )
    return rows


def _branch(node: PlanNode) -> dict:
    values = {
        "level": node.level,
        "code": node.code,
        "parent": node.parent.code if node.parent else "",
        "name": node.name,
        "sub_unit": node.sub_unit.name if node.sub_unit else "",
        "sub_unit_code": node.sub_unit.code if node.sub_unit else "",
        "outcome": node.outcome,
        "weight": node.weight,
    }
    return {HEADINGS[key]: value for key, value in values.items()}


def _definition(plan: Plan, indicator: Indicator) -> dict:
    values = {HEADINGS[key]: getattr(indicator, key) for key in OF_INDICATOR}
    owner = indicator.owner.username if indicator.owner else ""
    # where a year is measured by month, each quarter is not every period
    by_month = Frequency.MONTHLY if Frequency.MONTHLY in plan.frequencies.values() else None
    return values | {
        HEADINGS["schedule"]: schedule_words(indicator.schedule, by_month),
        HEADINGS["indicator"]: indicator.name,
        HEADINGS["owner"]: owner,
        HEADINGS["follows"]: follow_cell(indicator),
        f"baseline_{plan.start_year - 1}": indicator.baseline,
    }


def _figures(indicator: Indicator, targets: list[Target], year: int, frequency: Frequency) -> dict:
    """Targets by heading; a predicate's as the words of its scale."""
    word_of: dict[Decimal | None, str] = {score: word for word, score in indicator.scores.items()}
    found: dict[str, Aim | None] = {f"target_{target.year}": target.aim("annual") for target in targets}
    for target in targets:
        values = target.of_periods(frequency)
        if target.year == year and not lacks_due(values, indicator.schedule, frequency):
            found |= {
                f"{period.key}_{year}": aim
                for period, aim in zip(frequency.periods, target.aims(frequency)[1:], strict=True)
            }
    return {heading: _written(aim, word_of) for heading, aim in found.items()}


def _written(aim: Aim | None, word_of: dict[Decimal | None, str]) -> Decimal | str | None:
    return aim.plain if isinstance(aim, Span) else word_of.get(aim, aim)
