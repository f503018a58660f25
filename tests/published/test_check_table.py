"""A published table checked as a whole: the command, its files, and the page."""

import csv
import io
from datetime import date, datetime, time

import openpyxl
import pytest
from django.core.management import CommandError, call_command

HEADINGS = "indikator,direction,target,realisasi,capaian_published,pagu,realisasi_anggaran,serapan_published,catatan dokumen"
ROWS = """Indeks Kepuasan Masyarakat (IKM),max,85,86,"101,2",,,,tidak dibatasi
Indeks Kepuasan Masyarakat (IKM),max,90,"97,89","108,7",,,,dipotong
Penyusunan Dokumen,,,,,16447874576,12686491756,92%,=beda
Dokumen lain,,,,,"89,3405,300",886684800,99%,salah cetak
Angka kematian,,94,144,"46,81",100.000.000,"Rp50.000.000,-",50%,-5
"""
SUMMARY = "6 diperiksa, 3 sesuai, 1 pembulatan, 1 beda, 1 tidak_dapat_dihitung"


def check(tmp_path, content: str | bytes, name: str = "tabel.csv", out: str = "") -> list[str]:
    """What the command prints."""
    path, said = tmp_path / name, io.StringIO()
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    call_command("check_table", path, out=tmp_path / out if out else None, stdout=said)
    return said.getvalue().splitlines()


def table(tmp_path, content: str | bytes, name: str = "tabel.csv", delimiter: str = ",") -> list[dict]:
    """The rows that the command writes as csv."""
    check(tmp_path, content, name, "hasil.csv")
    return list(
        csv.DictReader(io.StringIO((tmp_path / "hasil.csv").read_text(), newline=""), delimiter=delimiter)
    )


def as_xlsx(rows: list[list], formats: dict[str, str] | None = None, before: int = 0) -> bytes:
    book = openpyxl.Workbook()
    for _ in range(before):
        book.create_sheet(index=0).append(["Sampul"])
    sheet = book.worksheets[-1]
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_command_says_what_differs_and_closes_with_the_counts(tmp_path):
    lines = check(tmp_path, f"{HEADINGS}\n{ROWS}")

    assert lines[-1] == SUMMARY
    assert "baris 4, serapan: dicetak 92%, dihitung 77,13: beda" in lines
    assert any("baris 6, capaian" in line and "arah kosong" in line for line in lines)
    assert not any("baris 2," in line for line in lines)


def test_many_differences_are_cut_to_the_weightiest(tmp_path):
    lines = check(tmp_path, "target,realisasi,capaian_published\n" + "3,2,66\n" * 50 + "3,2,10\n" * 5)

    assert len(lines) == 43
    assert lines[0] == "Perlu dilihat: 5 beda tanpa penjelasan."
    assert sum(": beda" in line for line in lines) == 5
    assert lines[-2] == "… dan 15 lainnya; semuanya ada pada hasil --out."


def test_columns_stand_as_they_were_with_ours_behind(tmp_path):
    rows = table(tmp_path, f"{HEADINGS}\n{ROWS}")

    assert list(rows[0]) == [
        *HEADINGS.split(","),
        "capaian_computed",
        "capaian_verdict",
        "serapan_computed",
        "serapan_verdict",
        "catatan_periksa",
    ]
    assert [row["catatan dokumen"] for row in rows] == [
        "tidak dibatasi",
        "dipotong",
        "'=beda",
        "salah cetak",
        "-5",
    ]
    assert [row["capaian_verdict"] for row in rows] == ["sesuai", "pembulatan", "", "", "sesuai"]
    assert [row["serapan_computed"] for row in rows] == ["", "", "77,13", "", "50,00"]
    assert "pagu “89,3405,300” tidak terbaca" in rows[3]["catatan_periksa"]


def test_checking_a_checked_table_again_changes_nothing(tmp_path):
    check(tmp_path, f"{HEADINGS}\n{ROWS}", out="satu.csv")
    check(tmp_path, (tmp_path / "satu.csv").read_bytes(), "satu.csv", "dua.csv")

    assert (tmp_path / "satu.csv").read_bytes() == (tmp_path / "dua.csv").read_bytes()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("title", ["", "Laporan Kinerja – 2024, Kecamatan\n\n"])
