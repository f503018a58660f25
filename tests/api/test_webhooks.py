"""Webhooks: written with the act, sent after it, signed, again where they fail, given up at last; and never to where a server must not knock."""

import socket
import threading
from datetime import timedelta
from ipaddress import ip_address

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from measurement.doors import voiding, workflow
from measurement.doors.webhooks import add_receiver, end_receiver, send_again, try_receiver
from measurement.messages import webhook_sending
from measurement.messages.webhook_sending import RETRIES, deliver_due, forget_deliveries
from measurement.messages.webhook_targets import TargetRefused, judged_address, may_be_told
from measurement.models import WebhookDelivery
from measurement.rules.machine_access import SUBSCRIBED, MachineEvent
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import STEPS
from tests.support.characters import Office, cycle_at, fresh, open_cycle, prepare, walk
from tests.support.webhook_receiver import receiving

State = WebhookDelivery.State


@pytest.fixture
def receiver():
    with receiving() as running:
        yield running


@pytest.fixture
def subscribed(kecamatan, receiver, settings) -> Office:
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    settings.PUBLIC_URL = "https://sakip.contoh.go.id"
    kecamatan.subscription, kecamatan.secret = add_receiver(
        kecamatan.unit, kecamatan.administrator, f"{receiver.url}/sakip?a=1", SUBSCRIBED
    )
    return kecamatan


def due_again() -> None:
    """The time until the next try is over."""
    WebhookDelivery.objects.waiting().update(due_at=timezone.now())


def test_every_step_the_report_and_the_archive_are_told_once(subscribed, receiver):
    cycle = walk(subscribed, open_cycle(subscribed))
    while deliver_due()[0]:
        pass
    told = [body["type"] for body in receiver.bodies]
    assert told.count(MachineEvent.STEP_LEFT) == len(STEPS)
    assert (told.count(MachineEvent.REPORT_ISSUED), told.count(MachineEvent.ARCHIVED)) == (1, 1)
    assert receiver.verified(subscribed.secret)
    first, last = receiver.bodies[0]["data"], receiver.bodies[-1]["data"]
    assert first["siklus"]["alamat"] == f"https://sakip.contoh.go.id/api/v1/siklus/{cycle.pk}"
    assert first["berikutnya"]["pelaksana"] == "Sekcam"
    assert (last["berikutnya"], last["naskah"]["jenis"]) == (None, "berita_acara_arsip")
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == len(told)


def test_nobody_is_named_in_a_delivery(subscribed, receiver):
    walk(subscribed, open_cycle(subscribed))
    text = "".join(WebhookDelivery.objects.values_list("body", flat=True))
    people = (subscribed.camat, subscribed.sekcam, subscribed.tim, subscribed.asn)
    assert not [one for one in people if one.name in text or one.username in text]


def test_what_is_taken_back_with_the_act_was_never_told(subscribed):
    cycle = open_cycle(subscribed)
    before = WebhookDelivery.objects.count()
    with pytest.raises(Incomplete):
        workflow.perform(cycle, "brief", subscribed.sekcam)
    with transaction.atomic():
        prepare(subscribed, cycle)
        workflow.perform(fresh(cycle), "brief", subscribed.sekcam)
        transaction.set_rollback(True)
    assert WebhookDelivery.objects.count() == before


def test_only_the_events_that_were_chosen_and_only_of_the_own_office(kecamatan, neighbour):
    add_receiver(kecamatan.unit, kecamatan.administrator, "https://a.contoh", [MachineEvent.ARCHIVED])
    add_receiver(neighbour.unit, neighbour.administrator, "https://b.contoh", SUBSCRIBED)
    walk(kecamatan, open_cycle(kecamatan))
    assert list(WebhookDelivery.objects.values_list("event", "subscription__url")) == [
        ("siklus.diarsipkan", "https://a.contoh")
    ]


def test_a_report_that_is_issued_again_is_told(kecamatan):
    cycle = cycle_at(kecamatan, "archive")
    add_receiver(kecamatan.unit, kecamatan.administrator, "https://a.contoh", [MachineEvent.REPORT_ISSUED])
    voiding.void(cycle.valid_report, kecamatan.sekcam, "Nomor surat keliru ditulis.", again=True)
    assert WebhookDelivery.objects.get().event == MachineEvent.REPORT_ISSUED


def test_the_timer_sends_what_waits(subscribed, receiver):
    open_cycle(subscribed)
    call_command("send_reminders", verbosity=0)
    assert len(receiver.got) == 1
    call_command("send_reminders", verbosity=0)
    assert len(receiver.got) == 1, "what arrived is not sent again"


def test_a_failure_is_tried_again_later_and_later_and_given_up_at_last(subscribed, receiver):
    receiver.status = 500
    try_receiver(subscribed.subscription, subscribed.administrator)
    waits = []
    for _ in range(len(RETRIES)):
        assert deliver_due() == (0, 1)
        assert deliver_due() == (0, 0), "not before its time"
        waits.append(WebhookDelivery.objects.get().due_at - timezone.now())
        due_again()
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(hours=23)
    deliver_due()
    given_up = WebhookDelivery.objects.get()
    assert (given_up.state, given_up.answer, given_up.fault) == (State.DEAD, 500, "dijawab dengan status 500")
    due_again()
    assert deliver_due() == (0, 0)


def test_what_was_given_up_is_sent_again_under_its_id(subscribed, receiver):
    made = try_receiver(subscribed.subscription, subscribed.administrator)
    assert not send_again(made, subscribed.administrator), "it waits anyway"
    WebhookDelivery.objects.update(state=State.DEAD, attempts=9)
    assert send_again(made, subscribed.administrator)
    deliver_due()
    assert receiver.got[0][0]["webhook-id"] == made.message_id
    assert WebhookDelivery.objects.get().state == State.DELIVERED


