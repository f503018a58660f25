"""What the page of a set of data awal shows: the inputs of one place by branch, and everything that the set says."""

from decimal import Decimal

from measurement.forms.plan.opening import OpeningGrid, cell_name
from measurement.models import Target
from measurement.plan.opening import OpeningLine, OpeningTable, field_label
from measurement.record.opening import Thing
from measurement.rules.accumulations import total
from measurement.rules.numbers import show_money
from measurement.rules.opening import Place

BLANK = "kosong"


def opening_groups(table: OpeningTable, place: Place, grid: OpeningGrid | None) -> list[dict]:
    """Branches in the order of the plan, each with the lines that may be filled in."""
    against = _against(table, place)
    groups: dict[int, dict] = {}
    for line in table.lines:
        branch = line.branch
        group = groups.setdefault(
            branch.pk, {"code": branch.code, "name": branch.read_title, "level": branch.level, "lines": []}
        )
        group["lines"].append(_line(table, line, place, grid, against.get(line.thing, "–")))
    return list(groups.values())


def _against(table: OpeningTable, place: Place) -> dict[Thing, str]:
    """What the place is measured against: target of indicators, pagu of sub kegiatan."""
    plan = table.opening.plan
    targets = {
        target.indicator_id: target
        for target in Target.objects.filter(indicator__node__plan=plan, year=place.year)
    }
    found: dict[Thing, str] = {}
    for line in table.lines:
        if line.indicator is None:
            found[line.thing] = show_money(table.pagu.get((line.branch.pk, place.year)))
        elif line.indicator.pk in targets:
            found[line.thing] = line.indicator.shown_target(
                targets[line.indicator.pk].aim(
                    "annual" if place.is_year else Target.PERIODS[place.number - 1]
                )
            )
    return found


def _line(
    table: OpeningTable, line: OpeningLine, place: Place, grid: OpeningGrid | None, against: str
) -> dict:
    figure = table.in_force.get((line.thing, place))
    return {
        "name": line.name,
        "measure": line.indicator.measure if line.indicator else "Rp",
        "against": against,
        "is_money": line.indicator is None,
        "words": ", ".join(line.scores),
        "in_force": f"Yang berlaku: {_values(line, table.holds(line, place))}, menurut {figure.opening.source}."
        if figure
        else "",
        "inputs": [_input(table, line, name, place, grid) for name in line.fields],
    }


def _values(line: OpeningLine, values) -> str:
    if all(values[name] is None for name in line.fields):
        return BLANK
    return " ÷ ".join(line.shown(name, values[name]) for name in line.fields)


def _input(table: OpeningTable, line: OpeningLine, name: str, place: Place, grid: OpeningGrid | None) -> dict:
    cell, stored = cell_name(line, name), table.stored(line, place)[name]
    text = line.typed(name, stored)
    return {
        "name": cell,
        "label": field_label(name),
        "value": grid.typed.get(cell, text) if grid else text,
        "error": grid.errors.get(cell, "") if grid else "",
        "choices": grid.choices.get(cell, {}) if grid else {},
    }


def said_lines(table: OpeningTable) -> list[dict]:
    """Everything that the set says, beside what holds without it; money above the pagu of its year is said."""
    return [
        {
            "place": place.name,
            "code": line.branch.code,
            "branch": line.branch.read_title,
            "name": line.name,
            "old": "" if table.opening.is_approved else _values(line, table.holds(line, place)),
            "new": ("ditarik" if figure.is_withdrawn else _values(line, figure.values))
            + _above_pagu(table, line, place),
        }
        for place, line, figure in table.own_lines()
    ]


def _above_pagu(table: OpeningTable, line: OpeningLine, place: Place) -> str:
    """ "; melebihi pagu 2026 Rp10.000.000" where the money of the year, or of its periods together, is more than its pagu."""
    if line.indicator:
        return ""
    places = (
        [place]
        if place.is_year
        else [each for each in table.places if each.year == place.year and not each.is_year]
    )
    spent = total(table.stored(line, each)["spent"] for each in places or [place]) or Decimal(0)
    pagu = table.pagu.get((line.branch.pk, place.year), Decimal(0))
    together = "" if len(places) < 2 else f" (seluruh periodenya {show_money(spent)})"
    return f"; melebihi pagu {place.year} {show_money(pagu)}{together}" if spent > pagu else ""
