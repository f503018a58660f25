"""What happened to a cycle: acts with who and why, papers and signatures, withdrawals, returns; rows only as counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from measurement.doors import measuring, voiding, workflow
from measurement.models import Appointment, PaperSignature
from measurement.record.rounds import Arahan
from measurement.rules.dates import period
from measurement.rules.sop import SEND_BACK, STEP_BY_KEY, Role, RowState
from measurement.views.cycle.timeline import AT_ONCE, events
from tests.support.characters import cycle_at, fill, fresh, open_cycle, row_values, walk
from tests.support.pages import logged_in, words
from tests.support.signing_office import make_authority

MONDAY = datetime(2026, 4, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
ARAHAN = [Arahan("Jelaskan penurunan serapan pada triwulan ini.")]


def told(cycle) -> list:
    """All entries, newest first."""
    signed = list(cycle.papers.listed_by_signature().select_related("void__voided_by"))
    found = events(
        cycle,
        list(cycle.stays.select_related("left_by")),
        list({paper.pk: paper for paper in signed}.values()),
        signed,
    )
    return [*found["newest"], *found["older"]]


def find(cycle, what: str):
    (event,) = [event for event in told(cycle) if event.what == what]
    return event


def sign(paper, person, at) -> None:
    signer = paper.signers.get(person=person)
    PaperSignature.objects.create(
        signer=signer,
        path=f"uji/{signer.pk}.pdf",
        sha256="0" * 64,
        size=1,
        signed_at=at,
        recorded_by=signer.person,
    )


def paper_of(cycle, step: str):
    return cycle.papers.filter(kind=STEP_BY_KEY[step].output).last()


# Acts


def test_an_act_names_who_when_and_the_paper_that_came_of_it(kecamatan):
    with time_machine.travel(MONDAY, tick=False):
        cycle = cycle_at(kecamatan, "plan_activities")
        event = find(cycle, "2. Sampaikan arahan ke Tim SAKIP")
        paper = paper_of(cycle, "brief")
    assert (event.who, event.when) == (
        f"{kecamatan.sekcam}, Sekretaris Kecamatan",
        "hari ini pukul 09.00 WIB",
    )
    assert [(line["number"], line["url"]) for line in event.papers] == [
        (paper.number, reverse("paper", args=[paper.pk]))
    ]


def test_who_acts_for_another_is_told_as_such(kecamatan):
    Appointment.objects.filter(person=kecamatan.sekcam, role=Role.SEKCAM).update(kind=Appointment.Kind.PLH)
    assert find(cycle_at(kecamatan, "plan_activities"), "2. Sampaikan arahan ke Tim SAKIP").who.endswith(
        ", Plh. Sekretaris Kecamatan"
    )


def test_a_return_tells_the_whole_reason_and_where_its_answers_are(kecamatan, to_decide):
    workflow.perform(
        to_decide,
        SEND_BACK,
        kecamatan.sekcam,
        arahan=[*ARAHAN, Arahan("Lampirkan bukti.", to_decide.rows.first().pk)],
    )
    event = find(to_decide, "9. Kembalikan dengan arahan (putaran 1)")
    assert event.why == "Jelaskan penurunan serapan pada triwulan ini.\nLampirkan bukti."
    assert event.url == reverse("round", args=[to_decide.pk, 2])


def test_newest_stands_first_and_the_rest_is_folded(kecamatan, to_decide):
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=ARAHAN)
    cycle = walk(kecamatan, fresh(to_decide))
    moments = [event.at for event in told(cycle)]
    assert moments == sorted(moments, reverse=True)
    assert told(cycle)[0].what == "11. Arsipkan (putaran 2)"
    assert told(cycle)[-1].what == "1. Perintahkan pengukuran"
    page = logged_in(kecamatan.asn).get(reverse("cycle", args=[cycle.pk]))
    assert f"{len(moments) - AT_ONCE} kejadian sebelumnya" in words(page)


def test_a_short_history_is_not_folded(kecamatan):
    page = logged_in(kecamatan.asn).get(reverse("cycle", args=[open_cycle(kecamatan).pk]))
    assert "kejadian sebelumnya" not in words(page)


# Withdrawals and signatures


def test_a_withdrawal_tells_who_and_why_and_the_paper_issued_again_is_an_entry_of_its_own(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    old = paper_of(cycle, "evaluate")
    new = voiding.void(old, kecamatan.tim, "Nama penanda tangan keliru.", again=True)
    withdrawn = find(cycle, "Naskah dibatalkan")
    assert (withdrawn.who, withdrawn.why) == (str(kecamatan.tim), "Nama penanda tangan keliru.")
    assert [line["number"] for line in withdrawn.papers] == [old.number]
    assert [line["number"] for line in find(cycle, "Naskah diterbitkan ulang").papers] == [new.number]
    act = find(cycle, "6. Selesaikan evaluasi")
    assert [(line["number"], line["withdrawn"]) for line in act.papers] == [(old.number, True)]


def test_a_signature_of_the_same_day_is_told_with_the_paper(kecamatan):
    with time_machine.travel(MONDAY, tick=False):
        cycle = open_cycle(kecamatan)
    sign(paper_of(cycle, "order"), kecamatan.camat, MONDAY + timedelta(minutes=20))
    (line,) = find(cycle, "1. Perintahkan pengukuran").papers
    assert line["signed"] == "Camat pukul 09.20 WIB"


def test_later_signatures_of_one_day_are_one_entry(kecamatan):
    with time_machine.travel(MONDAY, tick=False):
        cycle = cycle_at(kecamatan, "measure")
    for step, minutes in (("plan_activities", 0), ("prepare_method", 5)):
        sign(paper_of(cycle, step), kecamatan.tim, MONDAY + timedelta(days=1, minutes=minutes))
    event = find(cycle, "2 naskah ditandatangani")
    assert event.who == f"{kecamatan.tim}, Anggota Tim SAKIP"
    assert [line["number"] for line in event.papers] == [
        paper_of(cycle, step).number for step in ("plan_activities", "prepare_method")
    ]


def test_a_paper_that_waits_says_for_whom(kecamatan):
    make_authority(kecamatan)
    cycle = open_cycle(kecamatan)
    assert "Menunggu tanda tangan Camat" in words(
        logged_in(kecamatan.asn).get(reverse("cycle", args=[cycle.pk]))
    )


# Rows


def test_rows_are_told_as_counts_of_people_and_days(measuring_office):
    cycle, colleague = measuring_office.cycle, measuring_office.colleague
    first, second = (timezone.now() + timedelta(days=days) for days in (1, 2))
    with time_machine.travel(first, tick=False):
        fill(measuring_office, cycle)
        measuring.send(cycle.pk, measuring_office.asn)
    with time_machine.travel(second, tick=False):
        row = cycle.rows.get(owner=colleague)
        measuring.save(cycle.pk, colleague, [measuring.SheetChange(row.pk, row.version, row_values())])
        measuring.send(cycle.pk, colleague)
    event = find(cycle, "3 baris dikirim")
    days = period(*(timezone.localtime(moment).date() for moment in (first, second)))
    assert (event.who, event.when) == ("oleh 2 orang", days)


@pytest.fixture
def stayed(kecamatan):
    """A cycle in evaluation whose first row was returned once."""
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Bukti belum sesuai dengan realisasi.")
    return cycle


def test_a_row_that_is_returned_is_counted_without_its_reason(stayed):
    event = find(stayed, "1 baris dikembalikan")
    assert (event.who, event.why) == ("oleh 1 orang", "")


def test_a_row_that_is_sent_twice_in_one_stay_counts_once(kecamatan, stayed):
    for _ in range(2):
        stayed.rows.filter(state=RowState.DIKEMBALIKAN).update(reply="Bukti sudah diganti.")
        measuring.send(stayed.pk, kecamatan.asn)
        row = stayed.rows.first()
        measuring.give_back(
            stayed.pk, kecamatan.tim, row.pk, row.version, "Bukti belum sesuai dengan realisasi."
        )
    assert sorted(event.what for event in told(stayed) if "baris dikirim" in event.what) == [
        "1 baris dikirim",
        "2 baris dikirim",
    ]
