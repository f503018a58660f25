"""After a crash: files that no record names, half-written ones, imports that nobody applied, and records whose file is gone."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from measurement import files, papers
from measurement.doors import attachments
from measurement.files.sweeping import WITH_PATH, named_paths, sweep
from measurement.models import ArchivePackage, LongWork, StoredFile
from measurement.papers import render
from measurement.papers.kind import Attachment
from tests.support.archives import archived
from tests.support.characters import open_cycle
from tests.support.sheets import first_row, upload

WRITER = """
import os, sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
from measurement import files
settings.MEDIA_ROOT = Path(sys.argv[1])
os.fsync = lambda handle: (print("menulis", flush=True), time.sleep(60))
files.write_whole("naskah/1/2026/naskah.pdf", b"x" * 100_000)
"""


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def left(media: Path, name: str, age: timedelta) -> Path:
    """A file that somebody or something left in the media folder some time ago."""
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    return aged(path, age)


def aged(path: Path, age: timedelta) -> Path:
    moment = (timezone.now() - age).timestamp()
    os.utime(path, (moment, moment))
    return path


def swept(*options: str) -> str:
    """What the command says is wrong; "" if nothing is."""
    try:
        call_command("sweep_files", *options)
    except CommandError as found:
        return str(found)
    return ""


def test_an_office_with_everything_is_clean(quick_papers, kecamatan, settings, capsys):
    archived(kecamatan)
    for path in settings.MEDIA_ROOT.rglob("*"):
        aged(path, timedelta(days=400))
    assert swept() == ""
    assert "setiap catatan ada berkasnya" in capsys.readouterr().out


def test_every_kind_of_record_names_its_file(quick_papers, kecamatan, monkeypatch, tmp_path):
    """Each file in turn is taken away, and missed."""
    kind = papers.KINDS["laporan_hasil"]
    monkeypatch.setitem(papers.KINDS, "laporan_hasil", _with_attachment(kind))
    cycle = archived(kecamatan)
    paper = cycle.papers.get(kind="laporan_hasil")
    from_records = {
        StoredFile.objects.first().path,
        paper.file.path,
        paper.content["attachments"][0]["path"],
        *ArchivePackage.objects.values_list("path", flat=True),
    }
    for path in from_records:
        files.absolute(path).rename(tmp_path / "sementara")
        assert f"{path}: catatannya ada, tetapi berkasnya hilang" in swept()
        (tmp_path / "sementara").rename(files.absolute(path))
    assert swept() == ""


def _with_attachment(kind):
    return type(kind)(
        **{**vars(kind), "attach": lambda cycle, actor: [Attachment("angka.csv", "Angka", b"1;2")]}
    )


def test_every_table_with_paths_is_asked(db, django_assert_num_queries):
    with_paths = [
        model
        for model in apps.get_app_config("measurement").get_models()
        if "path" in {f.name for f in model._meta.fields}
    ]
    # what long work made is kept for a day and forgotten with its record
    assert set(with_paths) - {LongWork} == set(WITH_PATH)
    with django_assert_num_queries(len(WITH_PATH) + 1):  # and the attachments in the content of papers
        assert list(named_paths()) == []


@pytest.mark.parametrize(
    "name", ["naskah/1/2026/x.pdf", "lampiran/1/ab.xlsx", "unit-1/ab/abc.pdf", "arsip/1/2026/siklus-1.zip"]
)
def test_a_file_that_no_record_names_is_reported_and_kept(db, media, name):
    path = left(media, name, timedelta(hours=2))
    assert f"{name}: berkas ini tidak dicatat di mana pun" in swept()
    assert name in swept("--delete")
    assert path.exists()


def test_what_is_under_way_is_left_alone(db, media):
    for name in (
        "naskah/1/2026/x.pdf",
        "naskah/1/2026/.sementara-ab",
        "arsip/1/.susun-ab/x/y.pdf",
        "impor/rencana.xlsx",
    ):
        left(media, name, timedelta(minutes=50))
    assert swept("--delete") == ""
    assert len([path for path in media.rglob("*") if path.is_file()]) == 4


def test_half_written_files_are_reported_and_deleted_on_demand(db, media):
    path = left(media, "naskah/1/2026/.sementara-ab12", timedelta(hours=2))
    assert "naskah/1/2026/.sementara-ab12: berkas sementara" in swept()
    assert path.exists()
    assert swept("--delete") == ""
    assert not path.exists()


def test_a_workshop_of_a_package_goes_as_a_whole(db, media):
    left(media, "arsip/1/2026/.susun-ab/paket/data/x.pdf", timedelta(hours=2))
    aged(media / "arsip/1/2026/.susun-ab", timedelta(hours=2))
    assert swept().splitlines() == ["arsip/1/2026/.susun-ab: berkas sementara dari proses yang terhenti."]
    assert swept("--delete") == ""
    assert list((media / "arsip/1/2026").iterdir()) == []


def test_what_a_killed_check_of_a_package_unpacked_goes_as_a_whole(db, media):
    left(media, "arsip/.periksa-ab/paket/data/x.pdf", timedelta(hours=2))
    aged(media / "arsip/.periksa-ab", timedelta(hours=2))
    assert swept().splitlines() == ["arsip/.periksa-ab: berkas sementara dari proses yang terhenti."]
    assert swept("--delete") == ""
    assert list((media / "arsip").iterdir()) == []


def test_imports_that_nobody_applied_go_after_a_day(db, media):
    left(media, "impor/lama.xlsx", timedelta(days=2))
    left(media, "impor/baru.xlsx", timedelta(hours=23))
    assert swept() == "impor/lama.xlsx: berkas impor yang tidak pernah diterapkan."
    assert swept("--delete") == ""
    assert [path.name for path in (media / "impor").iterdir()] == ["baru.xlsx"]


def test_other_things_in_the_folder_are_not_ours(db, media):
    left(media, "static/css/sakip.css", timedelta(days=9))
    left(media, "lost+found/x", timedelta(days=9))
    assert swept() == ""


def test_a_folder_that_is_not_there_yet_is_no_fault(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "belum-ada"
    assert swept() == ""


def test_evidence_that_was_taken_off_is_still_named(measuring_office, media):
    row = first_row(measuring_office)
    evidence = attachments.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, upload())
    attachments.detach(measuring_office.cycle.pk, measuring_office.asn, evidence.pk)
    aged(files.absolute(StoredFile.objects.get().path), timedelta(days=30))
    assert swept() == ""


def test_a_paper_whose_record_was_lost_is_found_and_heals(kecamatan, monkeypatch, media):
    """Killed between file and record: the sweep reports the orphan, and the next request makes file and record anew."""
    monkeypatch.setattr(render, "render_pdf", lambda kind, content: b"%PDF-1.7 naskah")
    paper = open_cycle(kecamatan).papers.get()
    orphan = f"naskah/{paper.unit_id}/{paper.year}/{paper.kind}-{paper.sequence}.pdf"
    left(media, orphan, timedelta(hours=2))
    assert sweep().unnamed == [orphan]
    papers.render_pending(paper.cycle)
    assert sweep().sentences == []


def test_a_process_killed_while_writing_leaves_no_half_file_behind_its_name(db, media):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "sakip.test_settings"}
    command = [sys.executable, "-c", WRITER, str(media)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "menulis\n"
        writer.send_signal(signal.SIGKILL)
    folder = media / "naskah/1/2026"
    [remains] = folder.iterdir()
    assert not (folder / "naskah.pdf").exists()
    assert swept() == ""
    aged(remains, timedelta(hours=2))
    assert "proses yang terhenti" in swept()
    assert swept("--delete") == ""
