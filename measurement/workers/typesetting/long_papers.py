"""A long paper: its parts set beside each other in processes of their own, then bound. No process holds more than one part as boxes."""

import ctypes
import json
import os
import signal
import traceback
from collections.abc import Callable
from functools import partial
from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement

from weasyprint.formatting_structure.boxes import MarginBox

from .binding import PlacedPage, bound
from .house_style import FONTS, HouseText
from .writing import Enclosure, write

AT_ONCE = min(2, len(os.sched_getaffinity(0)))  # web workers have work, too
NUMBER_BOX = "@bottom-right"
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def long_paper(parts: list[Element], pictures: dict[str, bytes], enclosure: Enclosure) -> bytes:
    tasks = [
        partial(_set_part, number, part, pictures, Enclosure() if number else enclosure)
        for number, part in enumerate(parts)
    ]
    said, files = zip(*(made.split(b"\n", 1) for made in _beside_each_other(tasks)), strict=True)
    pages = [PlacedPage(*page) for one in said for page in json.loads(one)]
    return bound(list(files), pages, _numbers(parts[0], [page.name for page in pages]))


def _set_part(number: int, part: Element, pictures: dict[str, bytes], enclosure: Enclosure) -> bytes:
    """A line of JSON with what there is to know of the pages, and the PDF of these, without their numbers."""
    document = HouseText(part, pictures).laid_out()
    if number:
        del document.pages[0]
    known = [(page._page_box.page_type.name, page.height, page.bookmarks) for page in document.pages]
    for page in document.pages:
        box = page._page_box
        box.children = [
            child
            for child in box.children
            if not (isinstance(child, MarginBox) and child.at_keyword == NUMBER_BOX)
        ]
    return json.dumps(known).encode() + b"\n" + write(document, enclosure, number)


def _numbers(first: Element, names: list[str]) -> bytes:
    """A file with nothing but the number on each of so many pages, by the same rules."""
    root = Element("html", first.attrib)
    root.extend(first.findall("head"))
    body = SubElement(root, "body")
    for number, name in enumerate(names):
        SubElement(body, "div", style=f"page: {name or 'auto'}; break-before: {'page' if number else 'auto'}")
    text = HouseText(root, {})
    return text.render(font_config=FONTS, stylesheets=text.sheets).write_pdf()


def _beside_each_other(tasks: list[Callable[[], bytes]]) -> list[bytes]:
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
