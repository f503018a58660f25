"""The hints of a worksheet, which are the same whether all of it is calculated, only what somebody sees, or only what they save."""

from measurement.figures.calculation import calculate
from measurement.figures.hints import Hint, hints_of
from measurement.figures.touched import own_rows, own_sheet, touched_sheet
from measurement.models import MeasurementCycle, Person

from .characters import fresh


def every_hint(cycle: MeasurementCycle) -> dict[int, list[Hint]]:
    """Row id → its hints; what is said on an owner's sheet, of each row when it is saved alone, and of all rows of an owner, is held
    against them."""
    cycle = fresh(cycle)
    found = hints_of(calculate(cycle))
    for owner in Person.objects.filter(worksheet_rows__cycle=cycle).distinct():
        seen = hints_of(own_sheet(fresh(cycle), owner))
        own = {row.pk for row in own_rows(cycle, owner)}
        assert {key: seen.get(key) for key in own} == {key: found.get(key) for key in own}
        typed = [row.pk for row in own_rows(cycle, owner) if not row.is_follower]
        for keys in ([typed] if len(typed) > 1 else []) + [[key] for key in typed]:
            said = hints_of(touched_sheet(cycle, owner, own_rows(cycle, owner), keys))
            assert {key: said.get(key) for key in keys} == {key: found.get(key) for key in keys}
    return found
