"""Petikan: one ASN's part of the issued kertas kerja pengukuran, for themselves and for those who see all rows."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from measurement.doors import measuring
from measurement.models import WorksheetRow
from measurement.papers import petikan
from measurement.papers.render import PaperFailed, render_html
from measurement.rules.sop import Output
from tests.support.characters import fill, fresh
from tests.support.pages import drained, logged_in, words


@pytest.fixture
def issued(measuring_office):
    """The paper of a cycle whose worksheet was filled in by two people."""
    office = measuring_office
    for owner in (office.asn, office.colleague):
        office.asn = owner
        fill(office, office.cycle)
        measuring.send(office.cycle.pk, owner)
    office.cycle, office.asn = fresh(office.cycle), WorksheetRow.objects.earliest("position").owner
    return office.cycle.papers.get(kind=Output.PENGUKURAN)


def address(paper, person) -> str:
    return reverse("extract", args=[paper.pk, person.pk])


@pytest.fixture
def unrendered(monkeypatch):
    """What would be rendered."""
    asked = []
    monkeypatch.setattr(petikan, "pdf", lambda content: asked.append(content) or b"%PDF-1.7")
    return asked


def test_an_extract_holds_the_rows_of_one_person(measuring_office, issued):
    content = petikan.petikan_content(issued, measuring_office.colleague.pk)
    assert [row["name"] for group in content["groups"] for row in group["rows"]] == ["Jumlah kunjungan rekan"]
    assert content["signatory"]["name"] == "Rekan"


def test_rows_keep_the_numbers_of_the_whole_paper(measuring_office, issued):
    whole = {row["name"]: row["number"] for group in issued.content["groups"] for row in group["rows"]}
    content = petikan.petikan_content(issued, measuring_office.colleague.pk)
    assert content["groups"][0]["rows"][0]["number"] == whole["Jumlah kunjungan rekan"] == "3"


def test_an_extract_says_of_what_it_is_one_and_shows_no_figure_of_others(measuring_office, issued):
    html = render_html(petikan.KIND, petikan.petikan_content(issued, measuring_office.colleague.pk))
    assert f"sebagaimana tercantum pada Kertas Kerja Pengukuran Data Kinerja Nomor {issued.number}" in html
    assert issued.content["verify_url"] in html
    for of_others in (
        "Jumlah laporan 1",
        "Seluruh perangkat daerah",
        "Pengisian dilengkapi",
        "ttd-1",
        "<svg",
    ):
        assert of_others not in html


def test_whoever_answers_for_money_only_has_an_extract_too(measuring_office, issued):
    """The sub kegiatan belongs to the ASN; without their rows its money is left."""
    for group in issued.content["groups"]:
        group["rows"] = [row for row in group["rows"] if row["owner"] == "Rekan"]
    content = petikan.petikan_content(issued, measuring_office.asn.pk)
    assert [group["level"] for group in content["groups"]] == ["sub_kegiatan"]


def test_the_frozen_paper_is_read_and_never_the_worksheet(measuring_office, issued):
    before = petikan.petikan_content(issued, measuring_office.asn.pk)
    WorksheetRow.objects.update(name="Lain", owner=measuring_office.tim)
    issued.refresh_from_db()
    assert petikan.petikan_content(issued, measuring_office.asn.pk) == before
    assert petikan.petikan_content(issued, measuring_office.tim.pk) is None


def test_the_same_extract_has_the_same_bytes(measuring_office, issued):
    content = petikan.petikan_content(issued, measuring_office.asn.pk)
    first, second = petikan.pdf(content), petikan.pdf(content)
    assert first == second
    assert "PETIKAN KERTAS KERJA" in PdfReader(io.BytesIO(first)).pages[0].extract_text()


def test_an_asn_gets_their_own_and_nobody_elses(measuring_office, issued, unrendered):
    client = logged_in(measuring_office.asn)
    response = client.get(address(issued, measuring_office.asn))
    assert response["Content-Disposition"].startswith('attachment; filename="Petikan 000.8.6.3-1-KKP')
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert client.get(address(issued, measuring_office.colleague)).status_code == 404
    assert len(unrendered) == 1


@pytest.mark.parametrize("role", ["camat", "sekcam", "tim"])
def test_whoever_leads_or_evaluates_gets_anybodys(measuring_office, issued, unrendered, role):
    response = logged_in(getattr(measuring_office, role)).get(address(issued, measuring_office.colleague))
    drained(response)
    assert response.status_code == 200


def test_there_is_none_of_other_papers_other_people_and_other_offices(
    measuring_office, issued, neighbour, unrendered
):
    client, order = logged_in(measuring_office.tim), measuring_office.cycle.papers.first()
    assert client.get(address(order, measuring_office.asn)).status_code == 404
    assert client.get(address(issued, measuring_office.camat)).status_code == 404
    assert logged_in(neighbour.tim).get(address(issued, measuring_office.asn)).status_code == 404
    assert unrendered == []


def test_a_failure_leads_back_with_a_sentence(measuring_office, issued, monkeypatch):
    def fail(content):
        raise PaperFailed("gagal")

    monkeypatch.setattr(petikan, "pdf", fail)
    response = logged_in(measuring_office.asn).get(address(issued, measuring_office.asn), follow=True)
    assert "Petikan gagal dibuat" in words(response)


def test_pages_lead_to_the_extracts_that_one_may_open(measuring_office, issued):
    cycle = measuring_office.cycle
    own, others = address(issued, measuring_office.asn), address(issued, measuring_office.colleague)
    mine = logged_in(measuring_office.asn).get(reverse("worksheet", args=[cycle.pk])).content.decode()
    seen = logged_in(measuring_office.asn).get(reverse("overview", args=[cycle.pk])).content.decode()
    led = logged_in(measuring_office.tim).get(reverse("overview", args=[cycle.pk])).content.decode()
    assert (own in mine, others in mine) == (True, False)
    assert (own in seen, others in seen) == (True, False)
    assert (own in led, others in led) == (True, True)


def test_nothing_is_linked_before_the_paper_is_issued(measuring_office, sheet, asn):
    assert "Petikan" not in words(asn.get(sheet))
