"""A package that was tampered with is named, however clever; a hostile one does no harm."""

import hashlib
import shutil
import zipfile

import pytest
from django.utils import timezone

from measurement import archiving, files
from measurement.archiving import reading
from measurement.models import ArchivePackage
from measurement.signing import authority
from tests.support import archives
from tests.support.archives import leftovers, packaged, unpack
from tests.support.bags import make_whole
from tests.support.database import without

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def package(kecamatan) -> ArchivePackage:
    return kecamatan.once(packaged)


def replace(package: ArchivePackage, content: bytes) -> ArchivePackage:
    """The file and its record, as somebody with the server in hand could."""
    without("fixed_archivepackage_update")
    files.write_whole(package.path, content)
    ArchivePackage.objects.filter(pk=package.pk).update(sha256=hashlib.sha256(content).hexdigest())
    return ArchivePackage.objects.get(pk=package.pk)


def rezipped(package: ArchivePackage, tmp_path, change) -> ArchivePackage:
    """Unpacked, changed, and packed again, with the record changed to match."""
    bag = unpack(package, tmp_path)
    change(bag)
    place = tmp_path / "dibuka"
    entries = {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    return replace(package, zip_of(tmp_path / "lagi.zip", **entries))


def zip_of(path, **entries: bytes) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path.read_bytes()


def test_a_sound_package_has_no_faults(package):
    assert archiving.package_faults(package) == []
    assert leftovers() == []


def test_one_changed_byte_is_noticed(package):
    path = files.absolute(package.path)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert archiving.package_faults(package) == [f"{package.path}: SHA-256 paket berubah."]


def test_a_lost_package_is_noticed(package):
    files.absolute(package.path).unlink()
    assert archiving.package_faults(package) == [f"{package.path}: berkas paket tidak ada."]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda bag: (bag / "data/rekap.xlsx").write_bytes(b"PK lain"), "data/rekap.xlsx berubah."),
        (lambda bag: (bag / "data/rekap.xlsx").unlink(), "data/rekap.xlsx hilang."),
        (lambda bag: (bag / "data/tambahan.pdf").write_bytes(b"%PDF"), "data/tambahan.pdf tidak terdaftar."),
        (lambda bag: (bag / "bag-info.txt").write_text("Klasifikasi: lain\n"), "bag-info.txt berubah."),
        (lambda bag: (bag / "bag-info.txt").unlink(), "bag-info.txt hilang."),
        (lambda bag: (bag / "fetch.txt").write_text(""), "fetch.txt tidak terdaftar."),
        (lambda bag: (bag / "bagit.txt").unlink(), "bukan paket BagIt yang sah."),
    ],
    ids=["changed", "removed", "added", "info", "no info", "beside", "no bag"],
)
def test_what_was_changed_inside_is_named(package, tmp_path, change, fault):
    assert archiving.package_faults(rezipped(package, tmp_path, change)) == [f"{package.path}: {fault}"]


def rebagged(bag, change) -> None:
    """Everything changed so that the bag is whole again: only records and seal can tell."""
    change(bag)
    make_whole(bag)


def test_a_paper_swapped_in_a_bag_made_whole_again_is_noticed(package, tmp_path):
    def swap(bag):
        next((bag / "data/naskah").glob("10*.pdf")).write_bytes(b"%PDF lain")

    found = archiving.package_faults(rezipped(package, tmp_path, lambda bag: rebagged(bag, swap)))
    assert any("/LHP/" in fault and "tidak sama dengan catatannya" in fault for fault in found)


def test_evidence_swapped_in_a_bag_made_whole_again_is_noticed(package, tmp_path):
    def swap(bag):
        next((bag / "data/bukti").rglob("*.pdf")).write_bytes(b"%PDF lain")

    assert (
        "bukti bukti.pdf tidak ada"
        in archiving.package_faults(rezipped(package, tmp_path, lambda bag: rebagged(bag, swap)))[0]
    )


def test_data_that_cannot_be_read_is_a_fault_and_no_crash(package, tmp_path):
    def spoil(bag):
        (bag / "data/data/naskah.json").write_text('{"not": "a list"}')

    found = archiving.package_faults(rezipped(package, tmp_path, lambda bag: rebagged(bag, spoil)))
    assert found == [f"{package.path}: catatan data di dalam paket tidak terbaca."]


# The seal


@pytest.fixture
def sealed(kecamatan) -> ArchivePackage:
    return kecamatan.once(archives.sealed)


def test_a_bag_made_whole_again_breaks_the_seal(sealed, tmp_path):
    def forge(bag):
        (bag / "data/rekap.xlsx").write_bytes(b"PK lain")

    assert any(
        "disegel" in fault
        for fault in archiving.package_faults(rezipped(sealed, tmp_path, lambda bag: rebagged(bag, forge)))
    )


def test_a_seal_that_was_taken_away_is_missed(sealed, tmp_path):
    found = archiving.package_faults(
        rezipped(sealed, tmp_path, lambda bag: shutil.rmtree(bag / "tanda-tangan"))
    )
    assert any("segel kantor hilang" in fault for fault in found)


def test_the_seal_of_another_office_does_not_count(sealed, neighbour, tmp_path):
    authority.make_authority(neighbour.unit, timezone.now())

    def seal_again(bag):
        seal = authority.seal(neighbour.unit, (bag / "tagmanifest-sha256.txt").read_bytes())
        (bag / "tanda-tangan/tagmanifest-sha256.p7s").write_bytes(seal)

    assert archiving.package_faults(rezipped(sealed, tmp_path, seal_again)) != []


# Hostile files


@pytest.mark.parametrize(
    "name", ["../../jahat.txt", "/etc/jahat.txt", "bag/../../jahat.txt", "bag\\..\\jahat.txt", "jahat.txt"]
)
def test_a_name_that_climbs_out_is_refused_before_anything_is_written(package, tmp_path, name):
    hostile = replace(package, zip_of(tmp_path / "x.zip", **{"bag/bagit.txt": b"x", name: b"x"}))
    assert archiving.package_faults(hostile) == [f"{package.path}: paket memuat nama berkas yang tidak aman."]
    assert list(tmp_path.rglob("jahat.txt")) == []


def test_a_bomb_is_refused_before_it_unpacks(package, tmp_path):
    bomb = replace(package, zip_of(tmp_path / "x.zip", **{"bag/nol.bin": bytes(50_000_000)}))
    assert "lebih banyak daripada yang wajar" in archiving.package_faults(bomb)[0]


def test_a_link_inside_is_refused(package, tmp_path):
    link = zipfile.ZipInfo("bag/tautan")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "tidak aman" in archiving.package_faults(replace(package, (tmp_path / "x.zip").read_bytes()))[0]


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_is_a_fault(package, content):
    assert archiving.package_faults(replace(package, content))[0].startswith(f"{package.path}: paket ")


@pytest.mark.parametrize("manifest", [b"satu-kata", b"\xff\xfe", b""])
def test_a_manifest_that_cannot_be_read_is_a_fault_and_no_crash(package, tmp_path, manifest):
    broken = rezipped(package, tmp_path, lambda bag: (bag / reading.MANIFEST).write_bytes(manifest))
    assert archiving.package_faults(broken)
    assert archiving.build_package(broken.cycle).version == 2
