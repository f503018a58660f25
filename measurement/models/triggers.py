"""What the database itself refuses, whoever asks: changes to what is archived, withdrawn, issued or written in the audit trail.

Triggers on SQLite and PostgreSQL, as one table. A change of it needs no migration: `migrate` puts on what differs (trigger_upkeep).
"""

from dataclasses import dataclass

PREFIXES = ("guard_", "fixed_")  # every trigger's name begins with it: so those of an older version are found
ARCHIVED = "Siklus ini sudah diarsipkan atau dicabut dan tidak dapat diubah."
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
    "moneyfile",
    "rowremark",
    "smartdecision",
    "withdrawal",
    "extension",
)
CLOSED = "('arsip', 'dicabut')"  # the states in which nothing changes any more
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
    "correctioneffect",
    "settingchange",
    "moneyfile",
    "rowremark",
    "followupnote",
    "reportreceipt",
    "oversightnote",
    "oversightentry",
)


@dataclass(frozen=True)
class Trigger:
    """Refuse `event` on `table` when `condition` (SQL; {row} stands for the old or new record) holds."""

    name: str
    table: str
    event: str
    condition: str
    sentence: str

    def statements(self, vendor: str) -> list[str]:
        """The SQL that makes it in a database of this kind."""
        return [self._in_sqlite()] if vendor == "sqlite" else [self._function(), self._in_postgresql()]

    def definition(self, vendor: str) -> str:
        """Its definition as the database itself gives it back."""
        return self._in_sqlite() if vendor == "sqlite" else self._body() + self._in_postgresql()

    def _in_sqlite(self) -> str:
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN {self.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
        )

    def _in_postgresql(self) -> str:
        return f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()"

    def _function(self) -> str:
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $${self._body()}$$"
        )

    def _body(self) -> str:
        result = "NEW" if self.event != "DELETE" else "OLD"
        return (
            f" BEGIN IF {self.condition} THEN RAISE EXCEPTION '{self.sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {result}; END "
        )


def _closed(cycle: str) -> str:
    return f"(SELECT state FROM measurement_measurementcycle WHERE id = {cycle}) IN {CLOSED}"


def _frozen_with_cycle(table: str, cycle: str) -> list[Trigger]:
    """Nothing comes into a closed cycle, changes in it or leaves it, also not from one cycle to another."""
    old, new = _closed(cycle.format(row="OLD")), _closed(cycle.format(row="NEW"))
    conditions = {"INSERT": new, "UPDATE": f"({old} OR {new})", "DELETE": old}
    return [
        Trigger(f"guard_{table}_{event.lower()}", f"measurement_{table}", event, condition, ARCHIVED)
        for event, condition in conditions.items()
    ]


def _fixed_once_approved() -> list[Trigger]:
    """Data awal that was approved stays as it was approved, with all its figures."""
    of_set = "(SELECT approved_at FROM measurement_openingset WHERE id = {row}.opening_id) IS NOT NULL"
    old, new = of_set.format(row="OLD"), of_set.format(row="NEW")
    sets = dict.fromkeys(("UPDATE", "DELETE"), "OLD.approved_at IS NOT NULL")
    figures = {"INSERT": new, "UPDATE": f"({old} OR {new})", "DELETE": old}
    return [
        Trigger(f"fixed_{table}_{event.lower()}", f"measurement_{table}", event, condition, FIXED)
        for table, conditions in (("openingset", sets), ("openingfigure", figures))
        for event, condition in conditions.items()
    ]


def _fixed_once_given() -> list[Trigger]:
    """A direction never changes. It goes only with the arahan of a return that is taken back while nobody has acted on it."""
    told = "EXISTS (SELECT 1 FROM measurement_followupnote WHERE follow_up_id = OLD.id)"
    kept = f"(OLD.directive_id IS NULL OR {told} OR {_closed('OLD.cycle_id')})"
    return [
        Trigger(f"fixed_followup_{event.lower()}", "measurement_followup", event, condition, FIXED)
        for event, condition in (("UPDATE", "1 = 1"), ("DELETE", kept))
    ]


def _triggers() -> list[Trigger]:
    made = [
        Trigger(
            f"guard_cycle_{event.lower()}",
            "measurement_measurementcycle",
            event,
            f"OLD.state IN {CLOSED}",
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
    made += _fixed_once_approved() + _fixed_once_given()
    for table in ("auditentry", "paper"):
        made.append(
            Trigger(
                f"guard_{table}_insert", f"measurement_{table}", "INSERT", _closed("NEW.cycle_id"), ARCHIVED
            )
        )
    # as a signature, the reading of a report may follow the archiving; that it was put before somebody may not
    came_late = f"(NEW.event <> 'dibaca' AND {_closed('NEW.cycle_id')})"
    made.append(
        Trigger("guard_reportreceipt_insert", "measurement_reportreceipt", "INSERT", came_late, ARCHIVED)
    )
    return made


TRIGGERS = _triggers()
