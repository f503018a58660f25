"""Planning documents as offices print them: targets with words, several tables, people, money in thousands; and what the radar makes of them."""

from decimal import Decimal

import pytest

from measurement.models import Indicator, Person
from measurement.plan import planning_documents
from measurement.plan.radar import FindingKind, findings
from tests.plan.test_planning_documents import CODE, HEADINGS, ROW, file, read
from tests.support.characters import YEAR


@pytest.mark.parametrize(
    ("written", "measure", "target", "words"),
    [
        ("88,25 (A)", "Nilai", "88.25", "88,25 (A)"),
        ("BB (77,5)", "Nilai", "77.5", "BB (77,5)"),
        ("1 Dokumen", "Dokumen", "1", "1 Dokumen"),
        ("1 (satu) Dok.", "Dokumen", "1", "1 (satu) Dok."),
        ("100%", "%", "100", ""),
        ("12", "Laporan", "12", ""),
        ("WTP", "Opini", None, "WTP"),
        ("Sangat Baik", "Predikat", None, "Sangat Baik"),
        ("Ya", "Ya/Tidak", None, "Ya"),
        ("80–90", "%", None, "80–90"),
        ("7-8 hari", "Hari", None, "7-8 hari"),
        ("100.000", "%", "100", ""),
        ("−3,5", "Nilai", "-3.5", ""),
        ("\u00a012.\u00a0", "Laporan", "12", ""),
        ("1,157", "Orang", "1.157", ""),
    ],
)
def test_a_target_is_read_and_its_words_are_kept(written, measure, target, words):
    reading = read(HEADINGS, [*ROW[:3], measure, written, ""])

    assert reading.wrong == []
    assert (reading.lines[0].target, reading.lines[0].target_text) == (target and Decimal(target), words)


@pytest.mark.parametrize(
    ("column", "written", "measure", "words"),
    [
        (5, "500,000", "Laporan", "Rp500.000 atau Rp500"),
        (4, "0,95", "%", "0,95 % atau 95 %"),
        (4, 0.95, "Persen", "0,95 % atau 95 %"),
    ],
)
def test_what_has_two_likely_readings_is_asked(column, written, measure, words):
    row = [*ROW[:3], measure, 12, ""]
    row[column] = written
    (wrong,) = read(HEADINGS, row).wrong

    assert words in wrong.sentence


def test_a_unit_that_does_not_agree_is_said():
    reading = read(HEADINGS, [*ROW[:4], "12 Orang", ""])

    assert reading.lines[0].target == 12
    assert "bersatuan “Orang”, sedangkan satuannya Laporan" in reading.remarks[0]


def test_the_unit_is_taken_from_the_target_where_no_column_names_it():
    (line,) = read(["Kode", "Indikator", "Target"], [CODE, "Jumlah", "4 laporan"]).lines

    assert (line.target, line.measure) == (4, "laporan")


PERJAKIN = [
    ["PERJANJIAN KINERJA TAHUN 2026"],
    [""],
    ["No", "Sasaran Strategis", "Indikator Kinerja", "Target"],
    ["(1)", "(2)", "(3)", "(4)"],
    [1, "Meningkatnya layanan", "Indeks layanan", "87,5"],
    [""],
    ["No", "Program", "Anggaran", "Keterangan"],
    [1, "Program uji satu", "Rp1.250.000.000", "APBD"],
    [2, "Program uji dua", "Rp 750.000.000,-", "APBD"],
    ["Jumlah", "", "Rp2.000.000.000", ""],
]


def test_a_second_table_is_read_by_its_own_headings():
    lines = read(*PERJAKIN).lines

    assert [(line.number, line.name, line.indicator, line.target, line.pagu) for line in lines] == [
        (5, "Meningkatnya layanan", "Indeks layanan", Decimal("87.5"), None),
        (8, "Program uji satu", "", None, 1_250_000_000),
        (9, "Program uji dua", "", None, 750_000_000),
    ]


