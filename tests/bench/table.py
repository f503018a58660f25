"""The list of what is measured: each row, its bound, on which databases, and the function that measures it."""

from collections.abc import Callable, Iterable
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

    def results(self, places: Places, large: bool) -> Iterable[Result]:
        module, function = self.measure.split(":")
        run: Callable = getattr(import_module(f"tests.bench.rows.{module}"), function)
        return run(places, large)


ROWS = (
    Row("worksheet", "Worksheet of 80 rows", "pages:worksheet"),
    Row("pages", "Every other page", "pages:others"),
    Row("recap", "Recap of one office", "recap:one_office"),
    Row("recap_70", "Recap of 70 offices", "recap:many_offices", (SQLITE,)),
    Row("growth", "Pages where there are many offices", "many_offices:growth"),
    Row("member", "Somebody who serves in many offices", "many_offices:member"),
    Row("queries", "Queries of a page", "many_offices:queries"),
    Row("saving", "People who save at once", "saving:at_once"),
    Row("import", "Import of a plan", "importing:plan"),
    Row("xlsx", "Workbooks", "workbooks:sizes", (SQLITE,)),
    Row("pdf", "Long papers", "pdfs:papers", (SQLITE,)),
    Row("pdf_office", "Papers beside LibreOffice", "pdfs:from_rows", (SQLITE,)),
    Row("memory", "Memory of a worker", "worker_memory:growth", (SQLITE,)),
    Row("check", "Start of a command", "commands:check", (SQLITE,)),
    Row("archive", "Check of archives", "commands:archives"),
    Row("reminders", "Reminders", "commands:reminders"),
    Row("analyze", "SQLite's statistics", "analyzed:pages", (SQLITE,)),
)
