"""The application as gunicorn serves it, on loopback, with the CPU that its processes and those of PostgreSQL use."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from tests.bench.places import Place
from tests.bench.worker import ROOT

START_SECONDS = 120
TICKS = os.sysconf("SC_CLK_TCK")


def flags(bind: str) -> list[str]:
    """Those with which `manage.py serve` runs it."""
    from measurement.management.commands import serve

    return serve.flags(bind)


class BenchServer:
    """Two workers with four threads each, as an office has it."""

    def __init__(self, place: Place):
        self.place = place

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with self.place.worker() as worker:
            given = worker.ask("serving:flags", bind=f"127.0.0.1:{self.port}")
        command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "tests.bench.wsgi", *given]
        environment = self.place.environment
        with Path(environment["BENCH_LOG"]).open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self._wait()
        return self

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/masuk/").close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.2)
        self.__exit__()
        raise OSError("gunicorn did not begin to answer")

    def __exit__(self, *exception) -> None:
        self.process.terminate()
        self.process.wait(timeout=90)

    def cpu(self) -> float:
        """CPU seconds so far, of the server and its workers, and of all processes of PostgreSQL."""
        used = tree_cpu(self.process.pid)
        if self.place.address.startswith("postgres"):
            used += tree_cpu(_postmaster(self.place))
        return used


def _postmaster(place: Place) -> int:
    import psycopg

    with psycopg.connect(place.address) as connection:
        (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone()
        return _stat(pid)[1]


def _stat(pid: int) -> tuple[float, int]:
    """CPU seconds of a process and of its children that ended, and its parent."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS, int(fields[1])


def own_cpu(pid: int) -> float:
    """CPU seconds of a process without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:13]) / TICKS


def tree_cpu(root: int) -> float:
    """CPU seconds of a process and all below it, alive or gone."""
    try:
        return sum(_stat(pid)[0] for pid in tree(root))
    except (
        FileNotFoundError,
        ProcessLookupError,
    ):  # one of them ended meanwhile: its time is its parent's now
        _stat(root)
        return tree_cpu(root)


def tree(root: int) -> list[int]:
    """A process and all below it that are alive."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = _stat(int(entry.name))[1]
            except OSError:
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found
