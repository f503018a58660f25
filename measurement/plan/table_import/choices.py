"""What the person who imports a plan decides in the preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ImportChoices:
    """Sub units by row where the file doesn't tell them, the unknown ones to be registered (None: all), the twins to be typed once, and
    whether what is taken away although it was spent is meant so (None: nobody was asked)."""

    sub_units: Mapping[int, str] = field(default_factory=dict)
    register: frozenset[str] | None = None
    twins: frozenset[str] = frozenset()
    losses_confirmed: bool | None = None

    def unregistered(self, names: list[str]) -> list[str]:
        """Those among the unknown sub units that shall not be registered."""
        return [name for name in names if self.register is not None and name not in self.register]
