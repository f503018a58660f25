"""The archive is checked down to the signatures: what is no signature of the office, or no longer whole, is named."""

import hashlib

import pytest

from measurement import files
from measurement.archiving.verification import Verification
from measurement.models import NumberCounter, Paper, PaperFile, PaperSignature, VoidNumber
from measurement.record import audit
from tests.support.characters import open_cycle
from tests.support.database import without
from tests.support.signed_files import (
    TODAY,
    YEAR,
    Authority,
    camat,
    edited,
    flipped,
    issued,
    kept,
    revoke,
    sekcam,
    signed_once,
    with_authority,
)
from tests.support.signed_files import sign_paper as stored


@pytest.fixture
def paper(kecamatan, settings, tmp_path) -> Paper:
    """An order that its office signs by itself, with its file as issued; not signed yet."""
    settings.MEDIA_ROOT = tmp_path
    with_authority(kecamatan.unit)
    paper = open_cycle(kecamatan).papers.get()
    PaperFile.objects.create(paper=paper, made_at=TODAY, **kept(f"uji/{paper.pk}.pdf", issued()))
    return paper


def sign_paper(paper: Paper, pdf: bytes, position: int, fingerprint: str = "") -> PaperSignature:
    """A signature with its act in the trail, as the door leaves it."""
    signature = stored(paper, pdf, position, fingerprint)
    audit.record(paper.cycle, paper.issued_by, "sign", paper=paper.number, sha256=signature.sha256)
    return signature


def faults(paper: Paper) -> list[str]:
    cycle = type(paper.cycle).objects.get(pk=paper.cycle_id)
    return list(Verification().cycle(cycle))


def swap(paper: Paper, pdf: bytes) -> None:
    """Another file in the place of the signed one, with the record changed to match."""
    without("fixed_papersignature_update")
    signature = PaperSignature.objects.get(signer__paper=paper)
    files.write_whole(signature.path, pdf)
    PaperSignature.objects.filter(pk=signature.pk).update(sha256=hashlib.sha256(pdf).hexdigest())


def test_a_signed_paper_has_no_faults(paper):
    sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    assert faults(paper) == []


def test_an_unsigned_paper_has_no_faults(paper):
    assert faults(paper) == []


def test_a_changed_signed_file_is_named(paper):
    signature = sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    files.write_whole(signature.path, flipped(signed_once(), 1000, 1))
    assert f"{paper.number}: berkas bertanda tangan Camat berubah (SHA-256 berbeda)." in faults(paper)


def test_a_signed_file_changed_with_its_record_is_named(paper):
    sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    swap(paper, edited(signed_once()))
    assert any("tidak mencakup seluruh berkas" in fault for fault in faults(paper))


def test_a_signed_file_that_does_not_begin_with_the_issued_one_is_named(paper):
    other = Authority().sign(issued(text="Laporan lain"), sekcam())
    sign_paper(paper, other, 1, sekcam().fingerprint)
    assert f"{paper.number}: berkas bertanda tangan Camat tidak melanjutkan berkas sebelumnya." in faults(
        paper
    )


def test_a_signature_of_a_stranger_of_the_same_name_is_named(paper):
    stranger = Authority()
    key = stranger.official("Camat Uji")
    sign_paper(paper, stranger.sign(issued(), key), 1, key.fingerprint)
    assert len(faults(paper)) == 1
    assert "tidak diterbitkan oleh otoritas sertifikat kantor" in faults(paper)[0]


def test_another_signature_than_the_one_on_record_is_named(paper):
    sign_paper(paper, signed_once(), 1, camat().fingerprint)
    assert faults(paper) == [f"{paper.number}: Tanda tangan Camat yang tercatat tidak ada di dalam berkas."]


def test_a_key_revoked_before_the_signature_is_named(paper, kecamatan):
    revoke(kecamatan.unit, sekcam(), TODAY - YEAR / 12)
    sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    assert "dicabut" in faults(paper)[0]


def test_an_uploaded_scan_need_not_be_signed(kecamatan, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    paper = open_cycle(kecamatan).papers.get()
    PaperFile.objects.create(paper=paper, made_at=TODAY, **kept(f"uji/{paper.pk}.pdf", issued()))
    sign_paper(paper, b"%PDF-1.7 pindaian", 1)
    assert faults(paper) == []


def test_a_lost_signed_file_is_named_once(paper):
    signature = sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    files.absolute(signature.path).unlink()
    assert faults(paper) == [f"{paper.number}: berkas bertanda tangan Camat tidak ada."]


def test_a_signature_that_the_trail_does_not_tell_of_is_named(paper):
    """The tail that told of it was cut, or the record was smuggled in."""
    stored(paper, signed_once(), 1, sekcam().fingerprint)
    assert faults(paper) == [
        f"{paper.cycle}: jejak audit tidak memuat tanda tangan Camat pada {paper.number}."
    ]


def test_a_paper_that_the_trail_does_not_tell_of_is_named(paper):
    without("fixed_auditentry_delete")
    paper.cycle.audit.all().delete()
    assert faults(paper) == [f"{paper.cycle}: jejak audit tidak memuat penerbitan {paper.number}."]


# Numbers


def test_a_number_that_nothing_accounts_for_is_named(paper):
    NumberCounter.objects.filter(unit=paper.unit, kind=paper.kind).update(last=2)
    assert [fault for fault in Verification().numbers(paper.unit, None) if "nomor urut 2 hilang" in fault]


def test_a_void_number_accounts_for_itself(paper, kecamatan):
    NumberCounter.objects.filter(unit=paper.unit, kind=paper.kind).update(last=2)
    VoidNumber.objects.create(
        unit=paper.unit, year=paper.year, kind=paper.kind, sequence=2, reason="Dipakai di luar sistem.", voided_at=TODAY,
        voided_by=kecamatan.camat,
    )  # fmt: skip
    assert list(Verification().numbers(paper.unit, paper.year)) == []
