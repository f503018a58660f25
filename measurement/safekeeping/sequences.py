"""Numbers that were given once are never given again, also in the database to which everything was moved."""

from collections.abc import Iterable

from django.db import connections, models
from django.db.models import Max


def last_number(alias: str, model: type[models.Model]) -> int:
    """The highest number that a table ever gave, also to a row that is gone; 0 for none."""
    connection, table = connections[alias], model._meta.db_table
    key = model._meta.pk
    highest = model._base_manager.using(alias).aggregate(last=Max("pk"))["last"] or 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            return max(highest, found[0] if found else 0)
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), key.column]
        )
        (sequence,) = cursor.fetchone()
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
        last, called = cursor.fetchone()
        return max(highest, last if called else 0)


def carry_sequences(source: str, target: str, kept: Iterable[type[models.Model]]) -> None:
    """The next number of each table in `target` is that of `source`."""
    for model in kept:
        if model._meta.auto_field is not None:
            last = last_number(source, model)
            if last:
                _continue_after(target, model, last)


def _continue_after(alias: str, model: type[models.Model], last: int) -> None:
    connection, table = connections[alias], model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            return
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
            [connection.ops.quote_name(table), model._meta.pk.column, last],
        )
