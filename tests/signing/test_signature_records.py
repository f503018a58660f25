"""What is kept of a signature: its entry in the trail, its file, and no secret."""

import pytest
from django.utils import timezone
from django.views.debug import ExceptionReporter

from measurement import files
from measurement.doors import paper_signing
from measurement.models import AuditEntry, PaperSignature, PaperSigner
from measurement.papers.issue import current_file
from measurement.record import audit
from measurement.signing.interface import Signed, SigningRefused, SigningRequest
from tests.support.characters import open_cycle, walk
from tests.support.racing import alone, at_once, own_database
from tests.support.signing_office import (
    PIN,
    report_for_two,
    sign,
    signer_of,
)


@pytest.fixture(autouse=True)
def quick(one_stamp_for_all, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world(db):
    return report_for_two()


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
        world = alone(report_for_two)
        results = at_once(*[lambda _: sign(world.paper, world.office.sekcam)] * 3, rounds=1)
        kept = alone(lambda: [signature.path for signature in PaperSignature.objects.all()])
    found = [result for [result] in results]
    assert sum(isinstance(result, PaperSignature) for result in found) == 1
    assert sum(isinstance(result, SigningRefused) for result in found) == 2
    assert [path.name for path in files.absolute(f"naskah/{world.office.unit.pk}").rglob("*-ttd-*")] == [
        kept[0].rsplit("/", 1)[1]
    ]
