"""What a kind of paper is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its title, its template below templates/documents/, and the function that gathers what the template prints (JSON)."""

    title: str
    template: str
    content: Callable
    landscape: bool = False
