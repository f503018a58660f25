"""What comes of work that takes longer than a page may."""

from collections.abc import Callable
from dataclasses import dataclass

from measurement.models import LongWork

Told = Callable[[int, str], None]


@dataclass(frozen=True)
class MadeFile:
    """A file that was made for whoever ordered it."""

    content: bytes
    name: str
    kind: str


@dataclass(frozen=True)
class Answer:
    """Something that the page at `url` shows, by the order's number (`hasil`)."""

    value: object
    url: str


@dataclass(frozen=True)
class Leads:
    """The page that shows what came of it, with a sentence if there is something to say."""

    url: str
    words: str = ""


# what changes something is a function, which is called in the transaction that concludes the order
Made = MadeFile | Answer | Leads | Callable[[], Leads]
Work = Callable[[LongWork, Told], Made]
