"""A database as an earlier version left it, one migration after the other: `python -m tests.support.older_version 0010`.

The squashed migration, by which new installations begin, isn't looked at. Without a number: what tables the database has, as JSON.
"""

import json
import sys

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor, loader


class OneByOne(loader.MigrationLoader):
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


if __name__ == "__main__":
    django.setup()
    if len(sys.argv) > 1:
        migrate_to(sys.argv[1])
    else:
        print(json.dumps(tables()))