def test_a_receiver_that_fails_keeps_nobody_else_waiting(subscribed, receiver):
    receiver.status = 503
    for _ in range(3):
        try_receiver(subscribed.subscription, subscribed.administrator)
    assert deliver_due() == (0, 1)
    assert len(receiver.got) == 1


def test_no_redirect_is_followed(subscribed, receiver):
    receiver.status = 302
    try_receiver(subscribed.subscription, subscribed.administrator)
    deliver_due()
    assert [headers["host"] for headers, _ in receiver.got] == [receiver.url.removeprefix("http://")]
    assert "302" in WebhookDelivery.objects.get().fault


def test_a_receiver_that_says_nothing_is_given_some_seconds(subscribed, receiver, settings):
    settings.WEBHOOK_SECONDS, receiver.hangs = 0.2, True
    try_receiver(subscribed.subscription, subscribed.administrator)
    deliver_due()
    assert "batas waktu" in WebhookDelivery.objects.get().fault


def test_of_two_senders_one_gets_a_delivery(subscribed, receiver, monkeypatch):
    try_receiver(subscribed.subscription, subscribed.administrator)
    posted = webhook_sending._posted

    def meanwhile(delivery):
        assert deliver_due() == (0, 0)
        return posted(delivery)

    monkeypatch.setattr(webhook_sending, "_posted", meanwhile)
    assert deliver_due() == (1, 0)
    assert len(receiver.got) == 1


def test_a_sender_that_was_killed_loses_nothing(subscribed, receiver, monkeypatch):
    try_receiver(subscribed.subscription, subscribed.administrator)
    with monkeypatch.context() as patch:
        patch.setattr(webhook_sending, "_posted", lambda delivery: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            deliver_due()
    assert deliver_due() == (0, 0), "its claim still holds"
    due_again()
    assert deliver_due() == (1, 0)


def test_a_receiver_that_was_ended_gets_nothing_more(subscribed, receiver):
    try_receiver(subscribed.subscription, subscribed.administrator)
    assert end_receiver(subscribed.subscription, subscribed.administrator)
    open_cycle(subscribed)
    assert (deliver_due(), WebhookDelivery.objects.count()) == ((0, 0), 1)


def test_what_was_settled_long_ago_is_forgotten(subscribed):
    made = try_receiver(subscribed.subscription, subscribed.administrator)
    later = timezone.now() + timedelta(days=91)
    assert forget_deliveries(later) == 0
    WebhookDelivery.objects.filter(pk=made.pk).update(state=State.DELIVERED)
    assert forget_deliveries(timezone.now()) == 0
    assert forget_deliveries(later) == 1


def test_the_secret_is_kept_locked(subscribed):
    assert subscribed.secret.removeprefix("whsec_") not in subscribed.subscription.sealed


INNER = (
    "127.0.0.1",
    "10.0.0.5",
    "172.16.1.1",
    "192.168.1.1",
    "100.64.0.1",
    "::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:0a00:0001::",
)
NEVER = ("169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "::", "::ffff:169.254.169.254")


@pytest.mark.parametrize("address", [*INNER, *NEVER])
def test_addresses_that_only_the_server_can_reach_are_not_told(settings, address):
    assert not may_be_told(ip_address(address))
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    assert may_be_told(ip_address(address)) == (address in INNER)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_addresses_are(address):
    assert may_be_told(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.contoh/",
        "a.contoh",
        "https://",
        "https://u:p@a.contoh/",
        "https://a.contoh/#x",
        "https://a.contoh:99999/",
        "http://8.8.8.8/",
        "file:///etc/passwd",
    ],
)
def test_an_address_of_another_shape_is_refused(url):
    with pytest.raises(TargetRefused):
        judged_address(url)


def test_a_name_with_one_inner_address_among_others_is_refused(monkeypatch):
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("8.8.8.8", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    with pytest.raises(TargetRefused):
        judged_address("https://a.contoh/")


def test_the_connection_goes_to_the_address_that_was_judged(subscribed, receiver, monkeypatch):
    """Whoever answers a second question for the name with another address gains nothing: the question is asked once."""
    asked = []
    real = socket.getaddrinfo

    def counted(host, *args, **options):
        asked.append(host)
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    type(subscribed.subscription).objects.update(url=receiver.url.replace("127.0.0.1", "localhost"))
    try_receiver(subscribed.subscription, subscribed.administrator)
    assert deliver_due() == (1, 0)
    assert asked.count("localhost") == 1


def test_with_the_setting_off_nothing_goes_to_this_machine(subscribed, receiver, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    try_receiver(subscribed.subscription, subscribed.administrator)
    deliver_due()
    assert receiver.got == []
    assert "jaringan dalam" in WebhookDelivery.objects.get().fault


def test_a_secret_that_was_lost_with_the_servers_own_is_said_and_stops_nobody_else(subscribed, receiver):
    other, _ = add_receiver(subscribed.unit, subscribed.administrator, receiver.url, SUBSCRIBED)
    type(other).objects.filter(pk=subscribed.subscription.pk).update(sealed="sakip1$kantor$x$$")
    try_receiver(subscribed.subscription, subscribed.administrator)
    try_receiver(other, subscribed.administrator)
    assert deliver_due() == (1, 1)
    assert "tidak dapat dibuka" in WebhookDelivery.objects.get(state=State.WAITING).fault


def test_right_after_the_commit_a_thread_sends(
    subscribed, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.SEND_WEBHOOKS_AT_ONCE, sent = True, threading.Event()
    monkeypatch.setattr(webhook_sending, "_deliver_apart", sent.set)
    with django_capture_on_commit_callbacks(execute=True):
        open_cycle(subscribed)
        assert not sent.is_set()
    assert sent.wait(20)
