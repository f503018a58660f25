"""Targets that are words: predicates with and without a scale, done or not."""

from decimal import Decimal

import pytest

from measurement.models import Indicator, Target
from measurement.plan import table_import
from tests.plan.test_plan_reading import HEADINGS, KEGIATAN, PROGRAM, SUB, preview, read, workbook

HEADED = [*HEADINGS, "Arah", "Skala skor"]


def rows(target, method: str, scale: str = "", measure: str = "Opini") -> list[list]:
    sub = [*SUB[:3], measure, target, SUB[5], method, scale]
    return [HEADED, [*PROGRAM, "", ""], [*KEGIATAN, "", ""], sub]


@pytest.mark.parametrize(
    ("written", "score", "scale"),
    [
        ("WTP", 4, "WTP=4, WDP=3, TW=2, TMP=1"),
        ("wdp", 3, "WTP=4, WDP=3, TW=2, TMP=1"),
        ("BB", 5, "AA=7, A=6, BB=5, B=4, CC=3, C=2, D=1"),
        ("BB (72,5)", 5, "AA=7, A=6, BB=5, B=4, CC=3, C=2, D=1"),
    ],
)
def test_a_predicate_without_a_scale_gets_the_common_one_and_it_is_said(
    empty, kecamatan, written, score, scale
):
    seen = table_import.apply(empty, read(workbook(rows(written, "predikat"))), kecamatan.tim)

    indicator = Indicator.objects.get(node__plan=empty, node__level="sub_kegiatan")
    assert (indicator.score_scale, indicator.accumulation) == (scale, "posisi_akhir")
    assert Target.objects.get(indicator=indicator).annual == Decimal(score)
    assert f"Baris 4: skala skor tidak ditulis; dipakai {scale}." in seen.remarks


@pytest.mark.parametrize(
    ("written", "scale", "words"),
    [
        ("A-", "", "skalanya pada kolom skala_skor"),
        ("XX", "Baik=2, Kurang=1", "tulis salah satu: Baik, Kurang"),
        (
            72.5,
            "Baik=2, Kurang=1",
            "72,5 bukan skor pada skala indikator ini; tulis salah satu: Baik, Kurang",
        ),
    ],
)
def test_what_is_no_word_of_the_scale_is_refused_with_what_to_write(empty, written, scale, words):
    wrong = preview(empty, rows(written, "predikat", scale)).wrong

    assert [(cell.cell, words in cell.sentence) for cell in wrong] == [("E4", True)]


@pytest.mark.parametrize(
    ("written", "value"), [("Ya", 1), ("Ada", 1), ("Selesai", 1), ("tidak", 0), (True, 1), (1, 1)]
)
def test_done_or_not_may_be_written_as_a_word(empty, kecamatan, written, value):
    table_import.apply(empty, read(workbook(rows(written, "ya/tidak"))), kecamatan.tim)

    assert (
        Target.objects.get(indicator__node__plan=empty, indicator__node__level="sub_kegiatan").annual == value
    )


@pytest.mark.parametrize(
    ("measure", "method", "accumulation"),
    [("Hari", "rentang_turun", "posisi_akhir"), ("Dokumen", "rentang", "jumlah")],
)
def test_a_span_of_days_is_not_shared_out_over_the_quarters(empty, kecamatan, measure, method, accumulation):
    table_import.apply(empty, read(workbook(rows("7–8", method, measure=measure))), kecamatan.tim)

    assert Indicator.objects.get(node__plan=empty, node__level="sub_kegiatan").accumulation == accumulation
