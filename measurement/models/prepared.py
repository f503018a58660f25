"""Queries that pages ask again and again, written once: Django needs ten times as long to write such a query as the database to answer it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from django.utils.functional import cached_property

from sakip.replica import reading_place

Row = TypeVar("Row")
OF_OFFICES, OF_POSTS = ("served_units", "led_units"), ("read_governments",)
OF_PERSON = OF_OFFICES + OF_POSTS
LISTS = (set, frozenset, list, tuple, dict)
# Values that nothing has: what stands in the written query for somebody's own keys and days.
FIRST_KEY, FIRST_DAY, FIRST_MOMENT = 10**15, date(1000, 1, 1), datetime(1000, 1, 1, tzinfo=UTC)


class Written(Generic[Row]):
    """A query that was built for stand-ins, with all that Django finds out anew each time such a query is asked: its SQL, which parameters are
    stand-ins, the columns of each object, and how their values are read."""

    def __init__(self, queryset: models.QuerySet[Any, Row], compiler: SQLCompiler, sql: str, params: tuple):
        self.queryset, self.compiler, self.sql, self.params = queryset, compiler, sql, params
        self.places: dict[int, int] = {}  # place of a parameter → which of the stand-ins stands there
        self.makes_objects = queryset._iterable_class is ModelIterable
        if self.makes_objects:
            self._keep_columns()

    def _keep_columns(self) -> None:
        select, whole, self.annotated = (
            self.compiler.select,
            self.compiler.klass_info,
            self.compiler.annotation_col_map,
        )
        columns = whole["select_fields"]
        self.columns = slice(columns[0], columns[-1] + 1)
        self.names = [column.target.attname for column, *_ in select[self.columns]]
        self.related = get_related_populators(whole, select, self.queryset.db)  # type: ignore[call-arg]  # the stubs are those of a later Django
        self.converters = self.compiler.get_converters([column for column, *_ in select]).items()

    def params_of(self, own: list[Any]) -> tuple:
        """The parameters with somebody's own values instead of the stand-ins."""
        params = list(self.params)
        for place, which in self.places.items():
            value = own[which]
            params[place] = type(params[place])(value) if isinstance(value, int) else value
        return tuple(params)

    def rows(self, own: list[Any]) -> list[Row]:
        """The query with somebody's own values, asked on this thread's connection."""
        if not self.makes_objects:
            return list(self._asked(self.params_of(own)))
        connected = connections[self.queryset.db]
        with connected.cursor() as cursor:
            cursor.execute(self.sql, self.params_of(own))
            found = [
                self._made(values, connected.alias) for values in self._read(cursor.fetchall(), connected)
            ]
        models.prefetch_related_objects(found, *self.queryset._prefetch_related_lookups)  # type: ignore[attr-defined]  # not in the stubs
        return found

    def _read(self, found: list[tuple], connected: BaseDatabaseWrapper) -> Iterable[Sequence[Any]]:
        """The same rows with values as Django gives them: column by column, since most of a column says the same again and again."""
        columns: list[Sequence[Any]] = list(zip(*found, strict=True))
        for place, (converters, column) in self.converters if found else ():
            read = partial(_converted, converters=converters, column=column, connected=connected)
            columns[place] = _each_once(columns[place], read, _is_shared(column))
        return zip(*columns, strict=True)

    def _made(self, values: Sequence[Any], alias: str) -> Any:
        made = self.queryset.model.from_db(alias, self.names, values[self.columns])
        for other in self.related:
            other.populate(values, made)
        for name, place in self.annotated.items():
            setattr(made, name, values[place])
        return made

    def _asked(self, params: tuple) -> models.QuerySet[Any, Row]:
        """For what is no object: Django's own way with our SQL."""
        compiler, queryset = copy(self.compiler), self.queryset.all()
        compiler.connection = connections[queryset.db]
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return queryset


def _converted(raw: Any, converters: list[Any], column: Any, connected: BaseDatabaseWrapper) -> Any:
    for convert in converters:
        raw = convert(raw, column, connected)
    return raw


def _each_once(values: Sequence[Any], read: Callable[[Any], Any], is_shared: bool) -> Sequence[Any]:
    """Each value as it is read; where objects may share it, only once."""
    if not is_shared:
        return [read(raw) for raw in values]
    known = {raw: read(raw) for raw in set(values)}
    return [known[raw] for raw in values]


def _is_shared(column: Any) -> bool:
    """Whether two objects may have the same value: lists and dicts may be changed, and then only one's own."""
    return not isinstance(column.output_field, models.JSONField)


