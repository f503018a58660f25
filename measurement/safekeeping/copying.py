"""The database as it was at one moment, as a file, and an alias under which that same moment can be asked."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connections

from .databases import NotDone, django_in, one_snapshot, opened, opened_again, sqlite_address
from .manifest import POSTGRESQL, SQLITE
from .moving import move_rows

SERVER_PROGRAMS = Path("/usr/lib/postgresql")
SESSIONS = Session._meta.db_table
BROKEN = "Salinan basis data tidak utuh: {said}"


@dataclass(frozen=True)
class Copy:
    """`alias` reads the moment of the copy."""

    name: str
    alias: str
    note: str = ""


@contextmanager
def copied_database(folder: Path) -> Iterator[Copy]:
    """Write the database below this folder while others go on writing to it."""
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        _copy_sqlite(folder / SQLITE)
        with opened(sqlite_address(folder / SQLITE), "copied", read_only=True) as alias:
            yield Copy(SQLITE, alias)
        return
    with opened_again("copied") as alias, one_snapshot(alias):
        program = server_program("pg_dump")
        if program:
            _dump(program, alias, folder / POSTGRESQL)
            yield Copy(POSTGRESQL, alias)
            return
    with opened_again("copied") as alias:
        _copy_rows(alias, folder / SQLITE)
    with opened(sqlite_address(folder / SQLITE), "copied", read_only=True) as alias:
        yield Copy(SQLITE, alias, "pg_dump tidak ada, jadi isinya disalin ke berkas SQLite dalam satu potret")


def server_program(name: str) -> str | None:
    """A program of PostgreSQL's: on the path, or that of the newest server installed here."""
    found = sorted(SERVER_PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(name) or (str(found[-1]) if found else None)


def server_environment(alias: str) -> dict[str, str]:
    """How its programs reach the database; a password never stands on a command line."""
    config = connections[alias].settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    return os.environ | {name: str(config[key]) for name, key in names.items() if config[key]}


def _copy_sqlite(target: Path) -> None:
    """All pages at once: page by page would begin anew with each write of others."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as made:
        connection.connection.backup(made)
        made.executescript(f"PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON; DELETE FROM {SESSIONS};")
        (said,) = made.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        raise NotDone(BROKEN.format(said=said))


def _dump(program: str, alias: str, target: Path) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone()
    command = [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
    command += [f"--exclude-table-data=*.{SESSIONS}", f"--file={target}"]
    # fixed command without a shell
    done = subprocess.run(command, env=server_environment(alias), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotDone(f"pg_dump: {done.stderr.strip()}")


def _copy_rows(alias: str, target: Path) -> None:
    django_in(sqlite_address(target), "migrate", "--verbosity", "0")
    with opened(sqlite_address(target), "copied_rows") as other:
        move_rows(alias, other)
    with closing(sqlite3.connect(target)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
