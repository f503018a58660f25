"""Whoever keeps the archive checks that nothing in it has changed: every kind of tampering is really done, and named."""

import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command

from measurement import files
from measurement.models import JobRun, PaperFile, StoredFile
from tests.support.archives import packaged
from tests.support.database import sql, without

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def cycle(kecamatan):
    """An archived cycle with its package."""
    return kecamatan.once(packaged).cycle


def verify(**options) -> str:
    out = io.StringIO()
    call_command("verify_archive", stdout=out, **options)
    return out.getvalue()


def refused(sentence: str, **options):
    """A run that ends with an error saying this."""
    with pytest.raises(CommandError, match=sentence) as caught:
        verify(**options)
    return str(caught.value).splitlines()


def test_a_sound_archive_passes_and_tells_how_much_was_looked_at(cycle):
    said = verify()
    assert "Semuanya utuh." in said
    assert f"{cycle.papers.count()} naskah" in said
    assert "1 paket" in said
    assert "1 bukti" in said


def test_one_office_or_one_year_can_be_asked(cycle, kecamatan):
    files.absolute(cycle.papers.first().file.path).unlink()
    assert "0 nomor" in verify(year=2020, stderr=io.StringIO())
    refused("tidak ada", unit=kecamatan.unit.code, year=2026)
    refused("Unit dengan kode “x” tidak ada", unit="x")


# The trail


def test_an_audit_row_edited_in_the_database_is_named(cycle):
    without("fixed_auditentry_update")
    sql(
        "UPDATE measurement_auditentry SET data = %s WHERE cycle_id = %s AND sequence = 3",
        json.dumps({"note": "lain"}),
        cycle.pk,
    )
    refused("catatan 3 .* berubah")


def test_a_tail_cut_off_after_archiving_is_noticed_by_the_package_and_by_the_paper_it_told_of(cycle):
    """No paper prints the last entry: it tells of the last paper itself."""
    without("fixed_auditentry_delete")
    cycle.audit.filter(sequence=cycle.audit.count()).delete()
    paper, head, table = refused("jejak audit")
    assert "jejak audit tidak memuat penerbitan 000.8.6.3/1/BAA/416-317/2026" in paper
    assert head.startswith("arsip/")
    assert (
        "catatan data/jejak-audit.json di dalam paket tidak sama dengan basis data: 1 hilang dari basis data."
        in table
    )


def test_a_trail_that_is_gone_altogether_is_noticed(cycle):
    without("fixed_auditentry_delete")
    cycle.audit.all().delete()
    assert len(refused("jejak audit tidak memuat penerbitan")) > cycle.papers.count()


# Papers


def test_a_changed_paper_is_named(cycle):
    paper = cycle.papers.get(kind="laporan_hasil")
    files.write_whole(paper.file.path, b"%PDF lain")
    assert refused("berubah") == [f"{paper.number}: berkas naskah berubah (SHA-256 berbeda)."]


def test_a_missing_paper_is_named(cycle):
    paper = cycle.papers.first()
    files.absolute(paper.file.path).unlink()
    refused(f"{paper.number}: berkas naskah tidak ada")


def test_a_paper_swapped_together_with_its_record_is_known_by_the_package(cycle):
    paper = cycle.papers.get(kind="laporan_hasil")
    files.write_whole(paper.file.path, b"%PDF lain")
    without("fixed_paperfile_update")
    PaperFile.objects.filter(paper=paper).update(sha256=hashlib.sha256(b"%PDF lain").hexdigest())
    refused(f"{paper.number} di dalam paket tidak sama dengan catatannya")


def test_a_record_of_a_file_that_was_deleted_is_missed(cycle):
    without("fixed_paperfile_delete")
    paper = cycle.papers.first()
    PaperFile.objects.filter(paper=paper).delete()
    refused(f"{paper.number}: berkas naskah belum dibuat atau catatannya hilang")


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", "000/99/2026"), ("title", "Judul lain"), ("content", '{"number": "lain"}')],
)
def test_a_paper_edited_in_the_database_is_named(cycle, field, value):
    without("fixed_paper_update")
    sql(f"UPDATE measurement_paper SET {field} = %s WHERE id = %s", value, cycle.papers.first().pk)
    refused("tidak sama dengan")


def test_a_path_out_of_the_media_folder_is_a_missing_file(cycle):
    without("fixed_paperfile_update")
    PaperFile.objects.filter(paper=cycle.papers.first()).update(path="../../etc/passwd")
    refused("berkas naskah tidak ada")


def test_a_changed_attachment_is_named(cycle):
    paper = cycle.papers.get(kind="laporan_hasil")
    attachment = paper.content["attachments"][0]
    files.write_whole(attachment["path"], b"lain")
    refused(f"{paper.number}: lampiran {attachment['name']} berubah")


def test_changed_evidence_is_named(cycle):
    upload = StoredFile.objects.get(pk=cycle.rows.first().evidence.get().file_id)
    files.write_whole(upload.path, b"%PDF lain")
    refused(f"bukti {upload.path} berubah")


# What a run covers


def test_an_empty_database_proves_nothing_and_says_so(db):
    told = io.StringIO()
    answer = verify(stderr=told)
    assert "Diperiksa: belum ada siklus." in answer
    assert "Semuanya utuh" not in answer
    assert "tidak ada siklus yang diperiksa" in told.getvalue()


def test_a_run_is_noted_with_how_it_ended(cycle):
    verify()
    assert JobRun.objects.get(name="verify_archive").succeeded
    files.absolute(cycle.papers.first().file.path).unlink()
    refused("tidak ada")
    assert not JobRun.objects.get(name="verify_archive").succeeded


@pytest.mark.parametrize(("since", "found"), [("1d", True), ("2099-01-01", False)])
def test_only_cycles_of_late_can_be_asked(cycle, since, found):
    assert (str(cycle) in verify(since=since, stderr=io.StringIO())) is found


@pytest.mark.parametrize("since", ["kemarin", "0d", "7"])
def test_a_wrong_date_is_refused(db, since):
    refused("--since menerima", since=since)
