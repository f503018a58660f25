"""Queries that every page asks, written once: Django needs ten times as long to write such a query as the database to answer it."""

from __future__ import annotations

from collections.abc import Callable, Collection
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
SOMEBODY, SOME_UNIT, SOMETHING, SOME_DAY = 10**15, 2 * 10**15, 3 * 10**15, date(1000, 1, 1)


@dataclass(frozen=True)
class Written(Generic[Row]):
    """A query that was built for a stand-in, with its SQL. `places` says which parameters are the stand-in's own."""

    queryset: models.QuerySet[Row]
    compiler: SQLCompiler
    sql: str
    params: tuple
    places: dict[int, Any]

    @classmethod
    def of(cls, queryset: models.QuerySet[Row], stand_ins: Collection[Any]) -> Written[Row]:
        """The query as this kind of database takes it."""
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        places = {place: param for place, param in enumerate(params) if param in stand_ins}
        return cls(queryset, compiler, sql, params, places)

    def params_of(self, own: dict[Any, Any]) -> tuple:
        """The parameters with somebody's own keys (stand-in → own)."""
        params = list(self.params)
        for place, stand_in in self.places.items():
            params[place] = type(params[place])(own[stand_in]) if isinstance(stand_in, int) else own[stand_in]
        return tuple(params)

    def asked(self, own: dict[Any, Any]) -> models.QuerySet[Row]:
        """The query with somebody's own keys, ready to be run on this thread's connection."""
        params = self.params_of(own)
        compiler, queryset = copy(self.compiler), self.queryset.all()
        compiler.connection = connections[queryset.db]
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return queryset


class Prepared(Generic[Row]):
    """What `build` gives for a person on a day; it may ask for the person's key and `unit_ids`, and for nothing else of the person.

    Its SQL is kept for each kind of database and for each number of units.
    """

    def __init__(self, build: Callable[[Person, date], models.QuerySet[Row]]):
        self.build = build
        self.written: dict[tuple[str, int], Written[Row]] = {}

    def rows(self, person: Person, day: date, unit_ids: Collection[int] = ()) -> list[Row]:
        units = sorted(unit_ids)
        key = connection.vendor, len(units)
        if key not in self.written:
            self.written[key] = self._write(len(units))
        own = {SOMEBODY: person.pk, _stored(SOME_DAY): _stored(day)}
        own |= {SOME_UNIT + number: unit for number, unit in enumerate(units)}
        return list(self.written[key].asked(own))

    def _write(self, units: int) -> Written[Row]:
        stand_ins = {SOME_UNIT + number for number in range(units)}
        somebody = get_user_model()(pk=SOMEBODY)
        somebody.__dict__["unit_ids"] = stand_ins
        queryset = self.build(somebody, SOME_DAY)
        return Written.of(queryset, {SOMEBODY, _stored(SOME_DAY), *stand_ins})


class PreparedByKeys(Generic[Row]):
    """What `build` gives for so many keys, which it may compare with columns and use for nothing else. Its SQL is kept for each kind of database."""

    def __init__(self, build: Callable[..., models.QuerySet[Row]]):
        self.build = build
        self.written: dict[tuple[str, int], Written[Row]] = {}

    def rows(self, *keys: int) -> list[Row]:
        written, own = self._written(keys)
        return list(written.asked(own))

    def sql(self, *keys: int) -> tuple[str, tuple]:
        """To be part of another query."""
        written, own = self._written(keys)
        return written.sql, written.params_of(own)

    def _written(self, keys: tuple[int, ...]) -> tuple[Written[Row], dict[int, int]]:
        place = connection.vendor, len(keys)
        stand_ins = [SOMETHING + number for number in range(len(keys))]
        if place not in self.written:
            self.written[place] = Written.of(self.build(*stand_ins), stand_ins)
        return self.written[place], dict(zip(stand_ins, keys, strict=True))


def _stored(day: date) -> Any:
    """A day as this kind of database takes it."""
    return connection.ops.adapt_datefield_value(day)
