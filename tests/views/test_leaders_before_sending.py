"""What nobody has sent is nobody's headline: neither the money that was typed, nor the last line of a workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, Pagu, PlanNode, WorksheetRow
from tests.support.characters import Office, add_indicator, cycle_at, fresh
from tests.support.pages import drained, logged_in, words


@pytest.fixture
def measuring(kecamatan: Office) -> MeasurementCycle:
    """Five rows to be sent, one of them on a sub kegiatan of its own; each sub kegiatan has spent 2 million of 10."""
    second = PlanNode.objects.create(
        plan=kecamatan.plan, parent=kecamatan.sub.parent, level="sub_kegiatan", code="7.01.02.2.01.0002", name="Kedua",
        owner=kecamatan.asn, position=7,
    )  # fmt: skip
    Pagu.objects.create(node=second, year=2026, amount=10_000_000)
    for number in (3, 4):
        add_indicator(kecamatan, f"Jumlah laporan {number}", number)
    add_indicator(kecamatan, "Jumlah kedua", 9, second)
    cycle = cycle_at(kecamatan, "measure")
    cycle.nodes.filter(level="sub_kegiatan").update(spent=2_000_000)
    return fresh(cycle)


def send(cycle: MeasurementCycle, count: int) -> None:
    rows = list(cycle.rows.exclude(name="Jumlah kedua").order_by("position").values_list("pk", flat=True))
    WorksheetRow.objects.filter(pk__in=rows[:count]).update(realised=3, state="terkirim")


def seen(person, page: str) -> str:
    return words(logged_in(person).get(page))


def lines_of(response) -> list[list]:
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(response) if response.streaming else response.content)
    ).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_money_of_which_nothing_was_sent_changes_nothing_that_leaders_see(kecamatan, measuring):
    send(measuring, 4)
    pages = ["/capaian/", reverse("trends"), reverse("years"), reverse("recap", args=[measuring.pk])]
    before = [seen(kecamatan.camat, page) for page in pages]
    assert "Serapan anggaran (sementara) 10,00 % Rp2.000.000 dari pagu setahun Rp20.000.000" in before[0]

    measuring.nodes.filter(name="Kedua").update(spent=900_000_000, overspend_reason="Salah ketik.")

    assert [seen(kecamatan.camat, page) for page in pages] == before
    mine = calculate(fresh(measuring)).office
    assert mine.spent_to_date == 902_000_000  # on the worksheet it stands as it was typed


def test_money_goes_with_its_rows(kecamatan, measuring):
    send(measuring, 4)
    WorksheetRow.objects.filter(name="Jumlah kedua").update(realised=3, state="terkirim")
    assert "Serapan anggaran (sementara) 20,00 % Rp4.000.000 dari pagu setahun Rp20.000.000" in seen(
        kecamatan.camat, "/capaian/"
    )


@pytest.mark.parametrize(("count", "enough"), [(3, False), (4, True)])
def test_the_workbooks_have_no_headline_before_the_pages_have_one(kecamatan, measuring, count, enough):
    """60 and 80 percent of the rows are sent."""
    send(measuring, count)
    camat = logged_in(kecamatan.camat)
    recap = lines_of(drained(camat.get(reverse("recap_xlsx", args=[measuring.pk]))))
    e81 = lines_of(drained(camat.get(reverse("e81_xlsx", args=[measuring.pk]))))

    last = next(line for line in recap if "Seluruh perangkat daerah" in line)
    words_of_e81 = [str(value) for line in e81 for value in line if value is not None]
    assert ("Sangat Tinggi" in last) is enough
    assert ("Belum cukup data: 3 dari 5 dikirim" in last) is not enough
    assert ("Sangat Tinggi" in words_of_e81) is enough
    assert ("Belum cukup data: 3 dari 5 dikirim" in words_of_e81) is not enough
