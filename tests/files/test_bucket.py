"""Files in S3-compatible storage: moto's server over HTTP, as a provider's would answer."""

import hashlib
import socket
import urllib.request
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from measurement import files
from measurement.archiving.building import build_package
from measurement.archiving.checking import package_faults
from measurement.files import bucket, sweeping
from measurement.models import StoredFile
from measurement.papers.issue import paper_file
from sakip.buckets import bucket_storage
from tests.support.characters import cycle_at
from tests.support.pages import logged_in
from tests.support.sheets import PDF

moto = pytest.importorskip("moto.server")
pytestmark = pytest.mark.filterwarnings("default")  # libraries of others, in a thread of their own


@pytest.fixture(scope="module")
def provider():
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield "{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def used(provider, settings, tmp_path):
    """An empty bucket, and a machine that has nothing yet."""
    urllib.request.urlopen(urllib.request.Request(f"http://{provider}/moto-api/reset", method="POST")).close()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.S3_URL = f"http://kunci:rahasia@{provider}/sakip"
    settings.STORAGES = {**settings.STORAGES, "bucket": bucket_storage(settings.S3_URL)}
    storages[bucket.BUCKET].connection.create_bucket(Bucket="sakip")


@pytest.fixture
def other_machine(used, settings, tmp_path):
    """What another machine does with the same bucket."""

    def move():
        settings.MEDIA_ROOT = tmp_path / "other"

    return move


def in_bucket(path: str) -> bytes:
    return storages[bucket.BUCKET].bucket.Object(path).get()["Body"].read()


def spoil(path: str, content: bytes) -> None:
    storages[bucket.BUCKET].bucket.put_object(Key=path, Body=content)


def test_what_one_machine_stored_another_reads(other_machine):
    files.write_whole("naskah/1/2026/a.pdf", PDF)
    other_machine()
    assert files.absolute("naskah/1/2026/a.pdf").exists() is False
    assert files.at_hand("naskah/1/2026/a.pdf").read_bytes() == PDF
    assert files.stored_path("naskah/1/2026/b.pdf") is None


def test_other_bytes_never_take_a_name_that_is_taken(used):
    files.write_whole("naskah/a.pdf", PDF)
    files.write_whole("naskah/a.pdf", PDF)
    with pytest.raises(FileExistsError):
        files.write_whole("naskah/a.pdf", b"%PDF lain")
    assert in_bucket("naskah/a.pdf") == PDF
    assert files.absolute("naskah/a.pdf").read_bytes() == PDF


def test_a_name_that_no_record_has_may_be_written_anew(used):
    files.write_whole("naskah/a.pdf", PDF)
    files.write_whole("naskah/a.pdf", b"%PDF lain", unrecorded=True)
    assert in_bucket("naskah/a.pdf") == b"%PDF lain"


def test_bytes_are_verified_where_they_are_kept(used):
    digest = hashlib.sha256(PDF).hexdigest()
    files.write_whole("naskah/a.pdf", PDF)
    assert files.fault("naskah/a.pdf", digest) == ""
    spoil("naskah/a.pdf", b"%PDF lain")
    assert "berubah" in files.fault("naskah/a.pdf", digest)
    files.remove("naskah/a.pdf")
    assert files.fault("naskah/a.pdf", digest) == "tidak ada"


def test_a_copy_on_the_machine_that_was_changed_is_fetched_anew(used):
    files.write_whole("naskah/a.pdf", PDF)
    files.absolute("naskah/a.pdf").write_bytes(b"%PDF lain")
    assert files.fault("naskah/a.pdf", hashlib.sha256(PDF).hexdigest()) == ""
    assert files.at_hand("naskah/a.pdf").read_bytes() == PDF


def test_a_paper_is_downloaded_through_the_application_by_who_may(
    kecamatan, neighbour, other_machine, quick_files
):
    paper = quick_files(kecamatan)
    other_machine()
    address = reverse("paper", args=[paper.pk])
    answer = logged_in(kecamatan.camat).get(address)
    assert b"".join(answer.streaming_content) == in_bucket(paper.file.path)
    assert logged_in(neighbour.camat).get(address).status_code == 404


@pytest.fixture
def quick_files(monkeypatch, used):
    """A cycle whose first paper has a file of a few bytes."""
    monkeypatch.setattr(
        "measurement.papers.render.render_pdf", lambda kind, content: f"%PDF-1.7 {content['number']}".encode()
    )

    def made(office):
        paper = cycle_at(office, "measure").papers.first()
        paper_file(paper)
        return paper

    return made


def test_packages_are_built_and_checked_on_any_machine(kecamatan, quick_files, other_machine):
    package = build_package(quick_files(kecamatan).cycle)
    other_machine()
    assert package_faults(package) == []
    spoil(package.path, b"PK")
    assert "berubah" in package_faults(package)[0]


def test_a_storage_that_is_away_is_told_as_busy(kecamatan, quick_files, settings):
    paper = quick_files(kecamatan)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.STORAGES = {
            **settings.STORAGES,
            "bucket": bucket_storage(f"http://a:b@127.0.0.1:{nobody.getsockname()[1]}/sakip"),
        }
        answer = logged_in(kecamatan.camat).get(reverse("paper", args=[paper.pk]))
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers


def test_the_sweep_looks_into_the_bucket(db, used, monkeypatch):
    files.write_whole("naskah/tanpa-catatan.pdf", PDF)
    files.write_whole("impor/lama.xlsx", PDF)
    found = sweeping.sweep(timezone.now() + timedelta(days=2))
    assert (found.unnamed, found.forgotten) == (["naskah/tanpa-catatan.pdf"], ["impor/lama.xlsx"])
    sweeping.delete_remains(found)
    assert sorted(bucket.names()) == ["naskah/tanpa-catatan.pdf"]


def test_an_installation_moves_its_files_into_the_bucket(kecamatan, used):
    content = b"%PDF-1.7 bukti"
    values = {"unit": kecamatan.unit, "kind": "pdf", "size": len(content)}
    for name, kept in (("a", content), ("b", b"hilang")):
        stored = StoredFile.objects.create(
            path=f"unit-1/{name}.pdf", sha256=hashlib.sha256(kept).hexdigest(), **values
        )
    here = files.absolute("unit-1/a.pdf")
    here.parent.mkdir(parents=True)
    here.write_bytes(content)
    with pytest.raises(CommandError, match="unit-1/b.pdf"):
        call_command("send_files")
    assert in_bucket("unit-1/a.pdf") == content
    files.write_whole(stored.path, b"hilang")
    call_command("send_files", stdout=(said := StringIO()))
    assert said.getvalue() == "2 berkas ada di penyimpanan.\n"


def test_the_address_names_everything():
    options = bucket_storage("https://kunci:ra%2Fhasia@s3.contoh.go.id/sakip?region=jkt")["OPTIONS"]
    assert (
        options["endpoint_url"],
        options["bucket_name"],
        options["secret_key"],
        options["region_name"],
    ) == (
        "https://s3.contoh.go.id",
        "sakip",
        "ra/hasia",
        "jkt",
    )
    for wrong in (
        "s3://a:b@s3/x",
        "https://s3.contoh.go.id/sakip",
        "https://a:b@s3.contoh.go.id/",
        "http://a:b@s3.contoh.go.id/sakip",
    ):
        with pytest.raises(ImproperlyConfigured):
            bucket_storage(wrong)
