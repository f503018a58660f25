"""What is missing before a step may be left or a row be sent: sentences that name what and where."""

from datetime import timedelta
from decimal import Decimal

import pytest

from measurement.doors import measuring, withdrawing
from measurement.models import (
    Appointment,
    Indicator,
    Meeting,
    PlanNode,
    PredicateLevel,
    PredicateScale,
    ReferenceDocument,
    ScheduledStep,
    WorksheetRow,
)
from measurement.rules.figure import Figure, Gap
from measurement.rules.requirements import SHOWN, is_said, missing, shorten
from measurement.rules.row_gaps import row_gaps
from measurement.rules.sop import ACTIONS, SCHEDULED_STEPS, Role
from tests.support.characters import (
    add_indicator,
    cycle_at,
    fill,
    fresh,
    open_cycle,
    prepare,
    row_values,
    walk,
)

MET, MISSED = Figure(Decimal(100)), Figure(Decimal("99.99"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sepuluh123", True), ("sembilan1", False), ("", False), (" " * 40, False), ("\u200b" * 40, False), ("a" * 9 + "\u200d" * 9, False),
        ("a b c d e f g h i j", True), ("\x00\x01\ufeff\u202e" * 9, False), ("العربية نص", False), ("😀" * 10, True),
    ],
)  # fmt: skip
def test_only_visible_characters_count_as_words(text, said):
    assert is_said(text) == said


def row(**values) -> WorksheetRow:
    return WorksheetRow(accumulation="jumlah", **row_values() | values)


@pytest.mark.parametrize(
    ("values", "capaian", "gaps"),
    [
        ({}, MET, []),
        ({"realised": None}, Figure(gap=Gap.BLANK), ["realisasi"]),
        ({"realised": Decimal(0)}, MISSED, []),
        ({"driver": ""}, MET, ["faktor pendorong (target tercapai)"]),
        ({"driver": ""}, MISSED, []),
        (
            {"obstacle": "", "follow_up": "x"},
            MISSED,
            ["faktor penghambat (target belum tercapai)", "tindak lanjut: paling sedikit 10 huruf"],
        ),
        ({"obstacle": "", "follow_up": ""}, MET, []),
        ({"evidence_note": "  "}, MET, ["bukti, atau letaknya bila tidak diunggah"]),
        ({"evidence_note": "SK"}, MET, ["bukti, atau letaknya bila tidak diunggah: paling sedikit 3 huruf"]),
        ({"evidence_note": "Rak A"}, MET, []),
        ({"driver": "", "obstacle": "", "follow_up": ""}, Figure(gap=Gap.ZERO_TARGET), []),
    ],
)
def test_a_row_says_what_it_lacks(values, capaian, gaps):
    assert row_gaps(row(**values), capaian, evidence_count=0) == gaps


def test_an_uploaded_file_stands_in_for_the_place_of_the_evidence():
    assert row_gaps(row(evidence_note=""), MET, evidence_count=1) == []


@pytest.mark.parametrize(
    ("numerator", "denominator", "gap"),
    [
        (None, 4, "pembilang dan penyebut"),
        (3, None, "pembilang dan penyebut"),
        (3, 0, "penyebut selain 0"),
        (0, 4, None),
    ],
)
def test_a_ratio_row_needs_both_its_parts(numerator, denominator, gap):
    ratio = row(realised=None, numerator=numerator, denominator=denominator)
    ratio.accumulation = "rasio"
    assert row_gaps(ratio, MET, evidence_count=1) == ([gap] if gap else [])


def test_a_long_list_is_shortened_and_says_how_much_more_there_is():
    sentences = [f"Baris {number}." for number in range(SHOWN + 3)]
    assert shorten(sentences, "indikator") == [*sentences[:SHOWN], "… dan 3 indikator lainnya."]
    assert shorten(sentences[:SHOWN], "indikator") == sentences[:SHOWN]


