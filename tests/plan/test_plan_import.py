"""Importing a plan: what a file may look like, what is shown, what is written, what is refused."""

import csv
import io
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from measurement.models import Indicator, Pagu, Plan, PlanNode, Target
from measurement.plan import table_import
from tests.spreadsheets.test_table_reading import as_xlsx, table
from tests.support.characters import cycle_at

FIXTURE = Path(__file__).parents[2] / "fixtures" / "rencana_2026_2030.csv"
# program totals of the published table, by year
PUBLISHED_PROGRAMS = {
    "7.01.01": (2683946801, 2690769097, 2691043834, 2712939796, 2810464135),
    "7.01.02": (194281400,) * 5,
    "7.01.03": (703405000,) * 5,
    "7.01.04": (14172000,) * 5,
    "7.01.06": (14908500,) * 5,
}
PUBLISHED = """\
source_url,doc,level,code,nomenklatur,hasil_outcome_output,indicator,satuan,baseline_2024,target_2026,target_2027,pagu_2026,pagu_2027,note
x,y,program,7.01.03,PROGRAM PEMBERDAYAAN,Hasil,Persentase kegiatan pemberdayaan,%,27,"95,5",93,50000000,50000000,
x,y,kegiatan,7.01.03.2.03,Pemberdayaan Lembaga,Cakupan,Jumlah Lembaga yang Diselenggarakan,Lembaga,1.157,1.157,1.157,50000000,50000000,
x,y,kegiatan,7.01.03.2.03,Pemberdayaan Lembaga,Cakupan,Jumlah Laporan Lembaga,Laporan,1,4,4,,,additional
x,y,sub_kegiatan,7.01.03.2.03.0001,Penyelenggaraan Lembaga,Hasil,Jumlah Lembaga yang Diselenggarakan,Lembaga,1.157,1.157,1.157,20000000,20000000,
x,y,sub_kegiatan,7.01.03.2.03.0002,Fasilitasi Lembaga,Hasil,Jumlah Laporan Fasilitasi,Laporan,1,4,4,30000000,30000000,
"""
HEADINGS = ["tingkat", "kode", "nomenklatur", "indikator", "satuan", "target_2026", "pagu_2026"]


def rows_table(rows: list[list], headings: list[str] = HEADINGS):
    file = io.StringIO()
    csv.writer(file).writerows([headings, *rows])
    return table(file.getvalue())


def tree(indicators: int) -> list[list]:
    """A program, a kegiatan, and as many sub kegiatan as asked."""
    subs = [
        ["sub_kegiatan", f"7.01.02.2.01.{n:04}", f"Sub {n}", f"Jumlah laporan {n}", "Laporan", 4, 1000]
        for n in range(1, indicators + 1)
    ]
    program = ["program", "7.01.02", "Program", "Persentase", "%", "90", ""]
    return [program, ["kegiatan", "7.01.02.2.01", "Kegiatan", "Jumlah dokumen", "Dokumen", 1, ""], *subs]


def test_published_table_reads_as_it_is(empty):
    preview = table_import.preview(empty, table(PUBLISHED))

    assert preview.wrong == []
    assert len(preview.new) == 5
    assert any("“1.157” dengan satuan Lembaga dibaca 1157" in remark for remark in preview.remarks)
    assert any("source_url, doc, note" in remark for remark in preview.remarks)


def test_new_plan_is_written_with_tree_targets_and_pagu(empty, kecamatan):
    table_import.apply(empty, table(PUBLISHED), kecamatan.tim)

    sub = PlanNode.objects.get(plan=empty, code="7.01.03.2.03.0001")
    target = Target.objects.get(indicator__node=sub, year=2026)
    assert [sub.parent.code, sub.parent.parent.code, sub.parent.parent.parent] == [
        "7.01.03.2.03",
        "7.01.03",
        None,
    ]
    assert (target.annual, target.indicator.accumulation, target.p4) == (1157, "jumlah", 290)
    assert set(Pagu.objects.filter(node__plan=empty).values_list("node__level", flat=True)) == {
        "sub_kegiatan"
    }


