"""Workers that are processes of their own with limits of their own, and begin at once: what they need was imported before the order came.

A worker that is too slow, eats memory or dies takes nothing with it. `forking.py` is the process that waits for orders, one per kind of worker and per
process of ours; it is started by the first order, and goes when we go. As many work at once as there are processors; others wait for their turn. None is
ever used twice, so none grows.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from .forking import DONE

FORKING = Path(__file__).with_name("forking.py")
PIECE = 64
PROCESSORS = len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Done:
    """What came of an order. `well` only if the worker came to its end; what it answered before is there in any case."""

    well: bool
    late: bool
    answer: bytes
    complaint: bytes


@dataclass
class WarmWorker:
    """One kind of worker. `environment` is all that it knows of ours; `modules` are imported before the first order; `at_once` may work."""

    modules: Sequence[str]
    environment: Mapping[str, str]
    at_once: int = PROCESSORS
    lock: threading.Lock = field(default_factory=threading.Lock)
    turns: threading.Semaphore = field(init=False)
    owner: int = 0  # our process that started it: a fork of ours starts its own
    orders: socket.socket | None = None
    process: subprocess.Popen | None = None

    def __post_init__(self) -> None:
        self.turns = threading.Semaphore(self.at_once)

    def run(self, worker: str, argv: Sequence[str], source: bytes, seconds: float) -> Done:
        """Have a script (a path) or a module read `source` on stdin, for so many seconds by the clock from its turn on.
        OSError if no process can be had."""
        with self.turns, _file(source) as given, _file() as answer, _file() as complaint:
            ours, theirs = os.pipe()
            try:
                order = json.dumps({"worker": worker, "argv": list(argv)}).encode()
                self._send(order, [given.fileno(), answer.fileno(), complaint.fileno(), theirs])
            finally:
                os.close(theirs)
            with open(ours, "rb", buffering=0) as report:
                well, late = _ended(report, time.monotonic() + seconds)
            return Done(well, late, _content(answer), _content(complaint))

    def _send(self, order: bytes, files: list[int]) -> None:
        with self.lock:
            try:
                socket.send_fds(self._started(), [order], files)
            except OSError:  # it was ended from outside, so another one is started
                self.close()
                socket.send_fds(self._started(), [order], files)

    def _started(self) -> socket.socket:
        if self.owner != os.getpid():
            self.orders, self.owner = None, os.getpid()
            atexit.register(self.close)
        if self.orders is None:
            self.orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                # fixed command, no shell; a session of its own, so that no key pressed in a terminal reaches it
                self.process = subprocess.Popen(
                    [sys.executable, "-P", "-s", str(FORKING), str(theirs.fileno()), *self.modules],
                    env=dict(self.environment),
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        return self.orders

    def close(self) -> None:
        """It ends as soon as the socket says that nobody is there any more."""
        if self.orders and self.process and self.owner == os.getpid():
            self.orders.close()
            self.process.wait()
        self.orders = self.process = None


@contextmanager
def _file(content: bytes = b"") -> Iterator[BinaryIO]:
    """A file in memory, with this in it."""
    with open(os.memfd_create("sakip"), "w+b") as file:
        file.write(content)
        file.seek(0)
        yield file


def _content(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def _ended(report: BinaryIO, until: float) -> tuple[bool, bool]:
    """Wait for the worker's end: whether it ended well, and whether it was ended because it was late."""
    said = b""
    while select.select([report], [], [], max(0, until - time.monotonic()))[0]:
        piece = report.read(PIECE)
        if not piece:
            return said.endswith(DONE), False
        said += piece
    if said:
        os.kill(int(said), signal.SIGKILL)
        report.read(PIECE)  # comes back when it is gone
    return False, True
