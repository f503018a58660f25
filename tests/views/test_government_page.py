"""The page above the offices: where each stands, in as many queries for three offices as for one; and who is given a post."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measurement.models import Government, GovernmentPost, Person, ScheduledStep, Stay, Unit
from measurement.rules.government_posts import GovernmentRole
from tests.support.characters import cycle_at, office, open_cycle, walk
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, words

MOST = 12
PAGE = "government"


@pytest.fixture
def above(kecamatan, neighbour):
    cycle_at(kecamatan, "recapitulate")
    return government_over(kecamatan.unit, neighbour.unit)


def page_of(above, role=GovernmentRole.PLANNING, query: str = "") -> str:
    return words(logged_in(above[role]).get(reverse(PAGE) + query))


def test_the_page_says_where_each_office_stands(above):
    text = page_of(above)
    assert "Langkah 7, Tim SAKIP" in text
    assert "Belum diperintahkan" in text
    assert "1 dari 2" in text  # offices with figures
    assert "serapan 20,00 %" in text


def test_who_is_late_is_said_and_can_be_filtered(above, kecamatan, neighbour):
    before = timezone.now() - timedelta(days=30)
    Stay.objects.filter(left_at=None).update(arrived_at=before)
    ScheduledStep.objects.update(date=before.date())
    assert "1 dari 2 kantor melewati batas waktunya" in page_of(above)
    late = page_of(above, query="?saring=terlambat")
    assert kecamatan.unit.short_name in late
    assert neighbour.unit.short_name not in late


def test_whose_turn_it_is_can_be_filtered_and_the_late_come_first(above, kecamatan, neighbour):
    names = kecamatan.unit.short_name, neighbour.unit.short_name
    assert [name in page_of(above, query="?saring=tim_sakip") for name in names] == [True, False]
    assert [name in page_of(above, query="?saring=camat") for name in names] == [False, True]
    first, by_name = page_of(above), page_of(above, query="?urut=nama")
    assert first.index(names[1]) < first.index(names[0])  # nobody is late, so the one that has hardly begun
    assert by_name.index(names[0]) < by_name.index(names[1])


def test_nothing_is_ranked_unless_asked_for(above):
    assert "bukan penilaian" not in page_of(above)
    assert "bukan penilaian" in page_of(above, query="?urut=capaian")


def test_an_office_leads_to_its_cycle_only_for_who_reads_it(above):
    link = f'href="{reverse("cycle", args=[above.government.offices.first().cycles.get().pk])}"'
    for role, is_led in ((GovernmentRole.PLANNING, True), (GovernmentRole.ADMIN, False)):
        assert (link in logged_in(above[role]).get(reverse(PAGE)).content.decode()) == is_led


def test_a_cycle_that_is_only_read_says_whose_it_is(above, kecamatan):
    page = words(
        logged_in(above[GovernmentRole.PLANNING]).get(reverse("cycle", args=[kecamatan.unit.cycles.get().pk]))
    )
    assert f"Anda membaca {kecamatan.unit.name}" in page
    assert "Langkah 7 dari 11" in page


def test_the_queries_don_t_grow_with_the_offices(db):
    def queries(number: int, name: str) -> int:
        made = [office(f"{name}-{each}") for each in range(number)]
        for one in made:
            walk(one, open_cycle(one), "evaluate")
        client = logged_in(
            government_over(*(one.unit for one in made), name=f"Pemerintah {name}")[GovernmentRole.PLANNING]
        )
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(PAGE)).status_code == 200
        return len(captured)

    assert queries(1, "900") == queries(3, "901") <= MOST


def test_whoever_keeps_the_installation_founds_a_government(kecamatan, neighbour):
    keeper = kecamatan.administrator
    Person.objects.filter(pk=keeper.pk).update(is_superuser=True)
    client, url = logged_in(Person.objects.get(pk=keeper.pk)), reverse("new_government")
    filled = form_of(client.get(url)) | {
        "name": "Pemerintah Kabupaten Uji", "short_name": "Kabupaten Uji", "offices": [kecamatan.unit.pk],
        "admin-account": "adminkab", "admin-name": "Admin Baru",
    }  # fmt: skip
    assert client.post(url, filled).status_code == 302
    made = Government.objects.get()
    assert list(made.offices.all()) == [kecamatan.unit]
    admin = Person.objects.get(username="adminkab")
    assert (admin.has_posts, admin.must_change_password) == (True, True)
    assert made.posts.get().role == GovernmentRole.ADMIN


def test_the_administrator_gives_a_post_and_ends_it(above):
    client, url = logged_in(above[GovernmentRole.ADMIN]), reverse("government_posts")
    filled = form_of(client.get(url)) | {
        "account": "auditor", "name": "Auditor Baru", "role": "inspektorat", "title": "Auditor", "starts": "01/01/2026",
    }  # fmt: skip
    assert client.post(url, filled).status_code == 302
    post = GovernmentPost.objects.get(person__username="auditor")
    assert Person.objects.get(username="auditor").read_governments == {above.government.pk}
    assert (
        client.post(reverse("end_government_post", args=[post.pk]), {"last_day": "02/01/2026"}).status_code
        == 302
    )
    assert Person.objects.get(username="auditor").read_governments == frozenset()


def test_the_last_administrator_stays(above):
    post = above.government.posts.get(role=GovernmentRole.ADMIN)
    client = logged_in(above[GovernmentRole.ADMIN])
    response = client.post(reverse("end_government_post", args=[post.pk]), {"last_day": "02/01/2030"})
    assert "admin terakhir" in words(response)
    post.refresh_from_db()
    assert post.ends is None


def test_who_only_reads_gives_no_post(above):
    client = logged_in(above[GovernmentRole.INSPECTORATE])
    assert client.get(reverse("government_posts")).status_code == 403
    post = above.government.posts.get(role=GovernmentRole.PLANNING)
    assert (
        client.post(reverse("end_government_post", args=[post.pk]), {"last_day": "02/01/2030"}).status_code
        == 403
    )


def test_the_administrator_makes_an_office_that_belongs_to_the_government(above):
    client, url = logged_in(above[GovernmentRole.ADMIN]), reverse("new_office")
    filled = form_of(client.get(url)) | {
        "kantor-kind": "kecamatan", "kantor-name": "Kecamatan Baru", "kantor-short_name": "Baru", "kantor-code": "900-9",
        "kantor-address": "Jalan Baru 1", "kantor-town": "Baru", "name": "Admin Kantor", "username": "admin.baru",
    }  # fmt: skip
    assert filled["kantor-government"] == "Pemerintah Kabupaten Uji"
    assert client.post(url, filled).status_code == 302
    assert Unit.objects.get(code="900-9").belongs_to == above.government


def test_who_has_no_post_finds_no_page(kecamatan):
    assert logged_in(kecamatan.camat).get(reverse(PAGE)).status_code == 403


def test_posts_are_dated(above):
    above.government.posts.update(starts=date(2100, 1, 1))
    assert logged_in(above[GovernmentRole.PLANNING]).get(reverse(PAGE)).status_code == 403
