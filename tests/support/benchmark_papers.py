"""What papers cost: CPU seconds and peak memory of the worker for the demonstration office's final report and for long worksheets.

Run by hand, on a quiet machine, with the settings of a database that holds the demonstration office (`manage.py load_demo`):

    python -m tests.benchmark_papers [kind] [rows ...]

Without arguments it prints the report and the measurement sheet with 60, 300 and 2,000 rows. pytest doesn't collect it: it asserts nothing.
"""

import multiprocessing
import os
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")  # here, because every process needs it


def main() -> None:
    django.setup()
    kind, *rows = sys.argv[1:] or ("kertas_kerja_pengukuran", "60", "300", "2000")
    cases = [("laporan_hasil", 0), *((kind, int(number)) for number in rows)]
    context = multiprocessing.get_context("spawn")
    for name, number in cases:
        with ProcessPoolExecutor(
            1, mp_context=context
        ) as alone:  # a process each: peak memory is that of its only child
            seconds, megabytes, size = alone.submit(measure, name, number).result()
        print(
            f"{name:26} {f'{number} rows' if number else 'as issued':>10} {seconds:6.2f} s CPU {megabytes:5} MiB peak {size:6} KiB file"
        )


def measure(kind: str, rows: int) -> tuple[float, int, int]:
    """CPU seconds and peak memory of the worker in MiB, and size of the file in KiB."""
    django.setup()
    from measurement.models import Paper
    from measurement.papers import KINDS
    from measurement.papers.render import render_pdf

    content = Paper.objects.filter(kind=kind).earliest("pk").content
    if rows:
        content["groups"] = lengthened(content["groups"], rows)
    pdf = render_pdf(KINDS[kind], content)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, len(pdf) // 1024


def lengthened(groups: list[dict], rows: int) -> list[dict]:
    """The groups of a sheet repeated until they have so many rows."""
    found, repeated = [], cycle([group for group in groups if group["rows"]])
    while rows > 0:
        group = next(repeated)
        found.append(group | {"rows": list(islice(group["rows"], rows))})
        rows -= len(group["rows"])
    return found


if __name__ == "__main__":
    main()
