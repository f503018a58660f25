"""The SOP page of a cycle: the table with its actors, times, papers and the branch; what is folded on a phone; who sees what."""

import gzip
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measurement.doors import voiding, workflow
from measurement.models import MeasurementCycle, Stay
from measurement.record.rounds import Arahan
from measurement.rules.deadlines import NO_HOURS
from measurement.rules.sop import REPORT_TO_CAMAT, SEND_BACK, STEP_BY_KEY, Role
from measurement.views.cycle.sop_table import times_of
from tests.rules.test_deadlines import OFFICE
from tests.support.characters import SOP, add_indicator, cycle_at, fresh, open_cycle, prepare, walk
from tests.support.database import without
from tests.support.pages import drained, logged_in, words

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 4, 6, 9, 0, tzinfo=WIB)
BODY, ROW = r"<tbody>.*?</tbody>", r"<tr.*?</tr>"


def page_of(person, cycle):
    return logged_in(person).get(reverse("cycle", args=[cycle.pk]))


def rows_of_table(response) -> dict[int, str]:
    """The rows of the SOP's table by number, as they are read."""
    table = re.search(r'<table class="sop.*?</table>', response.content.decode(), flags=re.DOTALL)[0]
    rows = [row for row in re.findall(ROW, table, flags=re.DOTALL) if 'scope="row"' in row]
    return dict(enumerate(rows, start=1))


