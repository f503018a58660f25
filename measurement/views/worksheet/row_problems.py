"""What can't be taken of a worksheet: below its row across the whole width, and on top as links that name the row."""

from collections.abc import Iterable

from measurement.forms.worksheet.grid import Grid

AGAIN = "Berkas “{name}” belum tersimpan; pilih sekali lagi."


def problems_of(grid: Grid, names: Iterable[str]) -> list[dict]:
    """The problems of these inputs, with the likely corrections as buttons."""
    return [
        {
            "name": name,
            "place": grid.place_of(name),
            "text": grid.errors[name],
            "choices": list(grid.choices.get(name, {}).items()),
        }
        for name in names
        if name in grid.errors
    ]


def summary_of(grid: Grid) -> list[dict]:
    """Everything to correct, each with its row; a browser does not offer chosen files again, so they are named, too."""
    if not grid.errors:
        return []
    again = {
        name: AGAIN.format(name=upload.name)
        for name, upload in grid.uploads.items()
        if name not in grid.errors and name not in grid.kept
    }
    return [
        {"name": name, "place": grid.place_of(name), "text": text}
        for name, text in (grid.errors | again).items()
    ]
