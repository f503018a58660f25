"""Worlds that many tests begin with: built once in a run by the real doors, then put back as rows before each test that asks for one.

Only where it comes to the same: with the usual clock and settings, on the same day, in a database that nothing has changed since the office was
put back, and in tests that change no code (`monkeypatch`). Everywhere else, where each statement is a transaction on PostgreSQL, too, offices are
built and cycles walked.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import time_machine
from django.conf import UserSettingsHolder, settings
from django.db import transaction
from django.utils import timezone

from measurement.models import MeasurementCycle
from tests.support.all_rows import ALL_ROWS, Contents
from tests.support.characters import ALL_STEPS, Office, fresh, open_cycle, walk


def usual() -> bool:
    """Whether the clock and the settings are those of the rest of the run; files may lie in a place of the test's own."""
    travelling = time_machine.escape_hatch.is_travelling()
    return ALL_ROWS.is_ready() and not travelling and _changed_settings() <= {"MEDIA_ROOT"}


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

    gone: dict[str, list]
    rows: Contents
    files: dict[Path, bytes]
    things: bytes

    @classmethod
    def since(cls, before: Contents, things) -> "Snapshot":
        after = ALL_ROWS.contents()
        gone = {name: [key for key in old if key not in after[name]] for name, old in before.items()}
        rows = {
            name: {key: row for key, row in now.items() if before[name].get(key) != row}
            for name, now in after.items()
        }
        return cls(_filled(gone), _filled(rows), _files_named_in(repr(rows)), pickle.dumps(things))

    def put_back(self) -> Any:
        with ALL_ROWS.unguarded():
            for name, keys in self.gone.items():
                ALL_ROWS.remove(name, keys)
            for name, rows in self.rows.items():
                ALL_ROWS.put(name, rows)
        for name, content in self.files.items():
            path = Path(settings.MEDIA_ROOT) / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return pickle.loads(self.things)


def _filled(tables: dict) -> dict:
    return {name: changed for name, changed in tables.items() if changed}


class World:
    """An office and its cycle of the first quarter at every step, until the one named (None: into the archive)."""

    def __init__(self, build: Callable[[], Office], until: str | None = None):
        self.build, self.day = build, timezone.localdate()
        self.cycles: dict[str | None, Snapshot] = {}
        self.kept: dict[tuple[Callable, ...], Snapshot] = {}
        stored = _stored_files()
        with transaction.atomic():
            self.empty = ALL_ROWS.contents()
            made = build()
            self.built = ALL_ROWS.contents()
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
        if self.day != timezone.localdate() or ALL_ROWS.contents() != self.empty:
            return self.build()
        made = self.office.put_back()
        made.snapshots = Snapshots(self, ALL_ROWS.changes())
        return made


@dataclass
class Snapshots:
    """What else was made of an office before, as long as the database is the one in which that was made."""

    world: World
    changes: int  # how often a row had been changed when the office was put back
    way: tuple[Callable, ...] = ()  # what was made of it since then, one after another

    def _holds(self) -> bool:
        return usual() and ALL_ROWS.changes() == self.changes

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
            before = ALL_ROWS.contents() if way[1:] else self.world.built
            self.world.kept[way] = Snapshot.since(before, make(made))
            things, self.way = pickle.loads(self.world.kept[way].things), way
        self.changes = ALL_ROWS.changes()
        return things
