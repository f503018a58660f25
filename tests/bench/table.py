"""The list of what is measured: each row, its bound, on which databases, and the function that measures it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tests.bench.places import POSTGRESQL, SQLITE, Places
from tests.bench.results import Result

BOTH = (SQLITE, POSTGRESQL)


@dataclass(frozen=True)
class Row:
    """`measure` is a function of a module in rows/, which takes the places and whether L is wanted."""

    key: str
    what: str
    measure: str
    databases: tuple[str, ...] = BOTH

    def results(self, places: Places, large: bool) -> list[Result]:
        module, function = self.measure.split(":")
        run: Callable = getattr(import_module(f"tests.bench.rows.{module}"), function)
        return run(places, large)


ROWS = (
    Row("worksheet", "Worksheet of 80 rows", "pages:worksheet"),
    Row("pages", "Every other page", "pages:others"),
)
