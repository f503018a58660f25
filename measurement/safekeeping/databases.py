"""Databases beside the one of the settings: opened by their address, read in one snapshot, asked what they hold and how far they were migrated."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler
from environ import Env

from measurement.models import JobRun
from sakip.databases import with_options

ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
READ_ONLY = {"timeout": 20, "init_command": "PRAGMA query_only=ON"}
NEWER = "dibuat dengan versi aplikasi yang lebih baru. Pasang versi itu atau yang sesudahnya, lalu ulangi."


class NotDone(Exception):
    """A backup, restore or move that was refused or broken off; the message is for the person at the console."""


def sqlite_address(path: Path) -> str:
    return f"sqlite:///{path}"


@contextmanager
def opened(address: str, alias: str, *, read_only: bool = False) -> Iterator[str]:
    """A database under an alias of its own while the block lasts."""
    config = with_options(Env.db_url_config(address))
    if read_only and config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = READ_ONLY
    with _known_as(alias, config):
        yield alias


@contextmanager
def opened_again(alias: str) -> Iterator[str]:
    """The installation's own database over a second connection, so that no transaction is under way on it; not one of those that threads share."""
    config = connections[DEFAULT_DB_ALIAS].settings_dict
    options = {name: value for name, value in config["OPTIONS"].items() if name != "pool"}
    with _known_as(alias, {**config, "OPTIONS": options}):
        yield alias


@contextmanager
def _known_as(alias: str, config: dict) -> Iterator[None]:
    complete = ConnectionHandler({DEFAULT_DB_ALIAS: {}, alias: config}).settings
    connections.settings[alias] = complete[alias]
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias], connections.settings[alias]


@contextmanager
def one_snapshot(alias: str) -> Iterator[None]:
    """Everything that is read in the block was there at one moment. SQLite holds the moment of the first read."""
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute(ONE_SNAPSHOT)
        yield


def kept_models() -> list[type[models.Model]]:
    """Everything that is kept, with the tables between; not the sessions: whoever had a copy could be somebody else with them."""
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model._meta.managed and not model._meta.proxy and not issubclass(model, Session)
    ]


def row_counts(alias: str) -> dict[str, int]:
    """Table → number of its rows. The database may be older than the application: a table that is yet to come has none."""
    present = set(connections[alias].introspection.table_names())
    kept = [model for model in kept_models() if model._meta.db_table in present]
    return {model._meta.db_table: model._base_manager.using(alias).count() for model in kept}


def note_run(job: str, *, succeeded: bool, note: str) -> None:
    """JobRun.record, also in a database that is yet to get its table."""
    if JobRun._meta.db_table in connections[DEFAULT_DB_ALIAS].introspection.table_names():
        JobRun.record(job, succeeded=succeeded, note=note)


def applied_migrations(alias: str) -> list[str]:
    """What was applied of the apps that are installed, as "app.name"."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    installed = {config.label for config in apps.get_app_configs()}
    return sorted(f"{app}.{name}" for app, name in applied if app in installed)


def unknown_migrations(applied: list[str]) -> list[str]:
    """Those of a newer version of the application than this one."""
    known = {
        f"{app}.{name}"
        for app, name in MigrationExecutor(connections[DEFAULT_DB_ALIAS]).loader.disk_migrations
    }
    replaced = {app for app, _ in (name.split(".", 1) for name in known)}
    return [name for name in applied if name.split(".", 1)[0] in replaced and name not in known]


def waiting_migrations(alias: str) -> list[str]:
    """What this version of the application still has to apply."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def holds_records(alias: str) -> list[str]:
    """Tables of ours with rows in a database that should be empty; the notes on regular jobs don't count."""
    present = set(connections[alias].introspection.table_names())
    ours = [
        model for model in kept_models() if model._meta.app_label == "measurement" and model is not JobRun
    ]
    return [
        model._meta.db_table
        for model in ours
        if model._meta.db_table in present and model._base_manager.using(alias).exists()
    ]


def django_in(address: str, *words: str) -> str:
    """A command of ours in a process of its own, whose one database is this one: migrations and checks speak to the default one only."""
    environment = {**os.environ, "DATABASE_URL": address}
    command = [sys.executable, "-m", "django", *words]
    # fixed command without a shell; the address goes in by the environment
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotDone(f"{words[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
