"""Installations of each size, built once for the sources that make them and copied for whatever is measured: database, files, static files."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.bench.worker import ROOT, Worker
from tests.support.template_database import fingerprint

Order = tuple[str, dict]  # a task, and what it is given

# size → the one it is made of, and what is done to that
SIZES: dict[str, tuple[str, Sequence[Order]]] = {
    "S": ("", [("first_office:demonstration", {})]),
    "S80": ("S", [("stages:long_sheet", {})]),
    # one office with as many indicators as worksheets of 500, 2,000 and 20,000 rows have
    "W7": ("S", [("copying:wider_plan", {"count": 6})]),
    "W28": ("S", [("copying:wider_plan", {"count": 27})]),
    "W282": ("S", [("copying:wider_plan", {"count": 281})]),
    "M4": ("S", [("copying:offices", {"count": 3})]),
    "M": (
        "S",
        [
            ("copying:offices", {"count": 69}),
            ("stages:add_member", {"username": "di-70", "count": 70}),
            ("stages:add_member", {"username": "di-1", "count": 1}),
        ],
    ),
    "L": (
        "S",
        [
            ("stages:more_indicators", {}),
            ("copying:earlier_quarters", {}),
            ("copying:offices", {"count": 6999}),
            ("stages:add_member", {"username": "di-1000", "count": 1000}),
            ("stages:add_member", {"username": "di-70", "count": 70}),
            ("stages:add_member", {"username": "di-1", "count": 1}),
        ],
    ),
}
SQLITE, POSTGRESQL = "sqlite", "postgresql"


@cache
def made_of(size: str) -> str:
    """A digest of the sources that make an installation of this size: of the demonstration alone, or also of what is done to it."""
    folder = Path(__file__).parent
    sources = [*(ROOT / "measurement" / "management" / "demo").rglob("*.py"), folder / "first_office.py"]
    if SIZES[size][0]:
        sources += [folder / "stages.py", folder / "copying.py"]
    digest = hashlib.sha256(fingerprint().encode() + repr(SIZES[size]).encode())
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def static_files() -> Path:
    """As they are served: with their hashes and compressed."""
    digest = hashlib.sha256()
    for path in sorted(path for path in (ROOT / "static").rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(ROOT)}".encode() + path.read_bytes())
    folder = ROOT / "var" / "bench" / f"static-{digest.hexdigest()[:16]}"
    if not (folder / "ready").exists():
        environment = environment_of("sqlite://:memory:", folder.with_name("media"), folder)
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        (folder / "ready").touch()
    return folder


def environment_of(address: str, media: Path, static: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SAKIP_ENV": os.devnull,
        "SECRET_KEY": "only-for-the-bench-" + "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "false",
        "DEMONSTRATION": "true",
        "JOBS_AT_ONCE": "true",
        "DATABASE_URL": address,
        "MEDIA_ROOT": str(media),
        "STATIC_ROOT": str(static),
        "DOCS_ROOT": os.devnull,
        "BENCH_LOG": str(ROOT / "var" / "bench" / "log"),
        "PYTHONHASHSEED": "0",
    }


@dataclass(frozen=True)
class Place:
    """One installation."""

    name: str
    address: str
    media: Path

    @property
    def environment(self) -> dict[str, str]:
        return environment_of(self.address, self.media, static_files())

    def worker(self) -> Worker:
        return Worker(self.environment)

    def do(self, orders: Sequence[Order]) -> None:
        """Each in a process of its own."""
        for task, given in orders:
            with self.worker() as worker:
                worker.ask(task, **given)


class Places:
    """The installations on one kind of database; `server` is PostgreSQL's address."""

    def __init__(self, vendor: str, server: str = ""):
        self.vendor, self.server = vendor, server
        self.number = 0

    def original(self, size: str) -> Place:
        """The installation of this size, to be copied or read from: nothing is written to it but what reading leaves, such as sessions."""
        place = self._place(size)
        if not self._is_ready(place):
            print(f"  {size} is being made", flush=True)
            self._make(size, place)
        return place

    def prepare(self, *sizes: str) -> None:
        """Before any of them is opened: PostgreSQL copies no database that somebody reads."""
        for size in sizes:
            self.original(size)

    def copy(self, size: str) -> Place:
        """One that may be written to."""
        self.number += 1
        source = self.original(size)
        place = self._place(size, f"-{os.getpid()}-{self.number}")
        self._copy(source, place)
        return place

    def drop(self, place: Place) -> None:
        if self.vendor == SQLITE:
            shutil.rmtree(self._file(place).parent)
        else:
            self._server(f'DROP DATABASE "{place.name}" WITH (FORCE)')
            shutil.rmtree(place.media.parent, ignore_errors=True)

    def _place(self, size: str, extra: str = "") -> Place:
        name = f"{size.lower()}-{made_of(size)}{extra}"
        folder = ROOT / "var" / "bench" / f"{self.vendor}-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        address = f"sqlite:///{folder / 'sakip.sqlite3'}"
        if self.vendor == POSTGRESQL:
            address = urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))
        return Place(name, address, folder / "media")

    def _make(self, size: str, place: Place) -> None:
        source, orders = SIZES[size]
        self._clear(size, place)
        if source:
            self._copy(self.original(source), place)
        elif self.vendor == POSTGRESQL:
            self._move(Places(SQLITE).original(size), place)
            orders = []
        try:
            place.do(orders)
        except BaseException:
            self.drop(place)
            raise
        self._tidy(place)
        (place.media.parent / "ready").write_text(self.server)

    def _clear(self, size: str, place: Place) -> None:
        """What was made of other sources goes, and what was not made to its end."""
        folder = place.media.parent
        for older in folder.parent.glob(f"{self.vendor}-{size.lower()}-*"):
            if older == folder or not older.name.startswith(folder.name):
                shutil.rmtree(older)
        folder.mkdir()

    def _is_ready(self, place: Place) -> bool:
        """A server of PostgreSQL lives as long as one run, and its databases with it."""
        said = place.media.parent / "ready"
        return said.exists() and said.read_text() == self.server

    def _copy(self, source: Place, target: Place) -> None:
        if self.vendor == SQLITE:
            names = (self._file(source), self._file(target))
            with closing(sqlite3.connect(names[0])) as one, closing(sqlite3.connect(names[1])) as other:
                one.backup(other)
        else:
            self._server(f'CREATE DATABASE "{target.name}" TEMPLATE "{source.name}"')
        shutil.copytree(source.media, target.media, dirs_exist_ok=True, copy_function=os.link)

    def _move(self, source: Place, target: Place) -> None:
        self._server(f'CREATE DATABASE "{target.name}"')
        source.do([("first_office:move", {"source": source.address, "target": target.address})])
        shutil.copytree(source.media, target.media, dirs_exist_ok=True)

    def _tidy(self, place: Place) -> None:
        """SQLite: one file without a log beside it. PostgreSQL: with the statistics that it soon has by itself."""
        if self.vendor == SQLITE:
            with closing(sqlite3.connect(self._file(place))) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            place.do([("stages:analyze", {})])

    def _server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    @staticmethod
    def _file(place: Place) -> Path:
        return Path(place.address.removeprefix("sqlite:///"))
