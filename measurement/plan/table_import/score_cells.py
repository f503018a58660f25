"""Predicates in the plan's table: a scale in common use where the file writes none, and targets that are no score of their scale."""

from collections.abc import Iterator

from measurement.rules.methods import METHODS, Method, Need
from measurement.rules.numbers import show_plain
from measurement.rules.periods import period_named
from measurement.rules.score_words import common_scale
from measurement.rules.written import is_dash, plain_text, read_number

from .cells import CODE, METHOD_WORDS, TEXT, scores_of
from .changes import Stored
from .columns import PlanLayout, WrongPlanCell, plain_heading
from .lines import PlanLine

NO_SCORE = "{number} bukan skor pada skala indikator ini; tulis salah satu: {words}."


def add_common_scales(rows: list[dict], stored: Stored) -> list[str]:
    """Give rows of predicates without a scale the one in common use that has all their words; remarks on them."""
    remarks = []
    for row in rows:
        is_predicate = METHOD_WORDS.get(plain_heading(row.get("method", ""))) == Method.PREDICATE
        known = stored.words.get((CODE.clean(row.get("code", "")), TEXT.clean(row.get("indicator", ""))))
        if not is_predicate or known or TEXT.clean(row.get("score_scale", "")):
            continue
        if scale := common_scale(_words(row)):
            row["score_scale"] = scale
            remarks.append(f"Baris {row['number']}: skala skor tidak ditulis; dipakai {scale}.")
    return remarks


def _words(row: dict) -> list[str]:
    """The words among the targets of a row: "BB", and that of "BB (75,5)"."""
    found = []
    for key, value in row.items():
        name = key.rpartition("_")[0]
        if not isinstance(value, str) or not (name == "target" or period_named(name)):
            continue
        readings = read_number(value)
        word = readings[0].word if readings else "" if is_dash(value) else plain_text(value)
        found += [word] if word else []
    return found


def wrong_scores(lines: list[PlanLine], layout: PlanLayout, stored: Stored) -> Iterator[WrongPlanCell]:
    """Targets of a predicate that are no score of its scale; 0 says that nothing is planned."""
    for line in lines:
        known = stored.indicators.get((line.key, line.indicator))
        method = line.method or (known.method if known else "")
        scores = scores_of(line.score_scale or (known.score_scale if known else ""))
        if not scores or METHODS[method or Method.MAXIMIZE].needs != Need.SCORES:
            continue
        for year in layout.years:
            for kind in ("target", *(period.key for period in stored.frequencies[year].periods)):
                value = line.figure(kind, year)
                if value and value not in scores.values():
                    cell = layout.cell(f"{kind}_{year}", line.number, line.level)
                    sentence = NO_SCORE.format(number=show_plain(value), words=", ".join(scores))
                    yield WrongPlanCell(cell, show_plain(value), sentence)
