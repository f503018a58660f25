"""Orders of long work of a kind that a test makes up (the fixture `kind`), and the page of an order with its buttons."""

from django.urls import reverse

from measurement.doors.long_work import order_work
from measurement.doors.long_work_results import Leads
from measurement.models import LongWork, SubUnit
from tests.support.pages import logged_in


def order(office, **parameters) -> LongWork:
    return order_work(office.tim, office.unit, "uji", **parameters)


def page_of(office, work: LongWork):
    return logged_in(office.tim).get(reverse("work", args=[work.pk]))


def press(office, work: LongWork, action: str):
    """The button of its page, and the page that follows."""
    address = reverse("work", args=[work.pk])
    return logged_in(office.tim).post(address, {"action": action}, follow=True)


def state_of(work: LongWork) -> str:
    return LongWork.objects.get(pk=work.pk).state


def writes(office) -> Leads:
    SubUnit.objects.create(unit=office.unit, name="Tertulis")
    return Leads(reverse("inbox"), "Satu sub unit ditulis.")
