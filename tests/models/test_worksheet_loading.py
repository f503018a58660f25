"""A worksheet is read with queries that are written once, and what is read is what Django would have read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measurement.figures.calculation import BranchFigures, Sheet, calculate
from measurement.models import WorksheetNode, WorksheetRow, worksheet_loading
from measurement.views.steps.recap_lines import recap_lines
from measurement.views.steps.writing import beside
from tests.support.characters import cycle_at, fresh

QUERIES = {
    name: getattr(worksheet_loading, name)
    for name in ("ROWS", "NODES", "EVIDENCE", "FIGURE_ROWS", "FIGURE_NODES")
}
OF_BRANCH = (
    "capaian",
    "predicate",
    "pagu",
    "pagu_first",
    "spent_to_date",
    "serapan",
    "compared",
    "of_year",
    "efficiency",
)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_for_a_cycle_is_what_it_would_be_if_it_were_written_anew(kecamatan, name):
    prepared = QUERIES[name]
    for cycle in (cycle_at(kecamatan, None, 1), cycle_at(kecamatan, "measure", 2)):
        with CaptureQueriesContext(connection) as anew:
            found = list(prepared.build(cycle.pk))
        with CaptureQueriesContext(connection) as written:
            assert prepared.rows(cycle.pk) == found
        assert [query["sql"] for query in written] == [query["sql"] for query in anew]


@pytest.mark.parametrize("model", [WorksheetRow, WorksheetNode])
def test_an_object_that_was_made_at_once_is_what_django_makes(kecamatan, model):
    found = model.objects.filter(cycle=cycle_at(kecamatan, "evaluate")).first()
    values = {field.attname: getattr(found, field.attname) for field in model._meta.concrete_fields}
    other = model(**values)
    assert {name: value for name, value in vars(found).items() if name != "_state"} == values
    assert (found, hash(found), found._state.adding, found._state.db) == (
        other,
        hash(other),
        False,
        "default",
    )


def figures_of(branch: BranchFigures) -> list:
    return [getattr(branch, name) for name in OF_BRANCH]


def told(sheet: Sheet) -> list:
    rows = {
        pk: (f.capaian, f.capaian_year, f.before, f.counted, f.predicate, f.shown_target, f.shown_target_to_date, f.to_date)
        for pk, f in sheet.rows.items()
    }  # fmt: skip
    branches = [figures_of(branch) for _, branch in sheet.nodes()]
    return [rows, figures_of(sheet.office), sheet.sent, branches, recap_lines(sheet), beside(sheet)]


def test_figures_are_the_same_in_a_recap_that_reads_only_what_it_takes(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    whole, only_figures = fresh(cycle), fresh(cycle)
    assert only_figures.rules == whole.rules
    expected = told(calculate(whole))
    with CaptureQueriesContext(connection) as captured:
        assert told(calculate(only_figures, whole=False)) == expected
    assert len(captured) == 2
