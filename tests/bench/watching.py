"""What a process and all that it starts use while something is done: CPU seconds, and the most memory at one time. Looked at from outside, many times a
second, since a process that is gone tells nobody."""

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.bench.serving import own_cpu, tree

EVERY = 0.04


class Watch:
    """`cpu` of the whole tree from here on; `memory`: the most MiB at one time of all below the root, or also of the root, a shared page counted once."""

    def __init__(self, root: int, with_root: bool = False):
        self.root, self.with_root = root, with_root
        self.begun, self.seen = {}, {}
        self.most = 0.0
        self.over = threading.Event()

    def __enter__(self) -> Self:
        self.begun = self._cpu_of(tree(self.root))
        self.seen = dict(self.begun)
        self.thread = threading.Thread(target=self._look)
        self.thread.start()
        return self

    def __exit__(self, *exception) -> None:
        self._once()
        self.over.set()
        self.thread.join()

    @property
    def cpu(self) -> float:
        return sum(self.seen.values()) - sum(self.begun.values())

    @property
    def memory(self) -> float:
        return self.most

    def _look(self) -> None:
        while not self.over.is_set():
            self._once()
            time.sleep(EVERY)

    def _once(self) -> None:
        pids = tree(self.root)
        self.seen |= self._cpu_of(pids)
        self.most = max(self.most, sum(_memory_of(pid) for pid in pids if self.with_root or pid != self.root))

    @staticmethod
    def _cpu_of(pids: list[int]) -> dict[int, float]:
        found = {}
        for pid in pids:
            with suppress(OSError):
                found[pid] = own_cpu(pid)
        return found


def _memory_of(pid: int) -> float:
    """MiB, a page that several share in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0)
