"""Which of several plans the pages show, and how to come to the others."""

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import Plan
from tests.support.pages import logged_in, words

PAGES = ["plan", "radar", "planning_documents"]


@pytest.fixture
def plans(kecamatan) -> dict[str, Plan]:
    """One that has ended, one of today, one that is to come; the office has no other."""
    year = timezone.localdate().year
    spans = {"Lama": (year - 6, year - 2), "Kini": (year - 1, year + 3), "Nanti": (year + 4, year + 8)}
    Plan.objects.filter(pk=kecamatan.plan.pk).update(start_year=year - 20, end_year=year - 16)
    return {
        name: Plan.objects.create(unit=kecamatan.unit, name=f"Renstra {name}", start_year=start, end_year=end)
        for name, (start, end) in spans.items()
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_plan_of_today_is_shown_and_the_others_can_be_chosen(kecamatan, plans, page):
    shown = logged_in(kecamatan.asn).get(reverse(page))

    assert shown.context["plan"] == plans["Kini"]
    for plan in plans.values():
        assert f'href="?rencana={plan.pk}"' in shown.content.decode()
    other = logged_in(kecamatan.asn).get(reverse(page), {"rencana": plans["Nanti"].pk})
    assert other.context["plan"] == plans["Nanti"]


def test_without_a_plan_of_today_the_last_that_has_begun_is_shown(kecamatan, plans):
    plans["Kini"].delete()

    assert logged_in(kecamatan.asn).get(reverse("plan")).context["plan"] == plans["Lama"]


def test_one_plan_alone_is_no_choice(kecamatan):
    assert "Pilihan rencana" not in logged_in(kecamatan.asn).get(reverse("plan")).content.decode()
    assert kecamatan.plan.name in words(logged_in(kecamatan.asn).get(reverse("plan")))
