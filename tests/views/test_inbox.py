"""Tugas saya: what waits for me, for whom the office waits and how long, and what changed since I was last here."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from measurement.doors import measuring
from measurement.models import Appointment, Indicator
from measurement.rules.sop import Role
from tests.support.characters import add_indicator, cycle_at, fill, office, open_cycle, person
from tests.support.pages import log_in, logged_in, words

HOME = "/"


def at(clock: str):
    """The clock stands still on a Monday."""
    hour, minute = map(int, clock.split("."))
    return time_machine.travel(
        datetime(2026, 4, 6, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta")), tick=False
    )


def lines_of(who, name: str) -> list[dict]:
    return logged_in(who).get(HOME).context[name]


def test_the_camat_sees_without_a_click_whom_a_measurement_waits_for(measuring_office):
    [line] = lines_of(measuring_office.camat, "others")
    assert line["title"].startswith("5. Seluruh ASN")
    assert (
        line["names"]
        == f"2 orang: {', '.join(sorted([measuring_office.asn.name, measuring_office.colleague.name]))}"
    )
    assert line["board"] == reverse("coverage", args=[measuring_office.cycle.pk])


def test_an_asn_is_told_no_names(measuring_office):
    stranger = person("lain", measuring_office.unit, Role.ASN)
    [line] = lines_of(stranger, "others")
    assert "names" not in line


def test_more_than_three_names_are_counted(kecamatan):
    for number in range(4):
        made = add_indicator(kecamatan, f"Jumlah laporan rekan {number}", 10 + number)
        Indicator.objects.filter(pk=made.pk).update(owner=person(f"rekan{number}", kecamatan.unit))
    cycle_at(kecamatan, "measure")
    [line] = lines_of(kecamatan.camat, "others")
    assert line["names"].startswith("5 orang: ")
    assert line["names"].endswith(", dan 2 lainnya")


def test_how_long_a_step_waits_is_said_in_working_time(kecamatan):
    with at("09.00"):
        open_cycle(kecamatan)
    with at("10.30"):
        [line] = lines_of(kecamatan.camat, "others")
    assert line["since"] == "sejak hari ini pukul 09.00 WIB, sudah 90 menit waktu kerja"
    assert line["late"] is True
    assert line["due"].endswith("lewat 30 menit")


def test_what_others_did_since_my_last_login_stands_apart(kecamatan):
    password = f"sandi-{kecamatan.sekcam.username}-2026"
    with at("08.00"):
        log_in(kecamatan.sekcam.username, password)
    with at("08.10"):
        open_cycle(kecamatan)
    with at("09.00"):
        client = Client()
        log_in(kecamatan.sekcam.username, password, client)
        page = client.get(HOME)
    assert page.context["since"] == "Senin, 6 April 2026 pukul 08.00 WIB"
    [line] = page.context["history"]
    assert line["text"] == "Camat memerintahkan pengukuran, hari ini"
    assert line["is_new"] is True


def test_the_first_login_has_nothing_to_compare_with(kecamatan):
    client = Client()
    log_in(kecamatan.sekcam.username, f"sandi-{kecamatan.sekcam.username}-2026", client)
    assert client.get(HOME).context["since"] == ""


@pytest.fixture
def elsewhere(kecamatan):
    """The Camat leads another office, too, as Plt."""
    other = office("416-318")
    Appointment.objects.filter(unit=other.unit, role=Role.CAMAT).delete()
    Appointment.objects.create(
        person=kecamatan.camat,
        unit=other.unit,
        role=Role.CAMAT,
        kind=Appointment.Kind.PLT,
        title="Camat",
        starts=date(2020, 1, 1),
    )
    other.camat = kecamatan.camat
    return other


def test_who_leads_two_offices_orders_for_each(kecamatan, elsewhere):
    addresses = {task["url"] for task in lines_of(kecamatan.camat, "tasks")}
    assert f"{reverse('open_cycle')}?unit={elsewhere.unit.pk}" in addresses
    client = logged_in(kecamatan.camat)
    client.post(
        f"{reverse('open_cycle')}?unit={elsewhere.unit.pk}",
        {"year": "2026", "period": "tw1", "instruction": "Laksanakan pengukuran."},
    )
    assert elsewhere.unit.cycles.count() == 1
    assert not kecamatan.unit.cycles.exists()


def test_a_card_names_the_office_and_in_whose_place_one_acts(kecamatan, elsewhere):
    Appointment.objects.create(
        person=kecamatan.camat,
        unit=elsewhere.unit,
        role=Role.SEKCAM,
        kind=Appointment.Kind.PLH,
        title="Sekretaris",
        starts=date(2020, 1, 1),
    )
    cycle = open_cycle(elsewhere)
    [task] = [
        task
        for task in lines_of(kecamatan.camat, "tasks")
        if task["url"] == reverse("step", args=[cycle.pk, 2])
    ]
    assert task["cycle"].endswith(elsewhere.unit.short_name)
    assert task["progress"] == "langkah 2 dari 11 · sebagai Plh. Sekcam"


def test_what_one_did_oneself_stands_there_in_the_past_tense(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    fill(kecamatan, cycle)
    measuring.send(cycle.pk, kecamatan.asn)
    lines = lines_of(kecamatan.asn, "history")
    assert len(lines) == 3
    assert "Anda mengirim 2 indikator, hari ini" in [line["text"] for line in lines]
    assert not any(line["is_new"] for line in lines)


def test_steps_of_others_are_told_with_their_post(kecamatan):
    cycle_at(kecamatan, "report_to_camat")
    texts = [line["text"] for line in lines_of(kecamatan.asn, "history")]
    assert texts[0] == "Sekretaris Kecamatan menyetujui rekapitulasi, hari ini"
    assert lines_of(kecamatan.sekcam, "history")[0]["text"] == "Anda menyetujui rekapitulasi, hari ini"


def test_what_is_more_than_three_lines_is_counted(kecamatan):
    password = f"sandi-{kecamatan.asn.username}-2026"
    with at("08.00"):
        log_in(kecamatan.asn.username, password)
    with at("08.10"):
        cycle_at(kecamatan, "measure", 2)
    with at("09.00"):
        client = Client()
        log_in(kecamatan.asn.username, password, client)
        page = client.get(HOME)
    assert page.context["more_news"] == 1
    assert "1 langkah lain sejak Anda masuk" in words(page)


def test_unread_messages_are_one_line(kecamatan):
    open_cycle(kecamatan)
    assert "1 pesan belum dibaca" in words(logged_in(kecamatan.sekcam).get(HOME))
