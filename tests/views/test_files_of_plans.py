"""Files of plans as offices have them, through the page: what is wrong is named by its cell, and nothing is taken for what it is not."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Pagu
from tests.support.pages import form_of, logged_in
from tests.support.spending_files import book

HEAD = ["Kode", "Nomenklatur", "Indikator", "Satuan", "Target 2026", "Pagu 2026"]
PROGRAM = ["7.01.02", "PROGRAM PENYELENGGARAAN", "Persentase layanan", "%", 100, ""]
KEGIATAN = ["7.01.02.2.01", "Koordinasi", "Jumlah koordinasi", "Laporan", 4, ""]
SUB = ["7.01.02.2.01.0001", "Sinergi", "Jumlah sinergi", "Laporan", 4, 1_000_000]


@pytest.fixture
def look(empty, kecamatan):
    """The page after an upload of these sheets."""
    client = logged_in(kecamatan.tim)

    def upload(*sheets, **options):
        file = SimpleUploadedFile("rencana.xlsx", book(*sheets, **options))
        return client.post(
            reverse("plan_import"), {"plan": empty.pk, "file": file, "action": "preview", "year": ""}
        )

    upload.client = client
    return upload


def with_sub(**cells) -> list[list]:
    """The table whose sub kegiatan has other cells, by the first word of the heading in small letters."""
    row = [cells.get(heading.split()[0].lower(), value) for heading, value in zip(HEAD, SUB, strict=True)]
    return [HEAD, PROGRAM, KEGIATAN, row]


def wrong(response) -> list[tuple[str, str]]:
    return [(cell.cell, cell.sentence) for cell in response.context["preview"].wrong]


def applied(look, *sheets, **options):
    shown = look(*sheets, **options)
    assert not wrong(shown), wrong(shown)
    response = look.client.post(reverse("plan_import"), {"action": "apply", "seen": form_of(shown)["seen"]})
    assert response.status_code == 302
    return shown


@pytest.mark.parametrize(
    ("heading", "cell"), [("nomenklatur", "B4"), ("indikator", "C4"), ("satuan", "D4"), ("target", "E4"), ("pagu", "F4")]
)  # fmt: skip
@pytest.mark.parametrize("shown", ["#REF!", "#NAME?", "#N/A"])
def test_a_failed_formula_is_named_and_never_taken_for_a_word(look, heading, cell, shown):
    found = wrong(look(with_sub(**{heading: shown})))

    assert [address for address, _ in found] == [cell]
    assert f"gagal ({shown})" in found[0][1]


def test_a_failed_formula_in_a_column_that_is_not_used_does_no_harm(look):
    rows = [[*row, extra] for row, extra in zip(with_sub(), ("Capaian", "#DIV/0!", "", 90), strict=True)]

    applied(look, rows)

    assert Pagu.objects.filter(node__code=SUB[0], amount=1_000_000).exists()


@pytest.mark.parametrize("word", ["n/a", "N/A", "tbd", "…"])
def test_a_word_for_no_target_is_answered_with_what_to_write(look, word):
    assert wrong(look(with_sub(target=word))) == [
        ("E4", f"“{word}” bukan angka. Tulis “-” bila tidak ada target, atau 0 bila targetnya memang nol.")
    ]


@pytest.mark.parametrize("code", [datetime(2002, 1, 7), "07/01/2002", "7-Jan-02"])  # noqa: DTZ001 – a workbook's day has no zone
def test_a_code_that_excel_turned_into_a_date_is_named_as_such(look, code):
    found = wrong(look([HEAD, [code, *PROGRAM[1:]], KEGIATAN, SUB]))

    assert [cell for cell, _ in found] == ["A2"]
    assert "Excel mengubah kode ini menjadi tanggal" in found[0][1]


def test_what_is_no_code_is_named_with_what_a_code_looks_like(look):
    response = look([HEAD, PROGRAM, KEGIATAN, SUB, ["ABC", "Lain", "Indikator lain", "Laporan", 1, 5]])

    assert response.context["preview"].wrong[0].value == "ABC"
    assert [cell for cell, _ in wrong(response)] == ["A5"]
    assert "bukan kode program (7.01.02)" in wrong(response)[0][1]
