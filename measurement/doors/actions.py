"""What one person may do to one cycle now. Inbox, cycle page, step page and decision ask here, and nowhere else."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple, Protocol

from measurement.models import MeasurementCycle, Person
from measurement.rules.permissions import may_consent, may_extend, may_perform
from measurement.rules.sop import ACTIONS, MEASURE, REWORK, STEP_BY_STATE, State, Step


class AtState(Protocol):
    """Whatever tells where a cycle of an office stands."""

    @property
    def unit_id(self) -> int: ...

    @property
    def state(self) -> str: ...


def sop_actions_of(person: Person, cycle: AtState) -> tuple[str, ...]:
    """The actions that the machine allows this person from where the cycle is, in the order of the SOP."""
    return tuple(action for action in _moves_from(cycle.state) if may_perform(action, person, cycle))


@cache
def _moves_from(state: str) -> tuple[str, ...]:
    """The actions of the SOP that the machine has from a state on, whoever may do them."""
    moves = MeasurementCycle._meta.get_field("state").get_all_transitions(MeasurementCycle)
    known = {move.name for move in moves if move.source == state}
    return tuple(action for action in ACTIONS if action in known)


@dataclass(frozen=True)
class CycleActions:
    """The actions of the SOP on a cycle that is open before a person."""

    cycle: MeasurementCycle
    person: Person

    @cached_property
    def sop_actions(self) -> tuple[str, ...]:
        return sop_actions_of(self.person, self.cycle)

    def may(self, action: str) -> bool:
        return action in self.sop_actions

    @property
    def buttons(self) -> dict[str, str]:
        """Each action with the words of the SOP's table on its button."""
        return {action: self.cycle.sop.action_label(action) for action in self.sop_actions}


class OpenStay(NamedTuple):
    """A cycle under way and its open stay, as they are known where all of them are looked at: where it is, until when, and what waits there.

    `total`, `open`, `returned` and `blank_money` count one person's rows and sub kegiatan that are asked for now; `left_of_all` says whether anybody
    has any left; `withdrawals` and the extensions whether they were asked of others and not answered.
    """

    key: int
    cycle_id: int
    unit_id: int
    state: str
    year: int
    number: int
    step_key: str
    round: int
    arrived: str
    planned: str | None
    extended: str | None
    extended_own: str | None
    total: int
    open: int
    returned: int
    blank_money: int
    left_of_all: bool
    withdrawals: bool
    extensions: bool
    extensions_of_people: bool

    @property
    def step(self) -> Step:
        return STEP_BY_STATE[State(self.state)]


@dataclass(frozen=True)
class OwnActions:
    """What of a cycle under way is one person's to do: the step of their role, their own rows, and questions that wait for their answer."""

    stay: OpenStay
    person: Person

    @property
    def has_step(self) -> bool:
        """Whether the step itself is this person's to finish; the measurement finishes itself with the last row."""
        return self.stay.step != MEASURE and bool(sop_actions_of(self.person, self.stay))

    @property
    def all_filled_in(self) -> bool:
        """Whether nobody has anything left to measure: what was typed last was only autosaved, so somebody still has to hand it on."""
        return self.stay.step == MEASURE and not self.stay.left_of_all

    @property
    def has_own_rows(self) -> bool:
        """Whether this person has rows or money to fill in now, or had, and everything is filled in but not yet handed on."""
        stay = self.stay
        if stay.step == MEASURE:
            return bool(stay.open or stay.blank_money or (stay.total and self.all_filled_in))
        return stay.step == REWORK and bool(stay.returned)

    @property
    def has_withdrawal(self) -> bool:
        """Whether this person is asked to consent to a withdrawal."""
        return bool(self.stay.withdrawals) and may_consent.test(self.person, self.stay)

    @property
    def has_extension(self) -> bool:
        """Whether somebody asked for more time, and this person may grant it."""
        stay, step = self.stay, self.stay.step
        return bool(
            (stay.extensions and may_extend(step, False, self.person, stay))
            or (stay.extensions_of_people and may_extend(step, True, self.person, stay))
        )

    @property
    def tasks(self) -> int:
        """How many things there are for this person to do; or nothing."""
        return self.has_own_rows + self.has_step + self.has_withdrawal + self.has_extension
