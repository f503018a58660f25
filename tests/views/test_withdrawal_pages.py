"""Pencabutan in the browser: the page, the card of who is asked, what disappears and what stays to be read; and questions before an order."""

from datetime import date

import pytest
from django.urls import reverse

from measurement.doors import withdrawing
from measurement.forms.steps.step_forms import OpeningForm
from measurement.models import MeasurementCycle, Plan
from measurement.rules.order_questions import order_questions
from measurement.rules.periods import Frequency, Period
from measurement.rules.sop import State
from tests.support.characters import YEAR, cycle_at, fresh, open_cycle
from tests.support.pages import logged_in, words

WRONG = "Tahun yang dipilih keliru."
INSTRUCTION = "Laksanakan pengukuran kinerja."
DECEMBER = date(2026, 12, 15)


def page(cycle: MeasurementCycle) -> str:
    return reverse("withdrawal", args=[cycle.pk])


def test_camat_withdraws_from_the_cycle_page(kecamatan):
    cycle, camat = cycle_at(kecamatan, "brief"), logged_in(kecamatan.camat)
    assert page(cycle) in camat.get(reverse("cycle", args=[cycle.pk])).content.decode()
    shown = words(camat.get(page(cycle)))
    assert "1 naskahnya batal beserta nomornya" in shown

    response = camat.post(page(cycle), {"action": "withdraw", "reason": WRONG}, follow=True)

    assert "Perintah dicabut" in words(response)
    assert WRONG in words(response)
    assert fresh(cycle).is_withdrawn


def test_a_reason_that_says_nothing_is_refused_on_the_page(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    response = logged_in(kecamatan.camat).post(page(cycle), {"action": "withdraw", "reason": "salah"})
    assert (response.status_code, fresh(cycle).state) == (422, State.ARAHAN)
    assert "paling sedikit 10 huruf" in words(response)


def test_sekcam_finds_the_question_among_the_tasks_and_answers_it(kecamatan):
    cycle, sekcam = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.sekcam)
    asked = logged_in(kecamatan.camat).post(page(cycle), {"action": "ask", "reason": WRONG}, follow=True)
    assert "dikirim kepada Sekcam" in words(asked)
    assert "Jawab permintaan pencabutan" in words(sekcam.get(reverse("inbox")))
    assert WRONG in words(sekcam.get(page(cycle)))

    refused = sekcam.post(page(cycle), {"action": "refuse", "answer": ""})
    assert "alasan penolakan" in words(refused)
    done = sekcam.post(page(cycle), {"action": "consent", "answer": ""}, follow=True)

    assert "Pencabutan disetujui" in words(done)
    assert fresh(cycle).is_withdrawn
    assert "Jawab permintaan pencabutan" not in words(sekcam.get(reverse("inbox")))


def test_camat_takes_the_question_back(kecamatan):
    cycle, camat = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.camat)
    withdrawing.ask_withdrawal(cycle.pk, kecamatan.camat, WRONG)
    assert "ditarik kembali" in words(camat.post(page(cycle), {"action": "take_back"}, follow=True))
    assert "1 permintaan sebelumnya" in words(camat.get(page(cycle)))


def test_a_withdrawn_cycle_stays_to_be_read_and_counts_nowhere(kecamatan):
    cycle, tim = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    withdrawing.ask_withdrawal(cycle.pk, kecamatan.camat, WRONG)
    withdrawing.answer_withdrawal(cycle.pk, kecamatan.sekcam, granted=True)

    listed = words(tim.get(reverse("cycles")))
    assert "1 perintah yang dicabut" in listed
    assert WRONG in listed
    assert "Dicabut" in words(tim.get(reverse("cycle", args=[cycle.pk])))
    assert "sudah dicabut" in words(tim.get(reverse("overview", args=[cycle.pk])))
    assert tim.get(reverse("e81_xlsx", args=[cycle.pk])).status_code == 409
    assert tim.get(f"{reverse('achievement')}?siklus={cycle.pk}").status_code == 404
    assert "Angka tampil di sini setelah" in words(tim.get(reverse("achievement")))
    for name in ("trends", "years", "archive", "inbox"):
        assert tim.get(reverse(name)).status_code == 200
    step = words(tim.get(reverse("step", args=[cycle.pk, 7])))
    assert "dicabut sebelum langkah ini selesai" in step


def test_an_asn_does_not_see_the_drafts_of_others_because_a_cycle_was_withdrawn(measuring_office):
    cycle = measuring_office.cycle
    withdrawing.ask_withdrawal(cycle.pk, measuring_office.camat, WRONG)
    withdrawing.answer_withdrawal(cycle.pk, measuring_office.sekcam, granted=True)
    client = logged_in(measuring_office.asn)
    assert "Jumlah kunjungan rekan" not in words(client.get(reverse("overview", args=[cycle.pk])))


