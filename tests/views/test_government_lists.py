"""The nomenclature that a government keeps is picked from by every office beside its own; its SOP is a template that each takes itself."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.doors import long_work
from measurement.doors.offices import found_office
from measurement.doors.sop_templates import sop_template
from measurement.models import GovernmentStandard, NomenclatureItem, Person, SopEdition, StandardPart, Unit
from measurement.plan.nomenclature_list import offered_entries
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.sop import STEPS
from measurement.rules.sop_edition import KIND_BY_KEY
from measurement.views.government import nomenclature_of_offices
from tests.support.characters import cycle_at, office
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, words
from tests.support.queue import do_waiting

LIST, TEMPLATE = "nomenclature_of_offices", "sop_template_page"
LAW = "Peraturan Bupati Nomor 7 Tahun 2026 tentang Pengukuran Kinerja"
CODE = "1.03.02.2.01.0001"


@pytest.fixture
def above(kecamatan, neighbour):
    return government_over(kecamatan.unit, neighbour.unit)


def admin(above):
    return logged_in(above[GovernmentRole.ADMIN])


def sent(above, name: str = "Pembangunan Bendung"):
    rows = f"kode;uraian;indikator;satuan\n1.03.02;PROGRAM SDA;;\n1.03.02.2.01;Pengelolaan SDA;;\n{CODE};{name};Jumlah bendung;Unit\n"
    file = SimpleUploadedFile("nomenklatur.csv", rows.encode())
    return admin(above).post(reverse(LIST), {"action": "preview", "file": file})


def loaded(above, name: str = "Pembangunan Bendung"):
    client = admin(above)
    shown = sent(above, name)
    client.cookies = shown.client.cookies
    return client.post(reverse(LIST), form_of(shown) | {"action": "apply"}, follow=True)


def offered(unit: Unit) -> str:
    entry = offered_entries(Unit.objects.get(pk=unit.pk), "1.03").get(CODE)
    return entry.name if entry else ""


def test_a_list_is_looked_at_and_offered_to_every_office(above, kecamatan, neighbour):
    shown = sent(above)
    assert len(shown.context["preview"].new) == 3
    assert not GovernmentStandard.objects.exists()
    assert "3 baris baru" in words(loaded(above))
    assert offered(kecamatan.unit) == offered(neighbour.unit) == "Pembangunan Bendung"
    assert offered(office("999-1").unit) == ""
    assert not NomenclatureItem.objects.exists()


def test_what_an_office_loaded_stands_before_it_and_is_named(above, kecamatan, neighbour):
    NomenclatureItem.objects.create(unit=neighbour.unit, code=CODE, name="Bendung kami")
    NomenclatureItem.objects.create(unit=kecamatan.unit, code=CODE, name="Pembangunan Bendung")
    loaded(above)
    assert offered(neighbour.unit) == "Bendung kami"
    page = admin(above).get(reverse(LIST))
    assert page.context["differing"] == [{"office": neighbour.unit.name, "count": "1"}]


def test_the_same_list_again_changes_nothing(above):
    loaded(above)
    assert sent(above).context["preview"].changes_nothing
    assert "0 baris baru, 1 berubah" in words(loaded(above, "Rehabilitasi Bendung"))


def test_a_large_list_is_the_queues(above, queue, monkeypatch):
    monkeypatch.setattr(long_work, "BIG_FILE", 0)
    order = sent(above)
    client = order.client
    assert do_waiting() == 1
    shown = client.get(order.url, follow=True)
    order = client.post(reverse(LIST), form_of(shown) | {"action": "apply"})
    assert do_waiting() == 1
    assert "3 baris baru" in words(client.get(order.url, follow=True))
    assert GovernmentStandard.objects.filter(part=StandardPart.NOMENCLATURE).count() == 3


def kept_template(above, **values):
    client, url = admin(above), reverse(TEMPLATE)
    typed = form_of(client.get(url)) | {
        "signatory": "Bupati",
        "legal_basis": LAW,
        f"days_{STEPS[2].key}": "9",
    }
    return client.post(url, typed | {"action": "save"} | values, follow=True)


def test_a_template_changes_no_office_and_names_who_differs(above, kecamatan):
    before = list(SopEdition.objects.values_list("pk", "facts"))
    page = words(kept_template(above))
    assert "Berbeda pada 2 kantor" in page
    assert f"{kecamatan.unit.name}: dasar hukum; yang mengesahkan; waktu baku langkah 3" in page
    assert list(SopEdition.objects.values_list("pk", "facts")) == before


def test_an_office_begins_an_edition_from_the_template(above, kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    own = cycle.sop_facts if hasattr(cycle, "sop_facts") else None
    kept_template(above)
    client, url = logged_in(kecamatan.administrator), reverse("new_sop_edition")
    link = next(kind for kind in client.get(url).context["kinds"] if kind["label"].startswith("Templat"))
    typed = form_of(client.get(url + link["url"]))
    assert (typed["legal_basis"].strip(), typed["head_short"]) == (LAW, kecamatan.unit.sop.head.short)
    saved = typed | {
        "number": "065/9/2026",
        "made_on": "02/01/2026",
        "in_force_from": "02/01/2026",
        "action": "save",
    }
    assert client.post(url, saved).status_code == 302
    assert SopEdition.objects.get(unit=kecamatan.unit, in_force_from=date(2026, 1, 2)).sop.legal_basis == (
        LAW,
    )
    assert "sama dengan templat pada 1 kantor" in words(admin(above).get(reverse(TEMPLATE)))
    cycle.refresh_from_db()
    assert own is None or cycle.sop_facts == own


def test_a_new_office_begins_with_the_template_and_its_own_words(above):
    kept_template(above)
    unit = Unit(
        name="Dinas Baru",
        short_name="Baru",
        code="900-1",
        address="Jalan 1",
        town="Baru",
        belongs_to=above.government,
    )
    found_office(
        unit, KIND_BY_KEY["dinas"], Person(username="baru", name="Baru"), above[GovernmentRole.ADMIN]
    )
    sop = unit.sop_editions.get().sop
    assert (sop.legal_basis, sop.signatory, sop.head.short) == ((LAW,), "Bupati", "Kepala Dinas")
    assert sop.step_by_key[STEPS[2].key].days == 9


def test_a_template_that_is_withdrawn_is_offered_no_more(above, kecamatan):
    kept_template(above)
    page = admin(above).post(reverse(TEMPLATE), {"action": "withdraw"}, follow=True)
    assert "Templat SOP dicabut" in words(page)
    assert sop_template(above.government.pk) == {}
    kinds = logged_in(kecamatan.administrator).get(reverse("new_sop_edition")).context["kinds"]
    assert not any(kind["label"].startswith("Templat") for kind in kinds)
    again = admin(above).post(reverse(TEMPLATE), {"action": "withdraw"}, follow=True)
    assert "sudah dicabut" in words(again)


@pytest.mark.parametrize("page", [LIST, TEMPLATE])
@pytest.mark.parametrize("role", sorted(set(GovernmentRole) - {GovernmentRole.ADMIN}))
def test_only_the_administrator_of_the_government_may(above, page, role):
    client = logged_in(above[role])
    assert client.get(reverse(page)).status_code == 403
    assert client.post(reverse(page), {"action": "save", "legal_basis": LAW}).status_code == 403


@pytest.mark.parametrize("page", [LIST, TEMPLATE])
def test_the_pages_ask_few_questions(above, page, django_assert_max_num_queries):
    loaded(above)
    kept_template(above)
    client = admin(above)
    client.get(reverse(page))
    with django_assert_max_num_queries(12):
        client.get(reverse(page))


def test_a_long_file_waits_for_the_first_office(above, monkeypatch):
    Unit.objects.update(belongs_to=None)
    monkeypatch.setattr(nomenclature_of_offices, "is_long", lambda upload: True)
    refused = sent(above)
    assert "belum mempunyai kantor" in words(refused.client.get(refused.url))
