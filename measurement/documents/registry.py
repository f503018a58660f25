"""The table of papers: the same keys as the SOP's outputs."""

from collections.abc import Callable
from dataclasses import dataclass

from ..sop import Output


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its title, its template below templates/documents/, and the function that gathers what the template prints (JSON)."""

    title: str
    template: str
    content: Callable
    landscape: bool = False


KINDS: dict[Output, Kind] = {
    output: Kind(output.value.replace("_", " ").capitalize(), "plain.html", lambda cycle, actor: {}) for output in Output
}
