"""Twins and followers in the plan's table: what is offered, what the column "mengikuti" says, what is refused."""

import pytest

from measurement.models import Indicator
from measurement.plan import radar, table_import
from measurement.plan.table_import import ImportChoices
from tests.plan.test_plan_import import FIXTURE, HEADINGS, rows_table
from tests.plan.test_sub_units import ABOVE, HEADED, line
from tests.spreadsheets.test_table_reading import table

CODE = "7.01.03.2.02.0001"
FOLLOWING = [*HEADINGS, "mengikuti"]
PROGRAM = ["program", "7.01.02", "Program", "Persentase", "%", "90", "", ""]
KEGIATAN = ["kegiatan", "7.01.02.2.01", "Kegiatan", "Jumlah laporan", "Laporan", 4, "", ""]
SUB = ["sub_kegiatan", "7.01.02.2.01.0001", "Sub", "Jumlah laporan", "Laporan", 4, 1000, ""]


def following_table(of_kegiatan: str = "", of_sub: str = "", *more: list):
    rows = [PROGRAM, [*KEGIATAN[:-1], of_kegiatan], [*SUB[:-1], of_sub], *more]
    return rows_table(rows, FOLLOWING)


def follows(plan, **wanted) -> tuple[str, set[str]]:
    found = Indicator.objects.get(node__plan=plan, **wanted)
    return found.follow_rule, {source.node.place for source in found.follows.all()}


def test_twins_on_one_branch_are_offered_and_linked_only_if_ticked(empty, kecamatan):
    file = following_table()

    [twin] = table_import.preview(empty, file).twins
    table_import.apply(empty, file, kecamatan.tim)
    unticked = follows(empty, node__code="7.01.02.2.01")
    table_import.apply(empty, file, kecamatan.tim, choices=ImportChoices(twins=frozenset({twin.key})))

    assert twin.sentence == "Angka diketik sekali pada 7.01.02.2.01.0001; 7.01.02.2.01 mengikuti."
    assert unticked == ("", set())
    assert follows(empty, node__code="7.01.02.2.01") == ("sama", {"7.01.02.2.01.0001"})
    assert table_import.preview(empty, file).twins == []


def test_indicators_with_other_targets_are_no_twins(empty):
    other = [*SUB[:5], 3, 1000, ""]

    assert table_import.preview(empty, rows_table([PROGRAM, KEGIATAN, other], FOLLOWING)).twins == []


def test_two_kelurahan_are_offered_as_a_sum(empty, kecamatan):
    kegiatan = ["kegiatan", "7.01.03.2.02", "Kegiatan", "Jumlah sarana dibangun", "Unit", 5, "", ""]
    file = rows_table(
        [ABOVE[0], kegiatan, line(2, 100_000_000, "Sukamaju"), line(3, 150_000_000, "Sukasari")], HEADED
    )

    [twin] = table_import.preview(empty, file).twins
    table_import.apply(empty, file, kecamatan.tim, choices=ImportChoices(twins=frozenset({twin.key})))

    assert follows(empty, node__code="7.01.03.2.02") == (
        "jumlah",
        {f"{CODE} (Sukamaju)", f"{CODE} (Sukasari)"},
    )


def test_demonstration_offers_its_twins(empty, kecamatan, monkeypatch):
    """31 of its 71 indicators; 23 of the 55 that are planned for 2026."""
    people = ["sekcam", "admin", *(f"tim{n}" for n in range(1, 5)), *(f"asn{n:02}" for n in range(1, 18))]
    monkeypatch.setattr(
        table_import.applying, "people_of", lambda unit: dict.fromkeys(people, kecamatan.asn.pk)
    )
    file = table(FIXTURE.read_bytes())

    twins = table_import.preview(empty, file).twins
    table_import.apply(empty, file, kecamatan.tim, choices=ImportChoices(twins=frozenset({table_import.ALL})))

    following = Indicator.objects.filter(node__plan=empty, follow_rule="sama")
    assert (len(twins), following.count()) == (31, 31)
    assert following.filter(targets__year=2026, targets__annual__gt=0).count() == 23


@pytest.mark.parametrize("words", ["7.01.02.2.01.0001", "sama: 7.01.02.2.01.0001 # Jumlah laporan"])
def test_the_column_says_what_is_followed_and_a_blank_changes_nothing(empty, kecamatan, words):
    table_import.apply(empty, following_table(words), kecamatan.tim)
    table_import.apply(empty, following_table(""), kecamatan.tim)

    assert follows(empty, node__code="7.01.02.2.01") == ("sama", {"7.01.02.2.01.0001"})


def test_a_dash_ends_the_following(empty, kecamatan):
    table_import.apply(empty, following_table("7.01.02.2.01.0001"), kecamatan.tim)

    done = table_import.apply(empty, following_table("-"), kecamatan.tim)

    assert follows(empty, node__code="7.01.02.2.01") == ("", set())
    assert [(change.label, change.new) for change in done.changed] == [("mengikuti", "–")]


@pytest.mark.parametrize(
    ("kegiatan", "sub", "words"),
    [
        ("7.01.02.2.01.0001", "7.01.02.2.01", "Melingkar"),
        ("7.09.09", "", "Tidak ada indikator “7.09.09” pada rencana ini"),
        ("dua kali: 7.01.02.2.01.0001", "", "Tulis sama, jumlah, atau rata-rata"),
        ("sama: 7.01.02; 7.01.02.2.01.0001", "", "hanya untuk satu indikator"),
        ("7.01.02.2.01", "", "yang dapat diikuti"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_a_sentence(empty, kegiatan, sub, words):
    wrong = table_import.preview(empty, following_table(kegiatan, sub)).wrong

    assert wrong
    assert words in wrong[0].sentence


def test_a_followed_indicator_that_is_used_no_more_is_said(empty, kecamatan):
    table_import.apply(empty, following_table("7.01.02.2.01.0001"), kecamatan.tim)

    remarks = table_import.preview(empty, rows_table([PROGRAM, KEGIATAN], FOLLOWING)).remarks

    assert any("tidak dipakai lagi, tetapi diikuti oleh “Jumlah laporan”" in remark for remark in remarks)


def test_workbook_brings_followers_back_unchanged(empty, kecamatan):
    table_import.apply(empty, following_table("7.01.02.2.01.0001"), kecamatan.tim)

    book = table_import.plan_workbook(empty, 2026, filled=True)

    assert table_import.preview(empty, table(book, "isi.xlsx")).changes_nothing


def test_the_radar_finds_a_follower_of_what_is_used_no_more(empty, kecamatan):
    table_import.apply(empty, following_table("7.01.02.2.01.0001"), kecamatan.tim)
    Indicator.objects.filter(node__plan=empty, node__level="sub_kegiatan").update(retired=True)

    sentences = [finding.sentence for finding in radar.findings(empty, 2026)]

    assert (
        "Indikator “Jumlah laporan” mengikuti “Jumlah laporan” (7.01.02.2.01.0001), yang tidak dipakai lagi."
        in sentences
    )
