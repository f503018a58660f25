"""A csv that we write, as Excel in Indonesia opens it. What a spreadsheet program would take for a formula in foreign text gets an apostrophe, and
loses it when it is read."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

APOSTROPHE = "'"
SIGNS = ("=", "+", "-", "@", "\t", "\r")
HARMLESS = re.compile(r"[-+]? ?[0-9][0-9., \u00a0]* ?%?|-+")  # -40,00, +3 %, and the dash of an empty cell


def guard_formula(text: str) -> str:
    return APOSTROPHE + text if text.startswith(SIGNS) and not HARMLESS.fullmatch(text.strip(" ")) else text


def unguard_formula(text: str) -> str:
    """Without the apostrophe that `guard_formula` would put there again."""
    return text[1:] if text.startswith(APOSTROPHE) and guard_formula(text[1:]) == text else text


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark and semicolons; foreign text is never a formula."""
    file = io.StringIO(newline="")
    guarded = ([guard_formula(text) for text in row] for row in rows)
    csv.writer(file, delimiter=";").writerows([headings, *guarded])
    return file.getvalue().encode("utf-8-sig")
