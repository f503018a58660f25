"""Many people on many offices for a long time: `python -m tests.bench.soak --minutes 30 --people 200`, on PostgreSQL of its own or that of DATABASE_URL.

People save and think for 5 to 20 seconds, in slices of a few minutes; of each slice the slowest twentieth, errors, CPU and memory are told. It ends with
1 when anything was lost, went wrong, was too slow (p95 by the clock on the wall: on a quiet machine), or when memory grew.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.__main__ import machine
from tests.bench.places import POSTGRESQL, Place, Places
from tests.bench.rows.saving import EVERY_TWENTIETH, SLOWEST, THOUGHTS, lost_of, prepared, run
from tests.bench.rows.worker_memory import MOST
from tests.bench.serving import BenchServer
from tests.bench.watching import Watch
from tests.bench.worker import ROOT

SLICE = 300  # seconds


@dataclass(frozen=True)
class Slice:
    """What a few minutes came to; memory in MiB, as the server's processes had it at most."""

    saves: int
    usual: float
    slow: float
    errors: list[str]
    cpu: float
    memory: float

    def line(self, seconds: float) -> str:
        return (
            f"{self.saves} saves, median {self.usual:.2f} s, p95 {self.slow:.2f} s, {len(self.errors)} errors, "
            f"CPU {self.cpu / seconds:.2f} cores, memory {self.memory:.0f} MiB, load {os.getloadavg()[0]:.1f}"
        )


def soak(place: Place, people: int, seconds: int) -> tuple[list[Slice], int]:
    """The slices, and how many rows hold something else than their owners were told."""
    sessions, found = prepared(place, people), []
    with BenchServer(place) as server:
        for begin in range(0, seconds, SLICE):
            length = min(SLICE, seconds - begin)
            order = {"port": server.port, "people": sessions, "bare": False, "saves": 0}
            before = server.cpu()
            with Watch(server.process.pid, with_root=True) as watch:
                said = run({**order, "thinks": THOUGHTS, "seconds": length})
            times, sessions = said["times"], said["people"]
            slow = quantiles(times, n=EVERY_TWENTIETH + 1)[-1]
            cpu = server.cpu() - before
            found.append(Slice(len(times), median(times), slow, said["errors"], cpu, watch.memory))
            print(f"  until minute {(begin + length) / 60:.0f}: {found[-1].line(length)}", flush=True)
    return found, lost_of(place, sessions)


def faults(found: list[Slice], lost: int) -> list[str]:
    errors = [error for one in found for error in one.errors]
    said = [f"{lost} lost"] if lost else []
    said += [f"{len(errors)} errors, the first: {errors[0]}"] if errors else []
    said += [f"p95 over {SLOWEST} s"] if max(one.slow for one in found) > SLOWEST else []
    grown = found[-1].memory / found[0].memory
    return said + ([f"memory grew {grown:.2f} ×"] if grown > MOST else [])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--size", default="M")
    given = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        again = [sys.executable, "tests/support/with_postgres.py", sys.executable, "-m", "tests.bench.soak"]
        return subprocess.run([*again, *sys.argv[1:]], cwd=ROOT).returncode
    places = Places(POSTGRESQL, server)
    place = places.copy(given.size)
    begun = time.strftime("%Y-%m-%d %H:%M")
    print(
        f"{given.people} people on {given.size} for {given.minutes:g} minutes, {begun}, {machine()}",
        flush=True,
    )
    try:
        found, lost = soak(place, given.people, round(given.minutes * 60))
    finally:
        places.drop(place)
    wrong = faults(found, lost)
    print(f"  {'; '.join(wrong) or '0 lost, 0 errors'}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
