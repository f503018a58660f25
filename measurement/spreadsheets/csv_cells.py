"""Foreign text in a csv that we write: what a spreadsheet program would take for a formula gets an apostrophe, and loses it when it is read."""

import re

APOSTROPHE = "'"
SIGNS = ("=", "+", "-", "@", "\t", "\r")
HARMLESS = re.compile(r"[-+]? ?[0-9][0-9., \u00a0]* ?%?|-+")  # -40,00, +3 %, and the dash of an empty cell


def guard_formula(text: str) -> str:
    return APOSTROPHE + text if text.startswith(SIGNS) and not HARMLESS.fullmatch(text.strip(" ")) else text


def unguard_formula(text: str) -> str:
    """Without the apostrophe that `guard_formula` would put there again."""
    return text[1:] if text.startswith(APOSTROPHE) and guard_formula(text[1:]) == text else text