@pytest.mark.parametrize("action", ACTIONS)
def test_every_sentence_says_what_to_do_and_ends(kecamatan, action):
    cycle = cycle_at(kecamatan, "measure")
    for sentence in missing(cycle, action):
        assert sentence[0].isupper() or sentence[0].isdecimal()
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    "step",
    ["brief", "plan_activities", "prepare_method", "evaluate", "recapitulate", "report", "report_to_camat"],
)
def test_a_prepared_step_lacks_nothing(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    assert missing(cycle, step) != []
    prepare(kecamatan, cycle)
    assert missing(fresh(cycle), step) == []


def test_an_order_needs_a_sekcam_in_office(kecamatan):
    cycle = open_cycle(kecamatan)
    Appointment.objects.filter(role=Role.SEKCAM).update(ends="2025-01-01")
    assert missing(cycle, "order") == [
        "Belum ada Sekcam (atau Plt./Plh.) yang ditugaskan. Minta administrator mencatat penugasannya."
    ]


def test_the_schedule_is_whole_and_in_order(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    prepare(kecamatan, cycle)
    ScheduledStep.objects.filter(step="archive").update(date="2000-01-01")
    assert missing(fresh(cycle), "plan_activities") == [
        "Tanggal pada rencana kegiatan harus berurutan dari langkah 4 sampai 11."
    ]
    ScheduledStep.objects.filter(step="archive").delete()
    assert missing(fresh(cycle), "plan_activities") == [
        "Lengkapi rencana kegiatan: tanggal selesai untuk langkah 4 sampai 11."
    ]


def test_the_schedule_stands_in_the_order_of_the_sop(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    for step in reversed(SCHEDULED_STEPS):
        ScheduledStep.objects.create(cycle=cycle, step=step.key, date="2026-05-01")
    assert [item.step for item in cycle.schedule.all()] == [step.key for step in SCHEDULED_STEPS]


def test_a_meeting_needs_somebody_who_was_there(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    prepare(kecamatan, cycle)
    Meeting.objects.get().attendees.clear()
    assert missing(fresh(cycle), "plan_activities") == ["Catat peserta rapat."]


def test_an_earlier_quarter_is_archived_first(kecamatan):
    first, second = open_cycle(kecamatan, 1), cycle_at(kecamatan, "prepare_method", quarter=2)
    prepare(kecamatan, second)
    assert missing(second, "prepare_method") == [
        f"{first} masih berjalan; arsipkan dahulu supaya angka sampai dengan triwulan ini lengkap. "
        "Bila siklus itu tidak diperlukan, Camat dapat mencabut perintahnya."
    ]


def test_a_correction_of_an_earlier_quarter_keeps_nothing_shut(kecamatan):
    cycle_at(kecamatan, None)
    correction, second = open_cycle(kecamatan, 1), cycle_at(kecamatan, "prepare_method", quarter=2)
    prepare(kecamatan, second)
    assert correction.amends
    assert missing(second, "prepare_method") == []


def test_a_withdrawn_earlier_quarter_keeps_nothing_shut(kecamatan):
    withdrawing.withdraw_order(open_cycle(kecamatan, 1).pk, kecamatan.camat, "Triwulan yang dipilih keliru.")
    second = cycle_at(kecamatan, "prepare_method", quarter=2)
    prepare(kecamatan, second)
    assert missing(second, "prepare_method") == []


def test_a_scale_that_ended_before_the_quarter_did_keeps_step_4_open(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    prepare(kecamatan, cycle)
    PredicateScale.objects.update(valid_until=cycle.last_day)
    assert missing(fresh(cycle), "prepare_method") == ["Skala predikat “Uji” tidak berlaku pada 31-03-2026."]
    PredicateScale.objects.update(valid_until=cycle.last_day + timedelta(days=1))
    assert missing(fresh(cycle), "prepare_method") == []


def test_a_scale_with_a_gap_keeps_step_4_open(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    prepare(kecamatan, cycle)
    PredicateLevel.objects.filter(lower=None).delete()
    assert missing(fresh(cycle), "prepare_method") == [
        "Tingkat terendah harus tanpa batas bawah, supaya setiap nilai mendapat predikat."
    ]


def test_every_reference_document_is_asked_for_by_name(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    prepare(kecamatan, cycle)
    ReferenceDocument.objects.filter(kind="iku").update(explanation="  ")
    assert missing(cycle, "prepare_method") == [
        "Unggah Indikator Kinerja Utama (IKU), atau jelaskan mengapa tidak ada."
    ]


@pytest.mark.parametrize(
    ("values", "gap"),
    [
        ({"measure": " "}, "satuan"), ({"formula": ""}, "definisi dan formula"), ({"source": ""}, "sumber data"),
        ({"evidence_wanted": ""}, "bukti yang diminta"), ({"method": "rentang", "low": None}, "batas rentang"),
        ({"method": "predikat", "score_scale": " "}, "skala skor"),
        ({"smart_relevant": None}, "penilaian SMART"), ({"smart_relevant": False}, "alasan penilaian SMART “tidak”"),
        ({"owner": None}, "penanggung jawab yang masih bertugas"),
    ],
)  # fmt: skip
def test_an_indicator_says_what_its_definition_lacks(kecamatan, values, gap):
    cycle = cycle_at(kecamatan, "prepare_method")
    prepare(kecamatan, cycle)
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(**values)
    assert missing(cycle, "prepare_method")[0] == f"Indikator “Jumlah laporan 1” belum lengkap: {gap}."


def test_a_retired_indicator_and_one_without_a_target_are_not_measured(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    prepare(kecamatan, cycle)
    add_indicator(kecamatan, "Sudah tidak dipakai", retired=True, source="")
    add_indicator(kecamatan, "Tanpa target", source="").targets.all().delete()
    assert missing(cycle, "prepare_method") == []


def test_step_5_names_who_has_not_sent_and_whose_money_is_blank(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    assert missing(cycle, "measure") == [
        f"Belum dikirim: {kecamatan.asn} (2 indikator).",
        f"Realisasi anggaran 7.01.02.2.01.0001 belum diisi oleh {kecamatan.asn}.",
    ]


def test_a_sub_kegiatan_without_pagu_needs_no_money(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    PlanNode.objects.create(
        plan=kecamatan.plan,
        parent=kecamatan.sub.parent,
        level="sub_kegiatan",
        code="X",
        name="Tanpa pagu",
        position=9,
    )
    cycle = walk(kecamatan, cycle, "measure")
    assert not any("Realisasi anggaran X" in sentence for sentence in missing(cycle, "measure"))


def test_step_6_counts_what_is_not_judged(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    first = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, first.pk, first.version, "Bukti tidak terbaca.")
    assert missing(cycle, "evaluate") == [
        "1 baris belum dievaluasi: terima atau kembalikan.",
        "1 baris masih dilengkapi oleh penanggung jawabnya.",
    ]


def test_money_alone_keeps_step_5_open(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    fill(kecamatan, cycle)
    cycle.nodes.update(spent=None)
    measuring.send(cycle.pk, kecamatan.asn)
    assert cycle.stays.filter(left_at=None, step="measure").exists()
