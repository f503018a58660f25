"""Tanda tangan saya: what waits, signing several with one PIN, the other ways, keys, and where else a paper's signatures show."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from measurement.doors import voiding
from measurement.models import PaperSignature, SigningKey, SigningMethod
from measurement.papers.issue import paper_file
from measurement.rules.requirements import missing
from measurement.signing.waiting import signatures_waiting_for, signing_state
from tests.signing.test_manual_signing import scan
from tests.support.characters import cycle_at, fresh
from tests.support.pages import drained, logged_in, submit, words
from tests.support.signing_office import (
    PIN,
    boxes,
    give_key,
    issue,
    issue_for_two,
    make_authority,
    sign,
    signer_of,
    with_order_to_sign,
)
from tests.support.step_pages import address, receipt_of, typed

pytestmark = pytest.mark.usefixtures("one_stamp_for_all")
LIST = reverse("signatures")
WRONG = "975310"


@pytest.fixture
def made(kecamatan):
    return with_order_to_sign(kecamatan)


@pytest.fixture
def camat(made):
    give_key(made.camat, made)
    return logged_in(made.camat)


def listed(paper):
    return type(paper).objects.listed().get(pk=paper.pk)


def post(client, pin: str, *papers):
    return words(
        client.post(LIST, {"secret": pin, "naskah": [signer_of(paper).pk for paper in papers]}, follow=True)
    )


# The list


def test_the_list_shows_what_waits_and_where_to_read_it(made, camat):
    page = camat.get(LIST)
    assert made.order.number in words(page)
    assert reverse("paper", args=[made.order.pk]) in page.content.decode()


def test_several_are_signed_with_one_pin(made, camat):
    second = issue(made.cycle, "order", made.camat)
    third = issue(made.cycle, "brief", made.camat)
    assert "2 naskah ditandatangani." in post(camat, PIN, second, third)
    assert PaperSignature.objects.filter(signer__paper__in=[second, third]).count() == 2
    assert "Baru ditandatangani" in words(camat.get(LIST))


def test_a_wrong_pin_is_tried_once_and_tells_how_many_tries_are_left(made, camat):
    other = issue(made.cycle, "brief", made.camat)
    assert "PIN salah. Sisa 4 kali percobaan." in post(camat, WRONG, made.order, other)
    assert SigningKey.objects.get(person=made.camat).failures == 1


def test_what_was_refused_stays_ticked(made, camat):
    other = issue(made.cycle, "brief", made.camat)
    response = camat.post(LIST, {"secret": WRONG, "naskah": [other.signers.get().pk]}, follow=True)
    ticked = re.findall(r'value="(\d+)"[^>]* checked', response.content.decode())
    assert ticked == [str(other.signers.get().pk)]


def test_nothing_chosen_and_no_pin_get_their_sentences(made, camat):
    assert "Pilih dahulu naskah" in post(camat, PIN)
    assert "Isi PIN kunci Anda" in post(camat, "", made.order)
    assert not PaperSignature.objects.exists()


@pytest.mark.parametrize("key", ["", "0", "-1", "9" * 25, "x"])
def test_a_key_that_is_no_paper_of_mine_signs_nothing(made, camat, key):
    camat.post(LIST, {"secret": PIN, "naskah": [key]})
    assert not PaperSignature.objects.exists()


def test_somebody_elses_paper_is_not_signed_by_its_key(made, camat):
    paper = issue(made.cycle, "brief", made.sekcam)
    assert "Pilih dahulu naskah" in post(camat, PIN, paper)


def test_without_a_key_the_list_leads_to_making_one(made):
    text = words(logged_in(made.camat).get(LIST))
    assert "Anda belum mempunyai kunci tanda tangan. Buat kunci dahulu" in text
    assert "PIN kunci Anda" not in text


def test_withdrawn_papers_and_those_before_my_turn_do_not_wait(made):
    paper = issue_for_two(made, made.cycle)
    voiding.void(made.order, made.camat, "Nama penanda tangan keliru.")
    assert not signatures_waiting_for(made.camat).exists()
    give_key(made.sekcam, made)
    sign(paper, made.sekcam)
    assert [signer.paper for signer in signatures_waiting_for(made.camat)] == [paper]


# One by one


def test_secrets_are_not_shown_again_after_an_error(made):
    paper = issue(made.cycle, "order", made.camat, SigningMethod.BSRE)
    response = logged_in(made.camat).post(
        reverse("sign", args=[signer_of(paper).pk]),
        {"national_id": "3516010101700001", "secret": "frasa sandi"},
    )
    assert response.status_code == 422
    assert "Akun BSrE kantor ini belum diatur" in words(response)
    assert "3516010101700001" not in response.content.decode()
    assert "frasa sandi" not in response.content.decode()


def test_a_scan_is_uploaded_by_whoever_compared_it(made):
    paper = issue(made.cycle, "order", made.camat, SigningMethod.MANUAL)
    client, url = logged_in(made.tim), reverse("sign", args=[signer_of(paper).pk])
    assert "Unggah" in words(client.get(LIST))
    unsure = client.post(url, {"upload": SimpleUploadedFile("pindaian.pdf", scan())})
    assert "Cocokkan dahulu setiap halaman" in words(unsure)
    done = client.post(
        url, {"upload": SimpleUploadedFile("pindaian.pdf", scan()), "compared": "on"}, follow=True
    )
    assert "disimpan sebagai naskah yang berlaku" in words(done)
    assert PaperSignature.objects.get().recorded_by == made.tim


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Berkas kosong"), (b"GIF89a", "bukan PDF"), (b"%PDF-1.7", "rusak atau terpotong")],
)
def test_a_file_that_is_no_scan_is_refused_with_its_sentence(made, content, sentence):
    paper = issue(made.cycle, "order", made.camat, SigningMethod.MANUAL)
    upload = {"upload": SimpleUploadedFile("berkas.pdf", content), "compared": "on"}
    assert sentence in words(logged_in(made.camat).post(reverse("sign", args=[signer_of(paper).pk]), upload))


def test_a_signed_paper_offers_no_form(made, camat):
    post(camat, PIN, made.order)
    page = camat.get(reverse("sign", args=[signer_of(made.order).pk]))
    assert f"{made.order.number} sudah ditandatangani hari ini" in words(page)
    assert 'type="password"' not in page.content.decode()


def test_others_do_not_find_the_page_of_an_electronic_signature(made, neighbour):
    url = reverse("sign", args=[signer_of(made.order).pk])
    for person in (made.sekcam, made.asn, neighbour.camat):
        assert logged_in(person).get(url).status_code == 404


# Elsewhere


def test_the_inbox_has_one_card_for_all_that_waits(made, camat):
    issue(made.cycle, "brief", made.camat)
    page = camat.get(reverse("inbox"))
    assert "Tanda tangani 2 naskah" in words(page)
    cards = [card["title"] for card in page.context["tasks"]]
    assert cards.count("Tanda tangani 2 naskah") == 1


def test_the_inbox_has_it_also_when_no_cycle_is_under_way(made):
    left = {"left_at": timezone.now(), "left_by": made.sekcam, "action": "brief"}
    made.cycle.stays.filter(left_at=None).update(**left)
    assert "Tanda tangani 1 naskah" in words(logged_in(made.camat).get(reverse("inbox")))


def test_lists_say_how_far_a_paper_is_signed(made, camat):
    paper = issue_for_two(made, made.cycle)
    give_key(made.sekcam, made)
    assert signing_state(listed(paper)) == "Menunggu tanda tangan Sekretaris Kecamatan"
    sign(paper, made.sekcam)
    assert signing_state(listed(paper)) == "Ditandatangani 1 dari 2. Menunggu tanda tangan Camat"
    sign(paper, made.camat, 2)
    sign(made.order, made.camat)
    text = words(camat.get(reverse("cycle", args=[made.cycle.pk])))
    assert "Ditandatangani 2 dari 2" in text
    assert signing_state(listed(made.order)) == "Ditandatangani"
    ink = issue(made.cycle, "order", made.camat, SigningMethod.MANUAL)
    assert signing_state(listed(ink)) == "Tanda tangan basah, belum diunggah"


def test_a_download_is_the_signed_file_and_the_issued_one_stays_reachable(made, camat):
    url = reverse("paper", args=[made.order.pk])
    sign(made.order, made.camat)
    signed, issued = (
        b"".join(camat.get(address).streaming_content) for address in (url, f"{url}?versi=terbit")
    )
    assert issued == boxes()
    assert signed.startswith(issued)
    assert len(signed) > len(issued)
    assert paper_file(made.order).size == len(issued)


@pytest.mark.parametrize("has_key", [True, False])
def test_the_receipt_of_a_step_leads_to_the_signature_of_its_paper(made, has_key):
    if has_key:
        give_key(made.sekcam, made)
    client = logged_in(made.sekcam)
    response = submit(client, address(made.cycle), **typed(made, made.cycle), action="brief")
    assert response.url == receipt_of(made.cycle)
    text = words(client.get(response.url))
    assert ("Tanda tangani naskah" in text) is has_key
    assert ("Buat dahulu kunci tanda tangan" in text) is not has_key


def test_step_11_waits_for_the_signatures_of_the_report(kecamatan):
    make_authority(kecamatan)
    cycle = cycle_at(kecamatan, "archive")
    report = cycle.papers.get(kind="laporan_hasil")
    sentence = "Laporan Hasil nomor {} belum ditandatangani oleh {}."
    expected = [sentence.format(report.number, signer.title) for signer in report.signers.all()]
    assert len(expected) == 2
    assert [text for text in missing(fresh(cycle), "archive") if "Laporan Hasil" in text] == expected


def test_step_11_does_not_wait_for_ink(kecamatan):
    cycle = cycle_at(kecamatan, "archive")
    assert not [text for text in missing(cycle, "archive") if "Laporan Hasil" in text]


def test_a_download_of_a_signed_paper_is_an_attachment(made, camat):
    sign(made.order, made.camat)
    response = drained(camat.get(reverse("paper", args=[made.order.pk])))
    assert response["Content-Disposition"].startswith("attachment")
