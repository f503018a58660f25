"""The headings of a checked table: with units, printed again, with column numbers under them."""

import pytest

from tests.published.test_check_table import check, table


@pytest.mark.parametrize(
    "row",
    ["(1);(2);(3);(4=3/2);", "1;2;3;4;5", "1;2;3;4=3/2x100;5", "a;b;c;d=c/b;", "-1;-2;-3;-4;-5", "No;TARGET;Realisasi;Capaian (%);Catatan",
     ";;;%;", ";(Rp);(Rp);(%);", ";2024;2024;2024;"],
)  # fmt: skip
def test_rows_that_continue_the_headings_are_passed_over(tmp_path, row):
    content = f"No;Target;Realisasi;Capaian (%);Catatan\n{row}\n1;3;2;66,67;\nNo;Target;Realisasi;Capaian (%);Catatan\n{row}\n2;3;2;67;\n"
    found = table(tmp_path, content, delimiter=";")

    assert (
        check(tmp_path, content)[-1] == "2 diperiksa, 2 sesuai, 0 pembulatan, 0 beda, 0 tidak_dapat_dihitung"
    )
    assert found[0]["Target"] == row.split(";")[1]
    assert [one["capaian_verdict"] or "" for one in found] == ["", "sesuai", "", "", "sesuai"]


@pytest.mark.parametrize(
    "row", ["1;1;2;200", "1;2;3;150", ";1;2;200", "1;2;3;", "3;4;5;125", "1;2024;2025;100,05"]
)
def test_small_numbers_right_under_the_headings_may_be_data(tmp_path, row):
    found = table(tmp_path, f"No;Target;Realisasi;Capaian\n{row}\n", delimiter=";")

    assert found[0]["capaian_computed"]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Target;Realisasi;Capaian (%);Pagu (Rp);Realisasi Anggaran (Rp.);% Serapan", "3;2;66,67;4;1;25"),
        (
            "Target [nilai];Realisasi\u00a0(nilai);% Capaian;PAGU (Rp);Realisasi_Anggaran;Serapan %",
            "3;2;66,67;4;1;25",
        ),
        (
            "Capaian (%);capaian_published;Target (lama);Target;Realisasi;Pagu Anggaran;Realisasi (Rp);Serapan",
            "1;66,67;9;3;2;4;1;25",
        ),
        ("Target;Realisasi;Capaian;Pagu;Realisasi;Serapan", "3;2;66,67;4;1;25"),
        ("Pagu;Realisasi;Serapan;Target;Realisasi;Capaian", "4;1;25;3;2;66,67"),
        (
            "Realisasi (2023);Target (Renstra);Target;Realisasi;Capaian (%);Pagu;Realisasi (Rp);Serapan",
            "9;9;3;2;66,67;4;1;25",
        ),
        (
            "Realisasi (tahun lalu);Target (%);Realisasi (%);Capaian (%);Pagu;Realisasi (Rp);Serapan",
            "9;3;2;66,67;4;1;25",
        ),
        ("Target;Pagu (Rp);Realisasi (Rp);Realisasi;Capaian;Serapan", "3;4;1;2;66,67;25"),
    ],
)
def test_units_in_headings_are_ignored_and_exact_names_win(tmp_path, headings, row):
    assert check(tmp_path, f"{headings}\n{row}\n")[-1].startswith("2 diperiksa, 2 sesuai")


def test_pagu_alone_takes_the_realisasi_beside_it(tmp_path):
    assert check(tmp_path, "Pagu (Rp);Realisasi (Rp);Serapan (%)\n4;1;25\n")[-1].startswith(
        "1 diperiksa, 1 sesuai"
    )
    assert check(tmp_path, "Target;Realisasi;Capaian;Pagu\n3;2;66,67;9\n")[-1].startswith(
        "1 diperiksa, 1 sesuai"
    )
