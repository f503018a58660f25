"""Ranges and words as target and realisasi, inputs that were rounded, and a capaian that repeats its realisasi."""

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from measurement.published.comparing import FigureVerdict
from tests.published.test_check_table import check
from tests.published.test_published import capaian

EQUAL, ROUNDED, DIFFERENT, UNCOMPUTABLE = FigureVerdict


@pytest.mark.parametrize(
    ("direction", "target", "realised", "published", "verdict"),
    [
        ("min", "7 – 8 hari", "6,5", "107,14", EQUAL),
        ("min", "7-8", "9 hari", "87,5", EQUAL),
        ("max", "80-90", "70", "87,5", EQUAL),
        ("max", "80 s.d. 90", "92", "102,22", EQUAL),
        ("", "80 s/d 90", "85", "100", EQUAL),
        ("", "80 sampai dengan 90 %", "95 %", "94,44", EQUAL),
        ("", "80% - 90%", "95%", "105,56%", EQUAL),
        ("", "antara 80 dan 90", "85", "90", DIFFERENT),
        ("Rentang a–b", "80–90", "95", "94,44", EQUAL),
        ("Rentang a–b", "80–90", "95", "105,56", DIFFERENT),
        ("", "90-80", "85", "100", UNCOMPUTABLE),
        ("", "80-90", "baik", "100", UNCOMPUTABLE),
    ],
)
def test_range_targets(direction, target, realised, published, verdict):
    assert capaian(target, realised, published, direction).verdict == verdict


@pytest.mark.parametrize(
    ("target", "realised", "published", "verdict", "said"),
    [
        ("BB", "BB", "100", EQUAL, ""),
        ("A", "BB", "83,33", EQUAL, "skala nilai SAKIP: A = 6, BB = 5"),
        ("A", "B", "75", EQUAL, "skala mutu pelayanan: A = 4, B = 3"),
        ("WTP", "WDP", "75%", EQUAL, "skala opini"),
        ("WTP", "WDP", "90", DIFFERENT, "bila skala skornya lain"),
        ("Opini WTP", "Wajar Tanpa Pengecualian", "100", EQUAL, ""),
        ("Ya", "Tidak", "0", EQUAL, ""),
        ("Ya", "Ya", "100", EQUAL, ""),
        ("Ada", "Tidak ada", "100", DIFFERENT, ""),
        ("Sangat Baik", "Baik", "80", EQUAL, "lima tingkat"),
        ("Sangat Baik", "Baik", "75", EQUAL, "empat tingkat"),
        ("Sangat Tinggi", "Tinggi", "80", EQUAL, ""),
        ("BB (72,5)", "BB (74)", "102,07", EQUAL, ""),
        ("91,5 (A)", "90 (A)", "98,36", EQUAL, ""),
        ("minimal 80", "82", "102,5", EQUAL, ""),
        ("entah", "entah", "100", UNCOMPUTABLE, "tidak terbaca"),
        ("n/a", "n/a", "100", UNCOMPUTABLE, "tidak terbaca"),
        ("BB", "80", "100", UNCOMPUTABLE, "tidak terbaca"),
        ("WTP", "Baik", "100", UNCOMPUTABLE, "tidak terbaca"),
    ],
)
def test_words(target, realised, published, verdict, said):
    found = capaian(target, realised, published, "")

    assert found.verdict == verdict
    assert said in "; ".join(found.notes)


@pytest.mark.parametrize(
    ("target", "realised", "published", "verdict"),
    [
        ("< 5 %", "3 %", "140", EQUAL),
        ("< 5 %", "3 %", "60", DIFFERENT),
        ("≤ 3", "2", "133,33", EQUAL),
        ("maksimal 3 hari", "4", "66,67", EQUAL),
        ("paling lambat 3 hari", "4 hari", "133,33", DIFFERENT),
        ("tidak lebih dari 10", "8", "120", EQUAL),
        ("≥ 90", "92,5", "102,78", EQUAL),
        ("minimal 80", "78", "102,5", DIFFERENT),
        ("80 ke atas", "84", "95", DIFFERENT),
        ("80", "84", "95", EQUAL),
    ],
)
def test_a_target_that_says_its_direction_is_heard(target, realised, published, verdict):
    found = capaian(target, realised, published, "")

    assert found.verdict == verdict
    assert any(f"arah menurut target “{target}”" in note for note in found.notes) == (target != "80")


@pytest.mark.parametrize(
    ("realised", "published", "verdict"),
    [("200", "> 100", EQUAL), ("200", "≥100 %", EQUAL), ("100", "≥ 100", EQUAL), ("100", "> 100", DIFFERENT), ("90", "> 100", DIFFERENT), ("50", "< 60", EQUAL)],
)  # fmt: skip
def test_a_printed_bound_is_true_or_not(realised, published, verdict):
    found = capaian("100", realised, published)

    assert (found.verdict, found.notes[0]) == (verdict, "dokumen hanya mencetak batasnya")


