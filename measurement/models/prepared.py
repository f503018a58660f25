"""Queries that every page asks, written once: Django needs ten times as long to write such a query as the database to answer it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib.auth import get_user_model
from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import get_related_populators

if TYPE_CHECKING:
    from .people import Person

Row = TypeVar("Row", bound=models.Model)
SOMEBODY, SOME_UNIT, SOMETHING, SOME_DAY = 10**15, 2 * 10**15, 3 * 10**15, date(1000, 1, 1)


class Written(Generic[Row]):
    """A query that was built for stand-ins, with all that Django finds out anew each time such a query is asked: its SQL, the columns of each object, and
    how their values are read."""

    def __init__(self, queryset: models.QuerySet[Row], stand_ins: Collection[Any]):
        compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, self.params = compiler.as_sql()
        # which parameters are the stand-ins' own
        self.places = {place: param for place, param in enumerate(self.params) if param in stand_ins}
        self.database, self.model = queryset.db, queryset.model
        select, whole, self.annotated = compiler.select, compiler.klass_info, compiler.annotation_col_map
        columns = whole["select_fields"]
        self.columns = slice(columns[0], columns[-1] + 1)
        self.names = [column.target.attname for column, *_ in select[self.columns]]
        self.related = get_related_populators(whole, select, queryset.db)  # type: ignore[call-arg]  # the stubs are those of a later Django
        self.converters = compiler.get_converters([column for column, *_ in select]).items()

    def params_of(self, own: dict[Any, Any]) -> tuple:
        """The parameters with somebody's own keys (stand-in → own)."""
        params = list(self.params)
        for place, stand_in in self.places.items():
            params[place] = type(params[place])(own[stand_in]) if isinstance(stand_in, int) else own[stand_in]
        return tuple(params)

    def rows(self, own: dict[Any, Any]) -> list[Row]:
        """The query with somebody's own keys, asked on this thread's connection."""
        connected = connections[self.database]
        with connected.cursor() as cursor:
            cursor.execute(self.sql, self.params_of(own))
            return [self._made(list(values), connected) for values in cursor.fetchall()]

    def _made(self, values: list[Any], connected: BaseDatabaseWrapper) -> Row:
        for place, (converters, column) in self.converters:
            for convert in converters:
                values[place] = convert(values[place], column, connected)
        made = self.model.from_db(self.database, self.names, values[self.columns])
        for other in self.related:
            other.populate(values, made)
        for name, place in self.annotated.items():
            setattr(made, name, values[place])
        return made


class Prepared(Generic[Row]):
    """What `build` gives for a person on a day, and for the keys of other things; it may ask for the person's key and `unit_ids`, and for nothing else of
    the person.

    Its SQL is kept for each kind of database and for each number of units.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]]):
        self.build = build
        self.written: dict[tuple[str, int], Written[Row]] = {}

    def rows(self, person: Person, day: date, unit_ids: Collection[int] = (), *keys: int) -> list[Row]:
        units = sorted(unit_ids)
        key = connection.vendor, len(units)
        if key not in self.written:
            self.written[key] = self._write(len(units), len(keys))
        own = {SOMEBODY: person.pk, _stored(SOME_DAY): _stored(day)}
        own |= {SOME_UNIT + number: unit for number, unit in enumerate(units)}
        own |= {SOMETHING + number: other for number, other in enumerate(keys)}
        return self.written[key].rows(own)

    def _write(self, units: int, keys: int) -> Written[Row]:
        stand_ins = {SOME_UNIT + number for number in range(units)}
        somebody = get_user_model()(pk=SOMEBODY)
        somebody.__dict__["unit_ids"] = stand_ins
        others = [SOMETHING + number for number in range(keys)]
        queryset = self.build(somebody, SOME_DAY, *others)
        return Written(queryset, {SOMEBODY, _stored(SOME_DAY), *stand_ins, *others})


class PreparedByKeys(Generic[Row]):
    """What `build` gives for so many keys, which it may compare with columns and use for nothing else. Its SQL is kept for each kind of database and for
    each number of keys up to a few; for more it is written anew."""

    FEW = 12

    def __init__(self, build: Callable[..., models.QuerySet[Row]]):
        self.build = build
        self.written: dict[tuple[str, int], Written[Row]] = {}

    def rows(self, *keys: int) -> list[Row]:
        if len(keys) > self.FEW:
            return list(self.build(*keys))
        written, own = self._written(keys)
        return written.rows(own)

    def plain_rows(self, *keys: int) -> list[tuple]:
        """The columns as the database gives them: for texts and whole numbers, which need no reading."""
        with connection.cursor() as cursor:
            cursor.execute(*self.sql(*keys))
            return cursor.fetchall()

    def sql(self, *keys: int) -> tuple[str, tuple]:
        """To be part of another query."""
        written, own = self._written(keys)
        return written.sql, written.params_of(own)

    def _written(self, keys: tuple[int, ...]) -> tuple[Written[Row], dict[int, int]]:
        place = connection.vendor, len(keys)
        stand_ins = [SOMETHING + number for number in range(len(keys))]
        if place not in self.written:
            self.written[place] = Written(self.build(*stand_ins), stand_ins)
        return self.written[place], dict(zip(stand_ins, keys, strict=True))


def _stored(day: date) -> Any:
    """A day as this kind of database takes it."""
    return connection.ops.adapt_datefield_value(day)
