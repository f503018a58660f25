"""What may be uploaded: each kind of file that is empty, cut off, locked, something else or too large gets a sentence of its own."""

import io
import random
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement import files
from measurement.doors import attachments
from measurement.files import check_upload, clean_name
from measurement.models import Evidence, StoredFile
from measurement.rules.refusals import BadFile
from tests.support.characters import cycle_at
from tests.support.pages import logged_in, submit, words
from tests.support.samples import (
    CONTENTS,
    DOCX,
    PDF,
    XLSX,
    jpeg,
    locked_package,
    locked_pdf,
    old_office,
    package,
    pdf_with_table_object,
    png,
)
from tests.support.sheets import first_row, upload

CUT, LOCKED, BOMB = "tidak utuh", "terkunci kata sandi", "mengembang terlalu besar"
GOOD = {
    "laporan.pdf": PDF,
    "LAPORAN.PDF": PDF,
    "baru.pdf": pdf_with_table_object(),
    "foto.jpg": jpeg(),
    "foto.JPEG": jpeg(12_000, 6_000, frame=0xC2, thumbnail=jpeg()),
    "bidik.png": png(),
    "tabel.xlsx": package(XLSX),
    "surat.docx": package(DOCX),
    "word-daring.docx": package({CONTENTS: b"", "word/document2.xml": b""}),
}


def check(name: str, content: bytes) -> str:
    return check_upload(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_accepted(name):
    assert check(name, GOOD[name]) == name.rsplit(".", 1)[1].lower().replace("jpeg", "jpg")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kosong.pdf", b"", "kosong"),
        ("program.pdf", b"MZ\x90\x00", "bukan PDF yang sebenarnya"),
        ("geser.pdf", b"\n" + PDF, "bukan PDF yang sebenarnya"),
        ("terpotong.pdf", PDF[:-40], CUT),
        ("berlubang.pdf", PDF[:60] + PDF[200:], CUT),
        ("judul.pdf", b"%PDF-1.7\n", CUT),
        ("kunci.pdf", locked_pdf(), LOCKED),
        ("kunci-aes.pdf", locked_pdf(algorithm="AES-256"), LOCKED),
        ("kunci-baru.pdf", pdf_with_table_object(b"/Encrypt 3 0 R "), LOCKED),
        ("gambar.svg", b"<svg onload='alert(1)'/>", "tidak diterima"),
        ("halaman.html", b"<script>alert(1)</script>", "tidak diterima"),
        ("program.exe", b"MZ\x90\x00", "tidak diterima"),
        ("berganti.pdf\x00.exe", PDF, "tidak diterima"),
        ("halaman.png", b"<svg/>", "bukan PNG yang sebenarnya"),
        ("besar.jpg", jpeg(20_000, 20_000), "terlalu besar: sisi"),
        ("panjang.jpg", jpeg(12_001, 10), "terlalu besar: sisi"),
        ("luas.jpg", jpeg(10_000, 8_001), "terlalu besar: sisi"),
        ("besar.png", png(20_000, 20_000), "terlalu besar: sisi"),
        ("terpotong.jpg", jpeg(thumbnail=jpeg())[:-2], CUT),
        ("kepala.jpg", b"\xff\xd8\xff\xe0", CUT),
        ("nol.jpg", jpeg(0, 0), CUT),
        ("terpotong.png", png()[:-12], CUT),
        ("kepala.png", png()[:20], CUT),
        ("nol.png", png(0, 5), CUT),
        ("rusak.xlsx", b"PK\x03\x04", "rusak"),
        ("terpotong.docx", package(DOCX)[:-30], "rusak"),
        ("zip.docx", package({"foto.jpg": b"x"}), "bukan DOCX yang sebenarnya"),
        ("tabel.docx", package(XLSX), "bukan DOCX yang sebenarnya"),
        ("tanpa-isi.xlsx", package({"xl/workbook.xml": b""}), "bukan XLSX yang sebenarnya"),
        ("makro.xlsx", package(XLSX | {"xl/vbaProject.bin": b"x"}), "berisi makro"),
        ("kunci.xlsx", old_office(locked=True), LOCKED),
        ("kunci-zip.docx", locked_package(DOCX), LOCKED),
        ("lama.docx", old_office(locked=False), "berformat lama"),
        ("padat.xlsx", package(XLSX | {"xl/sheet.xml": bytes(1_000_000)}), BOMB),
        ("banyak.docx", package(DOCX | {f"{n}": b"" for n in range(3000)}), BOMB),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_sentence(name, content, sentence):
    with pytest.raises(BadFile, match=sentence) as refusal:
        check(name, content)
    assert clean_name(name) in str(refusal.value)


def test_what_unpacks_to_400_megabytes_is_refused_by_its_directory(monkeypatch):
    bomb = claiming(400 * 1024**2)
    monkeypatch.setattr("zipfile.ZipFile.open", lambda *args, **options: pytest.fail("a part was opened"))
    with pytest.raises(BadFile, match=BOMB):
        check("bom.xlsx", bomb)


def claiming(size: int) -> bytes:
    """A workbook whose directory says that a part is so large."""
    parts = XLSX | {"xl/sheet.xml": random.Random(1).randbytes(4_000_000)}
    content = bytearray(package(parts))
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize("name", GOOD)
def test_no_cut_and_no_flipped_bit_is_a_crash(name):
    """Whatever is in a file, the answer is a kind or a sentence."""
    chance, content = random.Random(33), GOOD[name]
    answers = []
    for _ in range(150):
        damaged = bytearray(content[: chance.randint(1, len(content))] if chance.random() < 0.5 else content)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        try:
            answers.append(check(name, bytes(damaged)))
        except BadFile as refusal:
            answers += refusal.sentences
    assert {answer for answer in answers if not answer.endswith(".")} <= set(files.CONTENT_TYPES)


# Names and storage


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\budi\\bukti.pdf", "bukti.pdf"),
        ("bu\x00kti\r\n.pdf", "bukti.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("é" * 300 + ".pdf", "é" * 196 + ".pdf"),
        ("/", "berkas"),
    ],
)
def test_a_name_is_shown_clean(name, kept):
    assert clean_name(name) == kept


