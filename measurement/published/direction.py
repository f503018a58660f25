"""Which way an indicator is better, as published tables say it in many words, and our own papers by the label of a method."""

from measurement.rules.methods import METHODS, Method

PROGRESS = ("progres", "progress", "polarisasi", "indikator")
WORDS = {
    Method.MAXIMIZE: (
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
    Method.MINIMIZE: (
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


def direction_word(text: str) -> str:
    """What a cell says of the direction, without capitals, signs and superfluous blanks."""
    return " ".join(text.casefold().replace(",", " ").split()).strip("().")


DIRECTIONS = {
    direction_word(word): Method(method)
    for method, row in METHODS.items()
    for word in (method, row.label, *row.also_written)
} | {word: method for method, words in WORDS.items() for word in words}


def direction_of(text: str) -> Method | None:
    """The method that a cell names, also with its score scale behind it; None for no word that is known."""
    word = direction_word(text.partition(":")[0])
    return DIRECTIONS.get(word) or DIRECTIONS.get(word.partition(" (")[0])
