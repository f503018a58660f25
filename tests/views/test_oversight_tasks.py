"""The card about a note of the Inspektorat: there for who answers it, until it is answered, and again when more is asked."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from measurement.doors.oversight import answer_note, respond_to_answer
from measurement.models import OversightNote
from measurement.rules.government_posts import GovernmentRole
from tests.support.characters import cycle_at
from tests.support.governments import government_over
from tests.support.pages import logged_in, words
from tests.views.test_oversight import written

CARD, ANSWER = "Jawab catatan Inspektorat", "Laporan Maret sudah dilampirkan."


@pytest.fixture
def above(kecamatan):
    return government_over(kecamatan.unit)


@pytest.fixture
def note(above, kecamatan) -> OversightNote:
    return written(above, cycle_at(kecamatan, None))


def shows_card(person) -> bool:
    return CARD in words(logged_in(person).get(reverse("inbox")))


def test_those_who_lead_or_evaluate_have_it_and_nobody_else(note, above, kecamatan, neighbour):
    assert [shows_card(one) for one in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim)] == [True] * 3
    assert [shows_card(one) for one in (kecamatan.asn, neighbour.sekcam)] == [False] * 2
    assert not shows_card(above[GovernmentRole.INSPECTORATE])


def test_it_leads_to_the_note_and_names_its_last_day(note, kecamatan):
    page = logged_in(kecamatan.sekcam).get(reverse("inbox"))
    assert f'href="{reverse("oversight_note", args=[note.pk])}"' in page.content.decode()
    assert "batas tindak lanjut" in words(page)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        page = logged_in(kecamatan.sekcam).get(reverse("inbox"))
    assert [task["state"]["key"] for task in page.context["tasks"] if task["title"] == CARD] == ["terlambat"]


def test_it_goes_with_the_answer_and_comes_back_with_a_question(note, above, kecamatan):
    inspector = above[GovernmentRole.INSPECTORATE]
    answer_note(note, kecamatan.sekcam, ANSWER)
    assert not shows_card(kecamatan.camat)
    respond_to_answer(note, inspector, "Bulan April juga belum ada.", closes=False)
    assert shows_card(kecamatan.camat)
    respond_to_answer(note, inspector, "Buktinya sudah lengkap semuanya.", closes=True)
    assert not shows_card(kecamatan.camat)


def test_what_waits_is_the_same_in_the_database_and_in_python(note, above, kecamatan):
    def both() -> tuple[list, list]:
        notes = OversightNote.objects.visible_to(kecamatan.sekcam).told()
        asked = OversightNote.objects.waiting_for(kecamatan.sekcam, timezone.localdate())
        return list(asked), [each for each in notes if each.waits_for_office]

    assert both() == ([note], [note])
    answer_note(note, kecamatan.sekcam, ANSWER)
    assert both() == ([], [])
