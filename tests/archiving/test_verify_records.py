"""Rows of the database that were changed, taken away or smuggled in, triggers taken off, are noticed; and one bad row hides no other."""

import hashlib
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from measurement import files, papers
from measurement.archiving.records import SCHEDULE
from measurement.archiving.records_check import record_disagreements
from measurement.doors import attachments, voiding
from measurement.models import (
    ArchivePackage,
    Evidence,
    MeasurementCycle,
    Meeting,
    NumberCounter,
    Paper,
    PaperFile,
    PaperSigner,
    Person,
    StoredFile,
    VoidNumber,
    triggers,
)
from measurement.papers.text import searchable
from measurement.record import audit
from measurement.rules.sop import STEP_BY_KEY, Output
from tests.support.archives import packaged, unpack
from tests.support.characters import cycle_at, fresh
from tests.support.database import sql, without
from tests.support.sheets import PDF, upload

INSIDE = "di dalam paket tidak sama dengan basis data"


pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def cycle(kecamatan) -> MeasurementCycle:
    """An archived cycle with its package, in a database whose triggers somebody took away."""
    found = kecamatan.once(packaged).cycle
    assert verify() == ""
    for trigger in triggers.TRIGGERS:
        without(trigger.name)
    return fresh(found)


def verify() -> str:
    """What is said to be wrong; "" for nothing."""
    try:
        call_command("verify_archive", stdout=io.StringIO())
    except CommandError as found:
        return str(found)
    return ""


def notulen(cycle):
    return cycle.papers.filter(kind=Output.NOTULEN)


def one_signer(cycle):
    return PaperSigner.objects.filter(paper=cycle.papers.get(kind=Output.LAPORAN))


def void_number(paper: Paper, person: Person) -> VoidNumber:
    return VoidNumber.objects.create(
        paper=paper, unit_id=paper.unit_id, year=paper.year, kind=paper.kind, sequence=paper.sequence, reason="Salah nama.",
        voided_at=timezone.now(), voided_by=person,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda cycle: cycle.rows.update(realised=99), f"catatan data/baris.json {INSIDE}: 2 berubah."),
        (lambda cycle: cycle.rows.update(analysis="Lain."), "data/baris.json"),
        (lambda cycle: cycle.nodes.update(spent=1), "data/anggaran.json"),
        (lambda cycle: MeasurementCycle.objects.filter(pk=cycle.pk).update(conclusion="Lain."), "data/siklus.json"),
        (lambda cycle: MeasurementCycle.objects.filter(pk=cycle.pk).update(state="laporan"), "data/siklus.json"),
        (lambda cycle: Meeting.objects.update(decisions="Lain."), "data/rapat.json"),
        (lambda cycle: cycle.schedule.update(date="2001-01-01"), "data/jadwal.json"),
        (lambda cycle: cycle.schedule.filter(step="archive").update(step="order"), "data/jadwal.json"),
        (lambda cycle: cycle.reference_documents.update(explanation="Lain."), "data/rujukan.json"),
        (lambda cycle: cycle.stays.update(note="Lain."), "data/riwayat.json"),
        (lambda cycle: cycle.stays.first().delete(), f"data/riwayat.json {INSIDE}: 1 hilang dari basis data."),
        (lambda cycle: Evidence.objects.update(name="lain.pdf"), f"data/bukti.json {INSIDE}: 1 berubah."),
        (lambda cycle: Evidence.objects.all().delete(), "bukti bukti.pdf tercatat pada jejak audit, tetapi hilang atau diganti."),
        (lambda cycle: audit.record(cycle, None, "archive"), f"data/jejak-audit.json {INSIDE}: 1 bertambah."),
        (lambda cycle: notulen(cycle).update(issued_at=timezone.now()), "di dalam paket tidak sama dengan catatannya"),
        (lambda cycle: notulen(cycle).update(replaces=cycle.papers.first()), "naskah yang digantikan tidak sama dengan isinya"),
        (lambda cycle: notulen(cycle).update(words=""), "kata-kata untuk pencarian tidak sama dengan isi naskah"),
        (lambda cycle: notulen(cycle).update(issued_by=cycle.rows.first().owner), "jejak audit menyebut penerbit .*/NTL/.* yang lain"),
        (lambda cycle: one_signer(cycle).delete(), "penanda tangan tidak sama dengan yang tercantum"),
        (lambda cycle: one_signer(cycle).update(method="bsre"), "penanda tangan tidak sama dengan yang tercantum"),
        (lambda cycle: one_signer(cycle).update(title="Bupati"), "penanda tangan tidak sama dengan yang tercantum"),
        (lambda cycle: one_signer(cycle).update(person=cycle.rows.first().owner), "penanda tangan tidak sama dengan yang tercantum"),
        (lambda cycle: void_number(cycle.papers.first(), cycle.rows.first().owner), "pembatalan .* tidak sama pada jejak audit"),
        (lambda cycle: ArchivePackage.objects.all().delete(), "paket arsip belum disusun atau catatannya hilang"),
        (lambda cycle: ArchivePackage.objects.update(version=2), "paket arsip versi 1 hilang"),
    ],
)  # fmt: skip
def test_a_row_changed_after_archiving_is_noticed(cycle, change, sentence):
    change(cycle)
    assert re.search(sentence, verify())


