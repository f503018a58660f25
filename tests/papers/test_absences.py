"""What has no figure says why, and each why is another one: on the worksheet, on the kertas kerja, on the recap and in Form E.81."""

import io

import openpyxl
import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.figures.recap import recap_line
from measurement.models import MeasurementCycle, PlanNode, Target
from measurement.papers.kertas_kerja_pengukuran import kertas_kerja_pengukuran_content
from measurement.rules.figure import Gap
from tests.support.characters import Office, add_indicator, cycle_at, fresh, row_values
from tests.support.pages import logged_in, words

GAPS = {
    "Kosong": Gap.BLANK,
    "Dikecualikan": Gap.EXCUSED,
    "Tahunan": Gap.NOT_DUE,
    "Tanpa kasus": Gap.NO_CASES,
    "Belum dijadwalkan": Gap.NOT_SCHEDULED,
    "Tak direncanakan": Gap.NOT_PLANNED,
}


def with_absences(made: Office) -> MeasurementCycle:
    """TW I at step 5: one row of each kind, and one whose realisasi is 0."""
    bare = PlanNode.objects.create(
        plan=made.plan, parent=made.sub.parent, level="sub_kegiatan", code="7.01.02.2.01.0009", name="Tanpa pagu",
        owner=made.asn, position=9,
    )  # fmt: skip
    special = {
        "Tahunan": {"schedule": "4"},
        "Tanpa kasus": {"accumulation": "rasio", "measure": "%"},
        "Tak direncanakan": {"node": bare},
    }
    for position, name in enumerate([*GAPS, "Nol"], 5):
        add_indicator(made, name, position, **special.get(name, {}))
    Target.objects.filter(indicator__name="Belum dijadwalkan").update(p1=0, p2=4, p3=4, p4=4)
    Target.objects.filter(indicator__name="Tak direncanakan").update(annual=0, p1=0, p2=0, p3=0, p4=0)
    cycle = cycle_at(made, "measure")
    rows = {row.name: row for row in cycle.rows.all()}
    entries = {
        "Tanpa kasus": {"realised": None, "numerator": 0, "denominator": 0},
        "Belum dijadwalkan": {"realised": 0},
        "Nol": {"realised": 0},
    }
    measuring.save(
        cycle.pk,
        made.asn,
        [
            SheetChange(rows[name].pk, rows[name].version, row_values() | values)
            for name, values in entries.items()
        ],
    )
    measuring.excuse(
        cycle.pk, made.tim, rows["Dikecualikan"].pk, rows["Dikecualikan"].version, "Petugasnya sakit lama."
    )
    measuring.send(cycle.pk, made.asn)
    return fresh(cycle)


@pytest.fixture
def cycle(kecamatan) -> MeasurementCycle:
    return kecamatan.once(with_absences)


def test_every_why_is_another_one_and_zero_is_a_figure(cycle):
    found = {figures.row.name: figures.capaian for figures in calculate(cycle).rows.values()}

    assert {name: found[name].gap for name in GAPS} == GAPS
    assert (found["Nol"].gap, found["Nol"].shown) == (None, 0)


def test_the_worksheet_and_the_kertas_kerja_say_each(cycle, kecamatan):
    page = words(logged_in(kecamatan.tim).get(reverse("overview", args=[cycle.pk])))
    content = kertas_kerja_pengukuran_content(cycle, kecamatan.tim)
    rows = {row["name"]: row for group in content["groups"] for row in group["rows"]}

    assert all(str(gap) in page for gap in GAPS.values())
    assert {name: rows[name]["remark"] for name in GAPS} == {name: str(gap) for name, gap in GAPS.items()}
    assert rows["Tahunan"]["waits"] == "Belum waktunya: diukur setahun sekali (TW IV)."
    assert (rows["Tak direncanakan"]["excused_as"], rows["Dikecualikan"]["excused_as"]) == (
        "Tidak direncanakan",
        "Dikecualikan",
    )


def test_the_recap_counts_them_out_loud(cycle):
    sub = calculate(cycle).of_level("sub_kegiatan")[0]

    counted = recap_line(sub)["counted"]
    assert counted.startswith("1 dari 8 indikator dihitung")
    assert all(f"1 {GAPS[name]}" in counted for name in ("Dikecualikan", "Tahunan", "Tanpa kasus"))


def test_form_e81_names_them_by_number(cycle, kecamatan):
    content = logged_in(kecamatan.tim).get(reverse("e81_xlsx", args=[cycle.pk])).content
    cells = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    notes = " ".join(str(value) for row in cells for value in row if value)

    for text in (
        "dikecualikan dari pengukuran",
        "belum waktunya diukur",
        "tidak ada kasus",
        "tidak direncanakan tahun ini",
    ):
        assert text in notes
    assert "targetnya belum dijadwalkan" in notes
