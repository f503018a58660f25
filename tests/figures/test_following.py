"""An indicator that follows others: one figure is typed once, and nobody is asked for it twice."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.figures.explain import row_workings
from measurement.models import PlanNode, SubUnit, Target
from measurement.record.rounds import Arahan, check_arahan
from measurement.rules.figure import Gap
from measurement.rules.refusals import Incomplete
from measurement.rules.requirements import missing
from measurement.rules.sop import MEASURE, PREPARE_METHOD, RowState
from tests.support.characters import YEAR, add_indicator, cycle_at, fresh, prepare, row_values
from tests.support.pages import logged_in, words


@pytest.fixture
def kelurahan(kecamatan):
    """One sub kegiatan in two kelurahan, each with its own indicator of one name; the kegiatan's is the sum of both."""
    kegiatan = kecamatan.sub.parent
    sources = []
    for position, name in enumerate(("Sukamaju", "Sukasari"), 20):
        sub_unit = SubUnit.objects.create(unit=kecamatan.unit, name=name)
        node = PlanNode.objects.create(
            plan=kecamatan.plan,
            parent=kegiatan,
            level="sub_kegiatan",
            code="7.01.02.2.01.0009",
            name="Pembangunan sarana",
            sub_unit=sub_unit,
            owner=kecamatan.asn,
            position=position,
        )
        sources.append(add_indicator(kecamatan, "Jumlah sarana", node=node))
    follower = add_indicator(kecamatan, "Jumlah sarana", node=kegiatan, follow_rule="jumlah")
    Target.objects.filter(indicator=follower).update(annual=24, p1=6, p2=6, p3=6, p4=6)
    follower.follows.set(sources)
    kecamatan.sources, kecamatan.follower = sources, follower
    return kecamatan


def measured(office, **values: int | None):
    """The cycle at step 5, the rows of both kelurahan filled in."""
    cycle = cycle_at(office, "measure")
    for indicator, value in zip(office.sources, values.values(), strict=True):
        row = cycle.rows.get(indicator=indicator)
        if value is not None:
            measuring.save(cycle.pk, office.asn, [SheetChange(row.pk, row.version, row_values(value))])
    return fresh(cycle)


def follower_of(cycle, office):
    return calculate(cycle).rows[cycle.rows.get(indicator=office.follower).pk]


def test_a_follower_is_the_sum_of_two_kelurahan(kelurahan):
    figures = follower_of(measured(kelurahan, sukamaju=2, sukasari=3), kelurahan)

    # 2 + 3 = 5 of 6: 83,33 %
    assert (figures.realised, figures.target) == (5, 6)
    assert round(figures.capaian.value, 2) == Decimal("83.33")


def test_a_mean_and_the_same(kelurahan):
    kelurahan.follower.follow_rule = "rata_rata"
    kelurahan.follower.save()

    assert follower_of(measured(kelurahan, sukamaju=2, sukasari=3), kelurahan).realised == Decimal("2.5")


def test_a_follower_says_what_it_takes_over(kelurahan):
    row = follower_of(measured(kelurahan, sukamaju=2, sukasari=3), kelurahan).row

    assert row.verdict_note == (
        "jumlah dari “Jumlah sarana” (7.01.02.2.01.0009 (Sukamaju)) dan “Jumlah sarana” (7.01.02.2.01.0009 (Sukasari))"
    )


def test_a_follower_is_blank_as_long_as_one_of_them_is(kelurahan):
    assert follower_of(measured(kelurahan, sukamaju=2, sukasari=None), kelurahan).capaian.gap == Gap.BLANK


def test_a_follower_is_excused_with_what_it_follows(kelurahan):
    cycle = measured(kelurahan, sukamaju=2, sukasari=None)
    row = cycle.rows.get(indicator=kelurahan.sources[1])

    measuring.excuse(cycle.pk, kelurahan.tim, row.pk, row.version, "Belum ada kegiatan pada triwulan ini.")

    assert follower_of(fresh(cycle), kelurahan).capaian.gap == Gap.EXCUSED


def test_a_follower_takes_no_entry_and_holds_up_no_step(kelurahan):
    cycle = measured(kelurahan, sukamaju=2, sukasari=3)
    row = cycle.rows.get(indicator=kelurahan.follower)

    outcome = measuring.save(cycle.pk, kelurahan.asn, [SheetChange(row.pk, row.version, row_values(9))])
    prepare(kelurahan, cycle)
    measuring.send(cycle.pk, kelurahan.asn)

    assert outcome.stale == [row.pk]
    assert cycle.rows.get(pk=row.pk).state == RowState.MENGIKUTI
    assert missing(fresh(cycle), MEASURE.key) == []


