"""The request of somebody who logged in, as nearly every page gets it."""

from django.http import HttpRequest

from measurement.models import Person, Plan, Unit


class PersonRequest(HttpRequest):
    """The middleware lets nobody else reach a page, the public ones apart; the type says it, nothing is ever made of this class."""

    user: Person
    reading: Unit  # the office that the page is about, where the visitor only reads it
    plans: list[Plan]  # of their units, once a page about a plan has asked for them
