"""Worlds that many tests begin with: built once in a run by the real doors, then put back as rows before each test that asks for one.

Only where it comes to the same: on SQLite, with the usual clock and settings, on the same day, in a database that nothing has changed since the
office was put back, and in tests that change no code (`monkeypatch`). Everywhere else, on PostgreSQL always, offices are built and cycles walked.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import time_machine
from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction
from django.utils import timezone

from measurement.models import MeasurementCycle
from tests.support.characters import ALL_STEPS, Office, fresh, open_cycle, walk

# put back last: nothing may be put into a cycle that is archived already
CYCLES = "measurement_measurementcycle"
DJANGOS_OWN = ("sqlite_sequence", "django_migrations", "django_content_type", "auth_permission")

Contents = dict[str, dict[int, tuple]]


def contents() -> Contents:
    """Every table → its rows by their numbers. The plus before a column gives what is stored, converted into nothing else."""
    return {
        name: {number: row for number, *row in _cursor().execute(f"SELECT rowid, {columns} FROM {name}")}
        for name, columns in _tables().items()
    }


def _tables() -> dict[str, str]:
    names = {name for (name,) in _cursor().execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name: ", ".join(f'+"{column[1]}"' for column in _cursor().execute(f"PRAGMA table_info({name})"))
        for name in [*sorted(names.difference(DJANGOS_OWN, {CYCLES})), CYCLES]
    }


def _cursor():
    """Straight to SQLite: what is put back is no query of the page under test."""
    return connection.connection.cursor()


def usual() -> bool:
    """Whether the clock and the settings are those of the rest of the run; files may lie in a place of the test's own."""
    return not time_machine.escape_hatch.is_travelling() and _changed_settings() <= {"MEDIA_ROOT"}


def _changed_settings() -> set[str]:
    changed, holder = set(), settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        changed |= {name for name in vars(holder) if name.isupper()} | holder._deleted
        holder = holder.default_settings
    return changed - {"SETTINGS_MODULE"}


def _stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def _files_named_in(rows: str) -> dict[Path, bytes]:
    """Their paths below MEDIA_ROOT, and what is in them."""
    root = Path(settings.MEDIA_ROOT)
    files = {path.relative_to(root): path for path in _stored_files()}
    return {name: path.read_bytes() for name, path in files.items() if str(name) in rows}


@dataclass
class Snapshot:
    """What came since another state of the database: rows, the files that they name, and the things that a test takes in hand; and what went."""

    gone: dict[str, list[int]]
    rows: dict[str, list[tuple]]
    files: dict[Path, bytes]
    things: bytes

    @classmethod
    def since(cls, before: Contents, things) -> "Snapshot":
        after = contents()
        gone = {name: [number for number in old if number not in after[name]] for name, old in before.items()}
        rows = {
            name: [row for number, row in now.items() if before[name].get(number) != row]
            for name, now in after.items()
        }
        rows = {name: changed for name, changed in rows.items() if changed}
        return cls(gone, rows, _files_named_in(repr(rows)), pickle.dumps(things))

    def put_back(self) -> Any:
        for name, numbers in self.gone.items():
            _cursor().executemany(f"DELETE FROM {name} WHERE rowid = ?", [(number,) for number in numbers])
        for name, rows in self.rows.items():
            places = ", ".join("?" * len(rows[0]))
            _cursor().executemany(f"INSERT OR REPLACE INTO {name} VALUES ({places})", rows)
        for name, content in self.files.items():
            path = Path(settings.MEDIA_ROOT) / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return pickle.loads(self.things)


class World:
    """An office and its cycle of the first quarter at every step, until the one named (None: into the archive)."""

    def __init__(self, build: Callable[[], Office], until: str | None = None):
        self.build, self.day = build, timezone.localdate()
        self.cycles: dict[str | None, Snapshot] = {}
        self.kept: dict[tuple[Callable, ...], Snapshot] = {}
        stored = _stored_files()
        with transaction.atomic():
            self.empty = contents()
            made = build()
            self.built = contents()
            self.office = Snapshot.since(self.empty, made)
            self._walk(made, until)
            transaction.set_rollback(True)
        for path in _stored_files() - stored:
            path.unlink()

    def _walk(self, made: Office, until: str | None) -> None:
        cycle = open_cycle(made)
        for step in [*ALL_STEPS[1:], None]:
            cycle = walk(made, cycle, step)
            self.cycles[step] = Snapshot.since(self.built, cycle.pk)
            if step == until:
                break

    def office_again(self) -> Office:
        """The office as it was built, in whose database more may be put back instead of being made anew."""
        if self.day != timezone.localdate() or contents() != self.empty:
            return self.build()
        made = self.office.put_back()
        made.snapshots = Snapshots(self, connection.connection.total_changes)
        return made


@dataclass
class Snapshots:
    """What else was made of an office before, as long as the database is the one in which that was made."""

    world: World
    changes: int  # how often this connection had changed a row when the office was put back
    way: tuple[Callable, ...] = ()  # what was made of it since then, one after another

    def _holds(self) -> bool:
        return usual() and connection.connection.total_changes == self.changes

    def cycle_at(self, step: str | None) -> MeasurementCycle | None:
        """None: it must be walked."""
        walked = self.world.cycles.get(step) if self._holds() and not self.way else None
        return fresh(MeasurementCycle(pk=walked.put_back())) if walked else None

    def once(self, make: Callable[[Office], Any], made: Office) -> Any:
        """What `make` writes and returns, made by the first test of the run that asks for it after the same things were made before."""
        if not self._holds():
            return make(made)
        way = self.way = (*self.way, make)
        if way in self.world.kept:
            things = self.world.kept[way].put_back()
        else:
            before = contents() if way[1:] else self.world.built
            self.world.kept[way] = Snapshot.since(before, make(made))
            things, self.way = pickle.loads(self.world.kept[way].things), way
        self.changes = connection.connection.total_changes
        return things
