"""What a kind of paper is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of paper: the code in its number, its title, its template below templates/documents/, and what gathers what it prints (JSON)."""

    code: str
    title: str
    template: str
    content: Callable
    landscape: bool = False
