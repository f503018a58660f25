"""Pagu murni and perubahan side by side with their documents: on the plan, the recap and in the report; an archived cycle keeps what it showed."""

from datetime import date

import pytest
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.figures.e81 import form_lines, form_notes
from measurement.models import Pagu
from measurement.plan import revising, table_import
from measurement.plan.revising import Basis
from tests.plan.test_plan_import import rows_table
from tests.support.budget_changes import HEADINGS, SECOND, SUB, add_branch, measure, plan_rows
from tests.support.characters import YEAR, fresh
from tests.support.pages import logged_in, words

DPPA = Basis("Perubahan anggaran tahun berjalan.", "DPPA Nomor 9 Tahun 2026", date(2026, 1, 6))
BOTH = (
    "Pagu murni Rp15.000.000 menurut Perjanjian Kinerja Nomor 1, 5 Januari 2026; "
    "pagu perubahan Rp16.000.000 menurut DPPA Nomor 9 Tahun 2026, 6 Januari 2026."
)


@pytest.fixture
def changed(kecamatan):
    """Two branches of 10 and 5 million; after TW I the first gets 12, the second 4 by the changed budget."""
    add_branch(kecamatan)
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja Nomor 1", date(2026, 1, 5))
    measure(kecamatan, 1)
    rows = plan_rows(kecamatan)
    for row in rows:
        row[6] = {SUB: 12_000_000, SECOND: 4_000_000}.get(row[1], "")
    table_import.apply(kecamatan.plan, rows_table(rows, HEADINGS), kecamatan.tim, basis=DPPA)
    return kecamatan


def test_the_plan_shows_both(changed):
    page = words(logged_in(changed.asn).get(f"{reverse('plan')}?tahun={YEAR}"))
    assert BOTH in page
    assert "Rp12.000.000 (murni Rp10.000.000)" in page
    assert "Rp4.000.000 (murni Rp5.000.000)" in page


def test_the_recap_shows_both(changed):
    second = measure(changed, 2, until="recapitulate")
    page = words(logged_in(changed.tim).get(reverse("recap", args=[second.pk])))
    assert BOTH in page
    assert "Rp12.000.000 murni Rp10.000.000" in page


def test_the_report_and_e81_show_both(changed):
    second = measure(changed, 2)
    content = str(second.valid_report.content)
    assert BOTH in content
    assert "'pagu_first': 'Rp10.000.000'" in content
    sheet = calculate(fresh(second))
    assert any(BOTH in note for note in form_notes(sheet, list(form_lines(sheet))))


def test_an_archived_cycle_keeps_what_it_showed(changed):
    second = measure(changed, 2)
    Pagu.objects.filter(node__code=SUB).update(amount=99_000_000)
    assert (second.nodes.get(code=SUB).pagu, second.nodes.get(code=SUB).pagu_first) == (
        12_000_000,
        10_000_000,
    )
    page = words(logged_in(changed.tim).get(reverse("recap", args=[second.pk])))
    assert BOTH in page


def test_nothing_is_said_where_the_budget_stayed(kecamatan):
    second = measure(kecamatan, 1, until="recapitulate")
    assert "murni" not in words(logged_in(kecamatan.tim).get(reverse("recap", args=[second.pk])))
    assert "murni" not in words(logged_in(kecamatan.tim).get(reverse("plan")))


def test_a_branch_that_was_dropped_still_shows_what_it_had(changed):
    rows = plan_rows(changed, without=[SECOND])
    table_import.apply(changed.plan, rows_table(rows, HEADINGS), changed.tim, basis=DPPA)
    second = measure(changed, 2)
    node = second.nodes.get(code=SECOND)
    assert (node.pagu, node.pagu_first) == (0, 5_000_000)
    assert node.stopped == "Dihentikan dengan perubahan anggaran (DPPA Nomor 9 Tahun 2026, 6 Januari 2026)."


def test_without_an_approval_the_first_archived_cycle_knows(kecamatan):
    measure(kecamatan, 1)
    Pagu.objects.filter(node__code=SUB).update(amount=12_000_000)
    second = measure(kecamatan, 2, until="measure")
    assert second.nodes.get(code=SUB).pagu_first == 10_000_000
