"""Planning documents: which tables are read, what is kept of them, who may upload, and what the radar's page shows."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import DocumentLine, PlanningDocument
from measurement.plan import planning_documents
from measurement.rules.refusals import BadFile
from tests.spreadsheets.test_table_reading import as_xlsx
from tests.support.characters import YEAR
from tests.support.pages import form_of, logged_in, words

FIXTURE = Path(__file__).parents[2] / "fixtures" / "rencana_2026_2030.csv"
CODE = "7.01.02.2.01.0001"
HEADINGS = ["Kode", "Uraian", "Indikator Kinerja", "Satuan", "Target", "Pagu (Rp)"]
ROW = [CODE, "sub_kegiatan uji", "Jumlah laporan 1", "Laporan", 12, 10_000_000]


def file(rows: list[list], name: str = "renja.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, as_xlsx(rows))


def read(*rows: list) -> planning_documents.DocumentReading:
    return planning_documents.read_document(file(list(rows)), YEAR)


def facts(line: DocumentLine) -> tuple:
    return line.number, line.code, line.indicator, line.measure, line.target, line.pagu


def post(person, upload, kind: str = "renja", url: str = "", **values):
    url = url or reverse("planning_documents")
    return logged_in(person).post(url, {"kind": kind, "year": str(YEAR), "file": upload, **values})


# Reading


@pytest.mark.parametrize(
    "above",
    [[], [["RENCANA KERJA 2026"], ["Kecamatan Uji"], [""]]],
    ids=["headings first", "headings below a title"],
)
def test_table_is_read_with_the_rows_that_the_person_sees(above):
    (line,) = read(*above, HEADINGS, ROW).lines
    assert facts(line) == (len(above) + 2, CODE, "Jumlah laporan 1", "Laporan", 12, 10_000_000)


def test_column_of_the_year_goes_before_one_without_a_year():
    (line,) = read(
        ["Kode", "Target", "Target 2026", "Target 2027", "Anggaran 2026"], [CODE, 1, 2, 3, 4]
    ).lines
    assert (line.target, line.pagu) == (2, 4)


def test_years_below_the_target_belong_to_the_heading():
    (line,) = read(
        ["Kode", "Indikator", "Target", ""], ["", "", "2025", "2026"], [CODE, "Jumlah", 7, 8]
    ).lines
    assert (line.number, line.target) == (3, 8)


def test_a_year_among_the_values_makes_no_second_row_of_headings():
    (line,) = read(["Tahun", *HEADINGS], ["2026", *ROW]).lines
    assert (line.number, line.target) == (2, 12)


def test_merged_cells_go_on_with_the_branch_above():
    lines = read(HEADINGS, ROW, ["", "", "Jumlah laporan 2", "Laporan", 12, ""]).lines
    assert [(line.code, line.indicator) for line in lines] == [
        (CODE, "Jumlah laporan 1"),
        (CODE, "Jumlah laporan 2"),
    ]


def test_numbering_titles_and_totals_are_passed_over_and_counted():
    reading = read(
        HEADINGS,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ROW,
        ["", "JUMLAH", "", "", "x", 5],
        ["", "Camat Uji"],
    )
    assert len(reading.lines) == 1
    assert reading.wrong == []
    assert reading.remarks == ["2 baris tanpa kode dan tanpa indikator dilewati."]


def test_columns_that_are_not_understood_are_named():
    assert read(["No", *HEADINGS, "Lokasi"], [1, *ROW, "Desa"]).remarks == [
        "Kolom yang tidak dibaca: No, Lokasi."
    ]


@pytest.mark.parametrize(
    ("target", "pagu", "expected"),
    [
        ("95,5", "1.500.000", (Decimal("95.5"), 1_500_000)),
        ("95,5 %", "Rp1.500.000", (Decimal("95.5"), 1_500_000)),
        ("-", "Rp. 1.500.000,00", (None, 1_500_000)),
        ("0", "", (0, None)),
    ],
)
def test_numbers_are_read_as_documents_write_them(target, pagu, expected):
    (line,) = read(HEADINGS, [*ROW[:4], target, pagu]).lines
    assert (line.target, line.pagu) == expected


def test_lone_thousand_is_said():
    reading = read(HEADINGS, [*ROW[:4], "1.157", ""])
    assert reading.lines[0].target == 1157
    assert reading.remarks == ["Baris 2: “1.157” dibaca 1157; bila maksudnya pecahan, tulis 1,157."]


def test_target_that_is_a_predicate_is_kept_without_number_and_said():
    reading = read(HEADINGS, [*ROW[:4], "BB", ""])
    assert (reading.lines[0].target, reading.wrong) == (None, [])
    assert reading.remarks == ["Baris 2: target “BB” berupa predikat, jadi tidak dibandingkan."]


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        (4, "dua belas", "E2"),
        (5, "1,5", "F2"),
        (5, -1, "F2"),
        (0, "7" * 31, "A2"),
        (3, "x" * 61, "D2"),
        (4, "NaN", "E2"),
        (4, 1e18, "E2"),
    ],
)
def test_wrong_cell_is_named_by_its_address(column, value, cell):
    row = [value if number == column else old for number, old in enumerate(ROW)]
    (wrong,) = read(HEADINGS, row).wrong
    assert wrong.cell == cell
    assert wrong.sentence


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        ([["Kolom", "Lain"], ["a", "b"]], "Judul kolom"),
        ([*([["judul"]] * 15), HEADINGS, ROW], "Judul kolom"),
        ([["Kode", "Indikator", "Target 2031"], [CODE, "Jumlah", 1]], "tahun 2026"),
        ([HEADINGS, ["", "JUMLAH", "", "", "", 5]], "tidak berisi baris"),
        ([HEADINGS, *([ROW] * (planning_documents.MAX_LINES + 1))], "terlalu panjang"),
    ],
)
def test_what_is_no_document_is_refused(rows, match):
    with pytest.raises(BadFile, match=match):
        read(*rows)


# Keeping


def test_uploaded_table_is_kept_with_who_and_when(kecamatan):
    response = post(kecamatan.tim, file([HEADINGS, ROW]))
    found = PlanningDocument.objects.get()
    assert (response.status_code, found.kind, found.uploaded_by, found.lines.count()) == (
        302,
        "renja",
        kecamatan.tim,
        1,
    )
    text = words(logged_in(kecamatan.asn).get(response.url))
    assert "renja.xlsx 1 Tim416-317, hari ini pukul" in text


def test_upload_replaces_the_lines_of_its_kind_and_year_only(kecamatan):
    for kind in ("renja", "dpa"):
        post(kecamatan.tim, file([HEADINGS, ROW]), kind)
    post(kecamatan.administrator, file([HEADINGS, [*ROW[:4], 13, ""], ROW]))
    assert [line.target for line in DocumentLine.objects.filter(document__kind="renja")] == [13, 12]
    assert DocumentLine.objects.filter(document__kind="dpa").count() == 1


def test_the_same_file_again_changes_nothing(kecamatan):
    post(kecamatan.tim, file([HEADINGS, ROW]))
    before = PlanningDocument.objects.values().get(), list(DocumentLine.objects.values())
    client = logged_in(kecamatan.administrator)
    again = client.post(
        reverse("planning_documents"),
        {"kind": "renja", "year": YEAR, "file": file([HEADINGS, ROW])},
        follow=True,
    )
    assert "tidak ada yang berubah" in words(again)
    assert (PlanningDocument.objects.values().get(), list(DocumentLine.objects.values())) == before


def test_one_wrong_cell_keeps_the_former_lines(kecamatan):
    post(kecamatan.tim, file([HEADINGS, ROW]))
    response = post(kecamatan.tim, file([HEADINGS, [*ROW[:4], 99, 1], [*ROW[:4], "banyak", 1]]))
    assert response.status_code == 422
    assert "E3 banyak" in words(response)
    assert DocumentLine.objects.get().target == 12


def test_hostile_file_becomes_a_sentence_at_the_field(kecamatan):
    response = post(kecamatan.tim, SimpleUploadedFile("renja.xlsx", b"MZ\x90\x00" * 10))
    assert (response.status_code, PlanningDocument.objects.count()) == (422, 0)
    assert "bukan XLSX yang sebenarnya" in words(response)


def test_invisible_characters_and_markup_stay_harmless_text(kecamatan):
    post(kecamatan.tim, file([HEADINGS, [CODE, "x", "<b>Jumlah</b>\u202e \u200blaporan 1", "", "", ""]]))
    assert DocumentLine.objects.get().indicator == "<b>Jumlah</b> laporan 1"
    assert b"&lt;b&gt;Jumlah" in logged_in(kecamatan.asn).get(reverse("radar")).content


@pytest.mark.parametrize("who", ["asn", "camat", "sekcam"])
def test_who_does_not_keep_the_plan_reads_without_a_form(kecamatan, who):
    person = getattr(kecamatan, who)
    assert b"multipart" not in logged_in(person).get(reverse("planning_documents")).content
    assert post(person, file([HEADINGS, ROW])).status_code == 403
    with pytest.raises(PermissionDenied):
        planning_documents.store(kecamatan.plan, "renja", YEAR, "renja.xlsx", [], person)
    assert not PlanningDocument.objects.exists()


@pytest.mark.parametrize("name", ["planning_documents", "radar"])
def test_plan_of_another_unit_is_not_found(kecamatan, neighbour, name):
    url = f"{reverse(name)}?rencana={kecamatan.plan.pk}"
    assert logged_in(neighbour.tim).get(url).status_code == 404
    assert post(neighbour.tim, file([HEADINGS, ROW]), url=url).status_code == 404


def test_year_outside_the_plan_is_refused(kecamatan):
    assert post(kecamatan.tim, file([HEADINGS, ROW]), year=str(YEAR + 9)).status_code == 422


def test_page_names_every_column_that_is_read(kecamatan):
    text = words(logged_in(kecamatan.asn).get(reverse("planning_documents")))
    assert [
        heading
        for heading, _ in planning_documents.COLUMNS.values()
        if f"{heading} " not in text.partition("Kolom yang dibaca")[2]
    ] == []


def test_document_asked_for_is_chosen_in_the_form(kecamatan):
    page = logged_in(kecamatan.tim).get(reverse("planning_documents"), {"jenis": "iku", "tahun": YEAR})
    assert (form_of(page)["kind"], form_of(page)["year"]) == ("iku", str(YEAR))
