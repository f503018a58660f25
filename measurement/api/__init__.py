"""The read-only JSON API. `entrance` is all that an installation loads which nobody asks; it brings in the rest (ninja, pydantic) with the first call."""