def test_a_path_outside_the_media_folder_is_refused():
    for path in ("../rahasia", "/etc/passwd", "unit-1/../../x"):
        with pytest.raises(ValueError, match="outside"):
            files.absolute(path)


def test_the_same_bytes_under_two_names_are_stored_once(kecamatan):
    first, second = (
        files.store_upload(kecamatan.unit, SimpleUploadedFile(name, PDF)) for name in ("a.pdf", "../b.pdf")
    )
    assert first == second == StoredFile.objects.get()
    assert files.absolute(first.path).read_bytes() == PDF


def test_a_file_that_is_also_a_zip_is_only_ever_an_attachment(measuring_office, asn):
    both = PDF + package({"halaman.html": b"<script>"}) + PDF[PDF.index(b"startxref") :]
    assert zipfile.is_zipfile(io.BytesIO(both))
    evidence = attachments.attach(
        measuring_office.cycle.pk,
        measuring_office.asn,
        first_row(measuring_office).pk,
        upload("dua.pdf", both),
    )
    response = asn.get(reverse("evidence", args=[evidence.pk]))
    assert b"".join(response.streaming_content) == both
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["X-Content-Type-Options"], "sandbox" in response["Content-Security-Policy"]) == (
        "nosniff",
        True,
    )


# Evidence and reference documents come through the same door


def test_a_reference_document_is_checked_like_evidence(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    page = reverse("step", args=[cycle.pk, 4])
    response = submit(
        logged_in(kecamatan.tim), page, **{"file-dpa": SimpleUploadedFile("dpa.pdf", locked_pdf())}
    )
    assert LOCKED in words(response)
    assert not StoredFile.objects.exists()


def test_the_same_evidence_again_is_noted(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"file-{row.pk}": upload()})
    response = asn.get(submit(asn, sheet, **{f"file-{row.pk}": upload("nama-lain.pdf")}).url)
    assert "“nama-lain.pdf” sama dengan “bukti.pdf” yang sudah tersimpan pada baris itu" in words(response)
    assert Evidence.objects.get().name == "bukti.pdf"


def test_attaching_evidence_is_in_the_audit_trail_once(measuring_office):
    cycle, row = measuring_office.cycle, first_row(measuring_office)
    evidence = attachments.attach(cycle.pk, measuring_office.asn, row.pk, upload())
    attachments.attach(cycle.pk, measuring_office.asn, row.pk, upload())
    entry = cycle.audit.last()
    assert (entry.action, entry.actor) == ("evidence_attach", measuring_office.asn)
    assert entry.data == {"row": row.pk, "name": "bukti.pdf", "sha256": evidence.file.sha256}
    assert cycle.audit.filter(action="evidence_attach").count() == 1
