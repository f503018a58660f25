"""Who gets in where: every address of the URL configuration for every role, own and foreign office, with and without a token or a login."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from measurement import urls
from measurement.models import Appointment, Person
from measurement.rules.sop import Role
from tests.support.access_samples import ABOVE_OFFICES, ADMINISTRATORS_PAGES, INSTALLING, MACHINES
from tests.support.characters import cycle_at, fresh
from tests.support.pages import drained, form_of, log_in, logged_in, words

pytestmark = pytest.mark.long
EVERYBODY = dict.fromkeys(Role, 200)
LEADERS = {Role.CAMAT, Role.SEKCAM, Role.TIM_SAKIP}


def only(*roles: Role, otherwise: int = 403) -> dict[Role, int]:
    return {role: 200 if role in roles else otherwise for role in Role}


# What a GET answers to each role of the own office.
FOR_MACHINES = {"revoke_api_token", "webhook_receiver", "webhook_delivery"}
ANSWERS = {
    "inbox": EVERYBODY,
    **dict.fromkeys(("login", "lkjip_docx"), dict.fromkeys(Role, 302)),
    "logout": dict.fromkeys(Role, 405),
    **dict.fromkeys(
        ("drop_kept_text", "save_draft", "discard_draft", "stay_logged_in"), dict.fromkeys(Role, 405)
    ),
    **dict.fromkeys(("alive", "ready", "session_state"), EVERYBODY),
    **dict.fromkeys(("password_change", "my_messages", "choose_office"), EVERYBODY),
    "my_message": dict.fromkeys(Role, 404) | {Role.SEKCAM: 302},
    "read_messages": dict.fromkeys(Role, 405),
    "mail_setting": EVERYBODY,
    **dict.fromkeys(("sop", "help", "terms"), EVERYBODY),
    **dict.fromkeys(
        ("search", "jump", "paper", "follow_ups", "chart_data", "chart_picture", *INSTALLING), EVERYBODY
    ),
    "void_paper": only(Role.CAMAT),
    **dict.fromkeys(
        ("extract", "evidence", "row_thread", "row_history"), only(*LEADERS, Role.ASN, otherwise=404)
    ),
    "signatures": EVERYBODY,
    **dict.fromkeys(("sign", "follow_up"), only(*LEADERS, otherwise=404)),
    **dict.fromkeys(("signing_keys", "make_key"), EVERYBODY),
    "change_pin": only(Role.SEKCAM, otherwise=404),
    "revoke_key": only(Role.SEKCAM, Role.ADMINISTRATOR),
    "signing_attempt": only(Role.CAMAT, Role.ADMINISTRATOR),
    "reference": EVERYBODY,
    "cycles": EVERYBODY,
    "open_cycle": only(Role.CAMAT),
    **dict.fromkeys(("cycle", "round", "receipt", "report", "step", "extensions"), EVERYBODY),
    "withdrawal": only(Role.CAMAT, Role.SEKCAM),
    "worksheet": EVERYBODY,
    "overview": EVERYBODY,
    "coverage": only(*LEADERS),
    "new_follow_up": only(Role.CAMAT, Role.SEKCAM),
    "government_file": dict.fromkeys(Role, 405),
    **dict.fromkeys(("excuse", "undo", "autosave", "attach_evidence"), dict.fromkeys(Role, 405)),
    **dict.fromkeys(("worksheet_form", "draft_paper"), dict.fromkeys(Role, 409)),
    **dict.fromkeys(("round_trip", "worksheet_xlsx", "office_working", "branch_working"), EVERYBODY),
    **dict.fromkeys(("row_working", "row_behind", "recap", "recap_xlsx", "e81_xlsx"), EVERYBODY),
    **dict.fromkeys(("sub_unit_recap", "sub_unit_recap_xlsx"), dict.fromkeys(Role, 404)),
    **dict.fromkeys(("package", "money_file", "neighbours_xlsx"), only(*LEADERS)),
    **dict.fromkeys(("achievement", "trends", "years", "plan"), EVERYBODY),
    "prescribed": only(Role.TIM_SAKIP, Role.ADMINISTRATOR),
    **dict.fromkeys(("branch", "revisions", "indicator"), EVERYBODY),
    **dict.fromkeys(("plan_import", "plan_frequency"), only(Role.TIM_SAKIP, Role.ADMINISTRATOR)),
    **dict.fromkeys(("nomenclature", "nomenclature_import"), only(Role.TIM_SAKIP, Role.ADMINISTRATOR)),
    "plan_template": EVERYBODY,
    **dict.fromkeys(("planning_documents", "radar", "opening", "opening_set", "opening_file"), EVERYBODY),
    **dict.fromkeys(("opening_form", "opening_upload", "money_import", "assignment"), only(Role.TIM_SAKIP)),
    **dict.fromkeys(ADMINISTRATORS_PAGES, only(Role.ADMINISTRATOR)),
    "new_office": only(),
    **dict.fromkeys(("first_setup", "metrics"), dict.fromkeys(Role, 404)),
    "emblem": EVERYBODY,
    **dict.fromkeys(ABOVE_OFFICES, only()),
    "oversight_notes": EVERYBODY,
    "oversight_note": only(*LEADERS, otherwise=404),
    **dict.fromkeys(("end_government_post", "withdraw_order_schedule"), dict.fromkeys(Role, 405)),
    "components": only(),
    **dict.fromkeys(("handovers", "hand_over", "new_plan"), only(Role.TIM_SAKIP, Role.ADMINISTRATOR)),
    **dict.fromkeys(("people", "add_person", "person", "sub_units", "sub_unit"), only(Role.ADMINISTRATOR)),
    **dict.fromkeys(
        ("people_import", "people_template", "people_export", "office_export"), only(Role.ADMINISTRATOR)
    ),
    **dict.fromkeys(("work", "work_file"), only(Role.ADMINISTRATOR, otherwise=404)),
    **dict.fromkeys(
        ("appoint", "reset_password", "end_appointment", "first_passwords", *FOR_MACHINES),
        dict.fromkeys(Role, 405),
    ),
    **dict.fromkeys(MACHINES, dict.fromkeys(Role, 401)),
    **dict.fromkeys(("archive", "number_register", "register_csv", "check_table"), EVERYBODY),
    **dict.fromkeys(("verify_any", "verify_paper"), EVERYBODY),
}
PUBLIC = {"alive", "emblem", "login", "ready", "session_state", "verify_any", "verify_paper", *INSTALLING}
GONE = {"first_setup", "metrics"}  # as soon as there is a person; and what nobody has switched on
SETTINGS = {"paper_setting", "setting_import", "setting_export", "government_file"}  # alike for every office
ACCOUNTS = {"person", "appoint", "reset_password", "end_appointment"}
PEOPLE_PAGES = {"sop_edition", "sub_unit", "predicate_scale"} | ACCOUNTS | FOR_MACHINES


def named_urls() -> list[str]:
    """Every name in the map of the site but those of the admin, which are tested below."""

    def walk_through(patterns):
        for entry in patterns:
            if isinstance(entry, URLPattern):
                yield entry.name
            elif not entry.namespace:
                yield from walk_through(entry.url_patterns)

    return list(walk_through(urls.urlpatterns))


def address(everything: SimpleNamespace, name: str) -> str:
    return reverse(name, args=everything.keys.get(name, []))


def status(client: Client, method: str, url: str) -> int:
    response = getattr(client, method)(url)
    drained(response)
    return response.status_code


def stored() -> dict:
    """All that is stored about measuring, to be compared."""
    ignored = {"last_login"}
    return {
        model.__name__: [
            {k: v for k, v in row.items() if k not in ignored}
            for row in model.objects.order_by("pk").values()
        ]
        for model in apps.get_app_config("measurement").get_models()
    }


def test_every_address_has_a_declared_answer():
    assert set(named_urls()) == set(ANSWERS)


def test_every_object_has_a_sample(everything):
    assert {name for name in named_urls() if get_resolver().reverse_dict.getlist(name)[0][0][0][1]} == set(
        everything.keys
    )


def test_an_anonymous_visitor_is_led_to_the_login_from_everywhere(everything):
    for name in set(named_urls()) - PUBLIC - GONE - set(MACHINES):
        for method in ("get", "post"):
            response = getattr(Client(), method)(address(everything, name))
            assert response.status_code == 302, (name, method)
            assert response.url.startswith(reverse("login") + "?next="), (name, method)


def test_public_pages_are_open(everything):
    for name in PUBLIC:
        assert status(Client(), "get", address(everything, name)) == 200, name


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_what_is_declared_in_its_own_office(everything, role):
    client = logged_in(everything.office.actor(role))
    given = {name: status(client, "get", address(everything, name)) for name in ANSWERS}
    assert given == {name: answers[role] for name, answers in ANSWERS.items()}


@pytest.mark.parametrize("role", Role)
def test_nothing_of_a_foreign_office_is_found(everything, neighbour, role):
    client, before = logged_in(neighbour.actor(role)), stored()
    for name in everything.keys.keys() - PUBLIC - SETTINGS - set(MACHINES):
        hidden = 403 if name in PEOPLE_PAGES and role != Role.ADMINISTRATOR else 404
        for method in ("get", "post", "put", "patch", "delete"):
            assert status(client, method, address(everything, name)) in (hidden, 405), (name, method)
    assert stored() == before


@pytest.mark.parametrize("role", Role)
def test_a_foreign_offices_lists_show_nothing_of_ours(everything, neighbour, role):
    client = logged_in(neighbour.actor(role))
    for name in ("inbox", "cycles", "plan", "revisions", "planning_documents", "radar", "archive"):
        text = words(client.get(reverse(name)))
        assert everything.office.unit.name not in text
        assert str(everything.cycle) not in text


@pytest.mark.parametrize("role", Role)
def test_unusual_methods_write_nothing(everything, role):
    client, before = logged_in(everything.office.actor(role)), stored()
    for name in set(ANSWERS) - {"logout"}:
        for method in ("put", "patch", "delete", "options", "head"):
            assert status(client, method, address(everything, name)) < 500, (name, method)
    assert stored() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_what_no_browser_sends_reaches_no_view(everything, method):
    client = logged_in(everything.office.administrator)
    for name in ANSWERS:
        response = getattr(client, method)(address(everything, name))
        allowed = "GET, HEAD" if name in (*MACHINES, "api_schema") else "GET, HEAD, POST"
        assert (response.status_code, response["Allow"]) == (405, allowed), name


def test_an_empty_post_is_never_a_crash(everything):
    for role in Role:
        client = logged_in(everything.office.actor(role))
        for name in set(ANSWERS) - {"logout", "reset_password", "end_appointment"}:
            assert status(client, "post", address(everything, name)) in (200, 302, 403, 404, 405, 409, 422), (
                name,
                role,
            )


@pytest.mark.parametrize("number", ["0", "999999", "9" * 25])
def test_a_key_that_is_not_there_is_not_found(everything, number):
    client = logged_in(everything.office.administrator)
    for name, keys in (item for item in everything.keys.items() if item[0] not in MACHINES):
        url = (
            address(everything, name)
            .replace(f"/{keys[0]}/", f"/{number}/")
            .replace(f"/{keys[0]}.", f"/{number}.")
        )
        url = url.replace(f"/{keys[0]}/", f"/{number}/")
        assert status(client, "get", url) in (404, 405), name


def test_a_post_without_a_token_is_refused_everywhere(everything):
    for role in (Role.CAMAT, Role.ADMINISTRATOR):
        client = logged_in(everything.office.actor(role), enforce_csrf_checks=True)
        for name in set(ANSWERS) - {"login", "api_schema", *MACHINES}:
            assert status(client, "post", address(everything, name)) == 403, name


def test_a_login_without_a_token_is_refused_with_a_readable_page(kecamatan):
    response = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "terlalu lama terbuka" in words(response)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def test_a_role_that_ended_yesterday_is_refused_at_the_next_request(kecamatan):
    cycle, client = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    url = reverse("step", args=[cycle.pk, 7])
    opened = form_of(client.get(url))
    Appointment.objects.filter(person=kecamatan.tim, role=Role.TIM_SAKIP).update(ends=yesterday())
    assert client.post(url, opened | {"recap_note": "Catatan yang panjang."}).status_code == 403
    assert fresh(cycle).recap_note == ""


def test_a_role_holds_until_the_end_of_its_last_day(kecamatan):
    Appointment.objects.filter(person=kecamatan.tim).update(ends=timezone.localdate())
    assert "Rencana uji" in words(logged_in(kecamatan.tim).get(reverse("plan")))


def test_whoever_left_the_office_sees_nothing_of_it(kecamatan):
    cycle, client = cycle_at(kecamatan, "measure"), logged_in(kecamatan.asn)
    assert client.get(reverse("worksheet", args=[cycle.pk])).status_code == 200
    Appointment.objects.filter(person=kecamatan.asn).update(ends=yesterday())
    assert client.get(reverse("worksheet", args=[cycle.pk])).status_code == 404
    assert client.get(reverse("inbox")).status_code == 200


def test_a_role_that_begins_tomorrow_is_no_role_yet(kecamatan):
    Appointment.objects.filter(person=kecamatan.camat, role=Role.CAMAT).update(
        starts=timezone.localdate() + timedelta(days=1)
    )
    assert logged_in(kecamatan.camat).get(reverse("open_cycle")).status_code == 403


def test_a_disabled_account_is_refused_at_the_next_request(kecamatan):
    client = logged_in(kecamatan.camat)
    assert client.get(reverse("inbox")).status_code == 200
    Person.objects.filter(pk=kecamatan.camat.pk).update(is_active=False)
    assert client.get(reverse("inbox")).status_code == 302
    assert log_in("camat416-317", "sandi-camat416-317-2026").status_code == 200


def test_every_page_forbids_foreign_and_inline_code(everything):
    client = logged_in(everything.office.administrator)
    pages = [
        address(everything, name)
        for name in ("inbox", "cycle", "worksheet", "people", "archive", "password_change")
    ] + ["/tidak-ada/"]
    for response in (*(client.get(page) for page in pages), Client().get(reverse("login"))):
        policy = response["Content-Security-Policy"]
        assert "unsafe-" not in policy
        assert "default-src 'none'" in policy
        assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")
