"""Cari: one box finds indicators, papers, people and branches, however they are typed, and nothing that is not mine."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.models import Indicator, Person, PlanNode
from measurement.rules.search_terms import LONGEST_QUERY, mark_terms, says_all, terms_of, without_accents
from measurement.rules.sop import Output
from measurement.views.start import search
from tests.support.characters import add_indicator, cycle_at
from tests.support.pages import NIP, logged_in, words

MOST = 12


def found(person, query: str, **more) -> dict[str, list[str]]:
    """Kind → the titles that were found."""
    response = logged_in(person).get(reverse("search"), {"q": query, **more})
    assert response.status_code == 200
    sections = response.context["sections"]
    return {
        section["kind"]: ["".join(piece.text for piece in line["title"]) for line in section["lines"]]
        for section in sections
    }


def page(person, query: str) -> str:
    return logged_in(person).get(reverse("search"), {"q": query}).content.decode()


# What is typed


@pytest.mark.parametrize(
    "query", ["TW II", "tw ii", "TW2", "tw-2", "Triwulan II", "triwulan 2", "TRIWULAN  ii"]
)
def test_a_quarter_is_one_term_however_it_is_written(query):
    assert terms_of(query) == ["triwulan 2"]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("laporan TW IV 2026", ["laporan", "triwulan 4", "2026"]),
        ('"tw ii"', ["tw ii"]),
        ("triwulan 2026", ["triwulan", "2026"]),
        ("TWI", ["triwulan 1"]),
    ],
)
def test_what_is_around_a_quarter_stays(query, terms):
    assert terms_of(query) == terms


@pytest.mark.parametrize("text", ["Target TW II", "triwulan 2", "sampai TW2."])
def test_a_quarter_is_found_however_it_is_written(text):
    assert says_all([text], terms_of("Triwulan II"))


@pytest.mark.parametrize("text", ["Target TW III", "triwulan 22", "TW I"])
def test_another_quarter_is_not(text):
    assert not says_all([text], terms_of("Triwulan II"))


@pytest.mark.parametrize(
    ("text", "query"),
    [("Résumé kegiatan", "resume"), ("Resume kegiatan", "résumé"), ("IKM Kecamatan", "ikm KECAMATAN")],
)
def test_case_and_accents_make_no_difference(text, query):
    assert says_all([text], terms_of(query))


def test_plain_text_keeps_every_place():
    text = "Émile İnan – ﬁsik 100 %"
    assert len(without_accents(text)) == len(text)
    assert [piece.text for piece in mark_terms("Résumé", ["resume"]) if piece.found] == ["Résumé"]


def test_marks_keep_the_text():
    pieces = mark_terms("Laporan Triwulan II (2026)", terms_of("tw 2 laporan (2026)"))
    assert "".join(piece.text for piece in pieces) == "Laporan Triwulan II (2026)"
    assert [piece.text for piece in pieces if piece.found] == ["Laporan", "Triwulan II", "(2026)"]


# Indicators


def test_an_indicator_is_found_with_its_row_in_the_latest_cycle(kecamatan):
    cycle_at(kecamatan, None)
    latest = cycle_at(kecamatan, None, 2)
    row = latest.rows.get(name="Jumlah laporan 1")
    assert found(kecamatan.asn, "laporan jumlah 1")["indikator"] == ["Jumlah laporan 1"]
    shown = page(kecamatan.asn, "jumlah laporan 1")
    assert reverse("indicator", args=[row.indicator_id]) in shown
    assert shown.count(reverse("row_working", args=[latest.pk, row.pk])) == 1
    assert "Baris Pengukuran TW II 2026" in shown


def test_an_indicator_is_found_by_its_definition_after_those_that_are_called_so(kecamatan):
    Indicator.objects.filter(name="Jumlah laporan 1").update(formula="Banyaknya kunjungan lapangan.")
    add_indicator(kecamatan, "Jumlah kunjungan", 7)
    assert found(kecamatan.tim, "kunjungan")["indikator"] == ["Jumlah kunjungan", "Jumlah laporan 1"]


def test_an_indicator_is_found_by_the_name_that_a_cycle_froze(kecamatan):
    cycle_at(kecamatan, "measure")
    Indicator.objects.filter(name="Jumlah laporan 1").update(name="Banyaknya dokumen")
    assert found(kecamatan.tim, "jumlah laporan 1")["indikator"] == ["Banyaknya dokumen"]
    assert "Dalam siklus: <mark>Jumlah</mark> <mark>laporan</mark> <mark>1</mark>" in page(
        kecamatan.tim, "jumlah laporan 1"
    )


def test_a_colleagues_row_that_is_still_being_filled_in_is_no_link(measuring_office):
    mine, theirs = (
        measuring_office.cycle.rows.filter(owner=who).first()
        for who in (measuring_office.asn, measuring_office.colleague)
    )
    shown = page(measuring_office.asn, "jumlah")
    assert reverse("row_working", args=[measuring_office.cycle.pk, mine.pk]) in shown
    assert reverse("row_working", args=[measuring_office.cycle.pk, theirs.pk]) not in shown


# Papers


def test_papers_are_found_by_word_and_by_number(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    paper = cycle.papers.get(kind=Output.NOTA_DINAS_PERINTAH)
    assert found(kecamatan.asn, paper.number)["naskah"] == [paper.title]
    assert found(kecamatan.asn, "laksanakan pengukuran")["naskah"] == [paper.title]


@pytest.mark.parametrize("query", ["TW II", "Triwulan II", "triwulan 2"])
def test_a_quarter_asks_for_the_papers_of_its_cycle(kecamatan, query):
    for quarter in (1, 2):
        cycle_at(kecamatan, "brief", quarter)
    [title] = found(kecamatan.asn, query)["naskah"]
    assert "Triwulan II 2026" in title
    archive = logged_in(kecamatan.asn).get(reverse("archive"), {"q": query})
    assert ["".join(piece.text for piece in line["title"]) for line in archive.context["papers"]] == [title]


def test_more_than_eight_lead_on(kecamatan):
    cycle_at(kecamatan, None)
    for number in range(9):
        add_indicator(kecamatan, f"Jumlah rapat {number}", number)
    shown = page(kecamatan.asn, "jumlah")
    assert f'href="{reverse("archive")}?q=jumlah"' not in shown
    assert "Lihat semua 11 indikator" in shown
    assert len(found(kecamatan.asn, "jumlah")["indikator"]) == search.SHOWN
    assert len(found(kecamatan.asn, "jumlah", jenis="indikator")["indikator"]) == 11
    assert f'href="{reverse("archive")}?q=pengukuran"' in page(kecamatan.asn, "pengukuran")


# People and the plan


def test_a_colleague_is_found_by_name_and_post(kecamatan):
    assert found(kecamatan.asn, "sekretaris kecamatan")["orang"] == [kecamatan.sekcam.name]
    assert found(kecamatan.asn, kecamatan.camat.name)["orang"] == [kecamatan.camat.name]


def test_only_the_administrator_is_led_to_a_persons_page_and_sees_the_masked_number(kecamatan, official):
    link = reverse("person", args=[official.pk])
    shown = page(kecamatan.administrator, official.name)
    assert link in shown
    assert official.masked_nip in shown
    for who in (kecamatan.asn, kecamatan.administrator):
        assert NIP not in page(who, official.name)
    assert link not in page(kecamatan.asn, official.name)
    assert official.masked_nip not in page(kecamatan.asn, official.name)


@pytest.mark.parametrize("part", [NIP, NIP[:8]])
def test_nobody_is_found_by_their_personnel_number(kecamatan, official, part):
    assert "orang" not in found(kecamatan.administrator, part)


def test_a_branch_is_found_by_code_and_by_name(kecamatan):
    node = PlanNode.objects.get(code="7.01.02.2.01.0001")
    assert found(kecamatan.asn, "7.01.02.2.01.0001")["rencana"] == [str(node)]
    assert found(kecamatan.asn, "sub_kegiatan uji")["rencana"] == [str(node)]
    assert f"{reverse('plan')}?rencana={node.plan_id}#cabang-{node.pk}" in page(kecamatan.asn, node.code)


def test_a_term_is_found_with_its_meaning(kecamatan):
    assert "Serapan" in found(kecamatan.asn, "serapan")["bantuan"]
    assert f"{reverse('terms')}#serapan" in page(kecamatan.asn, "serapan")


# Whose, and what nobody means


def test_nothing_of_another_office_is_found(kecamatan, neighbour):
    cycle = cycle_at(kecamatan, None)
    Person.objects.filter(pk=kecamatan.camat.pk).update(name="Sumarlan")
    add_indicator(kecamatan, "Jumlah embung", 9)
    PlanNode.objects.filter(pk=kecamatan.sub.pk).update(name="Pembangunan embung")
    for query in ("sumarlan", "embung", "hujan", cycle.papers.first().number):
        assert found(neighbour.administrator, query) == {}, query
    assert {"indikator", "rencana"} <= set(found(kecamatan.asn, "embung"))


ODD = [
    "%",
    "lap_ran",
    "\\",
    "'",
    '"',
    "' OR 1=1 --",
    "\x00",
    "🙂",
    "(((",
    "[a-z]+",
    "<script>alert(1)</script>",
    "x" * 5000,
    '"' * 5000,
    "zzz " * 2000,
    "𝕏İß",
]


@pytest.mark.parametrize("query", ODD, ids=[query[:12].encode("unicode_escape").decode() for query in ODD])
def test_odd_input_is_searched_as_it_is_and_breaks_nothing(kecamatan, query):
    cycle_at(kecamatan, "brief")
    assert found(kecamatan.administrator, query) == {}
    assert "<script>alert" not in page(kecamatan.administrator, query)


def test_a_wildcard_matches_only_itself(kecamatan):
    add_indicator(kecamatan, "Persentase 100% tuntas", 9)
    assert found(kecamatan.asn, "100%")["indikator"] == ["Persentase 100% tuntas"]
    assert found(kecamatan.asn, "lap%ran") == {}


def test_hostile_names_are_escaped_where_they_are_marked(kecamatan):
    add_indicator(kecamatan, "Jumlah <img src=x> embung", 9)
    assert "&lt;img src=x&gt; <mark>embung</mark>" in page(kecamatan.asn, "embung")


def test_a_long_query_is_cut(kecamatan):
    response = logged_in(kecamatan.asn).get(reverse("search"), {"q": "a" * 5000})
    assert response.context["wanted"] == "a" * LONGEST_QUERY


def test_nothing_found_and_nothing_asked_say_what_to_do(kecamatan):
    assert "Kurangi katanya" in words(logged_in(kecamatan.asn).get(reverse("search"), {"q": "tidakada"}))
    assert "Kurangi katanya" not in words(logged_in(kecamatan.asn).get(reverse("search")))


def test_the_way_to_search_stands_on_every_page(kecamatan):
    home = logged_in(kecamatan.asn).get(reverse("inbox")).content.decode()
    assert home.count(f'href="{reverse("search")}"') == 2
    assert (
        f'href="{reverse("search")}?q=hujan%20deras"'
        in logged_in(kecamatan.asn).get(reverse("archive"), {"q": "hujan deras"}).content.decode()
    )


def queries(person, query: str) -> int:
    client = logged_in(person)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("search"), {"q": query})
    return len(captured)


@pytest.mark.parametrize("query", ["jumlah", "laporan TW I", "a"])
def test_a_search_asks_as_often_for_many_as_for_one(kecamatan, query):
    cycle_at(kecamatan, None)
    one = queries(kecamatan.camat, query)
    add_indicator(kecamatan, "Jumlah rapat", 9)
    cycle_at(kecamatan, None, 2)
    assert one == queries(kecamatan.camat, query) <= MOST
