"""Installations of their own, each a database and a folder of files, kept by commands in processes of their own as an administrator keeps them.

`python -m tests.support.installations` fills the one that the environment describes: an archived cycle with its package.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import django
from django.db import connection

from tests.support.browser import ROOT, environment


@dataclass(frozen=True)
class Installation:
    folder: Path
    address: str

    def command(self, *words: str, **settings: str) -> subprocess.CompletedProcess:
        own = {
            "DATABASE_URL": self.address,
            "BACKUP_DIR": str(self.folder / "nightly"),
            "PYTHONPATH": str(ROOT),
        }
        found = environment(self.folder) | own | settings
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=found, capture_output=True, text=True, check=False
        )

    def manage(self, *words: str) -> str:
        done = self.command("manage.py", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *words: str, **settings: str) -> str:
        done = self.command("manage.py", *words, **settings)
        assert done.returncode == 1, done.stdout
        return done.stderr

    def filled(self) -> "Installation":
        done = self.command("-m", "tests.support.installations")
        assert done.returncode == 0, done.stderr
        return self


@contextmanager
def spare_installation(
    folder: Path, vendor: str = connection.vendor, *, migrated: bool = False
) -> Iterator[Installation]:
    """An empty place on a database of this kind; with all tables, if asked, copied from the tests' own database, which takes no time."""
    folder.mkdir()
    if vendor == "sqlite":
        if migrated:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / "sakip.sqlite3")])
        yield Installation(folder, f"sqlite:///{folder / 'sakip.sqlite3'}")
        return
    import psycopg  # noqa: PLC0415 – installed only where PostgreSQL is used

    name, server = f"spare_{uuid4().hex}", connection.settings_dict
    template = f"TEMPLATE {server['NAME']}" if migrated else ""
    if migrated:
        connection.close()  # a template may have no visitors
    place = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}"
    with psycopg.connect(f"postgres://{place}/postgres", autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name} {template}")
        try:
            yield Installation(folder, f"postgres://{place}/{name}")
        finally:
            session.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fill() -> None:
    """An office whose first quarter is archived and whose second is begun; its papers are a few bytes each."""
    django.setup()
    # models can be imported only now
    from django.core.management import call_command  # noqa: PLC0415 – see above

    from measurement.papers import render  # noqa: PLC0415 – see above
    from tests.support.archives import packaged  # noqa: PLC0415 – see above
    from tests.support.characters import office, open_cycle  # noqa: PLC0415 – see above

    call_command("migrate", verbosity=0)
    render.render_pdf = lambda kind, content: f"%PDF-1.7 {content['number']}".encode()
    made = office()
    packaged(made)
    open_cycle(made, 2)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")
    fill()
