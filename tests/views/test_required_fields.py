"""What a step asks for is known before it is refused; what its page shows prefilled counts as filled."""

import pytest
from django.urls import reverse

from measurement.forms.steps.shown_values import DATES
from measurement.rules.required_fields import REQUIRED_FIELDS
from measurement.rules.requirements import missing
from measurement.rules.sop import (
    ARCHIVE,
    BRIEF,
    ORDER,
    PLAN_ACTIVITIES,
    RECAPITULATE,
    REPORT,
    REPORT_TO_CAMAT,
    STEP_BY_KEY,
)
from tests.support.characters import cycle_at, fresh
from tests.support.pages import form_of, logged_in, words

PREFILLED = {
    BRIEF.key: ("Isi acara rapat.", "Isi tempat rapat."),
    PLAN_ACTIVITIES.key: ("Catat peserta rapat.", "Lengkapi rencana kegiatan"),
    REPORT.key: ("Tuliskan pengantar rekapitulasi.",),
    ARCHIVE.key: ("Tuliskan lokasi simpan berkas.",),
}


def step_of_office(office, key: str) -> tuple:
    """The client of its actor, and its page."""
    cycle = cycle_at(office, key)
    step = STEP_BY_KEY[key]
    return cycle, logged_in(office.actor(step.actor)), reverse("step", args=[cycle.pk, step.number])


@pytest.mark.parametrize("key", PREFILLED)
def test_what_is_shown_prefilled_is_not_told_missing(kecamatan, key):
    _, client, page = step_of_office(kecamatan, key)
    text = words(client.get(page))
    assert [sentence for sentence in PREFILLED[key] if sentence in text] == []


@pytest.mark.parametrize("key", [REPORT.key])
def test_a_proposal_left_as_it_is_lets_the_step_go(kecamatan, key):
    cycle, client, page = step_of_office(kecamatan, key)
    client.post(page, form_of(client.get(page)) | {"action": key})
    assert fresh(cycle).step != STEP_BY_KEY[key]


def test_the_meeting_as_proposed_needs_only_what_is_blank(kecamatan):
    cycle, client, page = step_of_office(kecamatan, BRIEF.key)
    answer = client.post(
        page, form_of(client.get(page)) | {"action": BRIEF.key, "briefing": "Ukur dengan teliti."}
    )
    text = words(answer)
    assert "Isi hari dan jam rapat." in text
    assert "Isi tempat rapat." not in text
    assert fresh(cycle).step == BRIEF


def test_what_was_emptied_again_is_told_missing(kecamatan):
    _, client, page = step_of_office(kecamatan, BRIEF.key)
    answer = client.post(page, form_of(client.get(page)) | {"action": BRIEF.key, "place": ""})
    assert "Isi tempat rapat." in words(answer)


@pytest.mark.parametrize("key", [key for key in REQUIRED_FIELDS if key not in (ORDER.key, ARCHIVE.key)])
def test_every_field_that_is_marked_is_really_asked_for(kecamatan, key):
    cycle = cycle_at(kecamatan, key)
    for name in REQUIRED_FIELDS[key]:
        place = cycle if hasattr(cycle, name) else cycle.meeting
        if hasattr(place, name) and name != "attendees":
            setattr(place, name, None if name == "starts_at" else "")
    assert len(missing(cycle, key)) >= len(
        [name for name in REQUIRED_FIELDS[key] if not name.startswith("date_")]
    )


@pytest.mark.parametrize("key", [BRIEF.key, PLAN_ACTIVITIES.key, RECAPITULATE.key, REPORT_TO_CAMAT.key])
def test_required_fields_are_marked_and_named_on_top(kecamatan, key):
    _, client, page = step_of_office(kecamatan, key)
    drawn = client.get(page)
    head, _, rest = words(drawn).partition("Yang sudah terisi pada halaman ini dihitung terisi.")
    assert "Wajib diisi:" in head
    # the dates are named once, together, and not by the sentence of the first of them
    assert (DATES in head) == (key == PLAN_ACTIVITIES.key)
    assert "Tim SAKIP menyiapkan metodologi" not in head
    assert rest.count(" wajib ") >= 1
