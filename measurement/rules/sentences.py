"""How a sentence ends. Names carry degrees ("S.E."), and what was cut ends in …: a full stop after them is one too many."""

ENDS = (".", "…", "!", "?")


def ended(text: str) -> str:
    """The text as a sentence: with a full stop, unless what it ends in has one already."""
    stripped = text.rstrip()
    return stripped if stripped.endswith(ENDS) else f"{stripped}."
