"""The four answers: what somebody is told about the file in their hands, whatever was done to it."""

from datetime import timedelta

import pytest

from measurement import files
from measurement.models import Paper, SigningMethod, VoidNumber
from measurement.papers.kind import Attachment
from measurement.papers.render import html_to_pdf
from measurement.signing.verification import (
    VerificationAnswer,
    file_versions,
    verify,
)
from tests.support.signed_files import (
    CODE,
    TODAY,
    YEAR,
    Authority,
    authority,
    camat,
    edited,
    foreign,
    issued,
    issued_paper,
    locked,
    resaved,
    revoke,
    sekcam,
    sign_paper,
    signed,
    signed_once,
    signed_paper,
    with_authority,
)

pytestmark = pytest.mark.usefixtures("read_here")
OTHER_CODE = "f" * 32


@pytest.fixture
def paper(kecamatan) -> Paper:
    return signed_paper(kecamatan)


def said(verdict) -> str:
    return " ".join([*verdict.findings, *verdict.remarks])


# Genuine


@pytest.mark.parametrize("at_its_page", [True, False])
def test_the_signed_file_is_genuine(paper, at_its_page):
    verdict = verify(signed(), paper if at_its_page else None)
    assert (verdict.answer, verdict.paper, verdict.caveat, verdict.findings) == (
        VerificationAnswer.GENUINE,
        paper,
        "",
        [],
    )
    assert "tidak tersertifikasi" in said(verdict)
    assert "belum lengkap" not in said(verdict)


@pytest.mark.parametrize("earlier", [issued, signed_once])
def test_an_earlier_version_is_genuine_and_names_the_valid_one(paper, earlier):
    verdict = verify(earlier(), paper)
    assert verdict.answer == VerificationAnswer.GENUINE
    assert f"versi yang berlaku ber-SHA-256 {file_versions(paper)[-1].sha256}" in said(verdict)


def test_a_paper_that_is_not_signed_by_all_says_so(kecamatan):
    with_authority(kecamatan.unit)
    paper = issued_paper(kecamatan)
    sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    assert "baru 1 dari 2" in said(verify(signed_once(), paper))


def test_another_genuine_paper_says_which_it_is(kecamatan, paper):
    other = issued_paper(kecamatan, OTHER_CODE, pdf=issued(OTHER_CODE))
    verdict = verify(issued(OTHER_CODE), paper)
    assert (verdict.answer, verdict.paper, verdict.caveat) == (
        VerificationAnswer.GENUINE,
        other,
        "bukan naskah ini",
    )
    assert other.number in said(verdict)


def test_a_voided_paper_is_genuine_but_no_longer_valid(kecamatan, paper):
    VoidNumber.objects.create(
        unit=kecamatan.unit, year=2026, kind=paper.kind, sequence=paper.sequence, paper=paper, reason="Rahasia", voided_at=TODAY,
        voided_by=kecamatan.camat,
    )  # fmt: skip
    verdict = verify(signed(), Paper.objects.get(pk=paper.pk))
    assert (verdict.answer, verdict.caveat) == (VerificationAnswer.GENUINE, "naskahnya sudah dibatalkan")
    assert "Rahasia" not in said(verdict)


def test_a_replaced_paper_names_the_newer_one(kecamatan, paper):
    newer = issued_paper(kecamatan, OTHER_CODE, pdf=issued(OTHER_CODE), replaces=paper)
    verdict = verify(signed(), Paper.objects.get(pk=paper.pk))
    assert verdict.caveat == "naskahnya sudah digantikan"
    assert newer.number in said(verdict)


def test_a_paper_stays_genuine_when_certificates_have_ended(kecamatan):
    key = authority().official("Pensiunan", since=TODAY - 5 * YEAR)
    pdf = authority().sign(issued(), key, at=TODAY - 4 * YEAR)
    with_authority(kecamatan.unit)
    paper = issued_paper(kecamatan)
    sign_paper(paper, pdf, 1, key.fingerprint)
    assert verify(pdf, paper).answer == VerificationAnswer.GENUINE


def test_a_paper_stays_genuine_when_the_key_is_revoked_later(kecamatan, paper):
    revoke(kecamatan.unit, camat(), TODAY + timedelta(seconds=1))
    assert verify(signed(), paper).answer == VerificationAnswer.GENUINE


@pytest.mark.parametrize(
    ("method", "words"),
    [(SigningMethod.BSRE, "penerbit BSrE tidak diperiksa"), (SigningMethod.MANUAL, "di luar sistem")],
)
def test_what_others_signed_rests_on_the_stored_digest_and_says_so(kecamatan, method, words):
    stranger = Authority("Penerbit nasional")
    official = stranger.official("Camat")
    pdf = stranger.sign(issued(), official)
    paper = issued_paper(kecamatan, method=method)
    sign_paper(paper, pdf, 1, official.fingerprint)
    verdict = verify(pdf, paper)
    assert verdict.answer == VerificationAnswer.GENUINE
    assert words in said(verdict)


def test_a_scan_is_genuine_if_it_is_the_stored_one(kecamatan):
    paper = issued_paper(kecamatan, method=SigningMethod.MANUAL)
    sign_paper(paper, foreign(), 1)
    assert verify(foreign(), paper).answer == VerificationAnswer.GENUINE


# Changed


@pytest.mark.parametrize("tail", [b"x", b"\n", b"\n%%EOF\n"])
def test_appended_bytes_are_counted_out(paper, tail):
    for expected in (paper, None):
        verdict = verify(signed() + tail, expected)
        assert (verdict.answer, verdict.paper) == (VerificationAnswer.CHANGED, paper)
        assert f"Ada {len(tail)} byte ditambahkan" in said(verdict)


