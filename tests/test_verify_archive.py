"""Whoever keeps the archive checks that nothing in it has changed."""

import zipfile

import pytest
from django.core.management import CommandError, call_command

from measurement import archiving, documents, files, workflow
from measurement.documents import render as renderer
from measurement.models import MeasurementCycle

from .characters import cycle_at, prepare


@pytest.fixture
def archived(kecamatan, monkeypatch) -> MeasurementCycle:
    """An archived cycle with its package; papers are made of a few bytes."""
    monkeypatch.setattr(renderer, "render_pdf", lambda kind, content: f"%PDF {content['number']}".encode())
    cycle = cycle_at(kecamatan, "archive")
    prepare(kecamatan, cycle)
    documents.render_pending(cycle)
    cycle = workflow.perform(cycle, "archive", kecamatan.tim)
    archiving.package(cycle)
    return cycle


def verify() -> None:
    call_command("verify_archive")


def test_a_sound_archive_passes(archived, capsys):
    verify()
    assert "utuh" in capsys.readouterr().out


def test_the_package_holds_everything_and_its_manifest(archived):
    with zipfile.ZipFile(files.absolute(archived.packages.get().path)) as package:
        names = package.namelist()
    assert sum(name.startswith("naskah/") for name in names) == 11
    assert {"kertas-kerja.xlsx", "rekap.xlsx", "data/baris.json", "data/jejak-audit.json", archiving.MANIFEST} <= set(names)


def test_a_changed_paper_is_named(archived):
    paper = archived.papers.get(kind="laporan_hasil")
    files.write_whole(paper.file.path, b"%PDF lain")
    with pytest.raises(CommandError, match=paper.number):
        verify()


def test_a_missing_paper_is_named(archived):
    files.absolute(archived.papers.first().file.path).unlink()
    with pytest.raises(CommandError, match="tidak ada"):
        verify()


def test_one_changed_byte_of_the_package_is_noticed(archived):
    path = files.absolute(archived.packages.get().path)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(CommandError, match="SHA-256 paket berubah"):
        verify()
