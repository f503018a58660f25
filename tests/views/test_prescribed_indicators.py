"""What a government prescribes for the plans of its offices: each takes it onto a branch of its own, and nothing that stands is written over."""

import pytest
from django.urls import reverse

from measurement.models import GovernmentStandard, Indicator, Plan, WorksheetRow
from measurement.rules.government_posts import GovernmentRole
from tests.support.characters import cycle_at, office
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, words

ABOVE, OFFICE = "prescribed_indicators", "prescribed"
NAME = "Indeks kepuasan masyarakat"


@pytest.fixture
def above(kecamatan, neighbour):
    return government_over(kecamatan.unit, neighbour.unit)


def prescribed(above, **values):
    client, url = logged_in(above[GovernmentRole.ADMIN]), reverse(ABOVE)
    typed = {"name": NAME, "measure": "Indeks", "from_year": "2026", "action": "save"}
    return client.post(url, form_of(client.get(url)) | typed | values, follow=True)


def taken(made, name: str = NAME, node=None):
    node = node or made.sub
    return logged_in(made.tim).post(reverse(OFFICE), {"name": name, "node": node.pk}, follow=True)


def on_plan(made) -> list[Indicator]:
    return list(Indicator.objects.filter(node__plan=made.plan, name=NAME))


def test_every_office_is_told_and_none_is_changed(above, kecamatan):
    page = words(prescribed(above))
    assert "Sama pada 0 kantor. Belum pada 2" in page
    assert on_plan(kecamatan) == []
    assert NAME in words(logged_in(kecamatan.tim).get(reverse(OFFICE)))


def test_an_office_takes_it_onto_a_branch_of_its_own(above, kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    rows = list(WorksheetRow.objects.filter(cycle=cycle).values_list("pk", "name"))
    prescribed(above)
    assert "ditambahkan pada rencana" in words(taken(kecamatan))
    [made] = on_plan(kecamatan)
    assert (made.node, made.measure, made.targets.count()) == (kecamatan.sub, "Indeks", 0)
    assert list(WorksheetRow.objects.filter(cycle=cycle).values_list("pk", "name")) == rows
    assert "Sama pada 1 kantor. Belum pada 1" in words(prescribed(above))
    assert "Sudah ada pada rencana." in words(logged_in(kecamatan.tim).get(reverse(OFFICE)))


def test_it_is_taken_once(above, kecamatan):
    prescribed(above)
    taken(kecamatan)
    assert "sudah ada pada rencana" in words(taken(kecamatan))
    assert len(on_plan(kecamatan)) == 1


def test_one_that_left_the_plan_comes_back(above, kecamatan):
    prescribed(above)
    taken(kecamatan)
    Indicator.objects.filter(name=NAME).update(retired=True)
    taken(kecamatan)
    assert [made.retired for made in on_plan(kecamatan)] == [False]


def test_an_office_that_writes_it_otherwise_is_named_and_keeps_it(above, kecamatan):
    Indicator.objects.create(node=kecamatan.sub, name=NAME, measure="Nilai")
    page = words(prescribed(above))
    assert "Berbeda pada 1 kantor" in page
    assert f"{kecamatan.unit.short_name}: satuan Nilai" in page
    assert "Pada rencana tertulis lain: satuan Nilai" in words(logged_in(kecamatan.tim).get(reverse(OFFICE)))
    assert on_plan(kecamatan)[0].measure == "Nilai"


def test_a_plan_that_ends_before_needs_none(above, kecamatan):
    prescribed(above, from_year=str(kecamatan.plan.end_year + 1))
    assert "Belum ada indikator daerah" in words(logged_in(kecamatan.tim).get(reverse(OFFICE)))
    assert "tidak lagi ditetapkan" in words(taken(kecamatan))


def test_a_branch_of_another_office_is_no_choice(above, kecamatan, neighbour):
    prescribed(above)
    assert taken(kecamatan, node=neighbour.sub).status_code == 422
    assert on_plan(kecamatan) == on_plan(neighbour) == []


def test_an_office_of_another_government_sees_nothing_of_it(above):
    prescribed(above)
    made = office("999-1")
    assert NAME not in words(logged_in(made.tim).get(reverse(OFFICE)))
    assert "tidak lagi ditetapkan" in words(taken(made))


def test_who_does_not_keep_the_plan_takes_nothing(above, kecamatan):
    prescribed(above)
    client = logged_in(kecamatan.asn)
    assert client.post(reverse(OFFICE), {"name": NAME, "node": kecamatan.sub.pk}).status_code == 403
    assert on_plan(kecamatan) == []


@pytest.mark.parametrize("role", sorted(set(GovernmentRole) - {GovernmentRole.ADMIN}))
def test_only_the_administrator_of_the_government_prescribes(above, role):
    client = logged_in(above[role])
    assert client.get(reverse(ABOVE)).status_code == 403
    assert client.post(reverse(ABOVE), {"action": "save", "name": NAME}).status_code == 403
    assert not GovernmentStandard.objects.exists()


def test_the_plan_leads_there_where_the_office_has_a_government(above, kecamatan, neighbour):
    assert reverse(OFFICE) in logged_in(kecamatan.tim).get(reverse("plan")).content.decode()
    lone = office("999-1")
    assert reverse(OFFICE) not in logged_in(lone.tim).get(reverse("plan")).content.decode()
    assert Plan.objects.filter(unit=lone.unit).exists()