def test_decimal_comma_and_percent_default_to_last_position(empty, kecamatan):
    table_import.apply(empty, table(PUBLISHED), kecamatan.tim)

    target = Target.objects.get(indicator__name="Persentase kegiatan pemberdayaan", year=2026)
    assert (target.annual, target.p1, target.indicator.accumulation) == (
        Decimal("95.5"),
        Decimal("95.5"),
        "posisi_akhir",
    )


def test_demonstration_plan_has_no_errors_and_its_pagu_adds_up(empty, kecamatan, monkeypatch):
    names = ["sekcam", "admin", *(f"tim{n}" for n in range(1, 5)), *(f"asn{n:02}" for n in range(1, 18))]
    monkeypatch.setattr(
        table_import.applying, "people_of", lambda unit: dict.fromkeys(names, kecamatan.asn.pk)
    )
    preview = table_import.apply(empty, table(FIXTURE.read_bytes()), kecamatan.tim)

    assert (preview.wrong, len(preview.new), preview.remarks) == ([], 71, [])
    for code, amounts in PUBLISHED_PROGRAMS.items():
        for year, amount in zip(range(2026, 2031), amounts, strict=True):
            pagu = Pagu.objects.filter(node__plan=empty, node__code__startswith=code, year=year)
            assert sum(pagu.values_list("amount", flat=True)) == amount
    indicators = Indicator.objects.filter(node__plan=empty)
    assert not indicators.filter(owner=None).exists()
    assert not indicators.filter(formula="").exists()


def test_same_file_twice_changes_nothing(empty, kecamatan):
    table_import.apply(empty, table(PUBLISHED), kecamatan.tim)
    versions = list(Indicator.objects.order_by("pk").values_list("pk", "version"))

    again = table_import.apply(empty, table(PUBLISHED), kecamatan.tim)

    assert again.changes_nothing
    assert list(Indicator.objects.order_by("pk").values_list("pk", "version")) == versions


def test_a_changed_target_makes_an_open_page_of_its_indicator_stale(empty, kecamatan):
    table_import.apply(empty, table(PUBLISHED), kecamatan.tim)
    before = dict(Indicator.objects.values_list("pk", "version"))
    table_import.apply(
        empty, table(PUBLISHED.replace("Laporan,1,4,4,30000000", "Laporan,1,8,4,30000000")), kecamatan.tim
    )
    risen = [pk for pk, version in Indicator.objects.values_list("pk", "version") if version != before[pk]]
    assert len(risen) == 1


def test_change_is_shown_with_old_and_new_and_spreads_the_quarters(empty, kecamatan):
    table_import.apply(empty, table(PUBLISHED), kecamatan.tim)
    dataset = table(PUBLISHED.replace("Laporan,1,4,4,30000000", "Laporan,1,8,4,31000000"))

    preview = table_import.apply(empty, dataset, kecamatan.tim)

    changes = {change.label: (change.old, change.new) for change in preview.changed}
    assert changes["target 2026"] == ("4", "8")
    assert changes["pagu 2026"] == ("Rp30.000.000", "Rp31.000.000")
    assert Target.objects.get(indicator__name="Jumlah Laporan Fasilitasi", year=2026).p1 == 2


def test_blank_cell_leaves_what_is_stored(empty, kecamatan):
    rows = tree(1)
    table_import.apply(
        empty, rows_table([[*row, "Definisi."] for row in rows], [*HEADINGS, "formula"]), kecamatan.tim
    )

    preview = table_import.apply(
        empty, rows_table([[*row, ""] for row in rows], [*HEADINGS, "formula"]), kecamatan.tim
    )

    assert preview.changes_nothing
    assert Indicator.objects.get(name="Jumlah laporan 1", node__plan=empty).formula == "Definisi."


def test_what_the_file_lacks_is_retired_not_deleted(empty, kecamatan):
    table_import.apply(empty, rows_table(tree(2)), kecamatan.tim)

    preview = table_import.apply(empty, rows_table(tree(1)), kecamatan.tim)

    assert [gone.name for gone in preview.gone] == ["Jumlah laporan 2"]
    assert Indicator.objects.get(name="Jumlah laporan 2", node__plan=empty).retired
    assert not Pagu.objects.filter(node__plan=empty, node__code="7.01.02.2.01.0002").exists()


