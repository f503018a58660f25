"""An import that takes away what was spent or measured already: the preview names it, and it is applied only when somebody confirms."""

import pytest

from measurement.models import Indicator, Pagu
from tests.support.budget_changes import HEADINGS, SECOND, SUB, add_branch, measure, plan_rows
from tests.support.pages import logged_in, words
from tests.views.test_plan_import_page import press_apply, upload


@pytest.fixture
def spent(kecamatan):
    """Two branches; on the second Rp1.000.000 was spent in TW I."""
    add_branch(kecamatan)
    measure(kecamatan, 1, spent={SUB: 2_000_000, SECOND: 1_000_000})
    return kecamatan


def shown(made, rows):
    client = logged_in(made.tim)
    return client, upload(client, made.plan, rows, HEADINGS)


def test_lost_pagu_is_named_with_what_was_spent(spent):
    _, page = shown(spent, plan_rows(spent, without=[SECOND]))
    assert "pagu 2026 hilang, sudah terealisasi Rp1.000.000" in words(page)
    assert "tidak dipakai lagi, sudah ada realisasi TW I 2026" in words(page)


def test_it_is_applied_only_when_confirmed(spent):
    client, page = shown(spent, plan_rows(spent, without=[SECOND]))

    refused = press_apply(client, page)

    assert refused.status_code == 422
    assert "nyatakan bahwa itu memang benar" in words(refused)
    assert Pagu.objects.filter(node__code=SECOND).exists()
    assert press_apply(client, refused, losses="ya").status_code == 302
    assert not Pagu.objects.filter(node__code=SECOND).exists()


@pytest.mark.parametrize(
    ("pagu", "sentence"),
    [(0, "pagu 2026 hilang, sudah terealisasi"), (400_000, "pagu 2026 menjadi Rp400.000, sudah terealisasi")],
)
def test_pagu_below_what_was_spent_is_named(spent, pagu, sentence):
    rows = plan_rows(spent)
    rows[-1][6] = pagu
    _, page = shown(spent, rows)
    assert f"{sentence} Rp1.000.000" in words(page)


def test_nothing_is_asked_where_nothing_is_lost(spent):
    rows = plan_rows(spent)
    rows[-1][6] = 1_000_000
    client, page = shown(spent, rows)
    assert "sudah terealisasi" not in words(page)
    assert press_apply(client, page).status_code == 302


def test_a_retired_indicator_with_realisasi_is_named(spent):
    rows = [
        row for row in plan_rows(spent) if row[3] != Indicator.objects.filter(node=spent.sub).first().name
    ]
    _, page = shown(spent, rows)
    assert words(page).count("tidak dipakai lagi, sudah ada realisasi TW I 2026") == 1
