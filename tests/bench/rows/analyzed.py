"""SQLite's planner with its statistics against without: `ANALYZE`, which administrators are told to run, must make no page slower."""

from functools import partial

from tests.bench.places import Places
from tests.bench.results import Result, at_most
from tests.bench.rows.pages import MAIN, OTHERS, SHEET
from tests.bench.sampling import Sample, ratio

REPEATS = 5
SLOWER = 1.1  # what differs less is no difference here


def pages(places: Places, large: bool) -> list[Result]:
    """The page that gets slowest, with 70 offices."""
    place = places.copy("M")
    found: dict[str, Sample] = {}
    try:
        place.do([("stages:analyze", {})])
        with places.original("M").worker() as before, place.worker() as after:
            keys = before.ask("visiting:keys")
            for what, username, url in (*MAIN, *OTHERS, ("worksheet", "asn02", SHEET)):
                given = {"username": username, "url": url.format(**keys)}
                asks = (partial(worker.ask, "visiting:cpu_of", **given) for worker in (after, before))
                found[what] = ratio(REPEATS, *asks)
    finally:
        places.drop(place)
    slowest = max(found, key=lambda what: found[what].value - found[what].spread)
    return [
        Result("slowest page after ANALYZE ÷ before", at_most(SLOWER), found[slowest], slowest),
        Result("archive after ANALYZE ÷ before", at_most(SLOWER), found["archive"]),
    ]
