"""What the database itself refuses, whoever asks: changes to what is archived, issued or written in the audit trail.

Triggers on SQLite and PostgreSQL. A migration that changes a guarded table begins with `REMOVE_GUARDS` and ends with `INSTALL_GUARDS`: SQLite
rebuilds the table, and triggers elsewhere that look into it would stop that. A test compares the triggers found with `TRIGGERS`.
"""

from dataclasses import dataclass

from django.db import migrations

ARCHIVED = "Siklus ini sudah diarsipkan dan tidak dapat diubah."
FIXED = "Catatan ini tidak dapat diubah atau dihapus."

OF_CYCLE = (
    "worksheetrow",
    "worksheetnode",
    "meeting",
    "scheduledstep",
    "referencedocument",
    "directive",
    "stay",
    "roundsnapshot",
)
APPEND_ONLY = (
    "auditentry",
    "paper",
    "paperfile",
    "papersigner",
    "papersignature",
    "voidnumber",
    "archivepackage",
    "roundsnapshot",
    "storedfile",
    "revision",
    "planapproval",
    "handover",
)


@dataclass(frozen=True)
class Trigger:
    """Refuse `event` on `table` when `condition` (SQL; {row} stands for the old or new record) holds."""

    name: str
    table: str
    event: str
    condition: str
    sentence: str

    def sqlite(self) -> str:
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN {self.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
        )

    def postgresql(self) -> list[str]:
        result = "NEW" if self.event != "DELETE" else "OLD"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self.condition} THEN RAISE EXCEPTION '{self.sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {result}; END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


def _archived(cycle: str) -> str:
    return f"(SELECT state FROM measurement_measurementcycle WHERE id = {cycle}) = 'arsip'"


def _frozen_with_cycle(table: str, cycle: str) -> list[Trigger]:
    """Nothing comes into an archived cycle, changes in it or leaves it, also not from one cycle to another."""
    old, new = _archived(cycle.format(row="OLD")), _archived(cycle.format(row="NEW"))
    conditions = {"INSERT": new, "UPDATE": f"({old} OR {new})", "DELETE": old}
    return [
        Trigger(f"guard_{table}_{event.lower()}", f"measurement_{table}", event, condition, ARCHIVED)
        for event, condition in conditions.items()
    ]


def _triggers() -> list[Trigger]:
    made = [
        Trigger(
            f"guard_cycle_{event.lower()}",
            "measurement_measurementcycle",
            event,
            "OLD.state = 'arsip'",
            ARCHIVED,
        )
        for event in ("UPDATE", "DELETE")
    ]
    for table in OF_CYCLE:
        made += _frozen_with_cycle(table, "{row}.cycle_id")
    made += _frozen_with_cycle(
        "evidence", "(SELECT cycle_id FROM measurement_worksheetrow WHERE id = {row}.row_id)"
    )
    made += _frozen_with_cycle(
        "meeting_attendees", "(SELECT cycle_id FROM measurement_meeting WHERE id = {row}.meeting_id)"
    )
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            made.append(
                Trigger(f"fixed_{table}_{event.lower()}", f"measurement_{table}", event, "1 = 1", FIXED)
            )
    for table in ("auditentry", "paper"):
        made.append(
            Trigger(
                f"guard_{table}_insert", f"measurement_{table}", "INSERT", _archived("NEW.cycle_id"), ARCHIVED
            )
        )
    return made


TRIGGERS = _triggers()


def install(apps, schema_editor) -> None:
    """Put every trigger in place afresh, on the tables that there are at this point of the migrations."""
    remove(apps, schema_editor)
    tables = set(schema_editor.connection.introspection.table_names())
    for trigger in (trigger for trigger in TRIGGERS if trigger.table in tables):
        statements = (
            [trigger.sqlite()] if schema_editor.connection.vendor == "sqlite" else trigger.postgresql()
        )
        for statement in statements:
            schema_editor.execute(statement)


def remove(apps, schema_editor) -> None:
    on_table = schema_editor.connection.vendor != "sqlite"
    tables = set(schema_editor.connection.introspection.table_names())
    for trigger in (trigger for trigger in TRIGGERS if trigger.table in tables):
        schema_editor.execute(
            f"DROP TRIGGER IF EXISTS {trigger.name}" + (f" ON {trigger.table}" if on_table else "")
        )


INSTALL_GUARDS = migrations.RunPython(install, remove)
REMOVE_GUARDS = migrations.RunPython(remove, install)
