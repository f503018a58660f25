"""Signing with the office's own keys: what stands in the file, who may, whose turn, and what is kept."""

import io
import random
import shutil
import subprocess
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.views.debug import ExceptionReporter
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pypdf import PdfReader

from measurement import files
from measurement.doors import paper_signing, voiding
from measurement.models import Appointment, AuditEntry, PaperSignature, PaperSigner
from measurement.papers.issue import current_file, paper_file
from measurement.record import audit
from measurement.signing import inspection, stamp
from measurement.signing.interface import Signed, SigningRefused, SigningRequest
from tests.support.characters import office, open_cycle, walk
from tests.support.racing import alone, at_once, own_database
from tests.support.signing_office import (
    PIN,
    boxes,
    bytes_of,
    give_key,
    issue,
    issue_for_two,
    make_authority,
    one_stamp,
    sign,
    signatures_in,
    signer_of,
)


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings, tmp_path):
    """One stamp for all, and a folder of its own for the files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr("measurement.signing.local.stamp_page", lambda *args: one_stamp())


def build() -> SimpleNamespace:
    """A report that waits for the Sekcam and then the Camat, who have keys."""
    made = office()
    make_authority(made)
    for person in (made.sekcam, made.camat):
        give_key(person, made)
    cycle = open_cycle(made)
    return SimpleNamespace(office=made, cycle=cycle, paper=issue_for_two(made, cycle))


@pytest.fixture
def world(db):
    return build()


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


# What is kept


def test_a_signature_is_in_the_trail_while_the_cycle_is_open(world):
    signature = sign(world.paper, world.office.sekcam)
    entry = AuditEntry.objects.get(cycle=world.cycle, action="sign")
    assert (entry.actor, entry.data["paper"], entry.data["sha256"]) == (
        world.office.sekcam,
        world.paper.number,
        signature.sha256,
    )
    assert audit.trail_faults(world.cycle) == []


def test_a_paper_of_an_archived_cycle_can_still_be_signed(kecamatan):
    cycle = walk(kecamatan, open_cycle(kecamatan))
    signer = PaperSigner.objects.get(paper__cycle=cycle, paper__kind="berita_acara_arsip", position=1)
    before = cycle.audit.count()
    paper_signing.record_signature(
        SigningRequest(signer, signer.person, b"", timezone.now()), Signed(b"%PDF-uji")
    )
    assert current_file(signer.paper).path == signer.signature.path
    assert cycle.audit.count() == before


def test_a_refused_record_leaves_no_file(world, monkeypatch):
    def fails(*args, **data):
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError):
        sign(world.paper, world.office.sekcam)
    assert list(files.absolute(f"naskah/{world.office.unit.pk}").rglob("*-ttd-*")) == []
    assert not PaperSignature.objects.exists()


def test_no_report_of_a_failure_shows_the_pin(world, monkeypatch, rf, settings):
    settings.DEBUG = False
    monkeypatch.setattr("measurement.signing.local.stamp_page", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError) as caught:
        sign(world.paper, world.office.sekcam)
    frames = ExceptionReporter(rf.post("/"), caught.type, caught.value, caught.tb).get_traceback_frames()
    ours = [
        str(frame["vars"])
        for frame in frames
        if "/measurement/" in frame["filename"] or "/django/" in frame["filename"]
    ]
    assert len(ours) >= 4
    assert not [text for text in ours if PIN in text]


def test_a_request_does_not_print_its_secrets(world):
    request = SigningRequest(
        signer_of(world.paper),
        world.office.sekcam,
        b"",
        timezone.now(),
        PIN,
        "3516010101700001",
        b"isi berkas",
    )
    assert not any(secret in repr(request) for secret in (PIN, "3516010101700001", "isi berkas"))


def test_of_two_at_once_one_signs(transactional_db, tmp_path):
    with own_database(tmp_path):
        world = alone(build)
        results = at_once(*[lambda _: sign(world.paper, world.office.sekcam)] * 3, rounds=1)
        kept = alone(lambda: [signature.path for signature in PaperSignature.objects.all()])
    found = [result for [result] in results]
    assert sum(isinstance(result, PaperSignature) for result in found) == 1
    assert sum(isinstance(result, SigningRefused) for result in found) == 2
    assert [path.name for path in files.absolute(f"naskah/{world.office.unit.pk}").rglob("*-ttd-*")] == [
        kept[0].rsplit("/", 1)[1]
    ]
