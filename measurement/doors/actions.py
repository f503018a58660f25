"""What one person may do to one cycle now. Inbox, cycle page, step page and decision ask here, and nowhere else."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from measurement.models import MeasurementCycle, Person, Stay
from measurement.rules.permissions import may_consent, may_extend
from measurement.rules.sop import ACTIONS, MEASURE, REWORK

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class StayCounts(TypedDict):
    """What of the worksheet is a person's, and what of all: rows and sub kegiatan that are asked for now; what was asked of others; and until when."""

    total: int
    open: int
    returned: int
    blank_money: int
    left_of_all: int
    withdrawals: int
    extensions: int
    extensions_of_people: int
    planned: date | None
    extended: date | None
    extended_own: date | None
    signatures: int
    unread: int
    reports: int
    corrections: int
    plans: list[list] | None
    ordered: list[list] | None
    scheduled: list[list] | None


if TYPE_CHECKING:
    CountedStay = WithAnnotations[Stay, StayCounts]
else:
    CountedStay = Stay


@dataclass(frozen=True)
class CycleActions:
    """The actions of the SOP, and the person's own rows of the worksheet.

    A page that looks at all cycles at once hands over the open stay with its counts of this person's rows (`total`, `open`, `returned`,
    `blank_money`) and of everybody's (`left_of_all`); without the stay only the actions of the SOP can be asked.
    """

    cycle: MeasurementCycle
    person: Person
    stay: CountedStay | None = None

    @cached_property
    def sop_actions(self) -> tuple[str, ...]:
        """The actions that the machine allows this person from where the cycle is, in the order of the SOP."""
        allowed = {move.name for move in self.cycle.get_available_user_state_transitions(self.person)}
        return tuple(action for action in ACTIONS if action in allowed)

    def may(self, action: str) -> bool:
        return action in self.sop_actions

    @property
    def buttons(self) -> dict[str, str]:
        """Each action with the words of the SOP's table on its button."""
        return {action: self.cycle.sop.action_label(action) for action in self.sop_actions}

    @property
    def has_step(self) -> bool:
        """Whether the step itself is this person's to finish; the measurement finishes itself with the last row."""
        return self.cycle.step != MEASURE and bool(self.sop_actions)

    @property
    def all_filled_in(self) -> bool:
        """Whether nobody has anything left to measure: what was typed last was only autosaved, so somebody still has to hand it on."""
        return self.cycle.step == MEASURE and not self._counts.left_of_all

    @property
    def has_own_rows(self) -> bool:
        """Whether this person has rows or money to fill in now, or had, and everything is filled in but not yet handed on."""
        counts = self._counts
        if self.cycle.step == MEASURE:
            return bool(counts.open or counts.blank_money or (counts.total and self.all_filled_in))
        return self.cycle.step == REWORK and bool(counts.returned)

    @property
    def has_withdrawal(self) -> bool:
        """Whether this person is asked to consent to a withdrawal."""
        return bool(self._counts.withdrawals) and may_consent.test(self.person, self.cycle)

    @property
    def has_extension(self) -> bool:
        """Whether somebody asked for more time, and this person may grant it."""
        counts, step = self._counts, self.cycle.current_step
        return bool(
            (counts.extensions and may_extend(step, False, self.person, self.cycle))
            or (counts.extensions_of_people and may_extend(step, True, self.person, self.cycle))
        )

    @property
    def tasks(self) -> int:
        """How many things there are for this person to do: their own rows, the step of their role, questions that wait for their answer, or nothing."""
        return self.has_own_rows + self.has_step + self.has_withdrawal + self.has_extension

    @property
    def _counts(self) -> CountedStay:
        if self.stay is None:
            raise ValueError("the open stay with its counts is needed to speak of rows")
        return self.stay
