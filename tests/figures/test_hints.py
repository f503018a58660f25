"""Anomaly hints: each check with what raises it and what just doesn't."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from measurement.figures.hints import HintKind
from measurement.models import Evidence, MeasurementCycle, StoredFile, WorksheetNode
from measurement.rules.sop import RowState
from tests.support.characters import add_indicator, cycle_at
from tests.support.hints import every_hint

LAST = {"accumulation": "posisi_akhir", "targets": ["90", "90", "90", "90"]}
RATIO = {"accumulation": "rasio", "targets": ["100"] * 4}


@pytest.fixture
def cycle(kecamatan) -> MeasurementCycle:
    """A second quarter with two rows: target 3 each quarter and 12 in the year, pagu Rp10.000.000."""
    return cycle_at(kecamatan, "measure", 2)


def hints(cycle: MeasurementCycle, **values) -> dict[HintKind, str]:
    """The hints of the first row once it has these values."""
    row = cycle.rows.first()
    cycle.rows.filter(pk=row.pk).update(**values)
    return {hint.kind: hint.sentence for hint in every_hint(cycle).get(row.pk, [])}


def earlier(realised, **parts) -> list[dict]:
    return [{"realised": realised, **parts}]


def parts(numerator, denominator) -> dict[str, str]:
    return {"numerator": numerator, "denominator": denominator}


def attach(row, path: str = "a.pdf", dated: date | None = None) -> Evidence:
    """Evidence as it is stored; the same path is the same file."""
    file, _ = StoredFile.objects.get_or_create(
        unit=row.cycle.unit, path=path, defaults={"sha256": path, "size": 1, "kind": "pdf"}
    )
    return Evidence.objects.create(
        row=row, file=file, name=path, dated=dated, uploaded_by=row.owner, uploaded_at=timezone.now()
    )  # fmt: skip


def test_an_ordinary_row_has_no_hints(cycle):
    assert hints(cycle, realised=4, earlier=earlier("3")) == {}


def test_a_blank_row_has_no_hints(cycle):
    WorksheetNode.objects.filter(cycle=cycle).update(spent=9_500_000)
    assert hints(cycle, realised=None, earlier=earlier("9")) == {}


@pytest.mark.parametrize(
    ("spent", "realised", "raised"),
    [
        (9_000_000, "3", True),
        (9_450_000, "2.5", True),
        (8_999_000, "3", False),
        (9_000_000, "3.01", False),
        (None, "0", False),
    ],
)
def test_spent_money_without_result(cycle, spent, realised, raised):
    cycle.nodes.filter(level="sub_kegiatan").update(spent=spent)
    assert (HintKind.MONEY in hints(cycle, realised=Decimal(realised))) == raised


def test_spent_money_without_result_names_branch_and_figures(cycle):
    cycle.nodes.filter(level="sub_kegiatan").update(spent=9_450_000)
    assert (
        hints(cycle, realised=Decimal("2.5"))[HintKind.MONEY]
        == "Serapan 7.01.02.2.01.0001 94,50 % sedangkan capaian 41,67 %."
    )


def test_a_row_above_the_sub_kegiatan_is_held_against_the_money_of_its_own_branch(kecamatan):
    add_indicator(kecamatan, "Indikator program", 9, kecamatan.plan.nodes.get(level="program"))
    cycle = cycle_at(kecamatan, "measure")
    cycle.nodes.filter(level="sub_kegiatan").update(spent=10_000_000)
    cycle.rows.filter(name="Indikator program").update(realised=1)
    row = cycle.rows.get(name="Indikator program")
    found = every_hint(cycle)[row.pk]
    assert [hint.sentence for hint in found] == ["Serapan 7.01.02 100,00 % sedangkan capaian 33,33 %."]


@pytest.mark.parametrize(
    ("before", "now", "raised"),
    [
        ("10", "15", False), ("10", "15.01", True), ("10", "5", False), ("10", "4.99", True), ("-10", "-15", False), ("-10", "-16", True),
        ("0", "7", False), (None, "7", False), ("10", "0", True),
    ],
)  # fmt: skip
def test_a_jump_is_more_than_half_of_last_quarter(cycle, before, now, raised):
    assert (HintKind.JUMP in hints(cycle, realised=Decimal(now), earlier=earlier(before))) == raised


def test_a_jump_that_was_planned_and_kept_is_none(cycle):
    assert HintKind.JUMP not in hints(cycle, targets=["1", "9", "3", "3"], realised=9, earlier=earlier("1"))
    assert HintKind.JUMP in hints(cycle, earlier=earlier("2"))


def test_a_jump_is_told_with_its_values(cycle):
    found = hints(cycle, realised=5, earlier=earlier("2"))
    assert found[HintKind.JUMP] == "Realisasi TW II 5 Laporan, TW I 2 Laporan: naik 150,00 %."


def test_a_jump_of_a_ratio_is_one_of_its_percentages(cycle):
    few, many = parts("4", "10"), parts("40", "100")
    assert HintKind.JUMP not in hints(
        cycle, **RATIO, **{name: Decimal(value) for name, value in many.items()}, earlier=[few]
    )
    assert HintKind.JUMP in hints(cycle, numerator=61)


def test_the_first_quarter_is_compared_with_nothing(kecamatan):
    assert hints(cycle_at(kecamatan, "measure", 1), realised=4) == {}


@pytest.mark.parametrize("kind", [HintKind.JUMP, HintKind.COPIED])
def test_yes_and_no_are_neither_copied_nor_a_jump(cycle, kind):
    assert kind not in hints(
        cycle, method="ya_tidak", accumulation="posisi_akhir", realised=0, earlier=earlier("1")
    )
    assert kind not in hints(cycle, targets=[None] * 4, realised=1)


@pytest.mark.parametrize(
    ("before", "now", "raised"),
    [
        ("87.3", "87.3", True),
        ("87.3", "87.4", False),
        ("90", "90", False),
        ("0", "0", False),
        (None, "87", False),
    ],
)
def test_a_copied_value_is_one_that_is_not_just_its_target(cycle, before, now, raised):
    assert (HintKind.COPIED in hints(cycle, **LAST, realised=Decimal(now), earlier=earlier(before))) == raised


@pytest.mark.parametrize(
    ("before", "now", "raised"),
    [((3, 8), (3, 8), True), ((3, 8), (6, 16), False), ((8, 8), (8, 8), False), ((0, 8), (0, 8), False)],
)
def test_a_copied_ratio_has_the_same_parts(cycle, before, now, raised):
    values = {
        **RATIO,
        "numerator": now[0],
        "denominator": now[1],
        "earlier": [parts(str(before[0]), str(before[1]))],
    }
    assert (HintKind.COPIED in hints(cycle, **values)) == raised


@pytest.mark.parametrize(
    ("numerator", "denominator", "raised"),
    [(11, 10, True), (10, 10, False), (11, 0, False), (11, None, False)],
)
def test_a_numerator_above_its_denominator(cycle, numerator, denominator, raised):
    assert (HintKind.PARTS in hints(cycle, **RATIO, numerator=numerator, denominator=denominator)) == raised


@pytest.mark.parametrize(("now", "raised"), [("-1", True), ("0", False), ("2", False)])
def test_a_sum_that_falls(cycle, now, raised):
    assert (HintKind.FALLING in hints(cycle, realised=Decimal(now), earlier=earlier("3"))) == raised


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({"measure": "Desa"}, True), ({"measure": "Desa", "realised": 92}, False), ({"measure": "Persen (%)"}, False),
        ({"measure": "Nilai"}, False), ({"measure": "Temuan", "method": "minimum"}, False),
        ({"measure": "Desa", "accumulation": "rata_rata"}, False),
    ],
)  # fmt: skip
def test_a_count_that_falls_where_more_is_better(cycle, values, raised):
    assert (
        HintKind.FALLING in hints(cycle, **(LAST | {"realised": 80, "earlier": earlier("91")} | values))
    ) == raised


@pytest.mark.parametrize(("realised", "raised"), [("12", False), ("12.0001", False), ("12.001", True)])
def test_capaian_far_above_its_target(cycle, realised, raised):
    assert (HintKind.FAR_ABOVE in hints(cycle, realised=Decimal(realised))) == raised


def test_the_same_file_on_two_indicators_is_told_on_both(cycle):
    first, second = cycle.rows.all()
    attach(first)
    attach(second)
    assert (
        hints(cycle)[HintKind.SHARED_FILE]
        == "Berkas “a.pdf” juga menjadi bukti indikator “Jumlah laporan 2” (7.01.02.2.01.0001)."
    )
    assert [hint.kind for hint in every_hint(cycle)[second.pk]] == [HintKind.SHARED_FILE]


def test_two_files_are_nothing_strange(cycle):
    first, second = cycle.rows.all()
    attach(first)
    attach(first, "b.pdf")
    attach(second, "c.pdf")
    assert hints(cycle) == {}


@pytest.mark.parametrize(
    ("day", "raised"),
    [
        (date(2026, 4, 1), False),
        (date(2026, 6, 30), False),
        (date(2026, 3, 31), True),
        (date(2026, 7, 1), True),
        (None, False),
    ],
)
def test_evidence_dated_outside_the_period(cycle, day, raised):
    attach(cycle.rows.first(), dated=day)
    assert (HintKind.DATED_OUTSIDE in hints(cycle)) == raised


def test_evidence_dated_outside_is_told_with_date_and_period(cycle):
    attach(cycle.rows.first(), dated=date(2026, 7, 1))
    sentence = hints(cycle)[HintKind.DATED_OUTSIDE]
    assert sentence == "Bukti “a.pdf” bertanggal 1 Juli 2026, di luar periode 1 April 2026 – 30 Juni 2026."


@pytest.mark.parametrize(
    "taken_out",
    [
        {"state": RowState.DIKECUALIKAN, "verdict_note": "Kegiatan dibatalkan."},
        {"state": RowState.DIKECUALIKAN, "verdict_note": "Tidak direncanakan.", "planned": False},
    ],
)
def test_a_row_taken_out_of_the_measurement_has_no_hints(cycle, taken_out):
    first, second = cycle.rows.all()
    attach(first, dated=date(2026, 7, 1))
    attach(second)
    assert hints(cycle, realised=99, earlier=earlier("99"), **taken_out) == {}
    assert second.pk not in every_hint(cycle)
