"""Tindak lanjut: the office's list, a direction's page, and what concerns me on Tugas saya."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.doors import measuring
from measurement.doors.follow_ups import open_follow_up
from measurement.doors.measuring import SheetChange
from measurement.models import FollowUp
from measurement.rules.sop import Role
from tests.support.characters import cycle_at, open_cycle, walk
from tests.support.pages import logged_in, submit, words

WORDS = "Dampingi tiga desa yang laporannya terlambat."
PROMISED = "Menambah jadwal kunjungan."


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def direction(kecamatan) -> FollowUp:
    return open_follow_up(
        cycle_at(kecamatan, "measure"), kecamatan.camat, WORDS, in_days(30), responsible=kecamatan.asn
    )


def page_of(person, saring: str = "") -> str:
    return words(logged_in(person).get(reverse("follow_ups"), {"saring": saring}))


def test_promises_of_the_archived_quarter_wait_for_the_next(kecamatan):
    cycle_at(kecamatan, None)
    page = page_of(kecamatan.sekcam)
    assert "2 tindak lanjut terbuka" in page
    assert f"{PROMISED} Jumlah laporan 1" in page
    assert "Ditanyakan pada pengukuran berikutnya" in page


def test_the_next_quarter_shows_what_is_answered_and_what_is_not(kecamatan):
    cycle_at(kecamatan, None)
    cycle = walk(kecamatan, open_cycle(kecamatan, 2), "measure")
    row = cycle.rows.first()
    values = {"promise_progress": "Selesai", "promise_note": "Sudah ditambah pada Mei."}
    measuring.save(cycle.pk, kecamatan.asn, [SheetChange(row.pk, row.version, values)])
    page = page_of(kecamatan.asn)
    assert "Terbuka (1)" in page
    assert "Belum dijawab (1)" in page
    assert "Ditutup (1)" in page
    assert "Selesai: Sudah ditambah pada Mei." in page_of(kecamatan.asn, "ditutup")


def test_late_ones_stand_apart(kecamatan, direction):
    """A direction can't be given for a day that is over: its row is made as it would be after a while."""
    late = FollowUp(
        **{f.attname: getattr(direction, f.attname) for f in FollowUp._meta.concrete_fields if f.name != "id"}
    )
    late.due = in_days(-3)
    late.save(force_insert=True)
    page = page_of(kecamatan.asn)
    assert "2 tindak lanjut terbuka: 1 lewat batas, 2 untuk Anda." in page
    assert page.index("Lewat batas Dampingi") < page.index("Belum lewat batas")
    assert "2 tindak lanjut untuk Anda 1 lewat batas" in words(logged_in(kecamatan.asn).get(reverse("inbox")))


def test_who_answers_for_it_reports_and_the_giver_closes(kecamatan, direction):
    url = reverse("follow_up", args=[direction.pk])
    report = {"progress": "Berjalan", "text": "Dua desa sudah menyampaikan."}
    assert logged_in(kecamatan.asn).post(url, report).status_code == 302
    assert (
        logged_in(kecamatan.asn)
        .post(url, {"progress": "Selesai", "text": "Semuanya sudah selesai."})
        .status_code
        == 422
    )
    camat = logged_in(kecamatan.camat)
    assert (
        camat.post(url, {"progress": "Selesai", "text": "Ketiga desa sudah menyampaikan."}).status_code == 302
    )
    page = words(camat.get(url))
    assert "sudah ditutup" in page
    assert "Dua desa sudah menyampaikan." in page
    assert (
        camat.post(url, {"progress": "Selesai", "text": "Ketiga desa sudah menyampaikan."}).status_code == 409
    )


def test_a_short_report_is_asked_for_more(kecamatan, direction):
    response = logged_in(kecamatan.asn).post(
        reverse("follow_up", args=[direction.pk]), {"progress": "Berjalan", "text": "Ok"}
    )
    assert response.status_code == 422
    assert "paling sedikit 10 huruf" in response.content.decode()


def test_sekcam_directs_a_role_on_the_page(kecamatan):
    cycle_at(kecamatan, "measure")
    data = {"text": WORDS, "answers": "peran:tim_sakip", "due": in_days(9).isoformat()}
    response = logged_in(kecamatan.sekcam).post(reverse("new_follow_up"), data)
    assert response.status_code == 302
    assert FollowUp.objects.get().responsible_role == Role.TIM_SAKIP
    assert WORDS in page_of(kecamatan.tim, "saya")


def test_a_direction_for_a_day_that_is_over_is_refused_with_what_was_typed(kecamatan):
    cycle_at(kecamatan, "measure")
    data = {"text": WORDS, "answers": str(kecamatan.asn.pk), "due": in_days(-1).isoformat()}
    response = logged_in(kecamatan.camat).post(reverse("new_follow_up"), data)
    assert response.status_code == 422
    assert WORDS in response.content.decode()


def test_an_asn_sees_their_own_only(measuring_office):
    cycle = measuring_office.cycle
    open_follow_up(cycle, measuring_office.camat, WORDS, in_days(3), responsible=measuring_office.colleague)
    assert WORDS in page_of(measuring_office.colleague)
    assert WORDS not in page_of(measuring_office.asn)
    [found] = FollowUp.objects.all()
    assert logged_in(measuring_office.asn).get(reverse("follow_up", args=[found.pk])).status_code == 404


def test_a_foreign_office_finds_nothing(neighbour, kecamatan, direction):
    for who in (neighbour.camat, neighbour.sekcam, neighbour.tim, neighbour.asn):
        assert logged_in(who).get(reverse("follow_up", args=[direction.pk])).status_code == 404
        assert WORDS not in page_of(who)


def test_a_direction_of_one_quarter_is_printed_in_the_report_of_the_next(kecamatan):
    first = cycle_at(kecamatan, None)
    open_follow_up(first, kecamatan.camat, WORDS, in_days(90), role=Role.TIM_SAKIP)
    second = walk(kecamatan, open_cycle(kecamatan, 2))
    report = second.papers.get(kind="laporan_hasil")
    [told] = report.content["directions"]
    assert (told["text"], told["progress"], told["who"]) == (WORDS, "Belum dijawab", "Tim SAKIP")


def test_a_direction_to_a_person_who_left_says_so_and_tim_sakip_goes_on_with_it(kecamatan, direction):
    kecamatan.asn.appointments.update(ends=timezone.localdate() - timedelta(days=1))
    assert f"{kecamatan.asn} (tidak lagi bertugas)" in page_of(kecamatan.tim)
    report = {"progress": "Berjalan", "text": "Diteruskan oleh Tim SAKIP."}
    answer = submit(logged_in(kecamatan.tim), reverse("follow_up", args=[direction.pk]), **report)
    assert answer.status_code == 302


def test_who_closes_a_direction_does_so_in_the_post_that_gave_it(kecamatan, direction):
    url = reverse("follow_up", args=[direction.pk])
    submit(logged_in(kecamatan.camat), url, progress="Selesai", text="Ketiga desa sudah menyampaikan.")
    assert (
        f"{kecamatan.camat}, Camat" in words(logged_in(kecamatan.asn).get(url)).partition("Perkembangan")[2]
    )
