"""A figure: a percentage, or the reason why there is none. Pure, standard library only.

Values are exact; rounding (half up, 2 decimals) happens where they are shown. A blank is not 0, and a target of 0 gives no percentage, neither 0
nor 100.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

HUNDRED = Decimal(100)
ZERO = Decimal(0)


class Gap(StrEnum):
    """Why a figure has no value. Each is a different thing and stays so."""

    BLANK = "belum diisi"
    EXCUSED = "dikecualikan"
    NOT_PLANNED = "tidak direncanakan"
    ZERO_TARGET = "tidak dapat dihitung: target nol"
    ZERO_DIVISOR = "tidak dapat dihitung: pembagi nol"
    NO_TARGET = "tidak dapat dihitung: target belum ditetapkan"
    NOTHING_BELOW = "tidak ada yang dapat dihitung"


@dataclass(frozen=True)
class Figure:
    """A percentage, or the reason why there is none. `remark` is printed beside a value that was bounded."""

    value: Decimal | None = None
    gap: Gap | None = None
    remark: str = ""

    @property
    def known_value(self) -> Decimal:
        """The value where it is known that there is one; ValueError for a gap."""
        if self.value is None:
            raise ValueError(f"no value: {self.gap}")
        return self.value
