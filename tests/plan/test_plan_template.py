"""The template: what it offers, and that the plan it holds comes back unchanged."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from measurement.models import Indicator, Pagu, PlanNode, Target
from measurement.plan import table_import
from measurement.plan.table_import import plan_workbook
from tests.spreadsheets.test_table_reading import table
from tests.support.characters import YEAR, add_indicator
from tests.support.pages import logged_in


@pytest.fixture
def rich(kecamatan):
    """The office with what is hard to write down: a predicate, a range, paragraphs, owners that differ, branches without indicators."""
    plan, sub = kecamatan.plan, kecamatan.sub
    add_indicator(
        kecamatan,
        "Nilai SAKIP",
        5,
        method="predikat",
        score_scale="AA=7, A=6, BB=5",
        accumulation="posisi_akhir",
    )
    add_indicator(
        kecamatan,
        "Suhu arsip",
        6,
        method="rentang",
        low=Decimal("17.5"),
        high=26,
        formula="Dua  spasi.\n\nDan alinea.",
    )
    Indicator.objects.filter(name="Suhu arsip").update(owner=kecamatan.tim, baseline=Decimal("20.25"))
    Target.objects.filter(indicator__name="Nilai SAKIP").update(annual=6, p1=6, p2=6, p3=6, p4=6)
    Target.objects.filter(indicator__name="Jumlah laporan 1").update(p1=0, p2=5, p3=5, p4=2)
    bare = PlanNode.objects.create(
        plan=plan, parent=sub.parent, level="sub_kegiatan", code="7.01.02.2.01.0002", name="Tanpa", position=9
    )
    Pagu.objects.create(node=bare, year=YEAR, amount=5_000_000)
    return kecamatan


def exported(office, filled: bool = True) -> bytes:
    return plan_workbook(office.plan, YEAR, filled)


def test_plan_comes_back_unchanged(rich):
    preview = table_import.preview(rich.plan, table(exported(rich), "isi.xlsx"))

    assert (preview.wrong, preview.changed, preview.new, preview.gone) == ([], [], [], [])
    assert preview.changes_nothing


def test_plan_can_be_carried_into_an_empty_one(rich, empty):
    PlanNode.objects.filter(plan=rich.plan, code="7.01.02.2.01.0002").update(name="Berpagu nol")
    Pagu.objects.filter(node__code="7.01.02.2.01.0002").update(amount=0)

    preview = table_import.apply(empty, table(exported(rich), "isi.xlsx"), rich.tim)

    assert [branch.code for branch in preview.branches] == [
        "S1",
        "7.01.02",
        "7.01.02.2.01",
        "7.01.02.2.01.0002",
    ]
    assert PlanNode.objects.get(plan=empty, code="7.01.02").parent.code == "S1"
    assert Pagu.objects.get(node__plan=empty, node__code="7.01.02.2.01.0002", year=YEAR).amount == 0


def test_one_edited_cell_is_the_only_change(rich):
    book = openpyxl.load_workbook(io.BytesIO(exported(rich)))
    sheet = book["Rencana"]
    headings = [cell.value for cell in sheet[1]]
    row = next(
        row for row in sheet.iter_rows(min_row=2) if row[headings.index("indikator")].value == "Nilai SAKIP"
    )
    row[headings.index("target_2026")].value = "AA"
    for number in range(1, 5):
        row[headings.index(f"tw{number}_2026")].value = None
    file = io.BytesIO()
    book.save(file)

    preview = table_import.preview(rich.plan, table(file.getvalue(), "isi.xlsx"))

    assert [(c.label, c.old, c.new, c.detail) for c in preview.changed] == [
        ("target 2026", "A (6)", "AA (7)", "TW: A (6)/A (6)/A (6)/A (6) → AA (7)/AA (7)/AA (7)/AA (7)")
    ]


def test_predicate_target_is_exported_as_its_word(rich):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(rich)))["Rencana"]

    headings = [cell.value for cell in sheet[1]]
    assert "A" in [row[headings.index("target_2026")] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_template_of_a_plan_offers_its_people_and_is_empty(kecamatan):
    book = openpyxl.load_workbook(io.BytesIO(exported(kecamatan, filled=False)))

    assert book.sheetnames == ["Rencana", "Petunjuk", "Pegawai"]
    assert kecamatan.asn.username in [row[0] for row in book["Pegawai"].iter_rows(values_only=True)]
    assert "Pegawai!$A$2:$A$6" in [rule.formula1 for rule in book["Rencana"].data_validations.dataValidation]
    assert book["Rencana"].max_row == 1


def test_tim_sakip_can_download_the_plan_to_edit(kecamatan):
    response = logged_in(kecamatan.tim).get(
        reverse("plan_template"), {"rencana": kecamatan.plan.pk, "isi": "ya"}
    )

    assert 'filename="Isi rencana 2026-2026.xlsx"' in response["Content-Disposition"]
    assert table(response.content, "isi.xlsx").height == 5


def test_asn_cannot_download_the_list_of_people(kecamatan):
    assert (
        logged_in(kecamatan.asn).get(reverse("plan_template"), {"rencana": kecamatan.plan.pk}).status_code
        == 403
    )


def test_plan_of_another_unit_is_not_found(kecamatan, neighbour):
    assert (
        logged_in(neighbour.tim).get(reverse("plan_template"), {"rencana": kecamatan.plan.pk}).status_code
        == 404
    )


def test_template_asks_as_often_for_many_indicators(kecamatan, django_assert_num_queries):
    for number in range(10):
        add_indicator(kecamatan, f"Lagi {number}", 10 + number)

    with django_assert_num_queries(6):
        plan_workbook(kecamatan.plan, YEAR, filled=True)
