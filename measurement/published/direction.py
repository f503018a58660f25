"""Which way an indicator is better, as published tables say it in many words."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way is better; printed in tables as one of many words."""

    MAX = "maksimum"
    MIN = "minimum"


PROGRESS = ("progres", "progress", "polarisasi", "indikator")
WORDS = {
    Direction.MAX: (
        "max",
        "maks",
        "maksimum",
        "maksimal",
        "maximum",
        "maximize",
        "maximise",
        "naik",
        "positif",
        "tinggi",
        "meningkat",
        "higher is better",
        *(f"{more} {high} {more} baik" for more in ("semakin", "makin") for high in ("tinggi", "besar")),
        *(f"{progress} positif" for progress in PROGRESS),
    ),
    Direction.MIN: (
        "min",
        "minimum",
        "minimal",
        "minimize",
        "minimise",
        "turun",
        "negatif",
        "rendah",
        "menurun",
        "lower is better",
        *(f"{more} {low} {more} baik" for more in ("semakin", "makin") for low in ("rendah", "kecil")),
        *(f"{progress} negatif" for progress in PROGRESS),
    ),
}
DIRECTIONS = {word: direction for direction, words in WORDS.items() for word in words}


def direction_word(text: str) -> str:
    """What a cell says of the direction, without capitals, signs and superfluous blanks."""
    return " ".join(text.casefold().replace(",", " ").split()).strip("().")


def direction_of(text: str) -> Direction | None:
    """The direction that a cell names; None for no word that is known."""
    word = direction_word(text)
    return DIRECTIONS.get(word) or DIRECTIONS.get(word.partition(" (")[0])
