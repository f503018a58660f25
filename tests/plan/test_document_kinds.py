"""Planning documents as they are printed: DPA by account, Renstra with K and Rp per year, IKI of several people; sums never count twice."""

import pytest

from measurement.models import Indicator, Person
from measurement.plan import planning_documents
from measurement.plan.radar import FindingKind, findings
from measurement.rules.refusals import BadFile
from tests.support.characters import YEAR
from tests.support.spending_files import OTHER, SUB, book, upload

HEAD = ["Kode Rekening", "Uraian", "Jumlah Anggaran"]
ATK, PRINT = "5.1.02.01.01.0024", "5.1.02.01.01.0026"
DPA = [
    ["7.01.02", "P", 3_000_000], ["7.01.02.2.01", "K", 3_000_000], [SUB, "Sub satu", 2_500_000], ["5", "BELANJA", 2_500_000],
    ["5.1.02", "Barang", 2_500_000], [ATK, "ATK", 1_500_000], [PRINT, "Cetak", 1_000_000], ["Jumlah", "", 2_500_000],
]  # fmt: skip


def read(*sheets, **options):
    return planning_documents.read_document(upload(book(*sheets, **options)), YEAR)


def money(reading):
    return {line.code or line.name: line.pagu for line in reading.lines}


def test_accounts_are_no_branches_and_their_sum_is_that_of_the_sub_kegiatan():
    reading = read([["DPA 2026"], HEAD, *DPA])
    assert money(reading) == {"7.01.02": 3_000_000, "7.01.02.2.01": 3_000_000, SUB: 2_500_000}
    assert reading.wrong == []


def test_a_sub_kegiatan_without_a_sum_of_its_own_takes_that_of_its_accounts():
    rows = [row if row[0] != SUB else [SUB, "Sub satu", ""] for row in DPA]
    assert money(read([HEAD, *rows]))[SUB] == 2_500_000


def test_a_printed_sum_that_is_another_one_is_refused():
    rows = [row if row[0] != SUB else [SUB, "Sub satu", 9] for row in DPA]
    assert "jumlah rekeningnya Rp2.500.000" in read([HEAD, *rows]).wrong[0].sentence


def test_codes_side_by_side_give_the_deepest_one():
    head = [
        "Kode Program",
        "Nama Program",
        "Kode Kegiatan",
        "Nama Kegiatan",
        "Kode Sub Kegiatan",
        "Nama Sub Kegiatan",
        "Kode Rekening",
        "Pagu",
    ]
    rows = [
        ["7.01.02", "P", "7.01.02.2.01", "K", SUB, "S", ATK, 1],
        ["7.01.02", "P", "7.01.02.2.01", "K", SUB, "S", PRINT, 2],
        ["7.01.02", "P", "7.01.02.2.01", "K", OTHER, "O", ATK, 4],
    ]
    assert {SUB: 3, OTHER: 4}.items() <= money(read([head, *rows])).items()


def test_years_over_k_and_rp_are_read_for_the_year_of_the_document():
    head = [
        ["Tabel T-C.27"],
        ["Kode", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Satuan", "2026", "", "2027", ""],
        ["", "", "", "", "K", "Rp", "K", "Rp"],
    ]
    reading = read([*head, [SUB, "S", "Jumlah dokumen", "Dokumen", 4, 10, 5, 20]])
    assert [(line.target, line.pagu) for line in reading.lines] == [(4, 10)]


PK = [
    ["No", "Sasaran", "Indikator Kinerja", "Target"],
    [1, "Meningkatnya layanan", "Indeks", "91,5"],
    [],
    ["No", "Program", "Anggaran", "Ket."],
    [1, "Program Satu", "Rp1.000", ""],
]


@pytest.mark.parametrize(
    "total", [["Jumlah", "", "Rp1.000", ""], ["", "Jumlah Anggaran", "Rp1.000", ""], ["", "TOTAL", 1000, ""]]
)
def test_the_total_below_the_programs_is_no_program(total):
    assert money(read([*PK, total])) == {"Meningkatnya layanan": None, "Program Satu": 1000}


def iki(person: str, indicator: str, number: str = "") -> list:
    titles = [["INDIKATOR KINERJA INDIVIDU"], ["Nama", ":", person], ["NIP", ":", number], []]
    return [*titles, ["No", "Indikator Kinerja Individu", "Satuan", "Target"], [1, indicator, "Laporan", 12]]


def test_a_sheet_per_person_is_read_with_the_person_of_its_titles():
    reading = read(iki("ASN Contoh 01", "A"), iki("ASN Contoh 02", "B"), titles=("Satu", "Dua"))
    assert [(line.person, line.indicator) for line in reading.lines] == [
        ("ASN Contoh 01", "A"),
        ("ASN Contoh 02", "B"),
    ]
    assert reading.remarks[0] == "Yang dibaca 2 lembar: Satu, Dua."


@pytest.mark.parametrize(
    ("written", "is_other"),
    [
        ("ASN Contoh 09", True),
        ("{name}, S.E.", False),
        ("Drs. {name}\nNIP. 19700626 199003 1 006", False),
        ("Nama lain / 197006261990031006", False),
        ("{name} / 198001012005011001", True),
    ],
)
def test_who_answers_is_found_by_nip_or_by_name(kecamatan, written, is_other):
    Person.objects.filter(pk=kecamatan.asn.pk).update(nip="197006261990031006")
    indicator = Indicator.objects.first()
    head = ["No", "Nama", "Jabatan", "Indikator Kinerja Individu", "Satuan", "Target"]
    reading = read(
        [head, [1, written.format(name=kecamatan.asn.name), "Staf", indicator.name, "Laporan", 12]]
    )
    planning_documents.store(kecamatan.plan, "iki", YEAR, "iki.xlsx", reading.lines, kecamatan.tim)
    kinds = [finding.kind for finding in findings(kecamatan.plan, YEAR)]
    assert (FindingKind.OTHER_OWNER in kinds) is is_other


def test_what_is_no_planning_document_is_refused_in_one_sentence():
    with pytest.raises(BadFile) as refused:
        read([["Nama", "NIP"], ["ASN Contoh 01", "1"]])
    assert len(refused.value.sentences) == 1
