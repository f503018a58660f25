"""Ringkasan: half a page that opens the report and stands on its draft. What was reached, what it cost, what was not reached and why, what is asked.

All of it from the one calculation and from texts that their writers typed; nothing is said that nobody wrote or counted.
"""

import re

from measurement.figures.calculation import Sheet
from measurement.figures.recap import recap_line
from measurement.figures.rows import RowFigures
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.rules.numbers import show_percent
from measurement.rules.sentences import ended

from . import tables
from .analysis import is_short, numbering
from .comparison import reached_words
from .text import paragraphs

MOST_SHORT, MOST_ASKED, MOST_NAMED = 3, 4, 2
LONGEST_TEXT = 150  # letters: two lines of the page
ASKS = re.compile(
    r"\b(mohon|dimohon|memohon|diusulkan|mengusulkan|usul|diminta|meminta|perlu (?:arahan|keputusan|persetujuan|dukungan|penambahan))\b",
    re.IGNORECASE,
)
NONE_SHORT = "Semua indikator yang dapat dihitung mencapai target."
NOTHING_ASKED = "Tidak ada hal yang dimintakan keputusan."
LATER = "Simpulan dan saran disampaikan dengan Laporan Hasil."


def ringkasan(sheet: Sheet, is_draft: bool = False) -> dict:
    short = sorted(filter(is_short, tables.in_order(sheet)), key=lambda row: row.capaian.known_value)
    shown, asked = told_once(short)[:MOST_SHORT], requests(sheet.cycle, short)
    return {
        "sentences": [reached(sheet), below(short), asked_words(asked)],
        "reached": reached(sheet),
        "money": money(sheet),
        "short": [shortfall(same[0], sheet) for same in shown],
        "more": more_words(len(short) - sum(map(len, shown))),
        "none_short": "" if short else NONE_SHORT,
        "asked": asked[:MOST_ASKED],
        "none_asked": "" if asked else LATER if is_draft else NOTHING_ASKED,
    }


def reached(sheet: Sheet) -> str:
    """The headline with its predicate, and how many indicators met their target."""
    rows, office = tables.in_order(sheet), sheet.office
    met = f"{reached_words(row.counted for row in rows)} indikator yang dapat dihitung mencapai targetnya"
    left = sum(row.counted.gap is not None for row in rows)
    without = f"; {left} indikator lain tidak dihitung" if left else ""
    if office.capaian.figure.shown is None:
        return f"Capaian kinerja sampai dengan {sheet.cycle.period} belum dapat dihitung; {met}{without}."
    return (
        f"Capaian kinerja sampai dengan {sheet.cycle.period} {show_percent(office.capaian.figure.shown)}, predikat {office.predicate}; "
        f"{met}{without}."
    )


def below(short: list[RowFigures]) -> str:
    """How many indicators missed their target, the lowest of them by name: the second of three sentences for a head in a hurry."""
    if not short:
        return NONE_SHORT
    named = [same[0] for same in told_once(short)[:MOST_NAMED]]
    names = [one.row.name for one in named]
    lowest = " dan ".join(
        f"{_told_apart(one.row, names)} ({show_percent(one.capaian.shown)})" for one in named
    )
    return f"{len(short)} indikator di bawah target, terendah {lowest}."


def _told_apart(row: WorksheetRow, names: list[str]) -> str:
    """A name that two branches share is told with its branch."""
    return f"{row.name} pada {row.node.code}" if names.count(row.name) > 1 else row.name


def asked_words(asked: list[str]) -> str:
    """What is asked of the head, the first of it in its own words."""
    if not asked:
        return NOTHING_ASKED
    more = f" Ada {len(asked) - 1} hal lain." if len(asked) > 1 else ""
    return f"{ended(f'Dimintakan keputusan: {asked[0]}')}{more}"


def money(sheet: Sheet) -> str:
    """Serapan, and the efficiency by the office's own rule."""
    line, office = recap_line(sheet.office), sheet.office
    if office.spent_to_date is None:
        return f"Realisasi anggaran belum diisi; pagu {line['pagu']}."
    efficiency = f" Efisiensi: {line['efficiency'].lower()}." if line["efficiency"] != "–" else ""
    return f"Realisasi anggaran {line['spent_to_date']} dari pagu {line['pagu']}, serapan {line['serapan']}.{efficiency}"


def shortfall(figures: RowFigures, sheet: Sheet) -> dict[str, str]:
    """One of the weakest indicators in its owner's words."""
    row = figures.row
    return {
        "number": str(numbering(sheet)[row.pk]),
        "name": row.name,
        "capaian": show_percent(figures.capaian.shown),
        "why": cut(row.obstacle or row.analysis),
        "follow_up": cut(row.follow_up),
    }


def told_once(short: list[RowFigures]) -> list[list[RowFigures]]:
    """What the plan repeats on another level, with the same figure and the same reason, is told once; the lowest first."""
    same: dict[tuple, list[RowFigures]] = {}
    for figures in short:
        row = figures.row
        same.setdefault((row.name, figures.capaian.shown, row.obstacle or row.analysis), []).append(figures)
    return list(same.values())


def more_words(count: int) -> str:
    return (
        f"{count} indikator lain yang belum mencapai target diuraikan pada tabel di bawah."
        if count > 0
        else ""
    )


def requests(cycle: MeasurementCycle, short: list[RowFigures]) -> list[str]:
    """What the head of the office is asked: the suggestions as typed, and follow-ups that ask for something."""
    suggested = [cut(line["text"]) for line in paragraphs(cycle.suggestions)]
    asking = [
        f"{cut(figures.row.follow_up)} ({figures.row.owner.name})"
        for figures in short
        if ASKS.search(figures.row.follow_up)
    ]
    return list(dict.fromkeys([*suggested, *asking]))


def cut(text: str) -> str:
    """At most two lines of a text, ended with … after a whole word, and not within a parenthesis or a figure."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TEXT:
        return line
    kept = line[:LONGEST_TEXT].rpartition(" ")[0] or line[:LONGEST_TEXT]
    before, _, inside = kept.rpartition("(")
    return f"{(before if before.strip() and ')' not in inside else kept).rstrip(' ,;:(–')}…"
