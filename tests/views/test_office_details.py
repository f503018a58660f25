"""What an office says about itself: kept by its own administrator, on papers from the next one on."""

import pytest
from django.urls import reverse

from measurement.models import Unit
from tests.support.characters import open_cycle
from tests.support.pages import form_of, logged_in, submit, words

PAGE = "/pengaturan/kantor/identitas/"
FIELDS = {
    "name": "Kantor Baru",
    "government": "Pemerintah Kabupaten Baru",
    "address": "Jalan Baru 9",
    "town": "Baru",
}


@pytest.fixture
def admin(kecamatan):
    return logged_in(kecamatan.administrator)


def stored_office(made) -> Unit:
    return Unit.objects.get(pk=made.unit.pk)


def test_the_letterhead_changes_from_the_next_paper_on(kecamatan, admin):
    before = open_cycle(kecamatan).papers.get()
    assert submit(admin, PAGE, **FIELDS).status_code == 302
    before.refresh_from_db()
    assert before.content["letterhead"]["name"] == "Kecamatan 416-317"
    kecamatan.unit = stored_office(kecamatan)
    after = open_cycle(kecamatan, 2).papers.get().content["letterhead"]
    assert {name: after[name] for name in FIELDS} == FIELDS


def test_everything_on_the_page_is_kept(kecamatan, admin):
    given = FIELDS | {
        "short_name": "Baru",
        "code": "416-400",
        "phone": "0321 1",
        "email": "kantor@example.org",
        "division": "Sub Bagian Umum",
        "classification": "000.7.2.8",
        "number_pattern": "{urut}/{jenis}/{tahun}",
        "paper_size": "F4",
    }
    submit(admin, PAGE, **given)
    assert {name: getattr(stored_office(kecamatan), name) for name in given} == given


def test_the_code_stays_once_a_paper_carries_it(kecamatan, admin):
    open_cycle(kecamatan)
    assert "sudah tercetak pada nomor naskah" in words(admin.get(PAGE))
    submit(admin, PAGE, code="416-999", town="Baru")
    after = stored_office(kecamatan)
    assert (after.code, after.town) == ("416-317", "Baru")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "bukan surel"},
        {"address": "x" * 251},
        {"number_pattern": "{urut}"},
        {"paper_size": "A3"},
    ],
)
def test_what_cannot_stand_there_is_refused_and_kept_on_the_page(kecamatan, admin, wrong):
    response = submit(admin, PAGE, **{"town": "Yang diketik"} | wrong)
    assert response.status_code == 422
    assert form_of(response)["town"] == "Yang diketik"
    assert stored_office(kecamatan).town == "Uji"


def test_a_code_of_another_office_is_refused(kecamatan, neighbour, admin):
    assert submit(admin, PAGE, code=neighbour.unit.code).status_code == 422
    assert stored_office(kecamatan).code == "416-317"


def test_a_pattern_whose_next_number_a_paper_carries_is_refused(kecamatan, admin):
    Unit.objects.update(number_pattern="2/{jenis}/{tahun}")  # which no page accepts
    kecamatan.unit = stored_office(kecamatan)
    open_cycle(kecamatan)
    response = submit(admin, PAGE, number_pattern="{urut}/{jenis}/{tahun}")
    assert response.status_code == 422
    assert "sudah dipakai" in words(response)


def test_what_figures_rest_on_cannot_be_posted_here(kecamatan, admin):
    submit(admin, PAGE, minutes_per_day="1", is_demonstration="on", predicate_scale="0", emblem="1")
    after = stored_office(kecamatan)
    assert (after.minutes_per_day, after.is_demonstration, after.emblem_id) == (450, False, None)


def test_nobody_else_gets_in(kecamatan):
    for person in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim, kecamatan.asn):
        assert logged_in(person).get(PAGE).status_code == 403


def test_the_page_leads_to_sub_units(admin):
    assert reverse("sub_units") in admin.get(PAGE).content.decode()
