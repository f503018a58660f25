"""A year of an office is written for handing over: packages, a csv for SRIKANDI, sums; all of it or nothing."""

import csv
import io
import subprocess

import pytest
from django.core.management import CommandError, call_command

from measurement import archiving, files
from measurement.archiving import handover
from measurement.models import MeasurementCycle, Paper, RetentionClass
from tests.support.archives import archived
from tests.support.characters import Office, open_cycle
from tests.support.database import without
from tests.support.signed_files import sign_paper

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def cycle(kecamatan) -> MeasurementCycle:
    return kecamatan.once(_archived_under_a_class)


def _archived_under_a_class(made: Office) -> MeasurementCycle:
    RetentionClass.objects.create(
        code="000.8.6.3", name="Akuntabilitas", active_years=2, inactive_years=3, fate="Musnah", source="uji"
    )
    return archived(made)


def export(code: str, year: int, folder) -> str:
    out = io.StringIO()
    call_command("export_archive", code, year, folder, stdout=out)
    return out.getvalue()


def lines(folder) -> list[dict]:
    """The csv as a spreadsheet program reads it."""
    text = (folder / "metadata-srikandi.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_year_is_written_with_its_sums(cycle, tmp_path):
    said = export(cycle.unit.code, 2026, tmp_path / "serah")
    assert sorted(path.name for path in (tmp_path / "serah").iterdir()) == [
        "SHA256SUMS",
        "arsip-416-317-2026-tw1-siklus1-v1.zip".replace("siklus1", f"siklus{cycle.pk}"),
        "metadata-srikandi.csv",
    ]
    # S603, S607: fixed command, no shell
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=tmp_path / "serah", check=True)
    assert "1 paket, 11 naskah" in said


def test_every_paper_has_its_line(cycle, tmp_path):
    export(cycle.unit.code, 2026, tmp_path / "serah")
    found = lines(tmp_path / "serah")
    assert [line["Nomor naskah"] for line in found] == [paper.number for paper in cycle.papers.order_by("pk")]
    report = next(line for line in found if "/LHP/" in line["Nomor naskah"])
    assert report["SHA-256"] == cycle.papers.get(kind="laporan_hasil").file.sha256
    assert report["Penanda tangan"] == "Sekretaris Kecamatan; Camat"
    closed = cycle.stays.latest("left_at").left_at.year
    assert (report["Retensi aktif s.d."], report["Retensi inaktif s.d."]) == (
        f"{closed + 2}-12-31",
        f"{closed + 5}-12-31",
    )
    assert (report["Nasib akhir"], report["Lokasi simpan"]) == ("Musnah", cycle.storage_location)
    assert report["Tingkat perkembangan"] == "Belum ditandatangani lengkap"


def test_a_paper_that_all_have_signed_is_an_original(cycle, tmp_path):
    sign_paper(cycle.papers.first(), b"%PDF-1.7 pindaian", 1)
    export(cycle.unit.code, 2026, tmp_path / "serah")
    assert lines(tmp_path / "serah")[0]["Tingkat perkembangan"] == "Asli"


def test_the_newest_version_of_a_package_is_handed_over(cycle, tmp_path):
    archiving.build_package(cycle)
    sign_paper(cycle.papers.last(), b"%PDF-1.7 pindaian", 1)
    export(cycle.unit.code, 2026, tmp_path / "serah")
    assert [path.name[-6:] for path in (tmp_path / "serah").glob("*.zip")] == ["v2.zip"]


def test_a_text_that_looks_like_a_formula_stays_text(cycle, tmp_path):
    without("fixed_paper_update")
    Paper.objects.filter(pk=cycle.papers.first().pk).update(title='=HYPERLINK("http://contoh")')
    export(cycle.unit.code, 2026, tmp_path / "serah")
    assert lines(tmp_path / "serah")[0]["Hal"].startswith("'=")


def test_cycles_under_way_are_named(cycle, kecamatan, tmp_path):
    open_cycle(kecamatan, 2)
    assert "Pengukuran TW II 2026 belum diarsipkan" in export(cycle.unit.code, 2026, tmp_path / "serah")


def test_only_that_office_is_handed_over(cycle, neighbour, tmp_path):
    with pytest.raises(CommandError, match="belum mempunyai siklus"):
        export(neighbour.unit.code, 2026, tmp_path / "serah")


# All or nothing


def refused(sentence: str, code: str, year: int, folder) -> None:
    """The command refuses, and nothing is written that was not there."""
    before = sorted(str(path) for path in folder.parent.iterdir())
    with pytest.raises(CommandError, match=sentence):
        export(code, year, folder)
    assert sorted(str(path) for path in folder.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("code", "year", "sentence"),
    [("000-000", 2026, "tidak ada"), ("416-317", 2020, "belum mempunyai siklus tahun 2020")],
)
def test_an_unknown_office_or_year_is_refused(kecamatan, tmp_path, code, year, sentence):
    refused(sentence, code, year, tmp_path / "serah")


def test_a_folder_with_something_in_it_is_refused(cycle, tmp_path):
    (tmp_path / "serah").mkdir()
    (tmp_path / "serah/penting.txt").write_text("jangan ditimpa")
    refused("tidak kosong", cycle.unit.code, 2026, tmp_path / "serah")


def test_an_empty_folder_will_do(cycle, tmp_path):
    (tmp_path / "serah").mkdir()
    export(cycle.unit.code, 2026, tmp_path / "serah")
    assert (tmp_path / "serah/SHA256SUMS").is_file()


def test_a_folder_nowhere_is_refused(kecamatan, tmp_path):
    with pytest.raises(CommandError, match="tidak ada"):
        export("416-317", 2026, tmp_path / "tidak/ada")


def test_a_damaged_package_is_not_handed_over(cycle, tmp_path):
    package = archiving.build_package(cycle)
    path = files.absolute(package.path)
    content = bytearray(path.read_bytes())
    content[100] ^= 1  # in the first file: without its directory the next version would be made
    path.write_bytes(content)
    with pytest.raises(CommandError):
        export(cycle.unit.code, 2026, tmp_path / "serah")
    assert not (tmp_path / "serah").exists()


def test_a_failure_in_the_middle_leaves_nothing(cycle, tmp_path, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    archiving.build_package(cycle)
    monkeypatch.setattr(handover, "_write", full)
    refused("Folder tujuan tidak diubah", cycle.unit.code, 2026, tmp_path / "serah")
