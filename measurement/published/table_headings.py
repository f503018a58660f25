"""The columns of a published table by its headings, and the rows below them that are no data: column numbers and headings printed again."""

import re

KNOWN = (
    "direction",
    "target",
    "realisasi",
    "capaian_published",
    "pagu",
    "realisasi_anggaran",
    "serapan_published",
)
ALIASES = {  # where the right name is missing
    "arah": "direction",
    "capaian": "capaian_published",
    "anggaran": "pagu",
    "pagu_anggaran": "pagu",
    "serapan": "serapan_published",
}
HEADER_WITHIN = 10
UNIT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|%")
# no unit: another column
PERIOD = re.compile(
    r"[0-9]{4}|\b(?:tw|triwulan|semester|bulan|tahun|renstra|rpjmd|lalu|awal)\b", re.IGNORECASE
)
MONEY_UNIT = re.compile(r"[(\[]\s*(?:rp|rupiah)\b", re.IGNORECASE)
# 3, (3), c, (3=2/1), (3)=(2)/(1)x100%, 3 = 2 : 1
COLUMN_NUMBER = re.compile(
    r"[-(]?\s*(?P<own>[0-9]{1,2}|[a-z])\s*\)?(?:\s*=[\s0-9a-z()/:x×*+\-−–÷.,%]{1,60})?", re.IGNORECASE
)
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,2}")  # Excel makes -1 of a typed (1)
UNIT_ROW = re.compile(r"\(?\s*(?:%|persen|rp\.?|rupiah)\s*\)?", re.IGNORECASE)
YEAR = re.compile(r"\(?\s*(?:tahun\s*)?20[0-9]{2}\s*\)?", re.IGNORECASE)
FEWEST_NUMBERS = 3


def heading_name(heading) -> str:
    return "_".join(str(heading).replace("\ufeff", "").casefold().replace("_", " ").split())


def _unit(found: re.Match) -> str:
    return found[0] if PERIOD.search(found[0]) else " "


def columns(row: list) -> dict[str, int]:
    """Known column → its place in this row; among equals, the first. The exact name wins over one with a unit: “Capaian (%)”, “Pagu (Rp)”."""
    exact, bare = (
        [heading_name(heading) for heading in row],
        [heading_name(UNIT.sub(_unit, str(heading))) for heading in row],
    )
    found: dict[str, int] = {}
    for names in (bare, exact):
        found |= {right: names.index(alias) for alias, right in ALIASES.items() if alias in names}
    for names in (bare, exact):
        found |= {name: names.index(name) for name in KNOWN if name in names}
    return (
        found
        if "realisasi_anggaran" in found or "pagu" not in found
        else found | _realisasi(row, bare, found)
    )


def _realisasi(row: list, bare: list[str], found: dict[str, int]) -> dict[str, int]:
    """“Target, Realisasi, Pagu, Realisasi”: each base has the realisasi behind it; one in rupiah beside another is that of the money."""
    places = [place for place, name in enumerate(bare) if name == "realisasi"]
    marked = [place for place in places if MONEY_UNIT.search(str(row[place]))]
    if len(places) == 1:
        return {"realisasi_anggaran": places[0]} if marked or "target" not in found else {}
    given = {"realisasi_anggaran": marked[0]} if 0 < len(marked) < len(places) else {}
    free = [place for place in places if not (given and place in marked)]
    bases = {"target": "realisasi", "pagu": "realisasi_anggaran"}
    for base in sorted(bases.keys() & found, key=lambda base: found[base]):
        behind = [place for place in free if place > found[base] and place not in given.values()]
        if behind and bases[base] not in given:
            given[bases[base]] = behind[0]
    return given


def columns_within(rows: list[list]) -> int:
    return max((len(columns(row)) for row in rows[:HEADER_WITHIN]), default=0)


def header(rows: list[list]) -> int:
    """Titles may stand above the headings."""
    return max(range(min(len(rows), HEADER_WITHIN)), key=lambda number: len(columns(rows[number])), default=0)


def passed_over(headings: list, rows: list[list], found: dict[str, int]) -> set[int]:
    """The places of rows that are no data. What could be data (plain 1, 2, 3 or years) is passed over only right below the headings, when it fills every column."""
    passed, under = set(), True
    for number, row in enumerate(rows):
        texts = [_text(cell) for cell in row]
        ours = [texts[place] if place < len(texts) else "" for place in found.values()]
        if (
            _repeats(row, headings, found)
            or _numbers_columns(texts, plain=under and all(ours))
            or (under and _second_heading(ours))
        ):
            passed.add(number)
            under = True
        elif any(texts):
            under = False
    return passed


def _second_heading(ours: list[str]) -> bool:
    """Units below the headings, or the same year below each."""
    filled = [text for text in ours if text]
    return bool(filled) and (
        all(map(UNIT_ROW.fullmatch, filled)) or (all(map(YEAR.fullmatch, ours)) and len(set(ours)) == 1)
    )


def _text(cell) -> str:
    """A number as it is stored: 1 may be shown as 1,00."""
    return str(getattr(cell, "stored", cell)).strip()


def _repeats(row: list, headings: list, found: dict[str, int]) -> bool:
    return all(
        place < len(row) and heading_name(row[place]) == heading_name(headings[place])
        for place in found.values()
    )


def _numbers_columns(texts: list[str], plain: bool) -> bool:
    """(1), (2), (3=2/1): every cell that isn't blank has its own number, one more than the last. Without a bracket or = only where `plain`."""
    filled = [text for text in texts if text]
    marks = [COLUMN_NUMBER.fullmatch(text) for text in filled]
    if len(filled) < FEWEST_NUMBERS or (all(map(PLAIN_NUMBER.fullmatch, filled)) and not plain):
        return False
    own = [
        int(mark["own"]) if mark["own"].isdigit() else ord(mark["own"].lower()) - ord("a") + 1
        for mark in marks
        if mark
    ]
    return len(own) == len(filled) and own == list(range(own[0], own[0] + len(own))) and own[0] <= 2
