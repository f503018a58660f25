"""Plans of many offices come from one file of their government: each row to its office, each office whole or not at all, and the others go on."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from measurement.doors import long_work, long_work_run
from measurement.doors.long_work_kinds import LONG_WORK_KINDS
from measurement.models import (
    Indicator,
    LongWork,
    Plan,
    PlanApproval,
    PlanNode,
    Revision,
    SettingChange,
    Target,
    Unit,
)
from measurement.rules.government_posts import GovernmentRole
from measurement.views.government import plans_of_offices as page
from tests.plan.test_plan_import import HEADINGS, tree
from tests.support.characters import office, open_cycle
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, words
from tests.support.queue import do_waiting

PAGE = "plans_of_offices"
BASIS = {"reason": "Pergeseran anggaran daerah.", "document": "Perbup 12 Tahun 2026", "dated": "05/01/2026"}


@pytest.fixture
def above(kecamatan, neighbour):
    Plan.objects.filter(unit__in=[kecamatan.unit, neighbour.unit]).update(start_year=2026)
    return government_over(kecamatan.unit, neighbour.unit)


def lines(place: str, indicators: int = 2, target: object = 4) -> list[list]:
    """The rows of one office; `target` is that of the last one."""
    rows = [[place, *row] for row in tree(indicators)]
    rows[-1][6] = target
    return rows


def file_of(*rows, headings=("kantor", *HEADINGS)) -> SimpleUploadedFile:
    text = "\n".join(";".join(str(value) for value in row) for row in [headings, *rows])
    return SimpleUploadedFile("rencana.csv", text.encode())


def sent(client, *rows, headings=("kantor", *HEADINGS), **values):
    file = file_of(*rows, headings=headings)
    return client.post(reverse(PAGE), {"action": "preview", "file": file, **values})


def looked_at(above, *rows, **values):
    return sent(logged_in(above[GovernmentRole.ADMIN]), *rows, **values)


def applied(client, response, **values):
    return client.post(reverse(PAGE), form_of(response) | {"action": "apply"} | values, follow=True)


def state(response) -> dict[str, str]:
    return {line["name"]: line["state"] for line in response.context["offices"]}


def names_of(unit: Unit) -> set[str]:
    return set(Indicator.objects.filter(node__plan__unit=unit, retired=False).values_list("name", flat=True))


def test_each_row_goes_to_its_office_by_code_or_name(above, kecamatan, neighbour):
    client, before = logged_in(above[GovernmentRole.ADMIN]), names_of(neighbour.unit)
    shown = sent(client, *lines(kecamatan.unit.code), *lines(neighbour.unit.name, 3))
    assert state(shown) == {kecamatan.unit.name: "ditulis", neighbour.unit.name: "ditulis"}
    assert "baris 4, 7.01.02.2.01.0001" in words(shown)
    assert names_of(neighbour.unit) == before

    said = words(applied(client, shown))
    assert "Rencana 2 kantor sesuai dengan berkas." in said
    assert "Jumlah laporan 3" in names_of(neighbour.unit)
    assert "Jumlah laporan 3" not in names_of(kecamatan.unit) >= {"Jumlah laporan 1", "Jumlah laporan 2"}
    assert "1 kantor tidak ada dalam berkas" in words(sent(client, *lines(kecamatan.unit.code, 1)))


def test_the_office_sees_who_wrote_it(above, kecamatan):
    client = logged_in(above[GovernmentRole.ADMIN])
    applied(client, sent(client, *lines(kecamatan.unit.code)))
    trail = words(logged_in(kecamatan.administrator).get(reverse("new_plan")))
    assert f"diisi dari berkas {above.government}" in trail
    assert str(above[GovernmentRole.ADMIN]) in trail


def test_an_office_with_a_fault_gets_nothing_and_the_others_go_on(above, kecamatan, neighbour):
    client, before = logged_in(above[GovernmentRole.ADMIN]), names_of(kecamatan.unit)
    shown = sent(client, *lines(kecamatan.unit.code, target="banyak"), *lines(neighbour.unit.code))
    assert state(shown) == {kecamatan.unit.name: "ditolak", neighbour.unit.name: "ditulis"}
    assert "G5:" in words(shown)

    applied(client, shown)
    assert names_of(kecamatan.unit) == before
    assert "Jumlah laporan 2" in names_of(neighbour.unit)


def test_an_office_that_is_unknown_or_of_another_government_is_named(above, kecamatan):
    foreign = office("999-1").unit
    shown = looked_at(
        above, *lines(foreign.code, 1), *lines("Kecamatan Antah", 1), *lines(kecamatan.unit.code)
    )
    assert [(each["name"], each["rows"]) for each in shown.context["unknown"]] == [
        (foreign.code, "2, 3, 4"),
        ("Kecamatan Antah", "5, 6, 7"),
    ]
    assert list(state(shown)) == [kecamatan.unit.name]
    applied(logged_in(above[GovernmentRole.ADMIN]), shown)
    assert not Indicator.objects.filter(node__plan__unit=foreign, name="Jumlah dokumen").exists()


def test_a_row_above_every_office_belongs_to_none(above, kecamatan):
    [unknown] = looked_at(above, *lines("", 1), *lines(kecamatan.unit.code)).context["unknown"]
    assert (unknown["rows"], unknown["sentence"]) == (
        "2, 3, 4",
        "Kantor wajib diisi, dengan kode atau namanya.",
    )


def test_of_two_offices_of_one_name_the_code_is_asked(above, kecamatan, neighbour):
    Unit.objects.filter(pk=neighbour.unit.pk).update(name=kecamatan.unit.name)
    shown = looked_at(above, *lines(kecamatan.unit.name))
    [unknown] = shown.context["unknown"]
    assert "Ada 2 kantor bernama ini" in unknown["sentence"]
    assert kecamatan.unit.code in unknown["sentence"]
    assert state(looked_at(above, *lines(neighbour.unit.code))) == {kecamatan.unit.name: "ditulis"}


def test_the_same_file_again_changes_nothing(above, kecamatan, neighbour):
    client, rows = (
        logged_in(above[GovernmentRole.ADMIN]),
        lines(kecamatan.unit.code) + lines(neighbour.unit.code),
    )
    applied(client, sent(client, *rows))
    stored = list(Target.objects.order_by("pk").values())
    again = sent(client, *rows)
    assert set(state(again).values()) == {"sama"}
    assert "Tidak ada kantor yang rencananya berubah" in words(again)
    assert list(Target.objects.order_by("pk").values()) == stored


def test_work_that_begins_again_leaves_what_is_written(above, kecamatan, neighbour):
    client = logged_in(above[GovernmentRole.ADMIN])
    applied(client, sent(client, *lines(kecamatan.unit.code), *lines(neighbour.unit.code)))
    trails = SettingChange.objects.count()
    work = LongWork.objects.get(kind="plans_of_offices_write")
    done = LONG_WORK_KINDS[work.kind].make(work, lambda percent, said: None)
    assert {outcome.is_written for outcome in done.value.outcomes} == {True}
    assert SettingChange.objects.count() == trails


def test_work_that_breaks_off_says_what_stays(above, kecamatan, monkeypatch):
    monkeypatch.setattr("measurement.plan.plans_of_offices.write_plan_of_office", lambda *given: 1 / 0)
    client = logged_in(above[GovernmentRole.ADMIN])
    page = words(applied(client, sent(client, *lines(kecamatan.unit.code))))
    assert "Kantor yang sudah ditulis tetap seperti tertulis" in page
    assert long_work_run.BROKEN not in page


def approve(made) -> None:
    PlanApproval.objects.create(
        plan=made.plan, year=2026, document="PK 2026", dated=date(2026, 1, 2),
        recorded_by=made.tim, recorded_at=timezone.now(),
    )  # fmt: skip


def test_a_year_in_force_needs_a_basis_and_is_revised(above, kecamatan, neighbour):
    client = logged_in(above[GovernmentRole.ADMIN])
    applied(client, sent(client, *lines(kecamatan.unit.code), *lines(neighbour.unit.code)))
    approve(kecamatan)
    changed = [*lines(kecamatan.unit.code, target=8), *lines(neighbour.unit.code, target=8)]
    asked = applied(client, sent(client, *changed))
    assert asked.status_code == 422
    assert "Dasar revisi" in words(asked)
    assert not Target.objects.filter(annual=8).exists()

    applied(client, asked, **BASIS)
    assert Target.objects.filter(annual=8).count() == 2
    revised = Revision.objects.all()
    assert {each.node.plan for each in revised} == {kecamatan.plan}
    assert {each.reason for each in revised} == {BASIS["reason"]}


def test_an_office_that_began_late_is_written_as_by_its_own_import(above, kecamatan):
    Plan.objects.filter(pk=kecamatan.plan.pk).update(start_year=2025)
    cycle = open_cycle(kecamatan, 3)
    client = logged_in(above[GovernmentRole.ADMIN])
    page = applied(client, sent(client, *lines(kecamatan.unit.code)))
    assert "Rencana 1 kantor sesuai" in words(page)
    cycle.refresh_from_db()
    assert cycle.number == 3
    assert Target.objects.filter(indicator__node__plan=kecamatan.plan, annual=4).exists()


def test_a_plan_is_made_where_an_office_has_none(above, kecamatan, neighbour):
    Plan.objects.filter(pk=neighbour.plan.pk).update(start_year=2011, end_year=2015)
    rows = lines(kecamatan.unit.code) + lines(neighbour.unit.code)
    refused = looked_at(above, *rows)
    assert state(refused)[neighbour.unit.name] == "ditolak"
    assert "belum mempunyai rencana tahun 2026" in words(refused)

    client = logged_in(above[GovernmentRole.ADMIN])
    shown = sent(client, *rows, name="Renstra", start_year="2026", end_year="2030")
    assert neighbour.unit.plans.count() == 1
    assert "rencana baru" in words(shown)
    applied(client, shown)
    made = neighbour.unit.plans.get(start_year=2026)
    assert (made.name, made.end_year, made.nodes.count()) == ("Renstra", 2030, 4)
    assert set(state(sent(client, *rows)).values()) == {"sama"}


def test_half_a_new_plan_is_none(above, kecamatan):
    shown = looked_at(above, *lines(kecamatan.unit.code), name="Renstra")
    assert shown.status_code == 422
    assert "kosongkan ketiganya" in words(shown)


def test_what_changed_meanwhile_is_not_written(above, kecamatan, neighbour):
    client = logged_in(above[GovernmentRole.ADMIN])
    applied(client, sent(client, *lines(kecamatan.unit.code), *lines(neighbour.unit.code)))
    shown = sent(client, *lines(kecamatan.unit.code, target=8), *lines(neighbour.unit.code, target=8))
    node = PlanNode.objects.get(plan=kecamatan.plan, code="7.01.02.2.01.0002")
    Target.objects.filter(indicator__node=node).update(annual=6)
    page = words(applied(client, shown))
    assert "1 kantor tidak ditulis" in page
    assert "sudah berubah sejak perbedaan ditampilkan" in page
    assert set(Target.objects.filter(annual=8).values_list("indicator__node__plan", flat=True)) == {
        neighbour.plan.pk
    }


def test_a_file_without_the_column_is_no_such_file(above):
    shown = looked_at(above, *tree(1), headings=HEADINGS)
    assert shown.status_code == 422
    assert "tidak memuat kolom kantor" in words(shown)


def test_an_offices_own_import_takes_its_rows_alone(above, kecamatan, neighbour):
    rows = lines(kecamatan.unit.code) + lines(neighbour.unit.code, 5)
    client = logged_in(kecamatan.tim)
    values = {"plan": kecamatan.plan.pk, "file": file_of(*rows), "action": "preview"}
    preview = client.post(reverse("plan_import"), values).context["preview"]
    assert preview.wrong == []
    assert f"7 baris milik {neighbour.unit.code} tidak dibaca." in preview.remarks


def test_the_template_comes_back_and_names_the_offices(above, kecamatan):
    client = logged_in(above[GovernmentRole.ADMIN])
    content = client.get(reverse("plans_of_offices_template")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Rencana"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[0] == "kantor"
    assert (kecamatan.unit.code, kecamatan.unit.name) in list(book["Kantor"].values)
    filled = dict(zip(("tingkat", "kode", "nomenklatur", "indikator", "satuan"), tree(0)[0], strict=False))
    year = timezone.localdate().year
    filled |= {"kantor": kecamatan.unit.code, f"target_{year}": 90}
    sheet.append([filled.get(heading) for heading in headings])
    file = io.BytesIO()
    book.save(file)
    values = {"action": "preview", "file": SimpleUploadedFile("rencana.xlsx", file.getvalue())}
    assert list(state(client.post(reverse(PAGE), values))) == [kecamatan.unit.name]


@pytest.mark.parametrize("role", sorted(set(GovernmentRole) - {GovernmentRole.ADMIN}))
def test_only_the_administrator_of_the_government_may(above, kecamatan, role):
    client = logged_in(above[role])
    assert client.get(reverse(PAGE)).status_code == 403
    assert sent(client, *lines(kecamatan.unit.code)).status_code == 403
    assert client.get(reverse("plans_of_offices_template")).status_code == 403


@pytest.mark.parametrize(("module", "limit"), [(long_work, "BIG_FILE"), (page, "MANY")])
def test_a_large_file_or_one_for_many_offices_is_the_queues(
    above, kecamatan, queue, monkeypatch, module, limit
):
    monkeypatch.setattr(module, limit, 0)
    client = logged_in(above[GovernmentRole.ADMIN])
    order = sent(client, *lines(kecamatan.unit.code, 3))
    assert do_waiting() == 1
    shown = client.get(order.url, follow=True)
    assert state(shown) == {kecamatan.unit.name: "ditulis"}

    order = client.post(reverse(PAGE), form_of(shown) | {"action": "apply"})
    assert "Jumlah laporan 3" not in names_of(kecamatan.unit)
    assert do_waiting() == 1
    assert "Rencana 1 kantor sesuai" in words(client.get(order.url, follow=True))
    assert "Jumlah laporan 3" in names_of(kecamatan.unit)
