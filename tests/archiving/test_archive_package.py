"""The package of an archived cycle: a BagIt bag with everything in it, that follows when papers are signed later, whole or not there."""

import subprocess
import unicodedata

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement import archiving, files
from measurement.archiving import building
from measurement.archiving.bag_info import top_folder
from measurement.archiving.names import LONGEST_BYTES
from measurement.archiving.names import inside as clean
from measurement.models import ArchivePackage, Unit, VoidNumber
from tests.support.archives import (
    archived,
    inside,
    leftovers,
    names,
    packaged,
    sealed,
    told,
    unpack,
)
from tests.support.bags import opened, verdict
from tests.support.characters import fresh, office
from tests.support.pages import logged_in, words
from tests.support.racing import alone, at_once, own_database
from tests.support.sheets import PDF
from tests.support.signed_files import sign_paper

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def package(kecamatan) -> ArchivePackage:
    return kecamatan.once(packaged)


def test_the_package_is_a_valid_bag_for_whoever_opens_it(package, tmp_path):
    bag = unpack(package, tmp_path)
    assert verdict(bag) == ""
    assert (opened(bag).version_info, opened(bag).algorithms) == ((1, 0), ["sha256"])


def test_its_sums_can_be_checked_without_python(package, tmp_path):
    bag = unpack(package, tmp_path)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        # S603, S607: fixed command, no shell
        subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=bag, check=True)


def test_it_holds_papers_workbooks_evidence_and_data(package):
    held = names(package)
    assert sum(name.startswith("data/naskah/") for name in held) == 11
    assert {"data/kertas-kerja.xlsx", "data/rekap.xlsx", "data/formulir-e81.xlsx", "BACA-DULU.txt"} <= set(
        held
    )
    assert {
        f"data/data/{name}.json"
        for name in ("siklus", "baris", "anggaran", "riwayat", "jejak-audit", "naskah")
    } <= set(held)
    evidence = next(name for name in held if name.startswith("data/bukti/"))
    assert inside(package, evidence) == PDF


def test_it_says_what_it_is(package, tmp_path):
    cycle, info = package.cycle, opened(unpack(package, tmp_path)).info
    assert info["External-Identifier"] == cycle.papers.get(kind="laporan_hasil").number
    assert info["Source-Organization"] == f"{cycle.unit}, {cycle.unit.government}"
    assert info["Jejak-Audit-Terakhir"] == f"{cycle.audit.last().sequence}:{cycle.audit.last().digest}"
    assert (info["Klasifikasi"], info["Versi-Paket"]) == ("000.8.6.3", "1")


def test_it_tells_of_every_paper_with_its_file(package):
    papers = told(package)
    assert [paper["nomor"] for paper in papers] == [
        paper.number for paper in package.cycle.papers.order_by("pk")
    ]
    assert inside(package, f"data/{papers[0]['berkas']}") == f"%PDF-1.7 {papers[0]['nomor']}".encode()
    assert papers[-1]["penanda_tangan"][0]["cara"] == "manual"


def test_it_holds_no_account_data(package):
    people = inside(package, "data/data/pegawai.json").decode()
    assert "Sekcam416-317" in people
    assert "password" not in people
    assert "@" not in people


# Names


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a\x00b\u202efdp.exe",
        "x" * 300 + ".pdf",
        "c:\\a|b?*.pdf",
        "50%0D.pdf",
        "é" * 90 + ".xlsx",
        "",
        "..",
        "🙂" * 60,
    ],
)
def test_a_name_inside_is_one_clean_part_of_a_path(name):
    made = clean(name)
    assert made not in ("", ".", "..")
    assert not set(made) & set('/\\:*?"<>|%\x00\u202e')
    assert len(made.encode()) <= LONGEST_BYTES
    assert made == unicodedata.normalize("NFC", made)


def test_the_ending_of_a_long_name_stays():
    assert clean("x" * 300 + ".pdf").endswith("x.pdf")


def test_a_hostile_evidence_name_stays_in_its_folder(kecamatan, tmp_path):
    package = packaged(kecamatan, evidence_name="..\\..\\e\u0301vil%0A: *?.pdf")
    assert verdict(unpack(package, tmp_path)) == ""
    assert archiving.package_faults(package) == []


# Versions


def later(package: ArchivePackage) -> ArchivePackage:
    return archiving.build_package(package.cycle)


def test_a_package_that_holds_every_valid_file_is_given_again(package):
    assert later(package) == package
    assert ArchivePackage.objects.count() == 1


def test_a_paper_signed_after_archiving_makes_the_next_version(package, tmp_path):
    paper = package.cycle.papers.get(kind="berita_acara_arsip")
    signature = sign_paper(paper, b"%PDF-1.7 pindaian", 1)
    second = later(package)
    assert (second.version, told(second)[-1]["sha256"]) == (2, signature.sha256)
    assert opened(unpack(second, tmp_path)).info["Paket-Sebelumnya"] == f"versi 1, SHA-256 {package.sha256}"
    assert archiving.package_faults(package) == archiving.package_faults(second) == []


