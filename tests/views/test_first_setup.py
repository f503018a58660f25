"""The first visit to an empty installation: one code, one administrator, one office, and then the page is gone."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measurement.doors import offices
from measurement.models import Appointment, Person, RetentionClass, SetupCode, Unit
from measurement.models.setup_codes import MOST_FAILURES
from measurement.rules.refusals import Refusal
from measurement.rules.sop import Role
from measurement.rules.sop_edition import OTHER_KIND
from tests.support import racing
from tests.support.pages import logged_in, words

pytestmark = pytest.mark.django_db
PAGE = "/pasang/"
PASSWORD = "kantor-baru-2026!"


def filled(code: str, **changes) -> dict:
    return {
        "setup_code": code,
        "name": "Administrator Contoh",
        "username": "pengelola",
        "nip": "",
        "email": "",
        "password": PASSWORD,
        "again": PASSWORD,
        "kantor-kind": "kelurahan",
        "kantor-name": "Kelurahan Contoh",
        "kantor-short_name": "Contoh",
        "kantor-code": "416-400",
        "kantor-government": "Pemerintah Kabupaten Contoh",
        "kantor-address": "Jalan Contoh 1",
        "kantor-town": "Contoh",
    } | changes


def test_every_way_in_leads_an_empty_installation_to_the_setup():
    response = Client().get("/", follow=True)
    assert response.redirect_chain[-1][0] == PAGE
    assert "manage.py setup_code" in words(response)


def test_the_first_administrator_is_made_with_the_code_and_led_to_what_is_to_be_done():
    client = Client()
    response = client.post(PAGE, filled(SetupCode.make().lower()))
    assert (response.status_code, response.url) == (302, reverse("readiness"))
    person, unit = Person.objects.get(), Unit.objects.get()
    assert (person.is_superuser, person.check_password(PASSWORD)) == (True, True)
    assert (unit.code, unit.predicate_scale.name) == ("416-400", "Permendagri 86/2017")
    assert (unit.sop.head.short, unit.sop.number) == ("Lurah", "")
    assert unit.predicate_scale.bounds()[0][1] == "Sangat Tinggi"
    assert Appointment.objects.get().role == Role.ADMINISTRATOR
    assert RetentionClass.objects.filter(code=unit.classification).exists()
    assert client.get(reverse("readiness")).status_code == 200


def test_the_page_is_gone_once_there_is_a_person(kecamatan):
    code = SetupCode.make()
    assert Client().get(PAGE).status_code == 404
    assert Client().post(PAGE, filled(code)).status_code == 404
    assert Client().get(reverse("login")).status_code == 200
    assert not Person.objects.filter(username="pengelola").exists()


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA"])
def test_nobody_is_made_with_a_wrong_code(code):
    SetupCode.make()
    response = Client().post(PAGE, filled(code))
    assert response.status_code == 422
    assert not Person.objects.exists()
    assert not Unit.objects.exists()


def test_a_code_that_ran_out_makes_nobody():
    code = SetupCode.make()
    SetupCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post(PAGE, filled(code)).status_code == 422
    assert not Person.objects.exists()


def test_a_code_is_worth_nothing_after_too_many_wrong_ones():
    code = SetupCode.make()
    for _ in range(MOST_FAILURES):
        assert Client().post(PAGE, filled("SALAH")).status_code == 422
    assert Client().post(PAGE, filled(code)).status_code == 422
    assert Client().post(PAGE, filled(SetupCode.make())).status_code == 302


def test_a_newer_code_replaces_the_older_one():
    old, new = SetupCode.make(), SetupCode.make()
    assert not SetupCode.fits(old)
    assert SetupCode.fits(new)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"again": "lain-sama-sekali"}, "tidak sama"),
        ({"password": "pendek", "again": "pendek"}, "Kata sandi"),
        ({"password": "Administrator Contoh", "again": "Administrator Contoh"}, "mirip"),
        ({"username": "12345"}, "angka"),
        ({"kantor-code": ""}, "Kode unit"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(changes, said):
    code = SetupCode.make()
    response = Client().post(PAGE, filled(code, **changes))
    assert response.status_code == 422
    assert said in words(response)
    assert not Person.objects.exists()
    assert SetupCode.fits(code)


def test_of_two_at_once_one_wins():
    """The second one passed the form before the first committed; the code is used up by then."""
    code = SetupCode.make()
    first, second = (
        (Unit(code=str(number), name="Kantor"), Person(username=f"pengelola{number}", name="ASN Contoh 03"))
        for number in range(2)
    )
    offices.set_up_installation(code, first[0], OTHER_KIND, first[1])
    with pytest.raises(Refusal):
        offices.set_up_installation(code, second[0], OTHER_KIND, second[1])
    assert Person.objects.get() == first[1]


def test_the_code_is_not_kept_as_it_is():
    code = SetupCode.make()
    assert code.replace("-", "") not in str(SetupCode.objects.values().get())


def test_the_command_prints_a_code_that_fits(settings):
    out = StringIO()
    call_command("setup_code", stdout=out)
    assert f"{settings.PUBLIC_URL}{PAGE}" in out.getvalue()
    assert SetupCode.fits(out.getvalue().split("kode pemasangan:")[1].split()[0])


def test_the_command_makes_no_code_where_there_are_people(kecamatan):
    with pytest.raises(CommandError):
        call_command("setup_code")
    call_command("setup_code", "--if-empty")
    assert not SetupCode.objects.exists()


# Further offices


@pytest.fixture
def keeper(kecamatan):
    Person.objects.filter(pk=kecamatan.administrator.pk).update(is_superuser=True)
    return logged_in(Person.objects.get(pk=kecamatan.administrator.pk))


def test_whoever_keeps_the_installation_makes_a_second_office_with_its_own_administrator(keeper):
    data = {name: value for name, value in filled("").items() if "password" not in name}
    page = keeper.post(reverse("new_office"), data, follow=True)
    password = words(page).split("kata sandi sementara: ")[1].split()[0]
    made = Person.objects.get(username="pengelola")
    assert (made.check_password(password), made.must_change_password, made.is_superuser) == (
        True,
        True,
        False,
    )
    assert made.appointments.get().unit.code == "416-400"
    assert password not in words(keeper.get(reverse("new_office")))


def test_no_office_of_ones_own_is_made_beside_a_demonstration(keeper):
    Unit.objects.update(is_demonstration=True)
    response = keeper.post(reverse("new_office"), filled(""))
    assert response.status_code == 422
    assert "contoh tidak dicampur" in words(response)
    assert Unit.objects.count() == 1
    assert reverse("new_office") not in keeper.get(reverse("readiness")).content.decode()


def test_a_demonstration_says_so_on_every_page_and_at_the_login(kecamatan):
    said = "Contoh Kantor, pegawai, dan angka di sini hanya untuk peragaan."
    pages = (reverse("inbox"), reverse("plan"), reverse("help"))
    assert not any(said in words(logged_in(kecamatan.asn).get(page)) for page in pages)
    assert said not in words(Client().get(reverse("login")))
    Unit.objects.update(is_demonstration=True)
    assert all(said in words(logged_in(kecamatan.asn).get(page)) for page in pages)
    assert said in words(Client().get(reverse("login")))


def test_an_administrator_of_one_office_makes_no_other(kecamatan):
    assert logged_in(kecamatan.administrator).post(reverse("new_office"), filled("")).status_code == 403
    assert Unit.objects.count() == 1


def test_an_office_with_a_code_that_is_taken_is_refused_whole(keeper, kecamatan):
    response = keeper.post(reverse("new_office"), filled("", **{"kantor-code": kecamatan.unit.code}))
    assert response.status_code == 422
    assert not Person.objects.filter(username="pengelola").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_up_at_the_same_moment_one_wins(tmp_path):
    def job(name: str):
        return lambda number: offices.set_up_installation(
            code, Unit(code=name, name="Kantor"), OTHER_KIND, Person(username=name, name="ASN Contoh 03")
        )

    with racing.own_database(tmp_path):
        code = racing.alone(SetupCode.make)
        results = [result for (result,) in racing.at_once(job("satu"), job("dua"), rounds=1)]
        people = racing.alone(Person.objects.count)
    assert people == 1
    assert [type(result) for result in results if result is not None] == [Refusal]


# The button pressed twice: the browser never sees the answer to the first


def test_a_second_click_leads_on_to_what_is_to_be_done():
    posted = filled(SetupCode.make())
    Client().post(PAGE, posted)
    client = Client()
    assert client.post(PAGE, posted, follow=True).redirect_chain == [(reverse("readiness"), 302)]
    assert Person.objects.count() == 1


@pytest.mark.parametrize("changes", [{"password": "tebakan-lain-9"}, {"setup_code": "AAAA-AAAA-AAAA-AAAA"}])
def test_a_second_click_of_somebody_else_leads_nowhere(changes):
    posted = filled(SetupCode.make())
    Client().post(PAGE, posted)
    client = Client()
    assert client.post(PAGE, posted | changes).status_code == 404
    assert "_auth_user_id" not in client.session
