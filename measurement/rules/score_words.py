"""Words that stand for numbers: done or not of a ya/tidak, and the score scales in common use, which an office may replace with its own. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from .numbers import parse_scores

DONE = "ya, ada, sudah, terlaksana, dilaksanakan, tercapai, tersedia, terpenuhi, selesai, tepat waktu, v, √, ✓, ✔"
UNDONE = (
    "tidak, belum, tidak ada, belum ada, tidak terlaksana, belum terlaksana, tidak dilaksanakan, belum dilaksanakan, tidak tercapai, "
    "belum tercapai, tidak tersedia, belum tersedia, tidak terpenuhi, belum terpenuhi, tidak selesai, belum selesai, tidak tepat waktu, "
    "terlambat, x, ✗, ✘"
)
YES_NO: Mapping[str, Decimal] = dict.fromkeys(DONE.split(", "), Decimal(1)) | dict.fromkeys(
    UNDONE.split(", "), Decimal(0)
)
EXAMPLE = "WTP=4, WDP=3, TW=2, TMP=1"
COMMON_SCALES = (EXAMPLE, "AA=7, A=6, BB=5, B=4, CC=3, C=2, D=1")


def common_scale(words: Iterable[str]) -> str:
    """The scale in common use that has all these words; empty where there are none, or none has them."""
    asked = {word.casefold() for word in words}
    fits = (text for text in COMMON_SCALES if asked <= {word.casefold() for word in parse_scores(text)})
    return next(fits, "") if asked else ""
