"""Data awal entered and approved through their pages, in the small office of `characters`."""

from datetime import date

from django.urls import reverse

from measurement.models import Appointment, OpeningSet, Person, Plan, Unit
from measurement.rules.sop import Role
from tests.support import characters
from tests.support.characters import Office, person
from tests.support.pages import form_of, logged_in

DOCUMENT = "Laporan Kinerja Nomor 065/7/2026"
FACTS = {"document": DOCUMENT, "dated": "2026-01-05"}


def chair_of(unit: Unit) -> Person:
    """A second member of Tim SAKIP, who chairs it."""
    made = person(f"ketua{unit.code}", unit, Role.TIM_SAKIP)
    Appointment.objects.filter(person=made, role=Role.TIM_SAKIP).update(
        chairs=True, title="Ketua Tim SAKIP", starts=date(2020, 1, 1)
    )
    return Person.objects.get(pk=made.pk)


def begun(office: Office, **facts) -> OpeningSet:
    """A set of which only the document is known."""
    answer = logged_in(office.tim).post(reverse("opening"), FACTS | facts)
    assert answer.status_code == 302, answer.content.decode()
    return OpeningSet.objects.latest("pk")


def fill_in(office: Office, opening: OpeningSet, place: str, values: dict, who: Person | None = None):
    """Open the page of a place, type, save; the answer."""
    client = logged_in(who or office.tim)
    page = reverse("opening_set", args=[opening.pk]) + f"?bagian={place}"
    typed = form_of(client.get(page)) | values | {"action": "save"}
    return client.post(page, typed)


def act(who: Person, opening: OpeningSet, action: str, **changes):
    """Press a button of the set's page."""
    opening.refresh_from_db()
    values = {"version": str(opening.version), "action": action} | changes
    return logged_in(who).post(reverse("opening_set", args=[opening.pk]), values)


def approved(office: Office, chair: Person, places: dict[str, dict], **facts) -> OpeningSet:
    """A set with figures by place, filled in by a member and approved by the chair."""
    opening = begun(office, **facts)
    for place, values in places.items():
        answer = fill_in(office, opening, place, values)
        assert answer.status_code == 302, answer.content.decode()
    answer = act(chair, opening, "agree")
    assert answer.status_code == 302, answer.content.decode()
    opening.refresh_from_db()
    return opening


def late_office(start_year: int) -> Office:
    """An office with one indicator whose plan began years before its first cycle, with the chair who approves its data awal."""
    made = characters.office(indicators=1)
    Plan.objects.filter(pk=made.plan.pk).update(start_year=start_year)
    made.plan.refresh_from_db()
    made.indicator = made.indicators[0]
    made.chair = chair_of(made.unit)
    return made
