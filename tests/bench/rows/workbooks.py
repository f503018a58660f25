"""The worksheet as a workbook against the same values written bare, without a style."""

import os
from functools import cache, partial
from pathlib import Path

from tests.bench.places import Places
from tests.bench.results import Result, at_most
from tests.bench.sampling import Sample, in_turns

MOST = 1.5
# the office, how many rows its worksheet has, turns
SHEETS = (("S", 67, 7), ("W28", 2_000, 3), ("W282", 20_000, 1))


def sizes(places: Places, large: bool) -> list[Result]:
    found = []
    for size, rows, turns in SHEETS:
        with places.original(size).worker() as worker:
            ask = partial(worker.ask, "rows.workbooks:cost")
            both = in_turns(turns, partial(ask, bare=False), partial(ask, bare=True))
        for number, what in enumerate(("time", "memory")):
            ratios = [ours[number] / bare[number] for ours, bare in zip(*both, strict=True)]
            found.append(Result(f"{rows} rows ÷ bare values: {what}", at_most(MOST), Sample.of(ratios)))
    return found


@cache
def _sheet():
    from measurement.figures.calculation import calculate
    from measurement.models import MeasurementCycle
    from measurement.rules.sop import State

    return calculate(MeasurementCycle.objects.select_related("unit", "plan").get(state=State.PENGUKURAN))


def workbook() -> bytes:
    from measurement.spreadsheets.worksheet_export import worksheet_workbook

    return worksheet_workbook(_sheet())


@cache
def _values() -> list[tuple]:
    """What stands in the workbook, whatever wrote it."""
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook()), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def _bare() -> bytes:
    import io

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in _values():
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cost(bare: bool) -> list[float]:
    """CPU seconds, and MiB above what the process had before; in a child that ends with it."""
    _values()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, repr(_measured(_bare if bare else workbook)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        found = said.read()
    os.waitpid(child, 0)
    seconds, memory = found.strip("()").split(", ")
    return [float(seconds), float(memory)]


def _measured(write) -> tuple[float, float]:
    import time

    Path("/proc/self/clear_refs").write_text("5")  # the most of memory counts from here
    before, begin = _memory("VmRSS"), time.process_time()
    write()
    return time.process_time() - begin, max(_memory("VmHWM") - before, 0.1)


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))
