"""The API as a machine meets it: what it gives, to whom, and how it refuses."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from measurement.api import answers
from measurement.figures.calculation import calculate
from measurement.models import ApiToken, Person
from measurement.rules.machine_access import Scope
from measurement.rules.numbers import show_percent
from measurement.rules.sop import Output
from tests.support.characters import cycle_at, fresh, walk
from tests.support.machines import APPROVED_ONLY, ROOT, Machine, secret_of
from tests.support.pages import NIP, drained, logged_in


def problem(response, status: int) -> str:
    """The sentence of a problem, told as RFC 9457 says."""
    told = response.json()
    assert (response.status_code, told["status"]) == (status, status)
    assert response["Content-Type"] == "application/problem+json"
    assert told["title"]
    return told["detail"]


def test_a_token_tells_of_which_office_it_is_and_what_it_opens(kecamatan):
    told = Machine(kecamatan, Scope.CYCLES).read()
    assert (told["kode"], told["cakupan"]) == (kecamatan.unit.code, ["siklus"])
    assert told["siklus"] == "http://testserver/api/v1/siklus"


@pytest.mark.parametrize(
    "given", [{}, {"Authorization": "Bearer sakip_salah"}, {"Authorization": "Basic YTpi"}]
)
def test_without_a_token_nothing_is_told(kecamatan, given):
    response = Client(headers=given).get(ROOT + "siklus")
    assert "Authorization: Bearer" in problem(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"


def test_somebody_who_is_logged_in_is_nobody_here(kecamatan):
    client = logged_in(kecamatan.administrator)
    problem(client.get(ROOT + "siklus"), 401)
    Person.objects.filter(pk=kecamatan.administrator.pk).update(must_change_password=True)
    problem(client.get(ROOT + "siklus"), 401)


@pytest.mark.parametrize("change", [{"expires_at": timezone.now()}, {"revoked_at": timezone.now()}])
def test_a_token_that_ended_or_was_revoked_opens_nothing(kecamatan, change):
    machine = Machine(kecamatan)
    ApiToken.objects.update(made_at=timezone.now() - timedelta(days=2), **change)
    problem(machine.get("siklus"), 401)


@pytest.mark.parametrize(
    ("rest", "scope"),
    [
        ("siklus", Scope.CYCLES),
        ("siklus/1/hasil", Scope.RESULTS),
        ("rencana", Scope.PLAN),
        ("naskah", Scope.PAPERS),
    ],
)
def test_a_scope_that_is_lacking_is_named(kecamatan, rest, scope):
    others = [one for one in Scope if one != scope]
    assert f"“{scope}”" in problem(Machine(kecamatan, *others).get(rest), 403)


def test_what_belongs_to_another_office_is_not_found(kecamatan, neighbour):
    cycle = cycle_at(kecamatan, None)
    paper = cycle.papers.first()
    stranger = Machine(neighbour, *Scope)
    for rest in (
        f"siklus/{cycle.pk}",
        f"siklus/{cycle.pk}/hasil",
        f"siklus/{cycle.pk}/hasil/cabang",
        f"siklus/{cycle.pk}/hasil/indikator",
        f"rencana/{kecamatan.plan.pk}/cabang",
        f"rencana/{kecamatan.plan.pk}/indikator",
        f"naskah/{paper.pk}/berkas",
    ):
        problem(stranger.get(rest), 404)
        assert drained(Machine(kecamatan, *Scope).get(rest)).status_code in (200, 503), rest
    assert stranger.read("siklus")["data"] == stranger.read("naskah")["data"] == []
    assert [plan["id"] for plan in stranger.read("rencana")["data"]] == [neighbour.plan.pk]


@pytest.mark.parametrize(
    "rest", ["tidak-ada", "siklus/0", "siklus/" + "9" * 25, "siklus/abc", "siklus/1/hasil/x"]
)
def test_what_is_not_there_is_told_as_a_problem(kecamatan, rest):
    problem(Machine(kecamatan).get(rest), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_it_is_only_read(kecamatan, method):
    for rest in ("", "siklus", "openapi.json", "tidak-ada"):
        response = getattr(Machine(kecamatan).client, method)(ROOT + rest)
        problem(response, 405)
        assert response["Allow"] == "GET, HEAD"


def test_head_tells_the_same_without_the_content(kecamatan):
    machine = Machine(kecamatan)
    head, get = machine.client.head(ROOT + "siklus"), machine.get("siklus")
    assert (head.status_code, head["ETag"], head.content) == (200, get["ETag"], b"")


def test_a_cycle_tells_whose_turn_it_is_and_until_when(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    told = Machine(kecamatan).read(f"siklus/{cycle.pk}")
    stay = cycle.stays.with_terms().get(left_at=None)
    assert (told["keadaan"], told["giliran"]["pelaksana"]) == ("berjalan", "Seluruh ASN")
    assert told["giliran"]["batas"] == timezone.localtime(stay.due(kecamatan.unit.calendar)).isoformat()
    assert [stay["nomor"] for stay in told["riwayat"]] == [1, 2, 3, 4, 5]


def test_results_are_those_of_page_and_paper(kecamatan):
    cycle = cycle_at(kecamatan, None)
    sheet, machine = calculate(fresh(cycle), sent_only=True), Machine(kecamatan)
    told = machine.read(f"siklus/{cycle.pk}/hasil")
    reached = told["rata_rata"]["capaian"]
    assert (reached["tertulis"], reached["pecahan"]) == (
        show_percent(sheet.office.capaian.figure.value),
        "100",
    )
    assert told["uang"]["serapan"]["nilai"] == "20.00"
    row = machine.read(f"siklus/{cycle.pk}/hasil/indikator")["data"][0]
    assert row["realisasi"] == {"nilai": "3", "pecahan": "3", "tertulis": "3"}
    assert {"judul": "Capaian s.d. triwulan", "hasil": "100,00 %", "rumus": "3 ÷ 3 × 100"}.items() <= row[
        "hitungan"
    ][0].items()
    branches = machine.read(f"siklus/{cycle.pk}/hasil/cabang")["data"]
    assert [branch["kode"] for branch in branches] == [branch.node.code for _, branch in sheet.nodes()]


def test_figures_that_nobody_approved_need_a_scope_of_their_own(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    for rest in ("hasil", "hasil/cabang", "hasil/indikator"):
        assert "belum disetujui" in problem(Machine(kecamatan).get(f"siklus/{cycle.pk}/{rest}"), 403)
        assert Machine(kecamatan, *Scope).get(f"siklus/{cycle.pk}/{rest}").status_code == 200
    assert Machine(kecamatan).read("naskah")["data"] == []
    assert Machine(kecamatan, *Scope).read("naskah")["data"]
    walk(kecamatan, cycle, "report_to_camat")
    assert Machine(kecamatan).read(f"siklus/{cycle.pk}/hasil")["disetujui"]


def test_a_draft_is_no_figure_for_anybody(measuring_office):
    machine, cycle = Machine(measuring_office, *Scope), measuring_office.cycle
    measuring_office.cycle.rows.update(realised=77, state="draf")
    told = machine.read(f"siklus/{cycle.pk}/hasil")
    assert (told["rata_rata"]["capaian"]["nilai"], told["predikat"], told["hitungan"]) == (None, "", [])
    row = machine.read(f"siklus/{cycle.pk}/hasil/indikator")["data"][0]
    assert (row["realisasi"]["nilai"], row["capaian_sd"]["alasan"]) == (None, "belum dikirim")
    assert "77" not in str(machine.get(f"siklus/{cycle.pk}/hasil/indikator").content)


def test_a_cycle_without_worksheet_has_no_results(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    assert "belum ada yang diukur" in problem(Machine(kecamatan, *Scope).get(f"siklus/{cycle.pk}/hasil"), 409)


def test_a_nip_is_masked_unless_the_token_may_see_it(kecamatan):
    Person.objects.filter(pk=kecamatan.asn.pk).update(nip=NIP)
    rest = f"rencana/{kecamatan.plan.pk}/indikator"
    assert Machine(kecamatan).read(rest)["data"][0]["penanggung_jawab"]["nip"] == f"1970{'*' * 10}1006"
    assert Machine(kecamatan, *Scope).read(rest)["data"][0]["penanggung_jawab"]["nip"] == NIP


def test_lists_come_in_pages_with_nothing_twice_and_nothing_left_out(kecamatan):
    cycle_at(kecamatan, None)
    machine = Machine(kecamatan)
    cycle = machine.read("siklus")["data"][0]["id"]
    for rest in (
        "siklus",
        "naskah",
        f"siklus/{cycle}/hasil/cabang",
        f"siklus/{cycle}/hasil/indikator",
        f"rencana/{kecamatan.plan.pk}/cabang",
    ):
        whole = machine.read(rest)
        assert whole["berikutnya"] is None
        assert machine.everything(rest, 1) == machine.everything(rest, 3) == whole["data"], rest
    problem(machine.get(f"siklus/{cycle}/hasil/cabang", {"setelah": "999999"}), 404)


@pytest.mark.parametrize(
    "query",
    [
        {"jumlah": "0"},
        {"jumlah": str(answers.MOST + 1)},
        {"setelah": "x"},
        {"setelah": "9" * 25},
        {"tahun": "-1"},
        {"taun": "2026"},  # misspelt
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(kecamatan, query):
    assert next(iter(query)) in problem(Machine(kecamatan).get("siklus", query), 400)


def test_whoever_has_it_need_not_fetch_it_again(kecamatan):
    machine = Machine(kecamatan)
    first = machine.get("siklus")
    assert (first["Cache-Control"], "Authorization" in first["Vary"]) == ("private, no-cache", True)
    assert machine.get("siklus", **{"If-None-Match": first["ETag"]}).status_code == 304
    cycle_at(kecamatan, "brief")
    assert machine.get("siklus", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_a_token_may_call_so_often_a_minute(kecamatan, settings):
    settings.API_CALLS_PER_MINUTE = 3
    machine = Machine(kecamatan)
    ApiToken.objects.update(minute=1, used=3)  # a minute long gone
    assert [machine.get().status_code for _ in range(3)] == [200] * 3
    refused = machine.get()
    assert "3 permintaan per menit" in problem(refused, 429)
    assert 0 < int(refused["Retry-After"]) <= 60
    assert Machine(kecamatan).get().status_code == 200, "another token has a count of its own"


def test_the_last_use_is_noted(kecamatan):
    machine = Machine(kecamatan)
    assert ApiToken.objects.get().last_used_at is None
    machine.get("tidak-ada")
    assert ApiToken.objects.get().last_used_at is None
    machine.get()
    assert ApiToken.objects.get().last_used_at is not None


def test_a_busy_database_and_a_fault_are_problems_too(kecamatan, monkeypatch):
    machine = Machine(kecamatan)

    def raised(error: Exception):
        def page(*args):
            raise error

        monkeypatch.setattr("measurement.api.cycle_calls.page_of_rows", page)
        return machine.get("siklus")

    assert raised(OperationalError("database is locked"))["Retry-After"] == "10"
    problem(raised(OperationalError("database is locked")), 503)
    assert "rahasia" not in problem(raised(ValueError("rahasia")), 500)


def test_papers_say_whether_they_count_and_their_files_are_whole(kecamatan, quick_papers):
    cycle, machine = cycle_at(kecamatan, "report_to_camat"), Machine(kecamatan, *APPROVED_ONLY)
    papers = machine.everything("naskah", 50)
    report = next(paper for paper in papers if paper["jenis"] == Output.DRAFT_LAPORAN)
    assert (report["siklus"], report["keadaan"], report["berkas"]["sha256"]) == (cycle.pk, "berlaku", None)
    file = machine.client.get(report["berkas"]["alamat"])
    content = b"".join(file.streaming_content)
    told = machine.read("naskah", jenis=report["jenis"], siklus=cycle.pk)["data"][0]["berkas"]
    assert (file["ETag"].strip('"'), len(content)) == (told["sha256"], told["ukuran"])
    assert file["Content-Disposition"].startswith("attachment")
    again = machine.client.get(report["berkas"]["alamat"], headers={"If-None-Match": file["ETag"]})
    assert again.status_code == 304


def test_a_file_that_is_lost_is_not_given(kecamatan, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # other tests leave files of the same names
    cycle_at(kecamatan, None)  # its papers have records and no files
    machine = Machine(kecamatan)
    paper = machine.read("naskah")["data"][0]
    assert "tidak diberikan" in problem(machine.client.get(paper["berkas"]["alamat"]), 503)


def test_nothing_of_the_secret_is_kept(kecamatan):
    secret = secret_of(kecamatan)
    token = ApiToken.objects.get()
    assert secret.startswith("sakip_")
    assert len(secret) > 40
    assert secret not in str(vars(token))


def test_no_call_asks_the_database_more_than_a_page_may(kecamatan, django_assert_max_num_queries):
    for quarter in (1, 2, 3):
        cycle = cycle_at(kecamatan, "brief" if quarter > 1 else None, quarter)
    first, machine = kecamatan.unit.cycles.earliest("pk"), Machine(kecamatan, *Scope)
    machine.read()
    calls = (
        "siklus",
        f"siklus/{cycle.pk}",
        f"siklus/{first.pk}/hasil",
        f"siklus/{first.pk}/hasil/cabang",
        f"siklus/{first.pk}/hasil/indikator",
    )
    for rest in (
        *calls,
        "rencana",
        f"rencana/{kecamatan.plan.pk}/cabang",
        f"rencana/{kecamatan.plan.pk}/indikator",
        "naskah",
    ):
        with django_assert_max_num_queries(12):
            machine.read(rest)
