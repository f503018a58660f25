"""The tables of methods and accumulations: every one has its row, its row has every word, and what it says of itself is what it does."""

from dataclasses import fields
from decimal import Decimal
from fractions import Fraction

import pytest

from measurement.guide.terms import TERMS
from measurement.models import WorksheetRow
from measurement.plan.table_import.cells import ACCUMULATION_WORDS, METHOD_WORDS
from measurement.rules.accumulations import ACCUMULATIONS, Accumulation, PeriodValues, to_date
from measurement.rules.figure import Figure, Gap
from measurement.rules.methods import METHODS, Method, Need, Yardstick, achievement
from measurement.rules.spans import Span

TABLES = ((Method, METHODS), (Accumulation, ACCUMULATIONS))
ROWS = [(key, row) for _, table in TABLES for key, row in table.items()]


@pytest.mark.parametrize(("names", "table"), TABLES)
def test_every_method_and_accumulation_has_its_row(names, table):
    lacking = set(names) - set(table)
    assert not lacking, (
        f"{sorted(lacking)} stand in {names.__name__}, but their table in rules/ has no row of them"
    )


def test_no_word_of_a_row_is_blank():
    blank = [
        f"{key}: {field.name}"
        for key, row in ROWS
        for field in fields(row)
        if field.type in ("str", str) and not getattr(row, field.name).strip()
    ]
    assert not blank, f"people read these words, so write them in the row: {blank}"


def test_every_row_is_explained_in_the_help_once():
    anchors = [term.key for term in TERMS]
    wrong = [f"{key}: {row.anchor}" for key, row in ROWS if anchors.count(row.anchor) != 1]
    assert not wrong, f"the help has no term, or two, with the anchor of these rows: {wrong}"


def test_what_plan_tables_write_means_one_method_and_one_accumulation():
    for words, table in ((METHOD_WORDS, METHODS), (ACCUMULATION_WORDS, ACCUMULATIONS)):
        written = [(word, key) for key, row in table.items() for word in row.also_written]
        wrong = [
            f"{word} is read as {words[word]}, not as {key}" for word, key in written if words[word] != key
        ]
        assert not wrong


@pytest.mark.parametrize("method", METHODS)
def test_a_method_has_a_target_just_where_it_says_so(method):
    """Without one it either has no figure, or was never measured against one."""
    found = achievement(Yardstick(Method(method), Span(Decimal(2), Decimal(4))), None, Decimal(3))
    assert (found.gap == Gap.NO_TARGET) is METHODS[method].has_target


@pytest.mark.parametrize("method", [key for key, row in METHODS.items() if row.needs == Need.BOUNDS])
@pytest.mark.parametrize("bounds", [(None, None), (Decimal(2), None), (None, Decimal(4))])
def test_a_range_without_both_bounds_has_no_figure(method, bounds):
    row = WorksheetRow(method=method, low=bounds[0], high=bounds[1])
    assert achievement(row.yardstick(), Decimal(3), Decimal(3)) == Figure(gap=Gap.NO_TARGET)


@pytest.mark.parametrize("method", [key for key, row in METHODS.items() if row.follows_e81])
def test_a_method_that_follows_the_form_is_realisasi_over_target(method):
    assert achievement(Yardstick(Method(method)), Decimal(8), Decimal(6)).value == Decimal(6) / 8 * 100


@pytest.mark.parametrize("accumulation", ACCUMULATIONS)
def test_an_accumulation_adds_up_or_is_a_position_just_where_it_says_so(accumulation):
    quarters = [
        PeriodValues(Decimal(2), Decimal(3), Decimal(1), Decimal(2)),
        PeriodValues(Decimal(5), Decimal(9), Decimal(1), Decimal(4)),
    ]
    found, row = to_date(Accumulation(accumulation), quarters), ACCUMULATIONS[accumulation]
    assert (found.realised == 12) is row.adds_up
    assert (found.realised == 9) is row.is_position
    assert (found.realised == Fraction(100, 3)) is row.has_parts