def test_the_next_quarter_knows_what_a_follower_had(kelurahan):
    cycle_at(kelurahan, None)

    cycle = cycle_at(kelurahan, "measure", quarter=2)

    assert Decimal(cycle.rows.get(indicator=kelurahan.follower).earlier[0]["realised"]) == 6


def test_step_4_refuses_a_follower_of_nothing_that_is_measured(kelurahan):
    for source in kelurahan.sources:
        source.retired = True
        source.save()

    sentences = missing(cycle_at(kelurahan, "prepare_method"), PREPARE_METHOD.key)

    assert any(f"mengikuti indikator yang tidak diukur tahun {YEAR}" in sentence for sentence in sentences)


def test_one_that_is_retired_is_said_beside_the_follower(kelurahan):
    kelurahan.sources[1].retired = True
    kelurahan.sources[1].save()

    cycle = cycle_at(kelurahan, "measure")

    assert "tidak ikut: “Jumlah sarana” (7.01.02.2.01.0009 (Sukasari)) tidak dipakai lagi" in (
        cycle.rows.get(indicator=kelurahan.follower).verdict_note
    )


def test_a_mean_is_exact(kelurahan):
    kelurahan.follower.follow_rule = "rata_rata"
    kelurahan.follower.save()
    third = add_indicator(kelurahan, "Jumlah sarana ketiga", position=30)
    kelurahan.follower.follows.add(third)
    cycle = measured(kelurahan, sukamaju=1, sukasari=0)
    row = cycle.rows.get(indicator=third)
    measuring.save(cycle.pk, kelurahan.asn, [SheetChange(row.pk, row.version, row_values(0))])

    figures = follower_of(fresh(cycle), kelurahan)

    # a third of 6 is 1/18: 5,555… %
    assert round(figures.capaian.value, 10) == Decimal("5.5555555556")
    assert figures.row.realised == Decimal("0.333333")


def test_the_working_of_a_follower_names_its_parts(kelurahan):
    cycle = measured(kelurahan, sukamaju=2, sukasari=3)

    working = row_workings(follower_of(cycle, kelurahan), cycle.period_of_year, cycle.rules)[0]

    assert (working.title, working.result) == ("Realisasi TW I", "5")
    assert [(part.name, part.value) for part in working.parts] == [
        ("7.01.02.2.01.0009 (Sukamaju) Jumlah sarana", "2"),
        ("7.01.02.2.01.0009 (Sukasari) Jumlah sarana", "3"),
    ]


def test_the_page_of_a_follower_shows_how_it_came_about(kelurahan):
    cycle = measured(kelurahan, sukamaju=2, sukasari=3)
    row = cycle.rows.get(indicator=kelurahan.follower)

    text = words(logged_in(kelurahan.tim).get(reverse("row_working", args=[cycle.pk, row.pk])))

    assert "jumlah dari “Jumlah sarana” (7.01.02.2.01.0009 (Sukamaju))" in text


def test_the_workbook_to_fill_in_shows_a_follower_locked_and_says_why(kelurahan):
    cycle = measured(kelurahan, sukamaju=2, sukasari=3)
    client = logged_in(kelurahan.asn)

    book = openpyxl.load_workbook(BytesIO(client.get(reverse("worksheet_form", args=[cycle.pk])).content))
    sheet = book["Indikator"] if "Indikator" in book.sheetnames else book.worksheets[0]
    lines = [row for row in sheet.iter_rows() if any("jumlah dari" in str(cell.value) for cell in row)]

    assert len(lines) == 1
    assert all(cell.protection.locked for cell in lines[0])
    assert 5 in [cell.value for cell in lines[0]]


def test_the_sheet_of_the_owner_asks_nothing_of_a_follower(kelurahan):
    cycle = measured(kelurahan, sukamaju=2, sukasari=3)
    row = cycle.rows.get(indicator=kelurahan.follower)

    page = logged_in(kelurahan.asn).get(reverse("worksheet", args=[cycle.pk]))

    assert f'name="realised-{row.pk}"' not in page.content.decode()
    assert "Mengikuti: jumlah dari" in words(page)
    assert "Angkanya diketik di sana." in words(page)


def test_a_follower_is_neither_judged_nor_returned(kelurahan):
    cycle = cycle_at(kelurahan, "approve")
    row = cycle.rows.get(indicator=kelurahan.follower)

    text = words(logged_in(kelurahan.sekcam).get(reverse("step", args=[cycle.pk, cycle.step.number])))

    with pytest.raises(Incomplete):
        check_arahan(cycle, [Arahan("Periksa angka sarana ini.", row.pk)])
    assert text.count("Jumlah sarana") > 0
    assert row.state == RowState.MENGIKUTI
