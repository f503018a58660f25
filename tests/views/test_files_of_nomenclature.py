"""The national nomenclature as it is published, through the page: codes in five columns below one heading, its own words above the names."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.support.pages import logged_in
from tests.support.spending_files import book

PUBLISHED = (
    ["LAMPIRAN KEPUTUSAN"],
    ["KODE", "", "", "", "", "NOMENKLATUR URUSAN KABUPATEN/KOTA", "KINERJA", "INDIKATOR", "SATUAN"],
    ["URUSAN", "BIDANG URUSAN", "PROGRAM", "KEGIATAN", "SUB KEGIATAN", "", "", "", ""],
    [1, "03", "", "", "", "PEKERJAAN UMUM", "", "", ""],
    [1, "03", "02", "", "", "PROGRAM PENGELOLAAN", "", "", ""],
    [1, "03", "02", "2.01", "", "Pengelolaan", "", "", ""],
    [1, "03", "02", "2.01", "0001", "Penyusunan", "Tersusunnya dokumen", "Jumlah dokumen", "Dokumen"],
)


@pytest.fixture
def look(kecamatan):
    client = logged_in(kecamatan.tim)

    def upload(*rows):
        file = SimpleUploadedFile("nomenklatur.xlsx", book(list(rows)))
        return client.post(reverse("nomenclature_import"), {"file": file, "action": "preview"}).context[
            "preview"
        ]

    return upload


def test_codes_in_columns_of_their_own_below_a_merged_heading(look):
    found = look(*PUBLISHED)

    assert [(item.code, item.name, item.measure) for item in found.new] == [
        ("1.03.02", "PROGRAM PENGELOLAAN", ""),
        ("1.03.02.2.01", "Pengelolaan", ""),
        ("1.03.02.2.01.0001", "Penyusunan", "Dokumen"),
    ]
    assert not found.wrong


def test_the_words_of_the_published_list_above_whole_codes(look):
    found = look(["Kode", "Nomenklatur Urusan Provinsi"], ["1.03.02.2.01.0001", "Penyusunan"])

    assert [item.name for item in found.new] == ["Penyusunan"]


def test_a_code_that_became_a_date_is_named_as_such(look):
    found = look(["Kode", "Uraian"], [datetime(2002, 3, 1), "Program"], ["1.03.02.2.01.0001", "Sub"])  # noqa: DTZ001 – a workbook's day has no zone

    assert [cell.cell for cell in found.wrong] == ["A2"]
    assert "Excel mengubah kode ini menjadi tanggal" in found.wrong[0].sentence
