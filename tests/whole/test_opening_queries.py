"""The pages of data awal ask the database as often for three rows as for one."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from measurement.doors.opening import OpeningDocument, begin_opening, save_opening
from measurement.plan.opening import OpeningChange, OpeningTable
from tests.support.characters import YEAR, open_cycle
from tests.whole.test_queries import MOST, office_of, queries


def counted_with(name: str, size: int) -> int:
    """With a set that says something about every line, for the periods before the office's first cycle."""
    with transaction.atomic():
        made = office_of(size)
        open_cycle(made, 3)
        opening = begin_opening(made.plan, made.tim, OpeningDocument("Laporan Kinerja", date(YEAR, 1, 5)))
        table = OpeningTable(opening)
        changes = [
            OpeningChange(line, place, dict.fromkeys(line.fields, 1))
            for line in table.lines
            for place in table.places
        ]
        save_opening(opening.pk, made.tim, opening.version, changes)
        number = queries(made.tim, reverse(name, args=[] if name == "opening" else [opening.pk]))
        transaction.set_rollback(True)
    return number


@pytest.mark.parametrize("name", ["opening", "opening_set", "opening_form", "opening_upload"])
def test_three_rows_take_as_many_queries_as_one_and_at_most_twelve(db, name):
    one, three = counted_with(name, 1), counted_with(name, 3)
    assert one == three <= MOST