def test_an_edit_after_signing_is_a_change(paper):
    verdict = verify(edited(signed()), paper)
    assert verdict.answer == VerificationAnswer.CHANGED
    assert "byte ditambahkan sesudah akhir berkas yang tersimpan" in said(verdict)
    assert "“Camat Uji” tidak utuh lagi" in said(verdict)


def test_a_swapped_attachment_is_named(paper):
    swapped = issued(figures=b"PK angka lain")
    verdict = verify(swapped, paper)
    assert verdict.answer == VerificationAnswer.CHANGED
    assert "Lampiran “kertas-kerja.xlsx” bukan yang diterbitkan." in verdict.findings


def test_a_file_full_of_attachments_makes_no_endless_answer(paper):
    attachments = [Attachment(f"lampiran-{number}.xlsx", "Angka", b"PK") for number in range(100)]
    verdict = verify(
        html_to_pdf(
            f'<html lang="id"><title>Uji</title><a href="https://contoh.go.id/v/{CODE}/">Kode</a>',
            attachments,
        ),
        paper,
    )
    assert verdict.answer == VerificationAnswer.CHANGED
    assert "… dan 93 lampiran lainnya." in verdict.findings
    assert len(verdict.findings) < 15


def test_a_swapped_attachment_signed_with_our_own_key_is_still_changed(paper):
    verdict = verify(authority().sign(issued(figures=b"PK angka lain"), camat()), paper)
    assert verdict.answer == VerificationAnswer.CHANGED
    assert "Lampiran “kertas-kerja.xlsx” bukan yang diterbitkan." in verdict.findings


def test_the_same_paper_signed_again_with_our_own_key_is_not_the_stored_one(paper):
    assert verify(authority().sign(issued(), camat()), paper).answer == VerificationAnswer.CHANGED


def test_another_signature_on_top_of_ours_is_a_change(paper):
    stranger = Authority()
    verdict = verify(stranger.sign(signed(), stranger.official("Orang lain"), "ttd-3"), paper)
    assert verdict.answer == VerificationAnswer.CHANGED
    assert "“Orang lain” tidak diterbitkan oleh otoritas" in said(verdict)


@pytest.mark.parametrize(
    "change", [resaved, locked, lambda pdf: pdf[:-300], lambda pdf: pdf[: len(pdf) * 2 // 3]]
)
def test_other_changes_are_known_at_the_page_of_the_paper(paper, change):
    verdict = verify(change(signed()), paper)
    assert verdict.answer in (
        {VerificationAnswer.NOT_OURS} if change is locked else {VerificationAnswer.CHANGED}
    )
    assert verdict.findings


def test_a_changed_copy_of_another_paper_says_whose(kecamatan, paper):
    other = issued_paper(kecamatan, OTHER_CODE, pdf=issued(OTHER_CODE))
    verdict = verify(issued(OTHER_CODE) + b"x", paper)
    assert (verdict.answer, verdict.paper) == (VerificationAnswer.CHANGED, other)


# Signed by somebody we don't know


@pytest.mark.parametrize("at_its_page", [True, False])
def test_an_authority_of_the_same_name_is_an_unknown_issuer(paper, at_its_page):
    stranger = Authority()
    copy = stranger.sign(issued(), stranger.official("Camat Uji"))
    verdict = verify(copy, paper if at_its_page else None)
    assert (verdict.answer, verdict.paper) == (VerificationAnswer.UNKNOWN_ISSUER, paper)
    assert paper.number in said(verdict)


def test_a_signature_after_the_end_of_its_certificate_is_no_signature_of_ours(paper):
    key = authority().official("Pensiunan", since=TODAY - 5 * YEAR)
    verdict = verify(authority().sign(issued(), key), paper)
    assert verdict.answer == VerificationAnswer.UNKNOWN_ISSUER
    assert "di luar masa berlaku" in said(verdict)


def test_a_signature_after_its_key_was_revoked_is_no_signature_of_ours(kecamatan, paper):
    revoke(kecamatan.unit, camat(), TODAY - timedelta(days=1))
    verdict = verify(authority().sign(issued(), camat()), paper)
    assert verdict.answer == VerificationAnswer.UNKNOWN_ISSUER
    assert "dicabut" in said(verdict)


# Not ours


@pytest.mark.parametrize(
    "pdf", [b"", b"PK\x03\x04" + bytes(500), b"%PDF-1.7", foreign(), locked(foreign()), b"\xff" * 5000]
)
def test_what_has_nothing_of_ours_is_not_ours(paper, pdf):
    for expected in (paper, None):
        verdict = verify(pdf, expected)
        assert (verdict.answer, verdict.paper) == (VerificationAnswer.NOT_OURS, None)


def test_a_page_never_gives_away_a_file_to_those_who_guess(paper):
    """Less than half of a stored file brings the same answer as nothing of it."""
    size = len(signed())
    assert verify(signed()[: size // 10], paper).findings == verify(b"x" * 100, paper).findings


def test_a_stored_file_that_is_gone_is_no_fault_of_the_visitor(paper):
    for version in file_versions(paper):
        files.absolute(version.path).unlink()
    assert verify(signed() + b"x", paper).answer == VerificationAnswer.CHANGED
    assert verify(signed(), paper).answer == VerificationAnswer.GENUINE


def test_a_code_of_ours_in_a_strangers_text_names_the_paper(paper):
    assert verify(resaved(issued(CODE, text="Surat palsu")), None).paper == paper
