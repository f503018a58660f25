"""Files of plans as offices have them, through the page: what is wrong is named by its cell, and nothing is taken for what it is not."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Pagu, PlanNode, Target
from tests.support.characters import cycle_at
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


def quarters(name: str = "Jumlah sinergi") -> list[int]:
    target = Target.objects.get(indicator__name=name)
    return [int(value) for value in (target.p1, target.p2, target.p3, target.p4)]


def with_quarters(*headings, values=(0, 1, 1, 2), above=()) -> list[list]:
    """The table with four more columns behind it, below a row of merged headings if there is one."""
    rows = with_sub()
    behind = [list(headings), [100] * 4, [1] * 4, list(values)]
    table = [[*row, *more] for row, more in zip(rows, behind, strict=True)]
    return [[*HEAD, *above], [*[""] * len(HEAD), *headings], *table[1:]] if above else table


@pytest.mark.parametrize(
    ("headings", "above"),
    [
        (("TW I", "TW II", "TW III", "TW IV"), ()),
        (("Target TW 1", "Target TW 2", "Target TW 3", "Target TW 4"), ()),
        (("Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV"), ("Target", "", "", "")),
        (("I", "II", "III", "IV"), ("Target Triwulan", "", "", "")),
    ],
)
def test_targets_of_quarters_are_those_of_the_only_year(look, headings, above):
    applied(look, with_quarters(*headings, above=above))

    assert quarters() == [0, 1, 1, 2]


@pytest.mark.parametrize("above", ["Realisasi", "Rencana Penarikan Dana (Rp)", "Anggaran Kas"])
def test_quarters_of_realisasi_or_money_are_no_targets(look, above):
    shown = applied(
        look,
        with_quarters("TW I", "TW II", "TW III", "TW IV", values=(9, 9, 9, 9), above=(above, "", "", "")),
    )

    assert quarters() == [1, 1, 1, 1]
    assert any("diabaikan" in remark and above in remark for remark in shown.context["preview"].remarks)


def test_cumulative_targets_of_quarters_are_taken_apart_and_said(look):
    shown = applied(look, with_quarters("TW I", "TW II", "TW III", "TW IV", values=(1, 2, 2, 4)))

    assert quarters() == [1, 1, 0, 2]
    said = (
        "Baris 4: target triwulan 2026 (1, 2, 2, 4) dibaca kumulatif, jadi target tiap triwulan 1, 1, 0, 2."
    )
    assert said in shown.context["preview"].remarks


def test_a_further_table_below_is_not_read_as_rows_of_the_first_and_said(look):
    further = [
        [],
        ["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target 2026", ""],
        [1, "Meningkat", "IKM", "Nilai", 88, ""],
    ]
    shown = applied(look, [*with_sub(), *further])

    assert (
        "Mulai baris 6 ada tabel lain, yang tidak dibaca: unggah sebagai berkas sendiri."
        in shown.context["preview"].remarks
    )


def test_a_further_table_above_is_said(look):
    above = [
        ["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target 2026"],
        [1, "Meningkat", "IKM", "Nilai", 88],
        [],
    ]
    shown = applied(look, [*above, *with_sub()])

    assert (
        "Di atas judul kolom pada baris 4 ada tabel lain (baris 1), yang tidak dibaca: unggah sebagai berkas sendiri."
        in shown.context["preview"].remarks
    )


def test_another_sheet_that_fits_as_well_is_named(look):
    shown = look(with_sub(), with_sub(pagu=2_000_000), titles=("Induk", "Perubahan"))

    assert (
        "Lembar “Perubahan” juga memuat tabel seperti ini, dan tidak dibaca."
        in shown.context["preview"].remarks
    )


@pytest.mark.parametrize("written", ["1000000.00", "Rp 1 jt", "1'000'000", "1.000.000 ,-"])
def test_money_that_can_mean_one_thing_only_is_read_and_said(look, written):
    shown = applied(look, with_sub(pagu=written))

    assert Pagu.objects.get(node__code=SUB[0], node__plan__name="Rencana").amount == 1_000_000
    assert any(
        f"Baris 4: “{written}” dibaca Rp1.000.000." in remark for remark in shown.context["preview"].remarks
    )


@pytest.mark.parametrize("written", ["1,000,000", "500,000"])
def test_money_with_commas_of_thousands_is_asked_back(look, written):
    assert [cell for cell, _ in wrong(look(with_sub(pagu=written)))] == ["F4"]


def test_program_alone_over_the_names_of_all_levels(look):
    rows = with_sub()
    rows[0] = ["Kode", "Program", *HEAD[2:]]
    applied(look, rows)

    assert PlanNode.objects.get(plan__name="Rencana", code=SUB[0]).name == "Sinergi"


def test_a_signature_in_the_column_of_codes_is_no_sasaran(look):
    applied(look, [*with_sub(), [], ["Contoh, 31 Desember 2026"], ["Sekretaris"], ["ASN Contoh 03, S.Sos."]])

    assert PlanNode.objects.filter(plan__name="Rencana").count() == 3


def test_sasaran_codes_as_offices_write_them(look):
    rows = with_sub()
    rows[1:1] = [["SS.1", "Meningkatnya layanan", "Indeks layanan", "Nilai", 80, ""]]
    applied(look, rows)

    assert PlanNode.objects.get(plan__name="Rencana", level="sasaran").code == "SS.1"


E81 = (
    ["Evaluasi Terhadap Hasil Renja Perangkat Daerah"], ["Renja Dinas Contoh Tahun 2026"], [],
    ["No", "Sasaran", "Kode", "Urusan/Bidang Urusan dan Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja Program (outcome)/Kegiatan (output)", "Satuan",
     "Target Renstra Perangkat Daerah pada Tahun 2030 (Akhir Periode Renstra)", "",
     "Realisasi Capaian Kinerja Renstra s.d. Renja Tahun Lalu (2025)", "",
     "Target Kinerja dan Anggaran Renja Perangkat Daerah Tahun Berjalan yang Dievaluasi (2026)", "",
     "Realisasi Kinerja pada Triwulan", "", "", "", "", "", "", "", "Tingkat Capaian (%)", "", "Unit Penanggung Jawab"],
    [""] * 12 + ["I", "", "II", "", "III", "", "IV", "", "", "", ""],
    [""] * 6 + ["K", "Rp"] * 8 + [""],
    ["1", "2", "", "3", "4", "5", "6", "", "7", "", "8", "", "9", "", "10", "", "11", "", "12", "", "13 = 8/6 x 100", "", "14"],
    ["1", "Meningkatnya layanan", "7.01.02", "PROGRAM PENYELENGGARAAN", "Persentase layanan", "%", 100, 9_000_000, 80, 1, "100 %", 1_000_000, 25, 5,
     *[""] * 6, 25, 5, "Seksi"],
    ["", "", "7.01.02.2.01", "Koordinasi", "Jumlah koordinasi", "Laporan", 20, 9_000_000, 4, 1, 4, "1.000.000", 1, 5, *[""] * 6, 25, 5, "Seksi"],
    ["", "", "7.01.02.2.01.0001", "Sinergi", "Jumlah sinergi", "Laporan", 20, 9_000_000, 4, 1, "4 Laporan", 1_000_000, 1, 5, *[""] * 6, 25, 5, "Seksi"],
    ["Rata-rata capaian kinerja (%)"] + [""] * 19 + [25, 5, ""],
    ["Predikat kinerja"] + [""] * 19 + ["Rendah", "", ""],
    ["Faktor pendorong keberhasilan kinerja: tidak ada"],
    ["", "Mengetahui,"], ["", "Kepala Dinas Contoh"], ["", "ASN Contoh 03"],
)  # fmt: skip


def test_form_e81_gives_the_targets_and_pagu_of_its_year(look):
    applied(look, E81)

    nodes = {node.code: node for node in PlanNode.objects.filter(plan__name="Rencana")}
    assert nodes.keys() == {"S1", "7.01.02", "7.01.02.2.01", SUB[0]}
    assert (nodes["S1"].name, nodes["7.01.02"].parent) == ("Meningkatnya layanan", nodes["S1"])
    assert Target.objects.get(indicator__name="Jumlah sinergi", year=2026).annual == 4
    assert Target.objects.get(indicator__name="Persentase layanan", year=2026).annual == 100
    assert [(pagu.year, pagu.amount) for pagu in nodes[SUB[0]].pagu.all()] == [(2026, 1_000_000)]


def test_form_e81_says_which_of_its_columns_are_not_of_the_plan(look):
    [said] = [remark for remark in look(E81).context["preview"].remarks if "diabaikan" in remark]

    assert all(heading in said for heading in ("Realisasi", "Target Renstra"))


def test_our_own_form_e81_changes_nothing_of_the_plan_that_it_was_made_of(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    client = logged_in(kecamatan.tim)
    form = SimpleUploadedFile("e81.xlsx", client.get(reverse("e81_xlsx", args=[cycle.pk])).content)

    shown = client.post(
        reverse("plan_import"), {"plan": kecamatan.plan.pk, "file": form, "action": "preview", "year": ""}
    )

    preview = shown.context["preview"]
    assert not preview.wrong, preview.wrong
    assert (preview.new, preview.gone, preview.changed) == ([], [], [])
