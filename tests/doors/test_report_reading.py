"""The report is put before the head of the office, who says that they read it: kept once, in the trail, in the archive, and never undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from measurement.archiving import records
from measurement.doors import voiding
from measurement.doors.follow_ups import close_follow_up
from measurement.doors.report_reading import read_report
from measurement.models import Message, ReportReceipt
from measurement.rules.follow_ups import Progress
from measurement.rules.refusals import NotAtThisStep
from measurement.rules.sop import Output, Role
from tests.support.characters import cycle_at, fresh, walk
from tests.support.database import refused, sql, without
from tests.support.pages import logged_in, words
from tests.support.signing_office import boxes, give_key, make_authority, sign, store

Event = ReportReceipt.Event


def readings(cycle) -> list:
    return list(cycle.report_receipts.readings().values_list("person__username", "title"))


@pytest.fixture
def reported(kecamatan):
    return cycle_at(kecamatan, "archive")


def test_the_camat_is_told_in_three_sentences(kecamatan, reported):
    [message] = kecamatan.camat.messages.filter(kind=Message.Kind.REPORT)
    assert message.subject == "Laporan TW I 2026 menunggu Anda"
    assert message.url == reverse("report", args=[reported.pk])
    told = reported.papers.get(kind=Output.LAPORAN).content["ringkasan"]["sentences"]
    assert len(told) == 3
    assert all(sentence in message.text for sentence in told)


def test_the_card_has_the_sentences_and_every_button(kecamatan, reported):
    page = logged_in(kecamatan.camat).get(reverse("inbox"))
    card = next(card for card in page.context["tasks"] if card["title"].startswith("Laporan"))
    assert len(card["sentences"]) == 3
    assert card["action"] == "Baca laporan"
    assert [link["label"] for link in card["more"]] == ["Unduh", "Disposisi"]
    for sentence in card["sentences"]:
        assert " ".join(sentence.split()) in words(page)


def test_the_reading_is_kept_with_name_post_and_trail_and_settles_card_and_message(kecamatan, reported):
    client = logged_in(kecamatan.camat)
    page = client.post(reverse("report", args=[reported.pk]), {"action": "read"}, follow=True)
    assert "sudah Anda baca" in words(page)
    assert readings(reported) == [(kecamatan.camat.username, "Camat")]
    entry = reported.audit.get(action="report_read")
    assert (entry.actor, entry.data["title"]) == (kecamatan.camat, "Camat")
    assert not kecamatan.camat.messages.filter(kind=Message.Kind.REPORT, read_at=None).exists()
    assert "Nyatakan sudah dibaca" not in words(client.get(reverse("report", args=[reported.pk])))


def test_said_twice_it_is_kept_once(kecamatan, reported):
    read_report(reported.pk, kecamatan.camat)
    read_report(reported.pk, kecamatan.camat)
    assert len(readings(reported)) == 1
    assert reported.audit.filter(action="report_read").count() == 1


@pytest.mark.parametrize("who", ["sekcam", "tim", "asn", "administrator"])
def test_nobody_else_says_that_the_camat_has_read(kecamatan, reported, who):
    with pytest.raises(PermissionDenied):
        read_report(reported.pk, getattr(kecamatan, who))
    response = logged_in(getattr(kecamatan, who)).post(reverse("report", args=[reported.pk]))
    assert response.status_code == 403
    assert readings(reported) == []


def test_before_the_report_there_is_nothing_to_read(kecamatan):
    cycle = cycle_at(kecamatan, "report_to_camat")
    assert logged_in(kecamatan.camat).get(reverse("report", args=[cycle.pk])).status_code == 404
    with pytest.raises(NotAtThisStep):
        read_report(cycle.pk, kecamatan.camat)


def test_it_blocks_nothing_and_may_follow_the_archiving(kecamatan, reported):
    archived = walk(kecamatan, reported)
    assert archived.is_archived
    read_report(archived.pk, kecamatan.camat)
    assert readings(archived) == [(kecamatan.camat.username, "Camat")]
    assert not archived.audit.filter(action="report_read").exists()


def test_the_database_keeps_it_as_it_is(kecamatan, reported):
    read_report(reported.pk, kecamatan.camat)
    archived = walk(kecamatan, fresh(reported))
    with refused():
        sql("UPDATE measurement_reportreceipt SET title = 'Lain'")
    with refused():
        sql("DELETE FROM measurement_reportreceipt")
    late = {"cycle": archived, "person": kecamatan.tim, "title": "Uji", "at": archived.opened_at}
    with refused():
        ReportReceipt.objects.create(event=Event.PUT, paper=archived.papers.first(), **late)


def test_a_withdrawn_report_waits_no_more_and_its_successor_waits_anew(kecamatan, reported):
    read_report(reported.pk, kecamatan.camat)
    again = voiding.void(reported.valid_report, kecamatan.sekcam, "Nomor surat keliru.", again=True)
    waiting = ReportReceipt.objects.unread().filter(cycle=reported)
    assert [receipt.paper for receipt in waiting] == [again]
    assert kecamatan.camat.messages.filter(key=f"laporan:{again.pk}").exists()


def test_who_signs_the_report_has_read_it(kecamatan, reported):
    assert readings(reported) == []
    make_authority(kecamatan)
    for who in (kecamatan.sekcam, kecamatan.camat):
        give_key(who, kecamatan)
    again = voiding.void(reported.valid_report, kecamatan.sekcam, "Cara tanda tangan diganti.", again=True)
    store(again, boxes())
    for position, who in enumerate((kecamatan.sekcam, kecamatan.camat), start=1):
        sign(again, who, position)
    assert readings(reported) == [(kecamatan.camat.username, "Camat")]


def test_the_package_tells_who_read_the_report(kecamatan, reported):
    read_report(reported.pk, kecamatan.camat)
    told = records.records(fresh(reported))["data/penerimaan-laporan.json"]
    assert [line["event"] for line in told] == ["disampaikan", "dibaca"]


def test_a_report_of_before_waits_for_nobody_and_still_has_its_page(kecamatan, reported):
    paper = reported.valid_report
    for name in ("fixed_reportreceipt_delete", "fixed_paper_update"):
        without(name)
    ReportReceipt.objects.all().delete()
    type(paper).objects.filter(pk=paper.pk).update(content={"conclusion": [{"text": "Capaian baik."}]})
    client = logged_in(kecamatan.camat)
    assert not any(
        card["title"].startswith("Laporan") for card in client.get(reverse("inbox")).context["tasks"]
    )
    assert "Capaian baik." in words(client.get(reverse("report", args=[reported.pk])))


def direct(kecamatan, cycle, **changes):
    """The Camat gives the report on, from its page."""
    typed = {
        "text": "Dampingi tiga desa yang laporannya terlambat.",
        "answers": "peran:tim_sakip",
        "due": "31/12/2099",
    }
    url = reverse("report", args=[cycle.pk])
    return logged_in(kecamatan.camat).post(url, {"action": "direct"} | typed | changes)


def test_a_disposisi_is_kept_told_and_followed_up_until_it_is_closed(kecamatan, reported):
    assert direct(kecamatan, reported).status_code == 302
    [given] = reported.follow_ups.all()
    assert (given.given_by, given.given_as, given.responsible_role) == (
        kecamatan.camat,
        "Camat",
        Role.TIM_SAKIP,
    )
    assert kecamatan.tim.messages.filter(kind=Message.Kind.FOLLOW_UP).exists()
    assert readings(reported) == [(kecamatan.camat.username, "Camat")]
    page = reverse("report", args=[reported.pk])
    assert given.text in words(logged_in(kecamatan.tim).get(page))
    assert given.text not in words(logged_in(kecamatan.asn).get(page))
    close_follow_up(given, kecamatan.camat, Progress.DONE, "Ketiga desa sudah didampingi.")
    assert "Ketiga desa sudah didampingi." in words(logged_in(kecamatan.camat).get(page))


def test_a_disposisi_may_follow_the_archiving(kecamatan, reported):
    archived = walk(kecamatan, reported)
    assert direct(kecamatan, archived, answers=str(kecamatan.asn.pk)).status_code == 302
    assert archived.follow_ups.get().responsible == kecamatan.asn


def test_what_is_missing_in_a_disposisi_is_said_and_nothing_is_lost(kecamatan, reported):
    page = direct(kecamatan, reported, due="", answers="")
    assert page.status_code == 422
    assert "Dampingi tiga desa yang laporannya terlambat." in words(page)
    assert not reported.follow_ups.exists()
    assert readings(reported) == []


def test_nobody_but_the_camat_gives_a_disposisi_here(kecamatan, reported):
    page = logged_in(kecamatan.tim).post(
        reverse("report", args=[reported.pk]), {"action": "direct", "text": "Uji arahan ini."}
    )
    assert page.status_code == 403
    assert not reported.follow_ups.exists()
