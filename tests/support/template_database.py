"""The empty test database as a file, made once by the migrations and copied by every worker of every run until something of it changes."""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import axes
import django
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
MADE_OF = (
    ROOT / "measurement" / "models",
    ROOT / "measurement" / "migrations",
    ROOT / "measurement" / "rules",
)


def fingerprint() -> str:
    """What the database is made of: models, migrations and triggers, what they read from the rules, and the versions of the apps beside ours."""
    digest = hashlib.sha256(f"{sys.version} {django.__version__} {axes.__version__}".encode())
    sources = [ROOT / "measurement" / "apps.py", ROOT / "sakip" / "settings.py"]
    for path in sorted([*sources, *(path for folder in MADE_OF for path in folder.rglob("*.py"))]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def template() -> Path:
    """The template of today's sources. One of several workers makes it, in a process of its own; older ones are deleted."""
    folder = ROOT / "var" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    found = folder / f"empty-{fingerprint()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            for older in folder.glob("empty-*"):
                older.unlink()
            _make(found)
    return found


def _make(found: Path) -> None:
    unfinished = found.with_suffix(".unfinished")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sakip.test_settings",
        "DATABASE_URL": f"sqlite:///{unfinished}",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    with sqlite3.connect(unfinished) as made:
        made.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    made.close()
    unfinished.rename(found)


def load_template() -> None:
    """The test database in memory becomes a copy of the template; the connection has to be closed."""
    name = connection.creation._get_test_db_name()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    source = sqlite3.connect(template())
    source.backup(connection.connection)
    source.close()
