"""What long work hands over, and how it says how far it is."""

from collections.abc import Callable
from dataclasses import dataclass

Told = Callable[[int, str], None]


@dataclass(frozen=True)
class MadeFile:
    """A file that was made for whoever ordered it."""

    content: bytes
    name: str
    kind: str
