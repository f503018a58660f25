"""Queries that every page asks, written once: Django needs ten times as long to write such a query as the database to answer it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib.auth import get_user_model
from django.db import connection, connections, models
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from .people import Person

Row = TypeVar("Row", bound=models.Model)
SOMEBODY, SOME_DAY = 10**15, date(1009, 1, 1)


@dataclass(frozen=True)
class Written(Generic[Row]):
    """A query that was built for a stand-in, with its SQL. `places` says which parameters are the stand-in's own."""

    queryset: models.QuerySet[Row]
    compiler: SQLCompiler
    sql: str
    params: tuple
    places: dict[int, Any]

    def asked(self, own: dict[Any, Any]) -> models.QuerySet[Row]:
        """The query with somebody's own keys (stand-in → own), ready to be run on this thread's connection."""
        params = list(self.params)
        for place, stand_in in self.places.items():
            params[place] = type(params[place])(own[stand_in]) if isinstance(stand_in, int) else own[stand_in]
        compiler, queryset = copy(self.compiler), self.queryset.all()
        compiler.connection = connections[queryset.db]
        compiler.as_sql = lambda *_, **__: (self.sql, tuple(params))  # type: ignore[method-assign]
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return queryset


class Prepared(Generic[Row]):
    """What `build` gives for a person on a day; it may ask for the person's key, `served_units` and `units_with`, for the day and its year, and for
    nothing else. It is written as for somebody who serves in many offices, so it is the same for one as for a thousand; kept for each kind of database.
    """

    def __init__(self, build: Callable[[Person, date], models.QuerySet[Row]]):
        self.build = build
        self.written: dict[str, Written[Row]] = {}

    def rows(self, person: Person, day: date) -> list[Row]:
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self._write()
        own = {SOMEBODY: person.pk, _stored(SOME_DAY): _stored(day), SOME_DAY.year: day.year}
        return list(self.written[connection.vendor].asked(own))

    def anew(self, person: Person, day: date) -> models.QuerySet[Row]:
        """The same, written by Django for this person."""
        somebody = get_user_model()(pk=person.pk)
        somebody.__dict__.update(today=day, serves_in_many=True)
        return self.build(somebody, day)

    def _write(self) -> Written[Row]:
        queryset = self.anew(get_user_model()(pk=SOMEBODY), SOME_DAY)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        marks = {SOMEBODY, _stored(SOME_DAY), SOME_DAY.year}
        places = {place: param for place, param in enumerate(params) if param in marks}
        return Written(queryset, compiler, sql, params, places)


def _stored(day: date) -> Any:
    """A day as this kind of database takes it."""
    return connection.ops.adapt_datefield_value(day)
