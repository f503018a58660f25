"""What was read of an upload, for whoever reads or keeps the same upload next."""

from collections.abc import Mapping
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from django.core.files import File


class Reading(Protocol):
    """What a reader makes of a file, and how it is written down."""

    def packed(self, facts: Mapping[str, Any]) -> bytes: ...


_readings: WeakKeyDictionary[File, Reading] = WeakKeyDictionary()


def remember_reading(upload: File, reading: Reading) -> None:
    """Say what was read of this upload, as long as somebody holds it."""
    _readings[upload] = reading


def reading_of(upload: File) -> Reading | None:
    return _readings.get(upload)
