"""Which of our columns a heading is, however people write it."""

import re
from collections.abc import Sequence

from measurement.rules.periods import period_named
from measurement.spreadsheets.money_scale import without_scale

from .columns import KEY_OF, plain_heading
from .heading_words import (
    BACKWARDS,
    BARE_PERIOD,
    EVALUATED,
    LEVEL_KEYS,
    LISTS,
    MONEY_WORDS,
    NOT_OF_THE_YEAR,
    NUMERALS,
    PERIOD_HEADING,
    YEAR_HEADINGS,
    YEARLESS,
)

LEAST_HEADINGS = 3


def heading_key(heading: str) -> str:
    """Our key for a heading as people write it ("Target 2026", "2026 Pagu", "TW I 2026", "Nama Program"); "" if it is none of ours."""
    name = re.sub(r"(?:tahun_anggaran|tahun|t_?a)_(?=20\d\d)", "", plain_heading(without_scale(heading)))
    name = re.sub(r"^(20\d\d)_(.+)", r"\2_\1", name)
    if known := KEY_OF.get(name) or LEVEL_KEYS.get(name) or YEARLESS.get(name):
        return known
    stem, _, year = name.rpartition("_")
    if stem in LEVEL_KEYS and re.fullmatch(r"20\d\d", year):
        return f"{LEVEL_KEYS[stem]}_{year}"
    return (
        _of_year(name)
        or _of_evaluation(name)
        or next((key for key, pattern in LISTS.items() if pattern.fullmatch(name)), "")
        or _bare_period(name)
    )


def _of_year(name: str) -> str:
    for kind, pattern in YEAR_HEADINGS.items():
        if found := pattern.fullmatch(name):
            if kind == "baseline":
                return kind
            parts = found.groupdict()
            quarter = parts.get("quarter", "")
            return f"{kind}{NUMERALS.get(quarter, quarter)}_{parts['year']}"
    found = PERIOD_HEADING.fullmatch(name)
    period = period_named(found["period"]) if found else None
    return f"{period.key}_{found['year']}" if found and period else ""


def _of_evaluation(name: str) -> str:
    """The two columns of Form E.81 that are of the plan: target and anggaran of the year that is evaluated."""
    found = EVALUATED.fullmatch(name)
    if not found or NOT_OF_THE_YEAR.search(name):
        return ""
    key = "pagu" if found["what"] in MONEY_WORDS else "target"
    year = re.search(r"(?:^|_)(20\d\d)(?:_|$)", name)
    return f"{key}_{year[1]}" if year else key


def _bare_period(name: str) -> str:
    """ "TW I", "Target Triwulan I": the key of a period without its year."""
    turned = BACKWARDS.fullmatch(name)
    found = BARE_PERIOD.fullmatch(f"{turned['noun']}_{turned['number']}" if turned else name)
    period = period_named(found["period"]) if found else None
    return period.key if period else ""


def is_bare_period(key: str) -> bool:
    return period_named(key) is not None


def is_of_period(key: str) -> bool:
    """Whether a key is that of a period's target: "tw1_2026"."""
    return period_named(key.rpartition("_")[0]) is not None


def heads_table(row: Sequence) -> bool:
    """Whether a row is one of headings, of a table with indicators or of one with a running number."""
    texts = [str(value).strip() for value in row if str(value).strip()]
    if not all(isinstance(value, str) for value in row) or len(texts) < LEAST_HEADINGS:
        return False
    keys = {heading_key(text) for text in texts} - {""}
    return ("indicator" in keys and len(keys) >= LEAST_HEADINGS) or (
        plain_heading(texts[0]) in ("no", "nomor") and len(keys) > 1
    )
