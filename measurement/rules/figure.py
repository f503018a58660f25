"""A figure: a percentage, or the reason why there is none. Pure.

Values are exact fractions, because 28 digits are not enough: 1/3, 12/9, 5/6 and 7/8 have the mean 84,375, and a Decimal gives 84,37 or 84,38 by
the order of the rows. They are rounded (half up, 2 decimals) where they are shown, and compared as they are shown. A blank is not 0, and a
target of 0 gives no percentage, neither 0 nor 100.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from .numbers import round_half_up

HUNDRED = Fraction(100)
ZERO = Fraction(0)


class Gap(StrEnum):
    """Why a figure has no value. Each is a different thing and stays so."""

    BLANK = "belum diisi"
    EXCUSED = "dikecualikan"
    NOT_DUE = "belum waktunya"
    NOT_SENT = "belum dikirim"
    TOO_FEW_SENT = "belum cukup data"
    NO_CASES = "tidak ada kasus"
    OUTSIDE_PLAN = "di luar rencana"
    NOT_PLANNED = "tidak direncanakan"
    STOPPED = "dihentikan"
    NOT_SCHEDULED = "belum dijadwalkan s.d. periode ini"
    ZERO_TARGET = "tidak dapat dihitung: target nol"
    ZERO_DIVISOR = "tidak dapat dihitung: pembagi nol"
    NEGATIVE_BOUND = "tidak dapat dihitung: batas rentang negatif"
    NO_TARGET = "tidak dapat dihitung: target belum ditetapkan"
    NOT_MEASURED = "belum diukur"
    NO_WEIGHT = "tanpa bobot"
    NOTHING_BELOW = "tidak ada yang dapat dihitung"


@dataclass(frozen=True)
class Figure:
    """A percentage, or the reason why there is none. `remark` is printed beside a value that was bounded."""

    value: Fraction | None = None
    gap: Gap | None = None
    remark: str = ""

    @cached_property
    def shown(self) -> Decimal | None:
        """The value as people read it, 2 decimals: what is compared with 100, with thresholds and with the bounds of predicates."""
        return None if self.value is None else round_half_up(self.value)

    @property
    def is_met(self) -> bool:
        """Whether the target is met: what is shown as 100,00 % is."""
        return self.shown is not None and self.shown >= HUNDRED

    @property
    def is_missed(self) -> bool:
        """Whether there is a value, and it is shown below 100."""
        return self.value is not None and not self.is_met

    @property
    def known_value(self) -> Fraction:
        """The value where it is known that there is one; ValueError for a gap."""
        if self.value is None:
            raise ValueError(f"no value: {self.gap}")
        return self.value
