"""Who has a paper before it is my turn to sign, reading first, and revoking a key apart from what one does more often."""

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.doors import voiding
from measurement.models import PaperSignature
from measurement.rules.sop import Role
from tests.support.characters import open_cycle
from tests.support.pages import logged_in, words
from tests.support.signing_office import give_key, issue, issue_for_two, make_authority, signer_of

LIST = reverse("signatures")


@pytest.fixture
def paper(kecamatan):
    """A paper that the Sekcam signs before the Camat does."""
    make_authority(kecamatan)
    return issue_for_two(kecamatan, open_cycle(kecamatan))


def sign_page(person, signer):
    return logged_in(person).get(reverse("sign", args=[signer.pk]))


def test_the_page_says_with_whom_the_paper_is_before_my_turn(kecamatan, paper):
    page = sign_page(kecamatan.camat, signer_of(paper, 2))
    assert f"{paper.number} menunggu tanda tangan Sekretaris Kecamatan lebih dahulu." in words(page)
    assert 'name="secret"' not in page.content.decode()


def test_the_list_says_so_too_until_the_turn_comes(kecamatan, paper):
    told = "Menunggu tanda tangan Sekretaris Kecamatan"
    assert told in words(logged_in(kecamatan.camat).get(LIST))
    PaperSignature.objects.create(
        signer=signer_of(paper),
        path="uji/1.pdf",
        sha256="0" * 64,
        size=1,
        signed_at=timezone.now(),
        recorded_by=kecamatan.sekcam,
    )
    text = words(logged_in(kecamatan.camat).get(LIST))
    assert told not in text
    assert "Menunggu tanda tangan Anda" in text


def test_a_withdrawn_paper_waits_for_nobody(kecamatan, paper):
    voiding.void(paper, kecamatan.sekcam, "Nama penanda tangan keliru.")
    assert "Menunggu orang lain" not in words(logged_in(kecamatan.camat).get(LIST))
    assert "sudah dibatalkan" in words(sign_page(kecamatan.camat, signer_of(paper, 2)))


def test_reading_comes_before_the_pin(kecamatan):
    make_authority(kecamatan)
    waiting = issue(open_cycle(kecamatan), "order", kecamatan.camat)
    page = sign_page(kecamatan.camat, signer_of(waiting)).content.decode()
    assert page.index(reverse("paper", args=[waiting.pk])) < page.index('name="secret"')


def test_revoking_stands_on_the_page_of_keys_only(kecamatan):
    make_authority(kecamatan)
    key = give_key(kecamatan.actor(Role.CAMAT), kecamatan)
    client, address = logged_in(kecamatan.camat), reverse("revoke_key", args=[key.pk])
    assert address not in client.get(LIST).content.decode()
    page = client.get(reverse("signing_keys")).content.decode()
    assert (
        page.index(reverse("change_pin", args=[key.pk]))
        < page.index("Bila PIN diketahui orang lain")
        < page.index(address)
    )
