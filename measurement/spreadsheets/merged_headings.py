"""Headings in several rows, as people merge them: what stands over several columns belongs to each that has something below it."""

from collections.abc import Sequence


def merged_headings(rows: Sequence[Sequence]) -> list[list[str]]:
    """The rows as texts of one width, those above the last with what is merged repeated to the right."""
    width = max(map(len, rows), default=0)
    texts = [[*(" ".join(str(value).split()) for value in row), *[""] * (width - len(row))] for row in rows]
    filled = [list(row) for row in texts]
    above = [""] * len(rows)
    for column in range(width):
        for level in range(len(rows) - 1):
            below = any(row[column] for row in texts[level + 1 :])
            filled[level][column] = texts[level][column] or (above[level] if below else "")
            above[level] = filled[level][column]
    return filled
