"""Signed with ink or elsewhere, then uploaded: what is taken, what is refused and in which words, and what is said about it."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from measurement.doors import paper_signing
from measurement.models import MeasurementCycle, NumberCounter, Person, SigningMethod
from measurement.papers.issue import current_file
from measurement.papers.render import html_to_pdf
from measurement.rules.refusals import BadFile
from tests.support.characters import open_cycle
from tests.support.signed_files import authority, camat, edited, locked
from tests.support.signing_office import boxes, bytes_of, issue, signer_of


@pytest.fixture
def paper(kecamatan):
    """An order that the Camat signs with ink; its file has two pages."""
    return issue(open_cycle(kecamatan), "order", kecamatan.camat, SigningMethod.MANUAL)


def upload(paper, content: bytes, by: Person):
    return paper_signing.sign_paper(signer_of(paper), Person.objects.get(pk=by.pk), upload=content)


def refusal(paper, content: bytes) -> str:
    with pytest.raises(BadFile) as caught:
        upload(paper, content, signer_of(paper).person)
    return str(caught.value)


def scan(pages: int = 2, locked_with: str = "") -> bytes:
    """Pages without a text, as a scanner makes them."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if locked_with:
        writer.encrypt(locked_with)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def copy_saying(words: str) -> bytes:
    """Two pages with a text, as a scanner with text recognition or a printer to PDF makes them."""
    filling = "Uraian yang panjang. " * 15
    return html_to_pdf(
        f'<html lang="id"><title>Salinan</title><p style="break-after: page">{words} {filling}</p><p>{filling}</p>'
    )


# What is taken


def test_a_scan_with_as_many_pages_is_kept_with_who_compared_it(kecamatan, paper):
    signature = upload(paper, scan(), kecamatan.tim)
    assert (
        signature.remark
        == f"Pindaian naskah bertanda tangan basah, dicocokkan per halaman oleh {kecamatan.tim.name}."
    )
    assert (signature.recorded_by, signature.signer.person, signature.fingerprint) == (
        kecamatan.tim,
        kecamatan.camat,
        "",
    )
    assert bytes_of(current_file(paper)) == scan()


def test_a_copy_with_a_text_that_names_the_paper_is_taken(kecamatan, paper):
    assert upload(paper, copy_saying(f"Nomor {paper.number}"), kecamatan.camat)


def test_a_copy_that_shows_the_code_is_taken(kecamatan, paper):
    assert upload(paper, copy_saying(f"Verifikasi: {paper.code}"), kecamatan.camat)


def test_a_scanners_own_line_is_no_text(kecamatan, paper):
    page = '<p style="break-after: page">Dipindai dengan Pemindai Uji</p>'
    assert upload(
        paper,
        html_to_pdf(f'<html lang="id"><title>x</title>{page}<p>Dipindai dengan Pemindai Uji</p>'),
        kecamatan.camat,
    )


def test_what_was_signed_elsewhere_is_kept_with_the_name_in_the_certificate(kecamatan, paper):
    signature = upload(paper, authority().sign(boxes(), camat()), kecamatan.sekcam)
    assert signature.remark == (
        f"Ditandatangani secara elektronik di luar sistem atas nama Camat Uji; diunggah oleh {kecamatan.sekcam.name}."
    )
    assert signature.fingerprint == camat().fingerprint


# What is refused


def test_an_empty_file_is_refused(paper):
    assert "Berkas kosong" in refusal(paper, b"")


def test_another_kind_of_file_is_refused(paper):
    assert "bukan PDF" in refusal(paper, b"\x89PNG\r\n\x1a\n" + b"x" * 100)


def test_a_file_that_is_too_big_is_refused(paper, settings):
    settings.MAX_UPLOAD_BYTES = 1024**2
    assert "paling besar 1 MB" in refusal(paper, b"%PDF-" + b"x" * 1024**2)


def test_a_file_behind_a_password_is_refused(paper):
    assert "dilindungi kata sandi" in refusal(paper, locked(scan()))


@pytest.mark.parametrize("keep", [30, 200])
def test_a_truncated_file_is_refused(paper, keep):
    assert "rusak atau terpotong" in refusal(paper, scan()[:keep])


def test_the_unsigned_file_itself_is_refused(paper):
    assert "belum ada tanda tangan" in refusal(paper, boxes())


@pytest.mark.parametrize("pages", [1, 3])
def test_another_number_of_pages_is_refused(paper, pages):
    assert f"Berkas ini {pages} halaman, sedangkan naskahnya 2 halaman" in refusal(paper, scan(pages))


def test_another_papers_number_is_refused_and_named(kecamatan, paper):
    other = issue(paper.cycle, "brief", kecamatan.sekcam, SigningMethod.MANUAL)
    assert f"tercantum nomor {other.number}, bukan {paper.number}" in refusal(
        paper, copy_saying(f"Nomor: {other.number}")
    )


def test_a_longer_number_does_not_name_the_paper_with_its_end(kecamatan, paper):
    """12/ND/2026 ends like 2/ND/2026; a text with both names both."""
    kecamatan.unit.number_pattern = "{urut}/{jenis}/{tahun}"
    kecamatan.unit.save()
    numbered = []
    for last in (17, 7):
        NumberCounter.objects.filter(unit=kecamatan.unit).update(last=last)
        numbered.append(
            issue(
                MeasurementCycle.objects.get(pk=paper.cycle_id),
                "order",
                kecamatan.camat,
                SigningMethod.MANUAL,
            )
        )
    longer, short = numbered
    assert longer.number == f"1{short.number}"
    assert f"tercantum nomor {longer.number}, bukan {short.number}" in refusal(
        short, copy_saying(f"Nomor: {longer.number}")
    )
    assert upload(short, copy_saying(f"Nomor: {short.number}, menyusul {longer.number}"), kecamatan.camat)


def test_a_text_without_the_papers_number_is_refused(paper):
    assert f"tidak ditemukan nomor {paper.number}" in refusal(paper, copy_saying("Surat lain."))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda: boxes() + b"\n% tambahan", id="bytes after the end"),
        pytest.param(lambda: edited(boxes()), id="a note over the page"),
        pytest.param(lambda: authority().sign(edited(boxes()), camat()), id="a note, and then signed"),
        pytest.param(lambda: edited(authority().sign(boxes(), camat())), id="signed, and then a note"),
        pytest.param(lambda: authority().sign(boxes(), camat()) + b"\n", id="a byte after the signature"),
    ],
)
def test_the_issued_file_with_anything_but_a_signature_is_refused(paper, changed):
    assert "bukan tanda tangan yang utuh" in refusal(paper, changed())


def test_only_the_signer_and_those_who_lead_upload(kecamatan, paper):
    for person in (kecamatan.asn, kecamatan.administrator):
        with pytest.raises(PermissionDenied):
            upload(paper, scan(), person)
    assert upload(paper, scan(), kecamatan.camat).signed_at <= timezone.now()


def test_nothing_of_a_refused_upload_is_kept(paper):
    refusal(paper, scan(5))
    assert not hasattr(signer_of(paper), "signature")
    assert len(PdfReader(io.BytesIO(bytes_of(current_file(paper)))).pages) == 2
