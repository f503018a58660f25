"""What a developer does who changes models whose tables have triggers: `makemigrations`, data filled in by hand, `migrate`, and back.

A process of its own, on a database that nothing is in yet, and with a copy of our migrations in a folder: `python -m tests.support.developer FOLDER` leaves
FOLDER/report.json, what the database was like after each command.
"""

import importlib
import json
import shutil
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models, transaction

COPY = "copied_migrations"
CHANGED = ("StoredFile", "MeasurementCycle")  # append-only the one, archived the other; triggers look into it
FILL_IN = """

def fill_in(apps, schema_editor):
    for name in ("StoredFile", "MeasurementCycle"):
        apps.get_model("measurement", name).objects.update(shelf="{shelf}")
    {then}


Migration.operations.append(migrations.RunPython(fill_in, migrations.RunPython.noop))
"""
EMPTY = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("measurement", "{before}")]
    operations = []
"""


def main(folder: Path) -> None:
    every_step = shutil.ignore_patterns("*_squashed_*")  # it goes back to one in the middle
    shutil.copytree("measurement/migrations", folder / COPY, ignore=every_step)
    sys.path.insert(0, str(folder))
    settings.MIGRATION_MODULES = {"measurement": COPY}
    django.setup()
    report = work_through(folder / COPY)
    (folder / "report.json").write_text(json.dumps(report))


def work_through(migrations: Path) -> dict[str, dict]:
    ours = newest(migrations)
    an_archive()
    report = {"as it is": state_after("")}
    change_models()
    manage("makemigrations", "measurement", "--name", "shelf", "--verbosity", "0")
    append(migrations / f"{newest(migrations)}.py", FILL_IN.format(shelf="A1", then=""))
    report["changed"] = state_after(manage("migrate", "--verbosity", "0"))
    report["taken back"] = state_after(manage("migrate", "measurement", ours, "--verbosity", "0"))
    report["changed again"] = state_after(manage("migrate", "--verbosity", "0"))
    manage("migrate", "measurement", "0005", "--verbosity", "0")
    report["numbered"] = {"planned": column("measurement_scheduledstep", "number")}
    manage("migrate", "--verbosity", "0")
    report["named"] = {"planned": column("measurement_scheduledstep", "step")}
    broken = migrations / "9999_broken.py"
    append(
        broken,
        EMPTY.format(before=newest(migrations)) + FILL_IN.format(shelf="B2", then="raise ArithmeticError"),
    )
    report["broken off"] = state_after(manage("migrate", "--verbosity", "0"))
    broken.unlink()
    return report


def an_archive() -> None:
    from measurement.models import StoredFile
    from tests.support.characters import cycle_at, office

    made = office()
    cycle_at(made, None)
    StoredFile.objects.create(unit=made.unit, sha256="1" * 64, size=1, kind="pdf", path="uji.pdf")


def change_models() -> None:
    for name in CHANGED:
        model = django.apps.apps.get_model("measurement", name)
        models.CharField(max_length=20, default="").contribute_to_class(model, "shelf")


def newest(migrations: Path) -> str:
    return max(path.stem for path in migrations.glob("0*.py"))


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


def manage(*words: str) -> str:
    """A command as it is typed, on a connection of its own; what stopped it, or ""."""
    importlib.invalidate_caches()
    try:
        execute_from_command_line(["manage.py", *words])
    except (Exception, SystemExit) as error:
        return repr(error)
    finally:
        connection.close()
        del connections[DEFAULT_DB_ALIAS]
    return ""


def state_after(said: str) -> dict:
    return {
        "said": said,
        "check": manage("check", "--database", "default", "--fail-level", "WARNING"),
        "protected": refused("UPDATE measurement_measurementcycle SET conclusion = 'Lain.'")
        and refused("DELETE FROM measurement_storedfile"),
        "shelves": [shelf for name in CHANGED for shelf in column(f"measurement_{name.lower()}", "shelf")],
    }


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False


def column(table: str, name: str) -> list:
    """What stands in a column, in the order of entry; nothing where the table has no such column."""
    with connection.cursor() as cursor:
        if name not in {
            found.name for found in connection.introspection.get_table_description(cursor, table)
        }:
            return []
        cursor.execute(f"SELECT {name} FROM {table} ORDER BY id")
        return [value for (value,) in cursor]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
