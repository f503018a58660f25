"""Commands that run again and again over all offices: the check of archives, reminders, and the start of any command."""

import os
import subprocess
import sys
from functools import partial

from tests.bench.places import Place, Places
from tests.bench.results import Result, at_most
from tests.bench.sampling import Sample, in_turns, ratio
from tests.bench.visiting import Counter, cpu
from tests.bench.watching import Watch
from tests.bench.worker import ROOT

OFFICES, SOME = 70, 4
SINCE = "2026-11-24"  # a week before the bench's day
MOST_OF_ARCHIVE, MOST_OF_REMINDERS, MOST_OF_CHECK = 180, 1, 1.3


def archives(places: Places, large: bool) -> list[Result]:
    """CPU of 1 and of 4 offices, and what that comes to with 70. Chains and papers of copies name the original, so that their faults are told, but
    everything of them is read and checked."""
    one, some = places.original("S"), places.original("M4")
    found = []
    for words, bound in (([f"--since={SINCE}"], at_most(MOST_OF_ARCHIVE, " s")), ([], None)):
        alone, four = in_turns(3, partial(_cost, one, words), partial(_cost, some, words))
        estimates = [
            few + (OFFICES - 1) * (more - few) / (SOME - 1) for few, more in zip(alone, four, strict=True)
        ]
        what = f"verify_archive {' '.join(words)}".strip()
        note = f"{alone[-1]:.1f} s for one office, {four[-1]:.1f} s for four"
        found.append(Result(f"{what}: CPU for {OFFICES} offices", bound, Sample.of(estimates), note))
    return found


def _cost(place: Place, words: list[str]) -> float:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "verify_archive", *words],
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with Watch(process.pid) as watch:
        process.wait()
    return watch.cpu


def reminders(places: Places, large: bool) -> list[Result]:
    """When everything that was due is written, and nothing more is."""
    place = places.copy("M")
    try:
        with place.worker() as worker:
            worker.ask("rows.commands:remind")
            runs = [worker.ask("rows.commands:remind") for _ in range(5)]
    finally:
        places.drop(place)
    seconds = Sample.of([used for used, _ in runs])
    asked = Sample.of([count for _, count in runs])
    return [
        Result("send_reminders, 70 offices, nothing due: CPU", at_most(MOST_OF_REMINDERS, " s"), seconds),
        Result("send_reminders, 70 offices, nothing due: queries", None, asked),
    ]


def remind() -> list:
    """CPU and queries of the command, in a process that is warm."""
    from django.core.management import call_command

    with Counter() as counted:
        begin = cpu()
        call_command("send_reminders")
        used = cpu() - begin
    return [used, counted.count]


def check(places: Places, large: bool) -> list[Result]:
    """`manage.py check` of the application, against Django alone with the same apps beside ours."""
    place = places.original("S")
    with place.worker() as worker:
        apps = worker.ask("rows.commands:apps_beside_ours")
    bare = {"DJANGO_SETTINGS_MODULE": "tests.bench.bare_settings", "BARE_APPS": " ".join(apps)}
    ours = {"DJANGO_SETTINGS_MODULE": "sakip.settings"}
    sample = ratio(5, lambda: _check(place, ours), lambda: _check(place, bare))
    return [Result("manage.py check ÷ bare Django with the same apps", at_most(MOST_OF_CHECK), sample)]


def _check(place: Place, more: dict[str, str]) -> float:
    begin = os.times()
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "check"],
        cwd=ROOT,
        env=place.environment | more,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = os.times()
    return end.children_user + end.children_system - begin.children_user - begin.children_system


def apps_beside_ours() -> list[str]:
    from django.conf import settings

    return [name for name in settings.INSTALLED_APPS if not name.startswith("measurement")]
