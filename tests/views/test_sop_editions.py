"""The SOP as an office's own: its editions, the words for those who lead, and the cycle that keeps the edition with which it began."""

from datetime import date

import pytest
from django.urls import reverse

from measurement.models import Appointment, MeasurementCycle, Person, SettingChange, SopEdition
from measurement.rules.sop import STEPS
from measurement.rules.sop_edition import (
    KIND_BY_KEY,
    NATIONAL_BASIS,
    OFFICE_KINDS,
    STANDARD_TIMES,
    RoleWord,
    Sop,
)
from tests.support.characters import SOP, cycle_at, open_cycle
from tests.support.pages import form_of, logged_in, words

VILLAGE = Sop.of_kind(KIND_BY_KEY["kelurahan"], number="065/9/2026", in_force_from=date(2026, 1, 1))


def of_kelurahan(office) -> None:
    office.unit.sop_editions.all().delete()
    SopEdition.objects.create(unit=office.unit, in_force_from=date(2026, 1, 1), facts=VILLAGE.facts())
    office.unit.__dict__.pop("sop", None)


def typed(page, **changes) -> dict:
    return form_of(page) | {"action": "save", **changes}


def test_an_edition_comes_back_from_its_facts_whole():
    sop = Sop.of_kind(
        KIND_BY_KEY["dinas"], number="1", revised_on=date(2026, 2, 3), legal_basis=("UU tentang X",)
    )
    assert Sop.read(sop.facts()) == sop
    assert Sop.read({}) == Sop()


@pytest.mark.parametrize("kind", OFFICE_KINDS, ids=lambda kind: kind.key)
def test_every_slot_of_the_table_is_filled_for_every_kind_of_office(kind):
    said = [
        text
        for step in Sop.of_kind(kind).steps
        for text in (step.activity, step.action, step.done, step.task_title)
    ]
    assert not any("{" in text for text in said)
    assert kind.head.short in said[0]
    assert kind.secretary.short in said[0]


def test_a_step_is_the_same_row_in_whatever_words():
    assert VILLAGE.steps == STEPS
    assert VILLAGE.steps[0].activity != STEPS[0].activity


def test_standard_times_are_those_of_the_edition():
    times = STANDARD_TIMES | {"order": (0, 15), "archive": (1, 30)}
    sop = Sop(times=times)
    assert sop.step_by_key["order"].standard_minutes(450) == 15
    assert (sop.step_by_key["archive"].standard_label, sop.step_by_key["archive"].standard_minutes(450)) == (
        "1 hari 30 menit",
        480,
    )
    assert Sop().step_by_key["archive"].standard_minutes(450) is None


def test_every_law_that_comes_with_the_program_says_what_it_is_about():
    assert all(" tentang " in law for law in NATIONAL_BASIS)


def test_the_edition_of_a_day_is_the_last_that_began(kecamatan):
    later = SOP.facts() | {"number": "baru", "in_force_from": "2027-01-01"}
    SopEdition.objects.create(unit=kecamatan.unit, in_force_from=date(2027, 1, 1), facts=later)
    days = date(2020, 1, 1), date(2023, 10, 5), date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1)
    assert [kecamatan.unit.sop_on(day).number for day in days] == [SOP.number] * 3 + ["baru"] * 2


def test_a_cycle_keeps_the_edition_with_which_it_began(kecamatan):
    cycle = open_cycle(kecamatan)
    of_kelurahan(kecamatan)
    assert MeasurementCycle.objects.get(pk=cycle.pk).sop == SOP


def test_a_kelurahan_reads_its_own_words_on_every_page_of_a_cycle(kecamatan):
    of_kelurahan(kecamatan)
    Person.objects.update(name="Pegawai Uji")
    Appointment.objects.update(title="Pejabat Uji")
    cycle, client = cycle_at(kecamatan, 9), logged_in(kecamatan.sekcam)
    said = " ".join(
        words(client.get(address))
        for address in (
            reverse("inbox"),
            reverse("cycles"),
            reverse("cycle", args=[cycle.pk]),
            reverse("step", args=[cycle.pk, 9]),
            reverse("sop"),
            reverse("help"),
            reverse("terms"),
        )
    )
    assert "Lurah" in said
    assert "Seklur" in said
    assert "Sekcam" not in said
    assert "Camat" not in said


def test_administrator_can_add_an_edition_with_the_words_of_a_kind_of_office(kecamatan):
    client = logged_in(kecamatan.administrator)
    address = f"{reverse('new_sop_edition')}?jenis=dinas"
    fields = typed(
        client.get(address),
        number="065/7/2027",
        made_on="2026-12-01",
        in_force_from="2027-01-01",
        signatory="Kepala Dinas Uji",
        minutes_archive="45",
    )
    assert client.post(address, fields).status_code == 302
    sop = kecamatan.unit.sop_on(date(2027, 1, 1))
    assert (sop.number, sop.head, sop.secretary) == (
        "065/7/2027",
        RoleWord("Kepala Dinas", "Kepala Dinas"),
        RoleWord("Sekretaris", "Sekretaris Dinas"),
    )
    assert sop.times["archive"] == (0, 45)
    assert "akan berlaku" in words(client.get(reverse("sop_editions")))


def test_a_law_without_its_title_is_asked_back(kecamatan):
    client = logged_in(kecamatan.administrator)
    address = reverse("sop_edition", args=[kecamatan.unit.sop_editions.get().pk])
    page = client.post(
        address,
        typed(client.get(address), legal_basis="Undang-Undang Nomor 23 Tahun 2014", signatory="Camat Uji"),
    )
    assert page.status_code == 422
    assert "Tulis juga “tentang …” pada: Undang-Undang Nomor 23 Tahun 2014." in words(page)


def test_the_only_edition_stays(kecamatan):
    client = logged_in(kecamatan.administrator)
    client.post(reverse("sop_edition", args=[kecamatan.unit.sop_editions.get().pk]), {"action": "delete"})
    assert kecamatan.unit.sop_editions.count() == 1


def test_two_editions_never_begin_on_the_same_day(kecamatan):
    client = logged_in(kecamatan.administrator)
    page = client.post(
        reverse("new_sop_edition"),
        typed(client.get(reverse("new_sop_edition")), in_force_from="2023-10-05", signatory="Camat Uji"),
    )
    assert "Sudah ada edisi lain yang berlaku sejak hari itu." in words(page)


def test_who_changed_an_edition_stands_at_the_foot_of_the_page(kecamatan):
    client, edition = logged_in(kecamatan.administrator), kecamatan.unit.sop_editions.get()
    address = reverse("sop_edition", args=[edition.pk])
    client.post(address, typed(client.get(address), number="065/9/2027", signatory="Camat Uji"))
    change = SettingChange.objects.get()
    assert change.by == kecamatan.administrator
    assert change.before["Nomor SOP"] == SOP.number
    assert change.after["Nomor SOP"] == "065/9/2027"
    assert f"{SOP.number} menjadi 065/9/2027" in words(client.get(reverse("sop_editions")))


def test_a_deleted_edition_leaves_its_trail(kecamatan):
    later = SopEdition.objects.create(
        unit=kecamatan.unit, in_force_from=date(2027, 1, 1), facts=VILLAGE.facts()
    )
    logged_in(kecamatan.administrator).post(reverse("sop_edition", args=[later.pk]), {"action": "delete"})
    assert kecamatan.unit.sop_editions.count() == 1
    assert SettingChange.objects.get().before["Nomor SOP"] == VILLAGE.number


def test_asn_cannot_keep_the_sop(kecamatan):
    assert logged_in(kecamatan.asn).get(reverse("sop_editions")).status_code == 403
