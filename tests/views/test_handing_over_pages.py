"""The pages of a handover, and what somebody is told who types meanwhile."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import (
    Appointment,
    Handover,
    Person,
    WorksheetRow,
)
from tests.doors.test_handing_over import REASON, hand_over, page
from tests.support.characters import (
    open_cycle,
    walk,
)
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.sheets import complete, first_row, rows_of

# The pages


@pytest.mark.parametrize("who", ["tim", "administrator"])
def test_all_is_handed_over_on_one_page(measuring_office, who):
    client = logged_in(getattr(measuring_office, who))
    response = submit(client, page(measuring_office), taker=measuring_office.colleague.pk, reason=REASON)
    assert response.status_code == 302
    assert rows_of(measuring_office.asn) == []
    text = words(client.get(page(measuring_office)))
    assert "2 indikator" in text
    assert REASON in text
    assert "Tidak ada yang perlu diserahkan" in text


def test_a_refused_form_keeps_what_was_ticked_and_typed(measuring_office):
    first, second = rows_of(measuring_office.asn)
    client = logged_in(measuring_office.tim)
    response = client.post(page(measuring_office), {"rows": [second.pk], "reason": REASON})
    assert response.status_code == 422
    kept = form_of(response)
    assert (kept["rows"], kept["reason"]) == ([str(second.pk)], REASON)
    assert "indicators" not in kept


def test_a_page_that_is_too_old_is_a_conflict(measuring_office):
    client = logged_in(measuring_office.tim)
    opened = form_of(client.get(page(measuring_office))) | {
        "taker": measuring_office.colleague.pk,
        "reason": REASON,
    }
    hand_over(measuring_office, measuring_office.colleague)
    response = client.post(page(measuring_office), opened)
    assert response.status_code == 409
    assert "sudah berpindah" in words(response)


@pytest.mark.parametrize("picked", [{"rows": ["x"]}, {"rows": ["-1", "0"]}, {"indicators": ["9" * 30]}])
def test_keys_made_by_hand_move_nothing(measuring_office, picked):
    data = picked | {"taker": measuring_office.colleague.pk, "reason": REASON}
    assert logged_in(measuring_office.tim).post(page(measuring_office), data).status_code in (404, 409, 422)
    assert not Handover.objects.exists()


def test_the_list_names_first_who_no_longer_serves(measuring_office):
    Appointment.objects.filter(person=measuring_office.colleague).update(
        ends=timezone.localdate() - timedelta(days=1)
    )
    text = words(logged_in(measuring_office.tim).get(reverse("handovers")))
    assert "1 pegawai tidak lagi bertugas" in text
    assert text.index("Rekan") < text.index("Asn416-317")


def test_the_page_of_a_person_who_leaves_or_is_disabled_leads_to_handing_over(measuring_office):
    client, url = logged_in(measuring_office.administrator), reverse("person", args=[measuring_office.asn.pk])
    assert "Serahkan tanggung jawabnya" not in words(client.get(url))
    client.post(reverse("end_appointment", args=[measuring_office.asn.appointments.get().pk]))
    assert "Serahkan tanggung jawabnya" in words(client.get(url))
    assert page(measuring_office) in client.get(url).content.decode()
    Appointment.objects.filter(person=measuring_office.asn).update(ends=None)
    Person.objects.filter(pk=measuring_office.asn.pk).update(is_active=False)
    assert "Serahkan tanggung jawabnya" in words(client.get(url))


def test_step_4_leads_to_the_owners_who_left(kecamatan):
    cycle = walk(kecamatan, open_cycle(kecamatan), "prepare_method")
    Appointment.objects.filter(person=kecamatan.asn).update(ends=timezone.localdate() - timedelta(days=1))
    client, url = logged_in(kecamatan.tim), reverse("step", args=[cycle.pk, 4])
    assert page(kecamatan) in client.get(url).content.decode()
    hand_over(kecamatan, kecamatan.tim)
    assert page(kecamatan) not in client.get(url).content.decode()
    assert "tidak mempunyai penanggung jawab" not in words(client.get(url))


# A handover while somebody is typing


def test_the_former_owner_is_told_and_keeps_what_they_typed(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    opened = form_of(asn.get(sheet))
    hand_over(measuring_office, measuring_office.colleague, {"rows": [row.pk]})
    response = asn.post(sheet, opened | complete(row))
    assert response.status_code == 409
    assert "diserahkan kepada pegawai lain" in words(response)
    assert WorksheetRow.objects.get(pk=row.pk).realised is None


def test_autosave_names_the_rows_that_are_gone(measuring_office, asn):
    row = first_row(measuring_office)
    hand_over(measuring_office, measuring_office.colleague, {"rows": [row.pk]})
    posted = {f"version-{row.pk}": row.version, f"realised-{row.pk}": "3"}
    answer = asn.post(reverse("autosave", args=[measuring_office.cycle.pk]), posted).json()
    assert list(answer["closed"]) == [f"version-{row.pk}"]
