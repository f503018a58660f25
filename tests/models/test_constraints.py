"""What the tables refuse by their constraints: what is no number, an unknown state, a missing reason, a second where one may be."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError
from django.utils import timezone

from measurement.models import (
    Directive,
    Holiday,
    MeasurementCycle,
    Pagu,
    Person,
    PredicateLevel,
    Target,
    WorksheetNode,
    WorksheetRow,
)
from measurement.rules.sop import RowState
from tests.support.characters import YEAR, cycle_at, open_cycle
from tests.support.database import refused, sql

# Numbers


@pytest.mark.parametrize("column", ["realised", "numerator", "denominator"])
@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e15", "-1e15"])
def test_a_row_refuses_what_is_no_number(kecamatan, column, value):
    cycle = cycle_at(kecamatan, "measure")
    with refused(error=DatabaseError):
        sql(f"UPDATE measurement_worksheetrow SET {column} = %s WHERE cycle_id = %s", value, cycle.pk)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1", "1e15"])
def test_money_refuses_what_is_no_amount(kecamatan, value):
    cycle = cycle_at(kecamatan, "measure")
    with refused(error=DatabaseError):
        sql("UPDATE measurement_worksheetnode SET spent = %s WHERE cycle_id = %s", value, cycle.pk)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1", "1e15"])
def test_a_pagu_refuses_what_is_no_amount(kecamatan, value):
    with refused(error=DatabaseError):
        sql("UPDATE measurement_pagu SET amount = %s", value)
    assert Pagu.objects.get().amount == 10_000_000


@pytest.mark.parametrize("column", ["annual", "p1", "p4"])
@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e15"])
def test_a_target_refuses_what_is_no_number(kecamatan, column, value):
    with refused(error=DatabaseError):
        sql(f"UPDATE measurement_target SET {column} = %s", value)
    assert Target.objects.first().year == YEAR


@pytest.mark.parametrize("value", ["0", "-5", "999999999999999", "-999999999.999999", None])
def test_a_row_takes_every_real_number_and_a_blank(kecamatan, value):
    cycle = cycle_at(kecamatan, "measure")
    assert cycle.rows.update(realised=value and Decimal(value)) == 2


# Reasons and states


@pytest.mark.parametrize("state", [RowState.DIKEMBALIKAN, RowState.DIKECUALIKAN])
def test_a_row_is_not_returned_or_excused_without_a_reason(kecamatan, state):
    cycle = cycle_at(kecamatan, "measure")
    with refused("row_verdict_says_why"):
        cycle.rows.update(state=state, verdict_note="")


def test_a_row_and_a_cycle_know_only_their_states(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    with refused("row_state_known"):
        cycle.rows.update(state="selesai")
    with refused("cycle_state_known"):
        MeasurementCycle.objects.update(state="selesai")


def test_arahan_has_words(kecamatan):
    cycle = open_cycle(kecamatan)
    with refused("directive_says_what"):
        Directive.objects.create(
            cycle=cycle, round=2, text="", given_by=kecamatan.sekcam, given_at=timezone.now()
        )


def test_a_cycle_has_a_period_of_its_year(kecamatan):
    cycle = open_cycle(kecamatan)
    with refused("cycle_period"):
        MeasurementCycle.objects.filter(pk=cycle.pk).update(number=5)


def test_an_indicator_is_frozen_once_into_a_cycle(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    for found in (
        WorksheetRow.objects.filter(cycle=cycle).first(),
        WorksheetNode.objects.filter(cycle=cycle).first(),
    ):
        found.pk = None
        with refused("(?i)unique"):
            found.save(force_insert=True)


def test_a_national_holiday_and_the_lowest_predicate_stand_once(kecamatan):
    Holiday.objects.create(date=date(2026, 5, 1), name="Hari Buruh")
    with refused("(?i)unique"):
        Holiday.objects.create(date=date(2026, 5, 1), name="Hari Buruh")
    with refused("(?i)unique"):
        PredicateLevel.objects.create(scale=kecamatan.unit.predicate_scale, label="Paling rendah", lower=None)


def test_people_with_history_cannot_be_deleted(kecamatan):
    open_cycle(kecamatan)
    with refused("protected|referenced", error=Exception):
        Person.objects.get(pk=kecamatan.camat.pk).delete()
