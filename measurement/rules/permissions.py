"""Who may: one-line predicates over a person and a cycle (or whatever carries a `unit_id`), composed with & and |.

A role is an appointment in the cycle's unit that is in force today, never a Django group. Asked by the one door, by the pages for their buttons,
and tested as truth tables.
"""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Any, Protocol

import rules

from .sop import ACTIONS, LEADING, MEASURING, ROW_MOVES, Role, State, Step, step_of

if TYPE_CHECKING:
    from measurement.models import FollowUp, MeasurementCycle, Paper, Person, WorksheetRow


class OfUnit(Protocol):
    """Whatever belongs to a unit: a cycle, a paper, an appointment."""

    @property
    def unit_id(self) -> int: ...


class SeesUnits(Protocol):
    """Whoever sees what belongs to some units: a person by their appointments and posts, a token of the API by its office."""

    @property
    def served_units(self) -> Any: ...  # their keys, or the query for them

    @property
    def read_governments(self) -> frozenset[int]: ...


def holds(role: Role) -> rules.predicates.Predicate:
    def test(person: Person, thing: OfUnit) -> bool:
        return role in person.roles_in(thing.unit_id)

    return rules.predicates.Predicate(test, name=f"holds_{role}")


# a post above the offices lets a person read what an office keeps; it lets nobody act there
reads_office = rules.predicates.Predicate(
    lambda person, thing: person.reads_in(thing.unit_id), name="reads_office"
)

is_camat = holds(Role.CAMAT)
is_sekcam = holds(Role.SEKCAM)
is_tim_sakip = holds(Role.TIM_SAKIP)
is_asn = holds(Role.ASN)
is_administrator = holds(Role.ADMINISTRATOR)

leads = functools.reduce(operator.or_, (holds(role) for role in LEADING))
may_see_all_rows = leads | reads_office
may_keep_plan = is_tim_sakip | is_administrator
may_manage_people = is_administrator
may_keep_settings = is_administrator
may_hand_over = is_tim_sakip | is_administrator
may_enter_opening = is_tim_sakip
may_direct = is_camat | is_sekcam
may_receive_report = is_camat
may_skip_numbers = is_tim_sakip | is_administrator
may_withdraw = is_camat
may_consent = is_sekcam

PERFORM = {action: holds(step_of(action).actor) for action in ACTIONS}
MOVE_ROW = {move: holds(rule.actor) for move, rule in ROW_MOVES.items()}


def may_approve_opening(person: Person, thing: OfUnit) -> bool:
    """Data awal count once the chair of the unit's Tim SAKIP has approved them."""
    return person.chairs_team_in(thing.unit_id)


def may_decide_smart(person: Person, cycle: OfUnit) -> bool:
    """Whether an indicator that is not SMART is measured all the same is decided by the chair of the unit's Tim SAKIP."""
    return person.chairs_team_in(cycle.unit_id)


def may_see_figures(person: Person, cycle: MeasurementCycle) -> bool:
    """Who may see everybody's figures: while rows are being filled in, and where the order was withdrawn, only those who lead or evaluate; afterwards the
    papers show them to the whole office."""
    return may_see_all_rows.test(person, cycle) or cycle.state not in MEASURING | {State.DICABUT}


def may_perform(action: str, person: Person, cycle: OfUnit) -> bool:
    """Whether this person holds the role that the SOP names for the action. KeyError for an unknown action."""
    return PERFORM[action].test(person, cycle)


def may_move_row(move: str, person: Person, cycle: OfUnit) -> bool:
    """Whether this person's role allows the move at all; whose row it is, is settled by how the row is fetched."""
    return MOVE_ROW[move].test(person, cycle)


def may_issue_again(person: Person, paper: OfUnit, issuer: Role) -> bool:
    """Whether this person holds the role by which papers of this kind are issued: their name and post will stand on it."""
    return holds(issuer).test(person, paper)


# who may give more time for a step: those whom it is owed to; the Camat's own step is over with the order
EXTENDS = {
    Role.ASN: is_tim_sakip | is_sekcam,
    Role.TIM_SAKIP: is_sekcam,
    Role.SEKCAM: is_camat,
    Role.CAMAT: rules.predicates.always_false,
}


def may_extend(step: Step, for_one: bool, person: Person, cycle: OfUnit) -> bool:
    """Whether this person may give more time for a step: to one person, who fills in rows, or to all who are at work on it."""
    return bool(EXTENDS[Role.ASN if for_one else step.actor].test(person, cycle))


def may_void(person: Person, paper: Paper, issuer: Role) -> bool:
    """The Camat withdraws any paper, the Sekcam any but the Camat's, and everybody what they issued themselves while they hold the role."""
    if issuer != Role.CAMAT and is_sekcam.test(person, paper):
        return True
    own = paper.issued_by_id == person.pk
    return is_camat.test(person, paper) or (own and may_issue_again(person, paper, issuer))


def may_report_on(person: Person, follow_up: FollowUp) -> bool:
    """Who answers for a direction, and Tim SAKIP, which follows all of them."""
    roles = {role.value for role in person.roles_in(follow_up.unit_id)}
    own = follow_up.responsible_id == person.pk or follow_up.responsible_role in roles
    return bool(roles) and (own or is_tim_sakip.test(person, follow_up))


def may_close_follow_up(person: Person, follow_up: FollowUp) -> bool:
    """Who gave it, whoever holds that post today, and the chair of Tim SAKIP."""
    roles = {role.value for role in person.roles_in(follow_up.unit_id)}
    return follow_up.given_role in roles or person.chairs_team_in(follow_up.unit_id)


def may_remark(person: Person, row: WorksheetRow) -> bool:
    """On a row write its owner, Tim SAKIP and the Sekcam; the Camat reads, and directs where that is followed up."""
    return row.owner_id == person.pk or (is_tim_sakip | is_sekcam).test(person, row.cycle)


def may_answer_promise(person: Person, row: WorksheetRow) -> bool:
    """What was promised in a row is answered by its owner, or by Tim SAKIP where the row takes no entry."""
    return row.owner_id == person.pk or is_tim_sakip.test(person, row.cycle)
