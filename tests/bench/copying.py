"""Many offices out of one, in SQL: every row that belongs to an office, or to one of its cycles, as often as asked, with keys moved by a fixed stride.

What belongs to it is found by foreign keys: the roots, and every row that points at one that belongs; what is left (preset scales, national holidays)
all offices have in common. The copies are the same in every run. What they hold as text or JSON still names the original: hash chains and
frozen papers of copies are those of the original, so `verify_archive` reads them like others and tells that they aren't their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# what belongs to no office: accounts of the machine, of Django and of its apps
OTHERS = ("measurement_jobrun", "measurement_setupcode")
OURS = "measurement_"


@dataclass
class Copier:
    """`roots` are tables with the rows (SQL condition) that are copied with all that belongs to them; `changes` are columns of the copies as SQL,
    in which {k} is the copy's number."""

    connection: Any
    roots: Mapping[str, str]
    changes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def models(self) -> dict[str, Any]:
        from django.apps import apps

        found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
        return {
            table: model
            for table, model in found.items()
            if table.startswith(OURS)
            and table not in OTHERS
            and not model._meta.proxy
            and model._meta.managed
        }

    def copy(self, count: int, first: int = 1) -> None:
        """So many copies, numbered from `first`; all or nothing."""
        from django.db import transaction

        from measurement.models.trigger_upkeep import put_triggers_on, take_triggers_off

        with transaction.atomic():
            is_sqlite = self.connection.vendor == "sqlite"
            if is_sqlite:
                take_triggers_off(self.connection)
            else:
                self.run("SET LOCAL session_replication_role = replica")
            self.find_what_belongs()
            stride = self.stride()
            for table in self.belonging:
                self.run(self.insert(table, stride, first, first + count - 1))
            self.continue_sequences()
            if is_sqlite:
                put_triggers_on(self.connection)
        self.check()

    def run(self, statement: str) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount

    def value(self, query: str) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] or 0

    # What belongs

    def find_what_belongs(self) -> None:
        """Temporary tables of keys, filled until nothing more comes."""
        for table, model in self.models.items():
            self.run(f"CREATE TEMPORARY TABLE own_{table} (id bigint PRIMARY KEY)")
            if table in self.roots:
                key = model._meta.pk.column
                self.run(f"INSERT INTO own_{table} SELECT {key} FROM {table} WHERE {self.roots[table]}")
        while sum(self._follow(table) for table in self.models):
            pass
        self.belonging = [table for table in self.models if self.value(f"SELECT count(*) FROM own_{table}")]

    def _follow(self, table: str) -> int:
        key = self.models[table]._meta.pk.column
        owned = [f"{column} IN (SELECT id FROM own_{target})" for column, target in self.references(table)]
        if not owned:
            return 0
        condition = f"({' OR '.join(owned)}) AND {key} NOT IN (SELECT id FROM own_{table})"
        return max(0, self.run(f"INSERT INTO own_{table} SELECT {key} FROM {table} WHERE {condition}"))

    def references(self, table: str) -> Iterator[tuple[str, str]]:
        """Its columns that point at rows of ours, with the table that each points at."""
        for one in self.models[table]._meta.local_concrete_fields:
            if one.remote_field:
                target = one.remote_field.model._meta.concrete_model._meta.db_table
                if target in self.models:
                    yield one.column, target

    def stride(self) -> int:
        """A power of ten above every key of what belongs."""
        highest = max(self.value(f"SELECT max(id) FROM own_{table}") for table in self.belonging)
        return 10 ** max(4, len(str(highest)))

    # The copies

    def insert(self, table: str, stride: int, first: int, last: int) -> str:
        model = self.models[table]
        quote = self.connection.ops.quote_name
        columns = [one.column for one in model._meta.local_concrete_fields]
        values = ", ".join(self._value(table, column, stride) for column in columns)
        numbers = f"WITH RECURSIVE copies(k) AS (SELECT {first} UNION ALL SELECT k + 1 FROM copies WHERE k < {last})"
        source = f"SELECT {values} FROM {table} AS t CROSS JOIN copies WHERE t.{quote(model._meta.pk.column)} IN (SELECT id FROM own_{table})"
        names = ", ".join(quote(column) for column in columns)
        if self.connection.vendor == "sqlite":
            return f"{numbers} INSERT INTO {table} ({names}) {source} ORDER BY k"
        return f"INSERT INTO {table} ({names}) {numbers} {source} ORDER BY k"

    def _value(self, table: str, column: str, stride: int) -> str:
        named = f"t.{self.connection.ops.quote_name(column)}"
        if (table, column) in self.changes:
            return self.changes[table, column].format(k="k", column=named)
        target = dict(self.references(table)).get(column)
        if target:
            moved = f"{named} + k * {stride}"
            return f"CASE WHEN {named} IN (SELECT id FROM own_{target}) THEN {moved} ELSE {named} END"
        model = self.models[table]
        if column == model._meta.pk.column:
            return f"{named} + k * {stride}"
        one = next(one for one in model._meta.local_concrete_fields if one.column == column)
        return _own_text(named, one.max_length) if one.unique and one.max_length else named

    def continue_sequences(self) -> None:
        for table in self.belonging:
            key = self.models[table]._meta.pk
            if not self.models[table]._meta.auto_field:
                continue
            if self.connection.vendor == "sqlite":
                highest = f"(SELECT max({key.column}) FROM {table})"
                self.run(f"UPDATE sqlite_sequence SET seq = {highest} WHERE name = '{table}'")
            else:
                sequence = f"pg_get_serial_sequence('{table}', '{key.column}')"
                self.value(f"SELECT setval({sequence}, (SELECT max({key.column}) FROM {table}))")

    def check(self) -> None:
        """No key points at nothing. PostgreSQL looks itself, while its foreign keys are asked for on each row."""
        if self.connection.vendor == "sqlite":
            with self.connection.cursor() as cursor:
                cursor.execute("PRAGMA foreign_key_check")
                wrong = cursor.fetchmany(5)
            if wrong:
                raise ValueError(f"copies point at nothing: {wrong}")
            return
        for table in self.belonging:
            for column, target in self.references(table):
                key = self.models[target]._meta.pk.column
                lost = f"SELECT count(*) FROM {table} t LEFT JOIN {target} o ON o.{key} = t.{column} WHERE t.{column} IS NOT NULL AND o.{key} IS NULL"
                if self.value(lost):
                    raise ValueError(f"copies in {table} point at nothing: {column}")


