"""Finding a paper again: by number, kind, quarter, indicator, signing state, and any word in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measurement.archiving.search import SIGNED, UNASKED, WAITING, why
from measurement.models import MeasurementCycle, Paper, PaperSigner, Prepared, VoidNumber
from measurement.views.papers import archived_cycles
from tests.support.characters import Office, cycle_at, open_cycle
from tests.support.database import without
from tests.support.pages import drained, logged_in, words
from tests.support.signed_files import sign_paper

MOST = 12


@pytest.fixture
def archived(kecamatan) -> MeasurementCycle:
    return cycle_at(kecamatan, None)


def page(person, **asked):
    return logged_in(person).get(reverse("archive"), asked)


def numbers(person, **asked) -> list[str]:
    """The numbers of the papers that are found."""
    return [
        "".join(piece.text for piece in line["number"]) for line in page(person, **asked).context["papers"]
    ]


def number(cycle: MeasurementCycle, kind: str) -> str:
    return cycle.papers.get(kind=kind).number


# Words


def test_a_paper_is_found_by_a_word_in_it(kecamatan, archived):
    assert number(archived, "kertas_kerja_pengukuran") in numbers(kecamatan.asn, q="hujan")
    assert number(archived, "nota_dinas_perintah") not in numbers(kecamatan.asn, q="hujan")


def test_all_words_must_occur(kecamatan, archived):
    assert numbers(kecamatan.asn, q="hujan salju") == []
    assert numbers(kecamatan.asn, q="HUJAN bulan") != []


def test_words_may_be_apart_but_a_phrase_may_not(kecamatan, archived):
    assert numbers(kecamatan.asn, q="akhir hujan") != []
    assert numbers(kecamatan.asn, q='"akhir hujan"') == []
    assert numbers(kecamatan.asn, q='"hujan pada akhir"') != []


def test_one_word_in_the_title_and_another_in_the_text_will_do(kecamatan, archived):
    found = numbers(kecamatan.asn, q="evaluasi hujan")
    assert number(archived, "kertas_kerja_evaluasi") in found


def test_a_paper_is_found_by_its_number_before_those_that_mention_it(kecamatan, archived):
    assert numbers(kecamatan.asn, q="1/LHP/") == [
        number(archived, kind) for kind in ("laporan_hasil", "berita_acara_arsip")
    ]


@pytest.mark.parametrize("query", ["%", "_", "\\", "100%x", "' OR 1=1 --", "\x00", "🙂", "(((", "<script>"])
def test_signs_are_searched_as_they_are_and_break_nothing(kecamatan, archived, query):
    response = page(kecamatan.asn, q=query)
    assert response.status_code == 200
    assert b"<script>" not in response.content.replace(b"<script src", b"")


def test_a_percent_sign_is_no_wildcard(kecamatan, archived):
    assert numbers(kecamatan.asn, q="huj%an") == []


# Why


def test_what_was_found_is_marked_and_explained(kecamatan, archived):
    response = page(kecamatan.asn, q="hujan")
    assert "<mark>hujan</mark> pada akhir bulan." in response.content.decode()
    assert "Cocok pada isi." in words(response)


def test_what_was_found_in_title_and_text_is_said(archived):
    report = archived.papers.get(kind="laporan_hasil")
    assert why(report, ["laporan", "hujan"]) == "judul dan isi"
    assert why(report, ["lhp"]) == "nomor"
    assert why(report, ["hasil", "lhp", "hujan"]) == "nomor, judul dan isi"


def test_hostile_text_in_a_paper_is_escaped_in_the_excerpt(kecamatan, archived):
    without("fixed_paper_update")
    Paper.objects.filter(pk=archived.papers.first().pk).update(
        words="awal <img src=x onerror=alert(1)> banjir"
    )
    content = page(kecamatan.asn, q="banjir").content.decode()
    assert "<img src=x" not in content
    assert "&lt;img src=x onerror=alert(1)&gt; <mark>banjir</mark>" in content


# Filters


def test_kind_year_and_quarter_narrow_it_down(kecamatan, archived):
    second = open_cycle(kecamatan, 2)
    assert numbers(kecamatan.asn, jenis="nota_dinas_perintah", periode="tw2") == [
        number(second, "nota_dinas_perintah")
    ]
    assert numbers(kecamatan.asn, jenis="laporan_hasil") == [number(archived, "laporan_hasil")]
    assert numbers(kecamatan.asn, tahun="2020") == []
    assert len(numbers(kecamatan.asn, tahun="2026")) == 12


@pytest.mark.parametrize(
    "odd",
    [{"tahun": "x"}, {"periode": "tw9"}, {"jenis": "x"}, {"tanda": "x"}, {"masa": "x"}, {"halaman": "99"}],
)
def test_an_unknown_filter_is_no_filter(kecamatan, archived, odd):
    assert len(numbers(kecamatan.asn, **odd)) == 11


def test_papers_are_found_by_their_signing_state(kecamatan, archived):
    first = archived.papers.first()
    sign_paper(first, b"%PDF-1.7 pindaian", 1)
    report = archived.papers.get(kind="laporan_hasil")
    sign_paper(report, b"%PDF-1.7 separuh", 1)
    assert numbers(kecamatan.asn, tanda=SIGNED) == [first.number]
    assert report.number in numbers(kecamatan.asn, tanda=WAITING)
    assert numbers(kecamatan.asn, tanda=UNASKED) == []
    said = words(page(kecamatan.asn))
    assert "Ditandatangani 1 dari 2. Tanda tangan basah, belum diunggah" in said


def test_a_paper_that_asks_for_nobody_is_found_as_such(kecamatan, archived):
    without("fixed_papersigner_delete")
    paper = archived.papers.first()
    PaperSigner.objects.filter(paper=paper).delete()
    assert numbers(kecamatan.asn, tanda=UNASKED) == [paper.number]


def test_a_withdrawn_paper_waits_for_nobody_and_says_why(kecamatan, archived):
    paper = archived.papers.first()
    VoidNumber.objects.create(
        unit=paper.unit, year=paper.year, kind=paper.kind, sequence=paper.sequence, paper=paper, reason="Salah alamat.",
        voided_at=timezone.now(), voided_by=kecamatan.camat,
    )  # fmt: skip
    assert paper.number not in numbers(kecamatan.asn, tanda=WAITING)
    assert "Dibatalkan: Salah alamat." in words(page(kecamatan.asn, q=paper.number))


# Indicators


def test_an_indicator_leads_to_its_cycles_and_the_paper_with_its_figures(kecamatan, archived):
    response = page(kecamatan.asn, indikator="jumlah laporan 1")
    [line] = response.context["measured"]["lines"]
    assert (line["title"], line["number"]) == (str(archived), number(archived, "laporan_hasil"))
    assert line["paper"] == reverse("paper", args=[archived.papers.get(kind="laporan_hasil").pk])
    assert [row["name"] for row in line["rows"]] == ["Jumlah laporan 1"]
    assert number(archived, "kertas_kerja_pengukuran") in numbers(kecamatan.asn, indikator="jumlah laporan 1")
    assert number(archived, "nota_dinas_perintah") not in numbers(kecamatan.asn, indikator="jumlah laporan 1")


def test_figures_that_are_still_being_filled_in_are_not_shown(kecamatan):
    cycle_at(kecamatan, "measure")
    assert page(kecamatan.camat, indikator="Jumlah laporan").context["measured"]["lines"] == []


def test_indicators_can_be_picked(kecamatan, archived):
    assert '<option value="Jumlah laporan 2">' in page(kecamatan.asn).content.decode()


# Cycles and who sees what


def test_a_report_is_two_clicks_from_home(kecamatan, archived):
    home = logged_in(kecamatan.camat).get(reverse("inbox")).content.decode()
    assert f'href="{reverse("archive")}"' in home
    report = reverse("paper", args=[archived.papers.get(kind="laporan_hasil").pk])
    assert f'href="{report}"' in page(kecamatan.camat).content.decode().partition("<h2>Naskah</h2>")[0]


def test_packages_are_for_those_who_see_all_rows(kecamatan, archived):
    package = reverse("package", args=[archived.pk])
    assert package in page(kecamatan.sekcam).content.decode()
    assert package not in page(kecamatan.asn).content.decode()


def test_only_the_newest_cycles_stand_there_until_a_year_is_asked(kecamatan, monkeypatch, archived):
    second = cycle_at(kecamatan, None, 2)
    monkeypatch.setattr(archived_cycles, "NEWEST_CYCLES", 1)
    monkeypatch.setattr(archived_cycles, "NEWEST", Prepared(archived_cycles._newest))
    assert "Ada 1 siklus yang lebih lama" in words(page(kecamatan.camat))
    lines = page(kecamatan.camat, tahun="2026").context["archived"]["lines"]
    assert [line["title"] for line in lines] == [str(second), str(archived)]


def test_strangers_find_nothing(archived, neighbour):
    for asked in (
        {},
        {"q": "hujan"},
        {"indikator": "Jumlah laporan 1"},
        {"q": archived.papers.first().number},
    ):
        response = page(neighbour.camat, **asked)
        assert response.context["papers"] == []
        assert not (response.context["measured"] or {}).get("lines")
        assert not (response.context["archived"] or {}).get("lines")


# Cost


def queries(person, **asked) -> int:
    client = logged_in(person)
    with CaptureQueriesContext(connection) as captured:
        drained(client.get(reverse("archive"), asked))
    return len(captured)


ASKED = [
    {},
    {"q": "hujan desa"},
    {"indikator": "Jumlah laporan"},
    {"tahun": "2026", "tanda": WAITING},
    {"masa": "lewat"},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_search_asks_as_often_for_many_as_for_one(kecamatan: Office, asked):
    cycle_at(kecamatan, None)
    one = queries(kecamatan.camat, **asked)
    for quarter in (2, 3):
        cycle_at(kecamatan, None, quarter)
    assert one == queries(kecamatan.camat, **asked) <= MOST


def test_texts_of_papers_are_not_read_for_a_plain_list(kecamatan, archived):
    client = logged_in(kecamatan.camat)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("archive"))
    assert not any(
        '"measurement_paper"."words"' in query["sql"] or '"measurement_paper"."content"' in query["sql"]
        for query in captured
    )