def test_a_signed_paper_is_there_as_it_was_issued_too(package):
    paper = package.cycle.papers.get(kind="berita_acara_arsip")
    sign_paper(paper, b"%PDF-1.7 pindaian", 1)
    issued = next(name for name in names(later(package)) if name.startswith("data/naskah/terbit/"))
    assert inside(later(package), issued) == f"%PDF-1.7 {paper.number}".encode()


def test_a_paper_that_was_withdrawn_makes_the_next_version(package, kecamatan):
    paper = package.cycle.papers.first()
    VoidNumber.objects.create(
        unit=paper.unit, year=paper.year, kind=paper.kind, sequence=paper.sequence, paper=paper, reason="Salah alamat.",
        voided_at=timezone.now(), voided_by=kecamatan.camat,
    )  # fmt: skip
    assert told(later(package))[0]["batal"] == "Salah alamat."


def test_a_package_whose_file_is_lost_is_made_again(package):
    files.absolute(package.path).unlink()
    assert later(package).version == 2


# The seal


def test_an_office_with_an_authority_seals_its_package(kecamatan, tmp_path):
    package = kecamatan.once(sealed)
    bag = unpack(package, tmp_path)
    assert verdict(bag) == ""
    command = "cat data/sertifikat/otoritas-*.pem > otoritas.pem && openssl cms -verify -binary -inform DER -purpose any -CAfile otoritas.pem"
    check = (
        f"{command} -in tanda-tangan/tagmanifest-sha256.p7s -content tagmanifest-sha256.txt -out /dev/null"
    )
    # S602, S607: the command that the note inside gives
    subprocess.run(check, shell=True, cwd=bag, check=True, capture_output=True)
    assert archiving.package_faults(package) == []


def test_an_office_without_one_says_that_there_is_no_seal(package):
    assert "TIDAK disegel" in inside(package, "BACA-DULU.txt").decode()
    assert not any(name.startswith("tanda-tangan/") for name in names(package))


# Whole or not at all


def test_a_lost_evidence_leaves_nothing_half_made(kecamatan):
    cycle = kecamatan.once(archived)
    upload = cycle.rows.first().evidence.get().file
    files.absolute(upload.path).unlink()
    with pytest.raises(archiving.PackageFailed):
        archiving.build_package(cycle)
    assert leftovers() == []
    assert not ArchivePackage.objects.exists()


def test_a_changed_paper_does_not_go_into_a_package(kecamatan):
    cycle = kecamatan.once(archived)
    files.write_whole(cycle.papers.first().file.path, b"%PDF lain")
    with pytest.raises(archiving.PackageFailed, match="differ"):
        archiving.build_package(cycle)


def test_a_full_disk_while_zipping_leaves_nothing(kecamatan, monkeypatch):
    cycle = kecamatan.once(archived)

    def full(bag, moment):
        bag.with_suffix(".zip").write_bytes(b"PK half")
        raise OSError("No space left on device")

    monkeypatch.setattr(building, "_zip", full)
    archiving.package_or_later(cycle)
    assert leftovers() == []


def test_stored_files_are_untouched_by_building(package):
    paper = package.cycle.papers.first()
    assert files.absolute(paper.file.path).read_bytes() == f"%PDF-1.7 {paper.number}".encode()


def test_three_who_build_at_once_get_the_same_package(transactional_db, tmp_path):
    with own_database(tmp_path):
        cycle = alone(lambda: archived(office()))

        def build(number):
            return archiving.build_package(type(cycle).objects.get(pk=cycle.pk)).path

        found = [results[0] for results in at_once(build, build, build, rounds=1)]
        assert alone(lambda: [package.path for package in ArchivePackage.objects.all()]) == list(set(found))
        assert alone(leftovers) == []


@pytest.mark.parametrize("code", ["416\\317", "416:317?", "../416", "416\n317", "416%317"])
def test_an_odd_unit_code_makes_a_name_that_every_system_can_hold(kecamatan, code):
    cycle = kecamatan.once(archived)
    Unit.objects.filter(pk=kecamatan.unit.pk).update(code=code)
    package = archiving.build_package(fresh(cycle))
    assert archiving.package_faults(package) == []
    top = top_folder(fresh(cycle), 1)
    assert top == clean(top)


def test_a_package_that_was_changed_is_not_served(kecamatan, package):
    path = files.absolute(package.path)
    path.write_bytes(path.read_bytes() + b"x")
    response = logged_in(kecamatan.camat).get(reverse("package", args=[package.cycle_id]), follow=True)
    assert "tidak lagi sama dengan yang diterbitkan" in words(response)