# Questions before an order


@pytest.mark.parametrize(
    ("year", "period", "asked"),
    [
        (2026, Period(Frequency.QUARTERLY, 3), ""), (2026, Period(Frequency.QUARTERLY, 4), "belum berakhir"),
        (2030, Period(Frequency.QUARTERLY, 1), "bahkan belum dimulai"), (2025, Period(Frequency.QUARTERLY, 4), ""),
        (2025, Period(Frequency.QUARTERLY, 3), "lebih dari setahun"), (2026, Period(Frequency.MONTHLY, 12), "belum berakhir"),
        (2026, Period(Frequency.MONTHLY, 11), ""), (2026, Period(Frequency.HALF_YEARLY, 2), "belum berakhir"),
    ],
)  # fmt: skip
def test_what_is_rarely_meant_is_asked_about(year, period, asked):
    questions = " ".join(order_questions(year, period, DECEMBER))
    assert asked in questions
    assert bool(questions) == bool(asked)


def test_a_correction_of_a_period_long_past_is_not_asked_about():
    assert order_questions(2020, Period(Frequency.QUARTERLY, 1), DECEMBER, {(2020, 1)}) == []


def test_a_period_before_an_archived_one_is_asked_about():
    """An office that began in October has data awal for it; an order for it would hold up what comes after."""
    first, third = Period(Frequency.QUARTERLY, 1), Period(Frequency.QUARTERLY, 3)
    (asked,) = order_questions(DECEMBER.year, first, DECEMBER, {(DECEMBER.year, 3)})
    assert "lebih awal daripada Triwulan III, yang sudah diarsipkan" in asked
    assert order_questions(DECEMBER.year, third, DECEMBER, {(DECEMBER.year, 1)}) == []


@pytest.mark.parametrize(
    ("today", "archived", "proposed"),
    [
        (date(2026, 12, 1), set(), (2026, "tw3")), (date(2026, 12, 1), {(2026, 3)}, (2026, "tw4")),
        (date(2027, 1, 5), {(2026, 3)}, (2026, "tw4")), (date(2027, 1, 5), {(2026, 4)}, (2027, "tw1")),
        (date(2028, 1, 5), {(2027, 4)}, (2027, "tw4")),
    ],
)  # fmt: skip
def test_what_is_archived_is_not_proposed_again(today, archived, proposed):
    quarters = dict.fromkeys((2026, 2027), Frequency.QUARTERLY)
    form = OpeningForm(frequencies=quarters, today=today, archived=archived)
    assert (form.initial["year"], form.initial["period"]) == proposed


@pytest.fixture
def until_2030(kecamatan) -> Plan:
    Plan.objects.filter(pk=kecamatan.plan.pk).update(end_year=2030)
    for indicator in kecamatan.indicators:
        indicator.targets.create(year=2030, annual=12, p1=3, p2=3, p3=3, p4=3)
    return kecamatan.plan


def test_an_order_for_2030_goes_out_only_when_its_box_is_ticked(kecamatan, until_2030):
    camat, typed = logged_in(kecamatan.camat), {"year": 2030, "period": "tw1", "instruction": INSTRUCTION}
    typed["period"] = Period(Frequency.QUARTERLY, 1).key

    asked = camat.post(reverse("open_cycle"), typed)

    assert asked.status_code == 422
    assert "Triwulan I 2030 bahkan belum dimulai" in words(asked)
    assert "Ya, perintahkan pengukuran Triwulan I 2030" in words(asked)
    assert "Sebelum diperintahkan, mohon dipastikan:" in words(asked)
    assert "Belum tersimpan" not in words(asked)
    assert not MeasurementCycle.objects.exists()
    other = {"confirmed": f"2030-{Period(Frequency.QUARTERLY, 2).key}"}
    assert camat.post(reverse("open_cycle"), typed | other).status_code == 422
    camat.post(reverse("open_cycle"), typed | {"confirmed": f"2030-{typed['period']}"})
    assert MeasurementCycle.objects.get().year == 2030


def test_a_mistyped_order_leaves_the_task_of_the_right_one(kecamatan):
    withdrawing.withdraw_order(open_cycle(kecamatan, 3).pk, kecamatan.camat, WRONG)
    assert MeasurementCycle.objects.standing().filter(year=YEAR).count() == 0
    open_cycle(kecamatan, 3)
