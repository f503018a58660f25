"""A column of sasaran beside the names of what is below them, as Form E.81 has it: the sasaran become rows of their own."""

import re
from collections.abc import Iterator, Sequence

from measurement.models import Level

from .columns import plain_heading

SASARAN_CODE = re.compile(r"S{1,2}[A-Za-z]*[.\-_]?[0-9]+(?:\.[0-9]+)*", re.IGNORECASE)
CODED_SASARAN = re.compile(
    rf"(?P<code>{SASARAN_CODE.pattern})\s*[-–—:]?\s+(?P<name>\S.*)", re.IGNORECASE | re.DOTALL
)
# what stands below the lines of such a table, also in this column
BELOW_LINES = re.compile(
    r"(?:rata_rata|predikat|faktor|tindak_lanjut|total|jumlah|mengetahui|disusun|dievaluasi|disetujui|catatan).*"
)


def with_sasaran(rows: Sequence[dict]) -> Iterator[dict]:
    """The rows without that column. A sasaran counts where it has an indicator, or something below it."""
    waiting: dict | None = None
    last = ""
    for row in rows:
        told = " ".join(str(row.pop("sasaran", "")).split())
        names_other = any(str(row.get(key, "")).strip() for key in ("code", "name"))
        has_indicator = bool(str(row.get("indicator", "")).strip())
        if told and told != last and not BELOW_LINES.fullmatch(plain_heading(told)):
            last = told
            if not names_other and has_indicator:
                waiting = None
                yield row | _sasaran(told)
                continue
            waiting = {"number": row["number"]} | _sasaran(told)
        if waiting and names_other:
            yield waiting
            waiting = None
        yield row | ({"is_below_sasaran": True} if names_other and last else {})


def _sasaran(told: str) -> dict:
    coded = CODED_SASARAN.fullmatch(told)
    return {"level": Level.SASARAN.value, "code": "", "name": told} | (coded.groupdict() if coded else {})
