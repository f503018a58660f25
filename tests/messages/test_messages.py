"""What people are told by the acts of the SOP, and the page on which they read it."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from measurement.doors import measuring, workflow
from measurement.messages import notifications
from measurement.models import Appointment, Handover, Message, Person
from measurement.record.rounds import Arahan
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import SEND_BACK, Output, Role
from tests.support.characters import cycle_at, fresh, open_cycle, person, prepare
from tests.support.pages import form_of, log_in, logged_in, words
from tests.support.signing_office import give_key, issue_for_two, make_authority, one_stamp, sign, signer_of

Kind = Message.Kind
LIST = "/pesan/"


def told(who: Person, kind: str) -> list[Message]:
    return list(who.messages.filter(kind=kind))


def one(who: Person, **values) -> Message:
    defaults = {
        "kind": Kind.TURN,
        "key": f"uji:{who.messages.count()}",
        "subject": "Perihal uji",
        "text": "Isi.",
        "url": "/siklus/",
    }
    return Message.objects.create(person=who, **defaults | values)


def test_the_order_tells_the_sekcam_what_to_do_until_when(kecamatan):
    cycle = open_cycle(kecamatan)
    [message] = told(kecamatan.sekcam, Kind.TURN)
    assert message.url == reverse("step", args=[cycle.pk, 2])
    for part in (
        "langkah 2 dari 11",
        "Sampaikan arahan ke Tim SAKIP",
        "Selesaikan paling lambat",
        kecamatan.camat.name,
    ):
        assert part in message.text
    assert Message.objects.exclude(person=kecamatan.sekcam).count() == 0


def test_at_step_five_only_owners_are_told_and_what_waits_for_them(measuring_office):
    [message] = told(measuring_office.colleague, Kind.TURN)
    assert "Indikator belum dikirim: Jumlah kunjungan rekan (7.01.02.2.01.0001)" in message.text
    assert message.url == reverse("worksheet", args=[measuring_office.cycle.pk])
    assert (
        "Realisasi anggaran belum diisi: 7.01.02.2.01.0001" in told(measuring_office.asn, Kind.TURN)[0].text
    )
    assert not told(measuring_office.administrator, Kind.TURN)


def test_an_acting_official_is_told_like_the_official(kecamatan):
    acting = person("plh", kecamatan.unit)
    Appointment.objects.create(
        person=acting,
        unit=kecamatan.unit,
        role=Role.SEKCAM,
        kind="plh",
        title="Sekretaris",
        starts=timezone.localdate(),
    )
    open_cycle(kecamatan)
    assert len(told(acting, Kind.TURN)) == len(told(kecamatan.sekcam, Kind.TURN)) == 1


def test_whoever_acted_is_not_told_of_their_own_act(kecamatan):
    cycle_at(kecamatan, "recapitulate")
    assert not kecamatan.tim.messages.filter(key__startswith="giliran", text__contains="langkah 7").exists()


def test_a_refused_act_tells_nobody(kecamatan):
    cycle = open_cycle(kecamatan)
    before = Message.objects.count()
    with pytest.raises(Incomplete):
        workflow.perform(cycle, "brief", kecamatan.sekcam)
    assert Message.objects.count() == before


def test_messages_go_with_the_act_when_it_is_rolled_back(kecamatan):
    with transaction.atomic():
        open_cycle(kecamatan)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_return_tells_owners_and_tim_the_arahan_in_full(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    row, other = cycle.rows.all()[:2]
    arahan = [
        Arahan("Lampirkan laporan bulan Maret.\nBukti yang ada keliru.", row.pk),
        Arahan("Perbaiki pengantar rekapitulasi."),
    ]
    workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=arahan)
    [owner] = told(kecamatan.asn, Kind.RETURNED)
    assert all(item.text in owner.text for item in arahan)
    team = kecamatan.tim.messages.get(key__startswith="giliran", read_at=None)
    assert all(item.text in team.text for item in arahan)
    assert row.name in owner.text
    assert other.name not in owner.text


def test_a_row_that_tim_returns_reaches_its_owner_with_the_reason(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Angkanya tidak sama dengan laporan.")
    [message] = told(kecamatan.asn, Kind.RETURNED)
    assert "Angkanya tidak sama dengan laporan." in message.text


def test_a_step_that_was_left_is_no_longer_unread(kecamatan):
    cycle = open_cycle(kecamatan)
    prepare(kecamatan, cycle)
    workflow.perform(cycle, "brief", kecamatan.sekcam)
    assert not kecamatan.sekcam.messages.unread().filter(kind=Kind.TURN).exists()


def test_the_archive_tells_camat_and_sekcam_where_the_report_is(kecamatan):
    cycle = cycle_at(kecamatan, None)
    report = cycle.papers.get(kind=Output.LAPORAN)
    for who in (kecamatan.camat, kecamatan.sekcam):
        [message] = told(who, Kind.DONE)
        assert message.url == reverse("paper", args=[report.pk])
        assert report.number in message.text


def test_whoever_signs_next_is_told_and_it_is_read_once_signed(kecamatan, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("measurement.signing.local.stamp_page", lambda *args: one_stamp())
    make_authority(kecamatan)
    for who in (kecamatan.sekcam, kecamatan.camat):
        give_key(who, kecamatan)
    paper = issue_for_two(kecamatan, open_cycle(kecamatan))
    key = notifications.signature_key(signer_of(paper, 2))
    assert not Message.objects.filter(key=key).exists()
    sign(paper, kecamatan.sekcam)
    message = kecamatan.camat.messages.get(key=key)
    assert (message.url, message.read_at) == (reverse("signatures"), None)
    assert paper.number in message.text
    sign(paper, kecamatan.camat, 2)
    assert kecamatan.camat.messages.get(key=key).read_at


def test_the_same_thing_is_told_once(kecamatan):
    cycle = open_cycle(kecamatan)
    before = Message.objects.count()
    notifications.tell(fresh(cycle), "order", kecamatan.camat)
    assert Message.objects.count() == before


def test_a_handover_is_told_to_both(kecamatan):
    taker = person("penerima", kecamatan.unit)
    handover = Handover.objects.create(
        unit=kecamatan.unit, giver=kecamatan.asn, taker=taker, reason="Pindah ke seksi lain.", done_at=timezone.now(),
        done_by=kecamatan.administrator, moved={"indicators": [{"id": 1, "name": "Satu"}]},
    )  # fmt: skip
    notifications.tell_handover(handover)
    [given], [taken] = told(kecamatan.asn, Kind.HANDOVER), told(taker, Kind.HANDOVER)
    assert "1 indikator" in given.text
    assert "Pindah ke seksi lain." in taken.text
    assert "menunggu Anda" in taken.text
    assert "menunggu Anda" not in given.text


# The page


def test_the_menu_counts_what_is_unread_and_the_list_says_so(kecamatan):
    one(kecamatan.asn, subject="Yang lama", read_at=timezone.now())
    one(kecamatan.asn, subject="Yang baru")
    text = words(logged_in(kecamatan.asn).get(LIST))
    assert "Pesan (1)" in text
    assert text.count("Belum dibaca") == 1
    assert text.index("Yang baru") < text.index("Yang lama")


def test_without_unread_messages_there_is_no_number(kecamatan):
    assert "Pesan (" not in words(logged_in(kecamatan.asn).get(LIST))


def test_opening_a_message_marks_it_as_read_and_leads_to_the_job(kecamatan):
    message, client = one(kecamatan.asn, url="/siklus/"), logged_in(kecamatan.asn)
    address = reverse("my_message", args=[message.pk])
    assert client.head(address).status_code == 302
    assert not Message.objects.get().read_at
    assert client.get(address).url == "/siklus/"
    first = Message.objects.get().read_at
    assert first
    client.get(address)
    assert Message.objects.get().read_at == first


def test_a_colleagues_message_is_not_found(kecamatan):
    message = one(kecamatan.asn, subject="Rahasia")
    client = logged_in(kecamatan.tim)
    assert client.get(reverse("my_message", args=[message.pk])).status_code == 404
    assert "Rahasia" not in words(client.get(LIST))
    assert not Message.objects.get().read_at


def test_all_of_my_messages_are_marked_as_read_at_once(kecamatan):
    for who in (kecamatan.asn, kecamatan.asn, kecamatan.tim):
        one(who)
    logged_in(kecamatan.asn).post(reverse("read_messages"))
    assert list(Message.objects.unread()) == list(kecamatan.tim.messages.all())


def test_many_messages_come_in_pages(kecamatan):
    for number in range(21):
        one(kecamatan.asn, subject=f"Perihal {number}.")
    client = logged_in(kecamatan.asn)
    assert "Perihal 0." not in words(client.get(LIST))
    assert "Perihal 0." in words(client.get(LIST + "?halaman=2"))


def test_a_text_is_shown_as_text(kecamatan):
    one(kecamatan.asn, text="<script>x</script>\n\n- <b>satu</b>\n- dua", subject="<i>miring</i>")
    page = logged_in(kecamatan.asn).get(LIST).content.decode()
    assert "<script>x" not in page
    assert "<b>satu" not in page
    assert "<i>miring" not in page
    assert "<li>dua</li>" in page


def test_everybody_chooses_how_their_messages_come(kecamatan):
    client, address = logged_in(kecamatan.asn), reverse("mail_setting")
    assert kecamatan.asn.email in words(client.get(address))
    assert client.post(address, form_of(client.get(address)) | {"mail": "ringkasan"}).status_code == 302
    assert Person.objects.get(pk=kecamatan.asn.pk).mail == Person.Mail.DIGEST
    assert client.post(address, {"mail": "merpati", "email": "lain@example.org"}).status_code == 422
    assert Person.objects.get(pk=kecamatan.asn.pk).email == kecamatan.asn.email


# Links from mails


def test_a_link_of_a_mail_leads_to_the_job_after_login(kecamatan):
    message = one(kecamatan.asn, url="/siklus/")
    address = reverse("my_message", args=[message.pk])
    client = logged_in(kecamatan.asn)
    client.logout()
    asked = client.get(address)
    assert asked.url == f"{reverse('login')}?next={address}"
    assert form_of(client.get(asked.url))["next"] == address
    answer = log_in("asn416-317", "sandi-asn416-317-2026", client, next=address)
    assert client.get(answer.url).url == "/siklus/"


def test_the_locked_page_leads_back_to_a_login_that_remembers(kecamatan):
    for _ in range(6):
        locked = log_in("asn416-317", "salah", next="/pesan/7/")
    assert locked.status_code == 429
    assert f'href="{reverse("login")}?next=%2Fpesan%2F7%2F"' in locked.content.decode()


def change_password(client, address: str):
    new = "kuda-laut-berenang-7"
    return client.post(
        address, {"old_password": "sandi-asn416-317-2026", "new_password1": new, "new_password2": new}
    )


def test_whoever_has_to_change_their_password_first_comes_to_the_page_afterwards(kecamatan):
    Person.objects.filter(pk=kecamatan.asn.pk).update(must_change_password=True)
    client = logged_in(kecamatan.asn)
    asked = client.get("/pesan/?halaman=2")
    assert asked.url.startswith(reverse("password_change"))
    assert change_password(client, asked.url).url == "/pesan/?halaman=2"


def test_a_changed_password_never_leads_out_of_the_site(kecamatan):
    assert (
        change_password(logged_in(kecamatan.asn), reverse("password_change") + "?next=//evil.example/").url
        == "/"
    )
