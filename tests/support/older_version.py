"""A database as an earlier version left it, and what its tables are: `python -m tests.support.older_version migrate 0010`, or `tables`."""

import json
import sys

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor, loader


class OneByOne(loader.MigrationLoader):
    """Without the squashed migration, by which only new installations begin."""

    def load_disk(self):
        super().load_disk()
        self.disk_migrations = {
            key: found for key, found in self.disk_migrations.items() if not found.replaces
        }


def migrate_to(number: str) -> None:
    executor.MigrationLoader = OneByOne
    for target in (("measurement", number), ("sessions",)):
        call_command("migrate", *target, verbosity=0)


def tables() -> dict[str, list]:
    """Columns, constraints and indexes of every table, in whatever order and by whatever name the database gave on its own."""
    found: dict[str, list] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.get_table_list(cursor):
            columns = connection.introspection.get_table_description(cursor, table.name)
            constraints = connection.introspection.get_constraints(cursor, table.name)
            found[table.name] = [
                *sorted([one.name, str(one.type_code), one.null_ok] for one in columns),
                *sorted(
                    json.dumps({**what, "columns": sorted(map(str, what["columns"] or []))}, sort_keys=True)
                    for what in constraints.values()
                ),
            ]
    return found


def print_tables() -> None:
    print(json.dumps(tables()))


if __name__ == "__main__":
    django.setup()
    command, *words = sys.argv[1:]
    {"migrate": migrate_to, "tables": print_tables}[command](*words)
