"""Evidence as a link: attached like a file, allowed by the office, kept as it was, printed and archived as a link with its date."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from measurement.doors import attachments
from measurement.models import Evidence, Unit, WorksheetRow
from measurement.record import audit
from measurement.rules.refusals import BadFile
from measurement.rules.sop import RowState
from tests.support.characters import fresh
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.sheets import first_row

LINK = "https://drive.google.com/file/d/1a2b/view"
HOSTS = "/pengaturan/tautan-bukti/"


def test_asn_can_attach_a_link_with_page_and_date(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"link-{row.pk}": LINK, f"page-{row.pk}": "3", f"dated-{row.pk}": "2026-03-31"})
    kept = row.evidence.get()
    assert (kept.url, kept.file, kept.name, kept.page) == (LINK, None, "drive.google.com/…/view", "3")
    page = asn.get(sheet)
    assert f'<a href="{LINK}" rel="noopener noreferrer"' in page.content.decode()
    assert "tautan, dilampirkan" in words(page)
    assert form_of(page)[f"link-{row.pk}"] == ""


def test_a_link_alone_makes_a_draft_and_is_told_in_the_trail(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"link-{row.pk}": LINK})
    row.refresh_from_db()
    entry = fresh(measuring_office.cycle).audit.get(action="evidence_attach")
    assert (row.state, entry.data["url"]) == (RowState.DRAF, LINK)
    assert audit.trail_faults(fresh(measuring_office.cycle)) == []


def test_the_same_link_twice_is_one_piece_of_evidence(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    for _ in range(2):
        submit(asn, sheet, **{f"link-{row.pk}": LINK})
    assert row.evidence.count() == 1


def test_a_refused_link_stands_at_its_field_with_the_likely_one_as_a_button(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **{f"link-{row.pk}": "http://drive.google.com/a"})
    assert response.status_code == 422
    assert f'value="link-{row.pk}=https://drive.google.com/a"' in response.content.decode()
    answer = asn.post(sheet, form_of(response) | {"reading": f"link-{row.pk}=https://drive.google.com/a"})
    assert (answer.status_code, row.evidence.get().url) == (302, "https://drive.google.com/a")


def test_a_link_goes_up_by_itself_too(measuring_office, asn):
    row = first_row(measuring_office)
    address = reverse("attach_evidence", args=[measuring_office.cycle.pk, row.pk])
    answer = asn.post(address, {f"link-{row.pk}": LINK})
    assert LINK in answer.json()["fragments"][f"bukti-{row.pk}"]
    assert asn.post(address, {f"link-{row.pk}": "https://evil.com/"}).status_code == 422


def test_a_site_that_is_taken_off_the_list_is_refused_from_then_on(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"link-{row.pk}": LINK})
    submit(logged_in(measuring_office.administrator), HOSTS, hosts="*.go.id")
    with pytest.raises(BadFile, match="belum diizinkan"):
        attachments.attach_link(measuring_office.cycle.pk, measuring_office.asn, row.pk, f"{LINK}2")
    assert row.evidence.get().url == LINK


def test_administrator_can_set_the_sites_and_go_back_to_the_usual_ones(measuring_office):
    admin = logged_in(measuring_office.administrator)
    assert submit(admin, HOSTS, hosts="berkas.kota.go.id, *.contoh.id").status_code == 302
    assert Unit.objects.get(pk=measuring_office.unit.pk).evidence_hosts == "berkas.kota.go.id\n*.contoh.id"
    assert "berkas.kota.go.id" in words(admin.get(HOSTS))
    submit(admin, HOSTS, action="builtin")
    assert "drive.google.com" in Unit.objects.get(pk=measuring_office.unit.pk).evidence_hosts


def test_a_wrong_site_is_refused_and_stays_typed(measuring_office):
    response = submit(logged_in(measuring_office.administrator), HOSTS, hosts="*.id")
    assert response.status_code == 422
    assert form_of(response)["hosts"] == "*.id"


def test_evidence_is_either_a_file_or_a_link(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"link-{row.pk}": LINK})
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(url="")


def test_a_link_can_be_taken_off_again(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"link-{row.pk}": LINK})
    submit(asn, sheet, detach=str(row.evidence.get().pk))
    assert not Evidence.objects.exists()


def test_two_rows_with_the_same_link_are_hinted_at_and_others_are_not(measuring_office, asn, sheet):
    first, second = WorksheetRow.objects.filter(owner=measuring_office.asn).order_by("position")
    submit(asn, sheet, **{f"link-{first.pk}": LINK, f"link-{second.pk}": f"{LINK}2"})
    assert "juga menjadi bukti" not in words(asn.get(sheet))
    submit(asn, sheet, **{f"link-{second.pk}": LINK})
    assert "Tautan “drive.google.com/…/view” juga menjadi bukti" in words(asn.get(sheet))
