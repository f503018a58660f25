"""The sentence above the figures has words for every kind of standing, and always says who must do what."""

from decimal import Decimal
from fractions import Fraction

import pytest

from measurement.rules.figure import Figure, Gap
from measurement.rules.headline import NOTHING_TO_DO, Doer, Money, Standing, headline
from measurement.rules.sent_rows import SentRows

NO_MONEY = Money(has_pagu=False, is_entered=False)
ALL_SENT = SentRows(21, 21)


def percent(value: str) -> Figure:
    return Figure(Fraction(value))


def spent(serapan: str, judged: str = "", base: str = "anggaran kas s.d. TW II") -> Money:
    return Money(
        True, True, percent(serapan), percent(judged) if judged else Figure(), base if judged else ""
    )


def told(sent: SentRows = ALL_SENT, money: Money = NO_MONEY, **facts):
    given = {"below": 0, "computed": sent.sent, "not_due": 0, "is_open": False, "head": "Camat"}
    return headline(Standing(sent=sent, money=money, **given | facts))


def test_what_is_below_target_and_behind_in_money_is_one_sentence():
    found = told(money=spent("24", "74"), below=4).finding
    assert (
        found
        == "4 dari 21 indikator di bawah target; serapan tertinggal 26 poin dari anggaran kas s.d. TW II."
    )


def test_nothing_measured_yet_waits_for_the_owners():
    found = told(SentRows(0, 54), computed=0, is_open=True, unsent=[Doer("ASN A", 5), Doer("ASN B", 49)])
    assert found.finding == "Belum ada yang diukur: 0 dari 54 dikirim."
    assert found.act == "ASN B (49 baris) dan ASN A (5 baris) mengirim kertas kerja."


def test_too_few_sent_rows_are_no_judgement_of_the_office():
    found = told(SentRows(34, 54), computed=15, below=3, is_open=True).finding
    assert found == "Belum cukup data: 34 dari 54 dikirim; 3 dari 15 yang dapat dihitung di bawah target."


@pytest.mark.parametrize(("computed", "words"), [(0, ""), (15, "; 15 yang dapat dihitung mencapai target")])
def test_too_few_sent_rows_without_a_fault(computed, words):
    found = told(SentRows(34, 54), computed=computed, is_open=True).finding
    assert found == f"Belum cukup data: 34 dari 54 dikirim{words}."


def test_the_money_of_too_few_sent_rows_is_not_told():
    assert "serapan" not in told(SentRows(34, 54), computed=15, is_open=True, money=spent("24", "74")).finding


def test_figures_that_may_still_change_are_called_provisional():
    assert told(SentRows(50, 54), computed=50, below=2, is_open=True).finding.startswith(
        "Sementara: 2 dari 50 indikator di bawah target"
    )
    assert told(SentRows(50, 54), computed=50, is_open=True).finding.startswith("Sementara: semua 50")


def test_all_reached_is_calm():
    found = told(money=spent("98", "98", "pagu setahun"))
    assert found.finding == "Semua 21 indikator mencapai target; serapan 98,00 % dari pagu setahun."
    assert found.act == NOTHING_TO_DO
    assert found.is_calm


@pytest.mark.parametrize(("below", "word"), [(0, "mencapai target"), (1, "di bawah target")])
def test_one_indicator_alone_is_no_one_of_one(below, word):
    assert told(SentRows(1, 1), below=below).finding == f"Satu-satunya indikator yang dapat dihitung {word}."


def test_before_the_year_ends_serapan_without_a_cash_plan_is_told_and_not_judged():
    assert told(money=spent("23.3")).finding.endswith("; serapan 23,30 % dari pagu setahun.")


def test_indicators_that_are_not_due_are_counted_apart():
    assert "(12 belum waktunya diukur)" in told(below=4, not_due=12).finding


def test_where_nothing_is_due_nothing_is_missing():
    found = told(SentRows(0, 0), computed=0, not_due=12)
    assert found.finding == (
        "Belum ada indikator yang harus diukur pada periode ini; 12 indikator belum waktunya diukur."
    )
    assert found.is_calm


def test_sent_rows_without_any_figure_say_so():
    assert told(computed=0).finding == "Belum ada indikator yang dapat dihitung."


def test_missing_money_is_said_and_asked_for():
    found = told(money=Money(has_pagu=True, is_entered=False), unspent=[Doer("ASN A", 2)])
    assert found.finding.endswith("; realisasi anggaran belum diisi.")
    assert found.act == "ASN A (2 sub kegiatan) mengisi realisasi anggaran."


def test_an_office_without_a_budget_hears_nothing_of_money():
    assert told().finding == "Semua 21 indikator mencapai target."
    assert told(money=Money(True, True, Figure(gap=Gap.NOT_PLANNED))).finding == told().finding


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        ("94.99", "serapan tertinggal 5 poin dari"),
        ("95", "serapan 95,00 % dari"),
        ("105", "serapan 105,00 % dari"),
        ("112", "serapan 12 poin di atas"),
        ("94.996", "serapan 95,00 % dari"),
    ],
)
def test_serapan_is_held_against_its_base_as_it_is_shown(judged, words):
    assert words in told(money=spent("40", judged)).finding


def test_who_is_behind_in_money_acts_only_where_that_can_be_said():
    slow = [Doer("ASN A")]
    assert told(money=spent("24", "74"), slow=slow).act == "ASN A mempercepat belanja."
    assert told(money=spent("24"), slow=slow).is_calm


def test_owners_who_did_not_say_why_come_before_those_who_did():
    act = told(below=3, unexplained=[Doer("ASN B", 2)], following_up=[Doer("ASN A")]).act
    assert act == ("ASN B (2 indikator) menjelaskan sebabnya kepada Camat; ASN A menjalankan tindak lanjut.")


def test_while_the_worksheet_is_open_a_reason_is_written_there():
    assert told(below=1, is_open=True, unexplained=[Doer("ASN B")]).act == "ASN B menuliskan sebabnya."


def test_an_office_is_spoken_to_in_its_own_words():
    assert "kepada Lurah" in told(below=1, head="Lurah", unexplained=[Doer("ASN B")]).act


def test_of_many_two_are_named_and_the_rest_is_counted():
    doers = [Doer(f"ASN {letter}", rows) for letter, rows in zip("ABCDE", (1, 5, 1, 4, 1), strict=True)]
    assert told(is_open=True, unsent=doers).act == (
        "ASN B (5 baris), ASN D (4 baris), dan 3 pegawai lain mengirim kertas kerja."
    )


def test_rounding_of_the_points_never_says_minus():
    assert Money(True, True, judged=percent("112")).points_behind == Decimal(-12)
