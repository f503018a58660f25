"""Evidence is uploaded, checked, taken off again, and only ever downloaded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.doors import attachments
from measurement.models import Evidence
from tests.support.pages import drained, form_of, logged_in, submit, words
from tests.support.samples import jpeg
from tests.support.sheets import PDF, TEXTS, complete, first_row, rows_of, upload


def test_asn_can_attach_evidence_with_its_page(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"file-{row.pk}": upload("laporan.pdf"), f"page-{row.pk}": "3"})
    evidence = row.evidence.get()
    assert (evidence.name, evidence.page, evidence.uploaded_by) == ("laporan.pdf", "3", measuring_office.asn)
    assert "laporan.pdf" in words(asn.get(sheet))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.pdf", b"MZ\x90\x00 this is a program", "bukan PDF yang sebenarnya"),
        ("kosong.pdf", b"", "kosong"),
        ("besar.pdf", PDF + b"0" * 2_000_000, "terlalu besar"),
        ("skrip.svg", b"<svg onload='alert(1)'/>", "tidak diterima"),
        ("halaman.html", b"<script>alert(1)</script>", "tidak diterima"),
        ("foto.png", b"\xff\xd8\xff\xe0", "bukan PNG"),
        ("tanpa-akhiran", PDF, "tidak diterima"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_at_its_cell(
    measuring_office, asn, sheet, settings, name, content, sentence
):
    settings.MAX_UPLOAD_BYTES = 1024**2
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row), **{f"file-{row.pk}": upload(name, content)})
    assert response.status_code == 422
    assert f'id="file-{row.pk}-error"' in response.content.decode()
    assert sentence in words(response)
    assert not Evidence.objects.exists()


def test_a_refused_file_loses_nothing_that_was_typed(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row), **{f"file-{row.pk}": upload("a.exe")})
    assert form_of(response)[f"follow_up-{row.pk}"] == TEXTS["follow_up"]


def test_the_same_file_twice_is_one_piece_of_evidence(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    for _ in range(2):
        assert submit(asn, sheet, **{f"file-{row.pk}": upload()}).status_code == 302
    assert row.evidence.count() == 1


def test_the_same_file_on_two_rows_is_stored_once(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    submit(asn, sheet, **{f"file-{first.pk}": upload(), f"file-{second.pk}": upload("lain.pdf")})
    assert Evidence.objects.count() == 2
    assert Evidence.objects.values("file").distinct().count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\u202efdp.pdf", "afdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("bukti 😀.pdf", "bukti 😀.pdf"),
    ],
)
def test_a_strange_name_is_cleaned_and_never_a_path(measuring_office, asn, sheet, name, kept):
    row = first_row(measuring_office)
    attachments.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, named(name))
    evidence = row.evidence.get()
    assert evidence.name == kept
    assert evidence.file.path.endswith(f"{evidence.file.sha256}.pdf")


def named(name: str) -> SimpleUploadedFile:
    """An upload whose name did not pass Django's own cleaning."""
    file = upload()
    file._name = name
    return file


def test_evidence_can_be_taken_off_an_open_row(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    evidence = attachments.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, upload())
    response = asn.post(
        sheet,
        form_of(asn.get(sheet)) | {"detach": str(evidence.pk), f"analysis-{row.pk}": "Diketik."},
        follow=True,
    )
    row.refresh_from_db()
    assert "Bukti dilepas" in words(response)
    assert (row.evidence.count(), row.analysis) == (0, "Diketik.")


def test_evidence_of_a_sent_row_cannot_be_taken_off(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    evidence = attachments.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, upload())
    submit(asn, sheet, **complete(row), action="send", checked="ya")
    assert asn.post(sheet, {"detach": str(evidence.pk)}).status_code == 409
    assert row.evidence.count() == 1


@pytest.mark.parametrize("key", ["999", "9" * 30, "x", "", "9" * 5000])
def test_taking_off_what_is_not_there_is_no_crash(measuring_office, asn, sheet, key):
    assert asn.post(sheet, {"detach": key}).status_code in (302, 409)


def test_a_colleague_cannot_take_off_evidence(measuring_office, sheet):
    row = first_row(measuring_office)
    evidence = attachments.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, upload())
    assert logged_in(measuring_office.colleague).post(sheet, {"detach": str(evidence.pk)}).status_code == 409
    assert row.evidence.count() == 1


@pytest.mark.parametrize(("name", "kind"), [("bukti.pdf", "application/pdf"), ("foto.JPEG", "image/jpeg")])
def test_a_download_is_an_attachment_that_no_browser_opens(measuring_office, asn, name, kind):
    content = PDF if name.endswith("pdf") else jpeg()
    evidence = attachments.attach(
        measuring_office.cycle.pk, measuring_office.asn, first_row(measuring_office).pk, upload(name, content)
    )
    response = asn.get(reverse("evidence", args=[evidence.pk]))
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (kind, "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("asn", 200), ("tim", 200), ("sekcam", 200), ("camat", 200), ("colleague", 404), ("administrator", 404)],
)
def test_evidence_is_for_its_owner_and_those_who_judge(measuring_office, who, status):
    evidence = attachments.attach(
        measuring_office.cycle.pk, measuring_office.asn, first_row(measuring_office).pk, upload()
    )
    response = logged_in(getattr(measuring_office, who)).get(reverse("evidence", args=[evidence.pk]))
    assert response.status_code == status
    drained(response)


@pytest.mark.parametrize("who", ["camat", "sekcam", "tim", "asn", "administrator"])
def test_evidence_of_another_office_is_not_found(measuring_office, neighbour, who):
    evidence = attachments.attach(
        measuring_office.cycle.pk, measuring_office.asn, first_row(measuring_office).pk, upload()
    )
    assert logged_in(getattr(neighbour, who)).get(reverse("evidence", args=[evidence.pk])).status_code == 404
