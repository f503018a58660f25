"""The number in the bar and the cards of "Tugas saya" are the same list: for every role, at every step, and for what waits beside the steps."""

import re

import pytest
from django.urls import reverse

from measurement.doors import measuring, workflow
from measurement.models import Appointment, CorrectionEffect, Message, Person, SigningMethod
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK, Role
from tests.support.characters import ALL_STEPS, Office, cycle_at, fresh, open_cycle, person, walk
from tests.support.pages import logged_in, words
from tests.support.signing_office import give_key, issue, make_authority

COUNT = re.compile(r'<span class="count">(\d+)')


def badge(client, page: str) -> int:
    found = COUNT.search(client.get(reverse(page)).content.decode())
    return int(found[1]) if found else 0


def titles(who: Person) -> list[str]:
    """The cards, after the number was compared with them, on the page itself and on another."""
    client = logged_in(who)
    cards = client.get(reverse("inbox")).context["tasks"]
    assert badge(client, "inbox") == badge(client, "cycles") == len(cards), who
    return [card["title"] for card in cards]


@pytest.mark.parametrize("step", [*ALL_STEPS[1:], None])
def test_number_and_cards_agree_for_every_role_at_every_step(kecamatan, step):
    cycle_at(kecamatan, step)
    for role in Role:
        titles(kecamatan.actor(role))


def test_a_period_that_nobody_ordered_is_counted(kecamatan):
    assert titles(kecamatan.camat) == ["Perintahkan pengukuran"]


def test_the_report_is_counted_until_it_is_read(kecamatan):
    cycle = cycle_at(kecamatan, "archive")
    assert "Laporan TW I 2026 menunggu Anda" in titles(kecamatan.camat)
    logged_in(kecamatan.camat).post(reverse("report", args=[cycle.pk]), {"action": "read"})
    assert "Laporan TW I 2026 menunggu Anda" not in titles(kecamatan.camat)


def test_signatures_are_one_card_and_one_of_the_number(kecamatan):
    make_authority(kecamatan)
    give_key(kecamatan.sekcam, kecamatan)
    cycle = open_cycle(kecamatan)
    for step in ("order", "brief"):
        issue(cycle, step, kecamatan.sekcam, SigningMethod.LOKAL)
    assert "Tanda tangani 2 naskah" in titles(kecamatan.sekcam)


def test_returned_rows_are_counted_for_their_owner_alone(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Lampirkan buktinya dahulu.")
    assert titles(kecamatan.asn) == ["Lengkapi baris yang dikembalikan"]
    assert titles(person("lain", kecamatan.unit)) == []


def test_a_round_that_came_back_is_counted(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    arahan = [Arahan("Lengkapi bukti baris ini.", cycle.rows.first().pk)]
    workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=arahan)
    assert titles(kecamatan.asn) == ["Lengkapi baris yang dikembalikan"]
    assert "Selesaikan evaluasi" in titles(kecamatan.tim)


def test_a_cycle_to_be_corrected_is_counted_until_its_correction_begins(kecamatan):
    cycle = cycle_at(kecamatan, None)
    CorrectionEffect.objects.create(
        correction=cycle, cycle=cycle, taken_over=False, changes=[], reached_at=cycle.opened_at
    )
    assert "Mintakan koreksi" in titles(kecamatan.tim)
    assert titles(kecamatan.asn) == []
    open_cycle(kecamatan)
    assert "Mintakan koreksi" not in titles(kecamatan.tim)


def test_an_office_that_is_not_ready_is_counted_for_its_administrator(kecamatan):
    Appointment.objects.filter(unit=kecamatan.unit, role=Role.SEKCAM).delete()
    assert "Siapkan kantor" in titles(kecamatan.administrator)


def test_two_roles_in_one_person_are_counted_apart(kecamatan):
    cycle_at(kecamatan, "approve")
    Appointment.objects.create(
        person=kecamatan.camat, unit=kecamatan.unit, role=Role.SEKCAM, title="Sekretaris", kind=Appointment.Kind.PLH,
        starts="2020-01-01",
    )  # fmt: skip
    assert {"Putuskan rekapitulasi"} < set(titles(Person.objects.get(pk=kecamatan.camat.pk)))


def test_unread_messages_are_the_same_number_in_menu_and_page(kecamatan):
    open_cycle(kecamatan)
    client = logged_in(kecamatan.sekcam)
    page = words(client.get(reverse("inbox")))
    assert "1 pesan belum dibaca" in page
    assert "Pesan (1)" in page
    Message.objects.filter(person=kecamatan.sekcam).mark_read()
    assert "belum dibaca" not in words(client.get(reverse("inbox")))


def test_what_a_person_did_last_is_off_the_number_at_once(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    assert titles(kecamatan.sekcam) == ["Sampaikan arahan ke Tim SAKIP"]
    walk(kecamatan, fresh(cycle), "plan_activities")
    assert titles(kecamatan.sekcam) == []


def test_who_serves_in_two_offices_has_the_tasks_of_both(kecamatan, neighbour: Office):
    Appointment.objects.create(
        person=kecamatan.camat,
        unit=neighbour.unit,
        role=Role.CAMAT,
        kind=Appointment.Kind.PLT,
        title="Camat",
        starts="2020-01-01",
    )
    cycle_at(kecamatan, "archive")
    found = titles(Person.objects.get(pk=kecamatan.camat.pk))
    assert found.count("Perintahkan pengukuran") >= 1
    assert any(title.startswith("Laporan ") for title in found)
