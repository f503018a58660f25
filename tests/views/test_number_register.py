"""Buku nomor: anybody of the office reads what became of every number; those who may withdraw papers and enter numbers used elsewhere."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from measurement.doors import voiding, workflow
from measurement.models import NumberCounter, Paper, VoidNumber
from measurement.papers import render as renderer
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK, Output, Role
from tests.support.characters import YEAR, cycle_at, fresh, open_cycle, walk
from tests.support.pages import form_of, logged_in, submit, words

ORDER, RECAP = Output.NOTA_DINAS_PERINTAH, Output.REKAP
REASON = "Nama penanda tangan keliru."


def address(name: str = "number_register", **query) -> str:
    return f"{reverse(name)}?{urlencode({'tahun': timezone.localdate().year, **query})}"


@pytest.fixture
def order(kecamatan) -> Paper:
    return open_cycle(kecamatan).papers.get()


def read(who, **query) -> str:
    return words(logged_in(who).get(address(**query)))


@pytest.mark.parametrize("role", Role)
def test_everybody_of_the_office_reads_it(kecamatan, order, role):
    text = read(kecamatan.actor(role), jenis=ORDER)
    assert f"{order.number} {timezone.localdate().day} " in text
    assert f"{order.title} {kecamatan.camat} Berlaku" in text
    assert "Tanpa celah" in text


def test_the_overview_counts_what_became_of_the_numbers(kecamatan, order):
    voiding.void(order, kecamatan.camat, REASON)
    voiding.skip(kecamatan.unit, ORDER, 3, 1, kecamatan.tim, REASON)
    assert "Nota Dinas Perintah Pengukuran Data Kinerja 3 1 2 Tanpa celah" in read(kecamatan.asn)


def test_every_kind_of_paper_has_a_place_before_its_first_number(kecamatan):
    text = read(kecamatan.asn)
    assert text.count("Belum ada nomor") == 11
    assert "Nomor pertama diberikan" in read(kecamatan.asn, jenis=ORDER)


def test_a_withdrawn_paper_says_why_and_what_replaced_it(kecamatan, order):
    made = voiding.void(order, kecamatan.camat, REASON, again=True)
    text = read(kecamatan.asn, jenis=ORDER)
    assert f"Dibatalkan {REASON}" in text
    assert f"Digantikan oleh {made.number}." in text


def test_a_paper_of_an_earlier_round_says_what_replaced_it(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Lengkapi bukti bulan Maret.")])
    newer = walk(kecamatan, fresh(cycle), "report").papers.filter(kind=RECAP).last()
    assert f"Digantikan Digantikan oleh {newer.number}." in read(kecamatan.asn, jenis=RECAP)


def test_numbers_used_elsewhere_at_once_are_one_line(kecamatan):
    voiding.skip(kecamatan.unit, ORDER, 12, 0, kecamatan.tim, REASON)
    assert f"Nomor urut 1–12 {timezone.localdate().day} " in read(kecamatan.asn, jenis=ORDER)
    assert f"Di luar sistem {REASON}" in read(kecamatan.asn, jenis=ORDER)


def test_a_gap_is_named(kecamatan, order):
    NumberCounter.objects.update(last=2)
    assert "nomor urut 2 hilang" in read(kecamatan.asn, jenis=ORDER)


def test_another_office_is_not_found(neighbour, order):
    assert order.number not in read(neighbour.camat, jenis=ORDER)
    for name in ("number_register", "register_csv"):
        assert logged_in(neighbour.camat).get(address(name, unit=order.unit_id)).status_code == 404


@pytest.mark.parametrize("query", [{"jenis": "lain"}, {"unit": "x"}, {"unit": "9" * 30}])
def test_what_is_not_there_is_not_found(kecamatan, query):
    assert logged_in(kecamatan.asn).get(address(**query)).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "0", "99999", "-1"])
def test_an_odd_year_is_no_crash(kecamatan, year):
    for name in ("number_register", "register_csv"):
        assert logged_in(kecamatan.asn).get(f"{reverse(name)}?tahun={year}").status_code == 200


def test_the_csv_has_a_line_for_every_number(kecamatan, order):
    voiding.void(order, kecamatan.camat, "=1+1 keliru ditulis")
    voiding.skip(kecamatan.unit, ORDER, 3, 1, kecamatan.tim, REASON)
    response = logged_in(kecamatan.asn).get(address("register_csv"))
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [line[1] for line in lines[1:]] == ["1", "2", "3"]
    assert lines[1][2:5:2] == [order.number, order.title]
    assert lines[1][7].startswith("'=1+1")
    assert lines[3][6:] == ["Di luar sistem", REASON]


# Numbers used elsewhere


def test_the_team_enters_numbers_that_were_used_elsewhere(kecamatan, order):
    client = logged_in(kecamatan.tim)
    response = submit(client, address(jenis=ORDER), upto="3", reason=REASON)
    assert list(VoidNumber.objects.values_list("sequence", flat=True)) == [2, 3]
    assert "mendapat nomor urut 4" in words(client.get(response.url))


@pytest.mark.parametrize("who", ["camat", "sekcam", "asn"])
def test_others_have_no_form_and_are_refused(kecamatan, order, who):
    client = logged_in(getattr(kecamatan, who))
    assert "Lewati nomor" not in words(client.get(address(jenis=ORDER)))
    assert client.post(address(jenis=ORDER), {"seen": 1, "upto": 3, "reason": REASON}).status_code == 403
    assert not VoidNumber.objects.exists()


def test_a_page_that_is_older_than_the_last_number_is_refused(kecamatan, order):
    client = logged_in(kecamatan.tim)
    opened = form_of(client.get(address(jenis=ORDER)))
    open_cycle(kecamatan, 2)
    response = client.post(address(jenis=ORDER), opened | {"upto": "5", "reason": REASON})
    assert response.status_code == 409
    assert "Nomor urut terakhir sekarang 2, bukan 1" in words(response)


@pytest.mark.parametrize(
    "values",
    [
        {"upto": "", "reason": ""},
        {"upto": "x", "reason": REASON},
        {"upto": "1", "reason": REASON},
        {"upto": "2", "reason": "a"},
    ],
)
def test_what_is_missing_stands_in_the_form(kecamatan, order, values):
    response = submit(logged_in(kecamatan.tim), address(jenis=ORDER), **values)
    assert response.status_code == 422
    assert "Belum tersimpan" in words(response)


def test_past_years_take_no_more_numbers(kecamatan):
    assert "Lewati nomor" not in read(kecamatan.tim, jenis=ORDER, tahun=YEAR - 1)
    assert logged_in(kecamatan.tim).post(address(jenis=ORDER, tahun=YEAR - 1), {}).status_code == 403


# Withdrawing a paper


def void_page(paper) -> str:
    return reverse("void_paper", args=[paper.pk])


def test_the_issuer_withdraws_a_paper_from_the_register(kecamatan, order):
    client = logged_in(kecamatan.camat)
    assert void_page(order) in client.get(address(jenis=ORDER)).content.decode()
    response = submit(client, void_page(order), reason=REASON, action="void")
    assert response.url == reverse("cycle", args=[order.cycle_id])
    text = words(client.get(response.url))
    assert f"{order.number} dibatalkan; nomornya tidak dipakai lagi." in text
    assert f"Dibatalkan: {REASON}" in text


def test_withdraw_and_issue_again_in_one_act(kecamatan, order):
    submit(logged_in(kecamatan.camat), void_page(order), reason=REASON, action="again")
    assert order.cycle.papers.last().replaces == order


def test_a_withdrawn_paper_is_issued_again_later(kecamatan, order):
    client = logged_in(kecamatan.camat)
    submit(client, void_page(order), reason=REASON, action="void")
    page = words(client.get(void_page(order)))
    assert f"Dibatalkan oleh {kecamatan.camat}" in page
    assert "Batalkan saja" not in page
    assert submit(client, void_page(order), action="again").status_code == 302
    assert order.cycle.papers.count() == 2


@pytest.mark.parametrize(("reason", "action"), [("", "void"), ("keliru", "void"), ("keliru", "again")])
def test_without_a_reason_nothing_happens(kecamatan, order, reason, action):
    response = submit(logged_in(kecamatan.camat), void_page(order), reason=reason, action=action)
    assert response.status_code == 422
    assert "paling sedikit 10 huruf" in words(response)
    assert order.cycle.papers.count() == 1


def test_who_may_not_is_refused_and_has_no_link(kecamatan, order):
    for who in (kecamatan.sekcam, kecamatan.tim, kecamatan.asn, kecamatan.administrator):
        client = logged_in(who)
        assert client.get(void_page(order)).status_code == 403
        assert client.post(void_page(order), {"reason": REASON}).status_code == 403
        assert "Batalkan" not in words(client.get(address(jenis=ORDER)))
    assert not VoidNumber.objects.exists()


def test_a_paper_withdrawn_meanwhile_tells_who_was_faster(kecamatan):
    paper = cycle_at(kecamatan, "report").papers.get(kind=RECAP)
    client = logged_in(kecamatan.sekcam)
    opened = form_of(client.get(void_page(paper)))
    voiding.void(paper, kecamatan.tim, REASON)
    response = client.post(void_page(paper), opened | {"reason": REASON, "action": "void"})
    assert response.status_code == 409
    assert f"Dibatalkan oleh {kecamatan.tim}" in words(response)


def test_an_archived_paper_says_that_it_stays(kecamatan):
    paper = cycle_at(kecamatan, None).papers.get(kind=RECAP)
    client = logged_in(kecamatan.camat)
    assert "sudah diarsipkan" in words(client.get(void_page(paper)))
    assert client.post(void_page(paper), {"reason": REASON}).status_code == 409
    assert void_page(paper) not in client.get(address(jenis=RECAP)).content.decode()


def test_a_withdrawn_paper_stays_readable(kecamatan, order, monkeypatch):
    monkeypatch.setattr(renderer, "render_pdf", lambda kind, content: content["number"].encode())
    voiding.void(order, kecamatan.camat, REASON)
    response = logged_in(kecamatan.asn).get(reverse("paper", args=[order.pk]))
    assert b"".join(response.streaming_content) == order.number.encode()
