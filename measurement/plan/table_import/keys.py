"""What tells the branches and indicators of a plan apart."""

from typing import NamedTuple


class NodeKey(NamedTuple):
    """A branch: its code, and the name of its sub unit where several (kelurahan) share the code."""

    code: str
    sub_unit: str = ""

    def __str__(self) -> str:
        return f"{self.code} ({self.sub_unit})" if self.sub_unit else self.code


IndicatorKey = tuple[NodeKey, str]
