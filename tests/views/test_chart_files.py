"""The data and the picture of every chart: the same figures as the page, safe in a spreadsheet, and whole outside of any page."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from tests.support.characters import YEAR, Office, cycle_at
from tests.support.pages import logged_in
from tests.support.past_cycles import copied

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = [
    ("capaian", "program"),
    ("capaian", "kegiatan"),
    ("capaian", "indikator"),
    ("capaian", "waktu"),
    ("tren", str(YEAR)),
    ("tren", f"{YEAR}-7.01.02"),
    ("tahun", "program"),
]


@pytest.fixture
def cycle(kecamatan: Office) -> MeasurementCycle:
    """TW I to be recapitulated: 1 and 3 of 3, 2 of 10 million spent."""
    made = cycle_at(kecamatan, "recapitulate")
    WorksheetRow.objects.filter(pk=made.rows.first().pk).update(realised=1)
    return made


def data(person, page: str, key: str, query: str = "") -> list[list[str]]:
    response = logged_in(person).get(reverse("chart_data", args=[page, key]) + query)
    assert response.status_code == 200
    return [line.split(";") for line in response.content.decode("utf-8-sig").splitlines()]


def picture(person, page: str, key: str) -> ElementTree.Element:
    response = logged_in(person).get(reverse("chart_picture", args=[page, key]))
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"].startswith("attachment;")
    return ElementTree.fromstring(response.content)


def test_data_are_the_figures_of_the_page_with_their_units_in_the_head(kecamatan, cycle):
    head, program, office = data(kecamatan.camat, "capaian", "program")
    assert head[:4] == ["Kode", "Program", "Capaian s.d. TW I (%)", "Predikat"]
    assert (program[0], *program[2:]) == (
        "7.01.02", "66,67", "Sedang", "2.000.000", "10.000.000", "20,00", "–"
    )  # fmt: skip
    assert office[1:4] == ["Seluruh perangkat daerah", "66,67", "Sedang"]


def test_every_indicator_is_in_the_data_the_furthest_below_target_first(kecamatan, cycle):
    lines = data(kecamatan.camat, "capaian", "indikator")
    assert [line[1] for line in lines[1:]] == ["Jumlah laporan 1", "Jumlah laporan 2"]
    assert lines[1][3:6] == ["3", "1", "33,33"]


def test_a_name_that_looks_like_a_formula_is_text(kecamatan, cycle):
    WorksheetRow.objects.filter(name="Jumlah laporan 1").update(name="=HYPERLINK(0)", measure="+cmd")
    line = data(kecamatan.camat, "capaian", "indikator")[1]
    assert line[1:3] == ["'=HYPERLINK(0)", "'+cmd"]


@pytest.mark.parametrize(("page", "key"), CHARTS)
def test_a_picture_says_by_itself_what_it_shows(kecamatan, cycle, page, key):
    drawn = picture(kecamatan.camat, page, key)
    texts = " ".join("".join(text.itertext()) for text in drawn.iter(f"{SVG}text"))
    assert kecamatan.unit.name in texts
    assert str(YEAR) in texts
    assert "Sumber: kertas kerja pengukuran kinerja" in texts
    assert drawn.find(f"{SVG}title").text
    assert drawn.find(f"{SVG}desc").text
    assert len(data(kecamatan.camat, page, key)) > 1


@pytest.mark.parametrize(("page", "key"), CHARTS)
def test_a_picture_needs_nothing_from_elsewhere(kecamatan, cycle, page, key):
    drawn = picture(kecamatan.camat, page, key)
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} <= {
        "svg", "g", "title", "desc", "rect", "text", "line", "path", "circle",
    }  # fmt: skip
    names = {name for element in drawn.iter() for name in element.attrib}
    assert not [name for name in names if name.endswith(("href", "style", "src"))]
    assert "Arial" in drawn.attrib["font-family"]
    assert all(re.fullmatch(r"#[0-9a-f]{3,6}|none", element.get("fill", "#fff")) for element in drawn.iter())


def test_hostile_names_are_text_in_a_picture(kecamatan, cycle):
    WorksheetRow.objects.update(name='"><script>alert(1)</script>')
    assert not list(picture(kecamatan.camat, "capaian", "indikator").iter(f"{SVG}script"))


def test_a_provisional_picture_says_so(kecamatan):
    cycle_at(kecamatan, "measure").rows.update(realised=3, state="terkirim")
    drawn = picture(kecamatan.camat, "capaian", "program")
    assert any("angka sementara" in (text.text or "") for text in drawn.iter(f"{SVG}text"))


def test_whoever_may_not_see_the_figures_gets_neither_data_nor_picture(kecamatan, neighbour):
    made = cycle_at(kecamatan, "measure")
    made.rows.update(realised=3, state="terkirim")
    for person in (kecamatan.asn, neighbour.camat):
        client = logged_in(person)
        for page, key in CHARTS:
            for name in ("chart_data", "chart_picture"):
                for query in ("", f"?siklus={made.pk}", f"?unit={kecamatan.unit.pk}"):
                    assert client.get(reverse(name, args=[page, key]) + query).status_code == 404


@pytest.mark.parametrize(
    ("page", "key"), [("capaian", "x"), ("x", "program"), ("tren", "1900"), ("tahun", "x")]
)
def test_what_is_no_chart_is_not_found(kecamatan, cycle, page, key):
    for name in ("chart_data", "chart_picture"):
        assert logged_in(kecamatan.camat).get(reverse(name, args=[page, key])).status_code == 404


def test_every_chart_of_a_page_leads_to_its_data_and_its_picture(kecamatan, cycle):
    copied(cycle, YEAR - 1, 1)
    client = logged_in(kecamatan.camat)
    for name in ("achievement", "trends", "years"):
        html = client.get(reverse(name)).content.decode()
        links = re.findall(r'href="(/capaian/bagan/[^"]+)"', html)
        assert len(links) == 2 * html.count("Tabel dan unduhan") > 0
        assert all(client.get(link.replace("&amp;", "&")).status_code == 200 for link in links)


def test_files_ask_as_often_as_pages_whatever_is_archived(kecamatan, cycle):
    for year in (YEAR - 2, YEAR - 1):
        for quarter in (1, 2, 3, 4):
            copied(cycle, year, quarter)
    client = logged_in(kecamatan.camat)
    for (page, key), name in product(CHARTS, ("chart_data", "chart_picture")):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(name, args=[page, key])).status_code == 200
        assert len(captured) <= 12, [query["sql"] for query in captured]


def test_the_parts_of_a_kelurahan_are_told_apart(kecamatan, cycle):
    WorksheetNode.objects.filter(level="kegiatan").update(sub_unit="Kelurahan Satu")
    assert "(Kelurahan Satu)" in data(kecamatan.camat, "capaian", "kegiatan")[1][1]
