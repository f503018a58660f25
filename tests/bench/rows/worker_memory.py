"""Whether a worker of the server grows: its memory after many requests and reports against that after a hundred."""

from itertools import cycle, islice
from pathlib import Path

from tests.bench.places import Places
from tests.bench.results import Result, at_most
from tests.bench.rows.pages import MAIN, OTHERS
from tests.bench.sampling import Sample

MOST = 1.3
FIRST, AT_ONCE = 100, 100
REQUESTS, REPORTS = 1_000, 5
ALL_REQUESTS, ALL_REPORTS = 10_000, 50


def growth(places: Places, large: bool) -> list[Result]:
    """So many as the issue asks for only with SIZE=L: it is the longest of all."""
    requests, reports = (ALL_REQUESTS, ALL_REPORTS) if large else (REQUESTS, REPORTS)
    with places.original("S").worker() as worker:
        worker.ask("rows.worker_memory:visit", begin=0, count=FIRST)
        worker.ask("rows.worker_memory:report")
        first = worker.ask("rows.worker_memory:resident")
        for begin in range(FIRST, requests, AT_ONCE):
            worker.ask("rows.worker_memory:visit", begin=begin, count=AT_ONCE)
        for _ in range(reports):
            worker.ask("rows.worker_memory:report")
        last = worker.ask("rows.worker_memory:resident")
    what = f"memory after {requests} requests and {reports} reports ÷ after {FIRST}"
    return [Result(what, at_most(MOST), Sample(last / first, 0), f"{first:.0f} and {last:.0f} MiB")]


def visit(begin: int, count: int) -> None:
    from tests.bench.visiting import answered, environ_of, keys

    places = [(username, url.format(**keys())) for _, username, url in (*MAIN, *OTHERS)]
    for username, url in islice(cycle(places), begin, begin + count):
        answered(environ_of(username, url, compressed=True))


def report() -> None:
    """The report's file made anew, as for a paper that has none yet."""
    from measurement.models import Paper
    from measurement.papers import KINDS
    from measurement.papers.render import render_pdf

    paper = Paper.objects.filter(kind="laporan_hasil").earliest("pk")
    render_pdf(KINDS[paper.kind], paper.content)


def resident() -> float:
    """MiB"""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
