"""How a figure came about: recalculating the printed formula gives the printed result, and what was left out is said."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.figures.calculation import NodeFigures, calculate
from measurement.figures.explain import row_workings
from measurement.figures.explain_branches import branch_workings
from measurement.figures.rows import RowFigures, row_figures
from measurement.models import MeasurementCycle, Unit, WorksheetNode, WorksheetRow
from measurement.rules.accumulations import Accumulation, ToDate
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import Rules
from measurement.rules.methods import Method, Yardstick, achievement
from measurement.rules.numbers import show_exactly, show_percent
from measurement.rules.sop import Output, RowState
from tests.support.characters import cycle_at
from tests.support.pages import logged_in
from tests.support.periods import quarter_of

LEVELS = ((Decimal(91), "Sangat Tinggi"), (Decimal(76), "Tinggi"), (None, "Rendah"))
RULES = Rules(LEVELS, "Uji")


def recalculated(formula: str) -> Decimal:
    """What a reader with a pocket calculator gets."""
    text = formula.replace(".", "").replace(",", ".").replace("÷", "/").replace("×", "*").replace("−", "-")
    assert re.fullmatch(r"[0-9.()/* +-]+", text), formula
    return eval(re.sub(r"[0-9]+(?:\.[0-9]+)?", lambda number: f"Decimal('{number[0]}')", text))


def row(
    accumulation=Accumulation.SUM,
    method=Method.MAXIMIZE,
    targets=("10", "10", "20", "20"),
    earlier=(),
    **values,
) -> WorksheetRow:
    past = [{"realised": value, "numerator": None, "denominator": None} for value in earlier]
    return WorksheetRow(
        accumulation=accumulation, method=method, targets=list(targets), earlier=past, target_year=Decimal(60), measure="Laporan",
        state=RowState.DRAF, **values,
    )  # fmt: skip


def told(made: WorksheetRow, quarter: int, title: str = "Capaian s.d. triwulan") -> str:
    workings = row_workings(row_figures(made, quarter, RULES), quarter_of(quarter), RULES)
    return next(str(working) for working in workings if working.title == title)


def test_the_sentence_names_formula_period_direction_accumulation_and_cap():
    made = row(earlier=("12", "8"), realised=Decimal(15))
    assert told(made, 3) == "87,50 % = 35 ÷ 40 × 100; s.d. TW III; arah maksimum; jumlah; tanpa batas"


def test_the_year_is_told_beside_the_quarter():
    made = row(earlier=("12", "8"), realised=Decimal(15))
    assert told(made, 3, "Capaian setahun").startswith(
        "58,33 % = 35 ÷ 60 × 100; s.d. TW III terhadap target setahun;"
    )


def test_a_skipped_quarter_is_said_and_keeps_its_target():
    made = row(earlier=("12", None), realised=Decimal(15))
    assert told(made, 3, "Realisasi s.d. TW III") == "27 = 12 + 15; jumlah; TW II tanpa realisasi"
    assert (
        told(made, 3, "Target s.d. TW III")
        == "40 = 10 + 10 + 20; jumlah; target triwulan yang terlewat tetap dihitung"
    )


def test_a_quarter_with_nothing_to_count_is_not_said_to_be_blank():
    made = row(Accumulation.RATIO, targets=("100",) * 4, numerator=Decimal(4), denominator=Decimal(5))
    made.earlier = [
        {"realised": None, "numerator": "3", "denominator": "3"},
        {"realised": None, "numerator": "0", "denominator": "0"},
    ]
    assert (
        told(made, 3, "Realisasi s.d. TW III")
        == "87,5 = (3 + 0 + 4) ÷ (3 + 0 + 5) × 100; rasio; TW II tidak ada kasus (0 dari 0)"
    )


def test_quarters_that_were_not_due_are_not_said_to_be_blank():
    made = row(earlier=(None, "5", None), targets=("0", "10", "0", "10"), schedule="2,4", realised=Decimal(9))
    assert told(made, 4, "Realisasi s.d. TW IV") == "14 = 5 + 9; jumlah; TW I, TW III belum waktunya"
    assert told(made, 4, "Target s.d. TW IV") == "20 = 10 + 10; jumlah"


def test_a_ratio_shows_its_raw_parts():
    made = row(Accumulation.RATIO, targets=("92",) * 4, numerator=Decimal(29), denominator=Decimal(30))
    made.earlier = [{"realised": None, "numerator": "21", "denominator": "25"}]
    assert told(made, 2, "Realisasi s.d. TW II") == "90,91 = (21 + 29) ÷ (25 + 30) × 100; rasio"
    assert told(made, 2) == "98,81 % = 90,909091 ÷ 92 × 100; s.d. TW II; arah maksimum; rasio; tanpa batas"


def test_what_has_no_value_says_why():
    assert told(row(), 1) == f"–; {Gap.BLANK}"
    zero = row(targets=("0",) * 4, realised=Decimal(1))
    zero.target_year = Decimal(0)
    assert told(zero, 1) == f"–; {Gap.ZERO_TARGET}"
    assert told(row(targets=("0",) * 4, realised=Decimal(1)), 1) == f"–; {Gap.NOT_SCHEDULED}"


def test_a_floor_at_zero_is_said():
    made = row(Accumulation.LAST, Method.MINIMIZE, targets=("5",) * 4, realised=Decimal(12))
    assert told(made, 1).startswith(
        "0,00 % = (2 × 5 − 12) ÷ 5 × 100; hasil hitung di bawah nol, ditampilkan 0;"
    )


def test_the_predicate_names_its_bound_and_scale():
    made = row(realised=Decimal("9.099"))
    assert told(made, 1, "Predikat") == "Tinggi; 90,99 ≥ 76"


def test_a_predicate_score_is_shown_with_its_word():
    made = row(
        Accumulation.LAST, Method.PREDICATE, targets=("6",) * 4, score_scale="A=6, BB=5", realised=Decimal(5)
    )
    assert made.shown(made.realised) == "BB (5)"
    assert told(made, 1).startswith("83,33 % = 5 ÷ 6 × 100; s.d. TW I; skor predikat;")


NUMBERS = st.decimals(Decimal("0.01"), 10**6, places=2)
COUNTED = [Method.MAXIMIZE, Method.MINIMIZE, Method.MINIMIZE_RATIO, Method.STABILIZE]


@given(st.sampled_from(COUNTED), NUMBERS, NUMBERS)
def test_recalculating_the_formula_gives_the_printed_figure(method, target, realised):
    made = row(Accumulation.LAST, method, targets=(str(target),) * 4, realised=realised)
    capaian = achievement(Yardstick(method), target, realised)
    formula = told(made, 1).partition(" = ")[2].partition(";")[0]
    assert max(recalculated(formula), Decimal(0)) == pytest.approx(Decimal(float(capaian.value)))


@given(st.lists(st.fractions(0, 1000, max_denominator=97), min_size=1, max_size=4))
def test_numbers_in_a_formula_are_exact_to_six_decimals(parts):
    for part in parts:
        value = Decimal(part.numerator) / part.denominator
        assert abs(recalculated(show_exactly(value)) - value) <= Decimal("0.0000005")


@pytest.fixture
def measured(kecamatan) -> MeasurementCycle:
    cycle = cycle_at(kecamatan, "evaluate")
    cycle.rows.filter(pk=cycle.rows.first().pk).update(realised=Decimal(4))
    cycle.rows.filter(pk=cycle.rows.last().pk).update(realised=None)
    return cycle


def test_a_mean_lists_its_parts_and_what_was_left_out(measured):
    sheet = calculate(measured)
    sub = next(branch for _, branch in sheet.nodes() if branch.rows)
    working = branch_workings(sub, measured.rules)[0]
    assert str(working) == "133,33 % = 133,333333 ÷ 1; 1 dari 2 dihitung; 1 belum diisi; tanpa batas atas"
    assert [(part.value, part.remark) for part in working.parts] == [
        ("133,33 %", ""),
        ("–", "tidak dihitung: belum diisi"),
    ]


def test_a_cap_is_applied_in_the_mean_and_named(measured):
    MeasurementCycle.objects.filter(pk=measured.pk).update(mean_cap=Decimal(120))
    measured = MeasurementCycle.objects.get(pk=measured.pk)
    sheet = calculate(measured)
    sub = next(branch for _, branch in sheet.nodes() if branch.rows)
    working = branch_workings(sub, measured.rules)[0]
    assert (
        str(working)
        == "120,00 % = 120 ÷ 1; 1 dari 2 dihitung; 1 belum diisi; dengan batas atas 120 % tiap bagian"
    )
    assert working.parts[0].remark == "dihitung 120,00 % (batas atas)"
    assert show_percent(sub.rows[0].capaian.value) == "133,33 %"


def test_serapan_is_the_ratio_of_the_sums(measured):
    workings = {
        working.title: str(working) for working in branch_workings(calculate(measured).office, measured.rules)
    }
    assert (
        workings["Serapan"]
        == "20,00 % = 2.000.000 ÷ 10.000.000 × 100; jumlah realisasi ÷ jumlah pagu setahun"
    )


def test_every_figure_of_the_recap_leads_to_its_working(measured, kecamatan):
    client = logged_in(kecamatan.camat)
    page = client.get(f"/siklus/{measured.pk}/rekap/").content.decode()
    links = set(re.findall(r'href="(/siklus/\d+/hitungan/[^"]*)"', page))
    assert len(links) == measured.nodes.count() + 1
    for link in links:
        assert "Cara hitung" in client.get(link).content.decode()


def test_an_asn_sees_the_working_of_their_own_row_only(measured, kecamatan):
    stranger = kecamatan.administrator
    url = f"/siklus/{measured.pk}/hitungan/indikator/{measured.rows.first().pk}/"
    assert "133,33 % = 4 ÷ 3 × 100" in " ".join(
        re.sub("<[^>]+>", "", logged_in(kecamatan.asn).get(url).content.decode()).split()
    )
    assert logged_in(stranger).get(url).status_code == 404


def test_the_frozen_rules_outlast_a_change_of_the_settings(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    kecamatan.unit.mean_cap = Decimal(110)
    kecamatan.unit.zero_is_met = True
    kecamatan.unit.save()
    rules = MeasurementCycle.objects.get(pk=cycle.pk).rules
    assert (rules.mean_cap, rules.zero_is_met, rules.scale) == (None, False, "Uji")


def branch(*figures: Decimal, children=(), **money) -> NodeFigures:
    """A sub kegiatan with these capaian and this money, or a branch above others."""
    node = WorksheetNode(
        pk=2, code="K", name="Kegiatan", level="kegiatan" if children else "sub_kegiatan", **money
    )
    rows = [
        RowFigures(row(), [], None, None, ToDate(None, None), Figure(value), Figure(value))
        for value in figures
    ]
    return NodeFigures(node, rows, list(children), RULES)


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (616_633, "efisien; 66,67 − 61,66 = 5,01 poin, > 5"),
        (616_690, "cukup efisien; 66,67 − 61,67 = 5,00 poin, antara −5 dan 5"),
    ],
)
def test_the_words_of_efficiency_never_contradict_the_numbers_beside_them(spent, words):
    made = branch(Decimal(200) / 3, pagu=Decimal(1_000_000), spent=Decimal(spent))
    made = replace(made, ends_year=True)
    working = next(working for working in branch_workings(made, RULES) if working.title == "Efisiensi")
    assert str(working) == words


def test_a_small_divisor_keeps_digits_that_count():
    assert show_exactly(Decimal(1) / 15) == "0,0666667"


def test_an_asn_sees_no_figures_of_others_while_rows_are_filled_in(measured, kecamatan):
    client = logged_in(kecamatan.administrator)
    for url in ("hitungan/", f"hitungan/cabang/{measured.nodes.first().pk}/", "e81.xlsx"):
        assert client.get(f"/siklus/{measured.pk}/{url}").status_code == 403
    page = client.get(f"/siklus/{measured.pk}/rekap/").content.decode()
    assert "/hitungan/" not in page
    assert "e81" not in page


def test_everybody_sees_the_workings_once_the_papers_show_the_figures(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    assert logged_in(kecamatan.asn).get(f"/siklus/{cycle.pk}/hitungan/").status_code == 200


def test_what_was_typed_before_a_row_was_excused_is_no_realisasi(measured, kecamatan):
    row = measured.rows.first()
    measured.rows.filter(pk=row.pk).update(state=RowState.DIKECUALIKAN, verdict_note="Belum terbit datanya.")
    figures = calculate(MeasurementCycle.objects.get(pk=measured.pk)).rows[row.pk]
    assert (figures.realised, figures.to_date.realised) == (None, None)


def test_a_branch_that_falls_back_to_its_own_indicators_says_so():
    made = branch(Decimal(90), children=[branch()])
    assert "dari indikator sendiri, karena yang di bawahnya tidak dapat dihitung" in str(
        branch_workings(made, RULES)[0]
    )


def test_the_methodology_names_the_rules_of_the_office(kecamatan):
    Unit.objects.filter(pk=kecamatan.unit.pk).update(mean_cap=Decimal(120))
    cycle = cycle_at(kecamatan, "measure")
    rules = " ".join(cycle.papers.get(kind=Output.METODOLOGI).content["rules"])
    assert "dengan batas atas 120 %" in rules
    assert "Predikat menurut Uji." in rules
