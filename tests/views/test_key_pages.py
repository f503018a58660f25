"""Keys on their pages: made, used, revoked, and what an office without an authority is told."""

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from measurement.models import SigningKey
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.signing_office import (
    PIN,
    give_key,
    with_order_to_sign,
)
from tests.views.test_signing_pages import WRONG, post

pytestmark = pytest.mark.usefixtures("one_stamp_for_all")


@pytest.fixture
def made(kecamatan):
    return with_order_to_sign(kecamatan)


@pytest.fixture
def camat(made):
    give_key(made.camat, made)
    return logged_in(made.camat)


def test_a_key_is_made_used_and_revoked_on_its_pages(made):
    client, make = logged_in(made.camat), reverse("make_key", args=[made.unit.pk])
    mine = {"password": "sandi-camat416-317-2026"}
    assert "Kata sandi tidak cocok" in words(submit(client, make, new=PIN, again=PIN, password="sandi-lain"))
    assert "Kedua PIN baru tidak sama" in words(submit(client, make, new=PIN, again=WRONG, **mine))
    assert "mudah ditebak" in words(submit(client, make, new="123456", again="123456", **mine))
    assert submit(client, make, new=PIN, again=PIN, **mine).url == reverse("signing_keys")
    key = SigningKey.objects.get(person=made.camat)
    assert "Siap dipakai" in words(client.get(reverse("signing_keys")))
    assert "PIN salah" in words(
        submit(client, reverse("change_pin", args=[key.pk]), old=WRONG, new="618034", again="618034")
    )
    submit(client, reverse("change_pin", args=[key.pk]), old=PIN, new="618034", again="618034")
    assert "1 naskah ditandatangani." in post(client, "618034", made.order)
    assert "paling sedikit 10 huruf" in words(
        submit(client, reverse("revoke_key", args=[key.pk]), reason="lupa")
    )
    submit(client, reverse("revoke_key", args=[key.pk]), reason="PIN diketahui orang lain.")
    assert "Belum ada kunci" in words(client.get(reverse("signing_keys")))


def test_passwords_guessed_at_the_key_page_count_as_at_login_and_leave_no_pin(made):
    client, make = logged_in(made.camat), reverse("make_key", args=[made.unit.pk])
    values = form_of(client.get(make)) | {"new": PIN, "again": PIN}
    statuses = [client.post(make, values | {"password": "sandi-tebakan"}).status_code for _ in range(5)]
    assert statuses == [422] * 4 + [429]
    assert client.post(make, values | {"password": "sandi-camat416-317-2026"}).status_code == 429
    assert not SigningKey.objects.filter(person=made.camat).exists()
    assert PIN not in str(list(AccessAttempt.objects.values()))


def test_the_administrator_revokes_an_officials_key_but_cannot_change_its_pin(made, camat):
    key, client = SigningKey.objects.get(person=made.camat), logged_in(made.administrator)
    url = reverse("revoke_key", args=[key.pk])
    assert url in client.get(reverse("person", args=[made.camat.pk])).content.decode()
    assert client.get(reverse("change_pin", args=[key.pk])).status_code == 404
    assert submit(client, url, reason="Pindah tugas ke kabupaten.").url == reverse(
        "person", args=[made.camat.pk]
    )
    assert SigningKey.objects.get(pk=key.pk).revoked_by == made.administrator
    assert logged_in(made.tim).get(url).status_code == 404


def test_office_keys_have_no_pages(made):
    seal = SigningKey.objects.get(unit=made.unit, purpose="segel")
    for name in ("change_pin", "revoke_key"):
        assert logged_in(made.administrator).get(reverse(name, args=[seal.pk])).status_code == 404


def test_an_office_without_an_authority_says_so(kecamatan):
    client = logged_in(kecamatan.camat)
    assert "belum mempunyai otoritas sertifikat" in words(client.get(reverse("signing_keys")))
    response = submit(
        client,
        reverse("make_key", args=[kecamatan.unit.pk]),
        new=PIN,
        again=PIN,
        password="sandi-camat416-317-2026",
    )
    assert "belum mempunyai otoritas sertifikat" in words(response)
