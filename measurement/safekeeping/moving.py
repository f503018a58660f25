"""Every row of one database in another, with exact values, in one transaction; proved by a digest per table on both sides.

The values go through the fields of the models, which know how each kind of database keeps them, and past everything that would change them on the way
(times of today, triggers, signals). A digest covers what a row says and not how it is kept: PostgreSQL keeps the keys of JSON in an order of its own.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections, models, transaction

from measurement.models.trigger_upkeep import put_triggers_on, take_triggers_off

from .databases import NotDone, kept_models, one_snapshot
from .sequences import carry_sequences

AT_ONCE = 2000
NUL = "\x00"
NUL_FOUND = "{table}, baris {key}, kolom {column}: memuat karakter NUL, yang tidak dapat disimpan PostgreSQL. Perbaiki barisnya lalu ulangi."
UNEQUAL = "Isi tabel berikut tidak sama sesudah dipindahkan, sehingga tidak ada yang dipindahkan: {tables}."


@dataclass(frozen=True)
class TableDigest:
    """One table as it was found: its rows and a SHA-256 over all their values, in whatever order they came."""

    table: str
    rows: int
    digest: str


class _Digest:
    def __init__(self, table: str):
        self.table, self.parts = table, list[bytes]()

    def add(self, row: tuple) -> None:
        text = json.dumps([canonical(value) for value in row], sort_keys=True)
        self.parts.append(hashlib.sha256(text.encode()).digest())

    def finish(self) -> TableDigest:
        return TableDigest(
            self.table, len(self.parts), hashlib.sha256(b"".join(sorted(self.parts))).hexdigest()
        )


def canonical(value: Any) -> Any:
    """A value as text that is the same wherever it was kept."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time | timedelta | Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value


def table_digest(alias: str, model: type[models.Model]) -> TableDigest:
    found = _Digest(model._meta.db_table)
    for row in _rows(alias, model):
        found.add(row)
    return found.finish()


def move_rows(source: str, target: str) -> list[TableDigest]:
    """Everything that is in `source` and nothing else is in `target` afterwards, or nothing has changed there."""
    with one_snapshot(source), transaction.atomic(using=target):
        take_triggers_off(connections[target])
        for model in kept_models():
            # what the migrations themselves wrote: the source has its own
            with connections[target].cursor() as cursor:
                cursor.execute(f"DELETE FROM {_quoted(target, model._meta.db_table)}")
        before = [_copy(source, target, model) for model in kept_models()]
        carry_sequences(source, target, kept_models())
        connections[target].check_constraints()
        put_triggers_on(connections[target])
        after = [table_digest(target, model) for model in kept_models()]
        unequal = [one.table for one, other in zip(before, after, strict=True) if one != other]
        if unequal:
            raise NotDone(UNEQUAL.format(tables=", ".join(unequal)))
    return after


def _copy(source: str, target: str, model: type[models.Model]) -> TableDigest:
    connection, fields = connections[target], model._meta.local_concrete_fields
    names = ", ".join(_quoted(target, str(field.column)) for field in fields)
    insert = f"INSERT INTO {_quoted(target, model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    digest, waiting = _Digest(model._meta.db_table), list[list]()
    with connection.cursor() as cursor:
        for row in _rows(source, model):
            if connection.vendor == "postgresql":
                _refuse_nul(model, row)
            digest.add(row)
            waiting.append(
                [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
            )
            if len(waiting) == AT_ONCE:
                cursor.executemany(insert, waiting)
                waiting = []
        if waiting:
            cursor.executemany(insert, waiting)
    return digest.finish()


def _rows(alias: str, model: type[models.Model]) -> Iterator[tuple]:
    names = [field.attname for field in model._meta.local_concrete_fields]
    return model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE)


def _quoted(alias: str, name: str) -> str:
    return connections[alias].ops.quote_name(name)


def _refuse_nul(model: type[models.Model], row: tuple) -> None:
    for field, value in zip(model._meta.local_concrete_fields, row, strict=True):
        if _holds_nul(value):
            table = model._meta.db_table
            raise NotDone(NUL_FOUND.format(table=table, key=row[0], column=field.column))


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return NUL in value
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_holds_nul(part) for part in value)
