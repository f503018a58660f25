"""Signing with the office's own keys: what stands in the file, who may, whose turn, and what is kept."""

import io
import random
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pypdf import PdfReader

from measurement import files
from measurement.doors import voiding
from measurement.models import Appointment, PaperSignature
from measurement.papers.issue import current_file, paper_file
from measurement.signing import inspection, stamp
from measurement.signing.interface import SigningRefused
from tests.support.signing_office import (
    boxes,
    bytes_of,
    issue,
    issue_for_two,
    report_for_two,
    sign,
    signatures_in,
    signer_of,
)


@pytest.fixture(autouse=True)
def quick(one_stamp_for_all, settings, tmp_path):
    """A folder of its own for the files."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world(db):
    return report_for_two()


@pytest.fixture
def signed(world):
    """That report with both signatures."""
    sign(world.paper, world.office.sekcam)
    sign(world.paper, world.office.camat, 2)
    return world


def refused(world, sentence: str, position: int = 1, **options) -> None:
    person = signer_of(world.paper, position).person
    with pytest.raises(SigningRefused, match=sentence):
        sign(world.paper, person, position, **options)


# What stands in the file


def test_the_last_signature_covers_the_whole_file_and_the_first_stays_valid(signed):
    pdf = bytes_of(current_file(signed.paper))
    found = inspection.inspect(pdf, inspection.trust(signed.office.unit))
    first, second = found.signatures
    assert found.sound
    assert (first.field, second.field) == ("ttd-1", "ttd-2")
    assert (first.signer, second.signer) == (signed.office.sekcam.name, signed.office.camat.name)
    assert all(signature.trusted and signature.stamped_at for signature in found.signatures)
    assert (first.covers_whole_file, second.covers_whole_file) == (False, True)


def test_signing_only_appends_to_the_issued_file(signed):
    issued, once, twice = boxes(), *(bytes_of(signer_of(signed.paper, n).signature) for n in (1, 2))
    assert once.startswith(issued)
    assert twice.startswith(once)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler is not installed")
def test_poppler_agrees(signed):
    path = files.absolute(current_file(signed.paper).path)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid.") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in said


def test_200_flipped_bits_are_200_broken_signatures(signed):
    pdf = bytes_of(current_file(signed.paper))
    start, length, after, rest = (int(number) for number in signatures_in(pdf)[-1].byte_range)
    covered = [*range(start, start + length), *range(after, after + rest)]
    for position in random.Random(7).sample(covered, 200):
        assert not intact(
            pdf[:position] + bytes([pdf[position] ^ 1 << position % 8]) + pdf[position + 1 :]
        ), position


def intact(pdf: bytes) -> bool:
    """Whether the last signature still fits the bytes; a file that can't be read any more is not intact."""
    try:
        last = signatures_in(pdf)[-1]
        last.compute_integrity_info()
        digest = last.signer_info["signed_attrs"].native
        stated = next(attribute["values"][0] for attribute in digest if attribute["type"] == "message_digest")
        return last.coverage == SignatureCoverageLevel.ENTIRE_FILE and last.compute_digest() == stated
    except Exception:
        return False


def test_a_signature_of_an_earlier_moment_carries_that_moment(world):
    moment = timezone.now() + timedelta(days=3, microseconds=5)
    signature = sign(world.paper, world.office.sekcam, at=moment)
    [embedded] = signatures_in(bytes_of(signature))
    token = next(extract_tst_data_iter(embedded.signer_info, signed=False))
    stamped = token["encap_content_info"]["content"].parsed["gen_time"].native
    assert stamped == embedded.self_reported_timestamp == moment.replace(microsecond=0)
    assert signature.signed_at == moment


def test_the_field_lies_at_the_papers_place_for_it_and_is_printed(world):
    sign(world.paper, world.office.sekcam)
    pdf = PdfReader(io.BytesIO(bytes_of(current_file(world.paper))))
    [field] = pdf.pages[1]["/Annots"]
    left, bottom, right, top = (float(number) for number in field["/Rect"])
    place = pdf.named_destinations["ttd-1"]
    assert (left, top) == pytest.approx((float(place["/Left"]), float(place["/Top"])))
    assert (right - left, top - bottom) == pytest.approx((62 * 72 / 25.4, 19 * 72 / 25.4))
    assert field["/F"] & 4
    assert not field["/F"] & 2


def test_the_certificate_holds_no_personal_data_but_name_and_post(world):
    [embedded] = signatures_in(bytes_of(sign(world.paper, world.office.sekcam)))
    subject = embedded.signer_cert.subject.native
    assert subject == {
        "country_name": "ID",
        "organization_name": "Pemerintah Kabupaten Uji",
        "organizational_unit_name": "Kecamatan 416-317",
        "title": "Sekretaris Kecamatan",
        "common_name": world.office.sekcam.name,
    }


@pytest.mark.parametrize(
    ("name", "post"), [("Siti Aminah, S.E.", "Camat"), ("Nama " * 30, "Jabatan panjang " * 12)]
)
def test_the_stamp_says_who_when_and_that_it_is_not_certified(name, post):
    [page] = PdfReader(io.BytesIO(stamp.stamp_page(name, post, timezone.now()))).pages
    text = " ".join(page.extract_text().split())
    assert text.startswith("Ditandatangani secara elektronik oleh")
    assert "WIB" in text
    assert text.endswith("Tanda tangan elektronik tidak tersertifikasi.")
    assert "NIP" not in text
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
        (62 * 72 / 25.4, 19 * 72 / 25.4), abs=0.1
    )


def test_one_person_may_sign_twice(world):
    paper = issue_for_two(world.office, world.cycle, second=world.office.sekcam)
    for position in (1, 2):
        sign(paper, world.office.sekcam, position)
    assert [s.field_name for s in signatures_in(bytes_of(current_file(paper)))] == ["ttd-1", "ttd-2"]


# Who may, and when


def test_only_the_signer_signs(world):
    with pytest.raises(PermissionDenied):
        sign(world.paper, world.office.camat)


def test_the_second_waits_for_the_first(world):
    refused(world, "menunggu tanda tangan Sekretaris Kecamatan lebih dahulu", position=2)


def test_nobody_signs_twice_in_one_place(signed):
    refused(signed, "sudah ditandatangani hari ini")
    assert PaperSignature.objects.count() == 2


def test_a_withdrawn_paper_is_not_signed(world):
    voiding.void(world.paper, world.office.camat, "Nama penanda tangan keliru.")
    refused(world, "sudah dibatalkan")


def test_a_replaced_paper_is_not_signed(world):
    newer = issue(world.cycle, "brief", world.office.sekcam)
    refused(world, f"sudah digantikan oleh {newer.number}")


def test_a_signer_whose_appointment_ended_is_refused(world):
    Appointment.objects.filter(person=world.office.sekcam).update(
        ends=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(PermissionDenied):
        sign(world.paper, world.office.sekcam)


def test_a_file_that_was_changed_in_storage_is_not_signed(world):
    files.write_whole(paper_file(world.paper).path, boxes() + b" ")
    refused(world, "tidak sama dengan catatannya")


def test_a_paper_without_a_place_for_the_signature_is_refused(world):
    paper = issue(
        world.cycle, "brief", world.office.sekcam, pdf=stamp.stamp_page("Uji", "Uji", timezone.now())
    )
    with pytest.raises(SigningRefused, match="tidak mempunyai tempat tanda tangan"):
        sign(paper, world.office.sekcam)
