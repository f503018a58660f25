"""Lihat konsep (PDF): every paper before it is numbered, marked on every page, taken for nothing, and leaving nothing behind."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from measurement.models import NumberCounter, Paper
from measurement.papers import KINDS, render
from measurement.papers.render import PaperFailed
from measurement.rules.sop import STEP_BY_KEY, Role
from tests.support.characters import cycle_at
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.smart import REASON, at_the_gate, said
from tests.support.step_pages import TEXT_OF, WORKED_ON, address, snapshot, typed

TYPED = "Kalimat yang baru diketik dan belum disimpan."


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The HTML of what would be made, in place of the renderer."""
    made: list[str] = []

    def keep(html, attachments=(), pictures=None):
        made.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr(render, "html_to_pdf", keep)
    return made


def numbers() -> list:
    return list(NumberCounter.objects.values_list("kind", "last"))


@pytest.mark.parametrize("step", WORKED_ON)
def test_each_step_shows_its_paper_with_what_is_typed_and_leaves_nothing(kecamatan, drawn, step):
    cycle = cycle_at(kecamatan, step)
    before, counters = snapshot(cycle), numbers()
    values = typed(kecamatan, cycle) | {TEXT_OF[step]: TYPED, "action": "draft"}
    response = submit(logged_in(kecamatan.actor(cycle.step.actor)), address(cycle), **values)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert "attachment" in response["Content-Disposition"]
    assert "KONSEP" in response["Content-Disposition"]
    assert '<p class="konsep">KONSEP</p>' in drawn[0]
    assert ("/v/" in drawn[0], "Kode verifikasi" in drawn[0]) == (False, False)
    assert TYPED in drawn[0]
    assert (snapshot(cycle), numbers()) == (before, counters)


def test_every_paper_of_a_step_has_a_draft():
    outputs = {STEP_BY_KEY[step].output for step in (*WORKED_ON, "order", "measure")}
    assert outputs == set(KINDS)


def test_the_order_can_be_looked_at_before_it_is_given(kecamatan, drawn):
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), instruction=TYPED, action="draft")
    assert response["Content-Type"] == "application/pdf"
    assert TYPED in drawn[0]
    assert ("belum bernomor" in drawn[0], "/v/" in drawn[0]) == (True, False)
    assert (Paper.objects.count(), numbers()) == (0, [])


def test_leaders_see_the_worksheet_as_it_would_be_printed_and_an_asn_does_not(kecamatan, drawn):
    cycle = cycle_at(kecamatan, "measure")
    url = reverse("draft_paper", args=[cycle.pk, cycle.step.number])
    assert logged_in(kecamatan.tim).get(url)["Content-Type"] == "application/pdf"
    assert logged_in(kecamatan.asn).get(url).status_code == 403
    assert url in logged_in(kecamatan.tim).get(reverse("overview", args=[cycle.pk])).content.decode()


@pytest.mark.parametrize("role", [Role.CAMAT, Role.SEKCAM, Role.ASN, Role.ADMINISTRATOR])
def test_nobody_but_who_works_on_the_step_gets_a_draft(kecamatan, drawn, role):
    cycle = cycle_at(kecamatan, "recapitulate")
    client = logged_in(kecamatan.actor(role))
    assert client.get(reverse("draft_paper", args=[cycle.pk, 7])).status_code == 403
    assert client.post(address(cycle), {"action": "draft", "version": "1"}).status_code == 403


def test_a_draft_of_a_step_whose_turn_it_is_not_is_refused(kecamatan, drawn):
    cycle = cycle_at(kecamatan, "recapitulate")
    assert logged_in(kecamatan.sekcam).get(reverse("draft_paper", args=[cycle.pk, 10])).status_code == 409
    assert logged_in(kecamatan.sekcam).get(reverse("draft_paper", args=[cycle.pk, 99])).status_code == 404


def test_a_return_is_drafted_with_its_arahan(kecamatan, drawn, to_decide):
    row, before = to_decide.rows.first(), snapshot(to_decide)
    client = logged_in(kecamatan.sekcam)
    submit(client, address(to_decide), **{f"arahan-{row.pk}": TYPED, "action": "draft_return"})
    assert TYPED in drawn[0]
    refused = submit(client, address(to_decide), action="draft_return")
    assert "Tuliskan arahan" in words(refused)
    assert snapshot(to_decide) == before


def test_the_chairs_decision_stands_on_the_draft_before_it_is_kept(kecamatan, drawn):
    cycle, vague, chair = at_the_gate(kecamatan)
    submit(logged_in(chair), address(cycle), **said(vague), action="draft")
    assert REASON in drawn[0]
    assert not cycle.smart_decisions.exists()


def test_what_a_paper_can_not_do_without_is_asked_for_first(kecamatan, drawn):
    cycle = cycle_at(kecamatan, "brief")
    refused = submit(logged_in(kecamatan.sekcam), address(cycle), starts_at="", action="draft")
    assert refused.status_code == 422
    assert "Isi hari dan jam rapat." in words(refused)


def test_a_failing_renderer_says_so_and_what_is_typed_stays(kecamatan, monkeypatch):
    def fail(html, attachments=(), pictures=None):
        raise PaperFailed("terlalu lama")

    monkeypatch.setattr(render, "html_to_pdf", fail)
    cycle = cycle_at(kecamatan, "recapitulate")
    response = submit(logged_in(kecamatan.tim), address(cycle), recap_note=TYPED, action="draft")
    assert response.status_code == 503
    assert "Konsep gagal dibuat" in words(response)
    assert form_of(response)["recap_note"] == TYPED


def test_every_page_of_the_file_is_marked(kecamatan):
    cycle = cycle_at(kecamatan, "report_to_camat")
    pdf = submit(logged_in(kecamatan.sekcam), address(cycle), conclusion=TYPED, action="draft").content
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 2
    assert all("KONSEP" in "".join(page.split()) and "belum bernomor" in page for page in pages)
