"""Capaian: which cycle is shown to whom, and what stands there when there are no figures."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.models import Appointment, Paper, Person
from measurement.rules.sop import Output, Role, RowState
from tests.support.characters import YEAR, cycle_at, open_cycle, walk
from tests.support.pages import logged_in, words
from tests.support.past_cycles import copied

PAGES = ["achievement", "trends", "years"]
NOT_YET_OPEN = "Angkanya terbuka bagi seluruh pegawai setelah evaluasi selesai."


def seen(person, query: str = "", name: str = "achievement") -> str:
    return words(logged_in(person).get(reverse(name) + query))


@pytest.fixture
def archived(kecamatan):
    return walk(kecamatan, cycle_at(kecamatan, "recapitulate"))


def test_a_new_office_is_told_when_figures_come(kecamatan):
    assert "Angka tampil di sini setelah metodologi siklus pertama ditetapkan" in seen(kecamatan.camat)
    assert "Belum ada periode yang diukur" in seen(kecamatan.camat, name="trends")
    assert "Belum ada tahun untuk dibandingkan" in seen(kecamatan.camat, name="years")


def test_a_worksheet_without_any_realisasi_says_so(kecamatan):
    cycle_at(kecamatan, "measure")
    assert "Belum ada yang diukur: 0 dari 2 dikirim." in seen(kecamatan.camat)


def test_the_newest_cycle_with_figures_is_shown_and_where_the_new_one_stands(kecamatan, archived):
    open_cycle(kecamatan, 2)
    text = seen(kecamatan.camat)
    assert f"Capaian s.d. Triwulan I {YEAR}" in text
    assert f"Siklus yang sedang berjalan Pengukuran TW II {YEAR} Langkah 2 dari 11. Giliran: Sekcam." in text


def test_a_cycle_before_its_methodology_shows_its_state_only(kecamatan, archived):
    new = open_cycle(kecamatan, 2)
    text = seen(kecamatan.camat, f"?siklus={new.pk}")
    assert f"Capaian s.d. Triwulan II {YEAR}" in text
    assert "Metodologinya belum ditetapkan" in text
    assert "Capaian kinerja" not in text


def test_an_asn_sees_the_state_but_no_figures_while_rows_are_filled_in(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    cycle.rows.update(realised=3)
    text = seen(kecamatan.asn, f"?siklus={cycle.pk}")
    assert NOT_YET_OPEN in text
    assert "Langkah 5 dari 11" in text
    assert "Capaian kinerja" not in text


@pytest.mark.parametrize("role", [Role.CAMAT, Role.SEKCAM, Role.TIM_SAKIP])
def test_who_leads_or_evaluates_sees_figures_as_soon_as_they_are_sent(kecamatan, role):
    cycle_at(kecamatan, "measure").rows.update(realised=3, state=RowState.TERKIRIM)
    assert "Capaian kinerja s.d. TW I (sementara) 100,00 %" in seen(kecamatan.actor(role))


def test_figures_that_an_asn_may_not_see_are_in_no_trend_and_no_comparison(kecamatan):
    cycle_at(kecamatan, "measure").rows.update(realised=3, state=RowState.TERKIRIM)
    for name in ("trends", "years"):
        assert "100,00 %" in seen(kecamatan.camat, name=name)
        assert "100,00 %" not in seen(kecamatan.asn, name=name)


def test_after_the_evaluation_the_whole_office_sees_the_figures(kecamatan):
    cycle_at(kecamatan, "recapitulate")
    assert "Capaian kinerja s.d. TW I 100,00 %" in seen(kecamatan.asn)


def test_an_archived_report_is_two_clicks_from_home_for_anyone(kecamatan, archived):
    client, report = logged_in(kecamatan.asn), Paper.objects.get(cycle=archived, kind=Output.LAPORAN)
    assert f'href="{reverse("achievement")}"' in client.get("/").content.decode()
    assert (
        f'href="{reverse("paper", args=[report.pk])}"' in client.get(reverse("achievement")).content.decode()
    )


def test_chips_lead_to_the_other_years_and_quarters(kecamatan, archived):
    last_year = copied(archived, YEAR - 1, 4)
    second = copied(archived, YEAR, 2)
    page = logged_in(kecamatan.camat).get(reverse("achievement")).content.decode()
    assert f'href="/capaian/?siklus={last_year.pk}">{YEAR - 1}</a>' in page
    assert f'href="/capaian/?siklus={archived.pk}">TW I {YEAR}</a>' in page
    assert f'href="/capaian/?siklus={second.pk}" aria-current="true">TW II {YEAR}</a>' in page


def test_a_cycle_of_a_foreign_office_is_not_found(kecamatan, neighbour, archived):
    client = logged_in(neighbour.camat)
    assert client.get(f"/capaian/?siklus={archived.pk}").status_code == 404
    for name in PAGES:
        assert client.get(f"{reverse(name)}?unit={kecamatan.unit.pk}").status_code == 404
        assert kecamatan.unit.name not in words(client.get(reverse(name)))
        assert "100,00 %" not in words(client.get(reverse(name)))


@pytest.mark.parametrize("query", ["?siklus=abc", "?siklus=99999999", "?unit=-1", "?siklus=" + "9" * 40])
def test_what_is_not_there_is_not_found(kecamatan, query):
    assert logged_in(kecamatan.camat).get(f"/capaian/{query}").status_code == 404


@pytest.mark.parametrize("query", ["?tahun=abc", "?tahun=1900", "?bulan=13", "?tahun=" + "9" * 40])
def test_a_year_or_quarter_without_figures_shows_the_newest(kecamatan, archived, query):
    for name in ("trends", "years"):
        assert "100,00 %" in seen(kecamatan.camat, query, name)


def test_who_serves_in_two_offices_chooses_between_them(kecamatan, neighbour, archived):
    Appointment.objects.create(
        person=kecamatan.camat,
        unit=neighbour.unit,
        role=Role.CAMAT,
        kind="plt",
        title="Camat",
        starts=date(2020, 1, 1),
    )
    both = Person.objects.get(pk=kecamatan.camat.pk)
    page = logged_in(both).get(f"/capaian/?unit={kecamatan.unit.pk}")
    assert "Capaian kinerja s.d. TW I 100,00 %" in words(page)
    assert f'href="?unit={neighbour.unit.pk}"' in page.content.decode()
    assert "Capaian kinerja" not in seen(both, f"?unit={neighbour.unit.pk}")


def test_somebody_without_an_appointment_finds_empty_pages(kecamatan):
    stranger = Person.objects.create_user(
        username="tanpa", email="tanpa@example.org", password="sandi-tanpa-2026", name="Tanpa"
    )
    for name in PAGES:
        assert logged_in(stranger).get(reverse(name)).status_code == 200


def test_pages_ask_at_most_twelve_times_whatever_is_archived_and_under_way(kecamatan, archived):
    for year in (YEAR - 2, YEAR - 1):
        for quarter in (1, 2, 3, 4):
            copied(archived, year, quarter)
    open_cycle(kecamatan, 3)
    cycle_at(kecamatan, "recapitulate", quarter=2)
    client = logged_in(kecamatan.camat)
    for name in PAGES:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name))
        assert len(captured) <= 12, [query["sql"] for query in captured]