def test_csv_of_every_make_with_titles_above(tmp_path, delimiter, encoding, title):
    text = title + delimiter.join(['"Uraian\nbaris dua"', "Target", "REALISASI ", "Capaian Published"])
    content = f"{text}\n" + delimiter.join(["é", "90", "86", '"95,56"']) + "\n\n"
    check(tmp_path, content.encode(encoding), out="hasil.csv")

    rows = list(
        csv.reader(io.StringIO((tmp_path / "hasil.csv").read_text(), newline=""), delimiter=delimiter)
    )
    assert rows[-1][:6] == ["é", "90", "86", "95,56", "95,56", "sesuai"]


def test_workbook_cells_are_taken_as_they_are_shown(tmp_path):
    rows = [
        ["target", "realisasi", "capaian_published"],
        [85, 86, 101.17647],
        [90, 88, 0.977777],
        [1, 0.955, 0.955],
        [85, 86, 101.17647],
        [3, 2, 66.67],
    ]
    formats = {"C2": "#,##0.0", "C3": "0%", "A4": "0%", "B4": "0.0%", "C4": "0.0%", "C5": '0.00" %"'}
    found = table(tmp_path, as_xlsx(rows, formats, before=1), "tabel.xlsx")

    assert [row["capaian_verdict"] for row in found] == ["sesuai"] * 5
    assert [row["capaian_published"] for row in found] == ["101,2", "98%", "95,5%", "101,18", "66,67"]