def test_the_last_paper_taken_out_with_its_number_is_missed(cycle):
    """The register alone can't tell: its counter was set back as well."""
    paper = cycle.papers.last()
    PaperSigner.objects.filter(paper=paper).delete()
    PaperFile.objects.filter(paper=paper).delete()
    NumberCounter.objects.filter(kind=paper.kind).update(last=0)
    paper.delete()
    said = verify()
    assert f"{paper.number} tercatat diterbitkan pada jejak audit, tetapi naskahnya hilang." in said
    assert f"{paper.number} di dalam paket tidak ada lagi di basis data." in said


def test_a_package_swapped_with_its_record_is_known_by_the_next_one(cycle):
    first = cycle.packages.get()
    ArchivePackage.objects.create(
        cycle=cycle, version=2, path="arsip/lain.zip", sha256=first.sha256, size=1, made_at=timezone.now()
    )
    files.write_whole("arsip/lain.zip", files.absolute(first.path).read_bytes())
    assert verify() == "arsip/lain.zip: paket sebelumnya bukan lagi yang tercantum pada paket ini."


@pytest.mark.parametrize(
    "content", ["[]", '{"attachments": [{"x": 1}]}', '{"signatory": {"anchor": "ttd-1"}}', "null"]
)
def test_a_row_that_cannot_be_read_hides_no_other_fault(cycle, content):
    sql("UPDATE measurement_paper SET content = %s WHERE id = %s", content, cycle.papers.first().pk)
    cycle.rows.update(realised=99)
    said = verify()
    assert "sebagian pemeriksaan terlewat" in said
    assert len(said.splitlines()) > 1


def test_an_entry_of_the_trail_that_cannot_be_read_is_a_fault_and_no_crash(cycle):
    sql("UPDATE measurement_auditentry SET data = %s WHERE sequence = 3", json.dumps([]))
    assert "catatan 3" in verify()


# Before the archive


@pytest.fixture
def under_way(kecamatan) -> MeasurementCycle:
    found = cycle_at(kecamatan, "report")
    papers.render_pending(found)
    return found


def test_a_withdrawal_stands_in_trail_and_register(kecamatan, under_way):
    paper = under_way.papers.last()
    voiding.void(paper, kecamatan.tim, "Judul kolom keliru.", again=True)
    papers.render_pending(under_way)
    assert verify() == ""
    without("fixed_voidnumber_update")
    VoidNumber.objects.update(reason="Alasan yang lain sama sekali.")
    assert (
        verify() == f"{under_way}: pembatalan {paper.number} tidak sama pada jejak audit dan pada buku nomor."
    )
    without("fixed_voidnumber_delete")
    VoidNumber.objects.all().delete()
    assert "pembatalan" in verify()


def test_content_rewritten_before_the_archive_is_known_by_the_trail(under_way):
    """Together with the words to search for, and with no signature and no package yet that could tell."""
    without("fixed_paper_update")
    paper = notulen(under_way).get()
    content = paper.content | {"period": "Triwulan IV 2026"}
    Paper.objects.filter(pk=paper.pk).update(content=content, words=searchable(content))
    assert verify() == f"{under_way}: isi {paper.number} bukan lagi yang tercatat pada jejak audit."


def test_a_cycle_without_package_is_no_fault_before_the_archive(under_way):
    assert verify() == ""


def test_a_correction_with_carried_evidence_has_no_faults(kecamatan):
    """Also after another file of the same name was put beside it."""
    kecamatan.once(packaged)
    correction = cycle_at(kecamatan, "measure")
    carried = Evidence.objects.get(row__cycle=correction)
    added = attachments.attach(correction.pk, kecamatan.asn, carried.row_id, upload("bukti.pdf", PDF + b"\n"))
    papers.render_pending(correction)
    assert correction.amends_id
    assert verify() == ""
    attachments.detach(correction.pk, kecamatan.asn, added.pk)
    assert verify() == ""


def test_evidence_swapped_before_the_archive_is_known_by_the_trail(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    evidence = attachments.attach(cycle.pk, kecamatan.asn, cycle.rows.first().pk, upload("bukti.pdf", PDF))
    papers.render_pending(cycle)
    assert verify() == ""
    files.write_whole("unit-1/lain.pdf", b"%PDF lain")
    digest = hashlib.sha256(b"%PDF lain").hexdigest()
    other = StoredFile.objects.create(
        unit=cycle.unit, sha256=digest, size=9, kind="pdf", path="unit-1/lain.pdf"
    )
    Evidence.objects.filter(pk=evidence.pk).update(file=other)
    assert verify() == f"{cycle}: bukti bukti.pdf tercatat pada jejak audit, tetapi hilang atau diganti."


def test_a_package_from_before_steps_were_named_by_key_still_speaks_of_the_schedule(cycle, tmp_path):
    bag = unpack(cycle.packages.get(), tmp_path)
    rows = json.loads((bag / "data" / SCHEDULE).read_bytes())
    older = [row | {"number": STEP_BY_KEY[row.pop("step")].number} for row in rows]
    (bag / "data" / SCHEDULE).write_text(json.dumps(older))
    assert list(record_disagreements(cycle.packages.get(), bag)) == []
    cycle.schedule.filter(step="archive").update(step="order")
    assert list(record_disagreements(cycle.packages.get(), bag)) == [
        f"catatan {SCHEDULE} {INSIDE}: 1 berubah."
    ]