class NotInTheQuery:
    """Stands where an object has anything but its key."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"A prepared query may ask for keys only, not for {name} of an object.")

    def __iter__(self) -> Any:
        raise TypeError("A prepared query may ask for keys only.")

    __bool__ = __int__ = __str__ = __iter__


NOT_IN_THE_QUERY = NotInTheQuery()


class Prepared(Generic[Row]):
    """What `build` gives for keys, days and objects of which it asks the key.

    A whole number is a key; an object is known by its key and, if it is a person, by those of OF_PERSON: the keys of the offices or, for somebody who
    serves in many, the query for them on their `today`. Lists are of keys. Anything else (texts, None, booleans) decides how the query is written,
    and so is a query of its own. The SQL is kept for each kind of database and each length of a list, lists being filled up to a power of two.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Row]]):
        self.build = build
        self.written: dict[tuple, Written[Row] | None] = {}

    def rows(self, *given: Any) -> list[Row]:
        """What the database answers, as `list(build(*given))` would."""
        written, own = self._written(given)
        return [] if written is None else written.rows(own)

    def sql(self, *given: Any) -> tuple[str, tuple]:
        """The query to be part of another one. EmptyResultSet where it can't find anything."""
        written, own = self._written(given)
        if written is None:
            raise EmptyResultSet
        return written.sql, written.params_of(own)

    def _written(self, given: tuple) -> tuple[Written[Row] | None, list[Any]]:
        """The query for values of this kind, written if it never was, and the values as the database takes them."""
        key = (reading_place(), connection.vendor, *map(_shape, given))
        if key not in self.written:
            self.written[key] = self._write(given)
        return self.written[key], [_stored(part) for value in given for part in _own(value)]

    def _write(self, given: tuple) -> Written[Row] | None:
        numbers = count()
        stand_ins = [_stand_in(value, numbers) for value in given]
        marks = [_stored(value) for stand_in in stand_ins for value in _own(stand_in)]
        queryset = self.build(*stand_ins)
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        which = {mark: number for number, mark in enumerate(marks)}
        if any(_is_left_over(param) for param in params if not _is_one_of(param, which)):
            raise ValueError(
                "A prepared query gets its days and keys handed over as they are: others would stay in it for ever."
            )
        written = Written(queryset, compiler, sql, params)
        written.places = {
            place: which[param] for place, param in enumerate(params) if _is_one_of(param, which)
        }
        return written


def _is_one_of(param: Any, marks: dict[Any, int]) -> bool:
    return isinstance(param, int | str | date) and param in marks


def _is_left_over(param: Any) -> bool:
    """Whether this is today, or was worked out from a stand-in."""
    days = str(timezone.localdate()), str(FIRST_DAY.year)
    return (
        str(param).startswith(days)
        if isinstance(param, str | date)
        else _is_key(param) and param >= FIRST_KEY
    )


def _is_key(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_in_many(value: models.Model) -> bool:
    """Whether this is a person whose offices are a query, not keys."""
    return bool(getattr(value, "serves_in_many", False))


def _lists(value: models.Model) -> dict[str, Iterable[int]]:
    """The keys that a query may ask of a person: where they serve, where they lead, and whose offices they read."""
    names = OF_POSTS if _is_in_many(value) else OF_PERSON
    return {name: getattr(value, name) for name in names if hasattr(value, name)}


def _filled(keys: Iterable[int]) -> list[int]:
    """In order and up to a power of two, so that few different queries are written; the last one is named more than once."""
    found = sorted(keys)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found


def _shape(value: Any) -> Any:
    """What the written query depends on."""
    if isinstance(value, models.Model):
        return value.__class__, _is_in_many(value), *(len(_filled(keys)) for keys in _lists(value).values())
    if isinstance(value, LISTS):
        return list, len(_filled(value))
    return type(value) if _is_key(value) or isinstance(value, date) else value


def _own(value: Any) -> list[Any]:
    """The keys and days that stand in the parameters."""
    if isinstance(value, models.Model):
        days = [value.today] if _is_in_many(value) else []  # type: ignore[attr-defined]  # of a person
        return [*(key for keys in _lists(value).values() for key in _filled(keys)), *days, value.pk]
    if isinstance(value, LISTS):
        return _filled(value)
    return [value] if _is_key(value) or isinstance(value, date) else []


def _stand_in(value: Any, numbers: Iterable[int]) -> Any:
    """Something of the same kind and length that nothing in the database is."""
    following = iter(numbers)
    if isinstance(value, models.Model):
        known: dict[str, Any] = {
            name: [FIRST_KEY + next(following) for _ in _filled(keys)] for name, keys in _lists(value).items()
        }
        if _is_in_many(value):
            known["today"] = FIRST_DAY + timedelta(days=next(following))
        if hasattr(value, "serves_in_many"):
            known["serves_in_many"] = _is_in_many(value)
        return _known_by_key(value.__class__, FIRST_KEY + next(following), known)
    if isinstance(value, LISTS):
        return [FIRST_KEY + next(following) for _ in _filled(value)]
    if isinstance(value, datetime):
        return FIRST_MOMENT + timedelta(days=next(following))
    if isinstance(value, date):
        return FIRST_DAY + timedelta(days=next(following))
    return FIRST_KEY + next(following) if _is_key(value) else value


def _known_by_key(model: type[models.Model], key: int, known: dict[str, Any]) -> models.Model:
    """An object whose query may ask for its key and what is known; whatever else it asks for breaks off, since it would be asked for everybody's sake."""
    stand_in = model()
    for name in (*stand_in.__dict__, *_worked_out(model)):
        stand_in.__dict__[name] = stand_in._state if name == "_state" else NOT_IN_THE_QUERY
    stand_in.pk = key
    stand_in.__dict__.update(known)
    if _is_in_many(stand_in):  # its offices are worked out anew, as a query for the stand-in
        for name in OF_OFFICES:
            del stand_in.__dict__[name]
    return stand_in


def _worked_out(model: type) -> Iterable[str]:
    """The names of what an object works out once and keeps."""
    kinds = functools.cached_property, cached_property
    return (name for part in model.__mro__ for name, value in vars(part).items() if isinstance(value, kinds))


def _stored(value: Any) -> Any:
    """A day or moment as this kind of database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
