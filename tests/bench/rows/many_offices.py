"""What pages cost where there are many offices: for people of one, and for somebody who serves in many."""

from collections.abc import Iterator
from functools import partial

from tests.bench.places import Places
from tests.bench.results import Result, at_most
from tests.bench.rows.pages import MAIN, OTHERS, SHEET
from tests.bench.sampling import Sample, ratio
from tests.bench.worker import Worker

REPEATS = 5
MOST_GROWTH, MOST_OF_MEMBER, MOST_QUERIES = 1.2, 3, 12
GROWING = (
    *MAIN,
    ("worksheet", "asn02", SHEET),
    ("archive", "camat", "/arsip/"),
    ("plan", "tim1", "/rencana/"),
    ("search", "tim1", "/cari/?q=laporan"),
    ("messages", "asn02", "/pesan/"),
    ("people", "admin", "/pegawai/"),
)
OF_MEMBER = (
    ("home", "/"),
    ("cycles", "/siklus/"),
    ("Capaian", "/capaian/"),
    ("plan", "/rencana/"),
    ("archive", "/arsip/"),
    ("numbers", "/arsip/nomor/"),
    ("search", "/cari/?q=laporan"),
    ("signatures", "/tanda-tangan/"),
    ("follow-ups", "/tindak-lanjut/"),
    ("messages", "/pesan/"),
)


def growth(places: Places, large: bool) -> Iterator[Result]:
    """The same page of the same office, where there are others beside it and where there are none."""
    sizes = (("M", 70), *((("L", 7000),) if large else ()))
    places.prepare(*(size for size, _ in sizes))
    with places.original("S").worker() as alone:
        for size, offices in sizes:
            with places.original(size).worker() as among:
                for what, username, url in GROWING:
                    given = {"username": username, "url": url, "times": 2}
                    sample = ratio(REPEATS, partial(_cost, among, given), partial(_cost, alone, given))
                    yield Result(f"{what}: {offices} offices ÷ 1", at_most(MOST_GROWTH), sample)


def member(places: Places, large: bool) -> Iterator[Result]:
    """Somebody of the Tim SAKIP of many offices against somebody of one, in the same database."""
    for size, offices in (("M", 70), *((("L", 1000),) if large else ())):
        with places.original(size).worker() as worker:
            for what, url in OF_MEMBER:
                many, one = ({"username": f"di-{count}", "url": url} for count in (offices, 1))
                sample = ratio(3, partial(_cost, worker, many), partial(_cost, worker, one))
                what_of = f"{what}: serves in {offices} offices ÷ in 1"
                yield Result(what_of, at_most(MOST_OF_MEMBER), sample)


def _cost(worker: Worker, given: dict) -> float:
    return worker.ask("visiting:cpu_of", **given)


def queries(places: Places, large: bool) -> list[Result]:
    """How often pages ask the database: the most of all, for people of one office and of many, and how many more than where there is one office."""
    places.prepare("M")
    with places.original("S").worker() as alone, places.original("M").worker() as among:
        keys = alone.ask("visiting:keys")
        pages = [
            (username, url.format(**keys)) for _, username, url in (*MAIN, *OTHERS, ("", "asn02", SHEET))
        ]
        small, big = ({page: _queries(worker, *page) for page in pages} for worker in (alone, among))
        of_many, of_one = (
            {url: _queries(among, f"di-{count}", url) for _, url in OF_MEMBER} for count in (70, 1)
        )
    more = {page: big[page] - small[page] for page in pages}
    more_of_many = {url: of_many[url] - of_one[url] for url in of_many}
    return [
        _most(
            "most queries of a page, people of one office",
            {url: count for (_, url), count in big.items()},
            MOST_QUERIES,
        ),
        _most("most queries of a page, somebody who serves in 70", of_many, MOST_QUERIES),
        _most(
            "more queries with 70 offices than with 1", {url: count for (_, url), count in more.items()}, 0
        ),
        _most("more queries for who serves in 70 than in 1", more_of_many, 0),
    ]


def _queries(worker: Worker, username: str, url: str) -> int:
    return worker.ask("visiting:queries_of", username=username, url=url)


def _most(what: str, counts: dict[str, int], bound: int) -> Result:
    url = max(counts, key=counts.get)
    return Result(what, at_most(bound), Sample(counts[url], 0), url if counts[url] > bound else "")
