"""A planning document in a layout that the plan's import knows and a plain list of columns is not: levels side by side, K and Rp below each year."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .document_layout import DocumentLayout
from .table_import.columns import PlanLayout
from .table_import.layout_rows import rows_of
from .table_import.layouts import understand

TEXTS = ("code", "name", "indicator", "measure")


@dataclass
class WholeRows:
    """The rows as the plan's import reads them, and where each attribute of a line stands."""

    rows: list[dict]
    layout: DocumentLayout
    year: int
    remarks: list[str] = field(default_factory=list)

    def cells(self, row: dict) -> dict:
        found = {name: row[name] for name in TEXTS if name in row}
        figures = {"target": row.get(f"target_{self.year}", ""), "pagu": row.get(f"pagu_{self.year}", "")}
        return found | {name: value for name, value in figures.items() if name in self.layout.columns}


def whole_rows(rows: Sequence[Sequence], plain: DocumentLayout, year: int) -> WholeRows | None:
    """None where the plain reading says as much: a document need not have all that a plan needs."""
    try:
        layout = understand(rows, range(year, year + 1), year)
    except (IndexError, ValueError):
        return None
    if layout.wrong or not (layout.of_level or not plain.columns.keys() & {"target", "pagu"}):
        return None
    found, remarks = rows_of(rows, layout)
    kept = [row for row in found if str(row.get("code", "")).strip() or str(row.get("indicator", "")).strip()]
    return WholeRows(kept, _as_document(layout, year), year, remarks)


def _as_document(layout: PlanLayout, year: int) -> DocumentLayout:
    columns: dict[str, int] = {}
    for found in (*layout.of_level.values(), layout.columns):
        for name in TEXTS:
            columns |= {name: found[name]} if name in found else {}
        for name in ("target", "pagu"):
            columns |= {name: found[f"{name}_{year}"]} if f"{name}_{year}" in found else {}
    scale = next((layout.scales[number] for number in columns.values() if number in layout.scales), None)
    made = DocumentLayout(columns, layout.header, False, [])
    made.scale = scale or made.scale
    return made