def test_a_negative_result_that_is_printed_as_nought_is_explained():
    found = capaian("2", "-1", "0")

    assert (found.verdict, found.is_explained) == (DIFFERENT, True)


@pytest.mark.parametrize(
    ("direction", "target", "realised", "published", "verdict"),
    [
        ("Ya/tidak", "1", "1", "100", EQUAL),
        ("Ya/tidak", "", "Ya", "100", EQUAL),
        ("Ya/tidak", "Ya", "belum", "0", EQUAL),
        ("Ya/tidak", "Tidak", "Tidak", "100", EQUAL),
        ("Ya/tidak", "1", "3", "300", DIFFERENT),
        ("Minimum, bentuk rasio T/R", "4", "5", "80", EQUAL),
        ("Stabil (tepat target)", "10", "12", "80", EQUAL),
        ("Stabil (tepat target)", "5", "12", "-40", EQUAL),
        ("Predikat (skor): Utama=10; Madya=5", "Utama", "Madya", "50", EQUAL),
    ],
)
def test_methods_by_the_labels_of_our_own_papers(direction, target, realised, published, verdict):
    assert capaian(target, realised, published, direction).verdict == verdict


@pytest.mark.parametrize(
    ("target", "realised", "published", "verdict", "said"),
    [
        ("82,5", "80,3", "97,36", ROUNDED, "cocok bila realisasi belum dibulatkan"),
        ("82,5", "80,3", "97,26", ROUNDED, "cocok bila target dan realisasi belum dibulatkan"),
        ("82,5", "80,3", "97,60", DIFFERENT, ""),
        ("90", "88", "97,6", DIFFERENT, "cocok bila realisasi belum dibulatkan"),
        ("4", "3", "80", DIFFERENT, ""),
        ("100", "99", "99,7", DIFFERENT, ""),
        ("90", "88", "88", DIFFERENT, "capaian yang dicetak hanya mengulang realisasi"),
        ("90", "88 %", "88,00", DIFFERENT, "hanya mengulang realisasi"),
        ("0", "3", "3", UNCOMPUTABLE, "hanya mengulang realisasi"),
        ("", "88", "88", UNCOMPUTABLE, "hanya mengulang realisasi"),
        ("100", "88", "88", EQUAL, ""),
    ],
)
def test_rounded_inputs_and_repeated_realisasi(target, realised, published, verdict, said):
    found = capaian(target, realised, published)

    assert found.verdict == verdict
    assert said in "; ".join(found.notes)
    assert said or not any("dibulatkan" in note or "mengulang" in note for note in found.notes)


def test_money_in_millions_may_have_been_rounded(tmp_path):
    rows = "Uraian;Pagu (juta);Realisasi anggaran (juta);Serapan\nA;12,5;9,3;74,7\n"

    assert any("cocok bila realisasi belum dibulatkan" in line for line in check(tmp_path, rows))


@pytest.mark.parametrize(
    "rows",
    [
        "Uraian;Anggaran (Rp juta);Realisasi (Rp juta);%\nA;101;95;94,77\n",
        "(dalam jutaan rupiah);;;\nUraian;Anggaran;Realisasi;%\nA;2,563;2,500;97,56\nB;101;95;94,77\n",
        "Uraian;Pagu (Rp. 000);Realisasi (Rp. 000);%\nA;101;95;94,77\n",
    ],
)
def test_money_in_thousands_or_millions_was_rounded_to_them(tmp_path, rows):
    lines = check(tmp_path, rows)

    assert any("cocok bila pagu dan realisasi belum dibulatkan" in line for line in lines)
    assert " 0 beda, 0 tidak" in lines[-1]


def test_whole_rupiah_explain_nothing(tmp_path):
    lines = check(tmp_path, "Pagu;Realisasi anggaran;Serapan\n16447874576;12686491756;92%\n")

    assert "baris 2, serapan: dicetak 92%, dihitung 77,13: beda" in lines


@given(*[st.text(max_size=40)] * 4)
def test_whatever_stands_in_the_cells_a_check_never_fails(direction, target, realised, published):
    found = capaian(target, realised, published, direction)

    assert found.verdict is None or found.verdict in FigureVerdict


@pytest.mark.parametrize(
    ("rows", "status"), [("3;2;66,67", 0), ("3;2;50", 1), ("0;2;50", 2), ("3;2;50\n0;2;50", 1)]
)
def test_exit_code_says_whether_all_agree(tmp_path, rows, status):
    path = tmp_path / "t.csv"
    path.write_text(f"Target;Realisasi;Capaian\n{rows}\n")

    if status:
        with pytest.raises(SystemExit) as stopped:
            call_command("check_table", path, exit_code=True)
        assert stopped.value.code == status
    else:
        call_command("check_table", path, exit_code=True)
