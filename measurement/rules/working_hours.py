"""The hours of a week: what is wrong with them, how long they are, and the usual ones to start from."""

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import pairwise

from .dates import DAYS
from .deadlines import Spans

Week = Mapping[int, Sequence[tuple[time, time]]]  # by weekday, Monday 0

NO_HOURS = "Isi jam kerja paling sedikit satu hari; tanpa jam kerja batas waktu tidak dapat dihitung."
TURNED = "{day}: jam selesai {ends:%H.%M} harus sesudah jam mulai {begins:%H.%M}."
OVERLAP = "{day}: {first} dan {second} bertumpuk."


def _daily(days: Sequence[int], *spans: tuple[time, time]) -> dict[int, Spans]:
    return dict.fromkeys(days, spans)


# Perpres 21/2023: 37 jam 30 menit a week without breaks, 32 jam 30 menit in Ramadan. Key → label, minutes per day, week.
PRESET_WEEKS: dict[str, tuple[str, int, Week]] = {
    "lima-hari": (
        "5 hari kerja, 37,5 jam",
        450,
        _daily(range(4), (time(7, 30), time(12)), (time(13), time(16)))
        | _daily([4], (time(7), time(11, 30)), (time(13), time(16))),
    ),
    "enam-hari": (
        "6 hari kerja, 37,5 jam",
        375,
        _daily(range(4), (time(7), time(14)))
        | _daily([4], (time(7), time(11)))
        | _daily([5], (time(7), time(12, 30))),
    ),
    "ramadan": (
        "Ramadan 5 hari, 32,5 jam",
        390,
        _daily(range(4), (time(8), time(12)), (time(12, 30), time(15)))
        | _daily([4], (time(8), time(11, 30)), (time(12, 30), time(15, 30))),
    ),
}


def week_gaps(week: Week) -> list[str]:
    """Why these can't be the hours of an office; empty when they can."""
    if not any(week.values()):
        return [NO_HOURS]
    gaps = []
    for day, spans in sorted(week.items()):
        turned = [(begins, ends) for begins, ends in spans if ends <= begins]
        gaps += [TURNED.format(day=DAYS[day], begins=begins, ends=ends) for begins, ends in turned]
        gaps += [
            OVERLAP.format(day=DAYS[day], first=span_words(*one), second=span_words(*other))
            for one, other in pairwise(sorted(spans))
            if not turned and other[0] < one[1]
        ]
    return gaps


def span_words(begins: time, ends: time) -> str:
    """07.30–12.00."""
    return f"{begins:%H.%M}–{ends:%H.%M}"


def minutes_of(spans: Sequence[tuple[time, time]]) -> int:
    """How long a day's spans are together."""
    lengths = (_minute(ends) - _minute(begins) for begins, ends in spans)
    return sum(lengths)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def week_words(week: Week) -> str:
    """37 jam 30 menit seminggu."""
    hours, minutes = divmod(sum(minutes_of(spans) for spans in week.values()), 60)
    return f"{hours} jam {minutes} menit seminggu" if minutes else f"{hours} jam seminggu"


def day_words(spans: Sequence[tuple[time, time]]) -> str:
    """07.30–12.00, 13.00–16.00 (450 menit), or libur."""
    if not spans:
        return "libur"
    return f"{', '.join(span_words(*span) for span in spans)} ({minutes_of(spans)} menit)"
