"""docs/performance.md: the table between two marks is written anew, all prose around it stays."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.bench.results import Result, shown
from tests.bench.table import ROWS
from tests.bench.worker import ROOT

PAGE = ROOT / "docs" / "performance.md"
BEFORE = Path(__file__).with_name("before.json")
BEGIN, END = "<!-- what `make bench` writes begins here -->", "<!-- and ends here -->"
HEAD = "| | before | bound | measured | |\n|---|---|---|---|---|\n"
VERDICTS = {"met": "met", "within": "within the spread", "missed": "**missed**", "skipped": "skipped", "": ""}


def measured(result: Result) -> str:
    if result.sample is None:
        return result.note
    unit = result.bound.unit if result.bound else ""
    figure = f"{shown(result.sample.value)} ± {shown(result.sample.spread)}{unit}"
    return f"{figure} ({result.note})" if result.note else figure


def line_of(result: Result) -> str:
    """For the console."""
    bound = f" (bound {result.bound})" if result.bound else ""
    return f"{result.what}: {measured(result)}{bound} {VERDICTS[result.verdict]}"


def read(folder: Path) -> dict[tuple[str, str], dict]:
    """(row, database) → what was kept of it."""
    kept = (json.loads(path.read_text()) for path in sorted(folder.glob("*.json")))
    return {(one["row"], one["database"]): one for one in kept}


def write(folder: Path) -> None:
    found = read(folder)
    page = PAGE.read_text()
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n\n{''.join(sections(found))}{END}{tail}")


def sections(found: dict[tuple[str, str], dict]) -> Iterator[str]:
    """A table for each row of the list, its lines for each database."""
    before = before_of()
    for row in ROWS:
        lines = [line for vendor in row.databases for line in _lines(found.get((row.key, vendor)), before)]
        if lines:
            yield f"### {row.what}\n\n{HEAD}{''.join(lines)}\n"
    yield f"{_when(found)}\n\n"


def _lines(kept: dict | None, before: dict[tuple[str, str, str], Result]) -> Iterator[str]:
    for result in map(Result.read, kept["results"] if kept else ()):
        old = before.get((kept["row"], kept["database"], result.what))
        cells = [
            f"{kept['database']}: {result.what}",
            measured(old) if old else "",
            str(result.bound or ""),
            measured(result),
            VERDICTS[result.verdict],
        ]
        yield f"| {' | '.join(cells)} |\n"


def _when(found: dict[tuple[str, str], dict]) -> str:
    """Rows may have been measured on different days: each day with its machine."""
    runs: dict[tuple, list[str]] = {}
    for (row, vendor), kept in found.items():
        runs.setdefault((kept["date"], kept["machine"], kept["commit"]), []).append(f"{row} ({vendor})")
    lines = [
        f"- {date}, {machine}, commit {commit}: {', '.join(rows)}"
        for (date, machine, commit), rows in sorted(runs.items())
    ]
    return "\n".join(["Measured on", "", *lines])


def keep_as_before(folder: Path) -> None:
    """What was measured last becomes what later figures stand beside."""
    BEFORE.write_text(json.dumps(list(read(folder).values()), indent=1, ensure_ascii=False) + "\n")


def before_of() -> dict[tuple[str, str, str], Result]:
    """What was measured before the work on speed, by row, database and what it is."""
    kept = json.loads(BEFORE.read_text()) if BEFORE.exists() else []
    return {
        (one["row"], one["database"], said["what"]): Result.read(said)
        for one in kept
        for said in one["results"]
    }


def missed(folder: Path, only: list[str]) -> int:
    """1 if a bound is missed by more than the spread, among the rows that were asked for."""
    kept = [one for (row, _), one in read(folder).items() if not only or row in only]
    results = [Result.read(said) for one in kept for said in one["results"]]
    for result in results:
        if result.verdict == "missed":
            print(f"MISSED {line_of(result)}")
    return int(any(result.verdict == "missed" for result in results))