def test_retired_indicator_comes_back_with_the_file(empty, kecamatan):
    for count in (2, 1, 2):
        table_import.apply(empty, rows_table(tree(count)), kecamatan.tim)

    assert not Indicator.objects.filter(node__plan=empty, retired=True).exists()
    assert table_import.preview(empty, rows_table(tree(2))).changes_nothing


def test_indicator_used_in_a_worksheet_is_retired_too(kecamatan):
    cycle_at(kecamatan, "measure")

    table_import.apply(kecamatan.plan, rows_table(tree(1)), kecamatan.tim)

    assert Indicator.objects.get(name="Jumlah laporan 2", node__plan=kecamatan.plan).retired


def test_xlsx_and_csv_say_the_same(empty):
    rows = [[*row[:5], Decimal("90.5") if row[5] == "90" else row[5], row[6] or None] for row in tree(3)]
    from_xlsx = table_import.preview(empty, table(as_xlsx([HEADINGS, *rows]), "rencana.xlsx"))
    from_csv = table_import.preview(
        empty,
        rows_table([[*row[:5], "90,5" if row[5] == Decimal("90.5") else row[5], row[6]] for row in rows]),
    )

    assert from_xlsx == from_csv
    assert from_xlsx.wrong == []


def test_text_that_looks_like_a_formula_stays_text(empty, kecamatan):
    rows = tree(1)
    rows[2][3] = '=HYPERLINK("http://x")'

    table_import.apply(empty, rows_table(rows), kecamatan.tim)

    assert Indicator.objects.filter(name='=HYPERLINK("http://x")').exists()


def test_headings_are_understood_however_they_are_written(empty):
    headings = [
        "Tingkat",
        "KODE",
        "Nomenklatur",
        "Indikator Kinerja",
        "Unit",
        "Target 2026",
        "Pagu 2026 (Rp)",
        "TW I 2026",
    ]

    preview = table_import.preview(empty, rows_table([[*row, ""] for row in tree(1)], headings))

    assert (preview.wrong, len(preview.new), preview.remarks) == ([], 3, [])


def test_given_quarters_are_kept_and_must_be_complete(empty, kecamatan):
    quarters = [*HEADINGS, *(f"tw{number}_2026" for number in range(1, 5))]
    rows = [
        [*row, *given]
        for row, given in zip(tree(1), (["", "", "", ""], [0, 1, 0, 0], [4, "", 0, 0]), strict=True)
    ]

    wrong = table_import.preview(empty, rows_table(rows, quarters)).wrong
    table_import.apply(empty, rows_table(rows[:2], quarters), kecamatan.tim)

    assert [cell.cell for cell in wrong] == ["I4"]
    assert Target.objects.get(indicator__name="Jumlah dokumen", year=2026).p2 == 1


def queries(action) -> int:
    with CaptureQueriesContext(connection) as found:
        action()
    return len(found)


def test_preview_asks_the_same_number_of_queries_for_10_and_100_rows(empty):
    ten, hundred = rows_table(tree(10)), rows_table(tree(100))

    assert (
        queries(lambda: table_import.preview(Plan.objects.get(pk=empty.pk), ten))
        == queries(lambda: table_import.preview(Plan.objects.get(pk=empty.pk), hundred))
        <= 12
    )


def test_apply_writes_with_the_same_number_of_queries_for_10_and_100_rows(empty, kecamatan):
    """One statement per table, also on SQLite, where the library's own limit on parameters holds and not Django's cautious one."""
    other = Plan.objects.create(unit=kecamatan.unit, name="Lain", start_year=2024, end_year=2030)
    kecamatan.tim.roles_in(kecamatan.unit.pk)

    ten = queries(lambda: table_import.apply(empty, rows_table(tree(10)), kecamatan.tim))
    hundred = queries(lambda: table_import.apply(other, rows_table(tree(100)), kecamatan.tim))

    assert ten == hundred <= 23
