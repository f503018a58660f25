"""Evidence goes up by itself from the worksheet: checked like everything that is uploaded, shown at once, never into somebody else's row."""

import pytest
from django.urls import reverse

from measurement.models import Evidence, WorksheetRow
from measurement.rules.sop import RowState
from tests.support.pages import logged_in
from tests.support.sheets import first_row, upload


@pytest.fixture
def row(measuring_office) -> WorksheetRow:
    return first_row(measuring_office)


@pytest.fixture
def address(measuring_office, row) -> str:
    return reverse("attach_evidence", args=[measuring_office.cycle.pk, row.pk])


def test_a_file_is_kept_with_its_page_and_date_and_the_list_is_drawn_anew(asn, row, address):
    data = {f"file-{row.pk}": upload("notulen.pdf"), f"page-{row.pk}": "3", f"dated-{row.pk}": "2026-03-31"}
    answer = asn.post(address, data).json()
    kept = Evidence.objects.get(row=row)
    assert (kept.name, kept.page, str(kept.dated)) == ("notulen.pdf", "3", "2026-03-31")
    assert "halaman 3 · 31 Maret 2026" in answer["fragments"][f"bukti-{row.pk}"]
    assert answer["fragments"][f"jumlah-bukti-{row.pk}"] == "· 1 bukti"
    assert "Draf" in answer["fragments"][f"keadaan-{row.pk}"]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (upload("surat.pdf", b"<html>"), "bukan"),
        (upload("kosong.pdf", b""), "kosong"),
        (None, "Pilih berkas atau tempel tautan lebih dahulu."),
    ],
    ids=["other bytes", "empty", "none"],
)
def test_what_is_no_evidence_is_refused_with_a_sentence(asn, row, address, file, sentence):
    response = asn.post(address, {f"file-{row.pk}": file} if file else {})
    assert response.status_code == 422
    assert sentence in " ".join(response.json()["refused"])
    assert not Evidence.objects.exists()


def test_a_row_that_was_sent_takes_no_file(asn, row, address):
    WorksheetRow.objects.filter(pk=row.pk).update(state=RowState.TERKIRIM)
    response = asn.post(address, {f"file-{row.pk}": upload()})
    assert (response.status_code, Evidence.objects.count()) == (409, 0)


def test_a_colleague_finds_no_row_there(measuring_office, row, address):
    assert (
        logged_in(measuring_office.colleague).post(address, {f"file-{row.pk}": upload()}).status_code == 404
    )
