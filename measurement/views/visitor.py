"""The request of somebody who logged in, as nearly every page gets it."""

from django.http import HttpRequest

from measurement.models import Person


class PersonRequest(HttpRequest):
    """The middleware lets nobody else reach a page, the public ones apart; the type says it, nothing is ever made of this class."""

    user: Person
