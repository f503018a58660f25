"""A long paper: its parts set beside each other in processes of their own, then bound. No process holds more than one part as boxes."""

import ctypes
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from typing import BinaryIO
from xml.etree.ElementTree import Element

from .binding import bound
from .house_style import HouseText
from .loosening import loosened
from .writing import Enclosure

AT_ONCE = min(2, len(os.sched_getaffinity(0)))  # web workers have work, too
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def long_paper(parts: list[Element], pictures: dict[str, bytes], enclosure: Enclosure) -> bytes:
    tasks = [partial(_set_part, number, part, pictures) for number, part in enumerate(parts)]
    return bound(parts[0], _beside_each_other(tasks), enclosure)


def _set_part(number: int, part: Element, pictures: dict[str, bytes]) -> bytes:
    document = HouseText(part, pictures).laid_out()
    if number:
        del document.pages[0]  # that which only keeps the next from being the first
    return loosened(document, number)


def _beside_each_other(tasks: Sequence[Callable[[], bytes]]) -> list[bytes]:
    """What the tasks give, each in a child of this process; they end with it. ChildProcessError if one fails."""
    running: set[int] = set()
    files: list[BinaryIO] = []
    parent = os.getpid()
    for task in tasks:
        if len(running) == AT_ONCE:
            _wait_for_one(running)
        file = open(os.memfd_create("part"), "w+b")  # noqa: SIM115 – _read closes it
        files.append(file)
        if (child := os.fork()) == 0:
            _work(task, file, parent)
        running.add(child)
    while running:
        _wait_for_one(running)
    return [_read(file) for file in files]


def _work(task: Callable[[], bytes], file: BinaryIO, parent: int) -> None:
    """Never comes back."""
    try:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:
            file.write(task())
            file.flush()
            os._exit(0)
    except BaseException:  # whatever ended it is told, and ends with it
        traceback.print_exc()
    os._exit(1)


def _wait_for_one(running: set[int]) -> None:
    child, status = os.wait()
    running.remove(child)
    if status:
        raise ChildProcessError(f"a part ended with {status}")


def _read(file: BinaryIO) -> bytes:
    with file:
        file.seek(0)
        return file.read()
