"""Which indicators need the leader: one rule of distance, level and silence, and whose turn it is to act."""

from decimal import Decimal

import pytest

from measurement.figures.attention import ATTENTION_RULE, rows_in_need
from measurement.figures.calculation import calculate
from measurement.figures.standing import standing_of
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.rules.headline import headline
from tests.support.characters import add_indicator, cycle_at, fresh

TURN = "Tim SAKIP (langkah 7: Tetapkan rekap)"


@pytest.fixture
def cycle(kecamatan):
    """Four sent indicators of one sub kegiatan, each at 3 of 3 with a reason."""
    for number in (3, 4):
        add_indicator(kecamatan, f"Jumlah laporan {number}", number)
    made = cycle_at(kecamatan, "recapitulate")
    made.rows.update(obstacle="Jalan terputus banjir.", analysis="")
    return made


def reach(cycle, number: int, realised: int, **values) -> None:
    WorksheetRow.objects.filter(cycle=cycle, name=f"Jumlah laporan {number}").update(
        realised=realised, **values
    )


def needed(cycle) -> list[str]:
    return [need.figures.row.name[-1] for need in rows_in_need(calculate(fresh(cycle)))]


def told(cycle):
    sheet = calculate(fresh(cycle))
    return headline(standing_of(sheet, rows_in_need(sheet)))


def test_an_indicator_that_reaches_its_target_needs_nobody(cycle):
    assert needed(cycle) == []
    assert told(cycle).finding == "Semua 4 indikator mencapai target; serapan 20,00 % dari pagu setahun."


def test_the_furthest_from_its_target_comes_first(cycle):
    reach(cycle, 2, 2)
    reach(cycle, 3, 1)
    assert needed(cycle) == ["3", "2"]


def test_of_two_as_far_the_one_without_a_reason_comes_first(cycle):
    reach(cycle, 2, 2)
    reach(cycle, 3, 2, obstacle=" ")
    assert needed(cycle) == ["3", "2"]


def test_what_will_be_done_is_no_reason(cycle):
    reach(cycle, 2, 2)
    reach(cycle, 3, 2, obstacle="", follow_up="Rapat dengan desa.")
    assert needed(cycle) == ["3", "2"]


def test_a_higher_level_outweighs_a_smaller_distance(cycle):
    reach(cycle, 2, 1)
    reach(cycle, 3, 2)
    program = cycle.nodes.get(level="program")
    WorksheetRow.objects.filter(cycle=cycle, name="Jumlah laporan 3").update(node=program)
    assert needed(cycle) == ["3", "2"]


def test_what_follows_another_is_told_by_what_it_follows(cycle):
    reach(cycle, 2, 1)
    reach(cycle, 3, 1, state="mengikuti")
    assert needed(cycle) == ["2"]


def test_what_the_plan_repeats_on_another_level_stands_once_with_both_places(cycle):
    program = cycle.nodes.get(level="program")
    for number in (2, 3):
        WorksheetRow.objects.filter(cycle=cycle, name=f"Jumlah laporan {number}").update(
            realised=1,
            name=f"Jumlah {' ' * number}laporan",
            node=program if number == 2 else cycle.rows.first().node,
        )
    (need,) = rows_in_need(calculate(fresh(cycle)))
    assert need.branch.node.level == "program"
    assert need.also == (cycle.nodes.get(level="sub_kegiatan").place,)


def test_a_draft_needs_nobody_yet(cycle):
    reach(cycle, 2, 1, state="draf")
    assert needed(cycle) == []


def test_a_target_that_is_shown_as_reached_is_reached(cycle):
    reach(cycle, 2, 99_996, targets=["100000"] * 4)
    assert needed(cycle) == []


def test_the_rule_is_said_with_its_weights():
    assert "sasaran 4, program 3, kegiatan 2, sub kegiatan 1" in ATTENTION_RULE
    assert "× 1,5 bila sebabnya belum dituliskan" in ATTENTION_RULE


def test_whose_step_it_is_acts_first_and_nobody_once_it_is_archived(cycle):
    assert told(cycle).act == f"{TURN}."
    MeasurementCycle.objects.filter(pk=cycle.pk).update(state="arsip")
    assert told(cycle).is_calm


def test_while_rows_are_waited_for_their_owners_act_and_not_the_step(cycle):
    reach(cycle, 2, 3, state="draf")
    MeasurementCycle.objects.filter(pk=cycle.pk).update(state="pengukuran")
    assert told(cycle).act.endswith("mengirim kertas kerja.")
    assert "langkah" not in told(cycle).act


def test_whoever_gave_no_reason_must_and_the_others_follow_up(cycle, kecamatan):
    reach(cycle, 2, 1, obstacle="")
    reach(cycle, 3, 1)
    name = kecamatan.asn.name
    assert told(cycle).act == (
        f"{TURN}; {name} menjelaskan sebabnya kepada Camat; {name} menjalankan tindak lanjut."
    )


def test_serapan_is_judged_by_the_cash_plan_and_the_slowest_must_act(cycle, kecamatan):
    cycle.nodes.filter(level="sub_kegiatan").update(cash=["5000000"] * 4)
    found = told(cycle)
    assert "; serapan tertinggal 60 poin dari anggaran kas s.d. TW I." in found.finding
    assert found.act == f"{TURN}; {kecamatan.asn.name} mempercepat belanja."


def test_money_that_nobody_entered_is_asked_of_whom_it_belongs_to(cycle, kecamatan):
    cycle.nodes.update(spent=None)
    found = told(cycle)
    assert found.finding.endswith("; realisasi anggaran belum diisi.")
    assert found.act == f"{TURN}; {kecamatan.asn.name} mengisi realisasi anggaran."


def test_an_annual_indicator_is_counted_as_not_due(cycle):
    WorksheetRow.objects.filter(name="Jumlah laporan 4").update(
        state="belum_waktunya", realised=None, schedule="4"
    )
    assert "Semua 3 indikator mencapai target (1 belum waktunya diukur)" in told(cycle).finding


def test_points_are_those_of_capaian_as_shown(cycle):
    reach(cycle, 2, 2)
    (need,) = rows_in_need(calculate(fresh(cycle)))
    assert need.distance == Decimal("33.33")
