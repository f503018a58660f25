"""Migrations of tables with triggers need nothing of their own, and the database is never found without its triggers."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from measurement.models import trigger_upkeep, triggers
from measurement.rules.sop import SCHEDULED_STEPS
from tests.support.database import sql, without
from tests.support.installations import spare_installation

pytestmark = pytest.mark.long
ON, OFF = {"said": "", "check": "", "protected": True, "shelves": []}, "guard_cycle_update"


@pytest.fixture(scope="module")
def report(tmp_path_factory, django_db_setup, django_db_blocker) -> dict:
    folder = tmp_path_factory.mktemp("developer")
    with django_db_blocker.unblock(), spare_installation(folder / "place", migrated=True) as place:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sakip.test_settings",
            "DATABASE_URL": place.address,
        }
        command = [sys.executable, "-m", "tests.support.developer", str(folder)]
        subprocess.run(command, env=environment, check=True)
    return json.loads((folder / "report.json").read_text())


def test_a_migration_made_by_makemigrations_rebuilds_tables_with_triggers(report):
    assert report["as it is"] == ON
    assert report["changed"] == ON | {"shelves": ["A1", "A1"]}


def test_that_migration_goes_back_and_forth(report):
    assert report["taken back"] == ON
    assert report["changed again"] == ON | {"shelves": ["A1", "A1"]}


def test_planned_dates_of_an_archived_cycle_name_their_steps_by_number_and_by_key(report):
    """Migration 0006, both ways."""
    assert report["numbered"]["planned"] == [step.number for step in SCHEDULED_STEPS]
    assert report["named"]["planned"] == [step.key for step in SCHEDULED_STEPS]


def test_a_migration_that_breaks_off_leaves_the_triggers_on(report):
    broken = report["broken off"]
    assert "ArithmeticError" in broken.pop("said")
    assert broken == {"check": "", "protected": True, "shelves": ["A1", "A1"]}


def test_every_migration_of_ours_is_one_transaction(db):
    """The triggers are off within it: one that is not atomic could leave them off."""
    ours = [
        found
        for (app, _), found in MigrationLoader(connection).disk_migrations.items()
        if app == "measurement"
    ]
    assert ours
    assert [found.name for found in ours if not found.atomic] == []


def test_missing_triggers_are_named_by_the_check_and_put_on_by_migrate(db):
    assert list(trigger_upkeep.check_triggers(None, databases=["default"])) == []
    without(OFF)
    (warning,) = trigger_upkeep.check_triggers(None, databases=["default"])
    assert OFF in warning.msg
    call_command("migrate", verbosity=0)
    assert trigger_upkeep.differing_triggers(connection) == []


def test_triggers_of_an_older_version_are_replaced_and_taken_away(db):
    older = triggers.Trigger("guard_of_old", "measurement_unit", "DELETE", "1 = 1", "Tidak dapat dihapus.")
    reworded = triggers.Trigger(OFF, "measurement_measurementcycle", "UPDATE", "1 = 0", "Lain.")
    without(OFF)
    for trigger in (older, reworded):
        for statement in trigger.statements(connection.vendor):
            sql(statement)
    assert trigger_upkeep.differing_triggers(connection) == sorted([OFF, "guard_of_old"])
    call_command("migrate", verbosity=0)
    assert trigger_upkeep.differing_triggers(connection) == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="only PostgreSQL can switch a trigger off")
def test_a_trigger_that_is_switched_off_counts_as_missing(db):
    sql(f"ALTER TABLE measurement_measurementcycle DISABLE TRIGGER {OFF}")
    assert trigger_upkeep.differing_triggers(connection) == [OFF]


def test_a_migrate_that_changes_nothing_asks_twice_and_writes_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        trigger_upkeep.complete_triggers(using="default")
