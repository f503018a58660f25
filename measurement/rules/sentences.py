"""How a sentence ends. Names carry degrees ("S.E."), and what people type brings its own full stop: another one after it is one too many."""

ENDS = (".", "…", "!", "?")
CLOSERS = "”’)\"'"


def ended(text: str) -> str:
    """The text as a sentence: with a full stop, unless what it ends in has one already, also within quotation marks."""
    stripped = text.rstrip()
    return stripped if stripped.rstrip(CLOSERS).endswith(ENDS) else f"{stripped}."
