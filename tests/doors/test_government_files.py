"""The files about all offices: who gets them, and that what stands in them is what each office has."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from measurement.doors.long_work_kinds import LONG_WORK_KINDS
from measurement.figures.calculation import calculate
from measurement.models import LongWork, MeasurementCycle
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.refusals import Refusal
from tests.support.characters import cycle_at, office
from tests.support.governments import government_over
from tests.support.pages import logged_in


def made(above, person, kind: str, period: str = "2026-tw1"):
    told: list[int] = []
    order = LongWork(
        unit=above.government.offices.earliest("pk"), person=person, kind=kind, ordered_at=timezone.now() - timedelta(1),
        parameters={"government": above.government.pk, "period": period},
    )  # fmt: skip
    return LONG_WORK_KINDS[kind].make(order, lambda percent, words: told.append(percent))


@pytest.fixture
def above(kecamatan, neighbour):
    cycle_at(kecamatan, "recapitulate")
    return government_over(kecamatan.unit, neighbour.unit)


def test_the_workbook_has_a_line_for_each_office_with_its_own_figures(above, kecamatan):
    file = made(above, above[GovernmentRole.PLANNING], "rekap-kantor")
    page = load_workbook(io.BytesIO(file.content))["Kantor"]
    lines = {row[1]: row for row in page.iter_rows(values_only=True) if row[1]}
    sheet = calculate(MeasurementCycle.objects.get(), sent_only=True)
    own = lines[kecamatan.unit.name]
    assert own[5] == pytest.approx(float(sheet.office.capaian.figure.shown))
    assert (own[7], own[8]) == (sheet.office.pagu, sheet.office.spent_to_date)
    assert lines["Kecamatan 416-318"][3] == "Belum diperintahkan"
    assert (lines["Jumlah"][7], lines["Jumlah"][8]) == (sheet.office.pagu, sheet.office.spent_to_date)


def test_every_measured_office_has_its_form(above, kecamatan):
    file = made(above, above[GovernmentRole.ORGANISATION], "e81-kantor")
    with zipfile.ZipFile(io.BytesIO(file.content)) as box:
        (name,) = box.namelist()
        assert load_workbook(io.BytesIO(box.read(name))).sheetnames == ["E.81"]
    assert kecamatan.unit.code in name


def test_the_recap_is_printed(above):
    file = made(above, above[GovernmentRole.INSPECTORATE], "rekap-kantor-pdf")
    assert file.content.startswith(b"%PDF-")


def test_nothing_measured_is_a_sentence(db):
    above = government_over(office("900-1").unit)
    with pytest.raises(Refusal, match="Belum ada kantor yang diukur"):
        made(above, above[GovernmentRole.PLANNING], "rekap-kantor")


def test_the_button_answers_with_the_page_that_shows_how_far_it_is(above):
    client = logged_in(above[GovernmentRole.PLANNING])
    response = client.get(reverse("government_file", args=["rekap-kantor"]))
    work = LongWork.objects.get()
    assert (response.status_code, response.url) == (302, reverse("work", args=[work.pk]))
    assert client.get(response.url).status_code == 200


def test_whoever_reads_no_office_gets_none(above, kecamatan):
    for person in (above[GovernmentRole.ADMIN], kecamatan.camat):
        assert logged_in(person).get(reverse("government_file", args=["rekap-kantor"])).status_code == 403
    other = government_over(name="Pemerintah Kabupaten Lain")
    order = LongWork(parameters={"government": above.government.pk})
    assert not LONG_WORK_KINDS["rekap-kantor"].may(other[GovernmentRole.PLANNING], order)
