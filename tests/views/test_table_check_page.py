"""The page that checks a published table: what differs, the table to download, refusals."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.published.test_check_parts import IKU, MONEY, sheets
from tests.published.test_check_table import HEADINGS, ROWS
from tests.support.pages import logged_in, words

# The page


def send(person, action: str, name: str = "tabel.csv", content: str = f"{HEADINGS}\n{ROWS}"):
    upload = SimpleUploadedFile(name, content.encode())
    return logged_in(person).post(reverse("check_table"), {"file": upload, "action": action})


def test_page_counts_and_shows_what_differs(kecamatan):
    text = words(send(kecamatan.asn, "check"))

    assert "Diperiksa 6 angka" in text
    assert "Beda (1)" in text
    assert "pagu “89,3405,300” tidak terbaca sebagai angka" in text


def test_page_counts_apart_what_is_unexplained_and_what_was_not_checked(kecamatan):
    content = "Indikator;Target 2024;Realisasi 2024;Capaian 2024;Target 2025;Realisasi 2025;Capaian 2025;Capaian Tahun Lalu\nIKM;80;82;102,5;81;80;99,99;97\n"
    text = words(send(kecamatan.asn, "check", content=content))

    assert "Beda tanpa penjelasan 1" in text
    assert "Tidak diperiksa 1" in text
    assert "Kolom “Capaian Tahun Lalu” tidak diperiksa: 1 angka" in text
    assert "Capaian 2025" in text


def test_page_gives_the_table_to_download(kecamatan):
    response = send(kecamatan.tim, "download")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[3]][-5:] == [
        pytest.approx(108.77),
        "pembulatan",
        None,
        None,
        "Capaian: dipotong, tidak dibulatkan",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.csv", "x,y\n1,2", "tidak memiliki kolom"), ("a.exe", "MZ", "tidak diterima")],
)
def test_page_refuses_a_wrong_file_with_a_sentence(kecamatan, name, content, said):
    response = send(kecamatan.camat, "check", name, content)

    assert (response.status_code, said in words(response)) == (422, True)


def test_page_shows_foreign_text_as_text(kecamatan):
    response = send(
        kecamatan.asn,
        "check",
        content="indikator,target,realisasi,capaian_published\n<script>alert(1)</script>,<b>,2,3\n",
    )

    assert b"<script>alert" not in response.content
    assert "tidak dapat dihitung" in words(response)


def test_table_without_anything_published_says_so(kecamatan):
    assert "Tidak ada yang diperiksa" in words(
        send(kecamatan.asn, "check", content="target,realisasi\n3,2\n")
    )


def test_long_page_is_cut_and_says_so(kecamatan):
    text = words(
        send(kecamatan.asn, "check", content="target,realisasi,capaian_published\n" + "3,2,10\n" * 600)
    )

    assert "500 yang pertama; 100 lainnya" in text


def test_page_checks_every_table_and_names_the_sheet(kecamatan):
    upload = SimpleUploadedFile("lkjip.xlsx", sheets(IKU, MONEY))
    text = words(logged_in(kecamatan.asn).post(reverse("check_table"), {"file": upload, "action": "check"}))

    assert "“Tabel 2” 2" in text
    assert "Beda (2)" in text
