"""Every row of the test database at once, read and written past Django and past the guards: straight to the driver, so that it is no query of a page."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property

from django.db import connection

from measurement.models.words_index import INDEX

# put back last: on SQLite nothing may be put into a cycle that is archived already
CYCLES = "measurement_measurementcycle"
DJANGOS_OWN = ("sqlite_sequence", "django_migrations", "django_content_type", "auth_permission")

Contents = dict[str, dict[str | int, tuple]]


def _cursor():
    return connection.connection.cursor()


def _in_order(names: set[str]) -> list[str]:
    return [*sorted(names.difference(DJANGOS_OWN, {CYCLES})), CYCLES]


class SqliteRows:
    """Rows by their rowid, as tuples of stored values."""

    def is_ready(self) -> bool:
        """Whether changes are counted, so that a test which changed something is noticed."""
        return True

    def contents(self) -> Contents:
        """Every table → its rows by their numbers. The plus before a column gives what is stored, converted into nothing else."""
        return {
            name: {number: row for number, *row in _cursor().execute(f"SELECT rowid, {columns} FROM {name}")}
            for name, columns in self._tables().items()
        }

    def _tables(self) -> dict[str, str]:
        tables = _cursor().execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        # the index over words follows what is put back by its triggers
        names = {name for (name,) in tables if not name.startswith(INDEX)}
        return {
            name: ", ".join(f'+"{column[1]}"' for column in _cursor().execute(f"PRAGMA table_info({name})"))
            for name in _in_order(names)
        }

    def remove(self, name: str, keys: list) -> None:
        _cursor().executemany(f"DELETE FROM {name} WHERE rowid = ?", [(key,) for key in keys])

    def put(self, name: str, rows: dict) -> None:
        places = ", ".join("?" * len(next(iter(rows.values()))))
        _cursor().executemany(f"INSERT OR REPLACE INTO {name} VALUES ({places})", list(rows.values()))

    def unguarded(self):
        """The guards stand: rows come in an order that they allow."""
        return nullcontext()

    def changes(self) -> int:
        """How often this connection has changed a row."""
        return connection.connection.total_changes


class PostgresRows:
    """Rows by the text of their primary key, as PostgreSQL writes a whole row."""

    def is_ready(self) -> bool:
        """Whether changes are counted: PostgreSQL counts them while a transaction lasts."""
        return connection.in_atomic_block

    def contents(self) -> Contents:
        """Every table → its rows by their keys, in one query."""
        found: Contents = {name: {} for name in self._keys}
        parts = [
            f"SELECT '{name}', line.{key}::text, line::text FROM {name} AS line"
            for name, key in self._keys.items()
        ]
        for name, key, row in _cursor().execute(" UNION ALL ".join(parts)):
            found[name][key] = (row,)
        return found

    @cached_property
    def _keys(self) -> dict[str, str]:
        keys = dict(
            _cursor().execute(
                "SELECT table_name, column_name FROM information_schema.table_constraints"
                " JOIN information_schema.key_column_usage USING (constraint_name, table_name)"
                " WHERE constraint_type = 'PRIMARY KEY' AND table_constraints.table_schema = 'public'"
            )
        )
        return {name: keys[name] for name in _in_order(set(keys))}

    def remove(self, name: str, keys: list) -> None:
        _cursor().execute(f"DELETE FROM {name} WHERE {self._keys[name]}::text = ANY(%s)", [list(keys)])

    def put(self, name: str, rows: dict) -> None:
        self.remove(name, list(rows))
        texts = [row for (row,) in rows.values()]
        _cursor().execute(f"INSERT INTO {name} SELECT * FROM unnest(%s::text[]::{name}[])", [texts])
        if self._keys[name] == "id":
            self._number_after(name)

    def _number_after(self, name: str) -> None:
        """What is inserted later gets a number of its own, also where a test before began to count anew."""
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        _cursor().execute(
            f"SELECT setval({sequence}, greatest(nextval({sequence}), (SELECT max(id) FROM {name})))"
        )

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """Without triggers and foreign keys, as a replica takes rows over."""
        _cursor().execute("SET LOCAL session_replication_role = replica")
        yield
        _cursor().execute("SET LOCAL session_replication_role = DEFAULT")

    def changes(self) -> int:
        """How often this transaction has changed a row, also where that was taken back."""
        counted = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
        return _cursor().execute(counted).fetchone()[0]


ALL_ROWS = SqliteRows() if connection.vendor == "sqlite" else PostgresRows()
