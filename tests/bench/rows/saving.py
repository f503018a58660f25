"""People who save at once: the worksheet's own save against the least that a save must do, behind the same middleware of the same servers."""

import json
import os
import subprocess
import sys
from statistics import quantiles

from tests.bench.places import Place, Places
from tests.bench.results import Result, at_least, at_most
from tests.bench.sampling import Sample
from tests.bench.serving import BenchServer
from tests.bench.worker import ROOT

# people → saves of each in one turn, turns
CROWDS = {30: (4, 3), 200: (1, 3), 1000: (1, 2)}
THINKING, THOUGHTS, MINUTE = 200, (5, 20), 60
LEAST, SLOWEST = 0.5, 3
EVERY_TWENTIETH = 19


def at_once(places: Places, large: bool) -> list[Result]:
    found = []
    place = places.copy("M")
    try:
        for people, (saves, turns) in CROWDS.items():
            found += crowd(place, people, saves, turns)
        found += thinking(place)
    finally:
        places.drop(place)
    return found


def crowd(place: Place, people: int, saves: int, turns: int) -> list[Result]:
    """So many at once, in turns with the bare update; the first turn warms up."""
    sessions = prepared(place, people)
    rates, costs, errors = [], [], []
    with BenchServer(place) as server:
        for turn in range(turns + 1):
            measured = {}
            for bare in (turn % 2 == 0, turn % 2 == 1):
                before = server.cpu()
                said = run({"port": server.port, "people": sessions, "saves": saves, "bare": bare})
                count = len(said["times"])
                measured[bare] = count / said["seconds"], (server.cpu() - before) / count
                sessions, errors = said["people"], errors + said["errors"]
            if turn:
                rates.append(measured[False][0] / measured[True][0])
                costs.append(measured[True][1] / measured[False][1])
    lost = lost_of(place, sessions)
    return [
        Result(
            f"{people} people: saves per second ÷ bare updates per second", at_least(LEAST), Sample.of(rates)
        ),
        Result(f"{people} people: CPU of a bare update ÷ CPU of a save", None, Sample.of(costs)),
        Result(f"{people} people: lost", at_most(0), Sample(lost, 0)),
        Result(f"{people} people: errors", at_most(0), Sample(len(errors), 0), errors[0] if errors else ""),
    ]


def thinking(place: Place) -> list[Result]:
    """How long one in twenty waits, of people who think between their saves. By the clock on the wall: it says something on a quiet machine only."""
    sessions = prepared(place, THINKING)
    with BenchServer(place) as server:
        order = {"port": server.port, "people": sessions, "bare": False, "saves": 0}
        said = run({**order, "thinks": THOUGHTS, "seconds": MINUTE})
    slow = quantiles(said["times"], n=EVERY_TWENTIETH + 1)[-1]
    lost = lost_of(place, said["people"])
    load = f"{len(said['times'])} saves, load of the machine {os.getloadavg()[0]:.1f}"
    return [
        Result(f"{THINKING} people who think for 5–20 s: p95", at_most(SLOWEST, " s"), Sample(slow, 0), load),
        Result(f"{THINKING} people who think: lost", at_most(0), Sample(lost, 0)),
        Result(
            f"{THINKING} people who think: errors",
            at_most(0),
            Sample(len(said["errors"]), 0),
            *said["errors"][:1],
        ),
    ]


def prepared(place: Place, people: int) -> list[dict]:
    with place.worker() as worker:
        return worker.ask("stages:open_rows", people=people)


def run(order: dict) -> dict:
    command = [sys.executable, "-m", "tests.bench.load"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(order), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def lost_of(place: Place, sessions: list[dict]) -> int:
    """Rows in which something else stands than what their owners were told."""
    with place.worker() as worker:
        kept = worker.ask("stages:kept_rows", rows=[one["row"] for one in sessions])
    return sum(kept[str(one["row"])] != [one["version"], one["value"]] for one in sessions)