def test_money_without_code_is_held_against_the_branch_of_that_name(kecamatan):
    program = kecamatan.plan.nodes.get(level="program")
    rows = [*PERJAKIN[:7], [1, program.name.upper(), "Rp7", "APBD"]]
    reading = planning_documents.read_document(file(rows), YEAR)
    planning_documents.store(kecamatan.plan, "perjakin", YEAR, "pk.xlsx", reading.lines, kecamatan.tim)

    found = [
        finding.sentence for finding in findings(kecamatan.plan, YEAR) if finding.kind == FindingKind.PAGU
    ]
    assert any(f"Pagu Program {program.code}: Rp7 pada" in sentence for sentence in found)


@pytest.mark.parametrize("title", ["(dalam ribuan rupiah)", "(Rp. 000)"])
def test_money_in_thousands_is_multiplied_and_said(title):
    reading = read(["RENJA"], [title], HEADINGS, [*ROW[:5], "1.500"])

    assert reading.lines[0].pagu == 1_500_000
    assert any("dikalikan 1.000" in remark for remark in reading.remarks)


def test_pieces_of_a_code_are_joined():
    headings = ["Kode", "", "", *HEADINGS[1:]]
    (line,) = read(headings, ["7.01.02", "2.01", "0001", *ROW[1:]]).lines

    assert line.code == CODE


# Words and people against the plan


def stored(kecamatan, rows: list[list], kind: str = "iki") -> list:
    reading = planning_documents.read_document(file(rows), YEAR)
    planning_documents.store(kecamatan.plan, kind, YEAR, f"{kind}.xlsx", reading.lines, kecamatan.tim)
    return findings(kecamatan.plan, YEAR)


def test_a_word_is_compared_by_the_score_scale_of_its_indicator(kecamatan):
    indicator = Indicator.objects.filter(node__plan=kecamatan.plan, node__code=CODE).first()
    Indicator.objects.filter(pk=indicator.pk).update(method="predikat", score_scale="A=6, BB=5, B=4")
    indicator.targets.filter(year=YEAR).update(annual=6)

    found = stored(kecamatan, [HEADINGS, [CODE, "", indicator.name, indicator.measure, "BB", ""]], "renja")

    sentences = [finding.sentence for finding in found if finding.kind == FindingKind.TARGET]
    assert len(sentences) == 1
    assert "BB pada Renja" in sentences[0]
    assert "A (6) pada rencana" in sentences[0]


@pytest.mark.parametrize(("suffix", "differs"), [("", False), (", S.Sos., M.Si.", False), (" Lain", True)])
def test_another_person_than_in_the_plan_is_a_finding(kecamatan, suffix, differs):
    indicator = Indicator.objects.filter(node__plan=kecamatan.plan, owner__isnull=False).first()
    owner = Person.objects.get(pk=indicator.owner_id)
    headings = ["No", "Nama", "Jabatan", "Indikator Kinerja Individu", "Satuan", "Target"]

    found = stored(
        kecamatan, [headings, [1, owner.name + suffix, "Staf", indicator.name, indicator.measure, ""]]
    )

    assert any(finding.kind == FindingKind.OTHER_OWNER for finding in found) == differs


@pytest.mark.parametrize(
    ("printed", "differs"), [("80–90", False), ("80% s.d. 90%", False), ("80–95", True), ("90", False)]
)
def test_a_range_is_compared_with_the_range_of_the_plan(kecamatan, printed, differs):
    indicator = Indicator.objects.filter(node__plan=kecamatan.plan, node__code=CODE).first()
    Indicator.objects.filter(pk=indicator.pk).update(method="rentang", measure="%", low=80, high=90)
    indicator.targets.filter(year=YEAR).update(annual=90)

    found = stored(kecamatan, [HEADINGS, [CODE, "", indicator.name, "%", printed, ""]], "renja")

    sentences = [finding.sentence for finding in found if finding.kind == FindingKind.TARGET]
    assert bool(sentences) == differs
    assert all(f"{printed} pada Renja" in sentence for sentence in sentences)
