"""A chart of Capaian with all that belongs to it: the drawing, the table that says the same, and the addresses of its data and its picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from measurement.addresses import reverse
from measurement.figures.dot_plot import NARROW, WIDE, PlotRow, dot_plot, told_plot


@dataclass(frozen=True)
class ChartColumn:
    """A column of the table, with its unit; a number stands to the right."""

    label: str
    is_number: bool = False


@dataclass(frozen=True)
class ChartCell:
    text: str
    url: str = ""  # of its working
    tint: str = ""  # of a predicate


@dataclass(frozen=True)
class ChartEntry:
    """A line of the table: what it is about, and its cells in the order of the columns after the first."""

    name: str
    cells: Sequence[ChartCell]
    code: str = ""
    remark: str = ""
    is_total: bool = False

    @property
    def texts(self) -> list[str]:
        """As a file of data keeps it: a proper minus is none for a spreadsheet program."""
        return [self.name, *(cell.text.replace("−", "-") for cell in self.cells)]


@dataclass(frozen=True)
class Chart:
    """One chart. `plots` are a dot plot in its two widths, `line` is a line chart: one of them is there."""

    page: str
    key: str
    title: str
    office: str
    period: str
    columns: Sequence[ChartColumn]
    lines: Sequence[ChartEntry]
    alt: str = ""
    plots: Sequence[dict] = ()
    line: dict = field(default_factory=dict)
    query: dict = field(default_factory=dict)
    is_provisional: bool = False
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def anchor(self) -> str:
        return f"bagan-{self.page}-{self.key}"

    @property
    def table(self) -> list[dict]:
        """The lines with each cell beside its column."""
        return [
            {"line": line, "cells": list(zip(self.columns[1:], line.cells, strict=True))}
            for line in self.lines
        ]

    @property
    def data(self) -> tuple[list[str], list[list[str]]]:
        """Headings and lines of its file; the codes in a column of their own, where there are any."""
        has_codes = any(line.code for line in self.lines)
        headings = [*(["Kode"] if has_codes else []), *(column.label for column in self.columns)]
        return headings, [[*([line.code] if has_codes else []), *line.texts] for line in self.lines]

    @property
    def data_url(self) -> str:
        return self._url("chart_data")

    @property
    def picture_url(self) -> str:
        return self._url("chart_picture")

    def _url(self, name: str) -> str:
        return reverse(name, args=[self.page, self.key], query=self.query)


def plotted(
    rows: Sequence[PlotRow], names: Sequence[str], is_provisional: bool = False, target: str = "target"
) -> dict:
    """The drawing of a dot plot in both widths, and its words."""
    return {
        "plots": [dot_plot(rows, names, form, is_provisional, target) for form in (NARROW, WIDE)],
        "alt": told_plot(rows, names),
        "is_provisional": is_provisional,
    }
