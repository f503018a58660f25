"""The calendars of offices: hours and days off of any number of them in one query, and those that say the same built once."""

import json
from collections.abc import Collection, Sequence
from datetime import date, time
from functools import cache, lru_cache

from django.db.models import Case, Model, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from measurement.rules.deadlines import DatedHours, WorkCalendar

from .json_list import listed_as_json
from .prepared import Prepared
from .working_time import Holiday, WorkSpan

MOST_KEPT = 512  # calendars; a kabupaten has some seventy offices, most with the same hours
SPAN = ("weekday", "begins", "ends", "pattern", "pattern__valid_from", "pattern__valid_until", "pattern__minutes_per_day")  # fmt: skip
DAY_OFF = ("date", "works")


def calendars_of(units: type[Model], keys: Collection[int]) -> dict[int, WorkCalendar]:
    """Unit → its calendar. The days off of all offices come with the first row only."""
    rows = CALENDARS.rows(units, list(keys), min(keys))
    of_all_text = rows[0][3] if rows else ""
    return {pk: _built(hours, own, of_all_text, minutes) for pk, hours, own, _, minutes in rows}


def _calendars(model: type[Model], keys: Collection[int], first: int) -> QuerySet:
    of_all = Holiday.objects.filter(unit=None)
    found = model._default_manager.filter(pk__in=keys).annotate(
        hours=_text(WorkSpan.objects.filter(unit=OuterRef("pk")), *SPAN),
        own_days=_text(Holiday.objects.filter(unit=OuterRef("pk")), *DAY_OFF),
        days_of_all=Case(When(pk=first, then=_text(of_all, *DAY_OFF)), default=Value("", TextField())),
    )
    return found.order_by("pk").values_list("pk", "hours", "own_days", "days_of_all", "minutes_per_day")


CALENDARS = Prepared(_calendars)


def _text(queryset, *columns: str) -> Cast:
    """A list as one text, so that it is read only where no other office's says the same."""
    return Cast(listed_as_json(queryset, *columns), TextField())


@lru_cache(MOST_KEPT)
def _built(hours: str | None, own_days: str | None, days_of_all: str | None, minutes: int) -> WorkCalendar:
    spans = sorted(_read(hours), key=lambda span: (span[3] or 0, *span[:3]))
    usual: dict[int, tuple] = {}
    dated: dict[int, tuple[Sequence, dict[int, tuple]]] = {}
    for weekday, begins, ends, pattern, *facts in spans:
        of_days = usual if pattern is None else dated.setdefault(pattern, (facts, {}))[1]
        of_days[weekday] = (*of_days.get(weekday, ()), (_time(begins), _time(ends)))
    later = tuple(_dated(facts, kept) for facts, kept in dated.values())
    return WorkCalendar(usual, _days_off(days_of_all, own_days), minutes, later)


def _dated(facts: Sequence, hours: dict[int, tuple]) -> DatedHours:
    begins, ends, minutes = facts
    return DatedHours(date.fromisoformat(begins), date.fromisoformat(ends) if ends else None, hours, minutes)


@lru_cache(MOST_KEPT)
def _days_off(of_all: str | None, own: str | None) -> frozenset[date]:
    """What an office says itself comes before what holds for all."""
    works = dict(_read(of_all)) | dict(_read(own))
    return frozenset(date.fromisoformat(day) for day, is_work in works.items() if not is_work)


def _read(text: str | None) -> list:
    return json.loads(text) if text else []


@cache
def _time(text: str) -> time:
    return time.fromisoformat(text)