def said(row: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", row).split())


def sent_back(made, cycle):
    workflow.perform(cycle, SEND_BACK, made.sekcam, arahan=[Arahan("Periksa kembali serapan.")])
    return fresh(cycle)


# Times


def stay(step: str, minutes: int, **values) -> Stay:
    cycle = MeasurementCycle(sop_facts=SOP.facts())
    return Stay(
        cycle=cycle,
        step=step,
        round=1,
        arrived_at=MONDAY,
        left_at=MONDAY + timedelta(minutes=minutes),
        **values,
    )


@pytest.mark.parametrize(
    ("step", "minutes", "actual", "over"),
    [
        ("brief", 60, "60 menit", ""),
        ("brief", 100, "100 menit", "lewat 40 menit"),
        ("evaluate", 24 * 60, "1 hari", ""),
        ("evaluate", 24 * 60 + 35, "1 hari 35 menit", "lewat 35 menit"),
        ("archive", 150, "150 menit", ""),
    ],
)
def test_a_stay_says_how_long_it_took_and_by_how_much_that_is_too_long(step, minutes, actual, over):
    assert times_of(stay(step, minutes), OFFICE) == {"round": 1, "actual": actual, "over": over}


def test_a_step_beyond_its_standard_is_marked_in_words_with_an_icon(kecamatan):
    with time_machine.travel(MONDAY, tick=False):
        cycle = open_cycle(kecamatan)
    with time_machine.travel(MONDAY + timedelta(minutes=100), tick=False):
        cycle = walk(kecamatan, cycle, "plan_activities")
    row = rows_of_table(page_of(kecamatan.camat, cycle))[2]
    assert "60 menit · 100 menit lewat 40 menit" in said(row)
    assert "#state-terlambat" in row


def test_the_current_step_says_until_when(kecamatan):
    with time_machine.travel(MONDAY, tick=False):
        cycle = open_cycle(kecamatan)
        rows = rows_of_table(page_of(kecamatan.camat, cycle))
    assert "Batas hari ini pukul 10.00 WIB" in said(rows[2])
    assert "Batas" not in said(rows[1]) + said(rows[3])


def test_every_round_keeps_its_own_time_behind_the_sum(kecamatan):
    with time_machine.travel(MONDAY, tick=False):
        cycle = cycle_at(kecamatan, "approve")
    with time_machine.travel(MONDAY + timedelta(minutes=100), tick=False):
        cycle = sent_back(kecamatan, cycle)
    with time_machine.travel(MONDAY + timedelta(minutes=140), tick=False):
        cycle = walk(kecamatan, cycle, "approve")
    with time_machine.travel(MONDAY + timedelta(minutes=290), tick=False):
        row = said(rows_of_table(page_of(kecamatan.camat, cycle))[9])
    assert "120 menit · 190 menit" in row
    assert "2 putaran putaran 1: 100 menit putaran 2: 90 menit" in row


# Whose turn, what may be opened, and the branch


def test_what_cannot_start_yet_is_no_link(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    linked = [
        number for number, row in rows_of_table(page_of(kecamatan.asn, cycle)).items() if "/langkah/" in row
    ]
    assert linked == [1, 2, 3, 4, 5, 6, 7]


def test_the_actor_of_the_current_step_is_at_work_now(kecamatan):
    rows = rows_of_table(page_of(kecamatan.asn, cycle_at(kecamatan, "report")))
    assert 'data-label="Tim SAKIP"><svg class="icon" role="img" aria-label="sedang melaksanakan"' in rows[8]
    assert "kini" in said(rows[8])
    assert "sudah melaksanakan" in rows[7]
    assert "akan melaksanakan" in rows[9]


def test_the_branch_names_both_ways(kecamatan, to_decide):
    assert "setuju → 10 kembali → 6" in said(rows_of_table(page_of(kecamatan.camat, to_decide))[9])


def test_the_branch_tells_which_way_was_taken(kecamatan, to_decide):
    cycle = sent_back(kecamatan, to_decide)
    row = said(rows_of_table(page_of(kecamatan.camat, cycle))[9])
    assert "menunggu putaran 2" in row
    assert "setuju → 10 dikembalikan 1 kali → 6" in row
    row = said(rows_of_table(page_of(kecamatan.camat, walk(kecamatan, cycle)))[9])
    assert "disetujui → 10 dikembalikan 1 kali → 6" in row


def test_a_step_that_waits_for_its_next_round_can_be_read(kecamatan, to_decide):
    row = rows_of_table(page_of(kecamatan.camat, sent_back(kecamatan, to_decide)))[7]
    assert "/langkah/7/" in row
    assert "Belum" in said(row)


# Papers


def test_papers_stand_there_by_their_own_name_and_number(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    rows = {number: said(row) for number, row in rows_of_table(page_of(kecamatan.asn, cycle)).items()}
    for step, name in (
        ("prepare_method", "Kertas Kerja Metodologi Pengukuran"),
        ("evaluate", "Kertas Kerja Evaluasi Pengukuran"),
    ):
        paper = cycle.papers.get(kind=STEP_BY_KEY[step].output)
        assert f"{name} {paper.number}" in rows[STEP_BY_KEY[step].number]
    assert "Kertas kerja Selesai" not in rows[7]


def test_a_withdrawn_paper_is_not_the_output_but_one_of_the_others(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    old = cycle.papers.get(kind=STEP_BY_KEY["evaluate"].output)
    new = voiding.void(old, kecamatan.tim, "Nama penanda tangan keliru.", again=True)
    row = said(rows_of_table(page_of(kecamatan.asn, cycle))[6])
    assert new.number in row
    assert old.number not in row
    assert "1 naskah lain" in row


def test_replaced_papers_are_folded_and_say_by_what(kecamatan, to_decide):
    old = to_decide.papers.get(kind=STEP_BY_KEY["evaluate"].output)
    cycle = walk(kecamatan, sent_back(kecamatan, to_decide), "approve")
    new = cycle.papers.filter(kind=old.kind).last()
    text = words(page_of(kecamatan.asn, cycle))
    assert "3 naskah yang sudah digantikan" in text
    assert f"Digantikan oleh {new.number}" in text


def test_the_report_of_an_archived_cycle_is_two_clicks_from_the_list(kecamatan):
    cycle = cycle_at(kecamatan, None)
    report = cycle.papers.get(kind=STEP_BY_KEY["report_to_camat"].output)
    page = page_of(kecamatan.asn, cycle).content.decode()
    assert re.search(
        rf'<a class="btn btn-primary" href="{reverse("paper", args=[report.pk])}">.*?Unduh Laporan Hasil</a>',
        page,
    )


def test_a_cycle_under_way_offers_no_report(kecamatan):
    assert "Unduh Laporan Hasil" not in words(page_of(kecamatan.asn, cycle_at(kecamatan, "archive")))


@pytest.mark.parametrize(("role", "offered"), [(Role.TIM_SAKIP, True), (Role.ASN, False)])
def test_the_package_is_for_those_who_see_all_rows(kecamatan, role, offered):
    page = page_of(kecamatan.actor(role), cycle_at(kecamatan, None)).content.decode()
    assert (reverse("package", args=[kecamatan.unit.cycles.get().pk]) in page) == offered


# Folding


def bodies(response) -> list[str]:
    return [said(body) for body in re.findall(BODY, response.content.decode(), flags=re.DOTALL)]


def test_what_is_done_and_what_is_to_come_can_be_folded_around_the_current_step(kecamatan):
    done, current, coming = bodies(page_of(kecamatan.asn, cycle_at(kecamatan, "measure")))
    assert done.startswith("Langkah 1–4 selesai")
    assert current.startswith("5 5. Seluruh ASN")
    assert coming.startswith("Langkah 6–11 belum")


def test_one_step_alone_is_no_range(kecamatan):
    done, _, _ = bodies(page_of(kecamatan.asn, open_cycle(kecamatan)))
    assert done.startswith("Langkah 1 selesai")


def test_an_archived_cycle_has_only_steps_that_are_done(kecamatan):
    (done,) = bodies(page_of(kecamatan.asn, cycle_at(kecamatan, None)))
    assert done.startswith("Langkah 1–11 selesai")


def test_a_step_that_the_sop_got_after_a_cycle_was_archived_is_none_of_its_steps(kecamatan):
    cycle = cycle_at(kecamatan, None)
    without("guard_stay_delete")
    cycle.stays.filter(step=REPORT_TO_CAMAT.key).delete()
    (done,) = bodies(page_of(kecamatan.asn, cycle))
    assert SOP.step_by_key[REPORT_TO_CAMAT.key].activity not in done
    step = logged_in(kecamatan.asn).get(reverse("step", args=[cycle.pk, REPORT_TO_CAMAT.number]))
    assert "Siklus ini diarsipkan sebelum SOP memuat langkah ini." in words(step)


# A long cycle


def test_six_rounds_and_thirty_papers_stay_small(kecamatan):
    for number in range(4):
        add_indicator(kecamatan, f"Jumlah kunjungan {number}", 5 + number)
    cycle = cycle_at(kecamatan, "approve")
    for number in range(5):
        arahan = [Arahan(f"Lengkapi analisis putaran {number}.", row.pk) for row in cycle.rows.all()]
        workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=arahan)
        cycle = walk(kecamatan, fresh(cycle), "approve")
    cycle = walk(kecamatan, cycle)
    assert (cycle.round, cycle.papers.count()) == (6, 31)
    client = logged_in(kecamatan.tim)
    with CaptureQueriesContext(connection) as captured:
        response = drained(client.get(reverse("cycle", args=[cycle.pk])))
    assert len(captured) <= 12
    assert len(gzip.compress(response.content)) <= 15 * 1024


def test_an_office_without_working_hours_still_has_the_page(kecamatan):
    cycle = open_cycle(kecamatan)
    prepare(kecamatan, cycle)
    kecamatan.unit.work_spans.all().delete()
    cycle.stays.filter(left_at=None).update(arrived_at=timezone.now() - timedelta(days=3))
    assert f"60 menit · {NO_HOURS}" in said(rows_of_table(page_of(kecamatan.camat, cycle))[2])
