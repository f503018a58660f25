"""A branch's page: its weight, and the anggaran kas of its pagu."""

from decimal import Decimal

from django.urls import reverse

from measurement.models import Pagu
from tests.support.characters import YEAR
from tests.support.pages import form_of, logged_in, words


def change(office, **values):
    client, url = logged_in(office.tim), f"{reverse('branch', args=[office.sub.pk])}?tahun={YEAR}"
    return client.post(url, form_of(client.get(url), f"?tahun={YEAR}") | values, follow=True)


def test_tim_writes_the_weight_and_the_cash_plan(kecamatan):
    change(
        kecamatan,
        weight="2,5",
        cash_1="1.000.000",
        cash_2="2.000.000",
        cash_3="3.000.000",
        cash_4="4.000.000",
    )

    kecamatan.sub.refresh_from_db()
    assert kecamatan.sub.weight == Decimal("2.5")
    assert Pagu.objects.get(node=kecamatan.sub).cash == [1_000_000, 2_000_000, 3_000_000, 4_000_000]


def test_more_cash_than_pagu_is_remarked(kecamatan):
    assert "Anggaran kas berjumlah Rp11.000.000, melebihi pagu Rp10.000.000" in words(
        change(kecamatan, cash_1="11.000.000")
    )


def test_what_is_no_amount_is_refused(kecamatan):
    assert change(kecamatan, cash_1="banyak").status_code == 422
    assert change(kecamatan, weight="-1").status_code == 422
    assert Pagu.objects.get(node=kecamatan.sub).cash == []


def test_doubtful_money_is_asked_with_a_button_for_each_reading(kecamatan):
    asked = change(kecamatan, cash_1="500,000")

    assert asked.status_code == 422
    for text in ("500.000", "500"):
        assert f'name="reading" value="cash_1={text}"' in asked.content.decode()
    change(kecamatan, cash_1="500,000", reading="cash_1=500.000")
    assert Pagu.objects.get(node=kecamatan.sub).cash_1 == 500_000


def test_a_stale_page_changes_nothing(kecamatan):
    assert change(kecamatan, weight="2", seen="lain").status_code == 409
    kecamatan.sub.refresh_from_db()
    assert kecamatan.sub.weight is None


def test_others_only_read_and_another_unit_does_not_see_it(kecamatan, neighbour):
    url = reverse("branch", args=[kecamatan.sub.pk])

    assert logged_in(kecamatan.asn).post(url, {"weight": "2"}).status_code == 403
    assert logged_in(neighbour.tim).get(url).status_code == 404
