"""Plh. and Plt.: somebody acts for an official from one date to another, with all that goes with the post, and not a day longer."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from measurement.doors import workflow
from measurement.models import Appointment, PaperSigner, Person
from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.rules.sop import Role, State
from tests.support.characters import Office, cycle_at, fresh, open_cycle, person, prepare
from tests.support.pages import log_in, logged_in, words
from tests.support.signing_office import PIN, give_key, issue, make_authority, sign

DAY = timedelta(days=1)


def acting(made: Office, role: str = "sekcam", kind: str = "plh", first: int = 0, last: int = 6) -> Person:
    """Somebody who acts from and until so many days from now."""
    today = timezone.localdate()
    found = Person.objects.filter(username="pengganti").first() or person("pengganti", made.unit)
    Appointment.objects.create(
        person=found, unit=made.unit, role=role, kind=kind, title={"sekcam": "Sekretaris Kecamatan", "camat": "Camat"}[role],
        starts=today + first * DAY, ends=today + last * DAY,
    )  # fmt: skip
    return Person.objects.get(pk=found.pk)


def person_page(made: Office, who: Person) -> str:
    return words(logged_in(made.administrator).get(reverse("person", args=[who.pk])))


def test_who_acts_sees_the_tasks_of_the_post(kecamatan):
    open_cycle(kecamatan)
    client = logged_in(acting(kecamatan))
    assert "Plh. Sekcam" in words(client.get(reverse("inbox")))
    assert "langkah 2" in words(client.get(reverse("inbox"))).lower()


@pytest.mark.parametrize(
    ("kind", "title"), [("plh", "Plh. Sekretaris Kecamatan"), ("plt", "Plt. Sekretaris Kecamatan")]
)
def test_the_paper_prints_in_what_capacity_they_acted(kecamatan, kind, title):
    deputy, cycle = acting(kecamatan, kind=kind), open_cycle(kecamatan)
    prepare(kecamatan, cycle)
    workflow.perform(cycle, "brief", deputy)
    paper = cycle.papers.last()
    assert (paper.content["signatory"]["name"], paper.content["signatory"]["title"]) == ("Pengganti", title)
    assert title in render_html(KINDS[paper.kind], paper.content)
    assert cycle.stays.get(step="brief").left_as == title
    assert PaperSigner.objects.get(paper=paper).title == title


def test_who_acts_signs_with_their_own_pin(kecamatan, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_authority(kecamatan)
    deputy, cycle = acting(kecamatan), open_cycle(kecamatan)
    give_key(deputy, kecamatan)
    paper = issue(cycle, "brief", deputy)
    signature = sign(paper, deputy, pin=PIN)
    assert (signature.signer.title, signature.recorded_by) == ("Plh. Sekretaris Kecamatan", deputy)


def test_the_definitive_official_may_act_as_well(kecamatan):
    acting(kecamatan)
    cycle = open_cycle(kecamatan)
    prepare(kecamatan, cycle)
    workflow.perform(cycle, "brief", kecamatan.sekcam)
    assert cycle.papers.last().content["signatory"]["title"] == "Sekretaris Kecamatan"


def test_the_day_after_the_last_one_the_next_request_is_refused(kecamatan):
    deputy, cycle = acting(kecamatan), open_cycle(kecamatan)
    client, url = logged_in(deputy), reverse("step", args=[cycle.pk, 2])
    assert "Simpan" in words(client.get(url))
    now = timezone.now()
    with time_machine.travel(now + 6 * DAY, tick=False):
        assert log_in("pengganti", "sandi-pengganti-2026", client).status_code == 302
        assert "Plh. Sekcam" in words(client.get(reverse("inbox")))
    with time_machine.travel(now + 7 * DAY, tick=False):
        log_in("pengganti", "sandi-pengganti-2026", client)
        assert client.post(url, {"action": "complete", "version": cycle.version}).status_code == 403
        assert "Plh. Sekcam" not in words(client.get(reverse("inbox")))
    assert fresh(cycle).state == State.ARAHAN


def test_an_acting_post_that_has_not_begun_gives_no_right_yet(kecamatan):
    deputy = acting(kecamatan, first=2)
    assert Role.SEKCAM not in deputy.roles_in(kecamatan.unit.pk)


def test_the_page_tells_present_coming_and_past_apart(kecamatan):
    acting(kecamatan, last=3)
    acting(kecamatan, first=30, last=40)
    deputy = acting(kecamatan, role="camat", first=-20, last=-10)
    text = person_page(kecamatan, deputy)
    places = [text.index(title) for title in ("Berlaku sekarang", "Akan datang", "Sudah berakhir")]
    assert places == sorted(places)
    now, coming, past = (text[a:b] for a, b in zip(places, [*places[1:], None], strict=True))
    assert "Plh. Sekretaris Kecamatan" in now
    assert "Batalkan" in coming
    assert "Plh. Camat" in past
    assert "Akhiri" not in past.split("Tambah penugasan")[0]


def test_the_officials_page_says_who_acts_and_that_both_may(kecamatan):
    acting(kecamatan)
    assert "Pengganti bertugas sebagai Plh. Sekretaris Kecamatan" in person_page(kecamatan, kecamatan.sekcam)
    assert "keduanya dapat mengerjakan" in person_page(kecamatan, kecamatan.sekcam)
    assert "keduanya dapat mengerjakan" not in person_page(kecamatan, kecamatan.camat)


@pytest.mark.parametrize(("first", "last", "status"), [(0, 3, 422), (6, 9, 422), (7, 9, 302), (-9, -1, 302)])
def test_only_one_acts_at_a_time(kecamatan, first, last, status):
    acting(kecamatan)
    today = timezone.localdate()
    values = {
        "role": "sekcam",
        "kind": "plt",
        "title": "Sekretaris Kecamatan",
        "starts": today + first * DAY,
        "ends": today + last * DAY,
    }
    url = reverse("appoint", args=[kecamatan.tim.pk])
    response = logged_in(kecamatan.administrator).post(
        url, {f"tugas-{name}": str(value) for name, value in values.items()}
    )
    assert response.status_code == status
    assert ("Pengganti sudah ditugaskan" in words(response)) == (status == 422)


def test_the_plh_of_the_camat_stands_as_mengetahui_on_the_report(kecamatan):
    cycle = cycle_at(kecamatan, "report_to_camat")
    acting(kecamatan, role="camat")
    prepare(kecamatan, cycle)
    workflow.perform(fresh(cycle), "report_to_camat", kecamatan.sekcam)
    assert cycle.papers.last().content["acknowledged"]["title"] == "Plh. Camat"
