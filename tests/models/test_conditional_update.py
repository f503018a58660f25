"""Rows are written by one statement, each with its own values, and only if it is as it was read."""

from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from measurement.models import WorksheetRow
from measurement.models.conditional_update import SheetChange, write_each
from tests.support.characters import cycle_at


@pytest.fixture
def rows(kecamatan) -> list[WorksheetRow]:
    return list(cycle_at(kecamatan, "measure").rows.all())


def keys(rows) -> tuple:
    return (
        WorksheetRow.objects.filter(pk__in=[row.pk for row in rows])
        .order_by()
        .values("pk")
        .query.sql_with_params()
    )


def again(rows) -> list[WorksheetRow]:
    return [WorksheetRow.objects.get(pk=row.pk) for row in rows]


def test_each_row_gets_its_own_values_and_keeps_the_others(rows):
    first, second = rows[:2]
    WorksheetRow.objects.filter(pk=second.pk).update(realised=Decimal("7.5"), analysis="Tetap.")
    changes = [
        SheetChange(
            first.pk, first.version, {"realised": Decimal("1234.567891"), "driver": "Kerja sama “baik”."}
        ),
        SheetChange(second.pk, second.version, {"driver": "", "obstacle": "Hujan; banjir."}),
    ]
    with CaptureQueriesContext(connection) as captured:
        assert write_each(WorksheetRow, changes, keys(rows)) == {first.pk, second.pk}
    assert len(captured) == 1
    one, two = again((first, second))
    assert (one.realised, one.driver, one.version) == (
        Decimal("1234.567891"),
        "Kerja sama “baik”.",
        first.version + 1,
    )
    assert (two.realised, two.analysis, two.obstacle, two.version) == (
        Decimal("7.5"),
        "Tetap.",
        "Hujan; banjir.",
        second.version + 1,
    )


def test_a_value_is_taken_away_in_all_rows(rows):
    WorksheetRow.objects.update(realised=3)
    changes = [SheetChange(row.pk, row.version, {"realised": None}) for row in rows]
    write_each(WorksheetRow, changes, keys(rows))
    assert {row.realised for row in again(rows)} == {None}


def test_what_somebody_else_changed_is_left(rows):
    stale, free = rows[:2]
    changes = [SheetChange(row.pk, row.version, {"analysis": "Baru."}) for row in (stale, free)]
    changes[0].version -= 1
    assert write_each(WorksheetRow, changes, keys((stale, free))) == {free.pk}
    assert [row.analysis for row in again((stale, free))] == ["", "Baru."]
    assert again([stale])[0].version == stale.version


def test_what_is_not_among_those_that_may_be_written_is_left(rows):
    closed, free = rows[:2]
    changes = [SheetChange(row.pk, row.version, {"analysis": "Baru."}) for row in (closed, free)]
    assert write_each(WorksheetRow, changes, keys([free])) == {free.pk}
    assert [row.analysis for row in again((closed, free))] == ["", "Baru."]


def test_a_number_is_stored_as_django_stores_it(rows):
    first, second = rows[:2]
    for text in ("0", "-12.5", "999999999999999", "0.000001", "123456789.123456"):
        write_each(
            WorksheetRow,
            [SheetChange(first.pk, again([first])[0].version, {"realised": Decimal(text)})],
            keys(rows),
        )
        WorksheetRow.objects.filter(pk=second.pk).update(realised=Decimal(text))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT realised FROM measurement_worksheetrow WHERE id IN (%s, %s)", [first.pk, second.pk]
            )
            one, two = cursor.fetchall()
        assert (one, type(one[0])) == (two, type(two[0]))


def test_what_the_database_refuses_writes_nothing(rows):
    changes = [
        SheetChange(row.pk, row.version, {"promise_progress": "entah" * number})
        for number, row in enumerate(rows)
    ]
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        write_each(WorksheetRow, changes, keys(rows))
    assert [row.version for row in again(rows)] == [row.version for row in rows]


def test_more_rows_than_one_statement_takes(rows, monkeypatch):
    monkeypatch.setattr("measurement.models.conditional_update.AT_ONCE", 2)
    changes = [SheetChange(row.pk, row.version, {"analysis": f"Baris {row.pk}."}) for row in rows]
    assert write_each(WorksheetRow, changes, keys(rows)) == {row.pk for row in rows}
    assert [row.analysis for row in again(rows)] == [f"Baris {row.pk}." for row in rows]
