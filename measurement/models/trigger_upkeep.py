"""The triggers care for themselves: off while a migration of ours runs, on again before it commits, and named where they are missing.

SQLite rebuilds a table that changes and can't while a trigger elsewhere looks into it; a migration of data may also touch what is archived. So
every migration that `migrate` is about to run gets two operations more, in the way of `django.contrib.contenttypes`: the first takes the triggers
off, the last puts them on. Both are part of the migration's own transaction. When the seventh of eight fails, its removal is rolled back with it:
nobody ever sees the database without its triggers, as they would if all were taken off before the first migration.
"""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core import checks
from django.db import connections, transaction
from django.db.migrations.operations.base import Operation

from .triggers import PREFIXES, TRIGGERS, Trigger

IN_DATABASE = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, tgrelid::regclass::text, CASE WHEN tgenabled = 'D' THEN '' ELSE prosrc || pg_get_triggerdef(pg_trigger.oid, true) END "
        "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
    ),
}
MISSING = "Pemicu basis data yang melindungi arsip belum terpasang sebagaimana mestinya: {names}."


def triggers_in(connection) -> dict[tuple[str, str], str]:
    """Name and table of every trigger of ours that the database has → its definition; "" for one that is switched off."""
    with connection.cursor() as cursor:
        cursor.execute(IN_DATABASE[connection.vendor])
        return {(name, table): text for name, table, text in cursor if name.startswith(PREFIXES)}


def triggers_wanted(connection) -> list[Trigger]:
    """The triggers on the tables that there are at this point of the migrations."""
    tables = set(connection.introspection.table_names())
    return [trigger for trigger in TRIGGERS if trigger.table in tables]


def differing_triggers(connection) -> list[str]:
    """Names of the triggers that are missing in the database, superfluous, switched off or worded differently."""
    wanted = {
        (trigger.name, trigger.table): trigger.definition(connection.vendor)
        for trigger in triggers_wanted(connection)
    }
    return sorted({name for (name, _), _ in wanted.items() ^ triggers_in(connection).items()})


def put_triggers_on(connection) -> None:
    """Put on every trigger anew, whatever stood there before."""
    take_triggers_off(connection)
    with connection.cursor() as cursor:
        for trigger in triggers_wanted(connection):
            for statement in trigger.statements(connection.vendor):
                cursor.execute(statement)


def take_triggers_off(connection) -> None:
    """Take off all that are found, so that a trigger which our table no longer names goes, too."""
    for name, table in triggers_in(connection):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
                cursor.execute(f"DROP FUNCTION {name}()")


class TriggerChange(Operation):
    """Triggers off or on, as a part of a migration. Unlike RunPython it asks for no models, all of which Django would build anew each time."""

    reduces_to_sql = False

    def __init__(self, forwards: Callable, backwards: Callable):
        self.forwards, self.backwards = forwards, backwards

    def state_forwards(self, app_label, state) -> None:
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        self.forwards(schema_editor.connection)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        self.backwards(schema_editor.connection)


# What Django calls (apps.py connects them)


def free_migrations_of_triggers(sender, plan=(), **kwargs) -> None:
    """Before `migrate`: every migration of ours in the plan runs without triggers, forwards and backwards."""
    for migration, _ in plan:
        if migration.app_label == sender.label:
            off = TriggerChange(take_triggers_off, put_triggers_on)
            on = TriggerChange(put_triggers_on, take_triggers_off)
            migration.operations = [off, *migration.operations, on]


def complete_triggers(using, **kwargs) -> None:
    """After `migrate`, also one that had nothing to do: what the database lacks, or has in an older wording, is put on."""
    connection = connections[using]
    if differing_triggers(connection):
        with transaction.atomic(using=using):
            put_triggers_on(connection)


def check_triggers(app_configs, databases=None, **kwargs) -> Iterator[checks.CheckMessage]:
    """`manage.py check --database default`, and `migrate` before it begins: somebody took triggers away, or a migration without transaction broke off."""
    for alias in databases or ():
        names = differing_triggers(connections[alias])
        if names:
            yield checks.Warning(
                MISSING.format(names=", ".join(names)),
                hint=f"Jalankan: {settings.COMMAND} migrate",
                id="measurement.W001",
            )