def test_workbook_written_keeps_numbers_and_never_makes_a_formula(tmp_path):
    check(
        tmp_path,
        as_xlsx(
            [["x", "pagu", "realisasi_anggaran", "serapan_published"], ["=1+1", 3, 2, 0.6667]],
            {"D2": "0.00%"},
        ),
        "t.xlsx",
        "h.xlsx",
    )
    check(tmp_path, f"{HEADINGS}\n{ROWS}", out="dari_csv.xlsx")

    cells = openpyxl.load_workbook(tmp_path / "h.xlsx").active[2]
    assert [cell.value for cell in cells[1:]] == [
        3,
        2,
        0.6667,
        None,
        None,
        pytest.approx(66.67),
        "sesuai",
        None,
    ]
    assert (cells[3].number_format, cells[6].number_format) == ("0.00%", "0.00")
    foreign = openpyxl.load_workbook(tmp_path / "dari_csv.xlsx").active["I4"]
    assert (foreign.value, foreign.data_type, foreign.quotePrefix) == ("=beda", "s", True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tabel.pdf", b"%PDF-1.7", "tidak diterima"),
        ("tabel.xlsx", b"PK\x03\x04rusak", "rusak atau tidak utuh"),
        ("tabel.csv", b"\x00\x01", "bukan CSV"),
        ("tabel.csv", b"", "tidak memiliki kolom"),
        ("tabel.csv", b"kode,nama\n1,2\n", "tidak memiliki kolom"),
        ("tabel.csv", b"target,realisasi\n\n", "tidak berisi baris"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_a_sentence(tmp_path, name, content, said):
    with pytest.raises(CommandError, match=said):
        check(tmp_path, content, name)


def test_missing_file_and_unknown_output_are_refused(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        call_command("check_table", tmp_path / "tidak-ada.csv")
    with pytest.raises(CommandError, match="hanya dapat ditulis"):
        check(tmp_path, ROWS, out="hasil.pdf")


def test_some_columns_are_enough_and_short_names_are_taken(tmp_path):
    assert check(tmp_path, "Arah;Target;Realisasi;Capaian\nmin;23;20,1;112,61\n")[-1].startswith(
        "1 diperiksa, 1 sesuai"
    )
    assert check(tmp_path, "pagu,realisasi_anggaran\n4,2\n") == [
        "0 diperiksa, 0 sesuai, 0 pembulatan, 0 beda, 0 tidak_dapat_dihitung"
    ]


@pytest.mark.parametrize(
    ("row", "verdicts"),
    [("x,85,86,101,2,10,5,50", ("tidak_dapat_dihitung",) * 2), ('x,85,86,"101,2",10,5,50', ("sesuai", "sesuai")), ("x,85,86,101,10,5,50,,", ("sesuai",) * 2)],
)  # fmt: skip
def test_row_that_a_decimal_comma_made_too_wide_is_not_compared(tmp_path, row, verdicts):
    content = f"uraian,target,realisasi,capaian_published,pagu,realisasi_anggaran,serapan_published\n{row}\n"
    (found,) = table(tmp_path, content)

    assert (found["capaian_verdict"], found["serapan_verdict"]) == verdicts
    assert found["catatan_periksa"].startswith(
        "baris lebih lebar daripada judul kolom" if verdicts[0] != "sesuai" else ""
    )


def test_wide_table_checked_again_stays_and_its_footnote_gets_no_verdict(tmp_path):
    check(
        tmp_path,
        "target,realisasi,capaian_published\n85,86,101,2\nSumber: a,b,c,d,e\n3,2,66\n",
        out="satu.csv",
    )
    lines = check(tmp_path, (tmp_path / "satu.csv").read_bytes(), "satu.csv", "dua.csv")

    assert lines[-1] == "2 diperiksa, 0 sesuai, 1 pembulatan, 0 beda, 1 tidak_dapat_dihitung"
    assert (tmp_path / "satu.csv").read_bytes() == (tmp_path / "dua.csv").read_bytes()


STORED = [date(2024, 1, 2), datetime.fromisoformat("2024-01-02T03:04"), time(7, 30), True, 108.7666666666667]


def test_other_cells_of_a_workbook_are_written_as_they_are_stored(tmp_path):
    content = as_xlsx([["target", "realisasi", "capaian_published", *"abcde"], [3, 2, 66.67, *STORED]])
    (row,) = table(tmp_path, content, "t.xlsx")
    check(tmp_path, content, "t.xlsx", "h.xlsx")

    assert [row[name] for name in "abcde"] == [
        "2024-01-02",
        "2024-01-02 03:04:00",
        "07:30:00",
        "ya",
        "108.7666666666667",
    ]
    cells = openpyxl.load_workbook(tmp_path / "h.xlsx").active[2]
    assert [cell.value for cell in cells[3:8]] == [datetime.fromisoformat("2024-01-02"), *STORED[1:]]


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("@SUM(1)", "'@SUM(1)"), ("\t=1", "'\t=1"), ("-2+3", "'-2+3"), ("-5 cmd", "'-5 cmd"), ("-5", "-5"), ("-40,00", "-40,00"),
     ("+3 %", "+3 %"), ("-", "-"), ("'=1", "'=1"), ("'kutip", "'kutip"), ("'-5", "'-5")],
)  # fmt: skip
def test_foreign_text_never_becomes_a_formula_in_csv_and_gets_one_apostrophe(tmp_path, text, written):
    once = table(tmp_path, f'target;realisasi;capaian_published;x\n{text};2;67;"{text}"\n', delimiter=";")
    again = table(tmp_path, (tmp_path / "hasil.csv").read_bytes(), delimiter=";")

    assert once[0]["x"] == written
    assert again == once


def test_unicode_text_of_excel_is_read(tmp_path):
    content = "Uraian\tTarget\tRealisasi\tCapaian\né\t3\t2\t66,67\n"

    assert table(tmp_path, content.encode("utf-16"), delimiter="\t")[0]["capaian_verdict"] == "sesuai"
    with pytest.raises(CommandError, match="bukan CSV"):
        check(tmp_path, content.encode("utf-32"))


def test_formula_without_its_result_is_not_a_blank(tmp_path):
    content = as_xlsx([["target", "realisasi", "capaian_published", "pagu", "realisasi_anggaran", "serapan_published"],
                       [3, 2, "=B2/A2*100", 4, 1, 25]])  # fmt: skip
    (row,) = table(tmp_path, content, "t.xlsx")

    assert (row["capaian_verdict"], row["serapan_verdict"]) == ("tidak_dapat_dihitung", "sesuai")
    assert row["catatan_periksa"] == "Capaian: rumus tanpa hasil tersimpan; buka di Excel lalu simpan"
