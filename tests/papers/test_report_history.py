"""What the report tells of before: earlier quarters, rounds, and time kept or overrun."""

from decimal import Decimal

import pytest

from measurement.doors import workflow
from measurement.papers.comparison import change
from measurement.papers.cycle_history import punctuality_words
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK
from tests.papers.test_report import report
from tests.support.characters import cycle_at, fresh, walk


@pytest.fixture
def second_quarter(kecamatan):
    """TW I archived with 100 %, TW II waiting for its report with less."""
    cycle_at(kecamatan, None)
    cycle = cycle_at(kecamatan, "report_to_camat", quarter=2)
    cycle.rows.filter(position=0).update(realised=0)
    return fresh(cycle)


# Earlier quarters


def test_the_first_quarter_has_nothing_to_be_compared_with(kecamatan):
    content = report(kecamatan, cycle_at(kecamatan, "report_to_camat"))
    assert content["quarters"]["lines"] == content["charts"]["quarters"] == []
    assert "belum ada triwulan sebelumnya" in content["quarters"]["sentences"][0]


def test_earlier_quarters_come_from_the_archive(second_quarter, kecamatan):
    content = report(kecamatan, second_quarter)
    office = content["quarters"]["lines"][-1]
    assert content["quarters"]["columns"] == ["TW I", "TW II"]
    assert (office["capaian"], office["capaian_change"]) == (["100,00", "75,00"], "−25,00")
    assert (office["serapan"], office["serapan_change"]) == (["20,00", "40,00"], "+20,00")
    assert (
        "Capaian kinerja s.d. Triwulan II 75,00 %, s.d. Triwulan I 100,00 % (−25,00 poin)."
        in content["quarters"]["sentences"]
    )
    assert (
        "Tidak lagi mencapai target, padahal s.d. Triwulan I mencapai: indikator nomor 1."
        in content["quarters"]["sentences"]
    )


def test_the_newest_archived_correction_counts(second_quarter, kecamatan):
    correction = cycle_at(kecamatan, "archive")
    correction.rows.update(realised=6)
    before = report(kecamatan, second_quarter)["quarters"]["lines"][-1]["capaian"]
    walk(kecamatan, fresh(correction))
    after = report(kecamatan, second_quarter)["quarters"]["lines"][-1]["capaian"]
    assert (before[0], after[0]) == ("100,00", "200,00")


def test_a_quarter_without_an_archive_is_named(kecamatan):
    cycle_at(kecamatan, None)
    third = cycle_at(kecamatan, "report_to_camat", quarter=3)
    content = report(kecamatan, third)
    assert (
        content["quarters"]["sentences"][0]
        == "Tidak ada angka Triwulan II, karena pengukuran triwulan itu tidak ada dalam arsip."
    )
    assert content["quarters"]["lines"][-1]["capaian"][1] == "–"
    texts = [[bar["text"] for bar in group["bars"]] for group in content["charts"]["quarters"][0]["groups"]]
    assert texts[1] == ["tidak ada arsip"]
    assert texts[3] == ["belum diukur"]


@pytest.mark.parametrize(
    ("values", "text"),
    [(["100", "102.5"], "+2,50"), (["100", "99"], "−1,00"), (["100", "100"], "0,00"), (["90", None, "95"], "+5,00"), ([None, "1"], "–"), (["1", None], "–")],
)  # fmt: skip
def test_a_change_is_told_in_points(values, text):
    assert change([None if value is None else Decimal(value) for value in values]) == text


# Rounds and time


def test_rounds_are_told_with_arahan_answer_and_change(to_decide, kecamatan):
    row = to_decide.rows.first()
    workflow.perform(
        to_decide, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa kembali angka realisasi.", row.pk)]
    )
    cycle = walk(kecamatan, fresh(to_decide), "report_to_camat")
    content = report(kecamatan, cycle)
    (directive,) = content["directives"]
    assert (directive["text"], directive["answer"]) == (
        "Periksa kembali angka realisasi.",
        "Sudah dilengkapi seperti diminta.",
    )
    assert [item["round"] for item in content["changed"]] == ["2"]


def test_time_kept_and_overrun_is_counted():
    lines = [
        {"number": number, "round": number, "verdict": verdict}
        for number, verdict in (("1", "sesuai"), ("2", "melampaui"), ("3", "–"))
    ]
    told = punctuality_words(lines)
    assert (
        told
        == "Dari 2 langkah yang memiliki waktu baku, 1 selesai dalam waktu bakunya; yang melampaui: langkah 2 (putaran 2)."
    )
