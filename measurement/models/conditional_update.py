"""Many rows written by one statement, each only if it is still as it was read: Django's own ways write them one by one, or without asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

Sql = tuple[str, Sequence[Any]]
AT_ONCE = 500  # rows of one statement: their values stay below the 32,766 parameters that SQLite takes
STATEMENT = """
    WITH given (row_key, seen{names}) AS (VALUES {values})
    UPDATE {table} SET version = {table}.version + 1{sets} FROM given
    WHERE {table}.id = given.row_key AND {table}.version = given.seen AND {table}.id IN ({among}) RETURNING {table}.id
"""


@dataclass
class SheetChange:
    """New values for one row or one node of a worksheet, and the version on which they were based."""

    pk: int
    version: int
    values: dict[str, Any]


def write_each(
    model: type[models.Model],
    changes: Sequence[SheetChange],
    among: Sql,
    always: Mapping[str, Sql] | None = None,
) -> set[int]:
    """Write each change whose row still has its version and is among the keys of that query; its version rises, and `always` is set beside its values.

    One change for a row. Returns the keys of what was written: all others were changed by somebody else, or take nothing any more.
    """
    written: set[int] = set()
    for start in range(0, len(changes), AT_ONCE):
        sql, params = _statement(model, changes[start : start + AT_ONCE], among, always or {})
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            written.update(key for (key,) in cursor.fetchall())
    return written


def _statement(
    model: type[models.Model], changes: Sequence[SheetChange], among: Sql, always: Mapping[str, Sql]
) -> Sql:
    """Beside each value stands whether its row has it: what was not changed stays what it is, whatever it is."""
    columns = [
        _column(model, name) for name in dict.fromkeys(name for change in changes for name in change.values)
    ]
    given = [_given(change, columns) for change in changes]
    sets = [f"{name} = {sql}" for name, (sql, _) in always.items()]
    sets += [_set(model, column, place) for place, column in enumerate(columns)]
    text = STATEMENT.format(
        table=connection.ops.quote_name(model._meta.db_table),
        names="".join(f", has{place}, new{place}" for place, _ in enumerate(columns)),
        values=", ".join([f"({', '.join(['%s'] * len(given[0]))})"] * len(given)),
        sets="".join(f", {one}" for one in sets),
        among=among[0],
    )
    params = [value for row in given for value in row]
    return text, [*params, *(value for _, values in always.values() for value in values), *among[1]]


def _column(model: type[models.Model], name: str) -> models.Field:
    column = model._meta.get_field(name)
    assert isinstance(column, models.Field)
    return column


def _given(change: SheetChange, columns: Sequence[models.Field]) -> list[Any]:
    found: list[Any] = [change.pk, change.version]
    for column in columns:
        has = column.name in change.values
        found += [int(has), column.get_db_prep_save(change.values[column.name], connection) if has else None]
    return found


def _set(model: type[models.Model], column: models.Field, place: int) -> str:
    """A text is cast to no length, so that one that is too long is refused and not cut."""
    text = isinstance(column, models.CharField | models.TextField)
    kind = "text" if text else column.cast_db_type(connection)
    name = connection.ops.quote_name(column.column or column.name)
    own = f"{connection.ops.quote_name(model._meta.db_table)}.{name}"
    return f"{name} = CASE WHEN given.has{place} = 1 THEN CAST(given.new{place} AS {kind}) ELSE {own} END"
