"""Where data awal are seen: marked, with their document, on every page, paper and workbook; and said loudly where they are missing."""

import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.models import Pagu, Target
from measurement.papers.lkjip import lkjip_material
from measurement.rules.sop import Output
from tests.support.characters import add_indicator, fresh, open_cycle, walk
from tests.support.opening import DOCUMENT, approved, late_office
from tests.support.pages import drained, logged_in, words

NOTE = f"† Data awal, menurut {DOCUMENT}, 5 Januari 2026"


@pytest.fixture
def late(db):
    """The plan's second year; the office begins in TW III, at 100 % in everything since 2025."""
    made = late_office(2025)
    Target.objects.create(indicator=made.indicator, year=2025, annual=12, p1=3, p2=3, p3=3, p4=3)
    Pagu.objects.create(node=made.sub, year=2025, amount=10_000_000)
    made.cycle = open_cycle(made, 3)
    return made


def with_opening(made) -> None:
    realised, money = f"realised-{made.indicator.pk}", f"spent-{made.sub.pk}"
    quarter = {realised: "3", money: "2.000.000"}
    year = {realised: "12", money: "9.000.000"}
    approved(made, made.chair, {"2025": year, "2026-1": quarter, "2026-2": quarter})


def at(made, step: str | None):
    made.cycle = walk(made, fresh(made.cycle), step)
    return made.cycle


def page(made, name: str, query: str = "", *keys) -> str:
    return words(logged_in(made.camat).get(reverse(name, args=keys) + query))


def test_step_4_says_what_is_missing_until_it_is_there(late):
    cycle = at(late, "prepare_method")
    client, step = logged_in(late.tim), reverse("step", args=[cycle.pk, 4])
    said = words(client.get(step))
    assert "Data awal belum lengkap: tahun 2025, TW I 2026, dan TW II 2026 (masing-masing 1 indikator" in said
    with_opening(late)
    assert "Data awal belum lengkap" not in words(client.get(step))


def test_worksheet_recap_and_report_say_what_is_missing(late):
    cycle = at(late, "recapitulate")
    for name in ("worksheet", "overview", "recap"):
        answer = logged_in(late.tim).get(reverse(name, args=[cycle.pk]))
        assert "Data awal belum lengkap: tahun 2025" in words(answer), name
    cycle = at(late, None)
    for kind in (Output.PENGUKURAN, Output.LAPORAN):
        notes = cycle.papers.filter(kind=kind).last().content["notes"]
        assert any(note.startswith("Data awal belum lengkap: tahun 2025") for note in notes), kind


def test_pages_of_the_cycle_mark_what_rests_on_data_awal(late):
    with_opening(late)
    cycle = at(late, "recapitulate")
    for name in ("worksheet", "overview"):
        said = words(
            logged_in(late.asn if name == "worksheet" else late.tim).get(reverse(name, args=[cycle.pk]))
        )
        assert f"{NOTE}: tahun 2025, TW I 2026, dan TW II 2026." in said, name
    assert "Rp6.000.000 †" in page(late, "recap", "", cycle.pk)
    working = page(late, "row_working", "", cycle.pk, cycle.rows.get().pk)
    assert "TW I †" in working
    assert NOTE in working


def test_trends_show_the_quarters_of_data_awal_as_such(late):
    with_opening(late)
    at(late, "recapitulate")
    said = page(late, "trends")
    assert f"{NOTE}: tahun 2025, TW I 2026, dan TW II 2026." in said
    assert said.count("data awal") >= 3
    assert "TW I 100,00 † 20,00 † data awal" in said
    assert "TW II 100,00 † 40,00 † data awal" in said


def test_years_stand_side_by_side_with_those_of_data_awal(late):
    with_opening(late)
    at(late, "recapitulate")
    said = page(late, "years", "?bulan=9")
    assert "2025 (setahun) †" in said
    assert "100,00 † 90,00 †" in said
    assert "12 †" in said
    assert NOTE in said


def test_the_papers_mark_it_and_compare_with_it(late):
    with_opening(late)
    cycle = at(late, None)
    report = cycle.papers.filter(kind=Output.LAPORAN).last().content
    assert report["quarters"]["columns"] == ["TW I †", "TW II †", "TW III"]
    assert report["quarters"]["lines"][-1]["capaian"] == ["100,00", "100,00", "100,00"]
    assert report["quarters"]["lines"][-1]["serapan"] == ["20,00", "40,00", "60,00"]
    assert any(note.startswith(NOTE) for note in report["notes"])
    sheet = cycle.papers.filter(kind=Output.PENGUKURAN).last().content
    [row] = [row for group in sheet["groups"] for row in group["rows"]]
    assert row["realised_to_date"] == "9 †"
    assert any(note.startswith(NOTE) for note in sheet["notes"])


def test_form_e81_keeps_its_numbers_and_marks_them(late):
    with_opening(late)
    cycle = at(late, "recapitulate")
    answer = logged_in(late.camat).get(reverse("e81_xlsx", args=[cycle.pk]))
    drawn = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in drawn.iter_rows() for cell in row if cell.number_format.endswith('" †"')]
    assert {12, 3, 9, 21} <= {cell.value for cell in cells}
    assert all(isinstance(cell.value, int | float) for cell in cells)
    texts = [str(cell.value) for row in drawn.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "Kolom 7: realisasi tahun 2025 menurut data awal." in texts
    assert any(text.startswith(NOTE) for text in texts)


def test_the_lkjip_compares_with_the_years_of_data_awal(late):
    goal = add_indicator(late, "Nilai SAKIP", 1, node=late.plan.nodes.get(level="sasaran"))
    Target.objects.create(indicator=goal, year=2025, annual=70)
    with_opening(late)
    later = {"2025": {f"realised-{goal.pk}": "68"}}
    approved(late, late.chair, later)
    cycle = at(late, None)
    text = _text_of(lkjip_material(calculate(fresh(cycle))))
    assert "Realisasi 2025" in text
    assert "68 †" in text
    assert NOTE in text


def _text_of(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_the_workbook_of_the_worksheet_names_the_document(late):
    with_opening(late)
    cycle = at(late, "recapitulate")
    answer = drained(logged_in(late.tim).get(reverse("worksheet_xlsx", args=[cycle.pk])))
    drawn = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    texts = [cell.value for row in drawn.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert sum(DOCUMENT in text for text in texts) >= 3


def test_the_history_of_a_row_tells_data_awal(late):
    """An office that begins late has earlier periods, though no cycle of its own."""
    with_opening(late)
    cycle = at(late, "measure")
    said = page(late, "row_history", "", cycle.pk, cycle.rows.get().pk)
    assert f"† TW I 2026 3; TW II 2026 3. Data awal, menurut {DOCUMENT}" in said
    assert "Belum ada periode sebelumnya" not in said
