"""A period prepared for all offices: every head finds it, orders in their own name, and nobody else does."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from measurement.doors.order_schedules import schedule_orders, withdraw_schedule
from measurement.models import MeasurementCycle, Message, OrderSchedule
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.periods import KEYS
from measurement.rules.refusals import Incomplete
from tests.support.characters import YEAR, open_cycle
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, words

WORDS = "Ukurlah kinerja triwulan ini bersama seluruh ASN."


@pytest.fixture
def above(kecamatan, neighbour):
    return government_over(kecamatan.unit, neighbour.unit)


def scheduled(above, period: str = "tw2", days: int = 5) -> OrderSchedule:
    due = timezone.localdate() + timedelta(days)
    return schedule_orders(
        above.government, YEAR, KEYS[period], WORDS, due, above[GovernmentRole.ORGANISATION]
    )


def test_the_heads_of_all_offices_are_told_and_find_it_filled_in(above, kecamatan, neighbour):
    made = scheduled(above)
    assert set(Message.objects.values_list("person", flat=True)) == {kecamatan.camat.pk, neighbour.camat.pk}
    client = logged_in(kecamatan.camat)
    inbox = client.get(reverse("inbox")).content.decode()
    url = reverse("open_cycle", query={"unit": kecamatan.unit.pk, "jadwal": made.pk})
    assert url.replace("&", "&amp;") in inbox
    page = client.get(url)
    assert "Disiapkan Bagian Organisasi Kabupaten Uji" in words(page)
    filled = form_of(page)
    assert (filled["period"], filled["instruction"]) == ("tw2", WORDS)


def test_one_click_orders_in_the_name_of_the_head(above, kecamatan):
    made, client = scheduled(above, "tw1"), logged_in(kecamatan.camat)
    url = reverse("open_cycle", query={"unit": kecamatan.unit.pk, "jadwal": made.pk})
    page = client.get(url)
    assert client.post(url, form_of(page)).status_code == 302
    cycle = MeasurementCycle.objects.get()
    assert (cycle.unit, cycle.number, cycle.instruction) == (kecamatan.unit, 1, WORDS)
    assert cycle.papers.get().issued_by == kecamatan.camat
    assert "jadwal=" not in client.get(reverse("inbox")).content.decode()


def test_nothing_is_ordered_by_preparing_it(above):
    scheduled(above)
    assert not MeasurementCycle.objects.exists()


def test_the_page_counts_who_has_ordered(above, kecamatan):
    scheduled(above, "tw1")
    client = logged_in(above[GovernmentRole.ADMIN])
    assert "0 dari 2 kantor sudah memerintahkan" in words(client.get(reverse("order_schedules")))

    open_cycle(kecamatan, 1)
    assert "1 dari 2 kantor sudah memerintahkan" in words(client.get(reverse("order_schedules")))


def test_what_was_withdrawn_asks_nobody_any_more(above, kecamatan):
    made = scheduled(above)
    withdraw_schedule(made, above[GovernmentRole.ORGANISATION])
    assert not Message.objects.unread().exists()
    assert "jadwal=" not in logged_in(kecamatan.camat).get(reverse("inbox")).content.decode()


@pytest.mark.parametrize("role", [GovernmentRole.PLANNING, GovernmentRole.INSPECTORATE])
def test_who_only_reads_prepares_nothing(above, role):
    with pytest.raises(PermissionDenied):
        schedule_orders(above.government, YEAR, KEYS["tw2"], WORDS, date(2030, 1, 1), above[role])


def test_the_same_period_is_prepared_once_and_never_for_yesterday(above):
    scheduled(above)
    with pytest.raises(Incomplete, match="sudah disiapkan"):
        scheduled(above)
    with pytest.raises(Incomplete, match="sebelum hari ini"):
        scheduled(above, "tw3", days=-1)


def test_a_schedule_of_another_government_fills_in_nothing(above, kecamatan):
    other = government_over(name="Pemerintah Kabupaten Lain")
    made = scheduled(other)
    page = logged_in(kecamatan.camat).get(reverse("open_cycle", query={"jadwal": made.pk}))
    assert "Disiapkan" not in words(page)


def test_bagian_organisasi_prepares_on_the_page(above, kecamatan):
    client, url = logged_in(above[GovernmentRole.ORGANISATION]), reverse("order_schedules")
    due = timezone.localdate() + timedelta(3)
    filled = form_of(client.get(url)) | {"year": YEAR, "period": "tw2", "due": f"{due:%d/%m/%Y}"}
    assert client.post(url, filled).status_code == 302
    assert OrderSchedule.objects.get().made_as == "Bagian Organisasi Kabupaten Uji"
