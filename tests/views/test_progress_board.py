"""The coverage board shows who has filled in what, and gives a ready text for everybody who is late."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse
from django.utils.html import escape

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.messages.worksheet_progress import serving_people, worksheet_progress
from measurement.models import Indicator, Person
from measurement.views.cycle.progress_board import MESSENGER
from measurement.views.start.tasks import waiting_at_step
from tests.support.characters import add_indicator, cycle_at, person, row_values
from tests.support.pages import logged_in, words
from tests.support.sheets import rows_of


@pytest.fixture
def board(measuring_office) -> str:
    return reverse("coverage", args=[measuring_office.cycle.pk])


@pytest.fixture
def lines(measuring_office, board):
    """The lines of the board by name, as Tim SAKIP sees them now."""

    def look() -> dict:
        context = logged_in(measuring_office.tim).get(board).context
        return {line["name"]: line for line in [*context["late"], *context["done"]]}

    return look


def send_all(office, owner) -> None:
    rows = rows_of(owner)
    measuring.save(office.cycle.pk, owner, [SheetChange(row.pk, row.version, row_values()) for row in rows])
    measuring.send(office.cycle.pk, owner)


def test_who_has_most_left_to_do_stands_on_top(measuring_office):
    first, second = worksheet_progress(measuring_office.cycle, serving_people(measuring_office.cycle))
    assert (first.person, second.person) == (measuring_office.asn, measuring_office.colleague)
    assert (len(first.open), len(second.open)) == (2, 1)


def test_what_was_sent_is_counted_and_no_longer_asked_for(measuring_office, lines):
    send_all(measuring_office, measuring_office.colleague)
    line = lines()[measuring_office.colleague.name]
    assert (line["sent"], line["text"], line["messenger"]) == ("1 dari 1", "", "")
    assert [row["state"]["label"] for row in line["rows"]] == ["Terkirim"]


@override_settings(PUBLIC_URL="https://sakip.example")
def test_the_text_names_cycle_rows_money_due_time_and_place(measuring_office, lines):
    text = lines()[measuring_office.asn.name]["text"].split("\n")
    cycle = measuring_office.cycle
    assert text[:2] == [
        f"Yth. {measuring_office.asn.name},",
        f"{cycle} masih menunggu 2 indikator dan 1 anggaran sub kegiatan dari Anda:",
    ]
    assert text[2:4] == [f"• {row.name}" for row in rows_of(measuring_office.asn)]
    assert text[4].startswith("• Realisasi anggaran ")
    assert text[5].startswith("Batas: ")
    assert text[5].endswith(" WIB.")
    assert text[6] == f"Silakan isi dan kirim di https://sakip.example/siklus/{cycle.pk}/kertas-kerja/"


def test_five_things_are_named_and_the_others_counted(kecamatan):
    for number in range(6):
        add_indicator(kecamatan, f"Jumlah kegiatan {number}", 10 + number)
    cycle = cycle_at(kecamatan, "measure")
    text = logged_in(kecamatan.tim).get(reverse("coverage", args=[cycle.pk])).context["late"][0]["text"]
    assert text.count("• ") == 6
    assert "• dan 4 lainnya" in text


def test_one_text_for_the_group_names_everybody_with_how_much(measuring_office, board):
    common = logged_in(measuring_office.tim).get(board).context["common"]["text"]
    assert f"• {measuring_office.asn.name}: 2 indikator dan 1 anggaran sub kegiatan" in common
    assert f"• {measuring_office.colleague.name}: 1 indikator" in common


def test_an_owner_who_serves_no_more_is_marked(measuring_office, board):
    measuring_office.unit.appointments.filter(person=measuring_office.colleague).update(
        starts="2020-01-01", ends="2020-12-31"
    )
    assert "tidak lagi bertugas" in words(logged_in(measuring_office.tim).get(board))


def test_nobody_is_asked_once_the_recap_is_on_its_way(kecamatan):
    cycle = cycle_at(kecamatan, "report")
    page = logged_in(kecamatan.tim).get(reverse("coverage", args=[cycle.pk]))
    assert page.context["late"] == []
    assert page.context["common"] == {}
    assert "tidak ada yang ditunggu" in words(page)


def test_before_the_worksheet_exists_the_board_says_so(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    assert "Belum ada yang diukur" in words(
        logged_in(kecamatan.tim).get(reverse("coverage", args=[cycle.pk]))
    )


def test_a_large_office_costs_no_more_queries(kecamatan, django_assert_max_num_queries):
    for number in range(12):
        made = add_indicator(kecamatan, f"Jumlah laporan rekan {number}", 10 + number)
        Indicator.objects.filter(pk=made.pk).update(owner=person(f"rekan{number}", kecamatan.unit))
    cycle = cycle_at(kecamatan, "measure")
    client = logged_in(kecamatan.tim)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("coverage", args=[cycle.pk]))
    assert len(page.context["late"]) == 13


def test_who_is_not_done_stands_apart_from_who_is(measuring_office, board):
    send_all(measuring_office, measuring_office.colleague)
    context = logged_in(measuring_office.tim).get(board).context
    assert [line["name"] for line in context["late"]] == [measuring_office.asn.name]
    assert [line["name"] for line in context["done"]] == [measuring_office.colleague.name]


def test_late_are_those_whose_time_is_over(measuring_office, board):
    waiting = waiting_at_step(measuring_office.unit.cycles.get(), measuring_office.tim)
    minute = timedelta(minutes=1)
    for moment, title in (
        (waiting.due - minute, "2 orang belum selesai"),
        (waiting.due + minute, "2 orang terlambat"),
    ):
        with time_machine.travel(moment):
            client = logged_in(Person.objects.get(pk=measuring_office.tim.pk))
            assert client.get(board).context["late_title"] == title


def test_who_has_no_indicator_is_named_apart(measuring_office, board):
    person("tanpa", measuring_office.unit)
    page = logged_in(measuring_office.tim).get(board)
    assert "Tanpa" in page.context["without"]
    assert measuring_office.asn.name not in page.context["without"]
    assert "Tanpa" not in page.context["common"]["text"]


def test_every_text_can_be_handed_on_without_a_script(measuring_office, board):
    page = logged_in(measuring_office.tim).get(board)
    for line in page.context["late"]:
        address = f"{MESSENGER}{quote(line['text'])}"
        assert f'href="{escape(address)}"' in page.content.decode()
        assert escape(line["text"]) in page.content.decode()


def test_a_text_names_nobody_but_whom_it_is_for(measuring_office, lines):
    text = lines()[measuring_office.asn.name]["text"]
    others = (measuring_office.colleague, measuring_office.tim, measuring_office.camat)
    assert not any(other.name in text for other in others)


def test_the_cycle_page_leads_those_who_lead_to_it(measuring_office, board):
    address = reverse("cycle", args=[measuring_office.cycle.pk])
    assert board in logged_in(measuring_office.camat).get(address).content.decode()
    assert board not in logged_in(measuring_office.asn).get(address).content.decode()
