"""The public pages: what they tell to somebody with a phone and a printed code, and what they never tell."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from measurement.models import Paper, VoidNumber
from measurement.signing.verification import FileVerdict, VerificationAnswer
from measurement.views.papers import verification as page
from tests.support.pages import logged_in, words
from tests.support.signed_files import (
    CODE,
    TODAY,
    foreign,
    issued,
    issued_paper,
    sekcam,
    sign_paper,
    signed,
    signed_once,
    signed_paper,
    with_authority,
)

ANY = "/v/"
HERE = f"/v/{CODE}/"


@pytest.fixture
def paper(kecamatan) -> Paper:
    return signed_paper(kecamatan)


def sent(pdf: bytes, url: str = HERE, client: Client | None = None, **extra):
    return (client or Client()).post(
        url, {"file": SimpleUploadedFile("rahasia-saya.pdf", pdf, "application/pdf")}, **extra
    )


@pytest.fixture
def answered(monkeypatch):
    """Pages about an answer without reading a file for it."""
    monkeypatch.setattr(page, "verify", lambda pdf, paper: FileVerdict(VerificationAnswer.CHANGED, "0" * 64))


# What a page tells


def test_a_page_tells_what_the_paper_is(paper):
    text = words(Client().get(HERE))
    for told in (
        paper.title,
        paper.number,
        paper.unit.name,
        "Ditandatangani lengkap",
        "Sekcam, S.E.",
        "Sekretaris Kecamatan",
        "Camat, M.Si.",
    ):
        assert told in text
    assert "tanda tangan elektronik kantor, tidak tersertifikasi" in text


def test_a_page_shows_the_digest_of_the_valid_file_in_one_piece_for_copying(paper):
    response = Client().get(HERE).content.decode()
    digest = paper.signers.get(position=2).signature.sha256
    assert "".join(f"<span>{digest[start : start + 8]}</span><wbr>" for start in range(0, 64, 8)) in response
    assert paper.file.sha256[:8] not in response


def test_a_page_tells_nothing_personal_and_has_no_file(paper):
    response = Client().get(HERE)
    text = response.content.decode()
    for hidden in (
        "19700101",
        paper.issued_by.username,
        "@example.org",
        reverse("paper", args=[paper.pk]),
        'class="nav-main"',
    ):
        assert hidden not in text


def test_somebody_who_is_logged_in_sees_the_same_page(kecamatan, paper):
    assert words(logged_in(kecamatan.camat).get(HERE)) == words(Client().get(HERE))


def test_a_paper_that_waits_for_signatures_says_how_many(kecamatan):
    with_authority(kecamatan.unit)
    paper = issued_paper(kecamatan)
    assert "menunggu tanda tangan, 0 dari 2" in words(Client().get(HERE))
    sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    text = words(Client().get(HERE))
    assert "1 dari 2" in text
    assert "belum menandatangani" in text


def test_a_voided_paper_says_when_and_not_why(kecamatan, paper):
    VoidNumber.objects.create(
        unit=kecamatan.unit, year=2026, kind=paper.kind, sequence=paper.sequence, paper=paper, reason="Alasan dalam", voided_at=TODAY,
        voided_by=kecamatan.camat,
    )  # fmt: skip
    text = words(Client().get(HERE))
    assert "Dibatalkan pada" in text
    assert "Alasan dalam" not in text


def test_a_replaced_paper_names_the_newer_number(kecamatan, paper):
    newer = issued_paper(kecamatan, "f" * 32, pdf=issued("f" * 32), replaces=paper)
    assert f"Digantikan oleh nomor {newer.number}." in words(Client().get(HERE))


def test_a_paper_without_a_file_yet_has_its_page(kecamatan, paper):
    bare = Paper.objects.exclude(pk=paper.pk).first()
    text = words(Client().get(f"/v/{bare.code}/"))
    assert bare.number in text
    assert "SHA-256 berkas yang tersimpan" not in text


def test_pages_are_not_for_search_machines(paper):
    for url in (HERE, ANY):
        response = Client().get(url)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"


def test_looking_leaves_no_session(paper):
    client = Client()
    for url in (HERE, ANY, f"{ANY}?kode={CODE}"):
        assert "sessionid" not in client.get(url).cookies
    sent(b"", client=client)
    assert not Session.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_pages_are_read_and_asked_only(paper, method):
    assert getattr(Client(), method)(HERE).status_code == 405


def test_a_page_costs_few_queries(paper, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        Client().get(HERE)


# Codes


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.upper(), "0123 4567 89ab cdef 0123-4567-89AB-CDEF", f"  https://contoh.go.id/v/{CODE}/ "],
)
def test_a_typed_code_leads_to_its_page(paper, typed):
    response = Client().get(ANY, {"kode": typed})
    assert (response.status_code, response.url) == (302, HERE)


@pytest.mark.parametrize(
    "typed", [CODE.upper(), "0123-4567-89ab-cdef-0123-4567-89ab-cdef", f"{CODE[:16]} {CODE[16:]}"]
)
def test_an_address_may_be_written_as_the_code_is_printed(paper, typed):
    assert Client().get(f"/v/{typed}/").status_code == 200


@pytest.mark.parametrize("typed", ["", "123", "z" * 32, "0" * 33, "\x00" * 32, "a" * 5000])
def test_what_is_no_code_is_said_at_the_field(db, typed):
    response = Client().get(ANY, {"kode": typed})
    assert response.status_code == 422
    assert 'id="id_kode_error"' in response.content.decode()


@pytest.mark.parametrize("code", ["0" * 32, "0" * 31, "tidak-ada", "%00", "é"])
def test_an_unknown_code_is_a_page_with_a_sentence(paper, code):
    for response in (Client().get(f"/v/{code}/"), sent(foreign(), f"/v/{code}/")):
        assert response.status_code == 404
        assert "Kode itu tidak terdaftar" in words(response)


# Files


@pytest.mark.parametrize("url", [HERE, ANY])
def test_the_signed_file_is_genuine(paper, url):
    response = sent(signed(), url)
    assert response.status_code == 200
    assert "Asli dan utuh" in words(response)
    assert paper.number in words(response)


def test_an_answer_elsewhere_leads_to_the_page_of_the_paper(paper):
    assert f'href="{HERE}"' in sent(signed(), ANY).content.decode()
    assert f'href="{HERE}"' not in sent(signed(), HERE).content.decode()


@pytest.mark.parametrize("answer", VerificationAnswer)
def test_every_answer_has_its_words_icon_and_colour(paper, monkeypatch, answer):
    monkeypatch.setattr(
        page, "verify", lambda pdf, paper: FileVerdict(answer, "0" * 64, findings=["<b>Temuan</b>"])
    )
    response = sent(b"x")
    level, icon, title, meaning, advice = page.MEANINGS[answer]
    html = response.content.decode()
    assert all(said in words(response) for said in (title, meaning, advice))
    assert f'class="notice {level} answer" role="status"' in html
    assert f"sprite.svg#{icon}" in html
    assert "&lt;b&gt;Temuan&lt;/b&gt;" in html


def test_the_four_answers_are_told_apart_by_word_icon_and_colour():
    assert [m[2] for m in page.MEANINGS.values()] == [
        "Asli dan utuh", "Berubah", "Ditandatangani tetapi penerbit tidak dikenal", "Bukan dokumen sistem ini",
    ]  # fmt: skip
    for part in (0, 1):
        assert len({m[part] for m in page.MEANINGS.values()}) == 4


def test_a_caveat_stands_in_the_headline_and_takes_the_calm_away(paper, monkeypatch):
    monkeypatch.setattr(
        page,
        "verify",
        lambda pdf, paper: FileVerdict(VerificationAnswer.GENUINE, "0" * 64, caveat="bukan naskah ini"),
    )
    response = sent(b"x")
    assert "Asli dan utuh, tetapi bukan naskah ini" in words(response)
    assert 'class="notice warning answer" role="status"' in response.content.decode()


def test_no_file_chosen_is_said_at_the_field(paper):
    response = Client().post(HERE, {})
    assert response.status_code == 422
    assert "Pilih berkas yang akan diperiksa." in words(response)


def test_an_empty_file_is_an_answer(paper):
    assert "Bukan dokumen sistem ini" in words(sent(b""))


def test_a_file_that_is_too_big_is_refused_unread(paper, settings, monkeypatch):
    settings.MAX_UPLOAD_BYTES = 1024**2
    monkeypatch.setattr(page, "InMemory", None)
    response = sent(bytes(1024**2))
    assert response.status_code == 413
    assert "paling besar 1 MB" in words(response)


def test_an_upload_stays_in_memory_whatever_its_size(paper, answered, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", None)
    assert sent(bytes(5000)).status_code == 200


def test_an_upload_is_neither_logged_nor_kept(paper, settings, caplog):
    before = sorted(settings.MEDIA_ROOT.rglob("*"))
    with caplog.at_level(logging.DEBUG):
        sent(signed() + b"x")
    assert "rahasia-saya" not in caplog.text
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before


def test_too_many_at_once_are_asked_to_come_back_and_keep_no_place(paper, answered, monkeypatch):
    """Whoever waited would keep a thread from those who only want a page."""
    acquire = page.inspections.acquire
    monkeypatch.setattr(
        page.inspections,
        "acquire",
        lambda blocking=True, timeout=None: not blocking and acquire(blocking=False),
    )
    for _ in range(page.AT_ONCE):
        page.inspections.acquire(blocking=False)
    try:
        assert "Coba lagi sebentar lagi" in words(sent(b"x"))
    finally:
        page.inspections.release(page.AT_ONCE)
    assert sent(b"x").status_code == 200


def test_a_file_is_compared_only_with_a_token(paper):
    assert sent(b"x", client=Client(enforce_csrf_checks=True)).status_code == 403
