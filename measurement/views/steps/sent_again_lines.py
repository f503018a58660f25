"""Rows that came again after a return, as the evaluation shows them: the old reason, the answer, and what is different now."""

from collections.abc import Iterable

from measurement.models import MeasurementCycle
from measurement.record.rounds import RoundDifference
from measurement.record.row_threads import SentAgain, rows_sent_again, threads_of
from measurement.rules.dates import dated_moment

from ..worksheet.row_answers import thread_lines


def add_sent_again(groups: list[dict], cycle: MeasurementCycle, of_round: Iterable[RoundDifference]) -> None:
    """Put its thread beside every row, and beside those that came again what for; one query."""
    threads = threads_of(cycle)
    again = rows_sent_again(cycle, threads, of_round)
    for group in groups:
        for row in group["rows"]:
            key = int(row["key"])
            row["thread"] = thread_lines(threads.get(key, []))
            row["again"] = _line(again[key]) if key in again else None


def _line(again: SentAgain) -> dict:
    return {
        "reason": again.reason.text,
        "returned": f"{again.reason.by}, {dated_moment(again.reason.at)}",
        "reply": again.reply.text,
        "replied": f"{again.reply.by}, {dated_moment(again.reply.at)}",
        "changes": [
            {"label": item.label, "before": item.before or "–", "after": item.after or "–"}
            for item in again.differences
        ],
    }