def _own_text(named: str, longest: int) -> str:
    """The copy's number before as much of the text's end as fits; a text that isn't there stays away."""
    begins = f"CASE WHEN length(k || '-' || {named}) > {longest} THEN length(k || '-' || {named}) - {longest} + 1 ELSE 1 END"
    return f"k || '-' || substr({named}, {begins})"


def offices(count: int) -> None:
    """So many offices beside the first, each with a number behind its name."""
    from django.db import connection

    changes = {
        ("measurement_unit", column): "{column} || ' ' || ({k} + 1)" for column in ("name", "short_name")
    }
    roots = {"measurement_unit": "1 = 1", "measurement_person": "1 = 1"}
    Copier(connection, roots, changes).copy(count)
    link_files(count)


def earlier_quarters() -> None:
    """The archived quarter twice more, as the last two of the year before, with which the plan then begins."""
    from django.db import connection
    from django.db.models import F

    from measurement.models import MeasurementCycle, Plan
    from measurement.rules.sop import State

    archived = MeasurementCycle.objects.get(state=State.ARSIP)
    Plan.objects.update(start_year=F("start_year") - 1)
    changes = {
        ("measurement_measurementcycle", "year"): "{column} - 1",
        ("measurement_measurementcycle", "number"): "{k} + 2",
        ("measurement_paper", "year"): "{column} - 1",
        ("measurement_paper", "sequence"): "{column} + {k} * 100",
        ("measurement_message", "key"): "{k} || '-' || {column}",
    }
    Copier(connection, {"measurement_measurementcycle": f"id = {archived.pk}"}, changes).copy(2)


def wider_plan(count: int) -> None:
    """The one office's plan so many times more, with the worksheets of all that is in it."""
    from django.db import connection

    changes = {
        ("measurement_plannode", "code"): "{column} || '.' || {k}",
        ("measurement_worksheetnode", "code"): "{column} || '.' || {k}",
    }
    Copier(connection, {"measurement_plannode": "1 = 1"}, changes).copy(count)


def link_files(count: int) -> None:
    """What is stored for the copies lies below the names that the copies have."""
    import os
    from pathlib import Path

    from django.conf import settings

    from measurement.models import ArchivePackage, StoredFile

    root = Path(settings.MEDIA_ROOT)
    for model in (StoredFile, ArchivePackage):
        for path in model.objects.values_list("path", flat=True):
            if path[0].isdigit() or not (root / path).is_file():
                continue
            for number in range(1, count + 1):
                link = root / f"{number}-{path}"
                link.parent.mkdir(parents=True, exist_ok=True)
                if not link.exists():
                    os.link(root / path, link)
