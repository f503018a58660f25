"""A process with an installation of its own, which is asked to do things and says what they cost."""

import json
import os
import subprocess
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]


class TaskFailed(Exception):
    """What was asked for broke off; the message is its traceback."""


class Worker:
    """Asked in one process for functions that run in another."""

    def __init__(self, environment: dict[str, str]):
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.worker"]
        with Path(environment["BENCH_LOG"]).open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )

    def ask(self, task: str, **given: Any) -> Any:
        """What `tests.bench.<module>:<function>` gives for these values (JSON both ways)."""
        self.process.stdin.write(json.dumps({"task": task, "given": given}).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise TaskFailed(f"{task}: the process ended, {self.process.wait()}")
        said = json.loads(line)
        if "failed" in said:
            raise TaskFailed(f"{task}: {said['failed']}")
        return said["answer"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception) -> None:
        self.process.stdin.close()
        self.process.wait()


def serve() -> None:
    """The other side: a line for each order; whatever tasks print goes to the log."""
    orders, answers = sys.stdin, os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    import django

    from tests.bench.clock import READ, set_clock

    set_clock(READ)
    django.setup()
    for line in orders:
        order = json.loads(line)
        module, function = order["task"].split(":")
        try:
            said = {"answer": getattr(import_module(f"tests.bench.{module}"), function)(**order["given"])}
        except Exception:
            said = {"failed": traceback.format_exc()}
        print(json.dumps(said), file=answers)


if __name__ == "__main__":
    serve()
