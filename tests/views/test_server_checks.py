"""The office's own certificate authority, and mail, tried from a page."""

import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse

from measurement.models import JobRun, Person, SigningKey
from tests.support.pages import logged_in, submit, words
from tests.support.signing_office import give_key

AUTHORITY, MAIL = "/pengaturan/tanda-tangan/", "/pengaturan/surel/"


@pytest.fixture
def admin(kecamatan):
    return logged_in(kecamatan.administrator)


def in_force():
    return SigningKey.objects.filter(revoked_at=None)


def test_the_administrator_makes_the_authority_without_a_shell(kecamatan, admin):
    assert submit(admin, AUTHORITY, agreed=["on"]).status_code == 302
    assert set(in_force().values_list("purpose", flat=True)) == {"otoritas", "waktu", "segel"}
    assert "berlaku sampai" in words(admin.get(AUTHORITY))


def test_no_authority_is_made_without_agreeing(admin):
    assert submit(admin, AUTHORITY).status_code == 422
    assert not in_force().exists()


def test_another_authority_takes_a_reason_and_revokes_the_keys_of_officials(kecamatan, admin):
    submit(admin, AUTHORITY, agreed=["on"])
    give_key(kecamatan.sekcam, kecamatan)
    assert "kunci 1 pejabat" in words(admin.get(AUTHORITY))
    assert submit(admin, AUTHORITY, agreed=["on"], reason="x").status_code == 422
    assert submit(admin, AUTHORITY, agreed=["on"], reason="Rahasia server berganti.").status_code == 302
    assert not in_force().exclude(person=None).exists()
    assert SigningKey.objects.exclude(revoked_at=None).filter(revoked_by=kecamatan.administrator).count() == 4


def test_nobody_else_makes_an_authority_or_tries_mail(kecamatan):
    for person in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim, kecamatan.asn):
        for page in (AUTHORITY, MAIL):
            assert logged_in(person).post(page, {"agreed": "on"}).status_code == 403
    assert not SigningKey.objects.exists()


def test_a_test_message_goes_to_oneself_and_is_noted(kecamatan, admin):
    said = words(admin.post(MAIL, follow=True))
    assert mail.outbox[0].to == [kecamatan.administrator.email]
    assert f"Surel percobaan dikirim ke {kecamatan.administrator.email}" in said
    assert JobRun.objects.get(name="mail_check").succeeded


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "menolak nama pengguna atau kata sandinya"),
        (ConnectionRefusedError(), "Tidak ada peladen surel pada alamat dan port itu"),
        (TimeoutError(), "tidak menjawab dalam 10 detik"),
        (OSError(), "tidak dapat dihubungi"),
    ],
)
def test_why_a_test_message_failed_is_said_in_a_sentence(admin, monkeypatch, error, sentence):
    def fail(self, fail_silently=False):
        raise error

    monkeypatch.setattr(EmailMessage, "send", fail)
    assert sentence in words(admin.post(MAIL, follow=True))
    assert not JobRun.objects.get(name="mail_check").succeeded


def test_the_mail_page_shows_no_secret(admin, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "kantor", "sangat-rahasia"
    page = words(admin.get(MAIL))
    assert "kantor (dengan kata sandi)" in page
    assert "sangat-rahasia" not in page


def test_whoever_has_no_address_is_led_to_fill_it_in(kecamatan):
    Person.objects.filter(pk=kecamatan.administrator.pk).update(email="")
    client = logged_in(Person.objects.get(pk=kecamatan.administrator.pk))
    assert reverse("person", args=[kecamatan.administrator.pk]) in client.get(MAIL).content.decode()
    assert "belum mempunyai alamat surel" in words(client.post(MAIL, follow=True))
    assert not mail.outbox
