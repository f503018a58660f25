"""Measures on each database in turn, then writes docs/performance.md. Ends with 1 when a bound is missed by more than the spread, 2 when a row breaks."""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime

from tests.bench import report
from tests.bench.places import POSTGRESQL, SQLITE, Places
from tests.bench.results import Result
from tests.bench.table import ROWS
from tests.bench.worker import ROOT, TaskFailed

RESULTS = ROOT / "var" / "bench" / "results"
BROKEN = 2


def measure(vendor: str, only: list[str], large: bool) -> int:
    """Every row on one kind of database, each kept as soon as it is there."""
    places = Places(vendor, os.environ.get("DATABASE_URL", ""))
    broken = 0
    for row in ROWS:
        if vendor not in row.databases or (only and row.key not in only):
            continue
        begun = time.monotonic()
        print(f"{vendor} {row.key}", flush=True)
        results = []
        try:
            for result in row.results(places, large):
                print(f"  {report.line_of(result)}", flush=True)
                results.append(result)
        except (TaskFailed, OSError, subprocess.SubprocessError) as failure:
            print(f"  BROKEN: {failure}", flush=True)
            broken = BROKEN
            continue
        keep(vendor, row.key, results, time.monotonic() - begun)
    return broken


def keep(vendor: str, key: str, results: list[Result], seconds: float) -> None:
    RESULTS.mkdir(parents=True, exist_ok=True)
    said = {
        "database": vendor,
        "row": key,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "commit": commit(),
        "seconds": round(seconds),
        "results": [result.kept() for result in results],
    }
    (RESULTS / f"{vendor}-{key}.json").write_text(json.dumps(said, indent=1))


def machine() -> str:
    """Cores, memory, system and Python; no name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def commit() -> str:
    said = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return said.stdout.strip()


def both(databases: list[str], only: list[str], large: bool) -> int:
    """A process for each database; PostgreSQL's has a private server as long as it lasts."""
    broken = 0
    for vendor in databases:
        server = [sys.executable, "tests/support/with_postgres.py"] if vendor == POSTGRESQL else []
        command = [*server, sys.executable, "-m", "tests.bench", "--measure", vendor]
        command += ["--only", *only] if only else []
        command += ["--large"] if large else []
        broken = max(broken, subprocess.run(command, cwd=ROOT).returncode)
    report.write(RESULTS)
    return broken or report.missed(RESULTS, only)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", nargs="*", default=[SQLITE, POSTGRESQL])
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--as-before", action="store_true", help="keep what was measured as before.json")
    parser.add_argument("--measure", help="on this database alone, in this process")
    given = parser.parse_args()
    if given.as_before:
        report.keep_as_before(RESULTS)
        return 0
    if given.measure:
        return measure(given.measure, given.only, given.large)
    return both(given.databases, given.only, given.large)


if __name__ == "__main__":
    raise SystemExit(main())
