"""What went wrong is said in Indonesian with what to do, and with a number that stands in the log."""

import json
import logging
import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from measurement.views.start import inbox
from measurement.views.start.errors import PAGES, error_page
from sakip.error_reports import without_persons
from sakip.logs import REQUEST, JsonLine, TextLine
from tests.support.pages import NIP, logged_in, words


@pytest.mark.parametrize("status", PAGES)
def test_every_error_says_what_to_do(status):
    text = words(error_page(None, status))
    assert PAGES[status].heading in text
    assert PAGES[status].advice in text


def test_an_address_for_forms_opened_by_hand_says_so(kecamatan):
    response = logged_in(kecamatan.asn).get(reverse("read_messages"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "hanya menerima isian dari sebuah formulir" in words(response)
    assert int(response["Content-Length"]) == len(response.content)


def test_too_big_a_request_gets_a_page(kecamatan):
    response = Client().post(reverse("verify_any"), headers={"content-length": "99999999999"})
    assert response.status_code == 413
    assert "Kiriman terlalu besar" in words(response)


def test_a_fault_of_ours_bears_the_number_that_stands_in_the_log(kecamatan, monkeypatch, caplog):
    def fail(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(inbox, "render", fail)
    client = logged_in(kecamatan.asn, raise_request_exception=False)
    with caplog.at_level(logging.ERROR):
        response = client.get(reverse("inbox"))
    assert response.status_code == 500
    assert f"Nomor rujukan: {response['X-Request-ID']}" in words(response)
    assert "Terjadi gangguan" in words(response)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_goes_before_the_page_is_reached_is_busy_not_broken(kecamatan, monkeypatch, error):
    def fail(*args, **more):
        raise error("the connection is closed")

    client = logged_in(kecamatan.asn, raise_request_exception=False)
    monkeypatch.setattr(SessionStore, "load", fail)
    response = client.get(reverse("inbox"))
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_a_form_that_meets_a_busy_database_is_in_the_answer_and_sent_once(kecamatan, monkeypatch):
    def fail(*args, **more):
        raise OperationalError("the connection is closed")

    client = logged_in(kecamatan.asn, enforce_csrf_checks=True, raise_request_exception=False)
    token = get_token_of(client)
    given = {"csrfmiddlewaretoken": token, "catatan": "Yang diketik <panjang> lebar", "pin": "135790"}
    with monkeypatch.context() as broken:
        broken.setattr("measurement.form_middleware.claim_form", fail)
        response = client.post(reverse("read_messages"), given)
    text = response.content.decode()
    assert response.status_code == 503
    assert "Yang diketik &lt;panjang&gt; lebar" in text
    assert token in text
    assert "135790" not in text


def get_token_of(client) -> str:
    """The token of a form as the page has it."""
    return re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(reverse("inbox")).content.decode()
    )[1]


def test_a_busy_database_is_told_without_asking_it(kecamatan, monkeypatch, django_assert_max_num_queries):
    def fail(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(inbox, "render", fail)
    response = logged_in(kecamatan.asn).get(reverse("inbox"))
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "coba simpan kembali" in words(response)


def test_only_our_own_proxy_gives_a_request_its_number(db, settings):
    given = {"X-Request-ID": "dari-luar-12345"}
    assert Client(headers=given).get(reverse("login"))["X-Request-ID"] != "dari-luar-12345"
    settings.BEHIND_PROXY = True
    assert Client(headers=given).get(reverse("login"))["X-Request-ID"] == "dari-luar-12345"
    assert Client(headers={"X-Request-ID": "a b\n"}).get(reverse("login"))["X-Request-ID"] != "a b\n"


def test_the_log_has_a_line_per_request_without_what_was_typed(kecamatan, caplog):
    with caplog.at_level(logging.INFO, logger="sakip.request"):
        logged_in(kecamatan.asn).get(reverse("search"), {"q": "Rahasia"})
        Client().get("/tidak-ada/Rahasia/")
    assert [line.split(" ms")[0].rsplit(" ", 1)[0] for line in caplog.messages] == [
        "GET /cari/ 200",
        "GET (alamat tidak dikenal) 404",
    ]


def test_a_request_for_another_name_is_one_line_of_the_log_without_alarm(db, settings, caplog):
    settings.ALLOWED_HOSTS = ["sakip.example"]
    assert Client(headers={"host": "lain.example"}).get(reverse("login")).status_code == 400
    record = next(record for record in caplog.records if "Invalid HTTP_HOST" in record.message)
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert "'lain.example'" in record.message


@pytest.mark.parametrize("typed", [NIP, "19700626 199003 1 006", "orang@kantor.example"])
def test_the_log_blots_out_who_is_meant(typed):
    record = logging.LogRecord("x", logging.ERROR, "", 1, "Key (nip)=(%s) exists", (typed,), None)
    for line in (TextLine().format(record), JsonLine().format(record)):
        assert typed not in line
        assert "[disamarkan]" in line


def test_a_line_of_json_names_request_and_person_by_number(kecamatan):
    request = RequestFactory().get("/")
    request.number, request._cached_user = "ab12", kecamatan.asn
    before = REQUEST.set(request)
    record = logging.LogRecord("x", logging.INFO, "", 1, "dua\nbaris", (), None)
    facts = json.loads(JsonLine().format(record))
    REQUEST.reset(before)
    assert (facts["request"], facts["user"], facts["message"]) == (
        "ab12",
        str(kecamatan.asn.pk),
        "dua\nbaris",
    )


def test_what_is_reported_holds_no_person():
    event = {
        "request": {
            "url": "https://x/cari/",
            "query_string": "q=budi",
            "cookies": {"sessionid": "x"},
            "data": {},
        },
        "user": {"id": 3, "username": "x"},
        "exception": {"values": [{"type": "IntegrityError", "value": f"nip {NIP}"}]},
    }
    sent = str(without_persons(event, {}))
    for secret in ("budi", "sessionid", NIP, "username"):
        assert secret not in sent
