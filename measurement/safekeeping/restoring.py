"""Putting a backup back, into an empty place only: proved first, then files, then the database, which is migrated if it is older.

The triggers that guard history come with the copy of the database: in SQLite's file they are, and pg_restore makes them after the rows.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from measurement.files import bucket
from measurement.models.trigger_upkeep import differing_triggers, take_triggers_off

from .copying import server_environment, server_program
from .databases import (
    NEWER,
    NotDone,
    django_in,
    holds_records,
    opened,
    sqlite_address,
    unknown_migrations,
)
from .manifest import FILES, FORMAT, POSTGRESQL, SQLITE, Manifest, check_content, manifest_in, secret_mark
from .moving import move_rows
from .sealing import CONTENT, unseal

NOT_EMPTY = "Basis data ini sudah berisi data ({tables}). Cadangan hanya dipulihkan ke tempat kosong."
MEDIA_IN_USE = "MEDIA_ROOT ({place}) sudah berisi berkas. Cadangan hanya dipulihkan ke tempat kosong."
OTHER_KIND = (
    "Cadangan ini berasal dari PostgreSQL. Pulihkan ke PostgreSQL, lalu pindahkan dengan move_database."
)
NO_PROGRAM = "pg_restore tidak ada. Pasang paket postgresql-client, lalu ulangi."
COUNTS = "Jumlah baris sesudah dipulihkan tidak sama dengan yang tercatat: {tables}."
NO_TRIGGERS = "Pemicu pelindung arsip tidak lengkap sesudah dipulihkan: {names}."


@contextmanager
def unlocked(place: Path, passphrase: str = "", identity: Path | None = None) -> Iterator[Path]:
    """The readable folder of a backup, opened beside it while the block lasts if it is locked."""
    if not (place / CONTENT).is_file():
        yield place
        return
    with tempfile.TemporaryDirectory(prefix=".terbuka-", dir=Path(settings.MEDIA_ROOT).parent) as workshop:
        unseal(place, Path(workshop), passphrase, identity)
        yield Path(workshop)


def restore(folder: Path, tell: Callable[[str], None]) -> Manifest:
    """Everything of a backup is here afterwards, or nothing of it."""
    manifest = manifest_in(folder)
    if manifest.format > FORMAT or unknown_migrations(manifest.migrations):
        raise NotDone(f"Cadangan ini {NEWER}")
    _check_place(manifest)
    check_content(folder, manifest)
    tell(f"Cadangan {manifest.made_at} utuh: {len(manifest.files)} berkas dan basis data sesuai SHA-256.")
    media = Path(settings.MEDIA_ROOT)
    try:
        _put_files(folder, manifest, media)
        _put_database(folder / manifest.database.path, manifest)
    except BaseException:
        for kept in manifest.files:
            (media / kept.path).unlink(missing_ok=True)
            (media / Path(kept.path).relative_to(FILES)).unlink(missing_ok=True)
        raise
    tell(
        f"Dipulihkan: {manifest.rows} baris dalam {len(manifest.counts)} tabel, {len(manifest.files)} berkas."
    )
    if manifest.secret != secret_mark():
        tell(
            "PERHATIAN: SIGNING_SECRET berbeda dari saat dicadangkan; kunci tanda tangan tidak akan terbuka."
        )
    return manifest


def _check_place(manifest: Manifest) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite" and manifest.database.path == POSTGRESQL:
        raise NotDone(OTHER_KIND)
    if tables := holds_records(DEFAULT_DB_ALIAS):
        raise NotDone(NOT_EMPTY.format(tables=", ".join(tables)))
    media = Path(settings.MEDIA_ROOT)
    if media.exists() and any(path.is_file() for path in media.rglob("*")):
        raise NotDone(MEDIA_IN_USE.format(place=media))


def _put_files(folder: Path, manifest: Manifest, media: Path) -> None:
    for kept in manifest.files:
        target = media / Path(kept.path).relative_to(FILES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / kept.path, target)
        if bucket.is_used():
            bucket.put(str(target.relative_to(media)), target)
    os.sync()


def _put_database(copy: Path, manifest: Manifest) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if manifest.database.path == POSTGRESQL:
        _restore_dump(copy)
    elif connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as source:
            connection.ensure_connection()
            source.backup(connection.connection)
        connection.close()
    else:
        _restore_rows(copy)
        return
    found = row_counts_of(manifest)
    unequal = [table for table, count in manifest.counts.items() if found.get(table, count) != count]
    if unequal:
        raise NotDone(COUNTS.format(tables=", ".join(unequal)))
    call_command("migrate", verbosity=0)
    if names := differing_triggers(connections[DEFAULT_DB_ALIAS]):
        raise NotDone(NO_TRIGGERS.format(names=", ".join(names)))


def row_counts_of(manifest: Manifest) -> dict[str, int]:
    """Rows of the tables that the backup counted; an older one has fewer tables and columns than the models."""
    connection, found = connections[DEFAULT_DB_ALIAS], {}
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in manifest.counts:
            if table in present:
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
                (found[table],) = cursor.fetchone()
            else:
                found[table] = 0
    return found


def _restore_dump(copy: Path) -> None:
    program = server_program("pg_restore")
    if program is None:
        raise NotDone(NO_PROGRAM)
    connection = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic(), connection.cursor() as cursor:
        # nothing but what migrations made (looked at before): the dump brings its own
        take_triggers_off(connection)
        for table in connection.introspection.table_names():
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    environment = server_environment(DEFAULT_DB_ALIAS)
    command = [program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    command += [f"--dbname={environment['PGDATABASE']}", str(copy)]
    # fixed command without a shell
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotDone(f"pg_restore: {done.stderr.strip()}")
    connection.close()


def _restore_rows(copy: Path) -> None:
    """A copy in SQLite's form into PostgreSQL, brought up to date on a copy of its own."""
    with tempfile.TemporaryDirectory(prefix=".terbuka-", dir=Path(settings.MEDIA_ROOT).parent) as workshop:
        current = Path(workshop) / SQLITE
        shutil.copyfile(copy, current)
        django_in(sqlite_address(current), "migrate", "--verbosity", "0")
        call_command("migrate", verbosity=0)
        with opened(sqlite_address(current), "restore_source", read_only=True) as source:
            move_rows(source, DEFAULT_DB_ALIAS)
